"""Strict YAML: every text that is not what it should be is told with its line, in Chinese."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.faults import Fault
from bot.knowledge.yaml_reader import read_yaml

_CASES: Sequence[Mapping[str, str]] = yaml.safe_load(
    Path(__file__).with_name("yaml_faults.yml").read_text("utf-8")
)
_FIGURE = """\
description: 晚上几点以后
values:
  2026-01-30: {value: "22:00", source: a-law#一}
  2024-01-01: {value: 21, source: a-law#二}
reviewed_on: 2026-11-23
review_by: 2027-05-23
"""


def test_a_sound_text_becomes_what_it_says() -> None:
    read, _, faults = read_yaml(_FIGURE, "figures/a.yml", "figure")
    assert faults == []
    assert read == {
        "description": "晚上几点以后",
        "values": {
            "2026-01-30": {"value": "22:00", "source": "a-law#一"},
            "2024-01-01": {"value": 21, "source": "a-law#二"},
        },
        "reviewed_on": date(2026, 11, 23),
        "review_by": date(2027, 5, 23),
    }


def test_every_path_has_its_line() -> None:
    _, lines, _ = read_yaml(_FIGURE, "figures/a.yml", "figure")
    assert lines["values", "2024-01-01"] == 4
    assert lines["values", "2024-01-01", "source"] == 4
    assert lines["review_by",] == 6


def test_lines_count_from_where_the_text_stands_in_its_file() -> None:
    _, lines, faults = read_yaml("a: 1\n" + _FIGURE, "topics/a.md", "figure", first_line=2)
    assert lines["description",] == 3
    assert faults == [Fault("topics/a.md", 2, "不认识的键：a。请改正拼写或删去。")]


@pytest.mark.parametrize("case", _CASES, ids=[case["case"] for case in _CASES])
def test_a_fault_is_told_with_its_line(case: Mapping[str, str]) -> None:
    read, _, faults = read_yaml(case["text"], "figures/a.yml", "figure")
    assert read is None
    assert [(fault.file, fault.line) for fault in faults] == [("figures/a.yml", case["line"])]
    assert faults[0].message.startswith(case["message"])


def test_every_fault_of_a_text_is_told_at_once() -> None:
    text = _FIGURE.replace("description: 晚上几点以后", "descripton: 1").replace("22:00", "")
    _, _, faults = read_yaml(text.replace("2027-05-23", "明年"), "a.yml", "figure")
    assert list(map(str, faults)) == [
        "a.yml 第 1 行：不认识的键：descripton。请改正拼写或删去。",
        "a.yml 第 1 行：这里缺少 description，请补上。",
        "a.yml 第 6 行：“review_by”应当是日期（年-月-日）。",
    ]


def test_several_missing_keys_are_one_fault() -> None:
    _, _, faults = read_yaml("values: {2026-01-30: {value: 1}}", "a.yml", "figure")
    assert [fault.message for fault in faults] == [
        "“2026-01-30”缺少 source，请补上。",
        "这里缺少 description、reviewed_on、review_by，请补上。",
    ]


@given(st.text(alphabet="a:- \n\t{}[]\"'|>&*!%@`#?,0甲\x00\ufeff", max_size=40))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    read, _, faults = read_yaml(text, "a.yml", "figure")
    assert read is None
    assert faults
    assert all(fault.line >= 1 for fault in faults)
