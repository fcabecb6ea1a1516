"""The words by which a received paper is read: compiled patterns and tables, from knowledge/.

Every pattern is matched against the text as `bot.papers.text` lays it out: folded, without spaces.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

Pattern = re.Pattern[str]


class Strength(Enum):
    """How much a signal weighs; one that is CERTAIN decides alone."""

    CERTAIN = "certain"
    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSignal:
    """What speaks for or against a paper: one sentence with its reason.

    `told` stands in the text and `not_told` does not; `found` are facts that must all be found in
    the fields, `missing` those of which none is. `claims` and `kinds` say of which papers it
    speaks (of all when empty).
    """

    id: str
    is_for: bool
    strength: Strength
    says: str
    told: Pattern | None = None
    not_told: Pattern | None = None
    found: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPeriod:
    """A period that a paper starts: `kind` is one of deadlines.yml, counted from the arrival.

    It runs only where `told` stands in the text and `not_told` does not.
    """

    kind: str
    told: Pattern
    not_told: Pattern | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """A kind of paper: its name, what it is in a sentence, and what follows from it.

    `titles` stand at its head. What is taken for a kind that it is a finer one `of` is this one
    where `told` stands in the text and `not_told` does not. `stage` is the stage of the case
    that it shows. `likely` are the facts that must be found before it may be called likely
    genuine; without any it never is, nor without `likely_told` or with `likely_not` in the text.
    `verify` names whom to ask. `letter` is begun with what was read. `absent` is
    for who cannot come.
    """

    id: str
    name: str
    says: str
    titles: Pattern | None
    stage: str | None
    likely: frozenset[str]
    verify: tuple[str, ...]
    periods: tuple[PaperPeriod, ...]
    letter: str | None
    lawyer: str | None
    next: tuple[str, ...]
    todo: str
    absent: str | None = None
    of: frozenset[str] = frozenset()
    told: Pattern | None = None
    not_told: Pattern | None = None
    likely_told: Pattern | None = None
    likely_not: Pattern | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """What stands before and after a day, by what kind of day it is."""

    issued_before: Pattern
    issued_not_before: Pattern
    issued_not_after: Pattern
    received_before: Pattern
    received_after: Pattern
    hearing_before: Pattern
    hearing_after: Pattern
    hearing_not_before: Pattern
    hearing_not: Pattern
    set_before: Pattern
    moved_before: Pattern
    due_before: Pattern
    due_not_before: Pattern
    due_after: Pattern
    due_not_after: Pattern
    today_before: Pattern
    today_after: Pattern
    today_not_before: Pattern
    taken_after: Pattern
    gone_before: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyWords:
    """How a paper names who sends it and to whom: each pattern has the name as its group."""

    sender: Pattern
    introduced: Pattern
    organisation: Pattern
    not_sender: Pattern
    addressee: Pattern
    holder: Pattern
    company: Pattern
    paying: Pattern
    private: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtNumbers:
    """Letters of provinces, the codes of their cities, and the types of cases.

    `cities` are by letter and two digits, `provinces` by letter, `types` give the stage of each.
    `not_court` stands in numbers that are of no court, `numbered` in those of other bodies
    that count.
    """

    since: int
    not_court: Pattern
    numbered: Pattern
    not_used: frozenset[str]
    special: Pattern
    provinces: Mapping[str, str]
    cities: Mapping[str, str]
    types: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Domains:
    """Ends of host names by whose they are; `borrowed` are parts of names that forgers use."""

    official: frozenset[str]
    unclear: frozenset[str]
    lenders: frozenset[str]
    shorteners: frozenset[str]
    cheap: frozenset[str]
    borrowed: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class LenderContact:
    """A lender's own number and hosts; `number` is None where no two sources agree."""

    id: str
    name: str
    aliases: tuple[str, ...]
    number: str | None
    others: tuple[str, ...]
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWords:
    """All that is known of papers. `lines` are what is said around what was read, by name.

    `pasted` tells that a message is a paper and not told by the person; `asked` that the person
    asks us beside it, `asks` what is asked below it. `verify` are the ways to check, `acts` what
    a text itself commits, `shapes` what a model looks at besides.
    """

    kinds: Mapping[str, PaperKind]
    signals: tuple[PaperSignal, ...]
    demands: tuple[tuple[Pattern, str], ...]
    claims: Mapping[str, Pattern]
    acts: Mapping[str, Pattern]
    marks: Mapping[str, Pattern]
    shapes: Mapping[str, Pattern]
    pasted: Pattern
    own_words: Pattern
    asks: Mapping[str, Pattern]
    repairs: tuple[tuple[Pattern, str], ...]
    dates: DateWords
    parties: PartyWords
    numbers: CourtNumbers
    domains: Domains
    lenders: tuple[LenderContact, ...]
    verify: Mapping[str, str]
    lines: Mapping[str, str] = field(default_factory=dict)
