"""From a case to what to do next, each with its last day; and the sums of a plan. Pure.

Invents no interest: a plan is of principal only. Chances of success are not its business.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from math import ceil

from bot.answering.deadlines import DeadlineReckoner
from bot.answering.working_days import WorkingDays
from bot.concepts.advice import AdviceStep, Fitting, chosen, fitting
from bot.concepts.case import Case
from bot.concepts.deadline import Deadline
from bot.knowledge.library import Book

LIMITATION = "limitation_years"
"""The figure of years after which a debt may be too old to be asked for in court."""


@dataclass(frozen=True, slots=True)
class AdvisedStep:
    """A step that is right now, with the deadline that runs for it."""

    step: AdviceStep
    deadline: Deadline | None = None

    @property
    def last_day(self) -> date | None:
        """The day on which one is still safe; None where no day runs."""
        if self.deadline is None:
            return None
        return self.deadline.safe_day or self.deadline.due


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What somebody pays off at what they can pay: principal only, in yuan and months.

    `floor` is the least a month within `limit` months, the longest that a card's rule knows.
    """

    amount: int
    ability: int
    months: int
    limit: int
    floor: int

    @property
    def gap(self) -> int:
        """What a month is short of the floor; 0 where it is not."""
        return max(self.floor - self.ability, 0)


def steps_for(
    case: Case,
    book: Book,
    on: date,
    said: Collection[str] = (),
    reckoner: DeadlineReckoner | None = None,
) -> tuple[AdvisedStep, ...]:
    """At most three steps in the order in which to do them; `said` are those told before."""
    days = reckoner or DeadlineReckoner(book.knowledge, book.deadlines, WorkingDays())
    taken = chosen(_found(case, book, on, days), on, frozenset(said))
    return tuple(_advised(each.step, case, days, is_dated=bool(each.last)) for each in taken)


def plan_of(case: Case, book: Book, on: date, reckoner: DeadlineReckoner) -> str | None:
    """The name of the plan that the told sums of a case make; None where no step has one."""
    found = _found(case, book, on, reckoner)
    return next((each.step.plan for each in found if each.step.plan), None)


def _found(case: Case, book: Book, on: date, days: DeadlineReckoner) -> tuple[Fitting, ...]:
    def last_day(step: AdviceStep, start: date) -> date | None:
        deadline = days.due(str(step.kind), start)
        return deadline.safe_day or deadline.due

    return fitting(book.advice.steps, case, on, lambda name: _figure(book, name, on), last_day)


def _advised(
    step: AdviceStep, case: Case, reckoner: DeadlineReckoner, *, is_dated: bool
) -> AdvisedStep:
    start = step.started(case)
    if not is_dated or start is None or step.kind is None:
        return AdvisedStep(step)
    return AdvisedStep(step, reckoner.due(step.kind, start))


def sums_of(case: Case, book: Book, on: date) -> Sums | None:
    """What the told ability means for the told amount; None while one of them is not told."""
    years = _figure(book, book.budget.years_at_most, on)
    if not case.amount or not case.monthly_ability or not years:
        return None
    limit = int(years) * 12
    return Sums(
        amount=case.amount,
        ability=case.monthly_ability,
        months=ceil(case.amount / case.monthly_ability),
        limit=limit,
        floor=ceil(case.amount / limit),
    )


def is_old(case: Case, book: Book, on: date) -> bool:
    """Whether a debt may be so old that nobody should own up to it before asking."""
    years = _figure(book, LIMITATION, on)
    return years is not None and (case.overdue_months or 0) >= 12 * years


def _figure(book: Book, name: str, on: date) -> float | None:
    value = book.knowledge.figures[name].value_on(on)
    return float(value.value) if value else None
