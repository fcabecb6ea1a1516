"""Next steps in words: the sums of a plan, what to do by when and why, all on one screen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.answering.advice import AdvisedStep, Sums, plan_of, steps_for, sums_of
from bot.answering.budget_planner import yuan
from bot.answering.case_wording import CaseWording
from bot.answering.deadlines import DeadlineReckoner
from bot.answering.layers import LAYER_LIMIT
from bot.answering.pages import Pages
from bot.concepts.advice import AdviceStep
from bot.concepts.case import Case
from bot.concepts.choice import Choice, Verb
from bot.concepts.reply import (
    Block,
    BlockKind,
    Button,
    Span,
    Style,
    paragraph,
    shown_length,
)
from bot.knowledge.deadlines import Whose
from bot.knowledge.library import Book
from bot.knowledge.wording import put_into_words

_GIST = "大意"
_HEARD = ("lenders", "product", "amount", "overdue_months", "monthly_ability", "income")
"""The facts that are said back above the steps."""
_SUMS = frozenset({"amount", "monthly_ability", "income"})
"""One of these must be among them: whoever tells no sum tells no case to count with."""
_HEARD_AT_LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceWords:
    """Chooses steps for a case and tells them."""

    pages: Pages
    book: Book
    reckoner: DeadlineReckoner

    def steps(self, case: Case, on: date, said: Collection[str] = ()) -> tuple[AdvisedStep, ...]:
        """What to do next."""
        return steps_for(case, self.book, on, said, self.reckoner)

    def ids(self, case: Case, on: date) -> tuple[str, ...]:
        """The names of what to do next, to compare."""
        return tuple(each.step.id for each in self.steps(case, on))

    def blocks(
        self,
        case: Case,
        advised: Sequence[AdvisedStep],
        on: date,
        opening: tuple[Block, ...] = (),
        question: str | None = None,
    ) -> tuple[Block, ...]:
        """The plan, the steps, what comes where they do not help, and one question.

        What makes it longer than a layer may be is left out, the least urgent reason first.
        """
        # Where only what saves comes, no sum is told back.
        is_alone = any(each.step.is_alone for each in advised)
        heard = () if is_alone else self._heard(case, on)
        before = self._plan(case, advised, on) or opening or heard
        after = () if question is None else (paragraph(question),)
        rest = next((each.step.fails for each in advised if each.step.fails), None)
        last = () if rest is None else (paragraph(rest),)
        for reasons in range(len(advised), -1, -1):
            told = tuple(
                self._step(each, number, on, with_reason=number <= reasons)
                for number, each in enumerate(advised, start=1)
            )
            for between in (last, ()):
                blocks = put_into_words(
                    self.book.knowledge, (*before, *told, *between, *after), on
                )
                if shown_length(blocks) <= LAYER_LIMIT:
                    return blocks
        return blocks

    def reminder(self, advised: Sequence[AdvisedStep], on: date) -> Button | None:
        """To be reminded of the nearest day."""
        dated = [each for each in advised if each.deadline is not None and each.last_day]
        for each in sorted(dated, key=lambda one: one.last_day or on):
            deadline = each.deadline
            if deadline is not None and self.reckoner.reminder_days(deadline, on):
                target = f"remind_{deadline.kind}_{deadline.start:%Y%m%d}"
                return Button(self.pages.label("remind_me"), Choice(Verb.DEED, target))
        return None

    def plan_alone(self, case: Case, on: date) -> tuple[Block, ...]:
        """What the told ability means for the told amount; nothing where no step has a plan."""
        plan = plan_of(case, self.book, on, self.reckoner)
        told = self._in_sums(plan, case, on)
        return put_into_words(self.book.knowledge, told, on)

    def _plan(self, case: Case, advised: Sequence[AdvisedStep], on: date) -> tuple[Block, ...]:
        """The plan, where a step is to offer it."""
        plan = next((each.step.plan for each in advised if each.step.plan), None)
        return self._in_sums(plan, case, on)

    def _heard(self, case: Case, on: date) -> tuple[Block, ...]:
        """What the steps are for, as it was heard; nothing where too little was told."""
        facts = CaseWording(self.book.knowledge).facts(case, on)
        heard = [each for each in facts if each.name in _HEARD]
        if len(heard) < _HEARD_AT_LEAST or not _SUMS & {each.name for each in heard}:
            return ()
        said = [self.pages.label(f"heard_{each.name}").format(it=each.words) for each in heard]
        words = "，".join(said)
        return self.pages.utterance("case_heard", facts=words).blocks

    def _in_sums(self, plan: str | None, case: Case, on: date) -> tuple[Block, ...]:
        sums = sums_of(case, self.book, on)
        if plan is None or sums is None:
            return ()
        return self.pages.utterance(f"case_plan_{plan}", **_values(sums)).blocks

    def _step(self, advised: AdvisedStep, number: int, on: date, *, with_reason: bool) -> Block:
        step = advised.step
        spans = [Span(f"{self._by(advised, on)}：", Style.STRONG), Span(step.says)]
        if with_reason:
            spans.append(Span(self._reason(step)))
        return Block(BlockKind.STEP, tuple(spans), number)

    def _by(self, advised: AdvisedStep, on: date) -> str:
        """By when: the worked-out day, or how soon."""
        label = self.pages.label
        if advised.last_day is None or advised.deadline is None:
            return label(f"advice_by_{advised.step.by}")
        kind = self.book.deadlines.kinds[advised.deadline.kind]
        name = "advice_wait_day" if kind.whose is Whose.THEIRS else "advice_last_day"
        day = CaseWording(self.book.knowledge).day(advised.last_day, on)
        return label(name).format(day=day)

    def _reason(self, step: AdviceStep) -> str:
        """Why, with its sources; of a text that was only seen as told by others it says so."""
        knowledge = self.book.knowledge
        told = [knowledge.article(each) for each in step.sources]
        unseen = [each for each in told if not each.is_quotable]
        manner = ""
        if unseen:
            is_gist = all(each.plain.startswith(_GIST) for each in unseen)
            manner = self.pages.label("advice_gist" if is_gist else "advice_reported")
        marks = "".join(f"[[{each}]]" for each in step.sources)
        return f"{manner}{step.because.removesuffix('。')}{marks}。"


def _values(sums: Sums) -> dict[str, str]:
    numbers = {
        "amount": sums.amount,
        "ability": sums.ability,
        "floor": sums.floor,
        "gap": sums.gap,
        "half": sums.ability // 2,
    }
    return {
        **{name: yuan(Decimal(value)) for name, value in numbers.items()},
        "months": str(sums.months),
        "limit": str(sums.limit),
    }
