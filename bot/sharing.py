"""An inbox beside those of other bots on one database: none answers what another has in hand.

This bot says again and again that it lives, takes up what a dead bot had in hand, and what waits
in no bot's hands.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog

from bot.concepts.stored import SharedUpdates
from bot.errors import StorageError, place_of
from bot.inbox import Inbox

LOOK_SECONDS = 5.0
"""Between two signs of life, and two looks at what the others left."""

CALM_LOOKS = 4
"""So many looks must have gone well before a silent bot counts as dead: the database may have been
what was silent, and then the others need a moment to be heard again."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class SharedInbox:
    """The inbox of one bot of several. Used like the inbox itself."""

    def __init__(
        self,
        inbox: Inbox,
        records: SharedUpdates,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._inbox, self._records, self._pause = inbox, records, pause
        self._calm_looks = 0
        self._living: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to answer what no other bot has; StorageError when that cannot be."""
        await self._records.stay_alive()
        self._living = asyncio.create_task(self._repeat(self._records.stay_alive))
        try:
            await self._records.refuse_other_key()
            await self._inbox.start()
        except StorageError:
            await self._leave()
            raise
        self._looking = asyncio.create_task(self._repeat(self.look))

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
            while self._calm_looks >= CALM_LOOKS:
                left = await self._records.inherit()
                if left is None:
                    break
                _log.warning("bot_inherited", chats=len(left))
                await self._inbox.take_up(left)
        except StorageError:
            self._calm_looks = 0
            raise
        self._calm_looks += 1
        for chat in chats:
            self._inbox.wake(chat)

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
