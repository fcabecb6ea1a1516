"""The days of holidays, to guess which day 国庆 or 春节 means. Not for reckoning deadlines."""

from datetime import date

_FIXED = {
    "元旦": (1, 1), "情人节": (2, 14), "妇女节": (3, 8), "清明": (4, 5), "五一": (5, 1),
    "劳动节": (5, 1), "六一": (6, 1), "儿童节": (6, 1), "教师节": (9, 10), "国庆": (10, 1),
    "双十一": (11, 11), "双11": (11, 11), "双十二": (12, 12), "双12": (12, 12),
    "平安夜": (12, 24), "圣诞": (12, 25), "跨年夜": (12, 31),
}  # fmt: skip
_SPRING = {
    2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26),
    2029: (2, 13), 2030: (2, 3), 2031: (1, 23),
}  # fmt: skip
_DRAGON_BOAT = {
    2023: (6, 22), 2024: (6, 10), 2025: (5, 31), 2026: (6, 19), 2027: (6, 9), 2028: (5, 28),
    2029: (6, 16), 2030: (6, 5), 2031: (6, 24),
}  # fmt: skip
_MID_AUTUMN = {
    2023: (9, 29), 2024: (9, 17), 2025: (10, 6), 2026: (9, 25), 2027: (9, 15), 2028: (10, 3),
    2029: (9, 22), 2030: (9, 12), 2031: (10, 1),
}  # fmt: skip
_OF_THE_MOON = {
    "春节": _SPRING, "过年": _SPRING, "大年初一": _SPRING,
    "端午": _DRAGON_BOAT, "中秋": _MID_AUTUMN,
}  # fmt: skip

NAMES = "|".join(sorted((*_FIXED, *_OF_THE_MOON), key=len, reverse=True))
"""A pattern of all names."""


def holiday(name: str, year: int) -> date | None:
    """The day on which it falls or begins; None for years that are not in the table."""
    if name in _FIXED:
        return date(year, *_FIXED[name])
    falls = _OF_THE_MOON[name].get(year)
    return date(year, *falls) if falls else None
