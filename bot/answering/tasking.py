"""What a task's handler is given, and what it gives back."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, runtime_checkable

from bot.concepts.clauses import HeardClause
from bot.concepts.clock import SHANGHAI
from bot.concepts.conversation import Conversation
from bot.concepts.reply import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRequest:
    """Whose wish it is, and all that the talk has told so far.

    `sender` is a pseudonym, `address` where a reminder would be sent, `text` is masked, `heard`
    what the model heard in its clauses.
    """

    sender: str
    address: str
    text: str
    now: datetime
    conversation: Conversation
    arguments: Mapping[str, object]
    is_starting: bool = False
    heard: tuple[HeardClause, ...] = ()

    @property
    def on(self) -> date:
        """The day, in Shanghai."""
        return self.now.astimezone(SHANGHAI).date()

    @property
    def answers(self) -> dict[str, str]:
        """What was answered in the tool; a skipped question has the answer ""."""
        given = self.arguments.get("answers")
        return {str(k): str(v) for k, v in given.items()} if isinstance(given, dict) else {}

    @property
    def argument(self) -> str:
        """What stands behind the name of a deed."""
        return str(self.arguments.get("argument", ""))


@dataclass(frozen=True, slots=True)
class Said:
    """A reply, and the conversation after it."""

    reply: Reply
    conversation: Conversation


Handler = Callable[[TaskRequest], Awaitable[Reply | Said]]
"""Gives `Said` where the conversation is another one afterwards."""


class Part(Protocol):
    """What does some of the tasks."""

    def handlers(self) -> Mapping[str, Handler]:
        """By the names that the dialogue uses."""


@runtime_checkable
class Doer(Protocol):
    """What answers buttons of its own too."""

    def deeds(self) -> Mapping[str, Handler]:
        """By the names that our buttons use."""
