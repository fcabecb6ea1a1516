"""What must be true of knowledge/advice/ as a whole, told to content writers."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from types import MappingProxyType

from bot.concepts.advice import (
    NOT_TOLD,
    SERVED,
    TALKS,
    TOLD,
    AdviceStep,
    Day,
    Fitting,
    Has,
    OneOf,
    Test,
    Within,
    chosen,
    fitting,
)
from bot.concepts.case import PRODUCTS, ROLES, STAGES, Case, Deed
from bot.concepts.case_papers import PAPERS
from bot.knowledge.advice import AdviceBook
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.checks import REVIEW_AT_MOST
from bot.knowledge.ends import citation_problem, contact_problem, figure_problem
from bot.knowledge.faults import Fault
from bot.knowledge.kept_work import kept
from bot.knowledge.marks import CITATION, CONTACT, FIGURE, QUOTATION, lines_with_numbers

_LOOSE_CITATION = re.compile(r"《[^》]+》\s*第[一二三四五六七八九十百零]+条")
_RECENT, _OLD = timedelta(days=1), timedelta(days=100)
_STAND_IN = timedelta(days=10)
"""Days of every deadline while conditions are tried: the recent is ahead, the old is passed."""
_VALUES: Mapping[str, Collection[str]] = MappingProxyType(
    {
        "product": PRODUCTS,
        "stage": STAGES,
        "paper": PAPERS,
        "region": ("甲",),
        "lenders": ("甲",),
    }
)
_TRIED = 2
"""Values of a condition that are tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """What steps may lead to, besides topics, tasks and talk."""

    tools: Collection[str]
    deadlines: Collection[str] | None
    """None while they cannot be read, as `tools` then lack theirs."""


def check_advice(
    book: AdviceBook, ends: Ends, knowledge: KnowledgeBase, today: date
) -> list[Fault]:
    """Every fault of the folder, in order of file and line."""
    found = [
        fault for file, text in book.texts.items() for fault in _text(file, text, knowledge, today)
    ]
    for file, review in book.reviews.items():
        if not timedelta() < review.review_by - review.reviewed_on <= REVIEW_AT_MOST:
            message = f"review_by 要在 reviewed_on 之后，最多隔 {REVIEW_AT_MOST.days} 天。"
            found.append(Fault(file, 0, message))
        if review.is_late(today):
            message = f"早该在 {review.review_by} 复核：核对内容后更新 reviewed_on 和 review_by。"
            found.append(Fault(file, 0, message))
    for step in book.steps:
        problems = [*_links(step, ends, knowledge), *_company(step), *_bounds(step, knowledge)]
        found += [Fault(*book.places[step.id], f"{step.id}：{each}") for each in problems]
    if not found:
        # They hang on nothing but the steps, the figures and the day.
        figures = [
            f"{file}\n{text}" for file, text in knowledge.texts.items() if "figures/" in file
        ]
        found += kept(
            lambda: (*_unreachable(book, knowledge, today), *_dead_ends(book, knowledge, today)),
            "advice", str(today), *book.texts.values(), *sorted(figures),
        )  # fmt: skip
    return sorted(set(found))


def _text(file: str, text: str, knowledge: KnowledgeBase, today: date) -> Iterator[Fault]:
    """Marks resolve, articles are named in `source` alone, and nothing forbidden is said."""
    for number, line in lines_with_numbers(text):
        if line.lstrip().startswith("#"):
            continue
        for name in FIGURE.findall(line):
            if problem := figure_problem(knowledge, name, today):
                yield Fault(file, number, problem)
        for name in CONTACT.findall(line):
            if problem := contact_problem(knowledge, name):
                yield Fault(file, number, problem)
        if CITATION.search(line) or _LOOSE_CITATION.search(line):
            yield Fault(file, number, "依据写在 source 里，话里不写条文。")
        if QUOTATION.search(line):
            yield Fault(file, number, "这里不引原文，请改成大意，去掉「」。")
        for forbidden in knowledge.forbidden:
            if match := forbidden.pattern.search(line):
                yield Fault(file, number, f"不要说“{match[0]}”：{forbidden.why}")


def _links(step: AdviceStep, ends: Ends, knowledge: KnowledgeBase) -> Iterator[str]:
    for source in step.sources:
        if problem := citation_problem(knowledge, str(source)):
            yield problem
    if step.button not in ends.tools and not knowledge.has_matter(step.button):
        yield f"没有叫 {step.button} 的工具、主题或任务，请改正拼写。"
    if step.kind is not None and ends.deadlines is not None and step.kind not in ends.deadlines:
        yield f"deadlines.yml 里没有 {step.kind}。"


def _company(step: AdviceStep) -> Iterator[str]:
    """Who is not the debtor is never told how to pay."""
    if (step.rank in TALKS or step.plan) and step.who != {"debtor"}:
        yield f"{'、'.join(TALKS)} 和 plan 只能对欠款人说，请删去 who。"
    if step.plan and step.rank != "talks":
        yield "plan 只能写在 talks 的步骤里。"


def _bounds(step: AdviceStep, knowledge: KnowledgeBase) -> Iterator[str]:
    for condition in step.when:
        for test in condition.values():
            if not isinstance(test, Within):
                continue
            for bound in (test.at_least, test.at_most, test.above):
                if isinstance(bound, str) and not knowledge.has_figure(bound):
                    yield f"figures/ 里没有 {bound}。"


