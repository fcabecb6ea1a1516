"""Faults say file, line and cure, all in one go."""

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.faults import Fault, raise_if_any


def test_a_fault_names_its_file_and_line() -> None:
    assert str(Fault("topics/a.md", 4, "请改正拼写。")) == "topics/a.md 第 4 行：请改正拼写。"


def test_a_fault_of_a_whole_file_names_no_line() -> None:
    assert str(Fault("topics/a.md", 0, "找不到这个文件。")) == "topics/a.md：找不到这个文件。"


def test_no_fault_raises_nothing() -> None:
    raise_if_any([])


def test_all_faults_are_raised_at_once_in_order_and_once_each() -> None:
    late, early = Fault("b.md", 1, "乙。"), Fault("a.md", 2, "甲。")
    with pytest.raises(KnowledgeError) as raised:
        raise_if_any([late, early, late])
    assert str(raised.value) == "a.md 第 2 行：甲。\nb.md 第 1 行：乙。"
