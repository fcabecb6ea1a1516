"""Stand-ins with names, for what is slow, random or far away."""

import asyncio
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

import httpx

from bot.concepts.stored import StoredUpdate
from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.update_records import UpdateRecords


class FakeHandler:
    """Handles stored updates by noting them; may be told to fail, or to hold on, at some."""

    def __init__(
        self, *, failures: Mapping[int, int] | None = None, held: Iterable[int] = ()
    ) -> None:
        self.started: list[int] = []
        self.handled: list[int] = []
        self.payloads: dict[int, str] = {}
        self.busy = 0
        self.busiest = 0
        self._failures = dict(failures or {})
        self._gates = {number: asyncio.Event() for number in held}
        self._changed = asyncio.Condition()

    async def __call__(self, update: StoredUpdate) -> None:
        number = update.update_id
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        try:
            await self._note(self.started, number)
            if number in self._gates:
                await self._gates[number].wait()
            if self._failures.get(number, 0) > 0:
                self._failures[number] -= 1
                raise RuntimeError(update.payload)
            self.payloads[number] = update.payload
            await self._note(self.handled, number)
        finally:
            self.busy -= 1

    def release(self, number: int) -> None:
        """Let a held update go on."""
        self._gates[number].set()

    async def until_started(self, count: int) -> None:
        """Wait until so many attempts have begun."""
        await self._until(self.started, count)

    async def until_handled(self, count: int) -> None:
        """Wait until so many updates are handled."""
        await self._until(self.handled, count)

    async def _note(self, numbers: list[int], number: int) -> None:
        async with self._changed:
            numbers.append(number)
            self._changed.notify_all()

    async def _until(self, numbers: list[int], count: int) -> None:
        async with asyncio.timeout(10), self._changed:
            await self._changed.wait_for(lambda: len(numbers) >= count)


class FakePause:
    """Notes how long somebody wanted to wait, and does not."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


class MovableClock:
    """A clock that stands until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class BrokenUpdateRecords(UpdateRecords):
    """Real records whose named methods fail as often as told."""

    def __init__(self, database: Database, **failures: int) -> None:
        super().__init__(database)
        self._failures = failures

    async def add(
        self, updates: Iterable[StoredUpdate], alone: Collection[int] = ()
    ) -> tuple[StoredUpdate, ...]:
        self._fail("add")
        return await super().add(updates, alone)

    async def waiting(
        self, chat: str | None = None, at_most: int | None = None
    ) -> tuple[StoredUpdate, ...]:
        self._fail("waiting")
        return await super().waiting(chat, at_most)

    async def mark_answered(self, update_id: int, on: datetime) -> None:
        self._fail("mark_answered")
        await super().mark_answered(update_id, on)

    def _fail(self, method: str) -> None:
        if self._failures.get(method, 0) > 0:
            self._failures[method] -= 1
            raise StorageError(method)


class FakeRasa:
    """A Rasa server that says what it is told to say, and notes what it was asked."""

    def __init__(self, answer: object = None, status: int = 200) -> None:
        self.answer = answer
        self.status = status
        self.paths: list[str] = []
        self.bodies: list[Mapping[str, object]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.paths.append(request.url.path)
        self.bodies.append(json.loads(request.content or b"{}"))
        if isinstance(self.answer, Exception):
            raise self.answer
        if isinstance(self.answer, bytes):
            return httpx.Response(self.status, content=self.answer)
        return httpx.Response(self.status, json=self.answer)
