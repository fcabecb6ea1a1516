"""One message that answers several questions fills each of them."""

from datetime import date, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.concepts.clock import SHANGHAI
from bot.knowledge.answers_together import read_answers, read_checked, read_wish
from tests.knowledge.folder import real_book

NOW = datetime(2026, 11, 29, 15, 0, tzinfo=SHANGHAI)
TOOLS = real_book().tools
CASES = yaml.safe_load((Path(__file__).parent / "answers.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "asked", "answers"), CASES)
def test_the_questions_named_are_filled(
    text: str, asked: str | None, answers: dict[str, str]
) -> None:
    questions = TOOLS["plan_budget"].questions
    assert read_answers(questions, text, NOW, asked=asked) == answers


def test_a_day_with_its_time_fills_both_questions_of_a_record() -> None:
    questions = TOOLS["log_contact"].questions
    filled = {"day": "2026-11-28", "time": "23:30"}
    assert read_answers(questions, "昨晚十一点半，招行打来的", NOW) == filled
    assert read_answers(questions, "11月3号", NOW) == {"day": "2026-11-03"}


@pytest.mark.parametrize(
    ("letter", "text", "answers"),
    [
        (
            "keep_living_costs",
            "工资4200 房租1000 伙食800",
            {"income": "4200.00", "living_costs": "1800.00"},
        ),
        (
            "mediation_checklist",
            "谈好24000，每期付800，分30期",
            {"total": "24000.00", "monthly_payment": "800.00", "months": "30"},
        ),
        ("defence_to_suit", "起诉我26800，每月能付700", {"claimed_amount": "26800.00"}),
        ("report_unlicensed_lender", "合同3000 到账2100", {"received": "2100.00"}),
        ("legal_aid_application", "全家每月到手4200", {"income": "4200.00"}),
        ("court_fee_relief", "受理费470", {"fee": "470.00"}),
    ],
)
def test_a_letter_hears_the_words_people_use(
    letter: str, text: str, answers: dict[str, str]
) -> None:
    found = read_answers(TOOLS[letter].questions, text, NOW)
    assert {name: found.get(name) for name in answers} == answers


def test_what_is_asked_back_is_told() -> None:
    checked = read_checked(TOOLS["plan_budget"].questions, "工资四五千，房租800", NOW)
    assert checked["income"].problem == "answer_is_a_range"
    assert checked["housing"].value == "800.00"


def test_fares_above_the_income_are_asked_back() -> None:
    checked = read_checked(TOOLS["plan_budget"].questions, "工资3000，地铁9000", NOW)
    assert checked["other_costs"].problem == "answer_implausible"


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.sampled_from(["工资", "房租", "没", "不用", "3000", "一天", "，", "期", "昨天", "?"])
    )
)
def test_no_message_breaks_the_reading_of_answers(pieces: list[str]) -> None:
    for tool in TOOLS.values():
        read_answers(tool.questions, "".join(pieces), date(2026, 11, 29), asked="income")


@pytest.mark.parametrize(
    ("tool", "text", "answers"),
    [
        ("court_fee", "6万的案子诉讼费多少", {"amount": "60000.00"}),
        ("court_fee", "本金五万利息八千，一共要交多少", {"amount": "58000.00"}),
        (
            "court_fee",
            "判了我四万二 只不服一万利息，上诉费多少",
            {"amount": "10000.00", "kind": "appeal"},
        ),
        (
            "court_fee",
            "3万的支付令走完要交多少",
            {"amount": "30000.00", "kind": "payment_order"},
        ),
        ("court_fee", "诉讼费多少", {}),
        (
            "true_rate",
            "手机总价6000 分12期 每期580 算下年化",
            {"received": "6000.00", "payment": "580.00", "months": "12"},
        ),
        (
            "true_rate",
            "贷5万36期 一期1800 年利率",
            {"received": "50000.00", "payment": "1800.00", "months": "36"},
        ),
        ("true_rate", "到手9000，12个月总共还10800", {"received": "9000.00", "months": "12"}),
    ],
)
def test_a_wish_tells_sums_beside_its_question(
    tool: str, text: str, answers: dict[str, str]
) -> None:
    assert read_wish(TOOLS[tool].questions, text, NOW) == answers


@given(st.text(alphabet="借到手扣每月还期分个月手续费一二三0123456789万千元，。 ", max_size=40))
@settings(max_examples=60, deadline=None)
def test_a_wish_of_any_words_gives_answers_that_pass_their_check(text: str) -> None:
    found = read_wish(TOOLS["true_rate"].questions, text, NOW)
    assert set(found) <= {"received", "payment", "months", "fees"}
    assert all(value.replace(".", "").isdecimal() for value in found.values())
