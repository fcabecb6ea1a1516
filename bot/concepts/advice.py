"""What to do next as data: for whom and when a step is right, and how it is chosen among others.

Nothing here knows a word of Chinese, reckons a day or looks a figure up: both are handed in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType

from bot.concepts.case import Case
from bot.concepts.citation import ArticleId

RANKS = ("danger", "court_day", "money_leaving", "evidence", "people", "talks", "income", "order",
         "aftercare")  # fmt: skip
"""In the order of what is lost for ever first."""
TALKS = ("talks", "order")
"""Ranks that speak of paying: for the debtor alone."""
BY = ("now", "today", "next_call", "three_days", "on_notice", "first_hearing", "with_answer",
      "hearing", "this_week", "this_month")  # fmt: skip
"""By when a step without a day of its own is to be done, the most urgent first."""
AT_MOST = 3
SOON = 3
"""Days left from which a step with a day is as urgent as one for today."""
TOLD, NOT_TOLD = "told", "not_told"
SERVED = "served_on"
DEBTOR = "debtor"

Bound = float | str
"""A number, or the id of a figure."""
Figures = Callable[[str], float | None]


class Day(Enum):
    """How the day of a step's deadline stands: yet to come, gone, or nobody told when it began."""

    AHEAD = "ahead"
    PASSED = "passed"
    NOT_TOLD = "not_told"


