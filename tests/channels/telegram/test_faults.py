"""A bad line, a patient Telegram, a second copy, a wrong token: nothing lost, nothing twice."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path

import httpx
import pytest
import structlog

from bot.channels.telegram.delivery import PAUSES
from bot.errors import ChannelError, StorageError
from bot.inbox import Inbox
from bot.logs import configure_logs
from bot.storage.database import Database
from bot.storage.update_records import UpdateRecords
from tests.bot_api_server import BotApiServer
from tests.bot_api_server.documents import DOWNLOAD
from tests.channels.telegram.talk import BotUnderTest, FakeInbox, FakeTalk
from tests.fakes import FakePause

PERSON = 8
WAITS = 7


@pytest.fixture
async def stored(bot: BotUnderTest, tmp_path: Path) -> AsyncIterator[BotUnderTest]:
    """The channel with the real inbox on a real database, not yet running."""
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'zhiquan.db'}")
    bot.inbox_of = lambda handle: Inbox(UpdateRecords(database), handle, bot.clock, bot.pause)
    yield bot
    await database.close()


async def test_who_sends_without_end_is_told_once_and_others_are_answered(
    stored: BotUnderTest, server: BotApiServer, talk: FakeTalk
) -> None:
    for _ in range(200):
        await server.person_says(PERSON, "半夜打电话合法吗？")
    await server.person_says(PERSON + 1, "打到单位合法吗？")
    async with stored.running():
        await server.wait_for_messages(1, PERSON + 1)
        texts = await server.wait_for_messages(61, PERSON)
        await server.wait_until_confirmed()
    assert texts[60] == "[too_many]"
    assert server.texts(PERSON).count("[too_many]") == 1
    assert len(talk.heard) < 100


async def test_nothing_is_lost_or_repeated_while_everything_goes_wrong(
    stored: BotUnderTest, server: BotApiServer, talk: FakeTalk
) -> None:
    server.fail("getUpdates", times=3)
    server.drop("getUpdates", times=2)
    server.flood("getUpdates", retry_after=3)
    server.fail("sendMessage", times=2)
    server.drop("sendMessage", times=2)
    server.flood("sendMessage", retry_after=4)
    server.fail("sendChatAction", times=2)
    server.fail("setMyCommands")
    said = [f"第{number}句怎么办" for number in range(12)]
    async with stored.running():
        for text in said:
            await server.person_says(PERSON, text)
        await server.wait_for_messages(len(said))
        await server.wait_until_confirmed()

    assert server.texts() == [f"回答\n\n{text}" for text in said]
    assert talk.texts() == said
    assert {1.0, 2.0, 3.0, 4.0, 0.5} <= set(stored.pause.seconds)


async def test_an_answer_to_getupdates_that_got_lost_is_fetched_again(
    stored: BotUnderTest, server: BotApiServer
) -> None:
    await server.person_says(PERSON, "一")
    server.drop("getUpdates", is_done=True)
    async with stored.running():
        await server.wait_for_messages(1)
        await server.person_says(PERSON, "二")

        assert await server.wait_for_messages(2) == ["回答\n\n一", "回答\n\n二"]


async def test_what_came_while_we_were_away_is_answered_and_nothing_twice(
    stored: BotUnderTest, server: BotApiServer
) -> None:
    async with stored.running():
        await server.person_says(PERSON, "一")
        await server.wait_for_messages(1)
    assert server.pending == []
    await server.person_says(PERSON, "二")
    async with stored.running():
        await server.wait_for_messages(2)
        await server.wait_until_confirmed()

    assert server.texts() == ["回答\n\n一", "回答\n\n二"]


async def test_what_was_being_answered_when_we_died_is_answered_by_the_next(
    stored: BotUnderTest, server: BotApiServer, talk: FakeTalk
) -> None:
    async with stored.running() as task:
        await server.person_says(PERSON, "等")
        await server.wait_until_confirmed()
        task.cancel()
        talk.gate.set()
        await asyncio.gather(task, return_exceptions=True)
    async with stored.running():
        await server.wait_for_messages(1)

    assert server.texts() == ["回答\n\n等"]


async def test_a_long_line_fault_in_the_middle_of_a_reply_repeats_no_part_and_no_thought(
    stored: BotUnderTest, server: BotApiServer, talk: FakeTalk
) -> None:
    async with stored.running():
        await server.person_says(PERSON, "你好")
        await server.wait_for_messages(1)
        await server.person_says(9, "很长")
        await server.wait_for_messages(3)
        server.fail("sendMessage", times=len(PAUSES) + 3)
        await server.wait_until(lambda: bool(server.messages[-1].rows) and len(server.texts()) > 2)

    starts = [text.split("：")[0] for text in server.texts(9)]
    assert starts == ["0", "11", "22", "33"]
    assert talk.texts() == ["你好", "很长"]


async def test_a_database_that_fails_leaves_the_updates_with_telegram(
    bot: BotUnderTest, server: BotApiServer
) -> None:
    failures = [StorageError("full"), StorageError("full")]

    class StumblingInbox(FakeInbox):
        async def receive(self, raw_updates: Sequence[Mapping[str, object]]) -> None:
            if failures:
                raise failures.pop()
            await super().receive(raw_updates)

    bot.inbox_of = lambda handle: StumblingInbox(handle, bot.clock)
    async with bot.running():
        await server.person_says(PERSON, "你好")
        assert await server.wait_for_messages(1) == ["回答\n\n你好"]


async def test_a_chat_that_must_wait_keeps_no_other_waiting(
    bot: BotUnderTest, server: BotApiServer
) -> None:
    pause = bot.pause = HeldPause(held=float(WAITS))
    server.flood("sendMessage", retry_after=WAITS, chat_id=PERSON)
    async with bot.running():
        await server.person_says(PERSON, "慢")
        await pause.reached.wait()
        await server.person_says(9, "快")
        assert await server.wait_for_messages(1) == ["回答\n\n快"]
        pause.gate.set()

        assert await server.wait_for_messages(2) == ["回答\n\n快", "回答\n\n慢"]


async def test_markup_that_telegram_refuses_is_sent_once_more_as_plain_text(
    bot: BotUnderTest, server: BotApiServer
) -> None:
    server.fail("sendMessage", status=400)
    async with bot.running():
        await server.person_says(PERSON, "<b> & 他")
        await server.wait_for_messages(1)

    assert server.texts() == ["回答\n\n<b> & 他"]
    assert "parse_mode" not in server.messages[0].parameters


async def test_what_telegram_refuses_even_as_plain_text_is_dropped(
    bot: BotUnderTest, server: BotApiServer
) -> None:
    server.fail("sendMessage", status=400, times=2)
    async with bot.running():
        await server.person_says(PERSON, "一")
        await server.wait_for_call("sendMessage", 2)
        await server.person_says(PERSON, "二")

        assert await server.wait_for_messages(1) == ["回答\n\n二"]


@pytest.mark.parametrize("token", ["1:wrong", "no token at all", "4711:wrong-token"])
async def test_a_wrong_token_ends_in_a_sentence_that_does_not_show_it(
    token: str, bot: BotUnderTest
) -> None:
    with pytest.raises(ChannelError, match="TELEGRAM_BOT_TOKEN") as caught:
        await bot.run_to_its_end(token=token)

    assert token not in "".join(traceback.format_exception(caught.value))


async def test_a_token_revoked_later_ends_in_the_same_sentence(
    bot: BotUnderTest, server: BotApiServer
) -> None:
    async with bot.running() as task:
        await server.wait_for_call("getUpdates")
        server.token = "4711:another"
        await server.person_says(PERSON, "你好")
        with pytest.raises(ChannelError, match="TELEGRAM_BOT_TOKEN"):
            await asyncio.wait_for(task, 10)


async def test_an_unreachable_telegram_ends_in_a_sentence_after_some_tries(
    bot: BotUnderTest,
) -> None:
    nobody = "http://127.0.0.1:9"
    with pytest.raises(ChannelError, match=f"does not answer at {nobody}"):
        await bot.run_to_its_end(api_url=nobody)

    assert bot.pause.seconds == [1.0, 2.0, 4.0, 8.0]


async def test_a_telegram_that_comes_back_in_time_is_waited_for(
    bot: BotUnderTest, server: BotApiServer
) -> None:
    server.fail("getMe", times=2)
    server.flood("getMe", retry_after=9)
    async with bot.running():
        await server.person_says(PERSON, "你好")
        await server.wait_for_messages(1)

    assert bot.pause.seconds == [1.0, 2.0, 9.0]


async def test_a_proxy_that_is_no_address_ends_in_a_sentence(bot: BotUnderTest) -> None:
    secret = "mieheg"[::-1]  # so that no quoted line of this file holds it
    with pytest.raises(ChannelError, match="TELEGRAM_PROXY") as caught:
        await bot.run_to_its_end(proxy=f"nonsense://me:{secret}@host")

    assert secret not in "".join(traceback.format_exception(caught.value))


async def test_a_second_copy_makes_the_first_give_way_with_a_sentence(
    bot: BotUnderTest, server: BotApiServer
) -> None:
    async def poll_on() -> None:
        async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
            while True:
                await client.get(f"{server.url}/bot{server.token}/getUpdates?timeout=20")

    async with bot.running() as task:
        await server.wait_for_call("getUpdates")
        other = asyncio.create_task(poll_on())
        with pytest.raises(ChannelError, match="Another copy is polling"):
            await asyncio.wait_for(task, 10)
        other.cancel()


async def test_two_meetings_with_another_copy_are_borne(
    bot: BotUnderTest, server: BotApiServer
) -> None:
    server.fail("getUpdates", status=409, times=2)
    async with bot.running():
        await server.person_says(PERSON, "你好")

        assert await server.wait_for_messages(1) == ["回答\n\n你好"]


async def test_logs_hold_neither_the_token_nor_words(
    stored: BotUnderTest, server: BotApiServer, talk: FakeTalk, everything_logged: StringIO
) -> None:
    server.fail("sendMessage")
    server.drop("getUpdates")
    server.drop(DOWNLOAD, times=2)
    server.drop("sendDocument")
    talk.wanting.add(str(PERSON))
    async with stored.running():
        await server.person_says(PERSON, "出错")
        await server.person_sends(PERSON, poll={"question": "金丝雀"})
        await server.person_says(PERSON, "金丝雀")
        await server.person_sends_file(PERSON, b"1", name="金丝雀.pdf")
        await server.person_says(PERSON, "函件")
        await server.wait_for_messages(7)

    lines = everything_logged.getvalue()
    assert "answer_failed" in lines
    assert "update_not_understood" in lines
    for canary in ("test-token", "金丝雀", "出错", "张三", "函件"):
        assert canary not in lines


@pytest.fixture
def everything_logged() -> Iterator[StringIO]:
    stream = StringIO()
    root = logging.getLogger()
    before = root.level, root.handlers[:]
    configure_logs("DEBUG", stream)
    yield stream
    structlog.reset_defaults()
    root.setLevel(before[0])
    root.handlers[:] = before[1]


class HeldPause(FakePause):
    """Does not wait, except for one length of time: that one ends when the gate opens."""

    def __init__(self, held: float) -> None:
        super().__init__()
        self.reached = asyncio.Event()
        self.gate = asyncio.Event()
        self._held = held

    async def __call__(self, seconds: float) -> None:
        await super().__call__(seconds)
        if seconds == self._held:
            self.reached.set()
            await self.gate.wait()
