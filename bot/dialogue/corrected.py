"""What follows when words put a fact of the case right: 不是招行是平安, or a debt is paid off."""

from dataclasses import replace

from bot.concepts.case import FACTS, Case
from bot.concepts.conversation import ADVICE, SUMMARY, Conversation
from bot.dialogue.case_facts import changed_answers
from bot.dialogue.case_talk import CaseTalk
from bot.dialogue.last_day import with_day_mended
from bot.dialogue.mending import mend
from bot.dialogue.step import Effect, Heard, Step, answer, task
from bot.dialogue.sums_asked import DEBT_ADDED, DEBT_PAID, PLAN_LINE
from bot.facts.settled import without_paid
from bot.knowledge.answer_check import check_answer
from bot.knowledge.library import Book

_SETTLED = "settlement_certificate"
_OF_PLAN = frozenset({"amount", "monthly_ability"})
_ABILITY = frozenset({"monthly_ability"})


def corrected(
    heard: Heard, conversation: Conversation, words: CaseTalk, book: Book
) -> Step | None:
    """The fact as it is now, and what it changes; None where nothing is put right."""
    if heard.is_public or words.is_only_asked(heard, conversation):
        return None
    mended = words.mended_by(heard, conversation.case)
    if mended is None:
        return None
    if conversation.form is not None:
        return _in_form(heard, conversation, mended, book)
    talk = replace(conversation, case=mended, asked=None, misses=0)
    told = Step(talk, (_told(conversation.case), *_new_plan(conversation.case, mended)))
    return with_day_mended(told, conversation.case, book)


def settled(heard: Heard, talk: Conversation, words: CaseTalk) -> Step | None:
    """One of several debts that is paid: what is left, and what to ask for now."""
    lender = words.paid_off_in(heard, talk.case)
    if lender is None:
        return None
    known = replace(talk, case=without_paid(talk.case, lender), misses=0)
    told = task(DEBT_PAID, lender=lender)
    is_again = known.has_shown(_SETTLED, "first")
    return Step(known, (told, answer(_SETTLED, is_shorter=is_again)))


def with_debt_noted(step: Step, before: Case) -> Step:
    """The next steps below what was heard of a further debt."""
    case = step.conversation.case
    new = [each for each in case.lenders if each not in before.lenders]
    is_more = before.amount is not None and case.amount not in (None, before.amount)
    is_advice = step.effects[0].name == ADVICE
    if len(new) != 1 or len(case.lenders) == 1 or not (is_more and is_advice):
        return step
    return replace(step, effects=(task(DEBT_ADDED, lender=new[0]), *step.effects))


def _told(before: Case) -> Effect:
    return task("case_corrected", before=before.as_stored())


def _new_plan(before: Case, case: Case) -> tuple[Effect, ...]:
    """The plan worked out anew, where one of its sums changed."""
    is_whole = bool(case.amount and case.monthly_ability)
    return (task(PLAN_LINE),) if is_whole and _changed(before, case) & _OF_PLAN else ()


def _changed(before: Case, case: Case) -> set[str]:
    return {each for each in FACTS if getattr(before, each) != getattr(case, each)}


def _in_form(heard: Heard, talk: Conversation, case: Case, book: Book) -> Step | None:
    """A form whose answers a corrected case changes; or but the case, where no answer is meant."""
    form = talk.form
    tool = None if form is None else book.tools.get(form.tool)
    if form is None or tool is None:
        return None
    changed = changed_answers(tool, talk.case, case)
    checked = {
        name: value
        for name, told in changed.items()
        if (value := check_answer(tool.question(name), told, heard.now).value) is not None
    }
    known = replace(talk, case=case)
    if checked:
        draft = replace(form, answers={**form.answers, **checked})
        asked = task("ask", noted=[[name, ""] for name in checked])
        return Step(known.with_draft(draft), (asked,))
    is_ability = _changed(talk.case, case) == _ABILITY
    at_end = replace(form, asking=SUMMARY)
    if not is_ability and mend(tool, at_end, heard.text, heard.now) is not None:
        return None
    return Step(known, (_told(talk.case), *_new_plan(talk.case, case), task("ask")))
