"""The steps of filling a tool in: pure, from one draft to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from bot.concepts.conversation import SUMMARY, Draft
from bot.dialogue.story_beside import added_to_story, story_of
from bot.facts.amounts import irregular_pay, names_again
from bot.facts.answer_signs import is_irregular, takes_lower
from bot.knowledge.answer_check import check_answer
from bot.knowledge.answer_guess import guess_answer
from bot.knowledge.answers_together import read_checked
from bot.knowledge.checked_answer import CheckedAnswer
from bot.knowledge.questions import QuestionKind
from bot.knowledge.tools import Tool

_SEVERAL = 2
_NO_CHOICE, _SENTENCE = "answer_not_a_choice", 6
"""What is said to who gives no choice; from so many characters on it is a sentence set aside."""
_STORY_AT_LEAST = 14
_SHORT_WORDS = frozenset({QuestionKind.TEXT, QuestionKind.LONG_TEXT})
_CHOOSING = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES})
NUMBERS = frozenset(
    {QuestionKind.AMOUNT, QuestionKind.COUNT, QuestionKind.DATE, QuestionKind.TIME}
)


@dataclass(frozen=True)
class Filled:
    """What follows an answer or a control. `problem` names an utterance; warnings are words.

    `noted` are the questions that were answered by words, each with how it was understood.
    `is_question` when the person asks us something instead of answering, `is_ticked` when one of
    several choices was tapped and more may follow.
    """

    draft: Draft
    problem: str | None = None
    warnings: tuple[str, ...] = ()
    is_done: bool = False
    noted: tuple[tuple[str, str], ...] = ()
    is_question: bool = False
    is_ticked: bool = False


def begin(tool: Tool, answers: Mapping[str, str]) -> Filled:
    """Start with what is known; a tool whose answers are all known shows them first."""
    known = {each.id: answers[each.id] for each in tool.questions if each.id in answers}
    draft = Draft(tool=tool.id, answers=known, is_review=True)
    if missing := _missing(tool, known):
        draft = Draft(tool=tool.id, answers=known, asking=missing)
    return Filled(draft)


def asked_back(tool: Tool, draft: Draft, said: str) -> Filled | None:
    """What a wish tells of pay that is not the same every month, asked back at once."""
    question = next((each for each in tool.questions if each.measure.is_earned), None)
    if question is None or irregular_pay(said) is None:
        return None
    checked = check_answer(question, said, date.min)
    told = {name: value for name, value in draft.answers.items() if name != question.id}
    asking = replace(draft, answers=told, asking=question.id, is_review=False)
    doubted = replace(asking, doubted=question.id, candidate=checked.candidate or "")
    return Filled(doubted, problem=checked.problem)


def take_answer(tool: Tool, draft: Draft, text: str, now: datetime) -> Filled:
    """Check what was written, for the question that is asked and for others that it names."""
    if (lower := _lower_with_more(tool, draft, text, now)) is not None:
        return lower
    is_whole = _is_story(tool, draft) or _varies(tool, draft, text)
    values = {} if is_whole else named_in(tool, text, now, _asked(draft))
    if len(values) >= _SEVERAL or (values and draft.asking not in values and _names(tool, draft)):
        return _take_several(tool, draft, values)
    if draft.asking == SUMMARY:
        if values:
            return _take_several(tool, draft, values)
        return Filled(draft, problem="answer_choose_what_to_change")
    question = tool.question(draft.asking)
    is_again = draft.doubted == question.id
    checked = check_answer(question, text, now, draft.answers, is_asked_again=is_again)
    if checked.value is None:
        checked = values.get(question.id) or guess_answer(question, text, now) or checked
    if checked.value is None and (told := _told_elsewhere(tool, draft, text, values)):
        return take(tool, draft, told, is_mended=True)
    if checked.value is None and (added := added_to_story(tool, draft, text)):
        return take(tool, draft, added, is_mended=True)
    if checked.value is None:
        doubted = question.id if checked.is_to_confirm else ""
        kept = replace(draft, doubted=doubted, candidate=checked.candidate or "")
        is_aside = checked.problem == _NO_CHOICE and len(text) >= _SENTENCE
        aside = "answer_no_hurry" if story_of(tool) is None else "answer_set_aside"
        problem = aside if is_aside else checked.problem
        return Filled(kept, problem=problem, is_question=checked.is_question)
    return take(tool, draft, {question.id: checked})


def is_told_whole(tool: Tool, draft: Draft, text: str, now: datetime) -> bool:
    """Whether a sentence tells a whole contact where one thing of it was asked for."""
    is_open = draft.asking != SUMMARY and not draft.is_review
    if not (tool.is_read_back and is_open) or len(text) < _STORY_AT_LEAST:
        return False
    named = named_in(tool, text, now, draft.asking)
    is_elsewhere = bool(named) and draft.asking not in named
    is_short = tool.question(draft.asking).kind in _SHORT_WORDS
    return not is_short and (is_elsewhere or len(named) >= _SEVERAL)


def take_candidate(tool: Tool, draft: Draft) -> Filled | None:
    """What a yes to a question back means; None where nothing was asked back."""
    if not draft.candidate or draft.doubted != draft.asking:
        return None
    return take(tool, draft, {draft.asking: CheckedAnswer(value=draft.candidate)})


def follow_control(tool: Tool, draft: Draft, control: str) -> Filled:
    """back, keep, skip, finish, review, or fix_<question>; anything else changes nothing."""
    if control == "back":
        return _go_back(tool, draft)
    if control == "keep" and draft.asking != SUMMARY:
        is_told = bool(draft.answers.get(draft.asking))
        return _go_on(tool, draft) if is_told else Filled(draft, problem="stale_button")
    if control == "skip":
        if draft.asking == SUMMARY:
            return Filled(draft, problem="answer_choose_what_to_change")
        if not tool.question(draft.asking).is_optional:
            return Filled(draft, problem="answer_is_needed")
        return _go_on(tool, replace(draft, answers={**draft.answers, draft.asking: ""}))
    if control in {"finish", "keep"}:  # Of all answers none is to be changed.
        missing = _missing_needed(tool, draft.answers)
        if missing is None:
            return Filled(draft, is_done=True)
        return Filled(replace(draft, asking=missing), problem="answer_is_needed")
    if control == "review":
        return Filled(replace(draft, asking=SUMMARY, is_review=True))
    wanted = control[4:] if control.startswith("fix_") else ""
    if any(question.id == wanted for question in tool.questions):
        return Filled(replace(draft, asking=wanted, is_review=True))
    return Filled(draft, problem="stale_button")


def read_back(tool: Tool, draft: Draft) -> Draft:
    """All that is known shown for correction; what may be left open is left open."""
    optional = {each.id: "" for each in tool.questions if each.is_optional}
    return replace(draft, answers={**optional, **draft.answers}, asking=SUMMARY, is_review=True)


def has_all_needed(tool: Tool, answers: Mapping[str, str]) -> bool:
    """Whether only questions that may be skipped are open."""
    return _missing_needed(tool, answers) is None


def _take_several(tool: Tool, draft: Draft, values: Mapping[str, CheckedAnswer]) -> Filled:
    return take(tool, draft, values, is_mended=draft.asking not in values)


def take(
    tool: Tool,
    draft: Draft,
    values: Mapping[str, CheckedAnswer],
    *,
    is_mended: bool = False,
) -> Filled:
    """Keep answers and go on; a question that was mended leaves the open one open."""
    told = {name: str(each.value) for name, each in values.items()}
    for each in values.values():
        told |= _time_beside(tool, draft, told, each)
    filled = replace(draft, answers={**draft.answers, **told}, doubted="", candidate="")
    is_open = is_mended and draft.asking != SUMMARY and draft.asking not in told
    gone_on = Filled(filled) if is_open else _go_on(tool, filled)
    return replace(
        gone_on,
        warnings=tuple(words for each in values.values() for words in each.warnings),
        noted=tuple((name, each.understood) for name, each in values.items()),
    )


def _time_beside(
    tool: Tool, draft: Draft, told: Mapping[str, str], checked: CheckedAnswer
) -> dict[str, str]:
    """The clock time that was named beside a day answers the question that asks for it."""
    asking = [each.id for each in tool.questions if each.kind is QuestionKind.TIME]
    if checked.time is None or len(asking) != 1 or asking[0] in told:
        return {}
    return {} if draft.answers.get(asking[0]) else {asking[0]: checked.time}


def named_in(tool: Tool, text: str, now: datetime, asked: str | None) -> dict[str, CheckedAnswer]:
    """The answers that a text names, by question."""
    several = read_checked(tool.questions, text, now, asked=asked)
    return {name: each for name, each in several.items() if each.value is not None}


def _is_story(tool: Tool, draft: Draft) -> bool:
    """Whether the open question is for a story: the days and sums in it are a part of it."""
    is_open = draft.asking != SUMMARY
    return is_open and tool.question(draft.asking).kind is QuestionKind.LONG_TEXT


def _varies(tool: Tool, draft: Draft, text: str) -> bool:
    """Whether pay that is asked for is not the same every month: no sum of it is a cost."""
    if draft.asking == SUMMARY or not tool.question(draft.asking).measure.is_earned:
        return False
    return is_irregular(text)


def _lower_with_more(tool: Tool, draft: Draft, text: str, now: datetime) -> Filled | None:
    """就按差的来 房租一千一: the lower sum that was asked back is taken, and what else is told."""
    if not (draft.candidate and draft.doubted == draft.asking != SUMMARY):
        return None
    if tool.question(draft.asking).kind is not QuestionKind.AMOUNT:
        return None
    if not (takes_lower(text) or names_again(text, Decimal(draft.candidate))):
        return None
    others = {
        name: each
        for name, each in named_in(tool, text, now, None).items()
        if name != draft.asking
    }
    value = CheckedAnswer(value=draft.candidate)
    return take(tool, draft, {draft.asking: value, **others})


def _told_elsewhere(
    tool: Tool, draft: Draft, text: str, values: Mapping[str, CheckedAnswer]
) -> dict[str, CheckedAnswer]:
    """What a text that is no choice of the open question tells of others: 被裁了 每月能拿500."""
    if tool.question(draft.asking).kind not in _CHOOSING:
        values = {}
    elsewhere = _told_at_length(tool, draft, text)
    return {**values, **({elsewhere: CheckedAnswer(value=text)} if elsewhere else {})}


def _told_at_length(tool: Tool, draft: Draft, text: str) -> str | None:
    """The question for a story, not answered yet, whose words stand in a text: 因为住院了."""
    if draft.asking != SUMMARY and tool.question(draft.asking).kind in _SHORT_WORDS:
        return None
    return next(
        (
            each.id
            for each in tool.questions
            if each.kind is QuestionKind.LONG_TEXT
            and each.id not in draft.answers
            and len(text) <= each.max_length
            and any(word in text for word in each.words if word != each.label)
        ),
        None,
    )


def _asked(draft: Draft) -> str | None:
    return None if draft.asking == SUMMARY else draft.asking


def _names(tool: Tool, draft: Draft) -> bool:
    """Whether the open question is for a number, so that another number's name counts."""
    return draft.asking != SUMMARY and tool.question(draft.asking).kind in NUMBERS


