"""Each reminder comes once, at its time: on a real database, also after a kill."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.concepts.records import PlannedReminder, Reminder
from bot.errors import StorageError
from bot.reminding import LOOK_EVERY, RemindingLoop, is_decent
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.reminders import CLAIM_MINUTES, Reminders
from tests.databases import age_claims
from tests.fakes import FakePause, MovableClock

SECRET = bytes(range(32))
MORNING = datetime(2026, 11, 23, 1, tzinfo=UTC)  # nine o'clock in Shanghai
CLAIM = timedelta(minutes=CLAIM_MINUTES)
LI = "11111111aaaaaaaa"
WANG = "22222222bbbbbbbb"
ADDRESS = "CANARY-CHAT"
Log = list[Mapping[str, object]]


class FakeChats:
    """Takes reminders and notes them; some chats are gone, some sendings fail or wait."""

    def __init__(self, gone: str = "", failures: int = 0) -> None:
        self.sent: list[int] = []
        self.asked: list[Reminder] = []
        self.gone = gone
        self.failures = failures
        self.is_asked = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, reminder: Reminder) -> bool:
        self.asked.append(reminder)
        self.is_asked.set()
        await self.gate.wait()
        if self.failures > 0:
            self.failures -= 1
            raise RuntimeError("CANARY")
        if reminder.sender == self.gone:
            return False
        self.sent.append(reminder.id)
        return True


class BrokenReminders(Reminders):
    """Real reminders whose named methods fail as often as told."""

    def __init__(self, database: Database, **failures: int) -> None:
        super().__init__(database, FreeTextCipher(SECRET))
        self.failures = failures

    async def due(self, now: datetime, limit: int) -> tuple[Reminder, ...]:
        self._fail("due")
        return await super().due(now, limit)

    async def mark_sent(self, reminder_id: int, on: datetime) -> None:
        self._fail("mark_sent")
        await super().mark_sent(reminder_id, on)

    async def put_off(self, reminder_id: int) -> None:
        self._fail("put_off")
        await super().put_off(reminder_id)

    async def forget_sender(self, sender: str) -> int:
        self._fail("forget_sender")
        return await super().forget_sender(sender)

    def _fail(self, method: str) -> None:
        if self.failures.get(method, 0) > 0:
            self.failures[method] -= 1
            raise StorageError(method)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = await Database.open(url)
    yield opened
    await opened.close()


@pytest.fixture
def reminders(database: Database) -> Reminders:
    return Reminders(database, FreeTextCipher(SECRET))


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(MORNING)


@pytest.fixture
def log() -> Iterator[Log]:
    with capture_logs() as lines:
        yield lines  # type: ignore[misc]


type Build = Callable[..., RemindingLoop]


@pytest.fixture
def build(reminders: Reminders, clock: MovableClock) -> Build:
    def make(
        send: Callable[[Reminder], Awaitable[bool]], over: Reminders = reminders
    ) -> RemindingLoop:
        return RemindingLoop(over, send, clock, FakePause())

    return make


async def remind(
    reminders: Reminders, at: datetime = MORNING, sender: str = LI, word: str = "CANARY"
) -> int:
    planned = PlannedReminder(
        kind="appeal",
        due_on=date(2026, 11, 30),
        remind_at=at,
        utterance="deadline_is_near",
        values={"word": word},
    )
    return (await reminders.add(sender, ADDRESS, planned)).id


# At its time, once


async def test_a_reminder_is_sent_at_its_minute_and_once(
    build: Build, reminders: Reminders, clock: MovableClock
) -> None:
    number = await remind(reminders, MORNING)
    chats = FakeChats()
    loop = build(chats)
    clock.now = MORNING - timedelta(minutes=1)
    await loop.look()
    assert chats.sent == []
    for minute in range(30):
        clock.now = MORNING + timedelta(minutes=minute)
        await loop.look()
    assert chats.sent == [number]
    (reminder,) = chats.asked
    assert (reminder.address, reminder.values) == (ADDRESS, {"word": "CANARY"})


async def test_all_that_is_due_is_sent_in_one_look_the_oldest_first(
    build: Build, reminders: Reminders
) -> None:
    late = await remind(reminders, MORNING)
    early = await remind(reminders, MORNING - timedelta(minutes=9))
    other = await remind(reminders, MORNING - timedelta(minutes=5), WANG)
    await remind(reminders, MORNING + timedelta(minutes=1))
    chats = FakeChats()
    await build(chats).look()
    assert chats.sent == [early, other, late]


async def test_it_looks_every_minute_until_it_is_stopped(
    reminders: Reminders, clock: MovableClock
) -> None:
    pause = FakePause()
    chats = FakeChats()
    loop = RemindingLoop(reminders, chats, clock, pause)
    loop.start()
    await remind(reminders)
    async with asyncio.timeout(10):
        await chats.is_asked.wait()
    await loop.stop(10)
    assert set(pause.seconds) <= {LOOK_EVERY}
    assert len(chats.sent) == 1


async def test_a_stop_in_the_pause_is_quick(reminders: Reminders, clock: MovableClock) -> None:
    is_pausing = asyncio.Event()

    async def wait_for_ever(_seconds: float) -> None:
        is_pausing.set()
        await asyncio.Event().wait()

    loop = RemindingLoop(reminders, FakeChats(), clock, wait_for_ever)
    loop.start()
    async with asyncio.timeout(10):
        await is_pausing.wait()
        await loop.stop(1000)


async def test_a_stop_before_the_start_does_no_harm(build: Build) -> None:
    await build(FakeChats()).stop(0)


async def test_a_stop_lets_the_message_go_out_and_begins_no_other(
    build: Build, reminders: Reminders
) -> None:
    first = await remind(reminders, MORNING - timedelta(minutes=1))
    second = await remind(reminders, MORNING)
    chats = FakeChats()
    chats.gate.clear()
    loop = build(chats)
    loop.start()
    async with asyncio.timeout(10):
        await chats.is_asked.wait()
        stopping = asyncio.create_task(loop.stop(10))
        await asyncio.sleep(0)
        chats.gate.set()
        await stopping
    assert chats.sent == [first]
    assert [each.id for each in await reminders.of(LI)] == [second]


async def test_a_stop_does_not_wait_for_ever(build: Build, reminders: Reminders, log: Log) -> None:
    await remind(reminders)
    chats = FakeChats()
    chats.gate.clear()
    loop = build(chats)
    loop.start()
    async with asyncio.timeout(10):
        await chats.is_asked.wait()
        await loop.stop(0)
    assert [line["event"] for line in log] == ["reminding_cut_short"]


@pytest.mark.parametrize(
    ("time", "decent"),
    [("07:59", False), ("08:00", True), ("21:59", True), ("22:00", False), ("00:00", False)],
)
def test_a_decent_hour_is_one_of_the_day_in_shanghai(time: str, decent: bool) -> None:
    assert is_decent(datetime.fromisoformat(f"2026-11-23T{time}+08:00")) is decent


async def test_what_was_missed_in_a_standstill_waits_for_the_morning(
    build: Build, reminders: Reminders, clock: MovableClock
) -> None:
    number = await remind(reminders, MORNING)
    chats = FakeChats()
    loop = build(chats)
    clock.now = MORNING + timedelta(hours=17)  # two o'clock at night
    await loop.look()
    assert chats.sent == []
    clock.now = MORNING + timedelta(hours=23)
    await loop.look()
    assert chats.sent == [number]


# Chats that are gone, sendings that fail


async def test_a_chat_that_is_gone_gets_nothing_any_more(
    build: Build, reminders: Reminders, clock: MovableClock
) -> None:
    for minute in range(3):
        await remind(reminders, MORNING + timedelta(minutes=minute))
    other = await remind(reminders, MORNING, WANG)
    chats = FakeChats(gone=LI)
    loop = build(chats)
    for minute in range(20):
        clock.now = MORNING + timedelta(minutes=minute)
        await loop.look()
    assert [each.sender for each in chats.asked].count(LI) == 1
    assert chats.sent == [other]
    assert await reminders.of(LI) == ()


async def test_what_could_not_be_sent_is_tried_again_until_it_is(
    build: Build, reminders: Reminders, database: Database, clock: MovableClock, log: Log
) -> None:
    number = await remind(reminders)
    chats = FakeChats(failures=5)
    loop = build(chats)
    for minute in range(90):
        clock.now = MORNING + timedelta(minutes=minute)
        await age_claims(database, timedelta(minutes=1))
        await loop.look()
    assert chats.sent == [number]
    assert len(chats.asked) == 6
    failures = [line for line in log if line["event"] == "reminder_failed"]
    assert (
        failures
        == [
            {
                "event": "reminder_failed",
                "log_level": "error",
                "reminder": number,
                "error": "RuntimeError",
            }
        ]
        * 5
    )


async def test_one_that_fails_does_not_hold_up_the_others(
    build: Build, reminders: Reminders
) -> None:
    await remind(reminders, MORNING - timedelta(minutes=1))
    other = await remind(reminders, MORNING, WANG)
    chats = FakeChats(failures=1)
    await build(chats).look()
    assert chats.sent == [other]


async def test_logs_hold_no_words_and_no_chat(
    build: Build, reminders: Reminders, database: Database, clock: MovableClock, log: Log
) -> None:
    await remind(reminders)
    await remind(reminders, MORNING, WANG)
    loop = build(FakeChats(gone=WANG, failures=1))
    await loop.look()
    clock.now = MORNING + CLAIM
    await age_claims(database, CLAIM)
    await loop.look()
    events = {line["event"] for line in log}
    assert events == {"reminder_failed", "chat_is_gone", "reminder_sent"}
    assert "CANARY" not in str(log)


# The database fails


@pytest.mark.parametrize("method", ["due", "mark_sent"])
async def test_a_fault_of_the_database_is_logged_and_nothing_comes_twice(
    method: str, build: Build, database: Database, clock: MovableClock, log: Log
) -> None:
    broken = BrokenReminders(database, **{method: 30})
    number = await remind(broken)
    other = await remind(broken, MORNING, WANG)
    chats = FakeChats()
    loop = build(chats, broken)
    for minute in range(90):
        clock.now = MORNING + timedelta(minutes=minute)
        await loop.look()
    assert chats.sent == [number, other]
    faults = [line for line in log if line["event"] == "reminders_unreachable"]
    assert (
        faults
        == [{"event": "reminders_unreachable", "log_level": "error", "because": method}] * 30
    )


async def test_a_gone_chat_is_noticed_again_when_it_could_not_be_noted(
    build: Build, database: Database, clock: MovableClock
) -> None:
    broken = BrokenReminders(database, forget_sender=1)
    await remind(broken)
    chats = FakeChats(gone=LI)
    loop = build(chats, broken)
    for minute in range(30):
        clock.now = MORNING + timedelta(minutes=minute)
        await age_claims(database, timedelta(minutes=1))
        await loop.look()
    assert len(chats.asked) == 2
    assert await broken.of(LI) == ()


async def test_a_failed_sending_that_could_not_be_noted_is_tried_once_more(
    build: Build, database: Database, clock: MovableClock
) -> None:
    broken = BrokenReminders(database, put_off=1)
    number = await remind(broken)
    chats = FakeChats(failures=1)
    loop = build(chats, broken)
    for minute in range(30):
        clock.now = MORNING + timedelta(minutes=minute)
        await age_claims(database, timedelta(minutes=1))
        await loop.look()
    assert chats.sent == [number]


async def test_whatever_stumbles_the_loop_goes_on(
    reminders: Reminders, clock: MovableClock, log: Log
) -> None:
    number = await remind(reminders)
    falls = iter([KeyError("CANARY")])

    def stumbling_clock() -> datetime:
        for fall in falls:
            raise fall
        return clock()

    chats = FakeChats()
    loop = RemindingLoop(reminders, chats, stumbling_clock, FakePause())
    loop.start()
    async with asyncio.timeout(10):
        await chats.is_asked.wait()
    await loop.stop(10)
    assert chats.sent == [number]
    assert log[0] == {
        "event": "reminding_stumbled",
        "log_level": "error",
        "error": "KeyError",
    }


# Two processes, and a process that ends in the middle


async def test_two_processes_send_each_reminder_once(
    build: Build, reminders: Reminders, url: str
) -> None:
    wanted = {await remind(reminders, MORNING, LI, str(number)) for number in range(20)}
    second = await Database.open(url)
    chats = FakeChats()
    over = Reminders(second, FreeTextCipher(SECRET))
    await asyncio.gather(build(chats).look(), build(chats, over).look())
    await second.close()
    assert sorted(chats.sent) == sorted(wanted)


LIFE = """
import asyncio, os, sys
from datetime import datetime
from pathlib import Path
from bot.reminding import RemindingLoop
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.reminders import Reminders

