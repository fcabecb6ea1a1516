"""The tasks of asking back: nearest topics, and a second matter in the same message."""

from collections.abc import Mapping
from dataclasses import replace

from bot.answering.pages import Pages
from bot.answering.tasking import Handler, TaskRequest
from bot.concepts.reply import Reply


def offering_tasks(pages: Pages) -> Mapping[str, Handler]:
    """The handlers by the names that Rasa's actions use."""

    async def ask_back(request: TaskRequest) -> Reply:
        topics, matter = _topics(request), str(request.arguments.get("matter") or "")
        if pages.has_answer(matter):
            return pages.sides(matter, request.conversation, topics)
        if not topics:
            return pages.utterance("not_understood")
        return pages.offer("did_you_mean", topics)

    async def give_up(request: TaskRequest) -> Reply:
        topics = _topics(request)
        said = pages.utterance("still_unclear")
        if not topics:
            return said
        offered = pages.offer("still_unclear", topics)
        return replace(offered, buttons=(*offered.buttons[:-1], *said.buttons))

    async def offer_second(request: TaskRequest) -> Reply:
        return pages.offer("second_matter", _topics(request))

    async def offer_instead(request: TaskRequest) -> Reply:
        return pages.offer("instead", _topics(request))

    return {
        "ask_back": ask_back,
        "give_up": give_up,
        "offer_second": offer_second,
        "offer_instead": offer_instead,
    }


def _topics(request: TaskRequest) -> tuple[str, ...]:
    topics = request.arguments.get("topics")
    return tuple(str(topic) for topic in topics) if isinstance(topics, list) else ()
