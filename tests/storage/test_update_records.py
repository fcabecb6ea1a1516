"""The queue of updates in the database."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.concepts.stored import StoredUpdate
from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.update_records import UpdateRecords
from tests.databases import ON_SQLITE
from tests.storage.days import NOON

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def update(number: int, chat: str = "1", payload: str = "{}") -> StoredUpdate:
    return StoredUpdate(update_id=number, chat=chat, payload=payload, received_on=NOON)


@pytest.fixture
def records(database: Database) -> UpdateRecords:
    return UpdateRecords(database)


def content_of(file: Path) -> bytes:
    """The file and what SQLite keeps beside it."""
    return b"".join(each.read_bytes() for each in file.parent.iterdir())


def numbers(updates: tuple[StoredUpdate, ...]) -> list[int]:
    return [each.update_id for each in updates]


async def test_updates_wait_in_order_of_their_number(records: UpdateRecords) -> None:
    await records.add([update(7), update(5, "2")])
    await records.add([update(6)])
    assert await records.waiting() == (update(5, "2"), update(6), update(7))
    assert numbers(await records.waiting("1")) == [6, 7]
    assert numbers(await records.waiting("1", 1)) == [6]
    assert await records.waiting_chats() == ("2", "1")


async def test_a_known_number_is_ignored_and_the_new_ones_are_told(
    records: UpdateRecords,
) -> None:
    assert numbers(await records.add([update(5), update(5), update(6)])) == [5, 6]
    again = [update(5, payload='{"other":1}'), update(7)]
    assert numbers(await records.add(again)) == [7]
    assert numbers(await records.waiting()) == [5, 6, 7]
    assert (await records.waiting())[0].payload == "{}"


async def test_a_number_may_need_more_than_32_bits(records: UpdateRecords) -> None:
    await records.add([update(2**62)])
    assert numbers(await records.waiting()) == [2**62]


async def test_a_moment_keeps_its_meaning_in_another_zone(
    records: UpdateRecords,
) -> None:
    there = NOON.astimezone(timezone(timedelta(hours=8)))
    await records.add([StoredUpdate(update_id=1, chat="1", payload="{}", received_on=there)])
    assert (await records.waiting())[0].received_on == NOON


async def test_a_moment_without_a_zone_is_refused(records: UpdateRecords) -> None:
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(StorageError):
        await records.add([StoredUpdate(update_id=1, chat="1", payload="{}", received_on=naive)])
    assert await records.waiting() == ()


@ON_SQLITE
async def test_an_answered_update_is_known_but_its_words_are_gone(
    records: UpdateRecords, database: Database, file: Path
) -> None:
    await records.add([update(5, "CHAT_CANARY", '{"text":"WORD_CANARY"}'), update(6)])
    assert b"WORD_CANARY" in content_of(file)
    await records.mark_answered(5, NOON)
    assert numbers(await records.waiting()) == [6]
    assert await records.add([update(5)]) == ()
    assert await records.newest_update_id() == 6
    await database.close()
    assert b"CANARY" not in content_of(file)


async def test_the_newest_number_survives_the_answer(records: UpdateRecords) -> None:
    assert await records.newest_update_id() is None
    await records.add([update(5)])
    await records.mark_answered(5, NOON)
    assert await records.newest_update_id() == 5


async def test_attempts_are_counted(records: UpdateRecords) -> None:
    await records.add([update(5), update(6)])
    assert [await records.count_attempt(5) for _ in range(3)] == [1, 2, 3]
    assert await records.count_attempt(6) == 1
    assert await records.count_attempt(99) == 0


async def test_what_is_set_aside_no_longer_waits(records: UpdateRecords) -> None:
    await records.add([update(5), update(6, "2")])
    await records.set_aside(5, "KeyError at answers.py:7")
    assert numbers(await records.waiting()) == [6]
    assert await records.waiting_chats() == ("2",)
    assert await records.add([update(5)]) == ()


async def test_answered_and_set_aside_updates_are_forgotten_each_in_its_time(
    records: UpdateRecords,
) -> None:
    await records.add([update(number) for number in (1, 2, 3)])
    await records.mark_answered(1, NOON)
    await records.set_aside(2, "KeyError")
    await records.forget_before(answered=NOON, set_aside=NOON)
    assert await records.add([update(1), update(2)]) == ()
    later = NOON + timedelta(seconds=1)
    await records.forget_before(answered=later, set_aside=NOON)
    assert numbers(await records.add([update(1), update(2)])) == [1]
    await records.forget_before(answered=NOON, set_aside=later)
    assert numbers(await records.add([update(1), update(2)])) == [2]
    await records.forget_before(answered=later, set_aside=later)
    assert numbers(await records.waiting()) == [1, 2, 3]


@ON_SQLITE
async def test_a_forgotten_chat_leaves_nothing_but_numbers(
    records: UpdateRecords, database: Database, file: Path
) -> None:
    await records.add(
        [update(number, "CANARY", '{"text":"CANARY"}') for number in (1, 2)] + [update(3, "2")]
    )
    await records.set_aside(1, "KeyError")
    await records.forget_chat("CANARY", NOON)
    assert numbers(await records.waiting()) == [3]
    assert await records.add([update(1), update(2)]) == ()
    await database.close()
    assert b"CANARY" not in content_of(file)
