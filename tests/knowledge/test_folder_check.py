"""`zhiquan check` looks at every file; none of them, however spoilt, is a stack trace."""

from pathlib import Path
from shutil import rmtree

import pytest

from bot.knowledge.folder_check import check_folder
from tests.knowledge.folder import REAL, REVIEW_DAY, copy_of_real

_FILES = sorted(path.name for path in REAL.glob("*.yml"))
_OTHERS = ("forms/check_call.yml", "letters/object_to_debt/letter.yml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_real(tmp_path_factory.mktemp("copy") / "knowledge")


def faults_without(folder: Path, file: str, content: bytes | None) -> list[str]:
    """What is told when one file holds something else, or is gone; then it is put back."""
    path = folder / file
    kept = path.read_bytes()
    try:
        path.unlink() if content is None else path.write_bytes(content)
        return list(map(str, check_folder(folder, REVIEW_DAY)))
    finally:
        path.write_bytes(kept)


def test_the_whole_folder_has_no_fault_on_its_review_day() -> None:
    assert list(map(str, check_folder(REAL, REVIEW_DAY))) == []


def test_a_folder_without_anything_names_every_file(tmp_path: Path) -> None:
    told = "\n".join(map(str, check_folder(tmp_path, REVIEW_DAY)))
    assert [file for file in _FILES if f"{file}：找不到这个文件。" not in told] == []


@pytest.mark.parametrize("file", _FILES)
def test_a_file_that_is_gone_is_told_once(folder: Path, file: str) -> None:
    assert faults_without(folder, file, None) == [f"{file}：找不到这个文件。"]


@pytest.mark.parametrize("file", [*_FILES, *_OTHERS])
def test_a_file_in_another_encoding_is_told(folder: Path, file: str) -> None:
    content = (folder / file).read_text("utf-8").encode("gb18030")
    told = faults_without(folder, file, content)
    assert f"{file}：打不开。请存成 UTF-8 编码的纯文本。" in told


@pytest.mark.parametrize("file", [*_FILES, *_OTHERS])
def test_a_file_that_is_no_yaml_is_told_with_its_line(folder: Path, file: str) -> None:
    told = faults_without(folder, file, "# 说明\na: [1\n".encode())
    assert any(each.startswith(f"{file} 第 ") and "格式读不懂" in each for each in told)


@pytest.mark.parametrize("file", [*_FILES, *_OTHERS])
def test_an_empty_file_is_told(folder: Path, file: str) -> None:
    assert any(each.startswith(file) for each in faults_without(folder, file, b""))


@pytest.mark.parametrize("kind", ["laws", "figures", "topics"])
def test_a_folder_in_the_folder_that_is_gone_is_told(tmp_path: Path, kind: str) -> None:
    folder = copy_of_real(tmp_path / "knowledge")
    rmtree(folder / kind)
    told = list(map(str, check_folder(folder, REVIEW_DAY)))
    assert any(each.startswith(f"{kind}/*") for each in told)
