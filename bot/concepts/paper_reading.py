"""What was read from a received paper: its fields, whether it looks genuine, by when to act."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from bot.concepts.paper_words import PaperSignal

OTHER = "other"
"""The kind of what is none of the others: said so, never guessed."""


class Grade(Enum):
    """Whether a paper is what it says it is, as far as its text alone can tell."""

    LIKELY = "likely"
    CANNOT_TELL = "cannot_tell"
    DOUBTFUL = "doubtful"
    FAKE = "fake"


class LinkKind(Enum):
    """Whose a link is, by the end of its host name."""

    OFFICIAL = "official"
    LENDER = "lender"
    UNCLEAR = "unclear"
    SHORT = "short"
    ADDRESS = "address"
    LOOK_ALIKE = "look_alike"
    UNKNOWN = "unknown"


STRANGE_LINKS = frozenset(
    {LinkKind.LOOK_ALIKE, LinkKind.SHORT, LinkKind.UNKNOWN, LinkKind.ADDRESS}
)
"""Those that may lead anywhere: of no office and no lender that is known."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as written, its host, and whose it is."""

    written: str
    host: str
    kind: LinkKind


@dataclass(frozen=True, slots=True)
class Account:
    """An account to pay into: digits as written, and its holder where one is named."""

    number: str
    holder: str | None
    is_private: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNumber:
    """A case number; `code` is "" where it is of no court. `faults` say what is wrong with it."""

    written: str
    year: int
    code: str = ""
    kind: str = ""
    stage: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDates:
    """The days that a paper names.

    `issued` is the day of its own date line; `hearing` a day on which one is called to come; `due`
    the first day, not gone when it came, until which it demands that something be done. 今日 and
    明天 count from the day it came. No period that must be counted is a `due`, nor is a day on
    which only a consequence follows (将于 3 月 6 日起诉).
    """

    issued: date | None = None
    received: date | None = None
    hearing: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFields:
    """What stands in a paper. `found` are facts that signals ask for, by name."""

    sender: str | None = None
    addressee: str | None = None
    case_number: CaseNumber | None = None
    amounts: tuple[Decimal, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    accounts: tuple[Account, ...] = ()
    dates: PaperDates = field(default_factory=PaperDates)
    demand: str | None = None
    acts: tuple[str, ...] = ()
    claims: frozenset[str] = frozenset()
    found: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PaperOpinion:
    """What a model makes of a text as a paper; `is_paper` how likely it is one at all."""

    kind: str
    confidence: float
    is_paper: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReading:
    """All of it. `period` is the kind of period that a paper starts, its day known or not.

    `kind` is the finer one of the kind that it is `taken_for`, where its words tell which.
    """

    kind: str
    taken_for: str
    confidence: float
    fields: PaperFields
    grade: Grade
    signals: tuple[PaperSignal, ...]
    period: str | None = None
