"""A month's money: what is left, what can be paid, and what nobody knows."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.budget import Plan, instalment_facts, plan
from bot.answering.budget_planner import BudgetPlanner, yuan
from bot.knowledge.answer_check import check_answer
from bot.knowledge.budget import BudgetBook, load_budget
from bot.knowledge.loader import read_knowledge
from bot.knowledge.questions import QuestionKind

_FOLDER = Path(__file__).parents[2] / "knowledge"
_TODAY = date(2026, 11, 23)
_FULL = {
    "income": "5200.00",
    "housing": "1200.00",
    "food": "1200.00",
    "medical": "200.00",
    "support": "800.00",
    "other_costs": "300.00",
    "court_payments": "0.00",
    "secured_payments": "0.00",
    "agreed_payments": "400.00",
    "total_debt": "48000.00",
    "lender_debt": "30000.00",
}
_AMOUNTS = st.decimals(0, 10**7, places=2, allow_nan=False, allow_infinity=False).map(str)


@cache
def _book() -> BudgetBook:
    return load_budget(_FOLDER)


@cache
def _planner() -> BudgetPlanner:
    return BudgetPlanner(read_knowledge(_FOLDER)[0], _book())


@pytest.fixture
def planner() -> BudgetPlanner:
    return _planner()


def test_the_questions_are_at_most_twelve_and_can_be_skipped() -> None:
    assert len(_book().questions) <= 12
    assert all(question.is_optional for question in _book().questions)


def test_what_is_left_is_income_less_living_less_what_comes_first(planner: BudgetPlanner) -> None:
    found = planner.plan(_FULL, _TODAY)
    assert found.living_costs == Decimal(3700)
    assert found.priority_payments == Decimal(400)
    assert found.left == Decimal(1100)
    assert found.missing == ()
    assert found.warnings == ()


def test_a_lender_gets_its_share_by_the_size_of_its_debt(planner: BudgetPlanner) -> None:
    assert planner.plan(_FULL, _TODAY).share == Decimal(687)


def test_the_offer_is_the_shortest_term_that_can_be_borne(planner: BudgetPlanner) -> None:
    found = planner.plan(_FULL, _TODAY)
    assert (found.offer, found.months) == (Decimal(625), 48)
    assert found.least == Decimal(800)
    assert found.months_max == 60


def test_a_wish_that_can_be_borne_is_followed(planner: BudgetPlanner) -> None:
    found = planner.plan({**_FULL, "months": "50"}, _TODAY)
    assert (found.offer, found.months) == (Decimal(600), 50)


def test_a_wish_too_short_is_told_and_lengthened(planner: BudgetPlanner) -> None:
    found = planner.plan({**_FULL, "months": "12"}, _TODAY)
    assert found.warnings == ("wanted_too_short",)
    assert found.months == 48
    assert "2,500 元" in planner.warnings(found, _TODAY)[0].text


def test_a_wish_over_five_years_is_told_with_its_source(planner: BudgetPlanner) -> None:
    found = planner.plan({**_FULL, "months": "72"}, _TODAY)
    assert found.warnings == ("wanted_too_many",)
    assert "信用卡办法" in planner.warnings(found, _TODAY)[0].text


def test_principal_is_divided_and_no_interest_invented(planner: BudgetPlanner) -> None:
    found = planner.plan({**_FULL, "lender_debt": "10000.00"}, _TODAY)
    assert [option.instalment for option in found.options] == [
        Decimal("833.34"),
        Decimal("416.67"),
        Decimal("277.78"),
        Decimal("208.34"),
        Decimal("166.67"),
    ]
    assert planner.options(found)[0] == "分 12 期，每期 833.34 元（拿不出）"
    assert planner.options(found)[-1] == "分 60 期，每期 166.67 元（拿得出）"


def test_when_nothing_is_left_no_sum_is_offered(planner: BudgetPlanner) -> None:
    found = planner.plan({**_FULL, "income": "3000.00"}, _TODAY)
    assert found.left == Decimal(-1100)
    assert found.warnings == ("nothing_left",)
    assert not found.can_work
    assert planner.sentence(found) == _book().sentences.without
    assert "差 1,100 元" in planner.warnings(found, _TODAY)[0].text


def test_when_sixty_months_do_not_suffice_it_is_said(planner: BudgetPlanner) -> None:
    found = planner.plan({**_FULL, "total_debt": "66000.01"}, _TODAY)
    assert found.warnings == ("too_little",)
    assert not found.can_work
    assert planner.plan({**_FULL, "total_debt": "66000.00"}, _TODAY).can_work


def test_unknown_is_unknown(planner: BudgetPlanner) -> None:
    found = planner.plan({}, _TODAY)
    assert (found.left, found.share, found.offer, found.least) == (None, None, None, None)
    assert found.warnings == ("income_missing", "costs_missing", "debt_missing")
    assert instalment_facts(found) == {}
    assert set(planner.statement_values(found).values()) == {_book().words["unknown"]}


def test_a_share_needs_all_debts_to_be_known(planner: BudgetPlanner) -> None:
    answers = {name: value for name, value in _FULL.items() if name != "total_debt"}
    found = planner.plan(answers, _TODAY)
    assert (found.left, found.share, found.offer) == (Decimal(1100), None, None)
    assert True not in {option.is_bearable for option in found.options}
    assert "1,100 元" in planner.sentence(found)


def test_missing_costs_are_named_and_make_the_offer_cautious(planner: BudgetPlanner) -> None:
    answers = {name: value for name, value in _FULL.items() if name != "support"}
    found = planner.plan(answers, _TODAY)
    assert found.warnings == ("some_missing",)
    assert found.months == 60
    assert "孩子老人" in planner.warnings(found, _TODAY)[0].text


def test_one_lender_cannot_have_more_than_all(planner: BudgetPlanner) -> None:
    found = planner.plan({**_FULL, "lender_debt": "50000.00"}, _TODAY)
    assert found.warnings == ("lender_larger",)
    assert found.offer is None


def test_the_letter_is_prefilled_by_its_names(planner: BudgetPlanner) -> None:
    assert instalment_facts(planner.plan(_FULL, _TODAY)) == {
        "amount": "30000.00",
        "income": "5200.00",
        "living_costs": "3700.00",
        "other_debts": "400.00",
        "monthly_payment": "625.00",
        "months": "48",
    }


def test_the_statement_says_each_sum_and_that_interest_is_open(planner: BudgetPlanner) -> None:
    text = planner.statement(planner.plan(_FULL, _TODAY))
    assert "每月到手收入：5,200" in text
    assert "每月能还贵方：625" in text
    assert "没有计算利息" in text
    assert len(text.splitlines()) <= 40


def test_living_comes_before_debts_and_each_step_says_why(planner: BudgetPlanner) -> None:
    steps = planner.order(planner.plan(_FULL, _TODAY), _TODAY)
    assert steps[0].text.startswith("吃住和看病（2,900）：")
    assert [step.number for step in steps] == [1, 2, 3, 4, 5, 6]
    assert not [step.text for step in steps if "[[" in step.text]


def test_the_notes_have_no_marks_left(planner: BudgetPlanner) -> None:
    assert not [note.text for note in planner.notes(_TODAY) if "[[" in note.text]


def test_amounts_are_written_as_people_write_them() -> None:
    assert yuan(Decimal("1200.00")) == "1,200"
    assert yuan(Decimal("583.34")) == "583.34"


def test_typed_answers_fit_the_plan() -> None:
    answers = {}
    for question in _book().questions:
        checked = check_answer(question, question.example, _TODAY)
        assert checked.value is not None
        answers[question.id] = checked.value
    assert plan(_book(), answers, 60).can_work


@given(
    st.fixed_dictionaries(
        {},
        optional={
            **{
                question.id: _AMOUNTS
                for question in _book().questions
                if question.kind is QuestionKind.AMOUNT
            },
            "months": st.integers(0, 10**9).map(str),
        },
    )
)
def test_an_offer_is_always_within_the_share_and_clears_the_debt(answers: dict[str, str]) -> None:
    found: Plan = plan(_book(), answers, 60)
    if found.offer is None:
        assert found.months is None
        return
    debt = Decimal(answers.get("lender_debt", answers["total_debt"]))
    assert found.share is not None
    assert found.left is not None
    assert found.months is not None
    assert Decimal(0) < found.offer <= found.share <= found.left
    assert debt <= found.offer * found.months < debt + found.months
    assert 1 <= found.months <= 60


@given(st.dictionaries(st.sampled_from(sorted(_FULL)), _AMOUNTS))
def test_every_plan_can_be_put_into_words(answers: dict[str, str]) -> None:
    planner = _planner()
    found = planner.plan(answers, _TODAY)
    lines = [planner.sentence(found), planner.statement(found), *planner.options(found)]
    lines += [block.text for block in planner.warnings(found, _TODAY)]
    assert not [line for line in lines if "{" in line or "None" in line]


def test_more_than_all_that_is_left_cannot_be_borne_whatever_else_is_owed() -> None:
    alone = {**_FULL, "income": "6800.00", "lender_debt": "36000.00"}
    del alone["total_debt"]
    found = plan(_book(), alone, 60)
    assert found.left == Decimal(2700)
    assert [each.is_bearable for each in found.options] == [False, None, None, None, None]
