"""Tells the true yearly rate of a loan with its fees, and which line it may be held against."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.answering.budget_planner import yuan
from bot.answering.pages import Pages, rows_of
from bot.answering.tasking import Handler, Said, TaskRequest
from bot.answering.yearly_rate import Loan, YearlyRate, yearly_rate
from bot.concepts.choice import Choice, Verb
from bot.concepts.reply import Block, BlockKind, Button, Reply, Span, Style, paragraph
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.true_rate import RateLine, TrueRateBook
from bot.knowledge.wording import put_into_words

TOOL = "true_rate"
TOPIC = "interest_and_fees"
_FOR = "true_rate_for_"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueRateTask:
    """The handler of `true_rate`, and of the buttons that say who lent the money."""

    pages: Pages
    knowledge: KnowledgeBase
    book: TrueRateBook

    def handlers(self) -> Mapping[str, Handler]:
        """By the name that the dialogue uses."""
        return {TOOL: self._tell}

    def deeds(self) -> Mapping[str, Handler]:
        """By the names that our buttons use."""
        return {_FOR: self._tell_for}

    async def _tell(self, request: TaskRequest) -> Said:
        return self._said(request, request.answers)

    async def _tell_for(self, request: TaskRequest) -> Said:
        """The same loan, once it is known who lent; KeyError where none was told."""
        draft = request.conversation.draft
        if draft is None or draft.tool != TOOL:
            raise KeyError(TOOL)
        if not any(request.argument in line.products for line in self.book.lines):
            raise KeyError(request.argument)
        talk = request.conversation
        told = replace(talk, case=replace(talk.case, product=request.argument))
        return self._said(replace(request, conversation=told), draft.answers)

    def _said(self, request: TaskRequest, answers: Mapping[str, str]) -> Said:
        talk = replace(request.conversation, topic=TOPIC)
        loan = Loan(
            received=Decimal(answers["received"]),
            payment=Decimal(answers["payment"]),
            months=int(answers["months"]),
            fees=Decimal(answers.get("fees") or 0),
        )
        rate = yearly_rate(loan) if loan.months <= self.book.months_at_most else None
        if rate is None or rate.nominal > self.book.doubtful_percent:
            return Said(self._without_rate(loan, rate), talk)
        line = self.book.line_for(talk.case.product)
        blocks = (
            self._result(rate),
            paragraph(f"{self._terms(loan)}{self.book.words['method']}"),
            paragraph(self._compared(line, rate, request.on)),
        )
        said = put_into_words(self.knowledge, blocks, request.on)
        return Said(Reply(blocks=said, buttons=self._buttons(line)), talk)

    def _without_rate(self, loan: Loan, rate: YearlyRate | None) -> Reply:
        """What is wrong with sums that give no rate, or hardly a true one."""
        words = self.book.words
        if rate is not None:
            first = words["doubtful"].format(limit=self.book.doubtful_percent)
        elif loan.in_hand <= 0 or not 0 < loan.months <= self.book.months_at_most:
            return self.pages.utterance("true_rate_impossible")
        elif loan.cost == 0:
            first = words["zero"]
        else:
            first = words["negative"].format(short=yuan(-loan.cost))
        blocks = [_strong(first)]
        if loan.cost >= 0:
            blocks.append(paragraph(self._terms(loan)))
        return Reply(blocks=tuple(blocks), buttons=self._last_rows())

    def _result(self, rate: YearlyRate) -> Block:
        return _strong(
            self.book.words["rate"].format(
                nominal=_percent(rate.nominal),
                monthly=_percent(rate.monthly),
                effective=_percent(rate.effective),
            )
        )

    def _terms(self, loan: Loan) -> str:
        """The sums that were reckoned with, so that a wrong one is seen."""
        name = "terms_fees" if loan.fees else "terms"
        return self.book.words[name].format(
            received=yuan(loan.received),
            fees=yuan(loan.fees),
            months=loan.months,
            payment=yuan(loan.payment),
            cost=yuan(loan.cost),
        )

    def _compared(self, line: RateLine, rate: YearlyRate, on: date) -> str:
        """What holds for such a loan, and on which side of the line this one is."""
        figure = self.knowledge.figures[line.limit].value_on(on) if line.limit else None
        if figure is None:
            return line.says.replace("{compared}", "")
        limit = float(figure.value)
        if round(rate.nominal, 2) > limit:
            side = "above"
        else:
            side = "between" if round(rate.effective, 2) > limit else "below"
        return line.says.replace("{compared}", self.book.words[side])

    def _buttons(self, shown: RateLine) -> tuple[tuple[Button, ...], ...]:
        """Who lent, while that is not known, and what may follow."""
        others = [
            Button(line.button, Choice(Verb.DEED, f"{_FOR}{line.products[0]}"))
            for line in self.book.lines
            if line.button is not None and line is not shown
        ]
        return (*rows_of(others if shown.button is None else []), *self._last_rows())

    def _last_rows(self) -> tuple[tuple[Button, ...], ...]:
        again = Button(self.knowledge.labels["control_review"], Choice(Verb.TOOL, TOOL))
        topics = self.pages.topic_buttons(self.book.next)
        return ((again, *topics), (self.pages.menu_button(),))


def _percent(value: float) -> str:
    return f"{value:.2f}"


def _strong(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, (Span(text, Style.STRONG),))
