"""The facts of a case and the answers of tools are the same things under two names."""

from collections.abc import Mapping
from dataclasses import replace

from bot.concepts.case import Case
from bot.knowledge.questions import Question
from bot.knowledge.tools import LETTER_TASK, Tool

_WHOLE_NUMBERS = {
    "amount": "amount",
    "income": "income",
    "monthly_payment": "monthly_ability",
}
"""The names of `prefill` and the facts that they are."""


def facts_of_case(case: Case) -> dict[str, str]:
    """What the case tells for tools, by the names of `prefill`; sums in yuan.

    What is owed to several is no sum of a paper of one of them.
    """
    told = {
        "lender": case.lenders[-1] if case.lenders else None,
        "product": case.product,
        "role": case.role,
        **{name: getattr(case, fact) for name, fact in _WHOLE_NUMBERS.items()},
    }
    if len(case.shares) > 1:
        del told["lender"], told["amount"]
    return {name: str(value) for name, value in told.items() if value not in (None, "unknown")}


def told_in_tool(tool: Tool, answers: Mapping[str, str], case: Case) -> Case:
    """The case with what was answered in a tool."""
    told: dict[str, object] = {}
    for question in tool.questions:
        value = answers.get(question.id)
        if not value or question.prefill is None:
            continue
        if question.prefill in _WHOLE_NUMBERS:
            told[_WHOLE_NUMBERS[question.prefill]] = int(float(value))
        elif (
            question.prefill == "lender" and tool.task == LETTER_TASK and value not in case.lenders
        ):
            # In a record it is whoever called, in their own words.
            told["lenders"] = (*case.lenders, value)
    return replace(case, **told)  # type: ignore[arg-type]


def changed_answers(tool: Tool, former: Case, case: Case) -> dict[str, str]:
    """The answers of a tool that a corrected case changes."""
    before, now = facts_of_case(former), facts_of_case(case)
    return {
        question.id: now[question.prefill]
        for question in tool.questions
        if question.prefill in now
        and now[question.prefill] != before.get(question.prefill)
        and _may_be(now[question.prefill], question)
    }


def _may_be(value: str, question: Question) -> bool:
    """Whether a question with choices has this one."""
    return not question.choices or any(each.id == value for each in question.choices)
