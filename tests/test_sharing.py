"""Two bots on one database: nothing twice, nothing lost, in order, also when one is killed."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import Interval, literal, update
from structlog.testing import capture_logs

from bot.concepts.stored import StoredUpdate
from bot.errors import StorageError
from bot.inbox import DEATHS_AT_MOST, Inbox
from bot.sharing import HEARD_SECONDS, LOOK_SECONDS, SILENT_LOOKS, SharedInbox
from bot.storage.database import Database
from bot.storage.shared_updates import SharedUpdates
from bot.storage.tables import ServingBotTable
from tests.fakes import FakeHandler
from tests.test_inbox import message
from tests.test_overtaking import DANGER, sent

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Records(SharedUpdates):
    """Real records whose database may be away."""

    is_away = False

    async def waiting_chats(self) -> tuple[str, ...]:
        if self.is_away:
            raise StorageError("away")
        return await super().waiting_chats()


class Bot:
    """One bot of several, with a handler that may be shared and looks that a test makes."""

    def __init__(self, database: Database, handler: FakeHandler) -> None:
        self.database, self.handler = database, handler
        self.records = Records(database, "key")
        self.seconds = 0.0
        self._forever = asyncio.Event()
        self.inner = Inbox(
            self.records, handler, lambda: NOON, _soon, is_urgent=lambda text: text == DANGER
        )
        self.inbox = SharedInbox(self.inner, self.records, self._never, lambda: self.seconds)

    def use(self, records: SharedUpdates) -> None:
        """Begin with these records instead."""
        self.inbox = SharedInbox(self.inner, records, self._never)

    async def _never(self, _seconds: float) -> None:
        await self._forever.wait()

    async def look_until_heir(self) -> None:
        """As often as needed before a silent bot counts as dead."""
        for _ in range(SILENT_LOOKS + 1):
            await self.inbox.look()


async def _soon(seconds: float) -> None:
    await asyncio.sleep(seconds / 50)


@pytest.fixture
async def bots(postgres_url: str) -> AsyncIterator["House"]:
    house = House(postgres_url)
    yield house
    await house.close()


class House:
    """Makes bots, and ends them."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._made: list[Bot] = []

    async def add(self, handler: FakeHandler) -> Bot:
        """A bot that is not started yet, and says only at its start that it lives."""
        self._made.append(Bot(await Database.open(self._url), handler))
        return self._made[-1]

    async def started(self, *handlers: FakeHandler) -> list[Bot]:
        """Bots that have started, in order."""
        bots = [await self.add(each) for each in handlers]
        for bot in bots:
            await bot.inbox.start()
        return bots

    async def close(self) -> None:
        """End all."""
        for bot in self._made:
            await bot.inbox.stop(0)
            await bot.database.close()


async def test_two_bots_answer_everything_once_and_each_chat_in_order(bots: House) -> None:
    chance, handler = Random(1), FakeHandler()
    both = [await bots.add(handler) for _ in range(2)]
    for bot in both:
        await bot.inbox.start()
    everything = [message(number, chat=number % 7) for number in range(60)]
    for first in range(0, 60, 3):
        some = everything[first : first + 3]
        await chance.choice(both).inbox.receive(some)
    await handler.until_handled(60)
    assert sorted(handler.started) == list(range(60))
    for chat in range(7):
        of_one_chat = [number for number in handler.started if number % 7 == chat]
        assert of_one_chat == sorted(of_one_chat)
    for bot in both:
        await bot.inbox.stop(10)
    assert await both[0].records.waiting() == ()


async def test_both_have_a_part_of_the_work(bots: House) -> None:
    one, other = FakeHandler(), FakeHandler()
    first, second = await bots.started(one, other)
    for number in range(0, 40, 2):
        await first.inbox.receive([message(number, chat=number)])
        await second.inbox.receive([message(number + 1, chat=number + 1)])
    await one.until_handled(20)
    await other.until_handled(20)


async def test_what_comes_to_one_bot_waits_while_the_other_has_the_chat(bots: House) -> None:
    one, other = FakeHandler(held=[1]), FakeHandler()
    first, second = await bots.started(one, other)
    await first.inbox.receive([message(1)])
    await one.until_started(1)
    await second.inbox.receive([message(2), message(3, chat=2)])
    await other.until_handled(1)
    assert other.started == [3]
    one.release(1)
    await other.until_handled(2)
    assert (one.handled, other.handled) == ([1], [3, 2])


