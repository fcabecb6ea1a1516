"""What must be true of the knowledge base as a whole; each check yields faults for writers."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from bot.knowledge.base import GRACE, Answer, KnowledgeBase
from bot.knowledge.faults import Fault
from bot.knowledge.form_checks import answers_have_their_form, follow_ups_have_their_form
from bot.knowledge.law_checks import (
    comparisons_have_an_order,
    levels_fit_their_sources,
    sources_are_known,
)
from bot.knowledge.marks import lines_with_numbers
from bot.knowledge.text_checks import (
    EXAMPLES_HEADING,
    citations_are_listed,
    citations_resolve,
    citations_use_marks,
    contacts_exist,
    figures_exist,
    line_with,
    marks_are_whole,
    nothing_forbidden_is_said,
    questions_exist,
    quotations_are_verbatim,
    what_was_told_exists,
)

EXAMPLES_AT_LEAST = 40
_A_COPY = 20
"""More ways of asking in common than by chance."""
REVIEW_AT_MOST = timedelta(days=183)
_PUNCTUATION = re.compile(r"[\W_]+")

Check = Callable[[KnowledgeBase, date], Iterator[Fault]]


def check_knowledge(knowledge: KnowledgeBase, faults: list[Fault], today: date) -> list[Fault]:
    """Add what the whole folder's checks find to the faults of reading it, in order."""
    found = [fault for check in CHECKS for fault in check(knowledge, today)]
    return sorted(set(faults) | set(found))


