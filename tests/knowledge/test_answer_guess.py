"""An answer in one's own words is read as it was most likely meant, or not at all."""

from datetime import date

import pytest

from bot.knowledge.answer_check import check_answer
from bot.knowledge.answer_guess import guess_answer, is_attempt
from tests.knowledge.folder import real_book

ON = date(2026, 11, 23)
TOOLS = real_book().tools


def guess(tool: str, question: str, text: str) -> str | None:
    asked = TOOLS[tool].question(question)
    found = check_answer(asked, text, ON)
    guessed = guess_answer(asked, text, ON) if found.value is None else found
    return guessed.value if guessed else None


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("骂人，电话太多", "harassment"),
        ("一直打给我家人😭", "third_party"),
        ("打到单位了", "third_party"),
        ("金额不对啊", "account"),
        ("不是我欠的", "account"),
        ("征信", "credit"),
        ("没有骂人", None),
        ("我想投诉", None),
        ("电话里威胁要上门闹，骂人，太多了", None),
        ("招商银行", None),
    ],
)
def test_the_words_of_one_choice_are_that_choice(text: str, matter: str | None) -> None:
    assert guess("make_complaint", "matter", text) == matter


@pytest.mark.parametrize(
    ("question", "text", "choice"),
    [
        ("lender", "招商银行信用卡", "bank"),
        ("lender", "网贷", None),
        ("progress", "还没", "none"),
        ("progress", "投诉过", None),
    ],
)
def test_the_beginning_of_a_choice_is_that_choice(
    question: str, text: str, choice: str | None
) -> None:
    assert guess("make_complaint", question, text) == choice


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5000左右，有时候没活", "5000.00"),
        ("到手大概是四千五吧", "4500.00"),
        ("差不多1.2万的样子", "12000.00"),
        ("房租800水电100", None),
        ("三千到五千", None),
        ("-5", None),
        ("我今年45岁", None),
        ("昨晚11点打的", None),
        ("不一定", None),
        ("他们昨天给我妈打了电话说我欠了3000块钱不还", None),
    ],
)
def test_the_only_number_is_the_amount(text: str, amount: str | None) -> None:
    assert guess("plan_budget", "income", text) == amount


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11月3号收到的", "2026-11-03"),
        ("昨天下午吧", "2026-11-22"),
        ("大前天我妈签收的", "2026-11-20"),
        ("上周五晚上", "2026-11-20"),
        ("去年3月5号收到的", "2025-03-05"),
        ("去年的3月5号", "2025-03-05"),
        ("10月1日到10月5日", None),
        ("13月5号", None),
        ("记不得了", None),
    ],
)
def test_the_only_day_is_the_date(text: str, day: str | None) -> None:
    assert guess("deadline_payment_order_objection", "day", text) == day


def test_a_number_that_does_not_fit_was_meant_as_an_answer() -> None:
    day = TOOLS["deadline_payment_order_objection"].question("day")
    assert is_attempt(day, "13月5号")
    assert not is_attempt(day, "记不得了")
    assert not is_attempt(TOOLS["plan_budget"].question("income"), "能不能分60期")
    assert not is_attempt(TOOLS["make_complaint"].question("matter"), "3号打来的")
