"""The working days of mainland China, by the notices of the State Council."""

from datetime import date

import pytest

from bot.answering.working_days import WorkingDays, first_working_day, last_working_day


@pytest.fixture
def china() -> WorkingDays:
    return WorkingDays()


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 22), False),
        (date(2026, 1, 4), True),
        (date(2026, 2, 14), True),
        (date(2026, 2, 15), False),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 5, 9), True),
        (date(2026, 9, 20), True),
        (date(2026, 10, 7), False),
        (date(2026, 10, 10), True),
        (date(2025, 9, 28), True),
        (date(2025, 10, 8), False),
    ],
    ids=str,
)
def test_notices_and_working_weekends_are_known(
    china: WorkingDays, day: date, is_working: bool
) -> None:
    assert china.is_working_day(day) == is_working


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 10, 7), "国庆节"),
        (date(2026, 9, 26), "中秋节"),
        (date(2026, 4, 6), "清明节"),
        (date(2026, 2, 15), "农历除夕"),
        (date(2026, 11, 22), None),
        (date(2026, 11, 23), None),
        (date(2026, 10, 11), None),
    ],
    ids=str,
)
def test_a_rest_day_has_the_name_of_its_holiday(
    china: WorkingDays, day: date, name: str | None
) -> None:
    assert china.holiday(day) == name


@pytest.mark.parametrize(
    ("day", "is_known"),
    [
        (date(2025, 6, 1), True),
        (date(2026, 12, 24), True),
        (date(2026, 12, 28), False),
        (date(2027, 3, 1), False),
        (date(2028, 2, 29), False),
    ],
    ids=str,
)
def test_years_without_a_notice_are_not_known(
    china: WorkingDays, day: date, is_known: bool
) -> None:
    assert china.is_known(day) == is_known


def test_the_nearest_working_days_lie_on_both_sides_of_a_holiday(china: WorkingDays) -> None:
    assert first_working_day(china, date(2026, 10, 3)) == date(2026, 10, 8)
    assert last_working_day(china, date(2026, 10, 3)) == date(2026, 9, 30)
    assert first_working_day(china, date(2026, 11, 23)) == date(2026, 11, 23)
