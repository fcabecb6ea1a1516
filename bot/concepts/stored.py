"""What the database keeps, as plain rows that may cross floors."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredUpdate:
    """One update as it came, personal numbers masked. `payload` is JSON, `received_on` aware.

    `chat` is the key of those updates that must be answered one after the other.
    """

    update_id: int
    chat: str
    payload: str
    received_on: datetime


class GivenUpUpdate(NamedTuple):
    """An update that nothing could be done with: when it came and why, never what it says."""

    update_id: int
    received_on: datetime
    because: str


class FeedbackCount(NamedTuple):
    """How many people found an answer useful, and how many did not."""

    useful: int
    useless: int
