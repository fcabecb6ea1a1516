"""At least once, without repeats, in order: on a real database, also after a kill."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot import limits
from bot.concepts.stored import StoredUpdate, Updates
from bot.errors import MustWaitError, StorageError
from bot.hands import AT_ONCE, GROUPS_AT_ONCE
from bot.inbox import DEATHS_AT_MOST, KEEP_ANSWERED, KEEP_SET_ASIDE, PAUSES, Inbox
from bot.storage.database import Database
from bot.storage.update_records import UpdateRecords
from tests.databases import ON_SQLITE, updates_of
from tests.fakes import BrokenUpdateRecords, FakeHandler, FakePause, MovableClock

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CARD = "6222 0212 3456 7890 123"
Log = list[Mapping[str, object]]
Handle = Callable[[StoredUpdate], Awaitable[None]]


@pytest.fixture
async def records(database: Database) -> UpdateRecords:
    return await updates_of(database)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOON)


@pytest.fixture
def pause() -> FakePause:
    return FakePause()


@pytest.fixture
def log() -> Iterator[Log]:
    with capture_logs() as lines:
        yield lines  # type: ignore[misc]


@pytest.fixture
async def build(
    records: UpdateRecords, clock: MovableClock, pause: FakePause
) -> AsyncIterator[Callable[..., Inbox]]:
    """Makes inboxes over one database, and stops them all in the end."""
    made: list[Inbox] = []

    def make(handler: Handle, over: Updates = records) -> Inbox:
        made.append(Inbox(over, handler, clock, pause))
        return made[-1]

    yield make
    for inbox in made:
        await inbox.stop(0)


def message(number: int, chat: int = 1, text: str = "喂") -> dict[str, object]:
    person = {"id": chat, "is_bot": False, "first_name": "甲"}
    content = {
        "message_id": number,
        "date": 0,
        "chat": {"id": chat},
        "from": person,
        "text": text,
    }
    return {"update_id": number, "message": content}


def numbers(log: Log, event: str) -> list[object]:
    return [line.get("update_id") for line in log if line["event"] == event]


# Stored, then confirmed, then answered


async def test_an_update_is_stored_when_receive_returns(
    build: Callable[..., Inbox], records: UpdateRecords
) -> None:
    handler = FakeHandler()
    await build(handler).receive([message(1, chat=42)])
    (stored,) = await records.waiting()
    assert (stored.update_id, stored.chat, stored.received_on) == (1, "42", NOON)
    assert json.loads(stored.payload) == message(1, chat=42)
    assert handler.started == []


async def test_an_answered_update_leaves_the_queue(
    build: Callable[..., Inbox], records: UpdateRecords
) -> None:
    handler = FakeHandler()
    inbox = build(handler)
    await inbox.start()
    await inbox.receive([message(1), message(2)])
    await handler.until_handled(2)
    await inbox.stop(10)
    assert handler.handled == [1, 2]
    assert await records.waiting() == ()


async def test_the_same_number_is_answered_once(build: Callable[..., Inbox]) -> None:
    handler = FakeHandler(held=[2])
    inbox = build(handler)
    await inbox.start()
    await inbox.receive([message(1), message(1)])
    await handler.until_handled(1)
    await inbox.receive([message(1), message(2)])
    await handler.until_started(2)
    await inbox.receive([message(2), message(3)])
    handler.release(2)
    await handler.until_handled(3)
    assert handler.started == [1, 2, 3]


async def test_an_answered_number_is_known_after_a_restart(
    build: Callable[..., Inbox],
) -> None:
    first, second = FakeHandler(), FakeHandler()
    inbox = build(first)
    await inbox.start()
    await inbox.receive([message(1)])
    await first.until_handled(1)
    await inbox.stop(10)
    inbox = build(second)
    await inbox.start()
    await inbox.receive([message(1), message(2)])
    await second.until_handled(1)
    assert second.started == [2]


async def test_nothing_is_confirmed_when_nothing_could_be_stored(
    build: Callable[..., Inbox], database: Database
) -> None:
    handler = FakeHandler()
    inbox = build(handler, BrokenUpdateRecords(database, add=1))
    await inbox.start()
    with pytest.raises(StorageError):
        await inbox.receive([message(1)])
    await inbox.receive([message(1)])
    await handler.until_handled(1)
    assert handler.started == [1]


# After a kill


@ON_SQLITE
async def test_what_a_killed_process_left_is_answered_by_the_next_in_order(
    build: Callable[..., Inbox], records: UpdateRecords, file: Path, tmp_path: Path
) -> None:
    done = tmp_path / "done"
    program = """
