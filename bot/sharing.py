"""An inbox beside those of other bots on one database: none answers what another has in hand.

This bot says again and again that it lives, takes up what a dead bot had in hand, and what waits
in no bot's hands.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from time import monotonic

import structlog

from bot.concepts.stored import SharedUpdates
from bot.errors import StorageError, place_of
from bot.inbox import Inbox

LOOK_SECONDS = 5.0
"""Between two signs of life, and two looks at what the others left."""

SILENT_LOOKS = 4
"""So many looks in a row must have found the same sign of life before a bot counts as dead. One
that failed begins anew: the database may have been what was silent."""

HEARD_SECONDS = LOOK_SECONDS * SILENT_LOOKS
"""After so long without a sign of its own, others may take this bot for dead."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class SharedInbox:
    """The inbox of one bot of several. Used like the inbox itself."""

    def __init__(
        self,
        inbox: Inbox,
        records: SharedUpdates,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._inbox, self._records, self._pause, self._clock = inbox, records, pause, clock
        self._heard_on: float | None = None
        self._silent: dict[str, tuple[datetime, int]] = {}
        self._living: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to answer what no other bot has; StorageError when that cannot be."""
        await self._stay_alive()
        self._living = asyncio.create_task(self._repeat(self._stay_alive))
        try:
            await self._records.refuse_other_key()
            await self._inbox.start()
        except StorageError:
            await self._leave()
            raise
        self._looking = asyncio.create_task(self._repeat(self.look))

    @property
    def is_heard(self) -> bool:
        """Whether the others know that this bot lives."""
        return self._heard_on is not None and self._clock() - self._heard_on < HEARD_SECONDS

    async def receive(self, raw_updates: Sequence[Mapping[str, object]]) -> None:
        """Store what came; StorageError when nothing was stored."""
        await self._inbox.receive(raw_updates)

    async def stop(self, limit: float) -> None:
        """End like the inbox, and leave what is left to the others."""
        await _end(self._looking)
        await self._inbox.stop(limit)
        await self._leave()

    async def _leave(self) -> None:
        await _end(self._living)
        try:
            await self._records.leave()
        except StorageError as error:
            # They will hear nothing of this bot, and take it up a moment later.
            _log.warning("not_left_in_order", because=str(error))

    async def look(self) -> None:
        """Take up what has nobody's hands; StorageError when the database fails."""
        try:
            chats = await self._records.waiting_chats()
            for name, sign in self._dead(await self._records.signs()):
                left = await self._records.inherit(name, sign)
                if left is not None:
                    _log.warning("bot_inherited", chats=len(left))
                    await self._inbox.take_up(left)
        except StorageError:
            self._silent.clear()
            raise
        for chat in chats:
            self._inbox.wake(chat)

    def _dead(self, signs: Mapping[str, datetime]) -> list[tuple[str, datetime]]:
        """Those of the others whose sign has been the same for too many looks."""
        silent = {}
        for name, sign in signs.items():
            before, looks = self._silent.get(name, (None, 0))
            silent[name] = (sign, looks + 1 if sign == before else 0)
        self._silent = silent
        return [(name, sign) for name, (sign, looks) in silent.items() if looks >= SILENT_LOOKS]

    async def _stay_alive(self) -> None:
        since = self._clock()
        await self._records.stay_alive()
        self._heard_on = since

    async def _repeat(self, deed: Callable[[], Awaitable[None]]) -> None:
        while True:
            await self._pause(LOOK_SECONDS)
            try:
                await deed()
            except Exception as error:  # noqa: BLE001 the last net: who falls silent is taken for dead
                _log.error("sharing_stumbled", error=type(error).__name__, where=place_of(error))


async def _end(task: asyncio.Task[None] | None) -> None:
    if task is not None:
        task.cancel()
        await asyncio.wait([task])
