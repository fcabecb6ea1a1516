"""Sums that are asked for are worked out from what is told now and before."""

import pytest

from bot.concepts.case import Case
from bot.dialogue.step import task, utterance
from bot.dialogue.sums_asked import PLAN_LINE, SUM_TOTAL, sums_asked

OWING = Case(amount=41000)


@pytest.mark.parametrize(
    "text", ["33000按60期一个月是多少", "三万三分60个月每月多少", "33000分5年，每个月还多少"]
)
def test_what_a_month_comes_to_is_told_rounded_up(text: str) -> None:
    expected = utterance("sum_each_month", amount="33,000", months="60", monthly="550")
    assert sums_asked(text, Case()) == expected


def test_the_sum_may_have_been_told_before() -> None:
    expected = utterance("sum_each_month", amount="41,000", months="60", monthly="684")
    assert sums_asked("分60期每月多少", OWING) == expected
    assert sums_asked("分60期每月多少", Case()) is None


def test_how_long_it_takes_is_told_too() -> None:
    expected = utterance("sum_term", amount="41,000", monthly="800", months="52")
    assert sums_asked("每月还800要还多久", OWING) == expected


@pytest.mark.parametrize(
    "text", ["我每月能还800", "分60期行不行", "一个月工资多少算低", "逾期三个月会怎样"]
)
def test_nothing_is_worked_out_where_no_sum_is_asked_for(text: str) -> None:
    assert sums_asked(text, OWING) is None


PLANNED = Case(amount=36000, monthly_ability=600)


@pytest.mark.parametrize(
    ("text", "monthly"),
    [("每月给700够不够", 700), ("一个月五百行不", 500), ("每个月还400可以吗", 400)],
)
def test_whether_a_months_sum_is_enough_is_worked_out(text: str, monthly: int) -> None:
    assert sums_asked(text, OWING) == task(PLAN_LINE, monthly=monthly)
    assert sums_asked(text, Case()) is None


@pytest.mark.parametrize("text", ["那得还几年", "多久能还完啊", "什么时候才还得清"])
def test_how_long_it_takes_is_told_with_what_was_told(text: str) -> None:
    assert sums_asked(text, PLANNED) == task(PLAN_LINE)
    assert sums_asked(text, OWING) is None


def test_few_words_are_of_the_plan_only_where_one_was_made() -> None:
    assert sums_asked("那刚好?", PLANNED, is_planned=True) == task(PLAN_LINE)
    assert sums_asked("这样够吗", PLANNED, is_planned=True) == task(PLAN_LINE)
    assert sums_asked("这样够吗", PLANNED) is None


def test_another_term_is_supposed() -> None:
    expected = utterance("sum_each_month", amount="36,000", months="24", monthly="1,500")
    assert sums_asked("那分24期呢", PLANNED) == expected
    assert sums_asked("要是分成两年的话", PLANNED) == expected


def test_what_is_owed_in_all_is_told_where_it_is_of_the_debt() -> None:
    assert sums_asked("加一起多少", PLANNED, is_planned=True) == task(SUM_TOTAL)
    assert sums_asked("我总共欠多少来着", PLANNED) == task(SUM_TOTAL)
    assert sums_asked("总共多少钱", PLANNED) is None
    assert sums_asked("一共多少利息", PLANNED, is_planned=True) is None


def test_the_least_a_month_is_asked_where_a_plan_was_made() -> None:
    least = task(PLAN_LINE, is_least=True)
    assert sums_asked("每个月最少得还多少钱", PLANNED, is_planned=True) == least
    assert sums_asked("那一个月该还多少", OWING, is_planned=True) == least
    assert sums_asked("每个月最少得还多少钱", PLANNED) != least