url, outbox, death, now = sys.argv[1:]

class DeadlyReminders(Reminders):
    async def mark_sent(self, reminder_id, on):
        if death == "before it is marked":
            os._exit(9)
        await super().mark_sent(reminder_id, on)
        os._exit(9)

async def send(reminder):
    if death == "before it is sent":
        os._exit(9)
    Path(outbox).write_text(str(reminder.id), encoding="utf-8")
    return True

async def live():
    database = await Database.open(url)
    reminders = DeadlyReminders(database, FreeTextCipher(bytes(range(32))))
    await RemindingLoop(reminders, send, lambda: datetime.fromisoformat(now)).look()

asyncio.run(live())
"""


@pytest.fixture
def live_and_die(url: str, tmp_path: Path) -> Callable[[str, datetime], str]:
    """A whole process that looks once and is killed in the middle; gives back what it sent."""
    outbox = tmp_path / "outbox"

    def live(death: str, now: datetime) -> str:
        outbox.write_text("", encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", LIFE, url, str(outbox), death, now.isoformat()],
            capture_output=True,
            check=False,
        )
        assert done.returncode == 9, done.stderr.decode()
        return outbox.read_text(encoding="utf-8")

    return live


@pytest.mark.parametrize(
    ("death", "came"),
    [
        ("before it is sent", (False, True)),
        # Only whoever reads the chat could tell these two apart: it may come a second time.
        ("before it is marked", (True, True)),
        ("after it is marked", (True, False)),
    ],
)
async def test_a_kill_loses_nothing_and_repeats_at_most_the_one_in_hand(
    *,
    death: str,
    came: tuple[bool, bool],
    build: Build,
    reminders: Reminders,
    database: Database,
    clock: MovableClock,
    live_and_die: Callable[[str, datetime], str],
) -> None:
    came_before, came_after = came
    number = await remind(reminders)
    assert live_and_die(death, MORNING) == (str(number) if came_before else "")
    chats = FakeChats()
    for minute in range(CLAIM_MINUTES):
        clock.now = MORNING + timedelta(minutes=minute)
        await build(chats).look()
    assert chats.asked == []
    await age_claims(database, CLAIM)
    for minute in range(CLAIM_MINUTES, 5 * CLAIM_MINUTES):
        clock.now = MORNING + timedelta(minutes=minute)
        await build(chats).look()
    assert chats.sent == ([number] if came_after else [])
    assert all(each.is_repeat for each in chats.asked)


async def test_a_reminder_that_kills_each_time_is_left_alone_after_the_second(
    build: Build,
    reminders: Reminders,
    database: Database,
    clock: MovableClock,
    live_and_die: Callable[[str, datetime], str],
) -> None:
    number = await remind(reminders)
    for death in (MORNING, MORNING + CLAIM):
        assert live_and_die("before it is marked", death) == str(number)
        await age_claims(database, CLAIM)
    chats = FakeChats()
    for later in (2 * CLAIM, timedelta(days=1), timedelta(days=2)):
        clock.now = MORNING + later
        await build(chats).look()
    assert chats.asked == []
