"""From a story to a record, a letter and a reminder, over Telegram's protocol, with a kill."""

import io
import zipfile
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path

import pytest

from tests.bot_api_server import BotApiServer
from tests.end_to_end.running_bot import RunningBot

PERSON = 77
TOKEN = "4242:end-to-end-canary-token"
STORY = "昨天晚上十一点半招商银行信用卡外包的人打我妈电话骂她不要脸，今天又打了九个"


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer(token=TOKEN) as server:
        yield server


@pytest.fixture
async def bot(server: BotApiServer, tmp_path: Path) -> AsyncIterator[RunningBot]:
    bot = RunningBot(server, tmp_path / "data", TOKEN)
    await bot.start()
    yield bot
    await bot.stop()


class Talk:
    """One person's side; counts what they had to do."""

    def __init__(self, server: BotApiServer, bot: RunningBot) -> None:
        self._server = server
        self._bot = bot
        self.acts = 0

    async def says(self, text: str) -> str:
        """Write, and read the reply."""
        return await self._do(self._server.person_says(PERSON, text))

    async def taps(self, label: str) -> str:
        """Tap a button of the newest message, and read the reply."""
        return await self._do(self._server.person_taps(label, PERSON))

    async def _do(self, act: Awaitable[object]) -> str:
        before = len(self._server.messages)
        self.acts += 1
        await act
        # The last message of every reply has buttons.
        await self._bot.wait_until(
            lambda: any(message.rows for message in self._server.messages[before:])
        )
        return "\n".join(message.text for message in self._server.messages[before:])


async def test_a_story_becomes_a_record_a_letter_and_a_reminder_though_the_bot_is_killed(
    server: BotApiServer, bot: RunningBot
) -> None:
    talk = Talk(server, bot)
    checked = await talk.says(STORY)
    assert "部门规章" in checked
    assert len(checked) <= 300
    rules = await talk.taps("逐条看规则")
    assert "《商业银行信用卡业务监督管理办法》第六十八条（部门规章）" in rules

    await talk.taps("记下这一笔")
    noted = await talk.taps("跳过 ›")
    assert noted.startswith("记下了，这是第 1 条")

    question = await talk.taps("写投诉信")
    assert "按你先前说的填好了" in question
    await bot.kill()
    await bot.start()
    while "交到哪里" not in server.texts(PERSON)[-1] and not server.documents(PERSON):
        label = "跳过 ›" if "跳过 ›" in _labels(server) else _first_choice(server)
        await (talk.taps(label) if label else talk.says("请停止联系我的家人，书面答复我。"))
    await bot.wait_until(lambda: bool(server.documents(PERSON)))
    letter = server.documents(PERSON)[0]
    text = zipfile.ZipFile(io.BytesIO(letter.content)).read("word/document.xml").decode()
    assert "招商银行" in text
    assert "不要脸" in text
    assert letter.name.startswith("投诉信-招商银行-")

    await talk.taps("算期限设提醒")
    await talk.taps("投诉答复")
    await talk.says("今天")
    reminded = await talk.taps("到时候提醒我")
    assert "上午提醒你" in reminded
    assert talk.acts <= 15

    shown = await talk.says("看我的催收记录")
    assert "共 1 条" in shown
    assert "不要脸" not in bot.log
    assert TOKEN not in bot.log


async def test_the_bot_goes_on_when_rasa_dies_and_rasa_comes_back(
    server: BotApiServer, bot: RunningBot
) -> None:
    talk = Talk(server, bot)
    await talk.says("你好")
    ready = bot.log.count("rasa_ready")
    await bot.kill_rasa()

    assert "12356" in await talk.says("我不想活了，太累了")
    await talk.says("/menu")
    await bot.wait_until(lambda: bot.log.count("rasa_ready") > ready)
    answer = await talk.says("催收半夜给我打电话合法吗")
    assert "不是法律" in answer


async def test_faults_of_telegram_lose_nothing_and_repeat_nothing(
    server: BotApiServer, bot: RunningBot
) -> None:
    server.fail("sendMessage", times=2)
    server.drop("getUpdates", times=2)
    talk = Talk(server, bot)
    await talk.says("录音能当证据吗")
    server.flood("sendMessage", retry_after=1)
    await talk.says("他们天天打给我爸妈怎么办")
    texts = server.texts(PERSON)
    assert len([text for text in texts if "催" in text]) == 1
    assert await bot.stop() == 0


def _rows(server: BotApiServer) -> list[list[dict[str, str]]]:
    return next(message.rows for message in reversed(server.messages) if message.rows)


def _labels(server: BotApiServer) -> list[str]:
    return [button["text"] for row in _rows(server) for button in row]


def _first_choice(server: BotApiServer) -> str:
    """The first button that answers the question; "" when it wants words."""
    for row in _rows(server):
        for button in row:
            if button["callback_data"].startswith("k:"):
                return str(button["text"])
    return ""
