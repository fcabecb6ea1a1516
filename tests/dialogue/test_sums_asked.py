"""Sums that are asked for are worked out from what is told now and before."""

import pytest

from bot.concepts.case import Case
from bot.dialogue.step import utterance
from bot.dialogue.sums_asked import sums_asked

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
