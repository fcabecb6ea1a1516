"""How an answer was understood, in a few signs to show at once: 30元×30＝900元, 周六 23:30."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.facts.amounts import Amount
from bot.facts.periods import DAY, MONTH, ONCE, WEEK, YEAR

_WEEKDAYS = "一二三四五六日"
_RECKONED = {DAY: "×30", WEEK: "×4", YEAR: "÷12", MONTH: "", ONCE: ""}


def yuan(value: Decimal) -> str:
    """A sum without needless places."""
    return f"{value:,.2f}".removesuffix(".00").replace(",", "") + "元"


def amounts_text(amounts: Sequence[Amount], value: Decimal) -> str:
    """The sum, and what it was reckoned from."""
    parts = [f"{yuan(each.low)}{_RECKONED[each.period]}" for each in amounts]
    if len(parts) == 1 and parts[0] == yuan(value):
        return parts[0]
    return f"{'＋'.join(parts)}＝{yuan(value)}"


def range_text(low: Decimal, high: Decimal) -> str:
    """Both bounds."""
    return f"{yuan(low).removesuffix('元')}–{yuan(high)}"


def day_text(day: date, time: str = "") -> str:
    """The day with its year and its weekday."""
    weekday = _WEEKDAYS[day.weekday()]
    return f"{day.year}年{day.month}月{day.day}日（周{weekday}）{time}"
