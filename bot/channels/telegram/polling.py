"""Long polling: fetches raw updates and lets Telegram forget them only once they are stored.

PTB's own Updater confirms before anything is kept, and one update that it cannot parse blocks
the whole batch (pitfalls T-01 and T-03); so only its connection is used here.
"""

import asyncio
import json
from collections.abc import Coroutine, Iterator
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.connection import (
    ALLOWED_UPDATES,
    WRONG_TOKEN,
    Connection,
    seconds_to_wait,
)
from bot.channels.telegram.words import RawUpdate, Receive
from bot.errors import ChannelError, StorageError

CONFLICTS_BORNE = 2
"""When a new copy takes over, the two meet once or twice; the one that was there gives way."""

LONGEST_PAUSE = 60.0

_log = structlog.stdlib.get_logger(__name__)


class Poller:
    """Fetches until it is told to stop; ChannelError when going on makes no sense."""

    def __init__(self, connection: Connection, receive: Receive) -> None:
        self._connection = connection
        self._receive = receive
        self._offset = 0
        self._conflicts = 0
        self._pauses = _growing_pauses()

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch and store; at the end, confirm what was stored last."""
        while not stop.is_set():
            wait = await self._fetch(stop)
            if wait:
                await unless_stopped(self._sleep(wait), stop)
        await self._confirm()

    async def _fetch(self, stop: asyncio.Event) -> float:
        """One round; how many seconds to wait before the next."""
        seconds = self._connection.settings.poll_seconds
        try:
            updates = await unless_stopped(self._get_updates(seconds), stop)
            if updates:
                # Never torn: what is being stored is stored before we stop.
                await self._receive(updates)
        except RetryAfter as error:
            return seconds_to_wait(error)
        except InvalidToken:
            raise ChannelError(WRONG_TOKEN) from None
        except Conflict:
            return self._conflict_pause()
        except (TelegramError, StorageError, ValueError) as error:
            wait = next(self._pauses)
            _log.warning("fetching_failed", error=type(error).__name__, next_try_in=wait)
            return wait
        self._conflicts = 0
        self._pauses = _growing_pauses()
        for update in updates or ():
            if isinstance(update_id := update.get("update_id"), int):
                self._offset = max(self._offset, update_id + 1)
        return 0

    async def _get_updates(self, seconds: int, limit: int = 100) -> list[RawUpdate]:
        """The raw updates from the offset on; asking for them confirms all before it."""
        query = {
            "offset": self._offset,
            "limit": limit,
            "timeout": seconds,
            "allowed_updates": json.dumps(ALLOWED_UPDATES),
        }
        # `Bot.get_updates` parses all or nothing, and `post` logs what it cannot parse.
        url = f"{self._connection.bot.base_url}/getUpdates?{urlencode(query)}"
        payload = await self._connection.updates.retrieve(url)
        match json.loads(payload):
            case {"result": [*updates]}:
                return [update for update in updates if isinstance(update, dict)]
        raise ValueError("this is no Bot API server")

    async def _confirm(self) -> None:
        if not self._offset:
            return
        try:
            await self._get_updates(0, limit=1)
        except (TelegramError, ValueError) as error:
            _log.warning("last_confirmation_failed", error=type(error).__name__)

    def _conflict_pause(self) -> float:
        self._conflicts += 1
        if self._conflicts > CONFLICTS_BORNE:
            raise ChannelError(
                "Another copy is polling with this TELEGRAM_BOT_TOKEN, or a webhook is set: "
                "stop the other copy, then start this one again."
            )
        _log.warning("another_copy_is_polling", times=self._conflicts)
        return 2.0

    async def _sleep(self, seconds: float) -> None:
        await self._connection.pause(seconds)


async def unless_stopped[Result](
    work: Coroutine[Any, Any, Result], stop: asyncio.Event
) -> Result | None:
    """The result of the work; None when the stop came first (the work is then given up)."""
    task = asyncio.create_task(work)
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        for each in (task, stopping):
            each.cancel()
        await asyncio.gather(task, stopping, return_exceptions=True)


def _growing_pauses() -> Iterator[float]:
    wait = 1.0
    while True:
        yield wait
        wait = min(wait * 2, LONGEST_PAUSE)
