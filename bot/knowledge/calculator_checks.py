"""What must be true of court_fees.yml, true_rate.yml and their forms, told to content writers."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.knowledge import court_fees, true_rate
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.court_fees import CourtFeeBook
from bot.knowledge.ends import citation_problem
from bot.knowledge.faults import Fault
from bot.knowledge.guide_checks import (
    example_faults,
    review_problems,
    text_faults,
    unknown_links,
)
from bot.knowledge.tools import Tool
from bot.knowledge.true_rate import REST, TrueRateBook

COURT_FEE, TRUE_RATE = "court_fee", "true_rate"
_NEEDED: Mapping[str, tuple[str, ...]] = {
    COURT_FEE: ("amount", "kind", "procedure"),
    TRUE_RATE: ("received", "payment", "months", "fees"),
}
"""The questions that each calculator reckons with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculators:
    """The two books, the forms that ask for their sums, and the ids of the letters."""

    court_fees: CourtFeeBook
    true_rate: TrueRateBook
    forms: Mapping[str, Tool]
    letters: Collection[str]


def check_calculators(
    calculators: Calculators, knowledge: KnowledgeBase, today: date
) -> list[Fault]:
    """Every fault of the two files and of their forms, in order."""
    fees, rate = calculators.court_fees, calculators.true_rate
    found: list[Fault] = []
    for file, text, review in (
        (court_fees.FILE, fees.text, fees.review),
        (true_rate.FILE, rate.text, rate.review),
    ):
        found += text_faults(file, text, knowledge, today)
        found += (Fault(file, 0, each) for each in review_problems(review, today))
    found += (Fault(court_fees.FILE, 0, each) for each in _fees(calculators, knowledge, today))
    found += (Fault(true_rate.FILE, 0, each) for each in _rate(rate, knowledge, today))
    for name in _NEEDED:
        found += _form(name, calculators, today)
    return sorted(set(found))


def _fees(calculators: Calculators, knowledge: KnowledgeBase, today: date) -> Iterator[str]:
    book = calculators.court_fees
    dated = [each for history in book.scales.values() for each in history]
    shares = [each for history in book.shares.values() for each in history]
    for source in (*(each.source for each in dated), *(each.source for each in shares)):
        if problem := citation_problem(knowledge, str(source)):
            yield problem
    for kind in book.kinds.values():
        yield from unknown_links(knowledge, kind.next)
        if book.scale_on(kind.scale, today) is None:
            yield f"{kind.id}：{kind.scale} 今天还没有生效的标准。"
        if kind.letter is not None and kind.letter not in calculators.letters:
            yield f"{kind.id}：letters/ 里没有 {kind.letter}，请改正拼写。"


def _rate(book: TrueRateBook, knowledge: KnowledgeBase, today: date) -> Iterator[str]:
    yield from unknown_links(knowledge, book.next)
    labels = knowledge.parts.labels.values()
    known = {REST, *(value for kind, value in labels if kind == "product")}
    for line in book.lines:
        for product in sorted(set(line.products) - known):
            yield f"parts.yml 里没有 {product} 这种贷款，请改正拼写。"
        if line.limit is None:
            if "{compared}" in line.says:
                yield f"没有 limit 就不要写 {{compared}}：{line.says[:12]}"
            continue
        figure = knowledge.figures.get(line.limit)
        value = figure.value_on(today) if figure is not None else None
        if figure is None and knowledge.has_figure(line.limit):
            continue  # Its file cannot be read, which is told once, there.
        if value is None or not value.value.isdecimal():
            yield f"figures/ 里没有 {line.limit}，或者今天没有生效的整数。"
        elif f"[[{value.source}]]" not in line.says:
            yield f"拿 {line.limit} 来比的话，要引用它的出处 [[{value.source}]]。"


def _form(name: str, calculators: Calculators, today: date) -> Iterator[Fault]:
    """The form asks for what is reckoned with, and its choices are those of the book."""
    file, form = f"forms/{name}.yml", calculators.forms.get(name)
    if form is None:
        yield Fault(file, 0, "找不到这个文件，或者它读不懂。")
        return
    yield from example_faults(file, "", form.questions, today)
    asked = {question.id: question for question in form.questions}
    if missing := [each for each in _NEEDED[name] if each not in asked]:
        yield Fault(file, 0, f"缺少问题 {'、'.join(missing)}。")
    elif name == COURT_FEE:
        kinds = {choice.id for choice in asked["kind"].choices}
        if kinds != set(calculators.court_fees.kinds):
            yield Fault(file, 0, "kind 的选项和 court_fees.yml 的 kinds 不一致。")
