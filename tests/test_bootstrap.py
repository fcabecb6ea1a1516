"""The parts are built and joined, and ended together."""

import asyncio
import errno
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from bot.bootstrap import MessageEraser, open_program, open_understanding, read_or_make_key
from bot.concepts.clock import now
from bot.errors import SettingsError, StorageError
from tests.rasa_stand_in import RasaStandIn


def test_the_clock_is_that_of_shanghai() -> None:
    assert now().utcoffset() == timedelta(hours=8)


def test_a_key_is_made_once_and_is_ours_alone(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "secret"
    key = read_or_make_key(path)
    assert len(key) == 32
    assert read_or_make_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_of_bots_that_start_together_one_makes_the_key_and_all_have_it(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "secret"
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: read_or_make_key(path), range(8)))
    assert len(keys) == 1
    assert [each.name for each in path.parent.iterdir()] == ["secret"]


def test_two_folders_have_two_keys(tmp_path: Path) -> None:
    assert read_or_make_key(tmp_path / "a") != read_or_make_key(tmp_path / "b")


def test_a_start_that_was_cut_off_leaves_no_half_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.write_bytes

    def half(path: Path, content: bytes) -> int:
        whole(path, content[:16])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", half)
        with pytest.raises(StorageError, match="ZHIQUAN_SECRET_FILE"):
            read_or_make_key(tmp_path / "secret")
    assert list(tmp_path.iterdir()) == []
    assert len(read_or_make_key(tmp_path / "secret")) == 32


def test_a_file_system_without_links_holds_a_key_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, _target: Path) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    key = read_or_make_key(tmp_path / "secret")
    assert len(key) == 32
    assert read_or_make_key(tmp_path / "secret") == key
    assert [each.name for each in tmp_path.iterdir()] == ["secret"]


def test_a_key_of_another_place_is_made_private_and_its_folder_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    path = tmp_path / "secret"
    path.write_bytes(bytes(32))
    path.chmod(0o644)
    read_or_make_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_a_data_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError) as raised:
        read_or_make_key(tmp_path / "file" / "secret")
    assert str(tmp_path / "file") in str(raised.value)
    assert "ZHIQUAN_DATA" in str(raised.value)


async def test_before_a_channel_is_connected_nothing_is_deleted() -> None:
    assert await MessageEraser()("42", (1, 2)) == 0


async def test_a_connected_channel_deletes() -> None:
    asked: list[tuple[str, tuple[int, ...]]] = []

    async def delete(address: str, message_ids: tuple[int, ...]) -> int:
        asked.append((address, message_ids))
        return len(message_ids)

    eraser = MessageEraser()
    eraser.connect(delete)
    assert await eraser("42", (1, 2)) == 2
    assert asked == [("42", (1, 2))]


async def test_a_program_that_ends_at_once_leaves_nothing_running(tmp_path: Path) -> None:
    # A task that was still at the database when that closed once kept the process from ending.
    rasa = RasaStandIn()
    for _ in range(3):
        async with open_program(rasa.settings(tmp_path)):
            pass
    await rasa.die()
    names = {task.get_coro().__qualname__ for task in asyncio.all_tasks()}  # type: ignore[union-attr]
    assert "keep_house" not in names


async def test_the_menu_is_one_of_the_things_to_say(tmp_path: Path) -> None:
    rasa = RasaStandIn()
    async with open_program(rasa.settings(tmp_path)) as program:
        assert program.say("menu") == program.pages.menu()
        assert program.say("help") == program.pages.utterance("help")
        await program.wait_until_it_listens()
    await rasa.die()


async def test_rasa_alone_can_be_asked(tmp_path: Path) -> None:
    rasa = RasaStandIn()
    async with open_understanding(rasa.settings(tmp_path)) as understanding:
        assert (await understanding.understand("半夜打电话")).topic == "call_hours"
    await rasa.die()


async def test_an_older_data_folder_is_mended_at_the_start(tmp_path: Path) -> None:
    rasa, data = RasaStandIn(), tmp_path / "data"
    (data / "documents").mkdir(parents=True)
    names = ("zhiquan.db", "rasa.log", "telegram.lock", "documents/letter.docx")
    (data / "secret").write_bytes(bytes(32))
    for name in names:
        (data / name).touch()
    for path in (data, *data.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    async with open_program(rasa.settings(data)):
        kept = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data.rglob("*")}
    await rasa.die()
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert kept.pop("documents") == 0o700
    assert {"zhiquan.db", "zhiquan.db-wal", "zhiquan.db-shm", "secret"} < set(kept)
    assert set(kept.values()) == {0o600}


async def test_a_wrong_token_of_rasa_is_told_at_the_start(tmp_path: Path) -> None:
    rasa = RasaStandIn()
    rasa.status = 401
    with pytest.raises(SettingsError, match="refuses RASA_TOKEN"):
        async with open_program(rasa.settings(tmp_path)):
            pass
    await rasa.die()
