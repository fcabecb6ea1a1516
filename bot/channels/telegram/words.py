"""What this channel asks of the rest of the program: what to say, and to whom to pass updates."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.concepts.message import IncomingMessage
from bot.concepts.recognition import NotRead, Reading
from bot.concepts.reply import Reply
from bot.concepts.stored import StoredUpdate

Handle = Callable[[StoredUpdate], Awaitable[None]]
Pause = Callable[[float], Awaitable[None]]
Respond = Callable[[IncomingMessage], Awaitable[Reply]]
RawUpdate = Mapping[str, object]
Receive = Callable[[Sequence[RawUpdate]], Awaitable[None]]
Read = Callable[[Sequence[bytes]], Awaitable[Reading | NotRead]]
Decide = Callable[[str], Awaitable[bool]]
"""A question about a person, by sender_id."""


async def nobody(_: str) -> bool:
    """For what no person wants."""
    return False


async def _let_go(*_: object) -> None:
    """For what need not be known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Where every word of this channel comes from.

    `say` gives an utterance by name. `find` gives the topics for an inline query, best first, and
    suggestions for an empty one. `titles` gives a topic's title and short text, and raises
    KeyError for what is not a topic. `commands` are the names and descriptions of the menu.
    `is_known` tells what a deep link may open (else: what `titles` knows), `is_danger` which text
    is never too old to be answered. `read` gives the words on the pictures or pages of one paper.

    `wants_file` is asked when files come in a private talk: then `respond` gets them unread with
    their caption, again if the process died meanwhile. To whom `is_discreet`
    applies, messages come silently and protected, and `note_sent` hears the number of each.
    `forget_address` hears that a person has blocked us.
    """

    respond: Respond
    respond_briefly: Respond
    read: Read
    say: Callable[[str], Reply]
    brief: Callable[[str], Reply]
    find: Callable[[str], Sequence[str]]
    titles: Callable[[str], tuple[str, str]]
    commands: Mapping[str, str]
    continue_label: str
    description: str = ""
    short_description: str = ""
    is_known: Callable[[str], bool] | None = None
    is_danger: Callable[[str], bool] = lambda _: False
    wants_file: Decide = nobody
    is_discreet: Decide = nobody
    note_sent: Callable[[str, int], Awaitable[None]] = _let_go
    forget_address: Callable[[str], Awaitable[None]] = _let_go


class UpdateInbox(Protocol):
    """Keeps updates until they are answered; see bot/inbox.py."""

    async def start(self) -> None:
        """Go on with what an earlier run left unanswered."""

    async def receive(self, raw_updates: Sequence[RawUpdate]) -> None:
        """Return when the updates are stored, so that Telegram may forget them."""

    async def stop(self, limit: float) -> None:
        """Give what is being answered `limit` seconds to come to its end."""
