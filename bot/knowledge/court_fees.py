"""What courts charge, as frozen things with their days and articles; the reader of court_fees.yml.

Works out no fee.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from bot.concepts.citation import ArticleId
from bot.knowledge.base import Review
from bot.knowledge.faults import Fault, raise_if_any
from bot.knowledge.file_reader import read_text
from bot.knowledge.yaml_reader import read_yaml

FILE = "court_fees.yml"


@dataclass(frozen=True, slots=True)
class FeeStep:
    """A part of a graduated scale, in yuan: `each` for the whole case, or `percent` of the part.

    It goes up to `up_to`; the last step has no end.
    """

    up_to: Decimal | None
    each: Decimal | None
    percent: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeScale:
    """The steps from small to large, in force since a day; `at_most` caps the fee."""

    since: date
    source: ArticleId
    steps: tuple[FeeStep, ...]
    at_most: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeShare:
    """Which part of a fee is charged, in force since a day."""

    since: date
    source: ArticleId
    part: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeKind:
    """A fee: its scale, the share of it, and the shares that a procedure brings, in words.

    `says` tells who pays; `letter` is the letter that asks for relief.
    """

    id: str
    title: str
    button: str
    scale: str
    share: str | None
    reductions: Mapping[str, str]
    says: tuple[str, ...]
    letter: str | None
    next: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtFeeBook:
    """All of court_fees.yml; histories are oldest first."""

    scales: Mapping[str, tuple[FeeScale, ...]]
    shares: Mapping[str, tuple[FeeShare, ...]]
    kinds: Mapping[str, FeeKind]
    words: Mapping[str, str]
    review: Review
    text: str

    def scale_on(self, name: str, day: date) -> FeeScale | None:
        """The scale in force on that day; None before the first."""
        return next((each for each in reversed(self.scales[name]) if each.since <= day), None)

    def share_on(self, name: str, day: date) -> FeeShare | None:
        """The share in force on that day; None before the first."""
        return next((each for each in reversed(self.shares[name]) if each.since <= day), None)


def load_court_fees(folder: Path) -> CourtFeeBook:
    """Read knowledge/court_fees.yml; KnowledgeError with every fault when it cannot be used."""
    found: list[Fault] = []
    text = read_text(folder, FILE, found)
    raise_if_any(found)
    book, faults = read_court_fees(text or "")
    raise_if_any(faults)
    if book is None:
        raise AssertionError(FILE)
    return book


def read_court_fees(text: str) -> tuple[CourtFeeBook | None, list[Fault]]:
    """Read the text of court_fees.yml and say what is wrong with its shape."""
    data, lines, faults = read_yaml(text, FILE, "court_fees")
    if data is None:
        return None, faults
    for name, history in data["scales"].items():
        for day, entry in history.items():
            if problem := _steps_problem(entry["steps"]):
                faults.append(Fault(FILE, lines["scales", name, day], f"{name}：{problem}"))
    for index, entry in enumerate(data["kinds"]):
        named = [(entry["scale"], "scales"), *((each, "shares") for each in entry["reductions"])]
        named += [(entry["share"], "shares")] if "share" in entry else []
        for name, table in named:
            if name not in data[table]:
                message = f"{table} 里没有 {name}，请改正拼写。"
                faults.append(Fault(FILE, lines["kinds", index], message))
    book = CourtFeeBook(
        scales={name: _history(history, _scale) for name, history in data["scales"].items()},
        shares={name: _history(history, _share) for name, history in data["shares"].items()},
        kinds={entry["id"]: _kind(entry) for entry in data["kinds"]},
        words=data["words"],
        review=Review(data["reviewed_on"], data["review_by"]),
        text=text,
    )
    return book, faults


def _steps_problem(steps: list[Mapping[str, Any]]) -> str | None:
    """What keeps a scale from covering every sum once."""
    ends: list[int] = [step["up_to"] for step in steps if "up_to" in step]
    if "up_to" in steps[-1] or len(ends) < len(steps) - 1:
        return "只有最后一段不写 up_to。"
    if sorted(set(ends)) != ends:
        return "up_to 要从小到大。"
    if any(("each" in step) == ("percent" in step) for step in steps):
        return "每一段写 each 或 percent，只写一个。"
    return None


def _history(history: Mapping[str, Any], read: Any) -> tuple[Any, ...]:
    return tuple(read(date.fromisoformat(day), history[day]) for day in sorted(history))


def _scale(since: date, entry: Mapping[str, Any]) -> FeeScale:
    return FeeScale(
        since=since,
        source=ArticleId.parse(entry["source"]),
        steps=tuple(
            FeeStep(*(_number(step.get(key)) for key in ("up_to", "each", "percent")))
            for step in entry["steps"]
        ),
        at_most=_number(entry.get("at_most")),
    )


def _share(since: date, entry: Mapping[str, Any]) -> FeeShare:
    source = ArticleId.parse(entry["source"])
    return FeeShare(since=since, source=source, part=Fraction(entry["part"]))


def _kind(entry: Mapping[str, Any]) -> FeeKind:
    return FeeKind(
        share=entry.get("share"),
        says=tuple(entry["says"]),
        next=tuple(entry["next"]),
        **{name: entry[name] for name in _PLAIN},
    )


_PLAIN = ("id", "title", "button", "scale", "reductions", "letter")


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