import asyncio, os, sys
from datetime import UTC, datetime
from bot.inbox import Inbox
from bot.storage.database import Database
from bot.storage.update_records import UpdateRecords
from tests.test_inbox import message

async def handle(update):
    if update.update_id == 8:
        os._exit(9)
    with open(sys.argv[2], "a", encoding="utf-8") as done:
        done.write(f"{update.update_id}\\n")

async def main():
    database = await Database.open(f"sqlite+aiosqlite:///{sys.argv[1]}")
    inbox = Inbox(UpdateRecords(database), handle, lambda: datetime.now(UTC))
    await inbox.receive([message(number, chat=1 + number % 2) for number in range(1, 21)])
    await inbox.start()
    await asyncio.Event().wait()

asyncio.run(main())
"""
    killed = subprocess.run(  # noqa: ASYNC221 - nothing else runs in this test
        [sys.executable, "-c", program, file, done], check=False, timeout=60
    )
    assert killed.returncode == 9
    answered = [int(line) for line in done.read_text(encoding="utf-8").split()]
    left = [each.update_id for each in await records.waiting()]
    handler = FakeHandler()
    inbox = build(handler)
    await inbox.start()
    await handler.until_handled(len(left))
    await inbox.stop(10)
    assert await records.waiting() == ()
    assert sorted(handler.handled) == left
    assert set(answered) | set(left) == set(range(1, 21))
    # The kill may fall between an answer in the other chat and its mark: that one is repeated.
    assert len(set(answered) & set(left)) <= 1
    for remainder in (0, 1):
        of_one_chat = [number for number in handler.handled if number % 2 == remainder]
        assert of_one_chat == sorted(of_one_chat)
    assert next(number for number in handler.handled if number % 2 == 0) == 8


async def test_stopping_lets_a_handler_finish_and_leaves_the_rest(
    build: Callable[..., Inbox], records: UpdateRecords
) -> None:
    handler = FakeHandler(held=[1])
    inbox = build(handler)
    await inbox.start()
    await inbox.receive([message(1), message(2)])
    await handler.until_started(1)
    stopping = asyncio.create_task(inbox.stop(10))
    await asyncio.sleep(0)
    await inbox.receive([message(3)])
    handler.release(1)
    await stopping
    assert handler.handled == [1]
    assert [each.update_id for each in await records.waiting()] == [2, 3]


async def test_stopping_waits_no_longer_than_its_limit(
    build: Callable[..., Inbox], log: Log
) -> None:
    stuck, next_one = FakeHandler(held=[1]), FakeHandler()
    inbox = build(stuck)
    await inbox.start()
    await inbox.receive([message(1), message(2)])
    await stuck.until_started(1)
    await inbox.stop(0)
    assert stuck.handled == []
    assert [line["handlers"] for line in log if line["event"] == "inbox_cut_short"] == [1]
    await build(next_one).start()
    await next_one.until_handled(2)
    assert next_one.handled == [1, 2]


async def test_an_update_that_ends_the_process_each_time_is_set_aside(
    build: Callable[..., Inbox], records: UpdateRecords, log: Log
) -> None:
    handler = FakeHandler()
    inbox = build(handler)
    await inbox.receive([message(1), message(2)])
    for _ in range(DEATHS_AT_MOST):
        await records.count_attempt(1)
    await inbox.start()
    await handler.until_handled(1)
    await inbox.stop(10)
    assert handler.started == [2]
    assert numbers(log, "update_set_aside") == [1]


async def test_who_was_in_hand_together_when_the_process_ended_is_not_blamed(
    build: Callable[..., Inbox], records: UpdateRecords, log: Log
) -> None:
    handler = FakeHandler()
    inbox = build(handler)
    await inbox.receive([message(number, chat=number) for number in range(1, 6)])
    for number in range(1, 6):
        for _ in range(DEATHS_AT_MOST):
            await records.count_attempt(number)
    await inbox.start()
    await handler.until_handled(5)
    await inbox.stop(10)
    assert sorted(handler.handled) == [1, 2, 3, 4, 5]
    assert numbers(log, "update_set_aside") == []


async def test_what_was_begun_is_tried_alone_before_all_else(
    build: Callable[..., Inbox], records: UpdateRecords
) -> None:
    handler = FakeHandler(held=[2])
    inbox = build(handler)
    await inbox.receive([message(number, chat=number) for number in range(1, 10)])
    for number in (2, 5):
        await records.count_attempt(number)
    await inbox.start()
    await handler.until_started(1)
    await inbox.receive([message(10, chat=10)])
    assert handler.started == [2]
    handler.release(2)
    await handler.until_handled(10)
    await inbox.stop(10)
    assert handler.started[:2] == [2, 5]
    assert await records.waiting() == ()


async def test_one_that_hangs_keeps_the_others_for_a_moment_only(
    build: Callable[..., Inbox], records: UpdateRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.hands.ALONE_SECONDS", 0)
    handler = FakeHandler(held=[1])
    inbox = build(handler)
    await inbox.receive([message(1), message(2, chat=2)])
    await records.count_attempt(1)
    await inbox.start()
    await handler.until_handled(1)
    assert handler.handled == [2]
    handler.release(1)
    await handler.until_handled(2)
    await inbox.stop(10)


async def test_who_wrote_what_was_set_aside_is_told(
    records: UpdateRecords, clock: MovableClock
) -> None:
    told, handler = list[int](), FakeHandler()

    async def tell(update: StoredUpdate) -> None:
        told.append(update.update_id)

    inbox = Inbox(records, handler, clock, give_up=tell)
    await inbox.receive([message(1), message(2)])
    for _ in range(DEATHS_AT_MOST):
        await records.count_attempt(1)
    await inbox.start()
    await handler.until_handled(1)
    await inbox.stop(10)
    assert (told, handler.handled) == ([1], [2])


async def test_what_was_set_aside_can_be_taken_up_again(
    build: Callable[..., Inbox], records: UpdateRecords
) -> None:
    handler = FakeHandler()
    inbox = build(handler)
    await inbox.receive([message(1), message(2, chat=2)])
    await records.set_aside(1, "RuntimeError at turn.py:1")
    (given_up,) = await records.given_up()
    assert given_up == (1, NOON, "RuntimeError at turn.py:1")
    assert await records.take_up_again([1, 2, 3]) == 1
    await inbox.start()
    await handler.until_handled(2)
    await inbox.stop(10)
    assert sorted(handler.handled) == [1, 2]


# Order and independence


async def test_a_chat_keeps_its_order_however_it_arrives(
    build: Callable[..., Inbox],
) -> None:
    handler = FakeHandler()
    inbox = build(handler)
    await inbox.start()
    for first in range(0, 60, 6):
        await inbox.receive([message(first + i, chat=i % 3) for i in range(6)])
    await handler.until_handled(60)
    for chat in range(3):
        of_one_chat = [number for number in handler.started if number % 3 == chat]
        assert of_one_chat == list(range(chat, 60, 3))


async def test_a_chat_is_never_in_two_hands(build: Callable[..., Inbox]) -> None:
    handler = FakeHandler()
    inbox = build(handler)
    await inbox.start()
    await asyncio.gather(*(inbox.receive([message(number)]) for number in range(30)))
    await handler.until_handled(30)
    assert handler.busiest == 1


async def test_chats_do_not_wait_for_each_other(build: Callable[..., Inbox]) -> None:
    handler = FakeHandler(held=[1])
    inbox = build(handler)
    await inbox.start()
    await inbox.receive([message(1, chat=1), message(2, chat=1), message(3, chat=2)])
    await handler.until_handled(1)
    assert handler.handled == [3]
    handler.release(1)
    await handler.until_handled(3)
    assert handler.handled == [3, 1, 2]


async def test_no_more_chats_than_agreed_are_answered_at_once(
    build: Callable[..., Inbox],
) -> None:
    everybody = range(1, AT_ONCE + 11)
    handler = FakeHandler(held=everybody)
    inbox = build(handler)
    await inbox.receive([message(number, chat=number) for number in everybody])
    await inbox.start()
    await handler.until_started(AT_ONCE)
    assert handler.busiest == AT_ONCE
    for number in everybody:
        handler.release(number)
    await handler.until_handled(len(everybody))
    assert handler.busiest == AT_ONCE


async def test_groups_keep_no_person_waiting(build: Callable[..., Inbox]) -> None:
    handler = FakeHandler(held=range(1, AT_ONCE + 1))
    inbox = build(handler)
    await inbox.start()
    await inbox.receive([message(number, chat=-number) for number in range(1, AT_ONCE + 1)])
    await handler.until_started(GROUPS_AT_ONCE)
    await inbox.receive([message(100, chat=1)])
    await handler.until_handled(1)
    assert handler.handled == [100]
    assert len(handler.started) == GROUPS_AT_ONCE + 1
    for number in range(1, AT_ONCE + 1):
        handler.release(number)
    await handler.until_handled(AT_ONCE + 1)


async def test_what_one_person_sends_without_end_is_not_kept(
    build: Callable[..., Inbox], records: UpdateRecords
) -> None:
    inbox = build(FakeHandler())
    for first in range(1, 2001, 100):
        await inbox.receive([message(number) for number in range(first, first + 100)])
    await inbox.receive([message(3000, chat=2)])
    kept = await records.waiting()
    assert len(kept) == limits.PERSON.at_once + 1
    assert kept[-1].update_id == 3000


async def test_what_could_not_be_stored_may_come_again_as_often_as_needed(
    build: Callable[..., Inbox], database: Database, records: UpdateRecords
) -> None:
    inbox = build(FakeHandler(), BrokenUpdateRecords(database, add=5))
    updates = [message(number) for number in range(1, limits.PERSON.at_once + 1)]
    for _ in range(5):
        with pytest.raises(StorageError):
            await inbox.receive(updates)
    await inbox.receive(updates)
    assert len(await records.waiting()) == limits.PERSON.at_once


async def test_a_busy_chat_lets_others_in_between(build: Callable[..., Inbox]) -> None:
    everybody = range(1, AT_ONCE * 2)
    handler = FakeHandler()
    inbox = build(handler)
    await inbox.receive([message(number, chat=0) for number in (1000, 1001)])
    await inbox.receive([message(2000 + chat, chat=chat) for chat in everybody])
    await inbox.start()
    await handler.until_handled(len(everybody) + 2)
    # Chat 0 was taken first, and its second message stood in line behind every other chat. As many
    # as there are hands may pass each other between being taken and being started.
    assert handler.started.index(1000) < handler.started.index(1001)
    assert handler.started.index(1001) >= AT_ONCE


# Failures


async def test_a_failure_is_tried_again_after_growing_pauses(
    build: Callable[..., Inbox], pause: FakePause, log: Log
) -> None:
    handler = FakeHandler(failures={1: len(PAUSES)})
    inbox = build(handler)
    await inbox.start()
    await inbox.receive([message(1), message(2)])
    await handler.until_handled(2)
    assert handler.started == [1, 1, 1, 1, 2]
    assert pause.seconds == list(PAUSES)
    assert numbers(log, "update_failed") == [1, 1, 1]
    assert numbers(log, "update_set_aside") == []


async def test_a_poison_update_is_set_aside_and_the_chat_goes_on(
    build: Callable[..., Inbox], records: UpdateRecords, pause: FakePause, log: Log
) -> None:
    handler = FakeHandler(failures={1: 99})
    inbox = build(handler)
    await inbox.start()
    await inbox.receive([message(1, text="WORD_CANARY"), message(2)])
    await handler.until_handled(1)
    await inbox.stop(10)
    assert handler.started == [1, 1, 1, 1, 2]
    assert pause.seconds == list(PAUSES)
    assert await records.waiting() == ()
    assert numbers(log, "update_set_aside") == [1]
    assert {line["error"] for line in log if "error" in line} == {"RuntimeError"}
    assert "WORD_CANARY" not in str(log)
    again = FakeHandler()
    inbox = build(again)
    await inbox.start()
    await inbox.receive([message(1), message(3)])
    await again.until_handled(1)
    assert again.handled == [3]


@pytest.mark.usefixtures("log")
async def test_a_pause_holds_no_hand(records: UpdateRecords, clock: MovableClock) -> None:
    forever = asyncio.Event()

    async def endless(_seconds: float) -> None:
        await forever.wait()

    failing = range(1, AT_ONCE + 1)
    handler = FakeHandler(failures=dict.fromkeys(failing, 1))
    inbox = Inbox(records, handler, clock, endless)
    await inbox.start()
    await inbox.receive([message(number, chat=number) for number in failing])
    await handler.until_started(AT_ONCE)
    await inbox.receive([message(99, chat=99)])
    await handler.until_handled(1)
    await inbox.stop(10)
    assert handler.handled == [99]
    assert len(await records.waiting()) == AT_ONCE


async def test_chats_that_are_told_to_wait_keep_no_other_waiting(
    records: UpdateRecords, clock: MovableClock, log: Log
) -> None:
    waited, wait_is_over, told = list[float](), asyncio.Event(), set[int]()
    handler = FakeHandler()

    async def hold(seconds: float) -> None:
        waited.append(seconds)
        await wait_is_over.wait()

    async def handle(update: StoredUpdate) -> None:
        if update.update_id != 99 and update.update_id not in told:
            told.add(update.update_id)
            raise MustWaitError(30)
        await handler(update)

    inbox = Inbox(records, handle, clock, hold)
    await inbox.start()
    await inbox.receive([message(number, chat=number) for number in range(1, AT_ONCE + 1)])
    await inbox.receive([message(99, chat=99)])
    await handler.until_handled(1)
    assert (handler.handled, set(waited)) == ([99], {30})
    wait_is_over.set()
    await handler.until_handled(AT_ONCE + 1)
    await inbox.stop(10)
    assert await records.waiting() == ()
    assert numbers(log, "update_failed") == []


async def test_to_wait_as_asked_is_no_further_attempt(
    build: Callable[..., Inbox], records: UpdateRecords
) -> None:
    handler, waits = FakeHandler(), iter(range(len(PAUSES) + 5))

    async def handle(update: StoredUpdate) -> None:
        if next(waits, None) is not None:
            raise MustWaitError(1)
        await handler(update)

    inbox = build(handle)
    await inbox.start()
    await inbox.receive([message(1)])
    await handler.until_handled(1)
    await inbox.stop(10)
    assert await records.waiting() == ()


@pytest.mark.usefixtures("log")
async def test_a_cancellation_inside_a_handler_is_a_failure_like_others(
    records: UpdateRecords, clock: MovableClock, pause: FakePause
) -> None:
    """A library that cancels its own tasks must not take a worker with it."""
    handled = asyncio.Event()
    attempts = 0

    async def handle(_update: object) -> None:
        nonlocal attempts
        attempts += 1
        if attempts == 1:
            raise asyncio.CancelledError
        handled.set()

    inbox = Inbox(records, handle, clock, pause)
    await inbox.start()
    await inbox.receive([message(1)])
    async with asyncio.timeout(10):
        await handled.wait()
    await inbox.stop(10)
    assert attempts == 2
    assert pause.seconds == [PAUSES[0]]


async def test_an_answer_that_could_not_be_marked_is_not_given_twice(
    build: Callable[..., Inbox], database: Database, records: UpdateRecords, log: Log
) -> None:
    handler = FakeHandler()
    inbox = build(handler, BrokenUpdateRecords(database, mark_answered=2))
    await inbox.start()
    await inbox.receive([message(1), message(2)])
    await handler.until_handled(2)
    await inbox.stop(10)
    assert handler.started == [1, 2]
    assert await records.waiting() == ()
    assert [line["error"] for line in log] == ["StorageError", "StorageError"]


async def test_a_failing_database_does_not_end_the_workers(
    build: Callable[..., Inbox], database: Database, log: Log
) -> None:
    handler = FakeHandler()
    inbox = build(handler, BrokenUpdateRecords(database, waiting=AT_ONCE * 2))
    await inbox.start()
    await inbox.receive([message(1)])
    await handler.until_handled(1)
    assert len(numbers(log, "inbox_stumbled")) == AT_ONCE * 2


async def test_after_a_hiccup_of_the_database_nobody_waits_long(
    build: Callable[..., Inbox], database: Database, pause: FakePause
) -> None:
    handler = FakeHandler()
    inbox = build(handler, BrokenUpdateRecords(database, waiting=4))
    await inbox.start()
    await inbox.receive([message(1)])
    await handler.until_handled(1)
    assert pause.seconds == [1.0, 5.0, 25.0, 25.0]


# What is stored


@ON_SQLITE
async def test_card_identity_and_phone_numbers_never_reach_the_file(
    build: Callable[..., Inbox], database: Database, file: Path
) -> None:
    update = message(1, text=f"卡号{CARD}，身份证11010519491231002X，电话13812345678")
    content = update["message"]
    assert isinstance(content, dict)
    content["entities"] = [{"type": "phone_number", "offset": 45, "length": 11}]
    content["reply_to_message"] = {"message_id": 0, "caption": f"以前的 {CARD}"}
    content["contact"] = {
        "phone_number": "13812345678",
        "first_name": "乙",
        "user_id": 138123456,
    }
    content["poll"] = {"options": [{"text": "13812345678"}], "question": CARD}
    await build(FakeHandler()).receive([update])
    (stored,) = await UpdateRecords(database).waiting()
    await database.close()
    raw = b"".join(each.read_bytes() for each in file.parent.iterdir())
    assert b"message_id" in raw
    for canary in (
        CARD,
        CARD.replace(" ", ""),
        "6222",
        "11010519491231002",
        "13812345678",
    ):
        assert canary.encode() not in raw
    kept = json.loads(stored.payload)["message"]
    assert len(kept["text"]) == len(str(content["text"]))
    assert kept["text"] == f"卡号{'**** **** **** **** ***'}，身份证{'*' * 18}，电话{'*' * 11}"
    assert kept["contact"]["user_id"] == 138123456
    assert kept["entities"] == content["entities"]


async def test_identifiers_stay_since_telegram_must_know_them_again(
    build: Callable[..., Inbox], records: UpdateRecords
) -> None:
    long_number = "4382749827349823749"
    query = {
        "id": long_number,
        "from": {"id": 7, "first_name": "甲"},
        "chat_instance": f"-{long_number}",
        "inline_message_id": long_number,
        "data": "t:call_hours",
    }
    photo = {
        "message_id": 1,
        "chat": {"id": 7},
        "media_group_id": "13812345678901234",
        "photo": [{"file_id": f"AgAD-{long_number}", "file_unique_id": long_number}],
        "caption_entities": [{"type": "custom_emoji", "custom_emoji_id": long_number}],
    }
    raw = [
        {"update_id": 1, "callback_query": query},
        {"update_id": 2, "message": photo},
    ]
    await build(FakeHandler()).receive(raw)
    assert [json.loads(each.payload) for each in await records.waiting()] == raw


async def test_half_a_character_is_stored_as_a_question_mark_which_any_database_takes(
    build: Callable[..., Inbox], records: UpdateRecords
) -> None:
    await build(FakeHandler()).receive([message(1, text="\ud83d\x00"), message(2)])
    first, _second = await records.waiting()
    assert json.loads(first.payload)["message"]["text"] == "?\x00"


PERSON = {"id": 7, "is_bot": False, "first_name": "甲"}
GROUP = {"id": -100, "type": "supergroup"}


@pytest.mark.parametrize(
    ("kind", "content", "chat"),
    [
        ("message", {"chat": GROUP, "from": PERSON}, "-100"),
        ("edited_message", {"chat": {"id": 7}, "from": PERSON}, "7"),
        ("channel_post", {"chat": GROUP}, "-100"),
        (
            "callback_query",
            {"id": "1", "from": PERSON, "message": {"chat": GROUP}},
            "-100",
        ),
        ("callback_query", {"id": "1", "from": PERSON, "inline_message_id": "x"}, "7"),
        ("inline_query", {"id": "1", "from": PERSON, "query": "喂"}, "7"),
        ("chosen_inline_result", {"result_id": "1", "from": PERSON}, "7"),
        ("my_chat_member", {"chat": {"id": 7}, "from": PERSON}, "7"),
        ("message_reaction", {"chat": GROUP, "user": PERSON}, "-100"),
        ("poll_answer", {"poll_id": "1", "user": PERSON}, "7"),
        ("poll", {"id": "1", "question": "喂"}, "update:5"),
        ("message", "nonsense", "update:5"),
        ("message", {"chat": {"id": "7"}, "from": []}, "update:5"),
        ("something_new", {}, "update:5"),
    ],
)
async def test_each_kind_of_update_has_a_chat_to_keep_in_order(
    build: Callable[..., Inbox],
    records: UpdateRecords,
    kind: str,
    content: object,
    chat: str,
) -> None:
    await build(FakeHandler()).receive([{"update_id": 5, kind: content}])
    assert [each.chat for each in await records.waiting()] == [chat]


@pytest.mark.parametrize(
    "number",
    [None, "5", 5.0, True, -1, 2**63, [5]],
    ids=lambda number: repr(number)[:12],
)
async def test_an_update_without_a_number_is_logged_by_type_and_the_others_go_on(
    build: Callable[..., Inbox], records: UpdateRecords, log: Log, number: object
) -> None:
    await build(FakeHandler()).receive(
        [{"update_id": number, "message": {"text": "WORD_CANARY"}}, message(6)]
    )
    assert [each.update_id for each in await records.waiting()] == [6]
    assert log == [{"event": "update_without_number", "log_level": "warning", "type": "dict"}]


async def test_what_is_no_update_at_all_does_not_stop_the_others(
    build: Callable[..., Inbox], records: UpdateRecords, log: Log
) -> None:
    odd: list[object] = [
        "WORD_CANARY",
        None,
        {"update_id": 1, "message": {"text": {1, 2}}},
    ]
    await build(FakeHandler()).receive([*odd, message(6)])  # type: ignore[list-item]
    assert [each.update_id for each in await records.waiting()] == [6]
    assert [line["event"] for line in log] == [
        "update_without_number",
        "update_without_number",
        "update_unreadable",
    ]


@pytest.mark.usefixtures("log")
async def test_numbers_and_set_aside_updates_are_forgotten_in_time(
    build: Callable[..., Inbox], records: UpdateRecords, clock: MovableClock
) -> None:
    handler = FakeHandler(failures={1: 99})
    inbox = build(handler)
    await inbox.start()
    await inbox.receive([message(1, chat=1), message(2, chat=2)])
    await handler.until_started(5)
    await inbox.stop(10)
    clock.now = NOON + KEEP_ANSWERED + timedelta(hours=2)
    await inbox.receive([message(3, chat=3)])
    assert [each.update_id for each in await records.add(await records.waiting())] == []
    await build(FakeHandler()).receive([message(1, chat=1), message(2, chat=2)])
    assert [each.update_id for each in await records.waiting()] == [2, 3]
    clock.now = NOON + KEEP_SET_ASIDE + timedelta(hours=2)
    await inbox.receive([message(4, chat=4)])
    await inbox.receive([message(1, chat=1)])
    assert [each.update_id for each in await records.waiting()] == [1, 2, 3, 4]


# A few words in a row are one story


def in_private(number: int, text: str) -> dict[str, object]:
    content = {"message_id": number, "chat": {"id": 1, "type": "private"}, "text": text}
    return {"update_id": number, "message": content}


async def test_a_few_words_in_a_row_are_answered_as_one_and_only_once(
    build: Callable[..., Inbox],
    records: UpdateRecords,
    clock: MovableClock,
) -> None:
    handler = FakeHandler()
    inbox = build(handler)
    await inbox.receive([in_private(1, "我欠花呗"), in_private(2, "一万二")])
    await inbox.start()
    clock.now += timedelta(seconds=2)
    await inbox.receive([in_private(3, "会坐牢吗？"), in_private(4, "会被起诉吗？")])
    await handler.until_handled(2)
    await inbox.stop(1)
    assert handler.handled == [1, 4]
    assert await records.waiting() == ()
    told = json.loads(handler.payloads[1])["message"]["text"]
    assert told == "我欠花呗\n一万二\n会坐牢吗？"


async def test_words_of_danger_wait_for_nothing(
    records: UpdateRecords, clock: MovableClock, pause: FakePause
) -> None:
    handler = FakeHandler()
    inbox = Inbox(records, handler, clock, pause, is_urgent=lambda text: text == "不想活了")
    await inbox.start()
    await inbox.receive([in_private(1, "不想活了")])
    await handler.until_handled(1)
    assert pause.seconds == []
    await inbox.stop(0)


async def test_a_few_words_are_given_a_moment_for_what_follows(
    build: Callable[..., Inbox], pause: FakePause, clock: MovableClock
) -> None:
    handler = FakeHandler()
    inbox = build(handler)
    await inbox.receive([in_private(2, "一万二")])
    clock.now += timedelta(seconds=1)
    await inbox.start()
    await inbox.receive([in_private(3, "会坐牢吗？")])
    await handler.until_handled(1)
    assert set(pause.seconds) <= {0.5}
    assert handler.handled == [2]
