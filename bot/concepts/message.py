"""What came from a person, translated at the channel's door."""

from dataclasses import dataclass
from datetime import datetime

from bot.concepts.choice import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMessage:
    """One message or one tap of one person; `sent_on` is an aware time."""

    sender_id: str
    sent_on: datetime
    text: str = ""
    choice: Choice | None = None
