"""Sends each reminder once, at its time and at a decent hour. It does not know what it says.

The database is the memory: a restart goes on where the last process ended. Logs hold numbers and
types, never words.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

from bot.concepts.records import Reminder
from bot.errors import StorageError

LOOK_EVERY = 60.0
"""Seconds between two looks for what is due."""

DECENT_HOURS = range(8, 22)
"""Hours of the day in Shanghai in which a telephone may ring; what is late waits for them."""

_SHANGHAI = ZoneInfo("Asia/Shanghai")

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class KeptReminders(Protocol):
    """Where reminders wait; `bot.storage.reminders.Reminders` is one."""

    async def due(self, now: datetime, limit: int, /) -> Sequence[Reminder]:
        """Claim what is to be sent now, so that nobody else has it."""

    async def mark_sent(self, reminder_id: int, on: datetime, /) -> None:
        """Never give it out again."""

    async def put_off(self, reminder_id: int, /) -> None:
        """It was surely not sent: give it out again later."""

    async def forget_sender(self, sender: str, /) -> int:
        """Delete every reminder of a person."""


def is_decent(now: datetime) -> bool:
    """Whether a reminder may come at this hour."""
    return now.astimezone(_SHANGHAI).hour in DECENT_HOURS


class RemindingLoop:
    """Looks every minute. One for each process; several processes do not disturb each other.

    `send` returns True when the reminder was sent and False when the chat is gone; it raises when
    it could not be sent for now, and is then called again in some minutes.
    """

    def __init__(
        self,
        reminders: KeptReminders,
        send: Callable[[Reminder], Awaitable[bool]],
        clock: Callable[[], datetime],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._reminders = reminders
        self._send = send
        self._clock = clock
        self._pause = pause
        self._sent_unmarked: dict[int, datetime] = {}
        self._task: asyncio.Task[None] | None = None
        self._is_looking = False
        self._is_stopping = False

    def start(self) -> None:
        """Begin to look, now and every minute."""
        self._task = asyncio.create_task(self._run())

    async def stop(self, limit: float) -> None:
        """Send nothing new, give what is being sent `limit` seconds to end."""
        self._is_stopping = True
        if self._task is None:
            return
        if not self._is_looking:
            self._task.cancel()
        _, late = await asyncio.wait([self._task], timeout=limit)
        if late:
            _log.warning("reminding_cut_short")
            self._task.cancel()
            await asyncio.wait([self._task])

    async def look(self) -> None:
        """Send all that is due, one after the other. Raises nothing of the database's faults."""
        try:
            await self._mark_what_was_sent()
            while not self._is_stopping and is_decent(now := self._clock()):
                # One by one: a claim runs out, so nothing may wait in our hands behind another.
                due = await self._reminders.due(now, 1)
                if not due:
                    return
                await self._deliver(due[0])
        except StorageError as error:
            _log.error("reminders_unreachable", because=str(error))

    async def _run(self) -> None:
        while not self._is_stopping:
            self._is_looking = True
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 the last net: tomorrow's reminders must come
                _log.error("reminding_stumbled", error=type(error).__name__)
            finally:
                self._is_looking = False
            if not self._is_stopping:
                await self._pause(LOOK_EVERY)

    async def _deliver(self, reminder: Reminder) -> None:
        try:
            is_there = await self._send(reminder)
        except Exception as error:  # noqa: BLE001 whatever it is, the others' reminders must go on
            _log.error("reminder_failed", reminder=reminder.id, error=type(error).__name__)
            await self._reminders.put_off(reminder.id)
            return
        if not is_there:
            cancelled = await self._reminders.forget_sender(reminder.sender)
            _log.info("chat_is_gone", sender=reminder.sender, reminders=cancelled)
            return
        self._sent_unmarked[reminder.id] = self._clock()
        await self._mark_what_was_sent()
        _log.info("reminder_sent", reminder=reminder.id, is_repeat=reminder.is_repeat)

    async def _mark_what_was_sent(self) -> None:
        """Should marking fail, it is sent all the same: nothing else is sent before it is marked.

        So no claim of ours can run out unnoticed while this process lives.
        """
        for number, moment in list(self._sent_unmarked.items()):
            await self._reminders.mark_sent(number, moment)
            del self._sent_unmarked[number]
