"""Reads that wait for nobody, writes that share a commit."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.concepts.conversation import Conversation
from bot.concepts.stored import StoredUpdate
from bot.errors import StorageError
from bot.storage.conversations import Conversations
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.update_records import UpdateRecords
from tests.storage.days import MONDAY, NOON
from tests.storage.people import LI, WANG

TALK = Conversation(topic="call_hours")


@pytest.fixture
def url(file: Path) -> str:
    """Only a file has lines."""
    return f"sqlite+aiosqlite:///{file}"


def put(topic: str) -> Callable[[Connection], None]:
    row = {"topic": topic, "on": str(MONDAY)}

    def work(connection: Connection) -> None:
        insert = "INSERT INTO feedback (topic, is_useful, given_on) VALUES (:topic, 1, :on)"
        connection.execute(text(insert), row)

    return work


def fail(_: Connection) -> None:
    raise KeyError("made up")


def topics(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as other:
        return [topic for (topic,) in other.execute("SELECT topic FROM feedback ORDER BY id")]


async def test_a_read_does_not_wait_for_a_writer(database: Database, file: Path) -> None:
    await database.write(put("before"))
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        count = text("SELECT count(*) FROM feedback")
        assert await database.read(lambda connection: connection.scalar(count)) == 1


async def test_a_read_sees_what_was_written_before_it(database: Database) -> None:
    count = text("SELECT count(*) FROM feedback")
    for number in range(3):
        assert await database.read(lambda connection: connection.scalar(count)) == number
        await database.write(put("any"))


async def test_writes_that_come_together_are_all_stored(database: Database, file: Path) -> None:
    await asyncio.gather(*(database.write(put(f"topic_{number}")) for number in range(50)))
    assert topics(file) == [f"topic_{number}" for number in range(50)]


async def test_a_write_that_fails_takes_no_other_with_it(database: Database, file: Path) -> None:
    works = [put("a"), fail, put("b")]
    ends = await asyncio.gather(*map(database.write, works), return_exceptions=True)
    assert [type(end) for end in ends] == [type(None), KeyError, type(None)]
    assert topics(file) == ["a", "b"]


async def test_a_fault_of_the_file_is_told_in_a_sentence(url: str, file: Path) -> None:
    database = await Database.open(f"{url}?timeout=0")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="locked"):
            await database.write(put("a"))
    await database.write(put("b"))
    await database.close()
    assert topics(file) == ["b"]


async def test_what_rides_along_is_stored_in_the_same_commit(
    database: Database, file: Path
) -> None:
    told: list[str] = []
    await database.write_later(put("rider"), lambda: told.append("stored"))
    assert (topics(file), told) == ([], [])
    await database.write(put("other"))
    assert (topics(file), told) == (["rider", "other"], ["stored"])


async def test_what_rides_along_outlives_a_write_that_fails(
    database: Database, file: Path
) -> None:
    await database.write_later(put("rider"), lambda: None)
    with pytest.raises(KeyError):
        await database.write(fail)
    assert topics(file) == []
    await database.write(put("other"))
    assert topics(file) == ["rider", "other"]


async def test_closing_stores_what_was_to_ride(url: str, file: Path) -> None:
    database = await Database.open(url)
    await database.write_later(put("rider"), lambda: None)
    await database.close()
    assert topics(file) == ["rider"]


async def test_what_rides_along_goes_alone_after_a_moment(
    url: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.database.RIDE_SECONDS", 0)
    database, stored = await Database.open(url), asyncio.Event()
    await database.write_later(put("rider"), stored.set)
    await stored.wait()
    assert topics(file) == ["rider"]
    await database.close()


async def test_a_conversation_and_the_mark_of_its_answer_are_one_commit(
    database: Database, file: Path, cipher: FreeTextCipher
) -> None:
    records, conversations = UpdateRecords(database), Conversations(database, cipher)
    update = StoredUpdate(update_id=1, chat="1", payload="{}", received_on=NOON)
    await records.add([update])
    await conversations.keep(LI, TALK, NOON)
    assert await conversations.of(LI, NOON) == TALK
    assert await conversations.of(WANG, NOON) != TALK
    with closing(sqlite3.connect(file)) as other:
        stored = (
            "SELECT (SELECT count(*) FROM conversation), answered_on IS NOT NULL FROM 'update'"
        )
        assert other.execute(stored).fetchone() == (0, 0)
        await records.mark_answered(1, NOON + timedelta(seconds=1))
        assert other.execute(stored).fetchone() == (1, 1)
    assert await conversations.of(LI, NOON) == TALK


async def test_an_attempt_is_noted_for_the_next_process(database: Database, file: Path) -> None:
    records = UpdateRecords(database)
    await records.add([StoredUpdate(update_id=1, chat="1", payload="{}", received_on=NOON)])
    assert [await records.count_attempt(1) for _ in range(2)] == [1, 2]
    assert await records.count_attempt(7) == 0
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT attempts FROM 'update'").fetchone() == (2,)
