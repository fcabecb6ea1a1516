"""The words by which the facts of a case are recognised: compiled patterns from knowledge/.

Every pattern is matched against normalised text: half width, Simplified, lower case.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Told:
    """How a thing is told, and what only looks like it."""

    told: Pattern
    not_told: Pattern


@dataclass(frozen=True, slots=True)
class ManyTold:
    """Things of one kind, by their ids; `not_told` only looks like any of them."""

    entries: Mapping[str, Told]
    not_told: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class SayingWords:
    """How the telling of a case differs from that of a contact.

    `hearsay` stands before what is only heard of, `generic` in the clause and `imagined` in
    the sentence of a question about people in general, `claimed` before what others say,
    `settled` behind a debt that is paid, `denied_after` behind what is not so, `supposed_after`
    behind what is only supposed.
    """

    hearsay: Pattern
    generic: Pattern
    imagined: Pattern
    claimed: Pattern
    settled: Pattern
    denied_after: Pattern
    supposed_after: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class LenderWords:
    """What a bank's name needs behind it to tell the product, and what is no lender.

    `not_lender` is a name that only looks like one, `not_lender_after` makes it the bank of a
    wage, `taken_back` stands behind a name that was the wrong one.
    """

    card: Pattern
    loan: Pattern
    not_lender: Pattern
    not_lender_after: Pattern
    taken_back: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedWords:
    """Where a sum, a number of debts and a delay stand.

    Before a sum: `total` of all debts, `left` of what remains, `claimed` of what is asked for
    now, `owed`, `borrowed`, and `not_owed` where it is no debt; behind it `owed_after` and
    `not_owed_after`. `instalment` before what is due by
    the month, `part` begins the parts of a total, `further` tells of one more debt,
    `each_debt` is one debt without a name. `debts` is what is counted, `listed` stands before
    its number (网贷5家), `only` before a single
    one, `not_debts` before what is not. `late_before`, `late_after` and `late_since` stand beside
    the time that a debt is late, `not_late` before and `not_late_after` behind other time.
    """

    total: Pattern
    left: Pattern
    claimed: Pattern
    owed: Pattern
    borrowed: Pattern
    not_owed: Pattern
    owed_after: Pattern
    not_owed_after: Pattern
    instalment: Pattern
    part: Pattern
    further: Pattern
    each_debt: Pattern
    debts: Pattern
    listed: Pattern
    only: Pattern
    not_debts: Pattern
    late_before: Pattern
    late_after: Pattern
    late_since: Pattern
    not_late: Pattern
    not_late_after: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class MeansWords:
    """Where money stands that can be paid, that comes in, or that is left.

    `able` stands before what the person can pay and `able_after` behind it, `monthly` in the
    sentence of a sum without a time, `demanded` before what others want. `income` stands before
    what comes in and `income_after` behind it, `earned` only with a time; `formerly` is no
    longer so, `varies` tells several months of one income. `left` stands before what is left of
    a month, `short` before what it does not reach, `spent` in their sentence. `nothing_to_pay`,
    `no_income` and `nothing_left` are 0 in words, `regained` tells of work again. `others` is
    before what is not the person's.
    """

    able: Pattern
    able_after: Pattern
    monthly: Pattern
    demanded: Pattern
    not_able: Pattern
    nothing_to_pay: Pattern
    income: Pattern
    income_after: Pattern
    earned: Pattern
    not_income: Pattern
    no_income: Pattern
    regained: Pattern
    formerly: Pattern
    varies: Pattern
    left: Pattern
    short: Pattern
    not_left: Pattern
    not_left_after: Pattern
    spent: Pattern
    nothing_left: Pattern
    others: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionWords:
    """Names of places, and what stands before or behind one in which somebody lives."""

    name: Pattern
    before: Pattern
    behind: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionWords:
    """How a told case is put right.

    `exchanged` holds the groups `old` and `new` (`newer` and `older` the other way round),
    `mistaken` says that what follows replaces what was told, `is_debtor` that the debt is the
    person's own after all, `own` tells of a debt of their own whoever they spoke of before.
    """

    exchanged: Pattern
    turned: Pattern
    mistaken: Pattern
    is_debtor: Pattern
    own: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWords:
    """All of it; `spellings` are further ones beside those of FactWords.

    `lenders` are further names by the product that they lend, `one_lender` all names of one.
    `not_reached` are ways to say that a stage is not reached, `received` stands beside a paper
    that came, `paper_beside` is all that an answer holds beside a paper's name, `not_served`
    tells of a day on which something else came, `court_froze` that it was a court which froze an
    account, `second_paper` that one more paper came, `others_do` before what others did,
    `somebody` is anybody but the person who writes.
    """

    spellings: Mapping[str, str]
    saying: SayingWords
    lender: LenderWords
    lenders: Mapping[str, Pattern]
    one_lender: Mapping[str, Pattern]
    products: ManyTold
    stages: ManyTold
    not_reached: Mapping[str, Pattern]
    papers: ManyTold
    received: Pattern
    signed: Pattern
    paper_beside: Pattern
    not_served: Pattern
    court_froze: Pattern
    second_paper: Pattern
    roles: ManyTold
    not_role: Mapping[str, Pattern]
    somebody: Pattern
    deeds: ManyTold
    others_do: Pattern
    events: ManyTold
    owed: OwedWords
    means: MeansWords
    region: RegionWords
    correction: CorrectionWords