def last_answered(tool: Tool, draft: Draft) -> str | None:
    """The question answered last, by the order of the questions."""
    told = [each.id for each in tool.questions if draft.answers.get(each.id)]
    before = told if draft.asking == SUMMARY else [each for each in told if each != draft.asking]
    return before[-1] if before else None


def _go_on(tool: Tool, draft: Draft) -> Filled:
    if draft.is_review:
        return Filled(replace(draft, asking=SUMMARY))
    missing = _missing(tool, draft.answers)
    if missing is None:
        return Filled(draft, is_done=True)
    return Filled(replace(draft, asking=missing))


def _go_back(tool: Tool, draft: Draft) -> Filled:
    if draft.is_review and draft.asking != SUMMARY:
        return Filled(replace(draft, asking=SUMMARY))
    ids = [question.id for question in tool.questions]
    place = len(ids) if draft.asking == SUMMARY else ids.index(draft.asking)
    if place == 0:
        return Filled(draft, problem="answer_is_first")
    return Filled(replace(draft, asking=ids[place - 1]))


def _missing(tool: Tool, answers: Mapping[str, str]) -> str | None:
    needless = tool.needless(answers)
    open_ones = (each.id for each in tool.questions if each.id not in needless)
    return next((each for each in open_ones if each not in answers), None)


def _missing_needed(tool: Tool, answers: Mapping[str, str]) -> str | None:
    needless = tool.needless(answers)
    needed = (
        each.id for each in tool.questions if not each.is_optional and each.id not in needless
    )
    return next((each for each in needed if not answers.get(each)), None)
