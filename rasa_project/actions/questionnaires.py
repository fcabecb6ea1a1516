"""The steps of filling a tool in: pure, from one draft to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Optional

from bot.knowledge.answer_check import check_answer
from bot.knowledge.answer_guess import guess_answer
from bot.knowledge.checked_answer import CheckedAnswer
from bot.knowledge.questions import Question, QuestionKind
from bot.knowledge.tools import Tool

SUMMARY = "summary"
"""Stands in `asking` while all answers are shown for correction."""


@dataclass(frozen=True)
class Draft:
    """How far a tool is filled in. A skipped question has the answer "".

    `is_review` while answers are corrected after all were given once.
    """

    tool: str
    answers: Mapping[str, str]
    asking: str
    is_review: bool = False


@dataclass(frozen=True)
class Step:
    """What follows an answer or a control. `problem` names an utterance; warnings are words.

    `guessed` is the question whose answer did not quite fit and was read as well as possible.
    """

    draft: Draft
    problem: Optional[str] = None
    warnings: tuple[str, ...] = ()
    is_done: bool = False
    guessed: Optional[str] = None


def begin(tool: Tool, answers: Mapping[str, str]) -> Step:
    """Start with what is known; a tool whose answers are all known shows them first."""
    known = {each.id: answers[each.id] for each in tool.questions if each.id in answers}
    draft = Draft(tool.id, known, SUMMARY, is_review=True)
    if missing := _missing(tool, known):
        draft = Draft(tool.id, known, missing)
    return Step(draft)


def take_answer(tool: Tool, draft: Draft, text: str, on: date) -> Step:
    """Check what was written for the question that is asked, and go on."""
    if draft.asking == SUMMARY:
        return Step(draft, problem="answer_choose_what_to_change")
    question = tool.question(draft.asking)
    checked = check_answer(question, text, on)
    guess = guess_answer(question, text, on) if checked.value is None else None
    value = checked.value if guess is None else guess.value
    if value is None:
        return Step(draft, problem=checked.problem)
    answers = {**_time_beside(tool, draft, checked), **draft.answers, draft.asking: value}
    is_reckoned = guess is not None or _is_reckoned(question, checked)
    return replace(
        _go_on(tool, replace(draft, answers=answers)),
        warnings=checked.warnings,
        guessed=draft.asking if is_reckoned else None,
    )


def _time_beside(tool: Tool, draft: Draft, checked: CheckedAnswer) -> Mapping[str, str]:
    """今天早上7点20 for the day answers the question for the time as well."""
    asking = [each.id for each in tool.questions if each.kind is QuestionKind.TIME]
    is_open = len(asking) == 1 and asking[0] not in draft.answers
    return {asking[0]: checked.time} if is_open and checked.time else {}


def _is_reckoned(question: Question, checked: CheckedAnswer) -> bool:
    """Whether a sum is shown at once, because it is not the one that was written."""
    return question.kind is QuestionKind.AMOUNT and bool(set("×÷＋") & set(checked.understood))


def take_pick(tool: Tool, draft: Draft, pick: str, on: date) -> Step:
    """Take a tapped choice, <question>_<number>; one of another question changes nothing."""
    question, _, number = pick.rpartition("_")
    if question != draft.asking:
        return Step(draft, problem="stale_button")
    return take_answer(tool, draft, number, on)


def follow_control(tool: Tool, draft: Draft, control: str) -> Step:
    """back, keep, skip, finish, review, or fix_<question>; anything else changes nothing."""
    if control == "back":
        return _go_back(tool, draft)
    if control == "keep" and draft.asking != SUMMARY:
        is_told = bool(draft.answers.get(draft.asking))
        return _go_on(tool, draft) if is_told else Step(draft, problem="stale_button")
    if control == "skip":
        if draft.asking == SUMMARY:
            return Step(draft, problem="answer_choose_what_to_change")
        if not tool.question(draft.asking).is_optional:
            return Step(draft, problem="answer_is_needed")
        return _go_on(tool, replace(draft, answers={**draft.answers, draft.asking: ""}))
    if control in {"finish", "keep"}:  # Of all answers none is to be changed.
        missing = _missing_needed(tool, draft.answers)
        if missing is None:
            return Step(draft, is_done=True)
        return Step(replace(draft, asking=missing), problem="answer_is_needed")
    if control == "review":
        return Step(replace(draft, asking=SUMMARY, is_review=True))
    wanted = control[4:] if control.startswith("fix_") else ""
    if any(question.id == wanted for question in tool.questions):
        return Step(replace(draft, asking=wanted, is_review=True))
    return Step(draft, problem="stale_button")


def _go_on(tool: Tool, draft: Draft) -> Step:
    if draft.is_review:
        return Step(replace(draft, asking=SUMMARY))
    missing = _missing(tool, draft.answers)
    return Step(draft, is_done=True) if missing is None else Step(replace(draft, asking=missing))


def _go_back(tool: Tool, draft: Draft) -> Step:
    if draft.is_review and draft.asking != SUMMARY:
        return Step(replace(draft, asking=SUMMARY))
    ids = [question.id for question in tool.questions]
    place = len(ids) if draft.asking == SUMMARY else ids.index(draft.asking)
    if place == 0:
        return Step(draft, problem="answer_is_first")
    return Step(replace(draft, asking=ids[place - 1]))


def _missing(tool: Tool, answers: Mapping[str, str]) -> Optional[str]:
    needless = tool.needless(answers)
    open_ones = (each.id for each in tool.questions if each.id not in needless)
    return next((each for each in open_ones if each not in answers), None)


def _missing_needed(tool: Tool, answers: Mapping[str, str]) -> Optional[str]:
    needless = tool.needless(answers)
    needed = (
        each.id for each in tool.questions if not each.is_optional and each.id not in needless
    )
    return next((each for each in needed if not answers.get(each)), None)
