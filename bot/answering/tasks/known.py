"""What is known of a person's case, so that no tool asks for it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.answering.call_check import CallChecker
from bot.answering.letters import day_words, letter_facts
from bot.answering.tasks.log import record_of
from bot.concepts.facts import ContactFacts
from bot.concepts.records import ContactRecord, Draft
from bot.knowledge.tools import Tool
from bot.storage.contact_records import ContactRecords
from bot.storage.drafts import Drafts

STORY_TOOL = "check_call"
LOG_TOOL = "log_contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCase:
    """Looks for facts in what was told last: a checked story, a plan, a tool; then in the log."""

    tools: Mapping[str, Tool]
    checker: CallChecker
    drafts: Drafts
    records: ContactRecords

    async def facts(self, sender: str, on: date) -> Mapping[str, str]:
        """Facts by the names that questions use in `prefill`; none when nothing was told."""
        draft = await self.drafts.of(sender)
        if draft is not None and draft.tool == STORY_TOOL and draft.answers.get("story"):
            story = draft.answers["story"]
            return known_facts(story, self.checker.check(story, on).facts)
        if draft is not None and draft.answers.get(PLAN_MARK):
            return {name: value for name, value in draft.answers.items() if name != PLAN_MARK}
        kept = await self.records.of(sender)
        known = facts_of_record(kept[-1].record) if kept else {}
        tool = None if draft is None else self.tools.get(draft.tool)
        if draft is not None and tool is not None:
            known |= facts_of_answers(tool, draft.answers)
        return known


def facts_of_answers(tool: Tool, answers: Mapping[str, str]) -> dict[str, str]:
    """What a letter or a record, finished or not, has been told for the next tool."""
    if tool.id == LOG_TOOL:
        return facts_of_record(record_of(answers))
    if tool.task != "write_letter":
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


def story_draft(story: str) -> Draft:
    """Keeps a checked story, closed, for the letter or the record that may follow."""
    return Draft(
        tool=STORY_TOOL, answers={"story": story}, asking="summary", is_review=True, is_open=False
    )


def plan_draft(tool: str, facts: Mapping[str, str]) -> Draft:
    """Keeps the figures of a plan, closed, for the application that may follow."""
    return Draft(tool=tool, answers={**facts, PLAN_MARK: "yes"}, asking="summary", is_open=False)


def known_facts(story: str, facts: ContactFacts) -> dict[str, str]:
    """The facts of a story, by the names of `prefill`: those of letters and those of records."""
    own = {
        "time": "、".join(facts.time),
        "dates": facts.dates[0] if facts.dates else "",
        "contacted": ",".join(facts.contacted),
        "channel": facts.channel or "",
    }
    return {**{name: value for name, value in own.items() if value}, **letter_facts(facts, story)}


def facts_of_record(record: ContactRecord) -> dict[str, str]:
    """The facts of a record, as text."""
    day = record.happened_on.isoformat() if record.happened_on else ""
    spoken_day = day_words(record.happened_on) if record.happened_on else ""
    known = {
        "story": record.said,
        "time": record.time,
        "dates": day,
        "happened_on": day,
        "happened_when": f"{spoken_day} {record.time}".strip(),
        "contacted": ",".join(record.reached),
        "acts": ",".join(record.acts),
        "lender": record.lender,
        "collector": record.claimed,
        "channel": record.channel,
        "evidence": record.evidence,
    }
    return {name: value for name, value in known.items() if value}
