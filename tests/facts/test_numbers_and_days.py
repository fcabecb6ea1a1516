"""Numbers, sums, days and clock times, from the cases of the data files beside this one."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise
from time import process_time
from typing import Any

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.concepts.clock import SHANGHAI
from bot.facts.amounts import Amount, irregular_pay, read_amount_answer, read_amounts
from bot.facts.clock import read_clock
from bot.facts.days import read_days
from bot.facts.holidays import holiday
from bot.facts.numbers import read_numbers
from tests.facts.stories import cases

NOW = datetime(2026, 11, 29, 15, 0, tzinfo=SHANGHAI)
"""A Sunday."""


@pytest.mark.parametrize(("text", "numbers"), cases("numbers"))
def test_every_number_is_read_with_its_bounds_and_unit(text: str, numbers: list[Any]) -> None:
    found = [[float(each.low), float(each.high), each.unit] for each in read_numbers(text)]
    assert found == numbers


@pytest.mark.parametrize(("text", "amounts"), cases("amounts"))
def test_every_sum_is_read_with_its_period(text: str, amounts: list[Any]) -> None:
    found = [[float(each.low), float(each.high), each.period] for each in read_amounts(text)]
    assert found == amounts


@pytest.mark.parametrize(("text", "value", "a_month", "problem"), cases("amount_answers"))
def test_an_answer_is_one_sum_or_is_asked_back(
    text: str, value: float | None, a_month: float | None, problem: str | None
) -> None:
    answer = read_amount_answer(text)
    month = answer.amount.a_month if answer.amount else None
    assert (answer.value, month, answer.problem) == (value, a_month, problem)


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("最少3000 最多8000", 3000),
        ("好的时候九千 差的时候四千五", 4500),
        ("帮我做个还款计划，最低还款要2300，最高那笔3万", None),
        ("房租最少1200 吃饭最多1500", None),
    ],
)
def test_the_least_and_the_most_of_something_else_are_no_pay(text: str, least: int | None) -> None:
    pay = irregular_pay(text)
    assert (None if pay is None else pay.low) == least


@pytest.mark.parametrize(("text", "days"), cases("days"))
def test_every_day_is_read_with_its_time(text: str, days: list[Any]) -> None:
    found = [
        [each.day, each.time.strftime("%H:%M") if each.time else None, each.is_uncertain]
        for each in read_days(text, NOW)
    ]
    assert found == days


def test_places_are_those_of_the_text_as_it_was_written() -> None:
    text = "工资４５００，房租一個月八百，昨天晚上11点打的"
    sums = [text[each.start : each.end] for each in read_amounts(text)]
    assert sums == ["４５００", "一個月八百"]
    assert [text[each.start : each.end] for each in read_days(text, NOW)] == ["昨天"]
    assert [text[each.start : each.end] for each in read_clock(text).times] == ["11点"]


def test_an_approximate_number_is_no_range() -> None:
    vague = {
        text: read_numbers(text)[0].is_approximate for text in ("三千多", "大概三千", "十几个")
    }
    assert vague == dict.fromkeys(vague, True)
    assert not read_numbers("三四千")[0].is_approximate


@pytest.mark.parametrize(
    ("period", "low", "a_month"),
    [
        ("once", 800, 800),
        ("month", 800, 800),
        ("day", 30, 900),
        ("week", 200, 800),
        ("year", 20000, 1666),
    ],
)
def test_a_month_is_the_lower_bound(period: str, low: int, a_month: int) -> None:
    text = {"once": "", "month": "每月", "day": "一天", "week": "每周", "year": "一年"}[period]
    (amount,) = read_amounts(f"{text}{low}")
    assert (amount.period, amount.a_month) == (period, a_month)


def test_a_day_to_come_is_preferred_where_it_is_asked_for() -> None:
    def only(text: str) -> date:
        return read_days(text, NOW, prefers_future=True)[0].day

    assert only("3月1日") == date(2027, 3, 1)
    assert only("12月5号") == date(2026, 12, 5)
    assert only("11月14日") == date(2026, 11, 14)
    assert only("周三") == date(2026, 12, 2)


def test_without_today_only_days_with_their_year_are_known() -> None:
    assert [each.day for each in read_days("昨天，2025年12月1号", None)] == [date(2025, 12, 1)]


def test_holidays_of_the_moon_are_those_of_the_calendar() -> None:
    years = range(2023, 2032)
    named = holidays.country_holidays("CN", years=years, language="en_US")
    for name, english in (
        ("春节", "Chinese New Year"),
        ("端午", "Dragon Boat"),
        ("中秋", "Mid-Autumn"),
    ):
        for year in years:
            day = holiday(name, year)
            assert day is not None
            assert any(word in named.get(day, "") for word in (english, "Spring Festival"))


PIECES = [
    *"一两三十百千万亿半几多来05.,-/:点月日号年天个前后周每元块wk到上下今昨晚不吗?， 廿俩*",
    *("12", "没有", "尾号", "一个月", "晚上", "之前", "左右"),
]
READERS: list[Callable[[str], object]] = [
    read_numbers,
    read_amounts,
    read_amount_answer,
    read_clock,
    lambda text: read_days(text, NOW),
]


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_no_text_breaks_any_reader(text: str) -> None:
    for read in READERS:
        read(text)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_places_lie_in_the_text_and_bounds_are_in_order(text: str) -> None:
    for each in (*read_numbers(text), *read_amounts(text)):
        assert 0 <= each.start < each.end <= len(text)
        assert 0 <= each.low <= each.high
    amounts: tuple[Amount, ...] = read_amounts(text)
    assert all(one.end <= other.start for one, other in pairwise(amounts))
    assert all(0 <= each.start < each.end <= len(text) for each in read_days(text, NOW))


LONGEST, SECONDS = 5000, 1.5
"""As long as a message may be, and how long it may take on a slow machine."""


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join))
def test_a_long_text_of_any_pattern_is_read_in_time(pattern: str) -> None:
    text = (pattern * LONGEST)[:LONGEST]
    for read in READERS:
        start = process_time()
        read(text)
        assert process_time() - start < SECONDS