@dataclass(frozen=True, slots=True)
class OneOf:
    """The fact has one of these values, or has none of them. Both hold of NOT_TOLD by name."""

    values: frozenset[str]
    is_denied: bool = False

    def holds(self, value: object, _: Figures) -> bool:
        """Whether a value fits."""
        name = NOT_TOLD if value is None else str(value)
        is_named = name in self.values or (TOLD in self.values and value is not None)
        return is_named is not self.is_denied


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """A number within bounds. What was not told is within none, unless `or_not_told`."""

    at_least: Bound | None = None
    at_most: Bound | None = None
    above: Bound | None = None
    or_not_told: bool = False

    def holds(self, value: object, figures: Figures) -> bool:
        """Whether a number fits."""
        if not isinstance(value, (int, float)):
            return self.or_not_told
        at_least, at_most, above = (
            figures(bound) if isinstance(bound, str) else bound
            for bound in (self.at_least, self.at_most, self.above)
        )
        return (
            (at_least is None or value >= at_least)
            and (at_most is None or value <= at_most)
            and (above is None or value > above)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Has:
    """Of several things told, one of `any_of` (where it names some) and none of `none_of`."""

    any_of: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()

    def holds(self, value: object, _: Figures) -> bool:
        """Whether a set of names fits."""
        told = value if isinstance(value, frozenset) else frozenset()
        return (not self.any_of or bool(self.any_of & told)) and not self.none_of & told


Test = OneOf | Within | Has
Condition = Mapping[str, Test]
"""Tests by fact, all of which must hold; a fact of days is since_<served_on or deed>."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceStep:
    """One thing to do, for the roles in `who`, when any of the conditions `when` holds.

    `kind` is a kind of deadline that begins on `starts` (SERVED or a deed), and `day` how it must
    stand. `button` is a tool, topic, task or talk. `plan` names the sums to tell with it, `fails`
    what comes next where it does not help. `silences` are ranks that are not said beside it;
    `is_alone` where nothing is.
    """

    id: str
    rank: str
    says: str
    because: str
    button: str
    by: str = "this_week"
    who: frozenset[str] = frozenset({DEBTOR})
    when: tuple[Condition, ...] = (MappingProxyType({}),)
    sources: tuple[ArticleId, ...] = ()
    kind: str | None = None
    starts: str | None = None
    day: Day = Day.AHEAD
    plan: str | None = None
    fails: str | None = None
    silences: frozenset[str] = field(default_factory=frozenset)
    is_alone: bool = False

    def fits(self, case: Case, on: date, figures: Figures) -> bool:
        """Whether the step is meant for this case, but for the day of its deadline."""
        if (case.role or DEBTOR) not in self.who:
            return False
        return any(
            all(test.holds(fact_of(case, name, on), figures) for name, test in condition.items())
            for condition in self.when
        )

    def started(self, case: Case) -> date | None:
        """The day on which its deadline begins; None where there is none or it was not told."""
        if self.starts is None:
            return None
        return day_of(case, self.starts)


LastDay = Callable[[AdviceStep, date], date | None]
"""The last day of a step's deadline that begins on a day; None where there is no firm one."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """A step that is right for a case, with the last day for it where one runs."""

    step: AdviceStep
    last: date | None = None

    def is_for_today(self, on: date) -> bool:
        """Whether it cannot wait."""
        if self.last is not None:
            return (self.last - on).days <= SOON
        return self.step.by in ("now", "today")


def fitting(
    steps: Sequence[AdviceStep], case: Case, on: date, figures: Figures, last_day: LastDay
) -> tuple[Fitting, ...]:
    """Every step that is right for a case, the most urgent first; danger alone."""
    found = []
    for step in steps:
        if not step.fits(case, on, figures):
            continue
        start = step.started(case)
        last = last_day(step, start) if start is not None else None
        if step.kind is None or step.day is _standing(start, last, on):
            found.append(Fitting(step, last if step.day is Day.AHEAD else None))
    if alone := [each for each in found if each.step.is_alone]:
        return tuple(alone[:1])
    silenced = frozenset[str]().union(*(each.step.silences for each in found))
    heard = [each for each in found if each.step.rank not in silenced]
    # sorted() keeps the order of the files where nothing else tells two apart.
    return tuple(sorted(heard, key=lambda each: _urgency(each, on)))


def chosen(found: Sequence[Fitting], on: date, said: frozenset[str]) -> tuple[Fitting, ...]:
    """At most AT_MOST of them, one of talks, what was not said yet first; shown by day.

    What cannot wait and what has a day is said again. Whoever told sums gets a plan, unless
    three things go before it that are lost for ever.
    """
    fresh = [each for each in found if each.step.id not in said or _must_be_said(each)]
    left = fresh or list(found)
    taken: list[Fitting] = []
    planned = next((each for each in left if each.step.plan), None)
    for each in left:
        is_talk = each.step.rank == "talks"
        if is_talk and any(other.step.rank == "talks" for other in taken):
            continue
        taken.append(planned if is_talk and planned is not None else each)
        if len(taken) == AT_MOST:
            break
    if planned is not None and planned not in taken and not _is_lost_for_ever(taken[-1]):
        taken = [*(each for each in taken[:-1] if each.step.rank != "talks"), planned]
    return tuple(sorted(taken, key=lambda each: not each.is_for_today(on)))


def _is_lost_for_ever(each: Fitting) -> bool:
    return each.step.rank in RANKS[: RANKS.index("evidence")]


def _must_be_said(each: Fitting) -> bool:
    return each.last is not None or each.step.by == "now" or each.step.rank == "danger"


def _standing(start: date | None, last: date | None, on: date) -> Day:
    if start is None or last is None:
        return Day.NOT_TOLD
    return Day.AHEAD if last >= on else Day.PASSED


def _urgency(each: Fitting, on: date) -> tuple[int, int, int, int, int]:
    """Danger, then what goes in minutes, then by rank; in a rank by day; the closer fit first."""
    step = each.step
    first = 0 if step.rank == "danger" else 1 if step.by == "now" else 2
    is_undated = each.last is None
    near = BY.index(step.by) if each.last is None else (each.last - on).days
    closeness = max(len(condition) for condition in step.when)
    return first, RANKS.index(step.rank), is_undated, near, -closeness


def day_of(case: Case, starts: str) -> date | None:
    """The day of service, or the last day on which something was done."""
    if starts == SERVED:
        return case.served_on
    days = [deed.on for deed in case.done if deed.kind == starts and deed.on is not None]
    return max(days, default=None)


def fact_of(case: Case, name: str, on: date) -> object:
    """A fact by its name, one of those that follow from others, or the days since something."""
    if name.startswith("since_"):
        day = day_of(case, name.removeprefix("since_"))
        return None if day is None else (on - day).days
    if (follows := FOLLOWING.get(name)) is not None:
        return follows(case)
    if name == "events":
        return frozenset(case.events)
    if name == "done":
        return frozenset(deed.kind for deed in case.done)
    return getattr(case, name)


def debts_of(case: Case) -> int | None:
    """How many debts there are, at least: those told, or the lenders named."""
    return max(case.debts or 0, len(case.lenders)) or None


def left_of(case: Case) -> int | None:
    """What is left for debts in a month: as told, or what the person says they can pay."""
    return case.monthly_ability if case.surplus is None else case.surplus


def years_needed(case: Case) -> float | None:
    """Years until the amount is paid at what can be paid a month, of principal only."""
    if not case.amount or not case.monthly_ability:
        return None
    return case.amount / case.monthly_ability / 12


def _region(case: Case) -> str | None:
    return None if case.region is None else case.region.removesuffix("市")


def _years_overdue(case: Case) -> float | None:
    return None if case.overdue_months is None else case.overdue_months / 12


FOLLOWING: Mapping[str, Callable[[Case], object]] = MappingProxyType(
    {
        "debts": debts_of,
        "lenders": lambda case: case.lenders or None,
        "left": left_of,
        "years_needed": years_needed,
        "years_overdue": _years_overdue,
        "region": _region,
    }
)
"""Facts that follow from what was told, by name."""
