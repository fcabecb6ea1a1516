"""What came from a person, translated at the channel's door."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.concepts.choice import Choice
from bot.concepts.recognition import Reading


class Origin(Enum):
    """Where the words of a message come from."""

    TYPED = "typed"
    FORWARDED = "forwarded"
    PICTURE = "picture"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedFile:
    """A file that a person sent, without its content: what shows later that nothing was changed.

    `kind` is photo, document, audio, voice or video; `reference` is the channel's name for it,
    `size` in bytes, `digest` the SHA-256 of the content in hexadecimal.
    """

    kind: str
    reference: str
    size: int
    media_type: str | None
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMessage:
    """One message or one tap of one person; `sent_on` is an aware time.

    `text` is what was typed, or of another `origin` the words of the paper; `beside` is what the
    person wrote beside a paper. `reading` tells how sure each line of a picture or document is.
    `files` without a reading are evidence for the log; with one, they are what was read.
    `is_public` when others read along: then the reply is brief. `is_edit` when it stands in the
    place of what the person wrote last.
    """

    sender_id: str
    sent_on: datetime
    text: str = ""
    choice: Choice | None = None
    is_public: bool = False
    is_edit: bool = False
    origin: Origin = Origin.TYPED
    beside: str = ""
    reading: Reading | None = None
    files: tuple[ReceivedFile, ...] = ()

    @property
    def words(self) -> str:
        """All that was written, the person's own words first."""
        return "\n".join(part for part in (self.beside, self.text) if part)
