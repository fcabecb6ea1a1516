"""Who has read which answer, when and with which result: reviews.yml and its checks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.knowledge.faults import Fault, raise_if_any
from bot.knowledge.file_reader import read_text
from bot.knowledge.yaml_reader import read_yaml

_FILE = "reviews.yml"
_RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One person's reading of one answer.

    `says` what was found, `mended_on` when that was mended.
    """

    topic: str
    by: str
    read_on: date
    result: str
    says: str | None
    mended_on: date | None


def load_readings(folder: Path) -> tuple[Reading, ...]:
    """Read reviews.yml; KnowledgeError with every fault when it cannot be used."""
    faults: list[Fault] = []
    text = read_text(folder, _FILE, faults)
    readings, more = ((), []) if text is None else read_readings(text)
    raise_if_any([*faults, *more])
    return readings or ()


def read_readings(
    text: str, topics: Collection[str] | None = None, today: date | None = None
) -> tuple[tuple[Reading, ...] | None, list[Fault]]:
    """What the file holds and its faults: unknown topics, days ahead, a finding without words."""
    data, lines, faults = read_yaml(text, _FILE, "reviews")
    if data is None:
        return None, faults
    readings = tuple(
        Reading(
            **{key: entry[key] for key in ("topic", "by", "read_on", "result")},
            says=entry.get("says"),
            mended_on=entry.get("mended_on"),
        )
        for entry in data
    )
    for number, reading in enumerate(readings):
        problems = _problems(reading, topics, today)
        faults += [Fault(_FILE, lines[number,], problem) for problem in problems]
    return readings, faults


def _problems(
    reading: Reading, topics: Collection[str] | None, today: date | None
) -> tuple[str, ...]:
    found = []
    if topics is not None and reading.topic not in topics:
        found.append(f"没有叫 {reading.topic} 的主题，请改正拼写。")
    if today is not None and max(reading.read_on, reading.mended_on or reading.read_on) > today:
        found.append("日期还没有到。只写真人已经读过的。")
    if reading.result != _RIGHT and reading.says is None:
        found.append("有不准、有错的，请在 says 写上是什么。")
    return tuple(found)
