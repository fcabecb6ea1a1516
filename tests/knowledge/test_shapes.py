"""The shapes of short messages are read; what they lead to must be there."""

from pathlib import Path

import pytest

from bot.knowledge.faults import Fault
from bot.knowledge.shapes import FILE, NO_SHAPES, check_shapes, read_shapes
from tests.knowledge.folder import REAL, real_knowledge


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / FILE).write_text((REAL / FILE).read_text("utf-8"), "utf-8")
    return tmp_path


def test_the_real_file_has_no_fault() -> None:
    assert read_shapes(REAL)[1] == []
    assert list(check_shapes(REAL, real_knowledge())) == []


def test_without_the_file_nothing_has_a_shape(tmp_path: Path) -> None:
    assert read_shapes(tmp_path) == (NO_SHAPES, [Fault(FILE, 0, "找不到这个文件。")])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("\n  why:", "\n  whose:", "没有叫 whose 的方面"),
        ("[respond_to_call, write_letter]", "[respond_to_cal]", "没有叫 respond_to_cal 的"),
        ("relative: family_liability", "relative: family", "没有叫 family 的主题"),
        ("\n  budget_advice:", "\n  budget_advise:", "没有叫 budget_advise 的"),
        ("\n  summons: answer", "\n  sumons: answer", "没有叫 sumons 的文书"),
        ("decisions: [ruling,", "decisions: [rulling,", "没有叫 rulling 的文书"),
    ],
)
def test_what_leads_nowhere_is_a_fault(folder: Path, old: str, new: str, says: str) -> None:
    path = folder / FILE
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert any(says in each.message for each in check_shapes(folder, real_knowledge()))
