"""Who answers: many chats at the same time, or one alone while all others wait for a moment.

What is done with a chat is not known here.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from contextlib import suppress

import structlog

from bot.limits import is_of_group

AT_ONCE, GROUPS_AT_ONCE = 32, 4
"""How many private chats are answered at the same time; and groups, which keep nobody waiting."""

ALONE_SECONDS = 5.0
"""So long everybody waits at most for one whose former attempt may have ended a process."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Hands:
    """Take queued chats, the longest queued first.

    `take` is told whether the chat is alone in hand, and raises nothing.
    """

    def __init__(self, take: Callable[[str, bool], Awaitable[None]]) -> None:
        self._take = take
        self._people: asyncio.Queue[str] = asyncio.Queue()
        self._groups: asyncio.Queue[str] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy = 0
        self._is_quiet, self._may_take = asyncio.Event(), asyncio.Event()
        self._is_quiet.set()
        self._may_take.set()
        self._trying = asyncio.Lock()
        self._is_stopping = False

    def queue(self, chat: str) -> None:
        """Have it taken behind those that wait."""
        (self._groups if is_of_group(chat) else self._people).put_nowait(chat)

    def take_out_all(self) -> list[str]:
        """What is queued, no longer queued."""
        queues = (self._people, self._groups)
        return [queue.get_nowait() for queue in queues for _ in range(queue.qsize())]

    def start(self, alone: Sequence[str]) -> None:
        """Take what is queued, after these were tried alone."""
        if alone:
            self.begin_alone(alone)
        for queue, hands in ((self._people, AT_ONCE), (self._groups, GROUPS_AT_ONCE)):
            for _ in range(hands):
                self._begin(self._work(queue))

    def begin_alone(self, chats: Sequence[str]) -> None:
        """Have these tried alone soon."""
        self._begin(self.try_alone(chats))

    async def try_alone(self, chats: Sequence[str]) -> None:
        """One after the other, nothing beside: should the process end, it is known by which."""
        async with self._trying:
            self._may_take.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(ALONE_SECONDS):
                    await self._is_quiet.wait()
            for chat in chats:
                if self._is_stopping or is_cancelled():
                    return
                doing = self._begin(self._do(chat, is_alone=True))
                await asyncio.wait([doing], timeout=ALONE_SECONDS)
            self._may_take.set()

    async def stop(self, limit: float, others: Iterable[asyncio.Task[None]]) -> None:
        """Take nothing new, give what runs, these too, `limit` seconds to end."""
        self._is_stopping = True
        self._may_take.set()
        for _ in range(AT_ONCE + GROUPS_AT_ONCE):
            self._people.put_nowait("")
            self._groups.put_nowait("")
        running = {*self._tasks, *others}
        if not running:
            return
        _, late = await asyncio.wait(running, timeout=limit)
        for task in late:
            task.cancel()
        if late:
            _log.warning("inbox_cut_short", handlers=len(late))
            await asyncio.wait(late)

    def _begin(self, doing: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _work(self, queue: asyncio.Queue[str]) -> None:
        while not is_cancelled():
            chat = await queue.get()
            await self._may_take.wait()
            if self._is_stopping:
                return
            await self._do(chat, is_alone=False)

    async def _do(self, chat: str, *, is_alone: bool) -> None:
        self._busy += 1
        self._is_quiet.clear()
        try:
            await self._take(chat, is_alone)
        finally:
            self._busy -= 1
            if not self._busy:
                self._is_quiet.set()


def is_cancelled() -> bool:
    """Whether the running task was told to end; a library may cancel its own for other reasons."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
