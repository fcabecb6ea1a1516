"""Plain values out of a store that may be broken: None, or nothing, for what is no such value."""

from collections.abc import Callable, Mapping
from datetime import date


def whole(value: object) -> int | None:
    """A whole number."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def positive(value: object) -> int | None:
    """A whole number that is not below nought."""
    number = whole(value)
    return number if number is not None and number >= 0 else None


def months(value: object) -> float | None:
    """A number of months, be it a broken one."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if 0 <= value < float("inf") else None


def text(value: object) -> str | None:
    """Words."""
    return value if isinstance(value, str) and value else None


def sums(value: object) -> dict[str, int]:
    """Sums in yuan by name; what is none is left out."""
    told = value.items() if isinstance(value, Mapping) else ()
    read = ((name, positive(each)) for name, each in told if isinstance(name, str))
    return {name: each for name, each in read if each is not None}


def day(value: object) -> date | None:
    """A day."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def texts(value: object) -> tuple[str, ...]:
    """Several words, each once."""
    several = value if isinstance(value, list) else []
    return tuple(dict.fromkeys(each for each in several if isinstance(each, str) and each))


def one_of(*allowed: str) -> Callable[[object], str | None]:
    """Reads one of the words that are allowed."""
    return lambda value: value if isinstance(value, str) and value in allowed else None
