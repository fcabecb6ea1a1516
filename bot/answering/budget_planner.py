"""A plan in words: warnings, order, options, a sentence to say and a statement to hand over."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.answering.budget import Plan, plan, spread
from bot.concepts.reply import Block, BlockKind, Span, Style
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.budget import BudgetBook
from bot.knowledge.wording import put_into_words

_PLACE = re.compile(r"(?<!\{)\{([a-z_]+)\}(?!\})")
_NOTES = ("interest", "order", "agreement", "old_debt")


@dataclass(frozen=True, slots=True)
class BudgetPlanner:
    """Plans with the words of budget.yml and the figures of the day."""

    knowledge: KnowledgeBase
    book: BudgetBook

    def plan(self, answers: Mapping[str, str], on: date) -> Plan:
        """Work out the month from canonical answers, as `check_answer` gives them."""
        figure = self.knowledge.figures[self.book.years_at_most].value_on(on)
        return plan(self.book, answers, int(figure.value) * 12 if figure else 0)

    def warnings(self, plan: Plan, on: date) -> tuple[Block, ...]:
        """What does not work or is not known, in words."""
        values = {**self._values(plan), **_warning_values(self.book, plan)}
        texts = [self.book.warnings[name] for name in plan.warnings]
        return self._blocks([_fill(text, values) for text in texts], on)

    def options(self, plan: Plan) -> tuple[str, ...]:
        """A line for each number of months to choose from; none while nothing is left."""
        if plan.left is not None and plan.left <= 0:
            return ()
        words = self.book.words
        marks = {True: words["term_bearable"], False: words["term_unbearable"], None: ""}
        return tuple(
            words["term"].format(months=each.months, instalment=yuan(each.instalment))
            + marks[each.is_bearable]
            for each in plan.options
        )

    def order(self, plan: Plan, on: date) -> tuple[Block, ...]:
        """Which payments come first, with the sums known and the reason."""
        blocks = []
        for number, step in enumerate(self.book.order, start=1):
            known = [plan.amounts[each] for each in step.questions if each in plan.amounts]
            sum_words = f"（{yuan(sum(known, Decimal(0)))}）" if known else ""
            spans = (Span(f"{step.title}{sum_words}：", Style.STRONG), Span(step.why))
            blocks.append(Block(BlockKind.STEP, spans, number))
        return put_into_words(self.knowledge, tuple(blocks), on)

    def notes(self, on: date) -> tuple[Block, ...]:
        """What holds for every plan."""
        return self._blocks([self.book.words[name] for name in _NOTES], on)

    def sentence(self, plan: Plan) -> str:
        """What to say to the lender."""
        sentences = self.book.sentences
        if plan.offer is not None:
            return _fill(sentences.with_offer, self._values(plan))
        if plan.left is not None and plan.left > 0:
            return _fill(sentences.with_left, self._values(plan))
        return sentences.without

    def statement_values(self, plan: Plan) -> dict[str, str]:
        """Each value of the statement in words; what is unknown says so."""
        values = self._values(plan)
        unknown = self.book.words["unknown"]
        return {row.value: values.get(row.value, unknown) for row in self.book.statement.rows}

    def statement(self, plan: Plan) -> str:
        """The one-page statement for the lender as plain text."""
        form, values = self.book.statement, self.statement_values(plan)
        rows = [f"{row.label}：{values[row.value]}" for row in form.rows]
        return "\n".join([form.title, "", form.opening, "", *rows, "", *form.closing])

    def _values(self, plan: Plan) -> dict[str, str]:
        """Known amounts and counts by name, in words."""
        amounts: dict[str, Decimal | None] = {
            **plan.amounts,
            "living_costs": plan.living_costs,
            "priority_payments": plan.priority_payments,
            "left": plan.left,
            "least": plan.least,
            "share": plan.share,
            "offer": plan.offer,
        }
        counts = {"months": plan.months, "months_max": plan.months_max, "wanted": plan.wanted}
        return {
            **{name: yuan(amount) for name, amount in amounts.items() if amount is not None},
            **{name: str(count) for name, count in counts.items() if count is not None},
        }

    def _blocks(self, texts: list[str], on: date) -> tuple[Block, ...]:
        blocks = tuple(Block(BlockKind.BULLET, (Span(text),)) for text in texts)
        return put_into_words(self.knowledge, blocks, on)


def yuan(amount: Decimal) -> str:
    """An amount as people write it: 1,200 or 583.34, without the unit."""
    return f"{amount:,.2f}".removesuffix(".00")


def _warning_values(book: BudgetBook, plan: Plan) -> dict[str, str]:
    """Values that only warnings speak of."""
    labels = {question.id: question.label for question in book.questions}
    values = {"missing": "、".join(labels[name] for name in plan.missing)}
    debt = plan.amounts.get("lender_debt", plan.amounts.get("total_debt"))
    if plan.left is not None:
        values["short"] = yuan(-plan.left)
        values["most"] = yuan(plan.left * plan.months_max)
    if "total_debt" in plan.amounts:
        values["debt"] = yuan(plan.amounts["total_debt"])
    if debt and plan.wanted:
        values["needed"] = yuan(spread(debt, plan.wanted))
    return values


def _fill(text: str, values: Mapping[str, str]) -> str:
    """The text with each {name} replaced; {{figures}} stay for `put_into_words`."""
    return _PLACE.sub(lambda place: values[place[1]], text)
