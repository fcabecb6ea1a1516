"""Who read which answer: true readings only, each with its finding."""

from datetime import date
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.readings import Reading, load_readings, read_readings
from tests.knowledge.folder import REAL

_TODAY = date(2026, 12, 10)
_ENTRY = "- {topic: call_hours, by: 甲, read_on: 2026-12-05, result: imprecise, says: 改一句}\n"


def faults_of(text: str) -> list[str]:
    return [str(fault) for fault in read_readings(text, {"call_hours"}, _TODAY)[1]]


def test_a_reading_is_kept_with_its_finding() -> None:
    assert read_readings(_ENTRY, {"call_hours"}, _TODAY) == (
        (
            Reading(
                topic="call_hours",
                by="甲",
                read_on=date(2026, 12, 5),
                result="imprecise",
                says="改一句",
                mended_on=None,
            ),
        ),
        [],
    )


def test_the_file_of_this_repository_can_be_read() -> None:
    assert isinstance(load_readings(REAL), tuple)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("call_hours", "call_hour", "没有叫 call_hour 的主题，请改正拼写。"),
        ("2026-12-05", "2026-12-11", "日期还没有到。只写真人已经读过的。"),
        (", says: 改一句", "", "有不准、有错的，请在 says 写上是什么。"),
        ("imprecise", "good", "“result”只能是 right、imprecise、wrong 之一。"),
    ],
)
def test_what_cannot_be_is_a_fault(old: str, new: str, told: str) -> None:
    assert faults_of(_ENTRY.replace(old, new)) == [f"reviews.yml 第 1 行：{told}"]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"reviews\.yml：找不到这个文件。"):
        load_readings(tmp_path)
