"""The days and times of the tests."""

from datetime import UTC, date, datetime

MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 22)
SATURDAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
