"""Earlier answers of a tool put right by words: 不是九点 是十点半, 500太多 400吧."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from bot.concepts.conversation import Draft
from bot.dialogue.questionnaires import NUMBERS, Filled, last_answered, named_in, take
from bot.facts.amounts import Amount, read_amounts
from bot.facts.clock import read_clock
from bot.facts.corrections import find_exchanges
from bot.facts.folding import fold
from bot.knowledge.amount_check import check_amounts
from bot.knowledge.answer_check import check_answer
from bot.knowledge.checked_answer import CheckedAnswer
from bot.knowledge.questions import Question, QuestionKind
from bot.knowledge.tools import Tool

_EXCHANGED = re.compile(r"不是[^是]{1,12}[，, ]*(?:而是|应该是|是)(?P<new>.+)$")
"""不是今天是昨天: what follows takes the place."""
_TURNED = re.compile(r"^(?P<new>.*?)[，, ]?(?<!是)不是[^是，,。]{1,12}$")
"""前天签收的不是昨天: what stands before takes the place."""
_RIGHT = re.compile(r"(?:应该|应当|其实|改成|改为|更正为)(?:是|成|为)?(?P<new>[^,，。]+)$")
"""昨天那条记错了 应该是前天: what stands behind is right, what stands before only names it."""
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_NOON = 12


def mend(tool: Tool, draft: Draft, text: str, now: datetime) -> Filled | None:
    """Put an earlier answer right by words; None where the words name no other value."""
    if changed := _changed_sums(tool, draft, text):
        return take(tool, draft, changed, is_mended=True)
    last = last_answered(tool, draft)
    values: Mapping[str, CheckedAnswer] = {}
    for told in _ways_of_reading(text):
        values = values or named_in(tool, told, now, last)
    if not values and last is not None:
        question = tool.question(last)
        checked = check_answer(question, text, now, draft.answers, is_asked_again=True)
        if checked.value is not None and question.kind in NUMBERS:
            values = {last: checked}
    if not values:
        return None
    return take(tool, draft, _in_same_half(draft, values, text), is_mended=True)


def _ways_of_reading(text: str) -> Iterator[str]:
    """The part of a text that is right, as far as the words tell it from what was wrong."""
    exchanged, turned = _EXCHANGED.search(text), _TURNED.search(text)
    whole = exchanged["new"] if exchanged else turned["new"] if turned else text
    yield whole
    if (right := _RIGHT.search(whole)) is not None:
        yield right["new"]


def _changed_sums(tool: Tool, draft: Draft, text: str) -> dict[str, CheckedAnswer]:
    """The answers that were sums which a text names as wrong, each with the one beside it."""
    found: dict[str, CheckedAnswer] = {}
    for old, new in find_exchanges(fold(text)):
        wrong, right = (read_amounts(each, is_answer=True) for each in (old, new))
        if len(wrong) != 1 or len(right) != 1:
            continue
        for question in _meant(tool, draft, text, list(_answered_with(tool, draft, wrong[0]))):
            checked = check_amounts(question, right, draft.answers)
            value = checked.value or checked.candidate
            if value is not None:
                found[question.id] = replace(checked, value=value, problem=None)
    return found


def _answered_with(tool: Tool, draft: Draft, amount: Amount) -> Iterator[Question]:
    """The questions for sums whose answer this is."""
    for question in tool.questions:
        told = draft.answers.get(question.id)
        is_sum = question.kind is QuestionKind.AMOUNT and bool(told)
        if is_sum and Decimal(told or 0) in (amount.low, amount.a_month):
            yield question


def _meant(tool: Tool, draft: Draft, text: str, same: Sequence[Question]) -> Sequence[Question]:
    """Of questions with the same answer those that are named, or else the one answered last."""
    if len(same) <= 1:
        return same
    named = [each for each in same if any(word in text for word in (each.label, *each.words))]
    return named or [each for each in same if each.id == last_answered(tool, draft)]


def _in_same_half(
    draft: Draft, values: Mapping[str, CheckedAnswer], text: str
) -> Mapping[str, CheckedAnswer]:
    """九点二十 in the place of 21:50 is 21:20: a clock put right keeps its half of the day."""
    if read_clock(text).parts:
        return values
    kept = dict(values)
    for name, each in values.items():
        before, now = (
            _CLOCK.fullmatch(told or "") for told in (draft.answers.get(name), each.value)
        )
        if before and now and int(now[1]) < _NOON <= int(before[1]):
            later = f"{int(now[1]) + _NOON}:{now[2]}"
            kept[name] = replace(each, value=later, understood=later)
    return kept