def _unreachable(book: AdviceBook, knowledge: KnowledgeBase, today: date) -> Iterator[Fault]:
    """Steps whose conditions contradict each other, or before which others always go."""
    for step in book.steps:
        cases = list(_witnesses(step, knowledge, today))
        founds = [_fitting(book, case, knowledge, today) for case in cases]
        place = book.places[step.id]
        if not any(step in (each.step for each in found) for found in founds):
            message = f"{step.id} 的条件互相矛盾，或者总被别的步骤消声（silences、alone）。"
            yield Fault(*place, message)
        elif not any(
            step in (each.step for each in chosen(found, today, frozenset())) for found in founds
        ):
            message = f"{step.id} 永远轮不到：凡是它适合的时候，都有三步排在它前面。"
            yield Fault(*place, message)


def _dead_ends(book: AdviceBook, knowledge: KnowledgeBase, today: date) -> Iterator[Fault]:
    """Every product, stage, role and paper leads to something to do."""
    told = product((None, *PRODUCTS), (None, *STAGES), (None, *ROLES), (None,))
    papers = product((None,), (None,), ROLES, PAPERS)
    for kind, stage, role, paper in (*told, *papers):
        case = Case(product=kind, stage=stage, role=role, paper=paper)
        if not _fitting(book, case, knowledge, today):
            names = "、".join(each for each in (kind, stage, role, paper) if each)
            yield Fault("advice/", 0, f"这种情况没有一步可说：{names or '什么都没说'}。")


def _fitting(
    book: AdviceBook, case: Case, knowledge: KnowledgeBase, today: date
) -> tuple[Fitting, ...]:
    return fitting(
        book.steps,
        case,
        today,
        lambda name: _figure(knowledge, name, today),
        lambda _, start: start + _STAND_IN,
    )


def _figure(knowledge: KnowledgeBase, name: str, today: date) -> float | None:
    figure = knowledge.figures.get(name)
    value = figure.value_on(today) if figure is not None else None
    return float(value.value) if value else None


def _witnesses(step: AdviceStep, knowledge: KnowledgeBase, today: date) -> Iterator[Case]:
    """Cases for which a step may be meant: each of its conditions fulfilled in few ways."""
    for role, condition in product(sorted(step.who), step.when):
        ways = [_ways(name, test, knowledge, today) for name, test in condition.items()]
        for way in product(*ways):
            case = Case(role=role)
            for told in way:
                case = _with(case, told)
            yield _on_its_day(step, case, today)


Told = Mapping[str, object]


def _ways(name: str, test: Test, knowledge: KnowledgeBase, today: date) -> Sequence[Told]:
    """What somebody tells who fulfils a test."""
    match test:
        case OneOf():
            if name in _VALUES:
                named: Sequence[Told] = [{name: each} for each in _named(name, test)]
                return named[:_TRIED]
            return [_told(name, 1, today) if test.holds(1, _no_figure) else {}]
        case Has():
            return [{name: each} for each in sorted(test.any_of)] or [{}]
        case Within():
            number = _within(test, knowledge, today)
            return [_told(name, number, today), *([{}] if test.or_not_told else [])]


def _named(name: str, test: OneOf) -> Iterator[object]:
    values = _VALUES.get(name, ())
    if test.is_denied:
        if NOT_TOLD not in test.values:
            yield None
        if TOLD not in test.values:
            yield from (each for each in values if each not in test.values)
        return
    for each in sorted(test.values):
        if each == NOT_TOLD:
            yield None
        elif each == TOLD:
            yield next(iter(values))
        else:
            yield each


def _no_figure(_: str) -> None:
    return None


def _within(test: Within, knowledge: KnowledgeBase, today: date) -> float:
    def known(bound: float | str) -> float:
        return _figure(knowledge, bound, today) or 0 if isinstance(bound, str) else bound

    if test.at_most is not None:
        return known(test.at_most)
    if test.at_least is not None:
        return known(test.at_least)
    return known(test.above or 0) + 1


def _told(name: str, number: float, today: date) -> Told:
    """The facts from which a number follows."""
    if name.startswith("since_"):
        return {name.removeprefix("since_"): today - timedelta(days=number)}
    if name == SERVED:
        return {name: today - _RECENT}
    if name == "years_needed":
        return {"amount": int(number * 12 * 100), "monthly_ability": 100}
    if name == "years_overdue":
        return {"overdue_months": number * 12}
    return {"surplus" if name == "left" else name: int(number)}


def _with(case: Case, told: Told) -> Case:
    """The case with some facts more."""
    for name, value in told.items():
        match name:
            case "events":
                case = replace(case, events=(*case.events, str(value)))
            case "done":
                case = replace(case, done=(*case.done, Deed(str(value))))
            case "lenders":
                case = replace(case, lenders=(str(value),) if value else ())
            case _ if isinstance(value, date) and name != SERVED:
                case = replace(case, done=(*case.done, Deed(name, value)))
            case _:
                case = replace(case, **{name: value})  # type: ignore[arg-type]
    return case


def _on_its_day(step: AdviceStep, case: Case, today: date) -> Case:
    """The case with the day on which the step's deadline began, where one is needed."""
    if step.starts is None:
        return case
    began = {Day.AHEAD: today - _RECENT, Day.PASSED: today - _OLD, Day.NOT_TOLD: None}[step.day]
    if step.starts == SERVED:
        return replace(case, served_on=began)
    others = tuple(each for each in case.done if each.kind != step.starts)
    return replace(case, done=(*others, Deed(step.starts, began)))
