"""What a person chose to keep, and what is kept to help them: rows that may cross floors."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRecord:
    """One call, message, visit or letter of a collector, as the person tells it.

    `channel`, `reached`, `acts` and `lender` have the values of "Facts of a contact"; `time` is
    as told ("23:30", "半夜"). `contact` is the masked number or the name, `claimed` who they said
    they were, `evidence` what the person has in hand. "" where nothing was told.
    """

    channel: str = ""
    happened_on: date | None = None
    time: str = ""
    contact: str = ""
    claimed: str = ""
    said: str = ""
    reached: tuple[str, ...] = ()
    lender: str = ""
    evidence: str = ""
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that proves a record: where Telegram keeps it, and what shows that it is the same.

    `size` is in bytes, `sha256` hexadecimal, of the content; the content itself is not kept.
    """

    kind: str
    reference: str
    size: int
    media_type: str
    sha256: str
    received_on: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRecord:
    """A contact record in its person's log: counted from 1, and no number is given twice."""

    number: int
    noted_on: datetime
    record: ContactRecord
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedReminder:
    """What to say when, and of which day: `utterance` is said with `values` put in."""

    kind: str
    due_on: date
    remind_at: datetime
    utterance: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder(PlannedReminder):
    """A reminder that is kept. `sender` is a pseudonym, `address` the chat to send it to.

    `is_repeat` when the program ended in a former attempt, so that it may have come already.
    """

    id: int
    sender: str
    address: str
    is_repeat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """How a person wants to be served; `is_discreet` for a phone that others see too."""

    is_discreet: bool = False


def counts_by_day(records: Iterable[KeptRecord]) -> Mapping[date, int]:
    """How many contacts on each day that has any, in order; those without a day are left out."""
    days = Counter(each.record.happened_on for each in records)
    return {day: days[day] for day in sorted(day for day in days if day is not None)}


def counts_by_week(records: Iterable[KeptRecord]) -> Mapping[date, int]:
    """How many contacts in each week that has any, by its Monday, in order."""
    weeks: Counter[date] = Counter()
    for day, count in counts_by_day(records).items():
        weeks[day - timedelta(days=day.weekday())] += count
    return dict(weeks)
