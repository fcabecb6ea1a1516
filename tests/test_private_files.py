"""What is private stays so, whatever the umask and whoever made the folder."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.private_files import make_private_file, make_private_folder, take_from_others


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_folder_is_open_to_its_owner_alone(tmp_path: Path) -> None:
    make_private_folder(tmp_path / "data")
    assert mode(tmp_path / "data") == 0o700


def test_an_older_folder_is_mended(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o755)
    make_private_folder(tmp_path / "data")
    assert mode(tmp_path / "data") == 0o700


def test_a_new_file_is_open_to_its_owner_alone(tmp_path: Path) -> None:
    make_private_file(tmp_path / "secret")
    assert mode(tmp_path / "secret") == 0o600


def test_an_older_file_keeps_its_words_and_loses_its_readers(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("words", encoding="utf-8")
    assert mode(file) == 0o666
    make_private_file(file)
    assert (mode(file), file.read_text(encoding="utf-8")) == (0o600, "words")


def test_the_owner_gets_no_right_that_was_taken_away(tmp_path: Path) -> None:
    file = tmp_path / "read_only"
    file.touch(mode=0o444)
    take_from_others([file])
    assert mode(file) == 0o400


def test_what_is_missing_is_passed_over(tmp_path: Path) -> None:
    take_from_others([tmp_path / "missing"])
    assert not (tmp_path / "missing").exists()


def test_a_folder_that_is_shared_on_purpose_stays_so(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    make_private_folder(shared)
    assert mode(shared) == 0o777 | stat.S_ISVTX


def test_the_end_of_a_link_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "theirs").touch(mode=0o644)
    (tmp_path / "link").symlink_to(tmp_path / "theirs")
    take_from_others([tmp_path / "link"])
    assert mode(tmp_path / "theirs") == 0o644
