"""Choices that are tapped: one answers at once; of several each is ticked until all are chosen."""

from collections.abc import Set
from dataclasses import replace
from datetime import datetime

from bot.concepts.conversation import SUMMARY, Draft
from bot.dialogue.questionnaires import Filled, take, take_answer
from bot.knowledge.answer_check import check_answer
from bot.knowledge.checked_answer import CheckedAnswer
from bot.knowledge.questions import Question, QuestionKind
from bot.knowledge.tools import Tool

CHOSEN = "chosen"
"""The control that takes what is ticked."""


def ticked(draft: Draft) -> tuple[str, ...]:
    """The choices of the open question that are ticked; before any tap those answered before."""
    is_begun = draft.doubted == draft.asking
    told = draft.candidate if is_begun else draft.answers.get(draft.asking, "")
    return tuple(each for each in told.split(",") if each)


def is_ticking(tool: Tool, draft: Draft) -> bool:
    """Whether some choices of an open question with several are ticked."""
    return (
        draft.asking != SUMMARY
        and _is_several(tool.question(draft.asking))
        and bool(ticked(draft))
    )


def take_pick(
    tool: Tool, draft: Draft, pick: str, now: datetime, *, is_tapped: bool = True
) -> Filled:
    """Take a tapped choice, <question>_<number>; one of another question changes nothing.

    Of several a tap ticks one, or takes its tick away; words that name one alone answer.
    """
    question_id, _, number = pick.rpartition("_")
    if question_id != draft.asking:
        return Filled(draft, problem="stale_button")
    question = tool.question(question_id)
    checked = check_answer(question, number, now, draft.answers)
    if checked.value is None:
        return Filled(draft, problem=checked.problem)
    if _is_several(question) and (is_tapped or draft.doubted == question.id):
        return _toggled(draft, question, checked.value)
    return replace(take(tool, draft, {question_id: checked}), noted=())


def take_ticked(tool: Tool, draft: Draft) -> Filled:
    """Go on with all that is ticked; nothing ticked is no answer."""
    if not is_ticking(tool, draft):
        return Filled(draft, problem="answer_not_a_choice")
    value = CheckedAnswer(value=",".join(ticked(draft)))
    return take(tool, draft, {draft.asking: value})


def take_words(tool: Tool, draft: Draft, text: str, now: datetime) -> Filled:
    """An answer in words; among ticks they tick more, and what is no choice leaves the ticks."""
    filled = take_answer(tool, draft, text, now)
    if not is_ticking(tool, draft) or draft.doubted != draft.asking:
        return filled
    if any(name == draft.asking for name, _ in filled.noted):
        named = filled.draft.answers[draft.asking].split(",")
        return _with(draft, tool.question(draft.asking), {*ticked(draft), *named})
    if filled.draft.asking != draft.asking:
        return filled
    kept = replace(filled.draft, doubted=draft.doubted, candidate=draft.candidate)
    return replace(filled, draft=kept)


def with_ticks(tool: Tool, draft: Draft) -> Draft:
    """The draft with what is ticked kept as the answer: it is left for now."""
    if not is_ticking(tool, draft):
        return draft
    return replace(draft, answers={**draft.answers, draft.asking: ",".join(ticked(draft))})


def _toggled(draft: Draft, question: Question, choice: str) -> Filled:
    return _with(draft, question, {*ticked(draft)} ^ {choice})


def _with(draft: Draft, question: Question, chosen: Set[str]) -> Filled:
    """The question with these choices ticked."""
    told = ",".join(each.id for each in question.choices if each.id in chosen)
    return Filled(replace(draft, doubted=question.id, candidate=told), is_ticked=True)


def _is_several(question: Question) -> bool:
    return question.kind is QuestionKind.CHOICES
