"""A person's case: what is known of it, and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answering.pages import Pages
from bot.answering.tasking import Handler, Said, TaskRequest
from bot.concepts.reply import Reply
from bot.knowledge.base import KnowledgeBase


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTask:
    """The handlers of `my_case` and `next_step`."""

    pages: Pages
    knowledge: KnowledgeBase

    def handlers(self) -> Mapping[str, Handler]:
        """By the names that the dialogue uses."""
        return {"my_case": self._show, "next_step": self._advise}

    async def _show(self, request: TaskRequest) -> Reply | Said:
        return self.pages.utterance("case_unknown")

    async def _advise(self, request: TaskRequest) -> Reply | Said:
        return self.pages.utterance("case_unknown")
