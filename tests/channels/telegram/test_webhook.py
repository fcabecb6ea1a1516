"""The webhook: only Telegram is let in, and hears 200 only when its update is stored."""

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from socket import socket
from typing import Any

import httpx
import pytest

from bot.channels.telegram.settings import TelegramSettings
from bot.channels.telegram.webhook import BODY_AT_MOST
from bot.errors import ChannelError, SettingsError, StorageError
from tests.bot_api_server import BotApiServer
from tests.channels.telegram.talk import BotUnderTest, FakeInbox, FakeTalk

SECRET = "s" * 32
PERSON = 8


@pytest.fixture
def settings() -> dict[str, Any]:
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        "webhook_url": f"http://127.0.0.1:{port}/telegram/hook",
        "webhook_secret": SECRET,
        "webhook_port": port,
    }


async def test_a_talk_by_webhook(
    bot: BotUnderTest, server: BotApiServer, settings: dict[str, Any]
) -> None:
    await server.person_says(PERSON, "早就问了")
    async with bot.running(**settings):
        await server.person_says(PERSON, "/menu")
        await server.wait_for_messages(2)
        await server.person_taps("时间")
        await server.wait_until(lambda: "时间" in server.texts())
        await server.wait_until_confirmed()
        assert server.webhook is not None
        assert server.webhook.statuses == [200, 200, 200]
        assert server.allowed_updates[0] == "message"

    assert sorted(server.texts()) == ["回答\n\n早就问了", "时间"]


async def test_polling_ends_a_webhook_and_keeps_what_waits(
    bot: BotUnderTest, server: BotApiServer
) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        url = f"{server.url}/bot{server.token}/setWebhook?url=http://127.0.0.1:9/"
        assert (await client.get(url)).status_code == 200
    await server.person_says(PERSON, "早就问了")
    async with bot.running():
        assert await server.wait_for_messages(1) == ["回答\n\n早就问了"]
    assert server.webhook is None


@pytest.mark.parametrize("secret", [None, "", "t" * 32, SECRET + "s", SECRET[:-1], "大"])
async def test_who_does_not_know_the_secret_is_turned_away(
    secret: str | None, bot: BotUnderTest, settings: dict[str, Any], talk: FakeTalk
) -> None:
    async with bot.running(**settings):
        answer = await _post(settings, json.dumps(_update()), secret)

    assert (answer.status_code, answer.text) == (403, "")
    assert talk.heard == []


async def test_an_update_with_the_secret_is_answered_200(
    bot: BotUnderTest, server: BotApiServer, settings: dict[str, Any]
) -> None:
    server.known_chats.add(PERSON)
    async with bot.running(**settings):
        answer = await _post(settings, json.dumps(_update()))
        assert await server.wait_for_messages(1) == ["回答\n\n你好"]

    assert (answer.status_code, answer.text) == (200, "")


@pytest.mark.parametrize("body", ["", "{", "[]", "3", '"text"', "\ud800"])
async def test_nonsense_with_the_secret_is_answered_400(
    body: str, bot: BotUnderTest, settings: dict[str, Any]
) -> None:
    async with bot.running(**settings):
        answer = await _post(settings, body.encode("utf-8", "surrogatepass"))

    assert answer.status_code == 400


async def test_a_huge_body_is_not_read(
    bot: BotUnderTest, settings: dict[str, Any], talk: FakeTalk
) -> None:
    huge = json.dumps({**_update(), "padding": "x" * BODY_AT_MOST})
    async with bot.running(**settings):
        try:
            answer = await _post(settings, huge)
        except httpx.HTTPError:
            pass  # Hung up while we were still sending: as good.
        else:
            assert answer.status_code in {400, 413}

    assert talk.heard == []


@pytest.mark.parametrize(("method", "path", "status"), [
    ("GET", "", 405), ("POST", "/other", 404), ("POST", "s", 404),
])  # fmt: skip
async def test_other_doors_are_closed(
    method: str, path: str, status: int, bot: BotUnderTest, settings: dict[str, Any]
) -> None:
    async with bot.running(**settings), httpx.AsyncClient(trust_env=False) as client:
        answer = await client.request(method, settings["webhook_url"] + path)

    assert answer.status_code == status


async def test_telegram_sends_again_what_could_not_be_stored(
    bot: BotUnderTest, server: BotApiServer, settings: dict[str, Any]
) -> None:
    failures = [StorageError("full")]

    class StumblingInbox(FakeInbox):
        async def receive(self, raw_updates: Sequence[Mapping[str, object]]) -> None:
            if failures:
                raise failures.pop()
            await super().receive(raw_updates)

    bot.inbox_of = lambda handle: StumblingInbox(handle, bot.clock)
    async with bot.running(**settings):
        await server.person_says(PERSON, "你好")
        assert await server.wait_for_messages(1) == ["回答\n\n你好"]
        await server.wait_until_confirmed()
        assert server.webhook is not None
        assert server.webhook.statuses == [503, 200]


async def test_a_taken_port_ends_in_a_sentence(
    bot: BotUnderTest, server: BotApiServer, settings: dict[str, Any]
) -> None:
    settings["webhook_port"] = server.port
    with pytest.raises(ChannelError, match="TELEGRAM_WEBHOOK_LISTEN"):
        await bot.run_to_its_end(**settings)


async def test_an_address_that_telegram_refuses_ends_in_a_sentence(
    bot: BotUnderTest, server: BotApiServer, settings: dict[str, Any]
) -> None:
    server.is_local = False
    with pytest.raises(ChannelError, match="TELEGRAM_WEBHOOK_URL"):
        await bot.run_to_its_end(**settings)


@pytest.mark.parametrize("secret", [None, "", "short", "x" * 31, "x" * 257, "大" * 40, "a b" * 20])
def test_a_webhook_without_a_good_secret_cannot_be_set_up(secret: str | None) -> None:
    with pytest.raises(SettingsError, match="TELEGRAM_WEBHOOK_SECRET"):
        TelegramSettings(token="1:x", webhook_url="https://example.org/", webhook_secret=secret)


def test_neither_token_nor_secret_shows_in_a_repr() -> None:
    settings = TelegramSettings(
        token="1:canary", webhook_url="https://example.org/", webhook_secret=SECRET
    )
    assert "canary" not in repr(settings)
    assert SECRET not in repr(settings)


def _update() -> dict[str, Any]:
    return {
        "update_id": 1,
        "message": {
            "message_id": 1,
            "date": 2_000_000_000,
            "chat": {"id": PERSON, "type": "private"},
            "from": {"id": PERSON, "is_bot": False, "first_name": "张"},
            "text": "你好",
        },
    }


async def _post(
    settings: dict[str, Any], body: str | bytes, secret: str | None = SECRET
) -> httpx.Response:
    name = b"X-Telegram-Bot-Api-Secret-Token"
    headers = {} if secret is None else {name: secret.encode()}
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.post(settings["webhook_url"], content=body, headers=headers)
