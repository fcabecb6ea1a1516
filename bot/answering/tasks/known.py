"""What is known of a person's case, so that no tool asks for it again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.answering.call_check import CallChecker
from bot.answering.letters import letter_facts, prefill
from bot.answering.tasks.log import facts_of_record, record_of
from bot.answering.tasks.told_story import heard_facts, story_to_tell_again, whole_story
from bot.concepts.conversation import STORY_TOOL, Conversation, Draft
from bot.concepts.facts import ContactFacts
from bot.dialogue.case_facts import facts_of_case
from bot.dialogue.questionnaires import has_all_needed
from bot.knowledge.answers_together import read_answers, read_wish, said_choices
from bot.knowledge.tools import LETTER_TASK, Tool

LOG_TOOL = "log_contact"
_EACH_ANEW = frozenset({LOG_TOOL, STORY_TOOL})
"""What was told in one of these is not told in the next."""
_AFTER_A_WISH = "：:，,。；; "
_WISH, _STORY_AT_LEAST = "记", 20
"""Characters from which a sentence that asks for a record, by this word, is the story itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCase:
    """Looks for facts in what was told: the case, a checked story, a plan, a tool, a record."""

    tools: Mapping[str, Tool]
    checker: CallChecker

    def facts(self, talk: Conversation, on: date) -> Mapping[str, str]:
        """Facts by the names that questions use in `prefill`; none when nothing was told."""
        known = facts_of_case(talk.case)
        if talk.story.get("story"):
            known |= known_facts(talk.story, heard_facts(self.checker, talk.story, on))
        known |= facts_of_paper(talk.paper)
        draft = talk.draft
        if draft is not None and draft.answers.get(PLAN_MARK):
            return {**known, **facts_of_plan(draft)}
        if not talk.story.get("story"):
            known |= talk.record
        tool = None if draft is None else self.tools.get(draft.tool)
        if draft is not None and tool is not None:
            known |= facts_of_answers(tool, draft.answers)
        return known

    def facts_for(
        self, tool_id: str, talk: Conversation, on: date, said: str = ""
    ) -> Mapping[str, str]:
        """The facts that a tool may take over, when it is begun by what was just said.

        A record is of one contact: what stands in a former record is none of its business.
        """
        if tool_id != LOG_TOOL:
            return self.facts(talk, on)
        if told := self._told_in(said, on):
            return told
        # 记下来, below an answer to what was told.
        asked = {} if talk.is_story_in_hand else self._told_in(talk.question, on)
        known = asked or self.facts(replace(talk, record={}), on)
        is_noted = bool(talk.record) and known.get("story") == talk.record.get("story")
        return {} if is_noted else known

    def answers_for(
        self, tool_id: str, talk: Conversation, on: date, said: str = ""
    ) -> dict[str, str]:
        """What a tool need not ask: answers given before, and what the case tells."""
        draft, tool = talk.draft, self.tools[tool_id]
        if tool.is_at_once and (wished := read_wish(tool.questions, said, on)):
            return {**self._told_before(tool, talk, on, wished), **wished}
        is_same = draft is not None and draft.tool == tool_id
        if draft is not None and is_same and (draft.is_open or tool_id not in _EACH_ANEW):
            told = self._told_in(said, on) if said and tool.is_read_back else {}
            given = {name: value for name, value in draft.answers.items() if value}
            return {**draft.answers, **prefill(tool.questions, told, on), **given}
        if tool_id in talk.aside and tool_id not in _EACH_ANEW:
            return dict(talk.aside[tool_id])
        facts = self.facts_for(tool_id, talk, on, said)
        told = prefill(tool.questions, facts, on)
        if not said:
            return told
        return {
            **said_choices(tool.questions, said),
            **told,
            **read_answers(tool.questions, said, on),
        }

    def _told_before(
        self, tool: Tool, talk: Conversation, on: date, wished: Mapping[str, str]
    ) -> Mapping[str, str]:
        """What a wish that tells only a part leaves as it was: 那上诉费呢."""
        if has_all_needed(tool, wished):
            return {}
        draft = talk.draft
        is_same = draft is not None and draft.tool == tool.id
        before = dict(draft.answers) if draft is not None and is_same else {}
        return {**prefill(tool.questions, self.facts(talk, on), on), **before}

    def _told_in(self, said: str, on: date) -> dict[str, str]:
        """What a sentence that asks for a record tells of the contact itself."""
        log = self.tools[LOG_TOOL]
        _, wish, rest = said.partition(log.title if log.title in said else log.button)
        story = rest.lstrip(_AFTER_A_WISH) if wish else said
        facts = self.checker.read(story, on)
        if not facts.is_told:
            return {}
        told = known_facts({"story": story}, facts)
        if not wish and len(story) < _STORY_AT_LEAST and _WISH in story:
            told.pop("story", None)
        return told


def facts_of_paper(paper: Mapping[str, str]) -> dict[str, str]:
    """What was read from the paper in hand, by the names of `prefill`."""
    told = {name: paper.get(name, "") for name in ("court", "case_number", "amount")}
    told["received_on"] = paper.get("received", "")
    return {name: value for name, value in told.items() if value}


def facts_of_answers(tool: Tool, answers: Mapping[str, str]) -> dict[str, str]:
    """What a letter or a record, finished or not, has been told for the next tool."""
    if tool.id == LOG_TOOL:
        return facts_of_record(record_of(answers))
    if tool.task != LETTER_TASK:
        return {}
    # Choices of one letter have other ids than those of the next, but for the product.
    return {
        question.prefill: answers[question.id]
        for question in tool.questions
        if question.prefill
        and answers.get(question.id)
        and (not question.choices or question.prefill == "product")
    }


PLAN_MARK = "is_plan"
"""Marks a draft that holds the facts of a budget plan."""
_PLANNED = "planned_"


def plan_draft(tool: str, told: Mapping[str, str], facts: Mapping[str, str]) -> Draft:
    """Keeps a plan, closed: what was told, to be put right, and its figures for what follows."""
    figures = {f"{_PLANNED}{name}": value for name, value in facts.items()}
    answers = {**told, **figures, PLAN_MARK: "yes"}
    return Draft(tool=tool, answers=answers, is_open=False)


def facts_of_plan(draft: Draft) -> dict[str, str]:
    """The figures of a plan, by the names of `prefill`."""
    return {
        name.removeprefix(_PLANNED): value
        for name, value in draft.answers.items()
        if name.startswith(_PLANNED)
    }


def known_facts(case: Mapping[str, str], facts: ContactFacts) -> dict[str, str]:
    """The facts of a story, by the names of `prefill`: those of letters and those of records."""
    story = "" if story_to_tell_again(case) else whole_story(case)
    own = {
        "time": "、".join(facts.time),
        "dates": facts.dates[0] if facts.dates else "",
        "contacted": ",".join(facts.contacted),
        "channel": facts.channel or "",
    }
    return {**{name: value for name, value in own.items() if value}, **letter_facts(facts, story)}
