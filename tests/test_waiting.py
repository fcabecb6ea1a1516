"""Questions that nobody could understand yet are answered once, the longest waiting first."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.concepts.conversation import Conversation
from bot.concepts.message import IncomingMessage
from bot.concepts.records import Preference
from bot.concepts.reply import Reply, paragraph
from bot.errors import ChannelError, StorageError
from bot.people_records import Records
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.waiting_people import WaitingPeople
from bot.waiting import WaitingQuestions

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
async def records(tmp_path: Path) -> AsyncIterator[Records]:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'zhiquan.db'}")
    yield Records.over(database, FreeTextCipher(bytes(32)))
    await database.close()


@pytest.fixture
def waiting(records: Records) -> WaitingQuestions:
    return waiting_over(records)


def waiting_over(records: Records) -> WaitingQuestions:
    return WaitingQuestions(records.waiting, records.conversations, pseudonym)


def pseudonym(address: str) -> str:
    return f"sender {address}"


def asked(sender: str, text: str) -> IncomingMessage:
    return IncomingMessage(sender_id=sender, sent_on=NOON, text=text)


class Post:
    """Answers with the words of the question, and notes what is sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    async def answer(self, message: IncomingMessage) -> Reply:
        """The words again."""
        return Reply(blocks=(paragraph(message.text),))

    async def send(self, sender: str, reply: Reply) -> bool:
        """Note it."""
        self.sent.append((sender, reply.blocks[0].text))
        return True


async def test_each_is_answered_once_the_longest_waiting_first(waiting: WaitingQuestions) -> None:
    post = Post()
    await waiting.note(asked("1", "一"))
    await waiting.note(asked("2", "二"))
    assert waiting
    await waiting.answer_all(post.answer, post.send)
    await waiting.answer_all(post.answer, post.send)
    assert post.sent == [("1", "一"), ("2", "二")]
    assert not waiting


async def test_the_newest_question_of_a_person_takes_the_place_of_the_former(
    waiting: WaitingQuestions,
) -> None:
    post = Post()
    await waiting.note(asked("1", "一"))
    await waiting.note(asked("2", "二"))
    await waiting.note(asked("1", "一\n还有"))
    await waiting.answer_all(post.answer, post.send)
    assert post.sent == [("2", "二"), ("1", "一\n还有")]


async def test_who_was_answered_meanwhile_waits_no_more(waiting: WaitingQuestions) -> None:
    post = Post()
    await waiting.note(asked("1", "一"))
    await waiting.drop("1")
    await waiting.drop("a stranger")
    await waiting.answer_all(post.answer, post.send)
    assert post.sent == []


async def test_who_is_answered_while_others_are_is_not_answered_again(
    waiting: WaitingQuestions,
) -> None:
    post = Post()
    await waiting.note(asked("1", "一"))
    await waiting.note(asked("2", "二"))

    async def answer(message: IncomingMessage) -> Reply:
        await waiting.drop("2")
        return await post.answer(message)

    await waiting.answer_all(answer, post.send)
    assert post.sent == [("1", "一")]


async def test_what_waits_again_is_kept_for_the_next_time(waiting: WaitingQuestions) -> None:
    post = Post()
    await waiting.note(asked("1", "一"))

    async def not_yet(message: IncomingMessage) -> Reply:
        await waiting.note(message)
        return await post.answer(message)

    await waiting.answer_all(not_yet, post.send)
    assert waiting
    assert post.sent == [("1", "一")]


async def test_of_very_many_the_longest_waiting_is_forgotten(waiting: WaitingQuestions) -> None:
    post = Post()
    for number in range(1001):
        await waiting.note(asked(str(number), "喂"))
    await waiting.answer_all(post.answer, post.send)
    assert (len(post.sent), post.sent[0]) == (1000, ("1", "喂"))


