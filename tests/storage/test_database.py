"""Opening, migrating, and the sentences for what can go wrong."""

import os
import random
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from bot.concepts.missed import Missed, MissKind
from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.feedback_records import FeedbackRecords
from bot.storage.missed_records import MissedRecords
from tests.databases import ON_POSTGRESQL, ON_SQLITE
from tests.storage.days import MONDAY


async def ask(database: Database, sql: str) -> object:
    async with database.transaction() as connection:
        return await connection.scalar(text(sql))


def missed(words: str) -> Missed:
    kind = MissKind.NOT_UNDERSTOOD
    return Missed(sender="1", kind=kind, text=words, guesses=(), on=MONDAY)


def mode_of(url: str) -> int:
    return stat.S_IMODE(Path(url.partition("///")[2]).stat().st_mode)


@pytest.fixture
def older_file(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    file.chmod(0o644)


async def refusal(url: str) -> str:
    with pytest.raises(StorageError) as caught:
        await Database.open(url)
    return str(caught.value)


@ON_SQLITE
@pytest.mark.usefixtures("database")
def test_opening_makes_the_folder_for_its_owner_alone(file: Path) -> None:
    assert file.is_file()
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@ON_SQLITE
@pytest.mark.usefixtures("database")
def test_the_file_and_its_log_are_for_their_owner_alone(file: Path) -> None:
    files = [path for path in file.parent.iterdir() if path.name.startswith(file.name)]
    assert len(files) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


@ON_SQLITE
@pytest.mark.usefixtures("older_file")
async def test_an_older_file_is_mended(url: str) -> None:
    database = await Database.open(url)
    await database.close()
    assert mode_of(url) == 0o600


async def test_what_was_stored_is_there_after_opening_again(url: str) -> None:
    first = await Database.open(url)
    await FeedbackRecords(first).add("call_hours", is_useful=True, on=MONDAY)
    await first.close()
    second = await Database.open(url)
    assert await FeedbackRecords(second).counts() == {"call_hours": (1, 0)}
    await second.close()


async def test_closing_twice_does_no_harm(url: str) -> None:
    database = await Database.open(url)
    await database.close()
    await database.close()


@ON_SQLITE
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("secure_delete", 1),
        ("synchronous", 2),
    ],
)
async def test_a_connection_is_safe(database: Database, pragma: str, value: object) -> None:
    assert await ask(database, f"PRAGMA {pragma}") == value


async def test_a_block_that_fails_stores_nothing(database: Database) -> None:
    insert = "INSERT INTO feedback (topic, is_useful, given_on) VALUES ('a', true, '2026-11-23')"

    async def fail_after_writing() -> None:
        async with database.transaction() as connection:
            await connection.execute(text(insert))
            raise KeyError

    with pytest.raises(KeyError):
        await fail_after_writing()
    assert await ask(database, "SELECT count(*) FROM feedback") == 0


async def test_a_database_in_memory_works_too() -> None:
    database = await Database.open("sqlite+aiosqlite://")
    await FeedbackRecords(database).add("call_hours", is_useful=False, on=MONDAY)
    assert await FeedbackRecords(database).counts() == {"call_hours": (0, 1)}
    await database.close()


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    sentence = await refusal(f"sqlite+aiosqlite:///{tmp_path}/taken/zhiquan.db")
    assert sentence == (
        f"The folder {tmp_path}/taken for the database cannot be made (File exists). Make it and "
        "give this user the right to write in it, or name another place in DATABASE_URL."
    )


async def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    assert await refusal(f"sqlite+aiosqlite:///{tmp_path}") == (
        f"The database {tmp_path} cannot be opened for writing. Give this user the right to write "
        "the file and its folder, or name another place in DATABASE_URL."
    )


async def test_a_file_that_may_only_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "zhiquan.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE other (id)")
    sentence = await refusal(f"sqlite+aiosqlite:///file:{file}?mode=ro&uri=true")
    assert "zhiquan.db" in sentence
    assert "cannot be opened for writing" in sentence


DAMAGED = (
    "The database {file} is damaged, or it is no SQLite database. "
    "Put back a backup, or move the file away: a new one is made at the next start."
)


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "zhiquan.db"
    file.write_text("x" * 5000, encoding="utf-8")
    assert await refusal(f"sqlite+aiosqlite:///{file}") == DAMAGED.format(file=file)
    assert file.read_text(encoding="utf-8") == "x" * 5000


