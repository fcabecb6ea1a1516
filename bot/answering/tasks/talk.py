"""What is said of the talk itself: it was wrong, or nobody can understand it yet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.answering.pages import Pages
from bot.answering.search import TopicSearch
from bot.answering.tasking import Handler, Said, TaskRequest
from bot.concepts.choice import Choice, Verb
from bot.concepts.reply import Button, Reply

_OFFERED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkTask:
    """The handlers of `told_wrong` and `wait_for_meaning`."""

    pages: Pages
    search: TopicSearch

    def handlers(self) -> Mapping[str, Handler]:
        """By the names that the dialogue uses."""
        return {
            "told_wrong": self._wrong,
            "wait_for_meaning": self._wait,
        }

    async def _wrong(self, request: TaskRequest) -> Reply:
        """Where it stands, and how to tell the advocates."""
        topic = request.conversation.topic
        said = self.pages.utterance("told_wrong")
        if topic is None or not self.pages.has_answer(topic):
            return said
        sources = Button(self.pages.label("sources"), Choice(Verb.SOURCES, topic))
        report = Button(self.pages.label("useless"), Choice(Verb.USELESS, topic))
        return replace(said, buttons=((sources, report), *said.buttons))

    async def _wait(self, request: TaskRequest) -> Said:
        """Said once; the question is kept until it can be understood."""
        talk = request.conversation
        if not request.arguments.get("is_first"):
            return Said(self.pages.utterance("still_waiting"), talk)
        name = "getting_ready" if request.is_starting else "not_listening"
        found = self.search.find(request.text, _OFFERED)
        return Said(self.pages.offer(name, found), talk)