async def test_what_could_not_be_sent_is_tried_again_and_stops_nothing(
    waiting: WaitingQuestions,
) -> None:
    post = Post()
    await waiting.note(asked("1", "一"))

    async def fail(_address: str, _reply: Reply) -> bool:
        raise ChannelError("the line is down")

    with capture_logs() as log:
        await waiting.answer_all(post.answer, fail)
    assert [line["event"] for line in log] == ["waiting_question_not_answered"]
    await waiting.answer_all(post.answer, post.send)
    assert post.sent == [("1", "一")]


async def test_what_fails_for_another_reason_keeps_nobody_waiting(
    waiting: WaitingQuestions,
) -> None:
    post = Post()
    await waiting.note(asked("1", "一"))
    await waiting.note(asked("2", "二"))

    async def answer(message: IncomingMessage) -> Reply:
        if message.sender_id == "1":
            raise KeyError(message.text)
        return await post.answer(message)

    with capture_logs() as log:
        await waiting.answer_all(answer, post.send)
    assert post.sent == [("2", "二")]
    assert "一" not in str(log)
    assert not waiting


class OnAFullDisk(WaitingPeople):
    """What is noted is kept, but nothing can be taken away."""

    async def remove(self, sender: str, *, is_urgent: bool) -> None:
        """As when the disk is full."""
        raise StorageError(f"{sender}, urgent: {is_urgent}")


async def test_who_was_answered_is_not_answered_again_though_the_disk_is_full(
    tmp_path: Path,
) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'zhiquan.db'}")
    cipher = FreeTextCipher(bytes(32))
    people, records = OnAFullDisk(database, cipher), Records.over(database, cipher)
    waiting, post = WaitingQuestions(people, records.conversations, pseudonym), Post()
    await waiting.note(asked("1", "一"))
    await waiting.note(asked("2", "二"))
    with capture_logs() as log:
        await waiting.answer_all(post.answer, post.send)
        await waiting.answer_all(post.answer, post.send)
    assert post.sent == [("1", "一"), ("2", "二")]
    assert {line["event"] for line in log} == {"waiting_person_not_forgotten"}
    await database.close()


# After a restart


async def ask(waiting: WaitingQuestions, records: Records, address: str, text: str) -> None:
    """As a turn does."""
    await waiting.note(asked(address, text))
    talk = Conversation(waiting=text)
    await records.conversations.keep(pseudonym(address), talk, NOON)
    # The mark that it was answered takes both along.
    await records.preferences.set("anybody", Preference())


async def test_after_a_restart_the_question_is_taken_up_and_answered_once(
    waiting: WaitingQuestions, records: Records
) -> None:
    await ask(waiting, records, "1", "一")
    again, post = waiting_over(records), Post()
    await again.take_up(NOON + timedelta(hours=1))
    await again.answer_all(post.answer, post.send)
    assert post.sent == [("1", "一")]
    third = waiting_over(records)
    await third.take_up(NOON + timedelta(hours=1))
    assert not third


async def test_who_was_answered_before_the_restart_waits_no_more(
    waiting: WaitingQuestions, records: Records
) -> None:
    await ask(waiting, records, "1", "一")
    await waiting.drop("1")
    await records.preferences.set("anybody", Preference())
    again = waiting_over(records)
    await again.take_up(NOON)
    assert not again


async def test_a_day_later_nobody_expects_the_answer_any_more(
    waiting: WaitingQuestions, records: Records
) -> None:
    await ask(waiting, records, "1", "一")
    again = waiting_over(records)
    await again.take_up(NOON + timedelta(hours=24))
    assert not again


async def test_what_cannot_be_read_keeps_the_bot_from_nothing(
    waiting: WaitingQuestions, records: Records, tmp_path: Path
) -> None:
    await ask(waiting, records, "1", "一")
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'zhiquan.db'}")
    other = waiting_over(Records.over(database, FreeTextCipher(bytes(range(32)))))
    with capture_logs() as log:
        await other.take_up(NOON)
    await database.close()
    assert [line["event"] for line in log] == ["waiting_people_unknown"]


async def test_without_its_question_nobody_is_taken_up(
    waiting: WaitingQuestions, records: Records
) -> None:
    await waiting.note(asked("1", "一"))
    again = waiting_over(records)
    await again.take_up(NOON)
    assert not again
