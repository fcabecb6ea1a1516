"""What people type becomes one canonical value, or the name of what is wrong."""

from datetime import date

import pytest

from bot.knowledge.answer_check import CheckedAnswer, check_answer
from bot.knowledge.questions import Question, read_questionnaire

ON = date(2026, 11, 23)
"""A Monday."""


def question(kind: str, more: str = "") -> Question:
    text = (
        f"questions:\n  - {{id: it, label: 它, asks: 是什么？, example: 例, kind: {kind}{more}}}\n"
    )
    (read,), faults = read_questionnaire(text, "a.yml")
    assert faults == []
    return read


CHOICES = ", choices: [{id: red, label: 红色}, {id: blue, label: 蓝、绿, facts: [sky]}]"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12000", "12000.00"),
        ("１２０００元", "12000.00"),
        ("12,345.67", "12345.67"),
        ("¥500", "500.00"),
        ("1.2万", "12000.00"),
        ("三万五", "35000.00"),
        ("3万5", "35000.00"),
        ("3万5千", "35000.00"),
        ("四万八千块钱", "48000.00"),
        ("两千五左右", "2500.00"),
        ("一万零五十", "10050.00"),
        ("一千零五", "1005.00"),
        ("十五万", "150000.00"),
        ("2w", "20000.00"),
        ("5k", "5000.00"),
        ("每月大概三千多", "3000.00"),
        ("没有", "0.00"),
        ("零", "0.00"),
        ("一亿二千万", "120000000.00"),
        ("五千到六千", None),
        ("5000-6000", None),
        ("很多", None),
        ("1.234", None),
        ("万", None),
        ("12345678901", None),
        ("-5", None),
        ("1e5", None),
    ],
)
def test_amounts(text: str, value: str | None) -> None:
    checked = check_answer(question("amount"), text, ON)
    assert checked.value == value
    assert checked.problem == (None if value else "answer_not_an_amount")


@pytest.mark.parametrize(
    ("text", "value"),
    [("36期", "36"), ("四十八", "48"), ("5 个月", "5"), ("半年", None), ("1.5", None)],
)
def test_counts(text: str, value: str | None) -> None:
    checked = check_answer(question("count"), text, ON)
    assert (checked.value, checked.problem) == (value, None if value else "answer_not_a_count")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-11-03", "2026-11-03"),
        ("2026/11/3", "2026-11-03"),
        ("2026年11月3日", "2026-11-03"),
        ("２０２６．１１．３", "2026-11-03"),
        ("二〇二六年十一月三日", "2026-11-03"),
        ("20261103", "2026-11-03"),
        ("11月3号", "2026-11-03"),
        ("12月1日", "2025-12-01"),
        ("去年12月1日", "2025-12-01"),
        ("今天", "2026-11-23"),
        ("昨天。", "2026-11-22"),
        ("大前天", "2026-11-20"),
        ("三天前", "2026-11-20"),
        ("两周前", "2026-11-09"),
        ("这个月5号", "2026-11-05"),
        ("上个月31号", "2026-10-31"),
        ("上周三", "2026-11-18"),
        ("周一", "2026-11-23"),
    ],
)
def test_days_up_to_today(text: str, value: str) -> None:
    assert check_answer(question("date"), text, ON) == CheckedAnswer(value=value)


@pytest.mark.parametrize(
    "text", ["2026年2月30日", "上回", "13月1日", "0年1月1日", "11月", "99999999天前"]
)
def test_no_days(text: str) -> None:
    assert check_answer(question("date"), text, ON) == CheckedAnswer(problem="answer_not_a_date")


@pytest.mark.parametrize("text", ["2026-11-24", "明天", "今年12月1日", "下个月1号"])
def test_days_ahead_are_refused_unless_they_may_be(text: str) -> None:
    refused = CheckedAnswer(problem="answer_in_the_future")
    assert check_answer(question("date"), text, ON) == refused
    assert check_answer(question("date", ", future: true"), text, ON).value is not None


def test_a_day_that_may_lie_ahead_is_the_next_one() -> None:
    ahead = question("date", ", future: true")
    assert check_answer(ahead, "3月1日", ON).value == "2027-03-01"
    assert check_answer(ahead, "11月23日", ON).value == "2026-11-23"


def test_a_day_that_has_just_gone_by_is_not_the_next_years() -> None:
    ahead = question("date", ", future: true")
    assert check_answer(ahead, "11月14日", ON).value == "2026-11-14"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("红色", "red"),
        ("1", "red"),
        ("blue", "blue"),
        ("蓝、绿", "blue"),
        ("sky", "blue"),
        ("紫", None),
    ],
)
def test_a_choice_by_label_number_id_or_fact(text: str, value: str | None) -> None:
    checked = check_answer(question("choice", CHOICES), text, ON)
    assert (checked.value, checked.problem) == (value, None if value else "answer_not_a_choice")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 1", "red,blue"),
        ("1、2", "red,blue"),
        ("红色和2", "red,blue"),
        ("蓝、绿", "blue"),
        ("1,9", None),
    ],
)
def test_several_choices_stand_in_the_order_of_the_question(text: str, value: str | None) -> None:
    assert check_answer(question("choices", CHOICES), text, ON).value == value


def test_the_end_of_a_number_is_four_digits() -> None:
    tail = question("phone_tail")
    assert check_answer(tail, "１２３４", ON).value == "1234"
    assert check_answer(tail, "13812345678", ON).problem == "answer_not_a_tail"


def test_a_text_stands_in_one_line_and_without_its_stop() -> None:
    assert check_answer(question("text"), " 甲\r\n乙。\x00 ", ON).value == "甲 乙"
    assert check_answer(question("long_text"), "甲。\n\n 乙。\t", ON).value == "甲。\n乙。"


@pytest.mark.parametrize("text", ["", " \n", "\x00\u202e"])
def test_nothing_is_not_an_answer(text: str) -> None:
    assert check_answer(question("text"), text, ON).problem == "answer_empty"


def test_too_long_an_answer_is_refused() -> None:
    assert check_answer(question("text"), "催" * 61, ON).problem == "answer_too_long"
    assert check_answer(question("text", ", max_length: 61"), "催" * 61, ON).value == "催" * 61


def test_a_warning_does_not_refuse() -> None:
    warned = question("text", ", warns: [{pattern: 没钱, says: 只写没钱不行。}]")
    expected = CheckedAnswer(value="我没钱", warnings=("只写没钱不行。",))
    assert check_answer(warned, "我没钱", ON) == expected
