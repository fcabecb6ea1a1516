"""Several bots on one PostgreSQL: a chat is one bot's at a time, a dead bot's chats come back."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Set
from datetime import datetime

import pytest

from bot.concepts.stored import StoredUpdate
from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.shared_updates import SharedUpdates
from tests.storage.days import NOON


@pytest.fixture
async def url(postgres_url: str) -> str:
    """Only a server has several bots."""
    return postgres_url


@pytest.fixture
async def bots(url: str) -> AsyncIterator[tuple[SharedUpdates, SharedUpdates]]:
    """Two that live, each with connections of its own."""
    opened = [await Database.open(url) for _ in range(2)]
    one, other = (SharedUpdates(each, "key") for each in opened)
    await one.stay_alive()
    await other.stay_alive()
    yield one, other
    for each in opened:
        await each.close()


def update(number: int, chat: str = "1") -> StoredUpdate:
    return StoredUpdate(update_id=number, chat=chat, payload="{}", received_on=NOON)


def numbers(updates: tuple[StoredUpdate, ...] | None) -> list[int] | None:
    return None if updates is None else [each.update_id for each in updates]


async def test_a_chat_is_one_bots_until_it_lets_go(
    bots: tuple[SharedUpdates, SharedUpdates],
) -> None:
    one, other = bots
    await one.add([update(1)])
    assert numbers(await one.take("1", 10)) == [1]
    await other.add([update(2), update(3, "2")])
    assert await other.take("1", 10) is None
    assert numbers(await other.take("2", 10)) == [3]
    assert numbers(await one.take("1", 10)) == [1, 2]
    await other.let_go("1")
    assert await other.take("1", 10) is None
    await one.let_go("1")
    assert numbers(await other.take("1", 10)) == [1, 2]


async def test_also_what_comes_late_with_a_lower_number_waits_for_the_bot_that_has_the_chat(
    bots: tuple[SharedUpdates, SharedUpdates],
) -> None:
    one, other = bots
    await one.add([update(2)])
    assert numbers(await one.take("1", 10)) == [2]
    await other.add([update(1)])
    assert await other.take("1", 10) is None


async def test_of_many_who_ask_at_once_one_gets_the_chat(
    bots: tuple[SharedUpdates, SharedUpdates],
) -> None:
    await bots[0].add([update(number, str(number)) for number in range(50)])
    for chat in map(str, range(50)):
        asked = [bot.take(chat, 10) for bot in bots for _ in range(1)]
        given = await asyncio.gather(*asked)
        assert sorted(numbers(each) is None for each in given) == [False, True]


async def test_a_chat_that_another_bot_has_is_not_among_those_that_wait(
    bots: tuple[SharedUpdates, SharedUpdates],
) -> None:
    one, other = bots
    await one.add([update(1), update(2, "2")])
    await one.take("1", 10)
    await one.count_attempt(1)
    assert await other.waiting_chats() == ("2",)
    assert await other.begun_chats() == ()
    assert await one.waiting_chats() == ("1", "2")
    assert await one.begun_chats() == ("1",)


async def test_a_bot_that_gave_a_sign_since_is_not_inherited(
    bots: tuple[SharedUpdates, SharedUpdates],
) -> None:
    one, other = bots
    await one.add([update(1)])
    await one.take("1", 10)
    ((name, sign),) = (await other.signs()).items()
    await one.stay_alive()
    assert await other.inherit(name, sign) is None


async def test_what_a_dead_bot_had_in_hand_goes_to_one_of_the_others_whole(
    bots: tuple[SharedUpdates, SharedUpdates], database: Database
) -> None:
    dead = SharedUpdates(database, "key")
    await dead.stay_alive()
    await dead.add([update(number, str(number)) for number in range(5)])
    for chat in map(str, range(5)):
        await dead.take(chat, 10)
    ((name, sign),) = await signs_heard_by_all(bots)
    heritages = await asyncio.gather(*(bot.inherit(name, sign) for bot in bots))
    assert sorted(len(each or ()) for each in heritages) == [0, 5]
    heir = bots[0] if heritages[0] else bots[1]
    assert numbers(await heir.take("3", 10)) == [3]
    assert await heir.inherit(name, sign) is None


async def signs_heard_by_all(bots: Iterable[SharedUpdates]) -> Set[tuple[str, datetime]]:
    """Of those that are none of these bots."""
    heard = [set((await bot.signs()).items()) for bot in bots]
    return set.intersection(*heard)


async def test_a_bot_that_was_taken_for_dead_can_take_nothing_until_it_says_that_it_lives(
    bots: tuple[SharedUpdates, SharedUpdates], database: Database
) -> None:
    silent = SharedUpdates(database, "key")
    await silent.stay_alive()
    await silent.add([update(1), update(2, "2")])
    await silent.take("1", 10)
    ((name, sign),) = await signs_heard_by_all(bots)
    assert await bots[0].inherit(name, sign) == ("1",)
    with pytest.raises(StorageError):
        await silent.take("2", 10)
    await silent.stay_alive()
    assert numbers(await silent.take("2", 10)) == [2]
    assert await silent.take("1", 10) is None


async def test_a_bot_that_leaves_has_nothing_in_hand(
    bots: tuple[SharedUpdates, SharedUpdates],
) -> None:
    one, other = bots
    await one.add([update(1)])
    await one.take("1", 10)
    await one.leave()
    assert numbers(await other.take("1", 10)) == [1]
    assert await other.signs() == {}


async def test_the_same_update_brought_to_two_bots_is_stored_once(
    bots: tuple[SharedUpdates, SharedUpdates],
) -> None:
    for number in range(20):
        await asyncio.gather(*(bot.add([update(number)]) for bot in bots), return_exceptions=True)
    assert numbers(await bots[0].waiting()) == list(range(20))
    assert await bots[1].add([update(3)]) == ()


async def test_a_bot_with_another_key_is_refused_while_others_live(
    bots: tuple[SharedUpdates, SharedUpdates], database: Database
) -> None:
    stranger = SharedUpdates(database, "other key")
    await bots[0].refuse_other_key()
    with pytest.raises(StorageError, match="ZHIQUAN_SECRET_FILE"):
        await stranger.refuse_other_key()
    for bot in bots:
        await bot.leave()
    await stranger.refuse_other_key()
