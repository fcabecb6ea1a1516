"""The sums of a plan alone, in one line: what a month means for what is owed, and the total."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil

from bot.answering.advice import sums_of
from bot.answering.advice_words import AdviceWords
from bot.answering.pages import Pages
from bot.answering.tasking import Handler, TaskRequest
from bot.concepts.advice import debts_of
from bot.concepts.case import Case
from bot.concepts.reply import Matter, Reply
from bot.dialogue.sums_asked import DEBT_ADDED, DEBT_PAID, PLAN_LINE, SUM_TOTAL

_CARD = "credit_card"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTask:
    """Answers what is asked about the sums of a plan with what was told, and says with what."""

    pages: Pages
    words: AdviceWords

    def handlers(self) -> Mapping[str, Handler]:
        """By the names that the dialogue uses."""
        return {
            PLAN_LINE: self._plan,
            SUM_TOTAL: self._total,
            DEBT_PAID: self._paid,
            DEBT_ADDED: self._added,
        }

    async def _plan(self, request: TaskRequest) -> Reply:
        """What a month's sum comes to: that which is supposed, or that which was told."""
        case, monthly = request.conversation.case, request.arguments.get("monthly")
        if isinstance(monthly, int):
            case = replace(case, monthly_ability=monthly, surplus=None)
        if request.arguments.get("is_least"):
            return self._least(case, request)
        blocks = self.words.plan_alone(case, request.on)
        plain = self._plain(case)
        return replace(plain, blocks=blocks) if blocks else plain

    def _least(self, case: Case, request: TaskRequest) -> Reply:
        """The least a month: of a card in the longest time that its rule knows; else one asks."""
        supposed = replace(case, monthly_ability=case.monthly_ability or 1)
        sums = sums_of(supposed, self.words.book, request.on)
        if sums is None or case.product != _CARD or (debts_of(case) or 1) > 1:
            return self.pages.utterance("sum_least_asked", amount=f"{case.amount or 0:,}")
        return self.pages.utterance(
            "sum_each_month",
            amount=f"{sums.amount:,}",
            months=str(sums.limit),
            monthly=f"{sums.floor:,}",
        )

    def _plain(self, case: Case) -> Reply:
        """The length alone, where no rule of a plan fits."""
        amount, monthly = case.amount or 0, case.monthly_ability or 1
        months = ceil(amount / monthly)
        return self.pages.utterance(
            "sum_term", amount=f"{amount:,}", monthly=f"{monthly:,}", months=str(months)
        )

    async def _total(self, request: TaskRequest) -> Reply:
        """What is owed in all, with what is owed to whom as far as that was told."""
        case = request.conversation.case
        parts = "、".join(f"{name} {value:,} 元" for name, value in case.shares.items())
        said = f"{parts}，" if len(case.shares) > 1 else ""
        return self.pages.utterance("sum_total", parts=said, amount=f"{case.amount or 0:,}")

    async def _paid(self, request: TaskRequest) -> Reply:
        """That one of several debts is noted as paid, and what is left."""
        lender, amount = str(request.arguments["lender"]), request.conversation.case.amount
        told = (
            self.pages.utterance("debt_paid", lender=lender)
            if amount is None
            else self.pages.utterance("debt_paid_left", lender=lender, amount=f"{amount:,}")
        )
        return replace(told, about=Matter("settlement_certificate"))

    async def _added(self, request: TaskRequest) -> Reply:
        """That a further debt is noted, and what is owed in all."""
        case, lender = request.conversation.case, str(request.arguments["lender"])
        share = case.shares.get(lender)
        parts = lender if share is None else f"{lender} {share:,} 元"
        told = self.pages.utterance("debt_added", parts=parts, amount=f"{case.amount or 0:,}")
        return replace(told, about=Matter("next_step"))
