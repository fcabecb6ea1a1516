"""Questions that nobody could understand yet are answered once, the longest waiting first."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from structlog.testing import capture_logs

from bot import people_records
from bot.concepts.message import IncomingMessage
from bot.concepts.reply import Reply, paragraph
from bot.errors import ChannelError, StorageError
from bot.people_records import Records
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.waiting_people import CLAIM_MINUTES, WaitingPeople, WaitingPerson
from bot.waiting import WaitingQuestions
from tests.databases import age_claims
from tests.fakes import MovableClock

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEY = bytes(32)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOON)


@pytest.fixture
def waiting(database: Database) -> WaitingQuestions:
    return waiting_over(database)


@pytest.fixture
async def other_bot(url: str) -> AsyncIterator[WaitingQuestions]:
    """A second process over the same database."""
    opened = await Database.open(url)
    yield waiting_over(opened)
    await opened.close()


def waiting_over(database: Database, key: bytes = KEY) -> WaitingQuestions:
    return Records.over(database, FreeTextCipher(key)).waiting_questions(pseudonym)


def pseudonym(address: str) -> str:
    return f"sender {address}"


def asked(sender: str, text: str, minute: int = 0) -> IncomingMessage:
    sent_on = NOON + timedelta(minutes=minute)
    return IncomingMessage(sender_id=sender, sent_on=sent_on, text=text)


async def two_wait(waiting: WaitingQuestions) -> None:
    """One after the other."""
    await waiting.note(asked("1", "一"))
    await waiting.note(asked("2", "二", minute=1))


async def claims_run_out(database: Database, clock: MovableClock) -> None:
    """A moment after which whoever was claimed may be claimed again."""
    clock.now += timedelta(minutes=CLAIM_MINUTES)
    await age_claims(database, timedelta(minutes=CLAIM_MINUTES))


Vex = Callable[[IncomingMessage], Awaitable[None]]


class Post:
    """Answers with the words of the question, and notes what is sent.

    `vexed_by` names by sender what happens instead, or besides, when they are answered.
    """

    def __init__(self, vexed_by: Mapping[str, Vex] | None = None) -> None:
        self.sent: list[tuple[str, str]] = []
        self._vexed_by = vexed_by or {}

    async def answer(self, message: IncomingMessage) -> Reply:
        """The words again."""
        if (vex := self._vexed_by.get(message.sender_id)) is not None:
            await vex(message)
        return Reply(blocks=(paragraph(message.text),))

    async def send(self, sender: str, reply: Reply) -> bool:
        """Note it."""
        self.sent.append((sender, reply.blocks[0].text))
        return True


async def test_each_is_answered_once_the_longest_waiting_first(
    waiting: WaitingQuestions, database: Database, clock: MovableClock
) -> None:
    post = Post()
    await waiting.note(asked("2", "二", minute=1))
    await waiting.note(asked("1", "一"))
    await database.flush()
    assert await waiting.are_any(NOON)
    await waiting.answer_all(post.answer, post.send, clock)
    await waiting.answer_all(post.answer, post.send, clock)
    assert post.sent == [("1", "一"), ("2", "二")]
    assert not await waiting.are_any(NOON)


async def test_the_newest_question_of_a_person_takes_the_place_of_the_former(
    waiting: WaitingQuestions, clock: MovableClock
) -> None:
    post = Post()
    await waiting.note(asked("1", "一"))
    await waiting.note(asked("2", "二", minute=1))
    await waiting.note(asked("1", "一\n还有", minute=2))
    await waiting.answer_all(post.answer, post.send, clock)
    assert post.sent == [("2", "二"), ("1", "一\n还有")]


async def test_who_was_answered_meanwhile_waits_no_more(
    waiting: WaitingQuestions, clock: MovableClock
) -> None:
    post = Post()
    await waiting.note(asked("1", "一"))
    await waiting.leave(asked("1", ""))
    await waiting.leave(asked("a stranger", ""))
    await waiting.answer_all(post.answer, post.send, clock)
    assert post.sent == []


async def test_who_is_answered_while_others_are_is_not_answered_again(
    waiting: WaitingQuestions, clock: MovableClock
) -> None:
    post = Post()
    await waiting.note(asked("1", "一"))
    await waiting.note(asked("2", "二", minute=1))

    async def answer(message: IncomingMessage) -> Reply:
        await waiting.leave(asked("2", ""))
        return await post.answer(message)

    await waiting.answer_all(answer, post.send, clock)
    assert post.sent == [("1", "一")]


async def test_what_waits_again_is_kept_for_the_next_time(
    waiting: WaitingQuestions, database: Database, clock: MovableClock
) -> None:
    post = Post()
    await waiting.note(asked("1", "一"))

    async def not_yet(message: IncomingMessage) -> Reply:
        await waiting.note(message)
        return await post.answer(message)

    await waiting.answer_all(not_yet, post.send, clock)
    await claims_run_out(database, clock)
    assert await waiting.are_any(clock.now)
    assert post.sent == [("1", "一")]


async def test_what_could_not_be_sent_is_tried_again_after_a_pause(
    waiting: WaitingQuestions, database: Database, clock: MovableClock
) -> None:
    post = Post()
    await waiting.note(asked("1", "一"))

    async def fail(address: str, _reply: Reply) -> bool:
        # As a turn does whose question is understood: the answer is not out yet.
        await waiting.leave(asked(address, ""))
        raise ChannelError("the line is down")

    with capture_logs() as log:
        await waiting.answer_all(post.answer, fail, clock)
    assert [line["event"] for line in log] == ["waiting_question_not_answered"]
    await waiting.answer_all(post.answer, post.send, clock)
    assert post.sent == []
    await claims_run_out(database, clock)
    await waiting.answer_all(post.answer, post.send, clock)
    assert post.sent == [("1", "一")]


async def test_who_can_never_be_sent_to_keeps_nobody_else_waiting(
    waiting: WaitingQuestions, database: Database, clock: MovableClock
) -> None:
    post = Post()

    async def send(address: str, reply: Reply) -> bool:
        if address in "123":
            raise ChannelError("refused")
        return await post.send(address, reply)

    for number in range(1, 6):
        await waiting.note(asked(str(number), "问", minute=number))
    with capture_logs():
        for _ in range(3):
            await waiting.answer_all(post.answer, send, clock)
        assert post.sent == []
        # Each of the three may be tried again, and comes behind all others.
        await claims_run_out(database, clock)
        await waiting.answer_all(post.answer, send, clock)
    assert post.sent == [("4", "问"), ("5", "问")]


async def test_what_is_never_understood_keeps_nobody_else_waiting(
    waiting: WaitingQuestions, clock: MovableClock
) -> None:
    post = Post(vexed_by={"1": waiting.note})
    await two_wait(waiting)
    for _ in range(2):
        await waiting.answer_all(post.answer, post.send, clock)
    assert post.sent == [("1", "一"), ("2", "二")]


async def test_what_fails_for_another_reason_keeps_nobody_waiting(
    waiting: WaitingQuestions, clock: MovableClock
) -> None:
    async def fail(message: IncomingMessage) -> None:
        raise KeyError(message.text)

    post = Post(vexed_by={"1": fail})
    await two_wait(waiting)
    with capture_logs() as log:
        await waiting.answer_all(post.answer, post.send, clock)
    assert post.sent == [("2", "二")]
    assert "一" not in str(log)
    assert not await waiting.are_any(NOON)


class OnAFullDisk(WaitingPeople):
    """What is noted is kept, but what was answered cannot be noted while `is_full`."""

    is_full = True

    async def note_answered(self, person: WaitingPerson) -> None:
        if self.is_full:
            raise StorageError("as when the disk is full")
        await super().note_answered(person)


async def test_who_was_answered_is_not_answered_again_though_the_disk_was_full(
    database: Database, clock: MovableClock
) -> None:
    people = OnAFullDisk(database, FreeTextCipher(KEY))
    waiting, post = WaitingQuestions(people, pseudonym), Post()
    await waiting.note(asked("1", "一"))
    await waiting.note(asked("2", "二", minute=1))
    with capture_logs() as log:
        await waiting.answer_all(post.answer, post.send, clock)
        clock.now += timedelta(hours=1)
        await waiting.answer_all(post.answer, post.send, clock)
    assert {line["event"] for line in log} == {"waiting_person_not_forgotten"}
    people.is_full = False
    await waiting.answer_all(post.answer, post.send, clock)
    assert post.sent == [("1", "一"), ("2", "二")]


async def test_who_was_answered_is_marked_before_another_bot_may_have_them(
    database: Database, other_bot: WaitingQuestions, clock: MovableClock
) -> None:
    people = OnAFullDisk(database, FreeTextCipher(KEY))
    waiting, post = WaitingQuestions(people, pseudonym), Post()
    await waiting.note(asked("1", "一"))
    with capture_logs():
        await waiting.answer_all(post.answer, post.send, clock)
    people.is_full = False
    # The look that the bot makes every two seconds, whether or not anything can be understood.
    assert not await waiting.are_any(clock.now)
    await claims_run_out(database, clock)
    await other_bot.answer_all(post.answer, post.send, clock)
    assert post.sent == [("1", "一")]


# After a restart, and beside other bots


async def test_after_a_restart_the_question_is_taken_up_and_answered_once(
    waiting: WaitingQuestions, database: Database, clock: MovableClock
) -> None:
    await waiting.note(asked("1", "一"))
    again, post = waiting_over(database), Post()
    await again.answer_all(post.answer, post.send, clock)
    await waiting_over(database).answer_all(post.answer, post.send, clock)
    assert post.sent == [("1", "一")]


async def test_of_two_bots_that_look_at_once_one_answers_each(
    waiting: WaitingQuestions,
    other_bot: WaitingQuestions,
    database: Database,
    clock: MovableClock,
) -> None:
    post = Post()
    for number in range(20):
        await waiting.note(asked(str(number), f"问{number}", minute=number))
    await database.flush()
    both = (waiting, other_bot)
    await asyncio.gather(*(bot.answer_all(post.answer, post.send, clock) for bot in both))
    assert sorted(post.sent) == sorted((str(number), f"问{number}") for number in range(20))


async def test_what_a_bot_had_in_hand_that_died_is_answered_by_another_in_time(
    waiting: WaitingQuestions,
    other_bot: WaitingQuestions,
    database: Database,
    clock: MovableClock,
) -> None:
    post, never = Post(), asyncio.Event()
    await waiting.note(asked("1", "一"))

    async def hang(message: IncomingMessage) -> Reply:
        await never.wait()
        return await post.answer(message)

    people = Records.over(database, FreeTextCipher(KEY)).waiting
    await people.claim(NOON)
    await other_bot.answer_all(hang, post.send, clock)
    assert post.sent == []
    await claims_run_out(database, clock)
    await other_bot.answer_all(post.answer, post.send, clock)
    assert post.sent == [("1", "一")]


async def test_what_is_being_answered_when_the_program_ends_is_given_back(
    waiting: WaitingQuestions, other_bot: WaitingQuestions, clock: MovableClock
) -> None:
    post, begun = Post(), asyncio.Event()
    await waiting.note(asked("1", "一"))

    async def hang(_: IncomingMessage) -> Reply:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    answering = asyncio.create_task(waiting.answer_all(hang, post.send, clock))
    await begun.wait()
    answering.cancel()
    await asyncio.wait([answering])
    await other_bot.answer_all(post.answer, post.send, clock)
    assert post.sent == [("1", "一")]


async def test_what_is_being_sent_when_the_program_ends_is_sent_and_nobody_else_is_begun(
    waiting: WaitingQuestions, other_bot: WaitingQuestions, clock: MovableClock
) -> None:
    post, begun, may_end = Post(), asyncio.Event(), asyncio.Event()

    async def send(address: str, reply: Reply) -> bool:
        begun.set()
        await may_end.wait()
        return await post.send(address, reply)

    await waiting.note(asked("1", "一"))
    await waiting.note(asked("2", "二", minute=1))
    answering = asyncio.create_task(waiting.answer_all(post.answer, send, clock))
    await begun.wait()
    stopping = asyncio.create_task(waiting.stop(10))
    await asyncio.sleep(0)
    may_end.set()
    await stopping
    await answering
    assert post.sent == [("1", "一")]
    await other_bot.answer_all(post.answer, post.send, clock)
    assert post.sent == [("1", "一"), ("2", "二")]


async def test_what_is_cut_off_while_it_is_sent_is_not_given_back_at_once(
    waiting: WaitingQuestions,
    other_bot: WaitingQuestions,
    database: Database,
    clock: MovableClock,
) -> None:
    post, begun = Post(), asyncio.Event()

    async def hang(_address: str, _reply: Reply) -> bool:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    await waiting.note(asked("1", "一"))
    answering = asyncio.create_task(waiting.answer_all(post.answer, hang, clock))
    await begun.wait()
    await waiting.stop(0)
    answering.cancel()
    await asyncio.wait([answering])
    await other_bot.answer_all(post.answer, post.send, clock)
    assert post.sent == []
    await claims_run_out(database, clock)
    await other_bot.answer_all(post.answer, post.send, clock)
    assert post.sent == [("1", "一")]


async def test_a_day_later_nobody_expects_the_answer_any_more(
    waiting: WaitingQuestions, database: Database
) -> None:
    await waiting.note(asked("1", "一"))
    await database.flush()
    assert not await waiting.are_any(NOON + timedelta(hours=24))


async def test_what_cannot_be_read_keeps_nobody_else_waiting(
    waiting: WaitingQuestions, database: Database, clock: MovableClock
) -> None:
    post = Post()
    await waiting_over(database, bytes(range(32))).note(asked("1", "一"))
    await waiting.note(asked("2", "二", minute=1))
    with capture_logs() as log:
        await waiting.answer_all(post.answer, post.send, clock)
    await waiting.answer_all(post.answer, post.send, clock)
    assert [line["event"] for line in log] == ["waiting_people_unknown"]
    assert post.sent == [("2", "二")]


async def test_nobody_who_waits_is_forgotten_in_the_first_minutes_whatever_the_clock_says(
    waiting: WaitingQuestions, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = Records.over(database, FreeTextCipher(KEY))
    await waiting.note(asked("1", "一"))
    monkeypatch.setattr(people_records, "now", lambda: NOON + timedelta(hours=25))
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 1:
            assert await waiting.are_any(NOON)
        else:
            raise asyncio.CancelledError

    monkeypatch.setattr(people_records, "asyncio", SimpleNamespace(sleep=sleep))
    await database.flush()
    with pytest.raises(asyncio.CancelledError):
        await people_records.keep_house(records)
    assert slept[0] >= 600
    assert not await waiting.are_any(NOON)
