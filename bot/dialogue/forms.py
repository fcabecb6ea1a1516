"""A tool that is being filled in: what each message and each tap does to it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.concepts.case import Case
from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import SUMMARY, Conversation, Draft
from bot.concepts.danger import DANGER_TOPIC
from bot.dialogue.beside import asked_beside, interrupted
from bot.dialogue.case_facts import told_in_tool
from bot.dialogue.hearing import (
    STORY_AT_LEAST,
    asks_for_a_story,
    control_in,
    is_meant_for_us,
    says_yes,
    tells_contact,
)
from bot.dialogue.mending import mend
from bot.dialogue.questionnaires import (
    Filled,
    asked_back,
    begin,
    follow_control,
    has_all_needed,
    is_told_whole,
    last_answered,
    read_back,
    take,
    take_candidate,
)
from bot.dialogue.short_words import ShortWords
from bot.dialogue.step import Effect, Heard, Step, answer, task, utterance
from bot.dialogue.sums_asked import sums_asked
from bot.dialogue.ticking import take_pick, take_ticked, take_words, with_ticks
from bot.knowledge.answer_check import check_answer
from bot.knowledge.answers_together import read_answers
from bot.knowledge.library import Book
from bot.knowledge.questions import QuestionKind
from bot.knowledge.tools import DEADLINE_TASK, Tool

_FEW_WORDS, _BEGINNING = 15, 6
"""Characters of the longest correction in the place of a story, and of where it must begin."""
_OF_SERVICE = re.compile("是|签收|[收送寄]|到手|拿到")
_OF_OTHERS = re.compile("[打说](?![错岔反])|催|骂|睡|上门|找")
"""What a correction says of the day a paper came, and what it never says."""


def begun(
    tool: Tool, answers: Mapping[str, str], conversation: Conversation, said: str = ""
) -> Step:
    """A tool begun with what is known; what the wish itself tells is answered at once."""
    told = dict(answers)
    first = tool.questions[0]
    is_story = first.kind is QuestionKind.LONG_TEXT and len(said) >= STORY_AT_LEAST
    if is_story:
        told[first.id] = said[: first.max_length]
    filled = asked_back(tool, begin(tool, told).draft, said) or begin(tool, told)
    if filled.problem is not None:
        return _step(filled, tool, conversation)
    if is_story and filled.draft.is_review:
        filled = Filled(filled.draft, is_done=True)
    elif tool.is_read_back and said and any(told.values()):
        filled = Filled(read_back(tool, filled.draft))
    elif tool.is_at_once and said and has_all_needed(tool, told):
        filled = Filled(read_back(tool, filled.draft), is_done=True)
    elif len(tool.questions) == 1 and filled.draft.is_review:
        filled = Filled(filled.draft, is_done=True)
    return _step(filled, tool, conversation)


def on_tap(choice: Choice, heard: Heard, conversation: Conversation, book: Book) -> Step:
    """A control or a choice of the question that is open; of no open form it says so."""
    form = conversation.form
    if form is None or form.tool not in book.tools:
        return Step(conversation, (utterance("stale_button"),))
    tool = book.tools[form.tool]
    if choice.verb is Verb.PICK:
        is_tapped = heard.choice is not None
        picked = take_pick(tool, form, choice.target, heard.now, is_tapped=is_tapped)
        return _step(picked, tool, conversation)
    return _obey(choice.target, tool, form, conversation)


def on_words(
    heard: Heard, conversation: Conversation, form: Draft, book: Book, words: ShortWords
) -> Step:
    """What was written: an answer, a control, a correction, danger, or a question to us."""
    tool, text, meaning = book.tools[form.tool], heard.text, heard.meaning
    form = _asked_again(tool, form) if heard.is_edit else form
    control = control_in(text, tool, form, meaning, book.controls) or _left(
        text, tool, form, words
    )
    if control is not None:
        return _obey(control, tool, form, conversation)
    if meaning is not None and meaning.accepted and meaning.topic == DANGER_TOPIC:
        card = answer(DANGER_TOPIC)
        return Step(conversation, (card,) if asks_for_a_story(tool, form) else (card, task("ask")))
    if says_yes(text, meaning, words):
        agreed = take_candidate(tool, form)
        if agreed is None and form.asking == SUMMARY:
            agreed = follow_control(tool, form, "finish")
        if agreed is not None:
            return _step(agreed, tool, conversation)
    is_right = _puts_right(text, tool, form, words)
    if is_right and (mended := mend(tool, form, text, heard.now)) is not None:
        return _step(mended, tool, conversation)
    if words.finishes(text):
        return _step(_finished(tool, form), tool, conversation)
    if (beside := asked_beside(heard, tool, form, book, words)) is not None:
        return Step(conversation, (beside, task("ask")))
    if (asked := sums_asked(text, conversation.case)) is not None:
        return Step(conversation, (asked, task("ask")))
    if is_told_whole(tool, form, text, heard.now) or tells_contact(text, tool, form, meaning):
        return Step(conversation, (task("begin", tool=tool.id, said=text),))
    filled = take_words(tool, form, text, heard.now)
    is_answer = filled.problem is None
    is_ours = is_meant_for_us(text, tool, form, meaning, book.knowledge, is_answer=is_answer)
    if is_ours or (filled.is_question and meaning is not None):
        return interrupted(heard, tool, conversation, book)
    named = None if is_answer else _lender_named(heard, tool, form, conversation.case)
    return _step(named or filled, tool, conversation)


def _lender_named(heard: Heard, tool: Tool, form: Draft, case: Case) -> Filled | None:
    """Whom one owes, told where something else was asked: 找到了 叫洋钱罐."""
    question = next((each for each in tool.questions if each.prefill == "lender"), None)
    name = case.lenders[-1] if case.lenders else ""
    if question is None or not name or name not in heard.text:
        return None
    checked = check_answer(question, name, heard.now)
    if checked.value is None or form.answers.get(question.id) == checked.value:
        return None
    return take(tool, form, {question.id: checked}, is_mended=True)


def _asked_again(tool: Tool, form: Draft) -> Draft:
    """With the question open whose answer was changed: it is not for the one after it."""
    last = last_answered(tool, form)
    return form if last is None else replace(form, asking=last, doubted="", candidate="")


def _finished(tool: Tool, form: Draft) -> Filled:
    """The end that was asked for by words; what is told so far, where something is missing."""
    filled = follow_control(tool, form, "finish")
    told = tuple((each.id, "") for each in tool.questions if form.answers.get(each.id))
    return filled if filled.is_done else replace(filled, noted=told)


def _puts_right(text: str, tool: Tool, form: Draft, words: ShortWords) -> bool:
    """Whether words put an answer right; in the place of a story only few that begin so."""
    if not asks_for_a_story(tool, form):
        return words.is_correction(text)
    return len(text) <= _FEW_WORDS and words.is_correction(text[:_BEGINNING])


def _left(text: str, tool: Tool, form: Draft, words: ShortWords) -> str | None:
    """The control of words that put the tool aside for now: 先不弄了 来单了."""
    if asks_for_a_story(tool, form) or not words.leaves(text):
        return None
    is_free = form.asking != SUMMARY and tool.question(form.asking).kind is QuestionKind.TEXT
    return None if is_free and len(text) > _BEGINNING else "stop"


def taken_up(heard: Heard, conversation: Conversation, book: Book) -> Effect | None:
    """The tool that was left begun again, with the answers that stand beside: 继续算 吃饭1200."""
    draft, tools = conversation.draft, book.tools
    left = [each for each in conversation.aside if each in tools]
    if draft is not None and draft.tool in tools and draft.asking != SUMMARY:
        left = [*left, draft.tool]
    if not left:
        return None
    # 刚才那个 names the tool and no day: only sums are told beside.
    sums = [each for each in tools[left[-1]].questions if each.kind is QuestionKind.AMOUNT]
    told = read_answers(sums, heard.text, heard.on)
    more = {"told": dict(told)} if told else {}
    return task("begin", tool=left[-1], **more)


def mended_after(
    heard: Heard, conversation: Conversation, book: Book, words: ShortWords
) -> Step | None:
    """What was finished last put right by words: 记错了 是下午五点."""
    draft = conversation.draft
    if draft is None or draft.is_open or draft.tool not in book.tools:
        return None
    if heard.is_public or not words.is_correction(heard.text):
        return None
    tool = book.tools[draft.tool]
    if tool.task == DEADLINE_TASK and not _tells_service(heard.text):
        return None
    mended = mend(tool, replace(draft, asking=SUMMARY), heard.text, heard.now)
    if mended is None or mended.draft.answers == draft.answers:
        return None
    again = replace(draft, answers=mended.draft.answers)
    done = task(tool.task, tool=tool.id, answers=dict(again.answers), is_mended=True)
    case = told_in_tool(tool, again.answers, conversation.case)
    served = case.served_on.isoformat() if case.served_on is not None else ""
    is_of_paper = tool.task == DEADLINE_TASK and draft.answers.get("day") == served
    if is_of_paper and (day := again.answers.get("day")):
        case = replace(case, served_on=date.fromisoformat(day))
    return Step(replace(conversation, case=case).with_draft(again), (done,))


def _tells_service(text: str) -> bool:
    """Whether a correction may tell when a paper came: in doubt a told last day stays."""
    return bool(_OF_SERVICE.search(text)) and not _OF_OTHERS.search(text)


def _step(filled: Filled, tool: Tool, conversation: Conversation) -> Step:
    """Ask on, or have the task done when all is answered."""
    case = told_in_tool(tool, filled.draft.answers, conversation.case)
    kept = replace(conversation, case=case).with_draft(filled.draft)
    if not filled.is_done:
        former = conversation.form
        before = dict(former.answers) if former is not None and former.tool == tool.id else {}
        asked = task(
            "ask",
            problem=filled.problem,
            candidate=filled.draft.candidate,
            warnings=list(filled.warnings),
            before=before,
            noted=[list(each) for each in filled.noted],
            is_ticked=filled.is_ticked,
        )
        return Step(kept, (asked,))
    done = replace(filled.draft, is_open=False)
    finished = task(tool.task, tool=tool.id, answers=dict(done.answers))
    return Step(kept.with_draft(done), (finished,))


def _obey(control: str, tool: Tool, form: Draft, conversation: Conversation) -> Step:
    """Leave, preview, ask once more, or a step among the questions."""
    match control:
        case "stop":
            kept = conversation.with_draft(with_ticks(tool, form))
            return Step(kept.left(), (task("leave_tool", tool=tool.id),))
        case "resume":
            return Step(conversation, (task("ask"),))
        case "chosen":
            return _step(take_ticked(tool, form), tool, conversation)
        case "preview":
            return Step(conversation, (task("preview_tool", tool=tool.id),))
    return _step(follow_control(tool, form, control), tool, conversation)
