"""One file with the database and its key, made while the bot runs; and back again.

Whoever has the file can read everything in it: it holds both. It knows SQLite only; a server
database has tools of its own, and only the key is to be kept beside its dump.
"""

import io
import json
import os
import shutil
import sqlite3
import tarfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import make_url

from bot.errors import StorageError
from bot.private_files import make_private_folder, take_from_others
from bot.storage.sqlite import is_in_memory, is_sqlite

KEY, DATABASE, SUMS = "secret", "zhiquan.db", "sums.json"
_NAMES = (DATABASE, KEY, SUMS)
_LARGEST = 64 * 2**30
"""Bytes of a file in a backup; more is no database of ours."""


def back_up(url: str, key: Path, to: Path) -> None:
    """Write a new file with the database as it is now, and the key; StorageError.

    It is the state between two transactions; a bot that runs goes on.
    """
    database = _file_of(url)
    for needed in (database, key):
        if not needed.is_file():
            raise StorageError(f"There is nothing to back up: {needed} is missing.")
    try:
        with TemporaryDirectory(prefix=".backup", dir=to.absolute().parent) as folder:
            copied = Path(folder, DATABASE)
            _copy(database, copied)
            _pack(Path(folder, "all"), {DATABASE: copied, KEY: key})
            # In one step, and never over another backup.
            os.link(Path(folder, "all"), to)
    except FileExistsError as error:
        raise StorageError(f"{to} is there already; name a new file.") from error
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"The backup {to} could not be written: {error}.") from error


def restore(file: Path, url: str, key: Path) -> None:
    """Put database and key where the settings say; StorageError. Nothing is ever overwritten."""
    database = _file_of(url)
    for taken in (database, key):
        if taken.exists():
            raise StorageError(
                f"{taken} is there already. Restore into an empty data folder (ZHIQUAN_DATA), or "
                "move this one away first."
            )
    try:
        make_private_folder(database.parent)
        if not key.parent.exists():
            make_private_folder(key.parent)
        with (
            TemporaryDirectory(prefix=".restore", dir=database.parent) as folder,
            TemporaryDirectory(prefix=".restore", dir=key.parent) as beside,
        ):
            _unpack(file, Path(folder))
            _refuse_damaged(Path(folder, DATABASE))
            # The key first: a database without it would be answered by a new key.
            # Perhaps on another disk, where no link reaches.
            _move(Path(shutil.copy(Path(folder, KEY), beside)), key)
            _move(Path(folder, DATABASE), database)
    except (OSError, EOFError, tarfile.TarError, sqlite3.Error, ValueError, KeyError) as error:
        raise StorageError(f"{file} is no whole backup of zhiquan: {error}.") from error


def _file_of(url: str) -> Path:
    address = make_url(url)
    if not is_sqlite(address) or is_in_memory(address) or not address.database:
        raise StorageError(
            "This command knows only SQLite. Back up a database server with its own tools "
            "(pg_dump), and keep the key: ZHIQUAN_SECRET_FILE, or `secret` in the data folder."
        )
    return Path(address.database).absolute()


def _copy(database: Path, to: Path) -> None:
    """SQLite's own online copy: it waits for nobody and takes a whole state."""
    with (
        closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(to)) as copied,
    ):
        source.backup(copied)
        # A single file: a log beside it would be left behind.
        copied.execute("PRAGMA journal_mode = DELETE")


def _pack(archive: Path, files: dict[str, Path]) -> None:
    sums = {name: sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    listed = json.dumps(sums).encode()
    with archive.open("xb") as whole, tarfile.open(fileobj=whole, mode="w:gz") as packed:
        head = tarfile.TarInfo(SUMS)
        head.size = len(listed)
        packed.addfile(head, io.BytesIO(listed))
        for name, path in files.items():
            packed.add(path, arcname=name, recursive=False)
    archive.chmod(0o600)


def _unpack(file: Path, folder: Path) -> None:
    """Only the files that we put in, only when each is what was put in."""
    with tarfile.open(file, mode="r:gz") as packed:
        for member in packed:
            if member.name not in _NAMES or not member.isreg() or member.size > _LARGEST:
                raise ValueError(f"it holds {member.name!r}")
            packed.extract(member, folder, filter="data")
    sums = json.loads((folder / SUMS).read_text(encoding="utf-8"))
    for name in (DATABASE, KEY):
        if sha256((folder / name).read_bytes()).hexdigest() != sums[name]:
            raise ValueError(f"{name} is damaged")


def _refuse_damaged(database: Path) -> None:
    with closing(sqlite3.connect(database)) as opened:
        (said,) = opened.execute("PRAGMA integrity_check").fetchone()
    if said != "ok":
        raise ValueError("the database in it is damaged")


def _move(path: Path, to: Path) -> None:
    take_from_others([path])
    # Not a rename: it would overwrite what came there meanwhile.
    os.link(path, to)
