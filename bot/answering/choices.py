"""What a tapped button leads to, without asking Rasa: menus, sources, feedback."""

from collections.abc import Awaitable, Callable
from datetime import date

from bot.answering.pages import Pages
from bot.concepts.choice import Choice, Verb
from bot.concepts.reply import Reply

NoteFeedback = Callable[[str, bool, date], Awaitable[None]]


class Choices:
    """Follows a tap. Everything here works while Rasa is down."""

    def __init__(self, pages: Pages, note_feedback: NoteFeedback) -> None:
        self._pages = pages
        self._note_feedback = note_feedback

    async def follow(self, choice: Choice, on: date) -> Reply:
        """The page that a tap opens; a button that leads nowhere any more says so."""
        target = choice.target
        try:
            match choice.verb:
                case Verb.MENU:
                    return self._pages.menu()
                case Verb.GROUP:
                    return self._pages.group(target) or self._pages.menu()
                case Verb.SOURCES:
                    return self._pages.sources(target, on)
                case Verb.USEFUL | Verb.USELESS:
                    return await self._feedback(target, choice.verb is Verb.USEFUL, on)
                case _:
                    return self._pages.utterance("stale_button")
        except KeyError:
            return self._pages.utterance("stale_button")

    async def _feedback(self, topic: str, is_useful: bool, on: date) -> Reply:
        if not self._pages.has_answer(topic):
            return self._pages.utterance("stale_button")
        await self._note_feedback(topic, is_useful, on)
        return self._pages.utterance("useful_thanks" if is_useful else "useless_thanks")
