"""The working days of mainland China: the one door to the `holidays` package.

The package knows the State Council's yearly notices (with working weekends, 调休) up to the last
one published when it was released, for 2026: 国办发明电〔2025〕7号. For later years it
has only the statutory days of 全国年节及纪念日放假办法; `is_known` tells the two apart.
"""

from datetime import date, timedelta
from functools import cached_property
from typing import Protocol

import holidays

_DAY = timedelta(days=1)
# The notice for a year may change the last days of December before it.
_NEW_YEAR = timedelta(days=7)
_UNNAMED = "休息日"
_SUBSTITUTE = "（补假）"


class Calendar(Protocol):
    """What reckoning needs to know of rest days."""

    def is_working_day(self, day: date) -> bool:
        """Whether offices are open: also on a weekend that 调休 makes a working day."""

    def holiday(self, day: date) -> str | None:
        """The holiday to which a rest day belongs; None on a plain weekend or a working day."""

    def is_known(self, day: date) -> bool:
        """Whether the notice on rest days was published for that time."""


class WorkingDays:
    """A Calendar over the `holidays` package."""

    @cached_property
    def _china(self) -> holidays.HolidayBase:
        # The package first loads every country of the world: not before a day is asked for.
        return holidays.country_holidays("CN", language="zh_CN")

    def is_working_day(self, day: date) -> bool:
        """Whether offices are open: also on a weekend that 调休 makes a working day."""
        return self._china.is_working_day(day)

    def holiday(self, day: date) -> str | None:
        """The name of the nearest named day of the same rest, looking back and then ahead."""
        if self.is_working_day(day):
            return None
        for step in (-_DAY, _DAY):
            near = day
            while not self.is_working_day(near):
                name = self._china.get(near)
                if name is not None and not name.startswith(_UNNAMED):
                    return name.removesuffix(_SUBSTITUTE)
                near += step
        return None

    def is_known(self, day: date) -> bool:
        """Every notice since 2023 has working weekends; without one the year is unpublished."""
        years = {day.year, (day + _NEW_YEAR).year}
        return all(self._has_notice(year) for year in years)

    def _has_notice(self, year: int) -> bool:
        self._china.get(date(year, 1, 1))  # The package fills a year when it is first asked.
        return any(
            each.year == year and (each.month, each.day) < (12, 25)
            for each in self._china.weekend_workdays
        )


def first_working_day(calendar: Calendar, day: date) -> date:
    """That day, or the next on which offices are open."""
    while not calendar.is_working_day(day):
        day += _DAY
    return day


def last_working_day(calendar: Calendar, day: date) -> date:
    """That day, or the last before it on which offices are open."""
    while not calendar.is_working_day(day):
        day -= _DAY
    return day
