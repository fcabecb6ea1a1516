"""What came from a person, translated at the channel's door."""

from dataclasses import dataclass
from datetime import datetime

from bot.concepts.choice import Choice


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
