"""Next steps: ten worked cases, an example for each step, days, deeds, and who is told what."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.answering.advice import Sums, is_old, steps_for, sums_of
from bot.answering.advice_words import AdviceWords
from bot.answering.deadlines import DeadlineReckoner
from bot.answering.layers import LAYER_LIMIT
from bot.answering.pages import Pages
from bot.answering.working_days import WorkingDays
from bot.concepts.advice import AT_MOST, TALKS
from bot.concepts.case import DEEDS, EVENTS, PRODUCTS, ROLES, STAGES, Case, Deed
from bot.concepts.case_papers import PAPERS
from bot.concepts.clock import SHANGHAI
from bot.concepts.reply import shown_length
from bot.facts.cases import read_case
from bot.facts.telling import CaseVocabulary
from bot.knowledge.library import Book
from bot.safety.normalizing import normalize
from tests.knowledge.folder import real_book

TODAY = date(2026, 11, 29)
_EXAMPLES: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("advice_cases.yml").read_text("utf-8")
)


@cache
def book() -> Book:
    return real_book()


@cache
def words() -> AdviceWords:
    reckoner = DeadlineReckoner(book().knowledge, book().deadlines, WorkingDays())
    return AdviceWords(pages=Pages(book().knowledge), book=book(), reckoner=reckoner)


def ids(case: Case, on: date = TODAY, said: tuple[str, ...] = ()) -> list[str]:
    return [each.step.id for each in steps_for(case, book(), on, said, words().reckoner)]


CARD = Case(
    product="credit_card",
    lenders=("招行",),
    amount=30000,
    overdue_months=4,
    monthly_ability=800,
    stage="overdue",
)
WORKED: Mapping[str, tuple[Case, list[str]]] = {
    "a card that can be paid off": (
        CARD,
        ["ask_breakdown_card", "card_can_pay", "payment_proofs_card"],
    ),
    "a payment order that runs": (
        Case(
            product="online_loan",
            amount=23000,
            stage="sued",
            paper="payment_order",
            served_on=date(2026, 11, 25),
        ),
        ["loan_read_contract", "payment_order_object", "free_help_court"],
    ),
    "taken for a contact": (
        Case(role="contact", product="online_loan", stage="collection"),
        ["save_today", "contact_say_once_online", "contact_write"],
    ),
    "money just sent to a court that is none": (
        Case(paper="sms_fake_court", events=("money_leaving",)),
        ["fake_money_sent", "fake_report", "fake_check_real"],
    ),
    "frozen wages": (
        Case(
            stage="enforcement",
            paper="execution_notice",
            served_on=date(2026, 11, 23),
            events=("account_frozen",),
        ),
        ["keep_living_money", "execution_basis", "report_property"],
    ),
    "nine debts and an agent": (
        Case(debts=9, amount=100000, income=6500, paper="agent_ad", events=("money_leaving",)),
        ["agent_stop", "list_all", "pay_priorities"],
    ),
    "an old debt that was sold": (
        Case(product="credit_card", paper="debt_transfer_notice", overdue_months=96),
        ["old_debt_say_nothing", "paper_keep", "debt_sold"],
    ),
    "signed for a friend": (
        Case(role="guarantor", product="small_loan", paper="collection_letter"),
        ["guarantor_sign_nothing", "guarantor_own_contract", "guarantor_help"],
    ),
    "ill in the middle of an agreement": (
        Case(
            product="credit_card",
            done=(Deed("agreed"),),
            events=("money_leaving", "illness"),
            income=2400,
            surplus=200,
        ),
        ["new_loan_stop", "before_it_breaks", "illness"],
    ),
    "a person first": (
        Case(events=("danger",), stage="collection", role="debtor"),
        ["danger_first"],
    ),
}


@pytest.mark.parametrize("name", WORKED)
def test_a_worked_case_gets_what_a_good_adviser_would_say(name: str) -> None:
    case, expected = WORKED[name]
    assert ids(case) == expected


TOLD: Mapping[str, list[str]] = {
    "我欠招行3万逾期4个月，每月能还800，该怎么办": [
        "ask_breakdown_loan",
        "any_instalment",
        "payment_proofs",
    ],
    "信用卡欠了5万，失业了，一分钱都还不起": ["ask_breakdown_card", "no_food", "cannot_pay"],
    "欠三家银行信用卡一共8万，每个月能还1500": [
        "list_all",
        "several_cards",
        "pay_priorities",
    ],
    "我11月3号投诉过银行，信用卡": ["complaint_overdue", "keep_recording", "look_for_court"],
}


@pytest.mark.parametrize("text", TOLD)
def test_a_told_sentence_is_enough(text: str) -> None:
    words_of_facts = CaseVocabulary(
        facts=book().facts, case=book().case_words, normalize=normalize
    )
    now = datetime(2026, 11, 29, 10, 30, tzinfo=SHANGHAI)
    assert ids(read_case(text, words_of_facts, now)) == TOLD[text]


def test_whoever_is_safe_again_gets_the_evidence_first() -> None:
    assert ids(Case(stage="collection", role="debtor")) == [
        "save_today",
        "complaint_first_whose",
        "family_one_sentence",
    ]


def test_every_step_has_its_example() -> None:
    assert list(_EXAMPLES) != []
    assert {step.id for step in book().advice.steps} == set(_EXAMPLES)


@pytest.mark.parametrize("step", _EXAMPLES)
def test_a_step_is_told_in_its_example(step: str) -> None:
    case = Case.of_stored(_EXAMPLES[step])
    kept = {name: value for name, value in case.as_stored().items() if name != "sources"}
    assert set(kept) == set(_EXAMPLES[step]), "a value of the example is unknown"
    assert step in ids(case)


@pytest.mark.parametrize("paper", ["notary_enforcement", "award_execution", "appraisal"])
@pytest.mark.parametrize("role", ["debtor", "relative", "guarantor", "not_debtor"])
def test_a_paper_without_a_hearing_sends_nobody_to_one(paper: str, role: str) -> None:
    case = replace(CARD, role=role, stage="sued", paper=paper, overdue_months=40)
    of_a_hearing = ("suit_go", "suit_fees", "suit_limitation", "suit_mediate")
    assert [each for each in ids(case) if each.startswith(of_a_hearing)] == []


def test_an_heir_answers_for_the_estate_and_has_no_dead_person_sign() -> None:
    case = Case(role="relative", events=("death",), paper="summons", served_on=date(2026, 11, 20))
    assert ids(case) == ["suit_heir", "suit_go_family", "free_help_court"]
    told = ids(replace(case, paper="payment_order"))
    assert "payment_order_object_others" in told
    assert "relative_signs" not in told


@pytest.mark.parametrize("paper", ["summons", "execution_notice", "third_party_notice"])
def test_an_employer_named_by_a_court_is_not_told_to_say_nothing(paper: str) -> None:
    told = ids(Case(role="employer", paper=paper, served_on=date(2026, 11, 20)))
    assert told[0] in ("employer_court_paper", "third_party_object")
    assert "employer_note" not in told


def test_the_last_day_is_worked_out_from_the_day_of_service() -> None:
    case, _ = WORKED["a payment order that runs"]
    days = {each.step.id: each.last_day for each in steps_for(case, book(), TODAY)}
    assert days["payment_order_object"] == date(2026, 12, 10)
    assert days["loan_read_contract"] is None


def test_a_last_day_on_a_weekend_is_not_called_gone() -> None:
    case = Case(product="online_loan", paper="payment_order", served_on=date(2026, 11, 27))
    assert "payment_order_object" in ids(case, date(2026, 12, 13))
    assert "payment_order_object" in ids(case, date(2026, 12, 14))
    assert "payment_order_late" in ids(case, date(2026, 12, 15))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 11, 10), "complaint_wait"),
        (date(2026, 11, 18), "complaint_wait"),
        (date(2026, 11, 19), "complaint_overdue"),
    ],
)
def test_a_complaint_moves_the_next_step_and_its_day(on: date, expected: str) -> None:
    case = Case(product="credit_card", done=(Deed("complained", date(2026, 11, 3)),))
    advised = {each.step.id: each.last_day for each in steps_for(case, book(), on)}
    assert expected in advised
    if expected == "complaint_wait":
        assert advised[expected] == date(2026, 11, 18)


def test_what_is_done_is_not_said_again() -> None:
    case = replace(CARD, stage="collection")
    assert "ask_breakdown_card" in ids(case)
    assert "ask_breakdown_card" not in ids(replace(case, done=(Deed("written", TODAY),)))


def test_a_letter_that_nobody_answers_is_asked_after_in_its_time() -> None:
    case = Case(product="bank_loan", done=(Deed("written", date(2026, 11, 20)),))
    assert "letter_waited" not in ids(case, date(2026, 12, 4))
    assert "letter_waited" in ids(case, date(2026, 12, 5))


def test_nobody_offers_to_pay_a_debt_that_may_be_too_old() -> None:
    case = replace(CARD, overdue_months=40)
    assert not any(each.step.rank in TALKS for each in steps_for(case, book(), TODAY))
    assert is_old(case, book(), TODAY)
    assert not is_old(CARD, book(), TODAY)


def test_while_a_payment_order_runs_nobody_talks_with_the_lender() -> None:
    case = replace(CARD, paper="payment_order", served_on=date(2026, 11, 25))
    assert not any(each.step.rank == "talks" for each in steps_for(case, book(), TODAY))


@pytest.mark.parametrize("role", [each for each in ROLES if each != "debtor"])
def test_who_is_not_the_debtor_is_never_told_how_to_pay(role: str) -> None:
    cases = [
        Case(role=role, product=kind, stage=stage, amount=30000, monthly_ability=800, debts=many)
        for kind, stage, many in product((None, *PRODUCTS), (None, *STAGES), (None, 3))
    ]
    cases += [replace(CARD, role=role, paper=paper) for paper in PAPERS]
    told = [each for case in cases for each in steps_for(case, book(), TODAY, (), _reckoner())]
    assert [each.step.id for each in told if each.step.rank in TALKS or each.step.plan] == []


def _reckoner() -> DeadlineReckoner:
    return words().reckoner


def _every_kind_of_case() -> list[Case]:
    day = date(2026, 11, 25)
    usual = [
        Case(product=kind, stage=stage, role=role, amount=41999, monthly_ability=700)
        for kind, stage, role in product((None, *PRODUCTS), (None, *STAGES), (None, *ROLES))
    ]
    papers = [
        Case(role=role, paper=paper, served_on=served, product=kind, amount=41999)
        for paper, role, served, kind in product(
            PAPERS,
            (None, "guarantor", "not_debtor"),
            (None, day),
            ("credit_card", "online_loan"),
        )
    ]
    lives = [
        Case(events=(event,), done=(Deed(deed, day),), product=kind, surplus=left)
        for event, deed, kind, left in product(
            EVENTS, DEEDS, ("credit_card", "small_loan"), (0, 300)
        )
    ]
    return [*usual, *papers, *lives]


def test_every_advice_fits_into_a_layer_and_says_what_to_do() -> None:
    too_long = []
    for case in _every_kind_of_case():
        advised = words().steps(case, TODAY)
        assert 1 <= len(advised) <= AT_MOST
        assert sum(each.step.rank == "talks" for each in advised) <= 1
        blocks = words().blocks(case, advised, TODAY, (), "现在到哪一步了？")
        text = "".join(block.text for block in blocks)
        assert "{{" not in text
        assert "[[" not in text
        if shown_length(blocks) > LAYER_LIMIT:
            too_long.append(case)
    assert too_long == []


def test_what_was_told_before_makes_room_for_what_was_not() -> None:
    first = ids(CARD)
    assert set(ids(CARD, said=tuple(first))) & set(first) == set()


def test_a_day_that_runs_is_told_again() -> None:
    case, expected = WORKED["a payment order that runs"]
    assert "payment_order_object" in ids(case, said=tuple(expected))


def test_a_plan_is_of_principal_over_the_months_of_the_card_rule() -> None:
    assert sums_of(CARD, book(), TODAY) == Sums(
        amount=30000, ability=800, months=38, limit=60, floor=500
    )
    small = sums_of(replace(CARD, monthly_ability=400), book(), TODAY)
    assert small is not None
    assert (small.months, small.gap) == (75, 100)


@pytest.mark.parametrize("lacking", ["amount", "monthly_ability"])
def test_without_two_sums_there_is_no_plan(lacking: str) -> None:
    assert sums_of(replace(CARD, **{lacking: None}), book(), TODAY) is None


def test_whoever_tells_sums_in_the_middle_of_collection_gets_a_plan() -> None:
    for kind in ("credit_card", "online_loan", "bank_loan", None):
        case = replace(CARD, product=kind, stage="collection")
        assert any(each.step.plan for each in steps_for(case, book(), TODAY)), kind


def test_what_is_only_reported_is_said_to_be_so() -> None:
    case = Case(stage="enforcement")
    told = "".join(b.text for b in words().blocks(case, words().steps(case, TODAY), TODAY))
    assert "据公开报道，法院可以给一到三个月宽限" in told
    card = "".join(b.text for b in words().blocks(CARD, words().steps(CARD, TODAY), TODAY))
    assert "大意是，没有本金" in card
    assert "（《信用卡办法》第七十条，部门规章）" in card


def test_a_step_says_by_when_first() -> None:
    case, _ = WORKED["a payment order that runs"]
    said = words().blocks(case, words().steps(case, TODAY), TODAY)
    blocks = [block for block in said if block.number]
    assert [block.number for block in blocks] == [1, 2, 3]
    assert blocks[0].text.startswith("今天：")
    assert blocks[1].text.startswith("最晚12月10日（星期四）：")
    waiting = Case(product="credit_card", done=(Deed("complained", date(2026, 12, 25)),))
    told = words().blocks(waiting, words().steps(waiting, date(2026, 12, 28)), date(2026, 12, 28))
    assert any(block.text.startswith("等到2027年1月9日（星期六）：") for block in told)
