"""The steps of filling a tool in: pure, from one draft to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.concepts.conversation import SUMMARY, Draft
from bot.knowledge.answer_check import check_answer
from bot.knowledge.answer_guess import guess_answer
from bot.knowledge.tools import Tool


@dataclass(frozen=True)
class Filled:
    """What follows an answer or a control. `problem` names an utterance; warnings are words.

    `guessed` is the question whose answer did not quite fit and was read as well as possible.
    """

    draft: Draft
    problem: str | None = None
    warnings: tuple[str, ...] = ()
    is_done: bool = False
    guessed: str | None = None


def begin(tool: Tool, answers: Mapping[str, str]) -> Filled:
    """Start with what is known; a tool whose answers are all known shows them first."""
    known = {each.id: answers[each.id] for each in tool.questions if each.id in answers}
    draft = Draft(tool=tool.id, answers=known, is_review=True)
    if missing := _missing(tool, known):
        draft = Draft(tool=tool.id, answers=known, asking=missing)
    return Filled(draft)


def take_answer(tool: Tool, draft: Draft, text: str, on: date) -> Filled:
    """Check what was written for the question that is asked, and go on."""
    if draft.asking == SUMMARY:
        return Filled(draft, problem="answer_choose_what_to_change")
    question = tool.question(draft.asking)
    checked = check_answer(question, text, on)
    guess = guess_answer(question, text, on) if checked.value is None else None
    value = checked.value if guess is None else guess.value
    if value is None:
        return Filled(draft, problem=checked.problem)
    filled = replace(draft, answers={**draft.answers, draft.asking: value})
    return replace(
        _go_on(tool, filled), warnings=checked.warnings, guessed=draft.asking if guess else None
    )


def take_pick(tool: Tool, draft: Draft, pick: str, on: date) -> Filled:
    """Take a tapped choice, <question>_<number>; one of another question changes nothing."""
    question, _, number = pick.rpartition("_")
    if question != draft.asking:
        return Filled(draft, problem="stale_button")
    return take_answer(tool, draft, number, on)


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


def _go_on(tool: Tool, draft: Draft) -> Filled:
    if draft.is_review:
        return Filled(replace(draft, asking=SUMMARY))
    missing = _missing(tool, draft.answers)
    return (
        Filled(draft, is_done=True) if missing is None else Filled(replace(draft, asking=missing))
    )


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
