"""Meets Telegram: builds the bot, tells a wrong token from a dead line, registers the commands."""

import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from types import ModuleType
from typing import cast

import httpx
import structlog
from telegram import Bot, BotCommand
from telegram.constants import BotCommandLimit, BotDescriptionLimit
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest, HTTPXRequest

from bot.channels.telegram.settings import TelegramSettings
from bot.channels.telegram.their_clock import TheirClock
from bot.channels.telegram.words import Pause, Words
from bot.errors import ChannelError

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
)
WRONG_TOKEN = (
    "Telegram refused the token: check TELEGRAM_BOT_TOKEN, "  # noqa: S105 a sentence
    "and TELEGRAM_API_URL if you set it."
)
_FIRST_PAUSES = (1.0, 2.0, 4.0, 8.0)
_SLACK = 15.0
"""Seconds that an answer may take beyond what was asked for: a late one may mean a repeat."""

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A bot that Telegram knows.

    `updates` is the line on which PTB would fetch updates; `files` fetches files in pieces, which
    PTB holds in memory as a whole; `clock` is Telegram's.
    """

    bot: Bot
    updates: BaseRequest
    files: httpx.AsyncClient
    clock: TheirClock
    settings: TelegramSettings
    pause: Pause

    async def reach[Result](self, call: Callable[[], Awaitable[Result]]) -> Result:
        """The result of a first call, tried again while the line is bad; then ChannelError."""
        for wait in (*_FIRST_PAUSES, None):
            try:
                return await call()
            except InvalidToken:
                # The chained error would print the token.
                raise ChannelError(WRONG_TOKEN) from None
            except BadRequest:
                raise
            except TelegramError as error:
                if wait is None:
                    break
                asked = seconds_to_wait(error) if isinstance(error, RetryAfter) else wait
                _log.warning("telegram_unreachable", next_try_in=asked)
                await self.pause(asked)
        raise ChannelError(
            f"Telegram does not answer at {self.settings.api_url}: "
            "check the network, TELEGRAM_PROXY and TELEGRAM_API_URL."
        )


@asynccontextmanager
async def open_connection(settings: TelegramSettings, pause: Pause) -> AsyncIterator[Connection]:
    """Meet Telegram; ChannelError in a sentence when that cannot be."""
    # httpcore tries to import it several times a request: told that it is not there, Python does
    # not look through all folders each time, a quarter of what it takes to send a message.
    sys.modules.setdefault("sniffio", cast("ModuleType", None))
    # Otherwise PTB warns of a coming change whenever Telegram asks us to wait.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    connection = _build(settings, pause)
    try:
        await connection.reach(connection.bot.initialize)
        yield connection
    finally:
        await connection.bot.shutdown()
        await connection.files.aclose()


def seconds_to_wait(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


async def introduce(bot: Bot, words: Words) -> None:
    """Register commands and descriptions; the bot works without them, so a fault is only noted."""
    commands = [
        BotCommand(name, text[: BotCommandLimit.MAX_DESCRIPTION])
        for name, text in words.commands.items()
    ]
    try:
        await bot.set_my_commands(commands)
        if words.description:
            limit = BotDescriptionLimit.MAX_DESCRIPTION_LENGTH
            await bot.set_my_description(words.description[:limit])
        if words.short_description:
            limit = BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH
            await bot.set_my_short_description(words.short_description[:limit])
    except TelegramError as error:
        _log.warning("commands_not_registered", error=type(error).__name__)


def _build(settings: TelegramSettings, pause: Pause) -> Connection:
    base, clock = settings.api_url.rstrip("/"), TheirClock()
    try:
        updates = _line(settings, settings.poll_seconds + _SLACK, clock)
        bot = Bot(
            settings.token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=_line(settings, _SLACK, clock),
            get_updates_request=updates,
        )
        files = httpx.AsyncClient(
            proxy=settings.proxy,
            timeout=_SLACK,
            headers={"Accept-Encoding": "identity"},
            trust_env=False,
        )
        return Connection(
            bot=bot, updates=updates, files=files, clock=clock, settings=settings, pause=pause
        )
    except InvalidToken:
        raise ChannelError(WRONG_TOKEN) from None
    except (ValueError, RuntimeError):
        # The error may hold the password of the proxy.
        raise ChannelError(
            "TELEGRAM_PROXY cannot be used: write http://host:port or socks5://host:port."
        ) from None


def _line(settings: TelegramSettings, read_timeout: float, clock: TheirClock) -> HTTPXRequest:
    return HTTPXRequest(
        proxy=settings.proxy,
        read_timeout=read_timeout,
        connect_timeout=10,
        pool_timeout=30,
        # The settings alone decide: a proxy for package downloads must not swallow loopback.
        httpx_kwargs={"trust_env": False, "event_hooks": {"response": [clock.hear]}},
    )
