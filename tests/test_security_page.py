"""SECURITY.md promises nothing without a test that is there."""

import re
from pathlib import Path

import pytest

from bot.settings import ROOT

PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
_TEST = re.compile(r"`(tests/[\w/]+\.py)`(?:\s*\(((?:`\w+`(?:, )?)+)\))?")


def threats() -> list[list[str]]:
    """The cells of each row of the table of threats."""
    table = PAGE.partition("| threat |")[2].partition("\n\n")[0]
    rows = [line.strip("|").split(" | ") for line in table.splitlines()[2:]]
    return [[cell.strip() for cell in row] for row in rows]


def test_each_threat_has_an_answer_and_a_test() -> None:
    assert len(threats()) > 30
    assert [row for row in threats() if len(row) != 3 or not all(row)] == []
    found = {row[0]: _TEST.search(row[2]) for row in threats()}
    assert [threat for threat, test in found.items() if test is None or test[2] is None] == []


def test_no_threat_is_told_twice() -> None:
    told = [row[0] for row in threats()]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("file", sorted({found[1] for found in _TEST.finditer(PAGE)}))
def test_each_file_that_is_named_has_tests(file: str) -> None:
    assert re.search(r"^(async )?def test_", _read(file), re.MULTILINE)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        (found[1], name)
        for found in _TEST.finditer(PAGE)
        for name in re.findall(r"`(\w+)`", found[2] or "")
    ],
)
def test_each_test_that_is_named_is_there(file: str, name: str) -> None:
    assert re.search(rf"^(async )?def {name}\(", _read(file), re.MULTILINE)


def _read(file: str) -> str:
    return (ROOT / Path(file)).read_text(encoding="utf-8")
