"""The kept Book: taken where it fits, written anew everywhere else."""

import pickle
import re
from pathlib import Path
from shutil import copytree
from types import MappingProxyType

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.kept_book import fingerprint, kept_book, open_kept_book
from bot.knowledge.late_pattern import LatePattern
from bot.knowledge.library import Book, open_book
from tests.knowledge.folder import REAL


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copytree(REAL, tmp_path_factory.mktemp("whole") / "knowledge")


@pytest.fixture(scope="module")
def book(folder: Path) -> Book:
    return open_book(folder)


@pytest.fixture
def kept(tmp_path: Path, folder: Path, book: Book, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("bot.knowledge.kept_book.open_book", lambda _: book)
    file = tmp_path / "data" / "book.kept"
    assert open_kept_book(folder, file) is book
    return file


@pytest.fixture
def read_anew(monkeypatch: pytest.MonkeyPatch, book: Book) -> list[Path]:
    """The folders that were read word by word from now on."""
    read: list[Path] = []
    monkeypatch.setattr(
        "bot.knowledge.kept_book.open_book", lambda folder: read.append(folder) or book
    )
    return read


def test_what_is_taken_is_what_was_read(
    folder: Path, kept: Path, book: Book, read_anew: list[Path]
) -> None:
    assert open_kept_book(folder, kept) == book
    assert read_anew == []


def test_what_was_read_only_stays_read_only(folder: Path, kept: Path) -> None:
    taken = kept_book(folder, kept)
    assert taken is not None
    conditions = [each for step in taken.advice.steps for each in step.when]
    assert conditions
    assert all(isinstance(each, MappingProxyType) for each in conditions)


def test_its_patterns_are_compiled_when_first_used(folder: Path, kept: Path, book: Book) -> None:
    taken = kept_book(folder, kept)
    assert taken is not None
    late, known = taken.shapes.gone, book.shapes.gone
    assert isinstance(late, LatePattern)
    assert "search" not in vars(late)
    assert late == known
    assert hash(late) == hash(LatePattern(known.pattern, known.flags))
    assert late != re.compile("别的")
    assert (late.search("我已经转过去了") is None) == (known.search("我已经转过去了") is None)
    assert late.groupindex == known.groupindex
    assert "search" in vars(late)


def test_a_changed_word_is_read_anew(kept: Path, folder: Path, tmp_path: Path) -> None:
    changed = copytree(folder, tmp_path / "changed")
    before = fingerprint(changed)
    topic = changed / "topics" / "call_hours.md"
    topic.write_text(topic.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert fingerprint(changed) != before
    assert kept_book(changed, kept) is None


def test_another_python_reads_anew(
    folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.version", "4.0")
    assert kept_book(folder, kept) is None


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "nonsense"])
def test_a_damaged_file_is_written_anew(
    folder: Path, kept: Path, read_anew: list[Path], damage: str
) -> None:
    whole = kept.read_bytes()
    damaged = {
        "cut": whole[:-100],
        "changed": whole[:-1] + bytes([whole[-1] ^ 1]),
        "empty": b"",
        "nonsense": pickle.dumps("a book"),
    }[damage]
    kept.write_bytes(damaged)
    open_kept_book(folder, kept)
    assert read_anew == [folder]
    assert kept.read_bytes()[:64] == whole[:64]


@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_what_another_could_have_written_is_not_believed(
    folder: Path, kept: Path, mode: int
) -> None:
    kept.chmod(mode)
    assert kept_book(folder, kept) is None


def test_a_folder_in_which_others_may_write_is_not_believed(folder: Path, kept: Path) -> None:
    kept.parent.chmod(0o777)
    assert kept_book(folder, kept) is None


def test_where_nothing_can_be_kept_it_is_read_each_time(
    folder: Path, tmp_path: Path, read_anew: list[Path]
) -> None:
    (tmp_path / "file").touch()
    for _ in range(2):
        open_kept_book(folder, tmp_path / "file" / "book.kept")
    assert read_anew == [folder, folder]


def test_a_folder_with_faults_is_not_kept(tmp_path: Path, folder: Path) -> None:
    broken = copytree(folder, tmp_path / "broken")
    (broken / "controls.yml").write_text("- 1", encoding="utf-8")
    with pytest.raises(KnowledgeError):
        open_kept_book(broken, tmp_path / "data" / "book.kept")
    assert not (tmp_path / "data").exists()