def ids_tell_apart(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """Each id names one thing."""
    owners: dict[str, str] = {}
    for file, ids in (
        ("topics/", knowledge.topic_files),
        ("talk.yml", knowledge.talk),
        ("tasks.yml", knowledge.tasks),
    ):
        for each in ids:
            if each in owners:
                yield Fault(file, 0, f"{each} 在 {owners[each]} 里已经有了，请换一个编号。")
            owners[each] = file
    groups = [group.id for group in knowledge.menu]
    for each in sorted({each for each in groups if groups.count(each) > 1}):
        yield Fault("menu.yml", line_with(knowledge, "menu.yml", each), f"{each} 写了两次。")


def links_lead_somewhere(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """Related topics and next steps exist."""
    pages = {
        "talk.yml": knowledge.talk,
        "utterances.yml": knowledge.utterances,
        "crisis.yml": knowledge.crisis.cards,
    }
    links = [
        (_file(answer), other) for answer in knowledge.answers.values() for other in answer.related
    ]
    links += [
        (file, other) for file, group in pages.items() for page in group.values()
        for other in page.next
    ]  # fmt: skip
    for file, other in links:
        if not knowledge.has_matter(other):
            yield Fault(
                file, line_with(knowledge, file, other), f"没有叫 {other} 的主题，请改正拼写。"
            )
    for answer in knowledge.answers.values():
        for other in (lead for entry in answer.follow_ups for lead in entry.leads):
            if not knowledge.has_matter(other):
                line = line_with(knowledge, _file(answer), f"→ {other}：")
                message = f"没有叫 {other} 的主题或任务，请改正拼写。"
                yield Fault(_file(answer), line, message)


def matters_are_told_apart(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """Each topic and task has its sentence in differences.yml, and each sentence its owner."""
    if not (knowledge.differences and knowledge.tasks and knowledge.talk):
        return  # A file that cannot be read is reported once, there.
    file = "differences.yml"
    for matter in sorted({*knowledge.answers, *knowledge.tasks} - set(knowledge.differences)):
        yield Fault(file, 0, f"{matter} 还没有一句话说明它问的是什么。")
    for matter in sorted(set(knowledge.differences) - knowledge.matters):
        line = line_with(knowledge, file, matter)
        yield Fault(file, line, f"没有叫 {matter} 的主题，请改正拼写。")


def each_answer_is_in_the_menu_once(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """Each answer is three taps away, and no tap leads to nothing."""
    if not knowledge.menu:
        return  # Its file cannot be read, which is reported once, there.
    listed = [topic for group in knowledge.menu for topic in group.topics]
    for topic in sorted({topic for topic in listed if listed.count(topic) > 1}):
        yield Fault("menu.yml", _menu(knowledge, topic), f"{topic} 在菜单里出现了不止一次。")
    for topic in sorted(set(listed) - knowledge.topic_files):
        yield Fault("menu.yml", _menu(knowledge, topic), f"菜单里的 {topic} 没有解答文件。")
    for topic in sorted(set(knowledge.answers) - set(listed)):
        yield Fault("menu.yml", 0, f"{topic} 还没有放进菜单的任何一组。")


def examples_are_many_and_single(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """Enough ways to ask, and none of them in two places; a copy of a topic is told once."""
    seen: dict[str, str] = {}
    for matter, examples in knowledge.examples().items():
        file = _file_of(knowledge, matter)
        if matter in knowledge.answers and len(examples) < EXAMPLES_AT_LEAST:
            message = f"问法只有 {len(examples)} 条，至少要 {EXAMPLES_AT_LEAST} 条。"
            yield Fault(file, line_with(knowledge, file, EXAMPLES_HEADING), message)
        twice: list[tuple[str, str]] = []
        for example in examples:
            key = _compared(example)
            if key in seen:
                twice.append((example, seen[key]))
            seen[key] = matter
        yield from _said_twice(knowledge, file, twice)


def _said_twice(
    knowledge: KnowledgeBase, file: str, twice: list[tuple[str, str]]
) -> Iterator[Fault]:
    """Each way of asking that another matter has too; once where it is a copy of the other."""
    shared = Counter(owner for _, owner in twice)
    for owner, count in shared.items():
        if count > _A_COPY:
            message = f"和 {owner} 有 {count} 条一样的问法，像是它的副本：写成自己的，或者移走。"
            yield Fault(file, 0, message)
    for example, owner in twice:
        if shared[owner] <= _A_COPY:
            message = f"问法“{example}”在 {owner} 里已经有了，请只留一处。"
            yield Fault(file, line_with(knowledge, file, example), message)


@lru_cache(maxsize=100_000)
def _compared(example: str) -> str:
    """A way of asking without its signs; whoever writes asks for the same ones at each key."""
    return _PUNCTUATION.sub("", example).lower() or example


def examples_are_bullets(knowledge: KnowledgeBase, _: date) -> Iterator[Fault]:
    """Each way to ask is a line of its own: without its dash it would join the one before."""
    for answer in knowledge.answers.values():
        is_example = False
        for number, line in lines_with_numbers(knowledge.texts[_file(answer)]):
            if is_example and line.strip() and not line.startswith("- "):
                yield Fault(_file(answer), number, "每条问法单独一行，以“- ”开头。")
            is_example = is_example or line.strip() == EXAMPLES_HEADING


def reviews_are_kept(knowledge: KnowledgeBase, today: date) -> Iterator[Fault]:
    """Reviewed at most half a year apart, and no more than 30 days late."""
    reviewed = [(_file(answer), answer.review) for answer in knowledge.answers.values()]
    reviewed += [(f"figures/{each.id}.yml", each.review) for each in knowledge.figures.values()]
    for file, review in reviewed:
        if not timedelta() < review.review_by - review.reviewed_on <= REVIEW_AT_MOST:
            message = f"review_by 要在 reviewed_on 之后，最多隔 {REVIEW_AT_MOST.days} 天。"
            yield Fault(file, line_with(knowledge, file, "review_by"), message)
        if review.is_late(today):
            message = f"早该在 {review.review_by} 复核：核对内容后更新 reviewed_on 和 review_by。"
            yield Fault(file, line_with(knowledge, file, "review_by"), message)
    for contact in knowledge.contacts.values():
        if today > contact.review_by + GRACE:
            line = line_with(knowledge, "contacts.yml", f"id: {contact.id}")
            message = f"{contact.id} 早该在 {contact.review_by} 复核。"
            yield Fault("contacts.yml", line, message)


CHECKS: tuple[Check, ...] = (
    citations_resolve,
    citations_are_listed,
    quotations_are_verbatim,
    citations_use_marks,
    marks_are_whole,
    figures_exist,
    contacts_exist,
    questions_exist,
    what_was_told_exists,
    ids_tell_apart,
    links_lead_somewhere,
    matters_are_told_apart,
    each_answer_is_in_the_menu_once,
    answers_have_their_form,
    follow_ups_have_their_form,
    examples_are_many_and_single,
    examples_are_bullets,
    reviews_are_kept,
    sources_are_known,
    levels_fit_their_sources,
    comparisons_have_an_order,
    nothing_forbidden_is_said,
)


def _menu(knowledge: KnowledgeBase, topic: str) -> int:
    return line_with(knowledge, "menu.yml", topic)


def _file_of(knowledge: KnowledgeBase, matter: str) -> str:
    if matter in knowledge.answers:
        return f"topics/{matter}.md"
    return "talk.yml" if matter in knowledge.talk else "tasks.yml"


def _file(answer: Answer) -> str:
    return f"topics/{answer.id}.md"