async def test_what_failed_is_tried_again_before_what_came_to_the_other_bot(bots: House) -> None:
    handler = FakeHandler(failures={1: 2})
    first, second = await bots.started(handler, handler)
    with capture_logs():
        await first.inbox.receive([message(1)])
        await handler.until_started(1)
        await second.inbox.look()
        await second.inbox.receive([message(2)])
        await handler.until_handled(2)
    assert handler.started == [1, 1, 1, 2]


async def test_what_a_dead_bot_had_in_hand_is_answered_by_the_other(bots: House) -> None:
    hanging, other = FakeHandler(held=[1]), FakeHandler()
    dead, heir = await bots.add(hanging), await bots.add(other)
    await dead.inbox.start()
    await heir.inbox.start()
    await dead.inbox.receive([message(1), message(2), message(3, chat=3)])
    await hanging.until_handled(1)
    assert hanging.started == [1, 3]
    with capture_logs() as log:
        await heir.look_until_heir()
    await other.until_handled(2)
    assert other.handled == [1, 2]
    assert [line["event"] for line in log] == ["bot_inherited"]


async def test_what_a_bot_received_and_never_began_is_found_by_the_other(bots: House) -> None:
    handler = FakeHandler()
    gone, heir = await bots.add(FakeHandler()), await bots.add(handler)
    await heir.inbox.start()
    await gone.inbox.receive([message(1), message(2, chat=2)])
    await heir.inbox.look()
    await handler.until_handled(2)


async def test_a_bot_that_ends_in_order_leaves_the_rest_to_the_other_at_once(bots: House) -> None:
    one, other = FakeHandler(held=[1]), FakeHandler()
    first, second = await bots.started(one, other)
    await first.inbox.receive([message(1), message(2)])
    await one.until_started(1)
    stopping = asyncio.create_task(first.inbox.stop(10))
    await asyncio.sleep(0)
    one.release(1)
    await stopping
    await second.inbox.look()
    await other.until_handled(1)
    assert (one.handled, other.handled) == ([1], [2])


async def test_an_update_that_ends_bot_after_bot_is_set_aside_and_nobody_else(
    bots: House,
) -> None:
    handler = FakeHandler()
    heir = await bots.add(handler)
    await heir.inbox.start()
    for death in range(DEATHS_AT_MOST + 1):
        dead = await bots.add(FakeHandler())
        await dead.records.stay_alive()
        await dead.records.add([message_of(1), message_of(100 + death)])
        await dead.records.take("1", 10)
        if death < DEATHS_AT_MOST:
            await dead.records.count_attempt(1)
            await give_back(dead, heir)
    with capture_logs() as log:
        await heir.look_until_heir()
        await handler.until_handled(DEATHS_AT_MOST + 1)
    assert sorted(handler.handled) == [100 + death for death in range(DEATHS_AT_MOST + 1)]
    assert [line["update_id"] for line in log if line["event"] == "update_set_aside"] == [1]


async def give_back(dead: Bot, heir: Bot) -> None:
    """As when the heir died too, before it had tried."""
    for name, sign in (await heir.records.signs()).items():
        for chat in await heir.records.inherit(name, sign) or ():
            await heir.records.let_go(chat)
    await dead.records.leave()


def message_of(number: int) -> StoredUpdate:
    chat = "1" if number == 1 else str(number)
    return StoredUpdate(update_id=number, chat=chat, payload="{}", received_on=NOON)


async def test_while_the_database_was_away_no_silent_bot_counts_as_dead(bots: House) -> None:
    one, other = FakeHandler(held=[1]), FakeHandler()
    silent, second = await bots.add(one), await bots.add(other)
    await silent.inbox.start()
    await second.inbox.start()
    await silent.inbox.receive([message(1)])
    await one.until_started(1)
    for _ in range(SILENT_LOOKS):
        await second.inbox.look()
    second.records.is_away = True
    with pytest.raises(StorageError):
        await second.inbox.look()
    second.records.is_away = False
    for _ in range(SILENT_LOOKS):
        await second.inbox.look()
    assert other.started == []
    one.release(1)


async def test_a_clock_that_leaps_declares_nobody_dead(bots: House) -> None:
    one, other = FakeHandler(held=[1]), FakeHandler()
    first, second = await bots.started(one, other)
    await first.inbox.receive([message(1)])
    await one.until_started(1)
    for _ in range(SILENT_LOOKS + 1):
        await second.inbox.look()
        # As all signs stand when the server's clock has leapt by a day, and a new one is given.
        async with first.database.transaction() as connection:
            ago = ServingBotTable.alive_until - literal(timedelta(days=1), Interval())
            await connection.execute(update(ServingBotTable).values(alive_until=ago))
        await second.inbox.look()
        await first.records.stay_alive()
    assert other.started == []
    one.release(1)


