"""The facts of a case and the answers of tools are the same things under two names."""

import pytest

from bot.concepts.case import Case
from bot.dialogue.case_facts import changed_answers, facts_of_case, told_in_tool
from bot.knowledge.questions import QuestionKind
from tests.answering.tasks.desk import real_book

TOOLS = real_book().tools
KNOWN = Case(
    lenders=("招行", "平安"), product="unknown", amount=30000, income=5200, monthly_ability=800
)
LETTER, BUDGET, RECORD = (
    TOOLS[each] for each in ("complain_to_lender", "plan_budget", "log_contact")
)


def test_a_case_tells_tools_the_lender_named_last_and_the_sums() -> None:
    assert facts_of_case(KNOWN) == {
        "lender": "平安", "amount": "30000", "income": "5200", "monthly_payment": "800",
    }  # fmt: skip
    assert facts_of_case(Case()) == {}


def test_what_a_tool_is_told_becomes_facts_of_the_case() -> None:
    assert told_in_tool(BUDGET, {"income": "5200.50", "housing": ""}, KNOWN).income == 5200
    case = told_in_tool(LETTER, {"lender": "交通银行"}, KNOWN)
    assert case.lenders == ("招行", "平安", "交通银行")
    assert told_in_tool(LETTER, {"lender": "招行"}, KNOWN) == KNOWN
    assert told_in_tool(LETTER, {}, KNOWN) == KNOWN


def test_who_called_is_no_lender() -> None:
    assert told_in_tool(RECORD, {"caller": "自称某某资产公司"}, KNOWN) == KNOWN


def test_a_corrected_case_changes_only_the_answers_that_it_changes() -> None:
    now = Case(lenders=("民生",), amount=30000, income=4500)
    assert changed_answers(LETTER, KNOWN, now) == {"lender": "民生"}
    assert changed_answers(BUDGET, KNOWN, now) == {"income": "4500"}
    assert changed_answers(BUDGET, now, now) == {}


@pytest.mark.parametrize("tool_id", TOOLS)
def test_whatever_is_a_sum_of_the_case_is_asked_for_as_a_sum(tool_id: str) -> None:
    sums = {"amount", "income", "monthly_payment"}
    asked = [each for each in TOOLS[tool_id].questions if each.prefill in sums]
    assert {each.kind for each in asked} <= {QuestionKind.AMOUNT}


def test_a_corrected_role_changes_an_answer_only_where_it_is_a_choice() -> None:
    letter = TOOLS["apply_instalment"]
    guarantor, contact = Case(role="guarantor"), Case(role="contact")
    assert changed_answers(letter, Case(), guarantor) == {"who": "guarantor"}
    assert changed_answers(letter, Case(), contact) == {}


def test_what_is_owed_to_several_fills_in_neither_lender_nor_sum() -> None:
    several = Case(lenders=("招行", "平安"), amount=42000, shares={"招行": 30000, "平安": 12000})
    assert facts_of_case(several) == {}
    assert facts_of_case(Case(lenders=("招行",), amount=30000)) == {
        "lender": "招行", "amount": "30000"
    }  # fmt: skip
