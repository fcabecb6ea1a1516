"""A backup holds all and its key, and goes back whole or not at all."""

import errno
import io
import os
import stat
import tarfile
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.storage.backup import back_up, restore
from bot.storage.contact_records import ContactRecords
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from tests.storage.days import NOON
from tests.storage.people import CALL, LI, SECRET


@pytest.fixture
def url(file: Path) -> str:
    """A file can be copied; of a server the command knows nothing but the key."""
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
def key(file: Path) -> Path:
    file.parent.mkdir(parents=True)
    key = file.with_name("secret")
    key.write_bytes(SECRET)
    return key


@pytest.fixture
async def kept(url: str, key: Path, tmp_path: Path) -> Path:
    """A backup that was made while the database was open and written to."""
    database = await Database.open(url)
    await ContactRecords(database, FreeTextCipher(SECRET)).add(LI, CALL, NOON)
    back_up(url, key, tmp_path / "kept.tar.gz")
    await database.close()
    return tmp_path / "kept.tar.gz"


def elsewhere(tmp_path: Path) -> tuple[str, Path]:
    folder = tmp_path / "elsewhere"
    return f"sqlite+aiosqlite:///{folder / 'zhiquan.db'}", folder / "secret"


async def test_what_was_backed_up_opens_elsewhere_with_its_key(kept: Path, tmp_path: Path) -> None:
    url, key = elsewhere(tmp_path)
    restore(kept, url, key)
    assert key.read_bytes() == SECRET
    database = await Database.open(url)
    (record,) = await ContactRecords(database, FreeTextCipher(SECRET)).of(LI)
    await database.close()
    assert record.record == CALL


def test_only_the_owner_may_read_it_and_what_comes_out(kept: Path, tmp_path: Path) -> None:
    url, key = elsewhere(tmp_path)
    restore(kept, url, key)
    rights = [path.stat().st_mode for path in (kept, key, key.with_name("zhiquan.db"))]
    assert {stat.S_IMODE(each) for each in rights} == {0o600}
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    assert sorted(path.name for path in key.parent.iterdir()) == ["secret", "zhiquan.db"]


def test_the_key_may_lie_on_another_disk(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, disk = os.link, tmp_path / "disk"

    def link_on_one_disk(source: Path, target: Path) -> None:
        if (disk in Path(source).parents) != (disk in Path(target).parents):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        link(source, target)

    monkeypatch.setattr(os, "link", link_on_one_disk)
    url, _ = elsewhere(tmp_path)
    restore(kept, url, disk / "secret")
    assert (disk / "secret").read_bytes() == SECRET
    assert stat.S_IMODE((disk / "secret").stat().st_mode) == 0o600
    assert [each.name for each in disk.iterdir()] == ["secret"]


def test_nothing_is_overwritten(kept: Path, url: str, key: Path) -> None:
    before = kept.read_bytes()
    with pytest.raises(StorageError, match="already"):
        back_up(url, key, kept)
    with pytest.raises(StorageError, match="already"):
        restore(kept, url, key)
    assert (kept.read_bytes(), key.read_bytes()) == (before, SECRET)


def test_without_a_database_there_is_nothing_to_back_up(
    url: str, key: Path, tmp_path: Path
) -> None:
    with pytest.raises(StorageError, match="nothing to back up"):
        back_up(url, key, tmp_path / "kept.tar.gz")


def test_a_server_database_has_its_own_tools(key: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="pg_dump"):
        back_up("postgresql+asyncpg://someone@host/name", key, tmp_path / "kept.tar.gz")


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_half_a_backup_restores_nothing(kept: Path, tmp_path: Path, share: float) -> None:
    content = kept.read_bytes()
    kept.write_bytes(content[: int(len(content) * share)])
    url, key = elsewhere(tmp_path)
    with pytest.raises(StorageError, match="no whole backup"):
        restore(kept, url, key)
    assert list(key.parent.iterdir()) == []


@pytest.mark.parametrize("name", ["../outside", "/outside", "other"])
def test_a_foreign_file_in_it_is_refused(tmp_path: Path, name: str) -> None:
    forged = tmp_path / "forged.tar.gz"
    with tarfile.open(forged, "w:gz") as packed:
        entry = tarfile.TarInfo(name)
        entry.size = 3
        packed.addfile(entry, io.BytesIO(b"bad"))
    url, key = elsewhere(tmp_path)
    with pytest.raises(StorageError, match="no whole backup"):
        restore(forged, url, key)
    assert list(key.parent.iterdir()) == []
    assert not (tmp_path / "outside").exists()


def test_a_changed_key_is_noticed(kept: Path, tmp_path: Path) -> None:
    forged = tmp_path / "forged.tar.gz"
    with tarfile.open(kept) as packed, tarfile.open(forged, "w:gz") as written:
        for member in packed:
            content = packed.extractfile(member).read()  # type: ignore[union-attr]
            content = bytes(len(content)) if member.name == "secret" else content
            written.addfile(member, io.BytesIO(content))
    url, key = elsewhere(tmp_path)
    with pytest.raises(StorageError, match="secret is damaged"):
        restore(forged, url, key)
