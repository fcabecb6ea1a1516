"""`zhiquan check` looks at every file; none of them, however spoilt, is a stack trace."""

from pathlib import Path
from shutil import rmtree

import pytest

from bot.knowledge.folder_check import check_folder
from tests.knowledge.folder import REAL, REVIEW_DAY, copy_of_real

_FILES = sorted(path.name for path in REAL.glob("*.yml"))
_NEEDED = [file for file in _FILES if file != "people.yml"]
"""Without people.yml there is no lawyer, and all else works."""

_SPOILT = [*_FILES, "forms/check_call.yml", "letters/object_to_debt/letter.yml"]


_ENDS = ("contacts.yml", "tasks.yml", "talk.yml", "menu.yml", "differences.yml")
"""Many other files name what stands in these."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of_real(tmp_path / "knowledge")


def faults_in(folder: Path) -> list[str]:
    return list(map(str, check_folder(folder, REVIEW_DAY)))


def test_the_whole_folder_has_no_fault_on_its_review_day() -> None:
    assert faults_in(REAL) == []


def test_a_folder_without_anything_names_every_file(tmp_path: Path) -> None:
    told = "\n".join(faults_in(tmp_path))
    assert [file for file in _NEEDED if f"{file}：找不到这个文件。" not in told] == []


@pytest.mark.parametrize("file", _ENDS)
def test_a_file_that_is_gone_is_told_once_and_not_wherever_it_is_named(
    folder: Path, file: str
) -> None:
    (folder / file).unlink()
    assert faults_in(folder) == [f"{file}：找不到这个文件。"]


def test_every_file_in_another_encoding_is_told(folder: Path) -> None:
    for file in _SPOILT:
        text = (folder / file).read_text("utf-8")
        (folder / file).write_bytes(text.encode("gb18030"))
    told = faults_in(folder)
    unreadable = [f"{file}：存成了 GBK（记事本里叫 ANSI）。" for file in _SPOILT]
    assert [each for each in unreadable if not any(one.startswith(each) for one in told)] == []


def test_every_file_that_is_no_yaml_is_told_with_its_line(folder: Path) -> None:
    for file in _SPOILT:
        (folder / file).write_text("# 说明\na: [1\n", "utf-8")
    told = [each for each in faults_in(folder) if "格式读不懂" in each]
    assert [file for file in _SPOILT if not any(f"{file} 第 " in each for each in told)] == []


def test_every_empty_file_is_told(folder: Path) -> None:
    for file in _SPOILT:
        (folder / file).write_bytes(b"")
    told = faults_in(folder)
    assert [file for file in _SPOILT if not any(each.startswith(file) for each in told)] == []


def test_a_kind_of_file_of_which_there_is_none_is_told(folder: Path) -> None:
    kinds = ("laws", "figures", "topics")
    for kind in kinds:
        rmtree(folder / kind)
    told = faults_in(folder)
    assert [kind for kind in kinds if not any(each.startswith(f"{kind}/*") for each in told)] == []
