"""From a month's income and costs to what can be paid. Pure; invents no interest.

Amounts are Decimal, in yuan. What was not answered is unknown, and what follows from it is too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from bot.knowledge.budget import BudgetBook
from bot.knowledge.questions import QuestionKind

_FEN = Decimal("0.01")
_YUAN = Decimal(1)
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Option:
    """The debt by that many months; `is_bearable` is None when nobody knows what is left."""

    months: int
    instalment: Decimal
    is_bearable: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the answers amount to, each month, in yuan; None is unknown.

    `least` is the smallest instalment that clears all of the rest within `months_max`; `share`
    what falls to the lender in question (or to all of the rest); `options`, `offer` and `months`
    are instalments for it, of principal only. `warnings` are names in budget.yml.
    """

    amounts: Mapping[str, Decimal]
    missing: tuple[str, ...]
    living_costs: Decimal | None
    priority_payments: Decimal | None
    left: Decimal | None
    months_max: int
    wanted: int | None
    least: Decimal | None
    share: Decimal | None
    options: tuple[Option, ...]
    offer: Decimal | None
    months: int | None
    warnings: tuple[str, ...]

    @property
    def can_work(self) -> bool:
        """Whether an instalment was found that the figures bear."""
        return self.offer is not None


def instalment_facts(plan: Plan) -> dict[str, str]:
    """What the instalment letter can be prefilled with, by the names of its `prefill`."""
    facts: dict[str, Decimal | int | None] = {
        "amount": plan.amounts.get("lender_debt"),
        "income": plan.amounts.get("income"),
        "living_costs": plan.living_costs,
        "other_debts": plan.priority_payments,
        "monthly_payment": plan.offer if "lender_debt" in plan.amounts else None,
        "months": plan.months if "lender_debt" in plan.amounts else None,
    }
    return {name: str(value) for name, value in facts.items() if value is not None}


def plan(book: BudgetBook, answers: Mapping[str, str], months_max: int) -> Plan:
    """Work out what is left each month, and an instalment within `months_max` months."""
    amounts = {
        question.id: Decimal(answers[question.id])
        for question in book.questions
        if question.kind is QuestionKind.AMOUNT and question.id in answers
    }
    living = _sum(amounts, book.living)
    priority = _sum(amounts, book.priority)
    left = None
    if "income" in amounts and living is not None:
        left = amounts["income"] - living - (priority or _NOTHING)
    total = amounts.get("total_debt")
    wanted = int(answers.get("months", 0)) or None
    share = _share(amounts, left)
    debt = amounts.get("lender_debt", total)
    missing = tuple(name for name in (*book.living, *book.priority) if name not in amounts)
    terms = tuple(term for term in book.terms if term <= months_max)
    options = _options(debt, share, left, terms)
    is_wish = wanted is not None and wanted <= months_max
    months = _months(options, wanted or 0 if is_wish else 0, missing)
    if is_wish and wanted and debt and share and spread(debt, wanted) <= share:
        months = wanted
    found = Plan(
        amounts=amounts,
        missing=missing,
        living_costs=living,
        priority_payments=priority,
        left=left,
        months_max=months_max,
        wanted=wanted,
        least=spread(total, months_max) if total and months_max else None,
        share=share,
        options=options,
        offer=spread(debt, months) if debt and months else None,
        months=months,
        warnings=(),
    )
    return _with_warnings(found)


def _sum(amounts: Mapping[str, Decimal], names: tuple[str, ...]) -> Decimal | None:
    """The sum of what is known; None when nothing of it is."""
    known = [amounts[name] for name in names if name in amounts]
    return sum(known, _NOTHING) if known else None


def _share(amounts: Mapping[str, Decimal], left: Decimal | None) -> Decimal | None:
    """What of the money left falls to the lender in question, by its part of the debts.

    In whole yuan. Without a lender it is all of it; without all debts nobody knows.
    """
    total = amounts.get("total_debt")
    if left is None or left <= 0 or not total:
        return None
    part = amounts.get("lender_debt", total)
    if part > total:
        return None
    return (left * part / total).quantize(_YUAN, ROUND_FLOOR)


def _options(
    debt: Decimal | None, share: Decimal | None, left: Decimal | None, terms: tuple[int, ...]
) -> tuple[Option, ...]:
    """The debt by each of the terms."""
    if not debt:
        return ()
    instalments = ((term, spread(debt, term)) for term in terms)
    return tuple(Option(term, each, _is_bearable(each, share, left)) for term, each in instalments)


def _is_bearable(instalment: Decimal, share: Decimal | None, left: Decimal | None) -> bool | None:
    """Without a share nobody knows, but that more than all the money left cannot be borne."""
    if share is not None:
        return instalment <= share
    return False if left is not None and instalment > left else None


def _months(options: tuple[Option, ...], above: int, missing: tuple[str, ...]) -> int | None:
    """The shortest term that can be borne and is longer than `above`; None when there is none.

    While costs are missing what is left is too large a figure: then the longest.
    """
    bearable = [each.months for each in options if each.is_bearable and each.months > above]
    if not bearable:
        return None
    return bearable[-1] if missing else bearable[0]


def spread(debt: Decimal, months: int) -> Decimal:
    """The principal by months, rounded up to the fen."""
    return (debt / months).quantize(_FEN, ROUND_CEILING)


def _with_warnings(plan: Plan) -> Plan:
    """The same plan with the names of what does not work or is not known."""
    amounts, left, share = plan.amounts, plan.left, plan.share
    total = amounts.get("total_debt")
    debt = amounts.get("lender_debt", total)
    wanted = plan.wanted or 0
    too_little = left is not None and total is not None and 0 < left * plan.months_max < total
    needed = spread(debt, wanted) if debt and wanted else None
    signs = {
        "income_missing": "income" not in amounts,
        "costs_missing": plan.living_costs is None,
        "some_missing": left is not None and bool(plan.missing),
        "debt_missing": total is None,
        "lender_larger": total is not None and debt is not None and debt > total,
        "nothing_left": left is not None and left <= 0,
        "too_little": too_little,
        "share_too_little": bool(debt) and share is not None and not (plan.offer or too_little),
        "wanted_too_many": wanted > plan.months_max,
        "wanted_too_short": 0 < wanted <= plan.months_max
        and needed is not None
        and share is not None
        and needed > share
        and plan.offer is not None,
    }
    return replace(plan, warnings=tuple(name for name, is_so in signs.items() if is_so))