async def test_a_bot_knows_whether_the_others_hear_it(bots: House) -> None:
    bot = await bots.add(FakeHandler())
    assert not bot.inbox.is_heard
    await bot.inbox.start()
    bot.seconds = HEARD_SECONDS - 1
    assert bot.inbox.is_heard
    bot.seconds = HEARD_SECONDS
    assert not bot.inbox.is_heard
    assert HEARD_SECONDS <= SILENT_LOOKS * LOOK_SECONDS


async def test_what_was_begun_is_tried_alone_also_where_its_writer_goes_on_writing_to_the_heir(
    bots: House,
) -> None:
    hanging, handler = FakeHandler(held=[1]), FakeHandler(held=[1, 4])
    dead, heir = await bots.add(hanging), await bots.add(handler)
    await dead.inbox.start()
    await heir.inbox.start()
    await dead.inbox.receive([message(1)])
    await hanging.until_started(1)
    # The heir may not have the chat, and asks for it again and again.
    await heir.inbox.receive([message(2)])
    await heir.inbox.receive([message(4, chat=4)])
    await handler.until_started(1)
    with capture_logs():
        looking = asyncio.create_task(heir.look_until_heir())
        handler.release(4)
        await handler.until_started(2)
        await heir.inbox.receive([message(3, chat=3)])
        await asyncio.sleep(0.1)
        assert handler.started == [4, 1]
        handler.release(1)
        await handler.until_handled(4)
        await looking
    assert sorted(handler.started[2:]) == [2, 3]


async def test_a_bot_with_another_key_is_refused_and_leaves_at_once(bots: House) -> None:
    first, stranger = await bots.add(FakeHandler()), await bots.add(FakeHandler())
    stranger.use(SharedUpdates(stranger.database, "other key"))
    await first.inbox.start()
    with pytest.raises(StorageError, match="ZHIQUAN_SECRET_FILE"):
        await stranger.inbox.start()
    await first.records.refuse_other_key()


async def test_of_two_bots_with_different_keys_that_start_at_once_not_both_stay(
    bots: House,
) -> None:
    first, stranger = await bots.add(FakeHandler()), await bots.add(FakeHandler())
    stranger.use(SharedUpdates(stranger.database, "other key"))
    both = (first.inbox.start(), stranger.inbox.start())
    ends = await asyncio.gather(*both, return_exceptions=True)
    assert any(isinstance(end, StorageError) for end in ends)


# Words of danger


async def test_danger_that_comes_to_another_bot_overtakes_what_the_chat_is_busy_with(
    bots: House,
) -> None:
    one, other = FakeHandler(held=[1]), FakeHandler()
    first, second = await bots.started(one, other)
    await first.inbox.receive([sent(1, document={"mime_type": "application/pdf"})])
    await one.until_started(1)
    await second.inbox.receive([sent(2, text="在吗？")])
    await second.inbox.receive([sent(3, text=DANGER)])
    await other.until_handled(1)
    assert (one.handled, other.handled) == ([], [3])
    one.release(1)
    await one.until_handled(1)
    await other.until_handled(2)
    assert (one.started, other.handled) == ([1], [3, 2])
    for bot in (first, second):
        await bot.inbox.stop(10)
    assert await first.records.waiting() == ()


async def test_danger_that_overtakes_is_in_no_other_bots_line(bots: House) -> None:
    one, other = FakeHandler(held=[1]), FakeHandler(held=[3])
    first, second = await bots.started(one, other)
    await first.inbox.receive([sent(1, document={"mime_type": "application/pdf"})])
    await one.until_started(1)
    await second.inbox.receive([sent(3, text=DANGER)])
    await other.until_started(1)
    await first.inbox.receive([sent(4, text="这是真的吗？")])
    one.release(1)
    await one.until_handled(2)
    other.release(3)
    await other.until_handled(1)
    assert (one.handled, other.handled) == ([1, 4], [3])


async def test_danger_of_a_dead_bot_waits_in_line_again(bots: House) -> None:
    handler = FakeHandler()
    dead, heir = await bots.add(FakeHandler()), await bots.add(handler)
    await heir.inbox.start()
    await dead.records.stay_alive()
    await dead.inbox.receive([sent(1, text=DANGER)])
    assert await heir.records.take("1", 10) == ()
    await heir.records.let_go("1")
    with capture_logs():
        await heir.look_until_heir()
        await heir.inbox.look()
    await handler.until_handled(1)
