"""The words by which facts are recognised in a story: compiled patterns, filled from knowledge/.

Every pattern is matched against normalised text: half width, Simplified, lower case.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceWords:
    """How a thing is told: as done, denied, asked about or announced.

    `denied`, `requested`, `supposed` and `announced` stand before the thing, with nothing but
    `transparent` between for the first two. `not_denied`, `not_supposed` and `not_announced`
    only look like it and are passed over. A clause that begins with `carried` goes on with what
    the clause before announced. `mistaken` stands before a name that was the wrong one,
    `correcting` anywhere in a text that puts a told story right.
    """

    denied: Pattern
    not_denied: Pattern
    transparent: Pattern
    denied_after: Pattern
    requested: Pattern
    insisted: Pattern
    hearsay: Pattern
    supposed: Pattern
    not_supposed: Pattern
    supposed_after: Pattern
    modal: Pattern
    question_end: Pattern
    opaque: Pattern
    reported: Pattern
    condition: Pattern
    announced: Pattern
    carried: Pattern
    not_announced: Pattern
    mistaken: Pattern
    correcting: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class ActWords:
    """An act or sign: how it is told, what only looks like it, and what its announcement is."""

    id: str
    told: Pattern
    not_told: Pattern | None
    announced_as: str | None
    is_denial: bool
    """The act is itself a not-doing (they did not say who they were)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactWords:
    """How somebody is reached.

    `reach` stands before the person; `toward` too, but needs `toward_after` behind; `reached`
    stands behind. `chain` joins persons in a list. `writer` is the writer reached, `debtor` the
    debtor when somebody else writes, `address_book` the whole of it, `any_contact` any contact.
    """

    reach: Pattern
    not_reach: Pattern
    toward: Pattern
    toward_after: Pattern
    reached: Pattern
    chain: Pattern
    writer: Pattern
    debtor: Pattern
    owned: Pattern
    any_contact: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterWords:
    """Who writes when it is not the debtor."""

    relative: Pattern
    contacted: Pattern
    emergency_contact: Pattern
    owes: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """Night and day without a clock time, and times that are no contact."""

    night: Pattern
    not_night: Pattern
    day: Pattern
    not_contact_before: Pattern
    not_contact_after: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class CountWords:
    """Counted contacts and the span over which they were counted."""

    measure: Pattern
    before: Pattern
    not_before: Pattern
    after: Pattern
    kind: Pattern
    each: Pattern
    another: Pattern
    other_day: Pattern
    day: Pattern
    week: Pattern
    span: Pattern
    frequent: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelWords:
    """How they came."""

    phone: Pattern
    sms: Pattern
    wechat: Pattern
    visit: Pattern
    letter: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductWords:
    """What is owed, and where its amount and its delay stand."""

    credit_card: Pattern
    bank_loan: Pattern
    online_loan: Pattern
    consumer_finance: Pattern
    amount_before: Pattern
    amount_after: Pattern
    overdue: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentWords:
    """Physical danger: `violent` is urgent unless past, `pressing` only with `now`."""

    violent: Pattern
    pressing: Pattern
    now: Pattern
    past: Pattern


@dataclass(frozen=True, slots=True)
class LenderName:
    """How a lender is written, and what kind of lender it is."""

    written: Pattern
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactWords:
    """All of it. `frequent_per_day` is from how many a day a count is told as frequent."""

    spellings: Mapping[str, str]
    stance: StanceWords
    acts: tuple[ActWords, ...]
    signs: tuple[ActWords, ...]
    people: Mapping[str, Pattern]
    contact: ContactWords
    writer: WriterWords
    time: TimeWords
    count: CountWords
    channel: ChannelWords
    product: ProductWords
    urgent: UrgentWords
    lenders: tuple[LenderName, ...]
    frequent_per_day: int
