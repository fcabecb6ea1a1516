"""Counts of a person's log."""

from datetime import UTC, date, datetime

from bot.concepts.records import ContactRecord, KeptRecord, counts_by_day, counts_by_week

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SATURDAY, SUNDAY, MONDAY = date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 23)


def log(*days: date | None) -> list[KeptRecord]:
    return [
        KeptRecord(number=number, noted_on=NOON, record=ContactRecord(happened_on=day))
        for number, day in enumerate(days, 1)
    ]


def test_contacts_are_counted_by_the_day_on_which_they_happened() -> None:
    counts = counts_by_day(log(MONDAY, SATURDAY, None, MONDAY))
    assert counts == {SATURDAY: 1, MONDAY: 2}
    assert list(counts) == [SATURDAY, MONDAY]


def test_a_week_begins_on_monday() -> None:
    counts = counts_by_week(log(MONDAY, SUNDAY, SATURDAY, None))
    assert counts == {date(2026, 11, 16): 2, MONDAY: 1}
    assert list(counts) == [date(2026, 11, 16), MONDAY]


def test_an_empty_log_has_no_counts() -> None:
    assert counts_by_day([]) == {}
    assert counts_by_week(log(None)) == {}
