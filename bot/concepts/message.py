"""What came from a person, translated at the channel's door."""

from dataclasses import dataclass
from datetime import datetime

from bot.concepts.choice import Choice


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

    `is_public` when others read along: then the reply is brief.
    """

    sender_id: str
    sent_on: datetime
    text: str = ""
    choice: Choice | None = None
    is_public: bool = False
    file: ReceivedFile | None = None
