"""What people type becomes one canonical value, or the name of what is wrong."""

from datetime import date

import pytest

from bot.knowledge.answer_check import check_answer
from bot.knowledge.checked_answer import CheckedAnswer
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
    checked = check_answer(question("date"), text, ON)
    assert (checked.value, checked.problem) == (value, None)


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


def problem(kind: str, text: str, more: str = "") -> str | None:
    return check_answer(question(kind, more), text, ON).problem


def test_a_range_is_asked_back_once() -> None:
    asked = check_answer(question("amount"), "四五千", ON)
    assert (asked.problem, asked.candidate) == ("answer_is_a_range", "4000.00")
    assert (asked.understood, asked.is_to_confirm) == ("4000–5000元", True)
    again = check_answer(question("amount"), "四五千", ON, is_asked_again=True)
    assert (again.value, again.problem) == ("4000.00", None)
    assert check_answer(question("count"), "36到48期", ON).candidate == "36"


MONTHLY = ", per: month"


@pytest.mark.parametrize(
    ("text", "value", "understood"),
    [
        ("5200", "5200.00", ""),
        ("五千二", "5200.00", "5200元"),
        ("一天三十", "900.00", "30元×30＝900元"),
        ("一年两万", "1666.00", "20000元÷12＝1666元"),
        ("每周200", "800.00", "200元×4＝800元"),
        ("没有", "0.00", "0元"),
    ],
)
def test_a_sum_is_reckoned_for_a_month_and_shown(text: str, value: str, understood: str) -> None:
    checked = check_answer(question("amount", MONTHLY), text, ON)
    assert (checked.value, checked.understood) == (value, understood)


def test_a_question_that_says_so_asks_for_a_month() -> None:
    text = "questions:\n  - {id: it, label: 它, asks: 每月多少元？, example: '1', kind: amount}\n"
    (each_month,), faults = read_questionnaire(text, "a.yml")
    assert faults == []
    assert check_answer(each_month, "一天三十", ON).value == "900.00"
    (pay,), _ = read_questionnaire(text.replace("每月", "每月到手"), "a.yml")
    assert check_answer(pay, "一天两百", ON).problem == "answer_is_a_daily_wage"


def test_a_sum_each_month_is_no_total() -> None:
    assert problem("amount", "一个月3000", ", per: once") == "answer_is_not_a_total"
    assert problem("amount", "3万", ", per: once") is None


def test_pay_by_the_day_needs_the_days() -> None:
    earned = question("amount", MONTHLY + ", earned: true")
    assert check_answer(earned, "一天两百", ON).problem == "answer_is_a_daily_wage"
    assert check_answer(earned, "日薪200，一个月做26天", ON).value == "5200.00"
    assert check_answer(question("amount", MONTHLY), "一天两百", ON).value == "6000.00"


def test_an_unusual_sum_is_asked_back() -> None:
    usual = question("amount", ", usual: {least: 100, most: 20000}")
    asked = check_answer(usual, "3", ON)
    assert (asked.problem, asked.candidate) == ("answer_implausible", "3.00")
    assert check_answer(usual, "50万", ON).problem == "answer_implausible"
    assert check_answer(usual, "0", ON).value == "0.00"
    assert check_answer(usual, "3", ON, is_asked_again=True).value == "3.00"


def test_a_sum_above_that_which_bounds_it_is_asked_back() -> None:
    text = (
        "questions:\n"
        "  - {id: income, label: 甲, asks: 甲？, example: '1', kind: amount}\n"
        "  - {id: fares, label: 乙, asks: 乙？, example: '1', kind: amount, at_most: income}\n"
    )
    (_, fares), faults = read_questionnaire(text, "a.yml")
    assert faults == []
    assert check_answer(fares, "9000", ON, {"income": "4500.00"}).problem == "answer_implausible"
    assert check_answer(fares, "9000", ON).value == "9000.00"
    _, faults = read_questionnaire(text.replace("at_most: income", "at_most: wage"), "a.yml")
    assert [fault.line for fault in faults] == [3]


@pytest.mark.parametrize("kind", ["text", "long_text", "amount", "count", "date", "time"])
@pytest.mark.parametrize("text", ["不知道", "啊？", "就那个粉色图标的", "忘了"])
def test_a_non_answer_is_never_written_down(kind: str, text: str) -> None:
    assert problem(kind, text) == "answer_unknown"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("amount", "能不能分60期"),
        ("count", "能不能分60期"),
        ("date", "哪天算收到？"),
        ("time", "时间写错了怎么办"),
        ("text", "怎么查是哪家？"),
    ],
)
def test_a_question_is_no_answer(kind: str, text: str) -> None:
    checked = check_answer(question(kind), text, ON)
    assert (checked.value, checked.is_question) == (None, True)


def test_what_is_told_beside_a_question_is_its_candidate() -> None:
    checked = check_answer(question("amount", MONTHLY), "每月能还800，能分60期吗", ON)
    assert (checked.is_question, checked.candidate) == (True, "800.00")


@pytest.mark.parametrize(
    ("text", "day", "time", "understood"),
    [
        ("今天早上7点20", "2026-11-23", "07:20", "2026年11月23日（周一）07:20"),
        ("昨晚十一点半打的", "2026-11-22", "23:30", "2026年11月22日（周日）23:30"),
        ("上周五", "2026-11-20", None, "2026年11月20日（周五）"),
        ("2026-11-20", "2026-11-20", None, ""),
    ],
)
def test_the_time_beside_a_day_is_kept(
    text: str, day: str, time: str | None, understood: str
) -> None:
    checked = check_answer(question("date"), text, ON)
    assert (checked.value, checked.time, checked.understood) == (day, time, understood)


@pytest.mark.parametrize(
    ("text", "candidate"),
    [
        ("12月1日", "2025-12-01"),
        ("国庆", "2026-10-01"),
        ("3号", "2026-11-03"),
        ("半个月前", "2026-11-08"),
        ("十一月初三", "2026-11-03"),
    ],
)
def test_an_unclear_day_is_asked_back(text: str, candidate: str) -> None:
    checked = check_answer(question("date"), text, ON)
    assert (checked.problem, checked.candidate) == ("answer_day_uncertain", candidate)


def test_of_two_days_none_is_taken() -> None:
    assert problem("date", "10月1日到10月5日") == "answer_has_several_days"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("晚上11点半", "23:30"),
        ("23:30", "23:30"),
        ("早上7点20和晚上十点", "07:20、22:00"),
        ("半夜", "半夜"),
        ("上班时间", "上班时间"),
        ("大概中午吧", "中午"),
        ("021-55667788 自称招行外包", None),
        ("13812345678", None),
        ("招行", None),
    ],
)
def test_a_time_is_a_clock_time_or_a_part_of_the_day(text: str, value: str | None) -> None:
    checked = check_answer(question("time"), text, ON)
    assert (checked.value, checked.problem) == (value, None if value else "answer_not_a_time")


@pytest.mark.parametrize(
    ("text", "months"),
    [("48", "48"), ("60期", "60"), ("半年", "6"), ("3年", "36"), ("60天", None)],
)
def test_a_count_of_months_may_be_told_in_years(text: str, months: str | None) -> None:
    assert check_answer(question("count", ", unit: month"), text, ON).value == months


def test_the_end_of_a_number_may_stand_in_words() -> None:
    assert check_answer(question("phone_tail"), "尾号6688", ON).value == "6688"
