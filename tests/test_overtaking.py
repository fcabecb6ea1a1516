"""Words of danger do not wait behind a picture of the same chat; nothing is answered twice."""

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime

import pytest

from bot.inbox import Inbox
from bot.storage.database import Database
from bot.storage.update_records import UpdateRecords
from tests.databases import updates_of
from tests.fakes import FakeHandler, FakePause, MovableClock

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DANGER = "不想活了"
Build = Callable[[FakeHandler], Inbox]


@pytest.fixture
async def records(database: Database) -> UpdateRecords:
    return await updates_of(database)


@pytest.fixture
async def build(records: UpdateRecords) -> AsyncIterator[Build]:
    made: list[Inbox] = []

    def make(handler: FakeHandler) -> Inbox:
        clock, pause = MovableClock(NOON), FakePause()
        made.append(Inbox(records, handler, clock, pause, is_urgent=lambda text: text == DANGER))
        return made[-1]

    yield make
    for inbox in made:
        await inbox.stop(0)


def sent(number: int, chat: int = 1, **content: object) -> Mapping[str, object]:
    told = {"message_id": number, "date": 0, "chat": {"id": chat, "type": "private"}}
    return {"update_id": number, "message": {**told, **content}}


async def test_danger_overtakes_the_picture_that_is_being_read(
    build: Build, records: UpdateRecords
) -> None:
    handler = FakeHandler(held=[1])
    inbox = build(handler)
    await inbox.start()
    await inbox.receive([sent(1, document={"mime_type": "application/pdf"})])
    await handler.until_started(1)
    await inbox.receive([sent(2, text="在吗"), sent(3, text=DANGER)])
    await handler.until_handled(1)
    assert handler.handled == [3]
    handler.release(1)
    await handler.until_handled(3)
    await inbox.stop(10)
    assert handler.handled == [3, 1, 2]
    assert await records.waiting() == ()


async def test_danger_that_came_with_a_picture_is_answered_before_it(build: Build) -> None:
    handler = FakeHandler()
    inbox = build(handler)
    await inbox.receive([sent(1, photo=[{}]), sent(2, text=DANGER), sent(3, text="你好吗")])
    await inbox.start()
    await handler.until_handled(3)
    assert handler.handled == [2, 1, 3]


async def test_other_words_keep_their_order_behind_a_picture(build: Build) -> None:
    handler = FakeHandler(held=[1])
    inbox = build(handler)
    await inbox.start()
    await inbox.receive([sent(1, document={"mime_type": "application/pdf"})])
    await handler.until_started(1)
    await inbox.receive([sent(2, text="这是真的吗")])
    await inbox.receive([sent(3, chat=2, text=DANGER)])
    await handler.until_handled(1)
    assert handler.handled == [3]
    handler.release(1)
    await handler.until_handled(3)
    assert handler.handled == [3, 1, 2]
