"""Runs the channel: joins bot, inbox and handlers, polls or listens until told to stop."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, nullcontext

import structlog
from telegram.error import BadRequest

from bot.channels.telegram.connection import (
    ALLOWED_UPDATES,
    Connection,
    introduce,
    open_connection,
)
from bot.channels.telegram.files import Files
from bot.channels.telegram.handlers import Handlers
from bot.channels.telegram.outlet import Outlet
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.telegram.webhook import webhook_server
from bot.channels.telegram.words import Handle, Pause, UpdateInbox, Words
from bot.errors import ChannelError

STOP_SECONDS = 10.0
"""What is being answered gets this long when the program ends; the rest stays stored."""

Alongside = Callable[[Outlet], AbstractAsyncContextManager[object]]

_log = structlog.stdlib.get_logger(__name__)


async def run_telegram(
    settings: TelegramSettings,
    words: Words,
    inbox_of: Callable[[Handle], UpdateInbox],
    *,
    stop: asyncio.Event,
    ready: asyncio.Event | None = None,
    pause: Pause = asyncio.sleep,
    alongside: Alongside = nullcontext,
) -> None:
    """Answer on Telegram until `stop` is set; ChannelError when that cannot go on.

    `ready` is set once Telegram knows us and updates can come. `alongside` is open for as long
    as the channel runs: it is given the way to people who have not just written.
    """
    async with open_connection(settings, pause) as connection, AsyncExitStack() as stack:
        bot = connection.bot
        sender = Sender(bot, words, pause)
        files = Files(bot, connection.files, pause)
        handlers = Handlers(bot, words, sender, files, connection.clock)
        await stack.enter_async_context(alongside(Outlet(bot, sender, pause)))
        inbox = inbox_of(handlers.handle)
        await inbox.start()
        try:
            await introduce(bot, words)
            serve = _poll if settings.webhook_url is None else _listen
            await serve(connection, inbox, stop, ready or asyncio.Event())
        finally:
            await inbox.stop(STOP_SECONDS)


async def _poll(
    connection: Connection, inbox: UpdateInbox, stop: asyncio.Event, ready: asyncio.Event
) -> None:
    async def end_webhook() -> bool:
        # What came while we were away is answered, not dropped (pitfall T-04).
        return await connection.bot.delete_webhook(drop_pending_updates=False)

    await connection.reach(end_webhook)
    _log.info("telegram_polling")
    ready.set()
    await Poller(connection, inbox.receive).run(stop)


async def _listen(
    connection: Connection, inbox: UpdateInbox, stop: asyncio.Event, ready: asyncio.Event
) -> None:
    settings = connection.settings
    url = settings.webhook_url or ""

    async def set_webhook() -> bool:
        return await connection.bot.set_webhook(
            url,
            allowed_updates=ALLOWED_UPDATES,
            secret_token=settings.webhook_secret,
            drop_pending_updates=False,
        )

    async with webhook_server(settings, inbox.receive):
        try:
            await connection.reach(set_webhook)
        except BadRequest as error:
            raise ChannelError(
                "Telegram refused TELEGRAM_WEBHOOK_URL: it must be an https address that "
                f"Telegram can reach ({error.message})."
            ) from error
        _log.info("telegram_webhook_listening", port=settings.webhook_port)
        ready.set()
        await stop.wait()