def spoil_the_last_page(file: Path) -> None:
    pages = bytearray(file.read_bytes())
    pages[-4096:] = b"\xff" * 4096
    file.write_bytes(pages)


@ON_SQLITE
async def test_a_damaged_page_is_found_at_the_start(url: str, file: Path) -> None:
    database = await Database.open(url)
    for number in range(300):
        await FeedbackRecords(database).add(f"topic_{number}", is_useful=True, on=MONDAY)
    await database.close()
    spoil_the_last_page(file)
    assert await refusal(url) == DAMAGED.format(file=file)


@ON_SQLITE
async def test_a_lock_of_another_program_is_named(url: str, file: Path) -> None:
    await (await Database.open(url)).close()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await refusal(f"{url}?timeout=0") == (
            f"Another program keeps the database {file} locked. "
            "Stop the second copy of this bot, or whatever has the file open, and start again."
        )


@ON_SQLITE
async def test_a_lock_that_comes_later_costs_one_write_and_no_more(url: str, file: Path) -> None:
    database = await Database.open(f"{url}?timeout=0")
    feedback = FeedbackRecords(database)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="locked"):
            await feedback.add("call_hours", is_useful=True, on=MONDAY)
        other.execute("ROLLBACK")
    await feedback.add("call_hours", is_useful=True, on=MONDAY)
    assert await feedback.counts() == {"call_hours": (1, 0)}
    await database.close()


@ON_SQLITE
async def test_a_full_disk_is_named_and_what_was_stored_stays(
    database: Database, file: Path, cipher: FreeTextCipher
) -> None:
    records = MissedRecords(database, cipher)
    await records.add(missed("一"))
    # SQLite's own limit of pages gives the same fault as a disk without room.
    pages = await ask(database, "PRAGMA page_count")
    await ask(database, f"PRAGMA max_page_count={pages}")
    with pytest.raises(StorageError) as caught:
        await records.add(missed("长" * 100_000))
    assert str(caught.value) == (
        f"The disk that holds the database {file} is full. "
        "Free some space; what was stored before is safe."
    )
    assert [each.missed.text for each in await records.after(0, 9)] == ["一"]
    await ask(database, "PRAGMA max_page_count=1000000")
    await records.add(missed("二"))


@ON_SQLITE
async def test_a_write_that_the_disk_refuses_at_the_start_is_named(url: str, file: Path) -> None:
    # The limit of a process on the size of its files is the nearest to a disk without room.
    program = """
import asyncio, resource, sys
from bot.concepts.missed import Missed, MissKind
from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
try:
    asyncio.run(Database.open(sys.argv[1]))
except StorageError as error:
    sys.stdout.write(str(error))
"""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(  # noqa: ASYNC221 - nothing else runs in this test
        [sys.executable, "-c", program, url],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env=environment,
    )
    assert done.stdout == (
        f"The disk that holds the database {file} refused a read or a write. "
        "Look whether it is full, over its quota or failing."
    )
    assert done.stderr == ""


@ON_SQLITE
async def test_a_fault_names_no_value_that_a_person_wrote(
    database: Database, cipher: FreeTextCipher
) -> None:
    await ask(database, f"PRAGMA max_page_count={await ask(database, 'PRAGMA page_count')}")
    with pytest.raises(StorageError) as caught:
        await MissedRecords(database, cipher).add(missed("CANARY" * 20_000))
    assert "CANARY" not in f"{caught.value!r} {caught.value.__cause__}"


@pytest.mark.parametrize("url", ["", "nonsense", "zhiquan.db"])
async def test_an_address_that_is_none_is_refused_with_an_example(url: str) -> None:
    assert await refusal(url) == (
        "DATABASE_URL is not the address of a database. "
        "Write it like sqlite+aiosqlite:///.data/zhiquan.db."
    )


@pytest.mark.parametrize(
    "driver",
    ["sqlite", "foo", "postgresql+driver_that_nobody_has", "postgresql+pg8000"],
)
async def test_a_driver_that_does_not_fit_is_named_without_the_password(
    driver: str,
) -> None:
    sentence = await refusal(f"{driver}://user:SECRET@127.0.0.1/zhiquan")
    assert sentence.startswith(f"DATABASE_URL names the driver {driver}, which is not installed")
    assert "SECRET" not in sentence


