"""What is told of the story of a letter where another question is open: 补一句 她有高血压."""

import re
from collections.abc import Mapping

from bot.concepts.conversation import SUMMARY, Draft
from bot.facts.answer_signs import is_question
from bot.facts.folding import fold
from bot.facts.numbers import read_numbers
from bot.knowledge.checked_answer import CheckedAnswer
from bot.knowledge.questions import Question, QuestionKind
from bot.knowledge.tools import LETTER_TASK, Tool

_ADDS = re.compile(
    "^(?:哦|对了|还有|等等|等一下|[,，。! ])*我?"
    "(?:忘了?(?:加|说|写|补)|漏了|(?:再|要|还要|帮我)*(?:补|加|添|写上?)[充上]?)了?"
    "(?:一?[句条点])?(?:[:：,，。 ]|(?<=[句条]))"
)
"""Begins what is to stand in the letter too."""
_OF_CONTACT = re.compile("打|说|讲|话|骂|催|发|来|找|威胁|闹|短信|电话|sms")
_SENTENCE = 8
_OF_CALLS = ("次", "个", "遍", "通", "条", "回", "点", "天", "日", "号", "月")
"""How calls and their days are counted; other numbers are sums, or stand in a name: 360借条."""
_CHOOSING = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES})


def added_to_story(tool: Tool, draft: Draft, text: str) -> Mapping[str, CheckedAnswer]:
    """The story of a letter with what is told of it now; nothing where none of it is told.

    What is only said in passing never comes into a letter: it is asked to be added, or tells
    times or numbers of what the others did.
    """
    story = story_of(tool)
    if story is None or draft.asking in (SUMMARY, story.id) or is_question(text):
        return {}
    adding = _ADDS.match(text)
    told = text[adding.end() :].strip() if adding else text.strip()
    is_choosing = tool.question(draft.asking).kind in _CHOOSING
    if not told or not (adding or (is_choosing and _tells_contact(told))):
        return {}
    before = draft.answers.get(story.id, "")
    whole = "；".join(filter(None, (before, told)))
    return {story.id: CheckedAnswer(value=whole)} if len(whole) <= story.max_length else {}


def story_of(tool: Tool) -> Question | None:
    """The question for a story, where a letter has but one."""
    if tool.task != LETTER_TASK:
        return None
    stories = [each for each in tool.questions if each.kind is QuestionKind.LONG_TEXT]
    return stories[0] if len(stories) == 1 else None


def _tells_contact(text: str) -> bool:
    """Whether words tell times or numbers of what the others did."""
    if len(text) < _SENTENCE or not _OF_CONTACT.search(fold(text)):
        return False
    return any(each.unit in _OF_CALLS for each in read_numbers(fold(text)))
