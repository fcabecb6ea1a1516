"""Small cases, one fact at a time, from the data files beside this one."""

from datetime import date

import pytest

from bot.facts.numerals import read_number
from tests.facts.stories import cases, reader

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(("word", "value"), cases("numerals").items())
def test_a_numeral_has_its_value_or_lower_bound(word: str, value: int | None) -> None:
    assert read_number(word) == value


@pytest.mark.parametrize(("text", "time", "night"), cases("times"))
def test_a_clock_time_is_read_and_night_is_told(
    text: str, time: str | list[str] | None, night: bool | None
) -> None:
    facts = reader().read(text).as_json()
    assert (facts["time"], facts["night"]) == (time, night)


@pytest.mark.parametrize(("text", "count", "per"), cases("counts"))
def test_a_count_is_read_with_its_period(text: str, count: int | None, per: str | None) -> None:
    facts = reader().read(text)
    assert (facts.count, facts.per) == (count, per)


@pytest.mark.parametrize(("text", "writer", "contacted"), cases("people"))
def test_people_are_seen_from_the_debtor(text: str, writer: str, contacted: list[str]) -> None:
    facts = reader().read(text)
    assert (facts.writer, list(facts.contacted)) == (writer, contacted)


@pytest.mark.parametrize(("text", "acts"), cases("acts"))
def test_acts_are_those_told_and_not_denied_or_asked(text: str, acts: list[str]) -> None:
    assert list(reader().read(text).acts) == acts


@pytest.mark.parametrize(("text", "lender", "product", "amount", "overdue"), cases("debts"))
def test_the_debt_is_read(
    text: str, lender: str | None, product: str | None, amount: int | None, overdue: str | None
) -> None:
    facts = reader().read(text)
    assert (facts.lender, facts.product, facts.amount, facts.overdue) == (
        lender,
        product,
        amount,
        overdue,
    )


@pytest.mark.parametrize(("text", "channel", "urgent"), cases("channels"))
def test_the_channel_and_present_danger_are_read(
    text: str, channel: str | None, urgent: bool
) -> None:
    facts = reader().read(text)
    assert (facts.channel, facts.urgent) == (channel, urgent)


def test_relative_days_become_dates() -> None:
    text = "昨天打来,上周三上门,11月3日发短信,2025年12月1号寄信"
    assert reader().read(text, MONDAY).dates == (
        "2025-12-01",
        "2026-11-03",
        "2026-11-18",
        "2026-11-22",
    )


def test_without_a_day_of_telling_only_full_dates_are_known() -> None:
    assert reader().read("昨天打来,2025年12月1号寄信").dates == ("2025-12-01",)


def test_the_lender_is_given_as_written() -> None:
    assert reader().read("招商銀行打電話").lender == "招商銀行"


def test_traditional_and_full_width_text_gives_the_same_facts() -> None:
    plain = reader().read("半夜11点30打电话骂我,一天20个电话")
    other = reader().read("半夜１１點３０打電話罵我，一天２０個電話")
    assert plain.as_json() == other.as_json()


def test_nothing_improper_is_clean() -> None:
    facts = reader().read("昨天下午三点打了一个电话，态度客气，提醒我还款")
    assert facts.clean
    assert not facts.urgent