@ON_POSTGRESQL
async def test_a_database_that_the_server_does_not_have_is_named(url: str) -> None:
    nowhere = make_url(url).set(database="nowhere").render_as_string(hide_password=False)
    assert (await refusal(nowhere)).startswith("There is no database postgresql+asyncpg://")


@ON_POSTGRESQL
async def test_a_user_whom_the_server_refuses_is_named_without_the_password(url: str) -> None:
    stranger = make_url(url).set(username="stranger", password="SECRET")
    sentence = await refusal(stranger.render_as_string(hide_password=False))
    assert sentence.startswith("The server refuses the user or the password of postgresql+asyncpg")
    assert "SECRET" not in sentence


async def test_a_server_that_is_not_there_is_named_without_the_password() -> None:
    sentence = await refusal("postgresql://user:SECRET@127.0.0.1:1/zhiquan")
    assert sentence.startswith("The database postgresql+asyncpg://user:***@127.0.0.1:1/zhiquan ")
    assert "cannot be reached" in sentence
    assert "SECRET" not in sentence


@ON_POSTGRESQL
async def test_a_fault_of_the_server_names_no_value_that_a_person_wrote(
    database: Database, cipher: FreeTextCipher
) -> None:
    async with database.transaction() as connection:
        await connection.execute(text("DROP TABLE missed"))
    with pytest.raises(StorageError) as caught:
        await MissedRecords(database, cipher).add(missed("CANARY"))
    assert "42P01" in str(caught.value)
    assert "CANARY" not in f"{caught.value!r} {caught.value.__cause__}"


@ON_POSTGRESQL
async def test_connections_that_the_server_ended_cost_one_attempt_and_no_more(
    url: str, database: Database
) -> None:
    feedback = FeedbackRecords(database)
    await feedback.add("call_hours", is_useful=True, on=MONDAY)
    other = await Database.open(url)
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"  # noqa: E501
    await ask(other, end)
    await other.close()
    with pytest.raises(StorageError):
        await feedback.add("call_hours", is_useful=True, on=MONDAY)
    await feedback.add("call_hours", is_useful=True, on=MONDAY)
    assert await feedback.counts() == {"call_hours": (2, 0)}


DELETED = "0000000000000007"


def fill_and_delete(connection: sqlite3.Connection, chance: random.Random) -> list[bytes]:
    """Let rows grow, shrink and move, then delete one person's; give back how theirs began."""
    begins: list[bytes] = []
    rows: list[tuple[int | None, str]] = []
    for _ in range(1500):
        person, size = f"{chance.randrange(20):016d}", chance.choice((100, 300, 900, 5000))
        body = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=size))
        wish = chance.random()
        if wish < 0.5 or not rows:
            new = "INSERT INTO note (sender, body) VALUES (?, ?)"
            rows.append((connection.execute(new, (person, body)).lastrowid, person))
        elif wish < 0.8:
            number, person = chance.choice(rows)
            connection.execute("UPDATE note SET body = ? WHERE id = ?", (body, number))
        else:
            number, _ = rows.pop(chance.randrange(len(rows)))
            connection.execute("DELETE FROM note WHERE id = ?", (number,))
            continue
        if person == DELETED:
            begins.append(body[:24].encode())
    connection.execute("DELETE FROM note WHERE sender = ?", (DELETED,))
    return [DELETED.encode(), *begins]


@ON_SQLITE
@pytest.mark.parametrize("seed", range(12))
async def test_what_was_deleted_leaves_no_trace_however_it_was_moved_about(
    seed: int, database: Database, file: Path
) -> None:
    # With secure_delete alone, some of these dozen lives leave an old copy in a page.
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA secure_delete=ON")
        other.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, sender TEXT, body TEXT)")
        other.execute("CREATE UNIQUE INDEX ix_note ON note (sender, id)")
        other.execute("BEGIN")
        traces = fill_and_delete(other, random.Random(seed))
        other.execute("COMMIT")
    await database.wipe_traces()
    content = b"".join(each.read_bytes() for each in file.parent.iterdir())
    assert [trace for trace in traces if trace in content] == []
