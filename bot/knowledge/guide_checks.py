"""What must be true of deadlines.yml, complaints.yml and budget.yml, told to content writers."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from bot.concepts.case import STAGES
from bot.concepts.case_papers import PAPERS
from bot.knowledge import budget, complaints, deadlines
from bot.knowledge.answer_check import check_answer
from bot.knowledge.base import KnowledgeBase, Review
from bot.knowledge.budget import BudgetBook
from bot.knowledge.complaints import ComplaintBook, Stage
from bot.knowledge.deadlines import DeadlineBook, DeadlineKind
from bot.knowledge.ends import citation_problem, contact_problem, figure_problem, link_problem
from bot.knowledge.faults import Fault
from bot.knowledge.marks import CITATION, FIGURE, QUOTATION, lines_with_numbers
from bot.knowledge.questions import Question

REVIEW_AT_MOST = timedelta(days=183)
_LOOSE_CITATION = re.compile(r"《[^》]+》\s*第[一二三四五六七八九十百零]+条")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guides:
    """The three books, None where one cannot be read, and the ids of the letters there are."""

    deadlines: DeadlineBook | None
    complaints: ComplaintBook | None
    budget: BudgetBook | None
    letters: Collection[str]


def check_guides(guides: Guides, knowledge: KnowledgeBase, today: date) -> list[Fault]:
    """Every fault of the three files, in order."""
    books: dict[str, DeadlineBook | ComplaintBook | BudgetBook | None] = {
        deadlines.FILE: guides.deadlines,
        complaints.FILE: guides.complaints,
        budget.FILE: guides.budget,
    }
    found = [
        fault
        for file, book in books.items()
        if book is not None
        for fault in text_faults(file, book.text, knowledge, today)
    ]
    if guides.deadlines is not None:
        found += _deadlines(guides, guides.deadlines, knowledge, today)
    if guides.complaints is not None:
        found += _complaints(guides, guides.complaints, knowledge, today)
    if guides.budget is not None:
        found += _budget(guides.budget, knowledge, today)
    found += _matters(guides, knowledge)
    return sorted(set(found))


def text_faults(file: str, text: str, knowledge: KnowledgeBase, today: date) -> Iterator[Fault]:
    """Marks resolve, articles are cited by marks, and nothing forbidden is said."""
    for number, line in lines_with_numbers(text):
        if line.lstrip().startswith("#"):
            continue  # A comment for writers explains the marks.
        for mark in CITATION.findall(line):
            if problem := citation_problem(knowledge, mark):
                yield Fault(file, number, problem)
        for figure_id in FIGURE.findall(line):
            if problem := figure_problem(knowledge, figure_id, today):
                yield Fault(file, number, problem)
        for loose in _LOOSE_CITATION.findall(line):
            yield Fault(file, number, f"“{loose}”请改写成引用标记 [[文件编号#条号]]。")
        if QUOTATION.search(line):
            yield Fault(file, number, "这里不引原文，请改成大意，去掉「」。")
        for forbidden in knowledge.forbidden:
            if match := forbidden.pattern.search(line):
                yield Fault(file, number, f"不要说“{match[0]}”：{forbidden.why}")


def _deadlines(
    guides: Guides, book: DeadlineBook, knowledge: KnowledgeBase, today: date
) -> Iterator[Fault]:
    text = book.text
    for kind in book.kinds.values():
        line = _line_with(text, f"- id: {kind.id}")
        problems = [
            *unknown_links(knowledge, kind.next),
            *_unknown_letter(guides, kind.letter),
            *review_problems(kind.review, today),
            *_source_problems(kind, knowledge, today),
        ]
        yield from (Fault(deadlines.FILE, line, f"{kind.id}：{each}") for each in problems)


def _source_problems(kind: DeadlineKind, knowledge: KnowledgeBase, today: date) -> Iterator[str]:
    """The articles exist, and the one shown is the one that sets the number of days."""
    for article in (kind.article, kind.counted_by):
        if article and (problem := citation_problem(knowledge, str(article))):
            yield problem
    if kind.figure is None:
        return
    if problem := figure_problem(knowledge, kind.figure, today):
        yield problem
    figure = knowledge.figures.get(kind.figure)
    value = figure.value_on(today) if figure else None
    if value is None:
        return
    if value.source != kind.article:
        yield f"article 和 figures/{kind.figure}.yml 的出处 {value.source} 不一致。"
    elif not value.value.isdecimal():
        yield f"figures/{kind.figure}.yml 的数值不是整数天。"


def _complaints(
    guides: Guides, book: ComplaintBook, knowledge: KnowledgeBase, today: date
) -> Iterator[Fault]:
    file = complaints.FILE
    choices = {each.id: {choice.id for choice in each.choices} for each in book.questions}
    yield from example_faults(file, book.text, book.questions, today)
    for route in book.routes:
        line = _line_with(book.text, f"- id: {route.id}")
        problems = [*unknown_links(knowledge, route.next), *_unknown_letter(guides, route.letter)]
        problems += _unknown_deadline(guides, route.deadline)
        if problem := contact_problem(knowledge, route.contact):
            problems.append(problem)
        conditions: list[tuple[str, Collection[str]]] = list(route.when.items())
        problems += _unknown_answers(choices, conditions)
        yield from (Fault(file, line, f"{route.id}：{each}") for each in problems)
    named: list[tuple[str, Collection[str]]] = [
        (name, {answer}) for name, answer in book.defaults.items()
    ]
    named += [(skip.question, skip.answers) for skip in book.skips]
    named += [(question, ()) for skip in book.skips for question in skip.skip]
    yield from (Fault(file, 0, each) for each in _unknown_answers(choices, named))
    yield from _dead_ends(book)


def _matters(guides: Guides, knowledge: KnowledgeBase) -> Iterator[Fault]:
    """The letters and the deadline that an answer names exist."""
    for answer in knowledge.answers.values():
        file = f"topics/{answer.id}.md"
        line = _line_with(knowledge.texts[file], "letter:")
        yield from (Fault(file, line, each) for each in _unknown_letter(guides, answer.letter))
        for reached, letter in answer.letter_at.items():
            line = _line_with(knowledge.texts[file], "letter_at:")
            problems = [*_unknown_letter(guides, letter)]
            if reached not in {*PAPERS, *STAGES}:
                problems.append(f"没有叫 {reached} 的文书或阶段，请改正拼写。")
            yield from (Fault(file, line, each) for each in problems)
        at = _line_with(knowledge.texts[file], "deadline:")
        yield from (Fault(file, at, each) for each in _unknown_deadline(guides, answer.deadline))


def _unknown_answers(
    choices: dict[str, set[str]], named: Iterable[tuple[str, Collection[str]]]
) -> Iterator[str]:
    for question, answers in named:
        if question not in choices:
            yield f"没有叫 {question} 的问题，请改正拼写。"
        elif unknown := sorted(set(answers) - choices[question]):
            yield f"{question} 没有叫 {'、'.join(unknown)} 的选项，请改正拼写。"


def _dead_ends(book: ComplaintBook) -> Iterator[Fault]:
    """Every way of answering leads to something to do now."""
    names = [question.id for question in book.questions]
    ways = product(*([choice.id for choice in each.choices] for each in book.questions))
    first = [route.when for route in book.routes if route.stage is Stage.NOW]
    for way in ways:
        answers = dict(zip(names, way, strict=True))
        if not any(
            all(answers.get(name) in accepted for name, accepted in when.items()) for when in first
        ):
            message = f"这样回答没有去处（stage: now）：{'、'.join(way)}。请补一段。"
            yield Fault(complaints.FILE, 0, message)


def _budget(book: BudgetBook, knowledge: KnowledgeBase, today: date) -> Iterator[Fault]:
    file = budget.FILE
    known = {question.id for question in book.questions}
    yield from example_faults(file, book.text, book.questions, today)
    for name in sorted({*book.living, *book.priority} - known):
        yield Fault(file, _line_with(book.text, name), f"没有叫 {name} 的问题，请改正拼写。")
    if not knowledge.has_figure(book.years_at_most):
        yield Fault(file, 0, f"figures/ 里没有 {book.years_at_most}。")
    for each in book.help:
        if each.contact is not None and not knowledge.has_contact(each.contact):
            yield Fault(
                file, _line_with(book.text, each.contact), f"没有 {each.contact} 这个热线。"
            )
    yield from (Fault(file, 0, problem) for problem in review_problems(book.review, today))


def example_faults(
    file: str, text: str, questions: Iterable[Question], today: date
) -> Iterator[Fault]:
    """The example of each question is an answer to it."""
    for question in questions:
        checked = check_answer(question, question.example, today)
        if checked.value is None:
            message = f"例子“{question.example}”自己就通不过检查（{checked.problem}）。"
            yield Fault(file, _line_with(text, f"id: {question.id}"), message)


def unknown_links(knowledge: KnowledgeBase, links: Iterable[str]) -> Iterator[str]:
    """What leads to no topic, task or talk."""
    return (problem for each in links if (problem := link_problem(knowledge, each)))


def _unknown_letter(guides: Guides, letter: str | None) -> Iterator[str]:
    if letter is not None and letter not in guides.letters:
        yield f"letters/ 里没有 {letter}，请改正拼写。"


def _unknown_deadline(guides: Guides, kind: str | None) -> Iterator[str]:
    book = guides.deadlines
    if kind is not None and book is not None and kind not in book.kinds:
        yield f"deadlines.yml 里没有 {kind}，请改正拼写。"


def review_problems(review: Review, today: date) -> Iterator[str]:
    """Reviewed at most half a year apart, and not long late."""
    if not timedelta() < review.review_by - review.reviewed_on <= REVIEW_AT_MOST:
        yield f"review_by 要在 reviewed_on 之后，最多隔 {REVIEW_AT_MOST.days} 天。"
    if review.is_late(today):
        yield f"早该在 {review.review_by} 复核：核对内容后更新 reviewed_on 和 review_by。"


def _line_with(text: str, words: str) -> int:
    return next((number for number, line in lines_with_numbers(text) if words in line), 0)
