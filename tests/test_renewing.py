"""A running bot speaks changed words within seconds, and keeps back what is faulty."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from types import SimpleNamespace
from typing import Any, cast

import pytest

import bot.renewing
from bot.concepts.clock import now
from bot.edition import Edition, Editions
from bot.knowledge.faults import Fault
from bot.knowledge.kept_book import fingerprint, open_kept_book
from bot.knowledge.library import Book
from bot.knowledge.version import Version, version_of
from bot.live_note import LiveNote, read_live_note, write_live_note
from bot.renewing import Ahead, ReadAhead, Renewal, open_book_to_speak
from bot.settings import ROOT

FAULT = Fault("topics/a.md", 3, "不要说“保证”。")


class FakeReadAhead:
    """Takes the one file of the folder for the book."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.faults: tuple[Fault, ...] = ()
        self.is_usable = True
        self.times = 0
        self.meanwhile: list[str] = []

    async def __call__(self) -> Ahead | None:
        self.times += 1
        if self.meanwhile:
            write(self._folder, self.meanwhile.pop(0))
        mark = fingerprint(self._folder).hex()
        return Ahead(mark=mark, faults=self.faults, is_usable=self.is_usable)

    def book(self) -> Book:
        return cast("Book", (self._folder / "a.md").read_text("utf-8"))


class Running:
    """A bot whose whole book is one text."""

    def __init__(self, tmp_path: Path) -> None:
        self.folder, self.data = tmp_path / "knowledge", tmp_path / "data"
        self.folder.mkdir(exist_ok=True)
        write(self.folder, "旧")
        self.editions = Editions(edition(cast("Book", "旧"), version_of(self.folder)))
        self.ahead = FakeReadAhead(self.folder)
        self.renewal = self.started()

    def started(self) -> Renewal:
        return Renewal(
            folder=self.folder,
            data=self.data,
            editions=self.editions,
            make=edition,
            read_ahead=cast("ReadAhead", self.ahead),
            models=None,
        )

    @property
    def speaks(self) -> Any:
        return self.editions.current.book

    async def look(self, times: int = 2) -> None:
        for _ in range(times):
            await self.renewal.look()


def edition(book: Book, version: Version) -> Edition:
    return cast("Edition", SimpleNamespace(book=book, version=version))


def write(folder: Path, text: str) -> None:
    (folder / "a.md").write_text(text, encoding="utf-8")


@pytest.fixture
def running(tmp_path: Path) -> Running:
    return Running(tmp_path)


def reasons(running: Running) -> Sequence[str]:
    note = read_live_note(running.data)
    return note.kept_back.reasons if note and note.kept_back else ()


async def test_what_has_not_changed_is_not_read(running: Running) -> None:
    await running.look(5)
    assert running.ahead.times == 0


async def test_changed_words_are_spoken_and_noted(running: Running) -> None:
    write(running.folder, "新的")
    await running.look()
    note = read_live_note(running.data)
    assert running.speaks == "新的"
    assert note is not None
    assert note.version == running.editions.current.version
    assert note.kept_back is None


async def test_a_file_that_is_being_written_is_waited_for(running: Running) -> None:
    for text in ("新", "新的", "新的话"):
        write(running.folder, text)
        await running.look(1)
    assert running.ahead.times == 0
    await running.look(1)
    assert running.speaks == "新的话"


async def test_what_changes_while_it_is_read_is_read_again(running: Running) -> None:
    write(running.folder, "新的")
    running.ahead.meanwhile = ["更新的话"]
    await running.look(2)
    assert running.speaks == "旧"
    await running.look(2)
    assert running.speaks == "更新的话"


async def test_what_is_faulty_is_kept_back_with_the_reason_until_it_is_mended(
    running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    write(running.folder, "保证")
    running.ahead.faults = (FAULT,)
    await running.look(5)
    assert running.speaks == "旧"
    assert running.ahead.times == 1
    assert reasons(running) == ("topics/a.md 第 3 行：不要说“保证”。",)
    assert "knowledge_kept_back" in capsys.readouterr().out

    write(running.folder, "改好了")
    running.ahead.faults = ()
    await running.look()
    assert running.speaks == "改好了"
    assert reasons(running) == ()


async def test_what_was_wrong_with_the_spoken_words_already_holds_nothing_up(
    running: Running,
) -> None:
    spoken = running.editions.current.version
    note = LiveNote(version=spoken, since=now(), mark="", faults=(FAULT,))
    write_live_note(running.data, note)
    running.ahead.faults = (replace(FAULT, line=9),)

    write(running.folder, "别处改了")
    await running.look()

    assert running.speaks == "别处改了"


async def test_words_for_another_program_wait_for_its_start(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.renewing, "code_fingerprint", lambda: b"other")
    write(running.folder, "新的")
    await running.look()
    assert running.speaks == "旧"
    assert "重新启动" in reasons(running)[0]


async def test_a_reader_that_fails_leaves_the_former_words(running: Running) -> None:
    async def fails() -> None:
        return None

    running.renewal._read_ahead = cast("ReadAhead", fails)
    write(running.folder, "新的")
    await running.look()
    assert running.speaks == "旧"
    assert reasons(running) == ("没能读完，原因在日志里。",)


async def test_what_is_wrong_at_the_start_is_found_out_and_holds_nothing_up(
    running: Running,
) -> None:
    running.ahead.faults = (FAULT,)
    await running.renewal.note_start()
    await running.renewal.note_start()
    assert running.ahead.times == 1

    write(running.folder, "别处改了")
    await running.look()

    assert running.speaks == "别处改了"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The whole knowledge, to be changed."""
    return copytree(ROOT / "knowledge", tmp_path / "knowledge")


async def test_the_real_folder_is_read_ahead_in_another_process(
    copied: Path, tmp_path: Path
) -> None:
    ahead = ReadAhead(copied, tmp_path / "book.kept", tmp_path / "parses.kept")
    path = copied / "utterances.yml"
    path.write_text(path.read_text("utf-8").replace("一个免费的程序", "一个不收钱的程序"), "utf-8")

    found = await ahead()

    assert found is not None
    assert found.is_usable
    assert found.faults == ()
    book = ahead.book()
    assert book is not None
    assert "一个不收钱的程序" in str(book.knowledge.utterances["about"].says)


async def test_a_start_after_words_were_kept_back_speaks_the_last_good_ones(
    copied: Path, tmp_path: Path
) -> None:
    kept, data = tmp_path / "data/book.kept", tmp_path / "data"
    good = open_kept_book(copied, kept)
    path = copied / "utterances.yml"
    words = path.read_text("utf-8")
    path.write_text(words.replace("一个免费的程序", "一个免费的好程序"), "utf-8")
    running = Running(tmp_path)
    running.renewal._folder, running.renewal._done = copied, ""
    running.ahead._folder = copied
    running.ahead.faults = (FAULT,)
    await running.look()

    book, _ = open_book_to_speak(copied, data, kept)

    assert book.knowledge.utterances["about"] == good.knowledge.utterances["about"]
