"""What the check says of one file as it would be, within the time of a key stroke.

The checks are those of `zhiquan check`, over a base in which all other texts are empty; what can
only be told over all of them is looked at over all of them.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.checks import (
    CHECKS,
    each_answer_is_in_the_menu_once,
    examples_are_many_and_single,
    links_lead_somewhere,
    matters_are_told_apart,
)
from bot.knowledge.faults import Fault
from bot.knowledge.kept_work import keeping_already
from bot.knowledge.text_checks import (
    citations_resolve,
    contacts_exist,
    figures_exist,
    nothing_forbidden_is_said,
    quotations_are_verbatim,
)

_OVER_ALL = (examples_are_many_and_single,)
_POINTING = (
    citations_resolve,
    quotations_are_verbatim,
    figures_exist,
    contacts_exist,
    links_lead_somewhere,
    each_answer_is_in_the_menu_once,
    matters_are_told_apart,
)


def faults_in(knowledge: KnowledgeBase, files: Iterable[str], today: date) -> list[Fault]:
    """The faults of these files, by all checks of the base; those of reading them are known."""
    wanted = frozenset(files)
    narrow = narrowed(knowledge, wanted)
    own_laws = {name: law for name, law in knowledge.laws.items() if f"laws/{name}.yml" in wanted}
    without_laws = replace(narrow, laws=own_laws)
    found: set[Fault] = set()
    with keeping_already():
        for check in CHECKS:
            if check in _OVER_ALL:
                base = knowledge
            else:
                base = without_laws if check is nothing_forbidden_is_said else narrow
            found |= {fault for fault in check(base, today) if fault.file in wanted}
    return sorted(found)


def pointing_faults(knowledge: KnowledgeBase, files: Iterable[str], today: date) -> list[Fault]:
    """What these files point to and is not there: for those that name what was changed."""
    wanted = frozenset(files)
    narrow = narrowed(knowledge, wanted)
    with keeping_already():
        found = {fault for check in _POINTING for fault in check(narrow, today)}
    return sorted(fault for fault in found if fault.file in wanted)


def narrowed(knowledge: KnowledgeBase, files: frozenset[str]) -> KnowledgeBase:
    """The base with the words of these files alone; what they point to is all there."""
    answers = {
        name: answer for name, answer in knowledge.answers.items() if f"topics/{name}.md" in files
    }
    texts = {file: text if file in files else "" for file, text in knowledge.texts.items()}
    return replace(knowledge, answers=answers, texts=texts)
