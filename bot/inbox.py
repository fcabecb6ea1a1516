"""Updates are stored before they are confirmed, and answered once, in order within each chat.

The database is the queue: in memory there are only the names of the chats that have something
waiting. What a crash leaves unanswered is answered after the next start. This module does not
know what an answer is, and logs numbers and types, never words.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.concepts.retention import ANSWERED_UPDATE_DAYS, SET_ASIDE_UPDATE_DAYS
from bot.concepts.stored import StoredUpdate
from bot.gathering import TOGETHER_AT_MOST, IsUrgent, joined, seconds_to_wait
from bot.safety.masking import mask_all_but_callers

AT_ONCE = 32
"""How many chats are answered at the same time."""

PAUSES = (1.0, 5.0, 25.0)
"""Seconds before an update that failed is tried again; after the last it is set aside."""

KEEP_ANSWERED = timedelta(days=ANSWERED_UPDATE_DAYS)
"""How long the number of an answered update is known; Telegram repeats a delivery for a day."""

KEEP_SET_ASIDE = timedelta(days=SET_ASIDE_UPDATE_DAYS)
"""How long an operator can look at an update that nothing could be done with."""

_TIDY_EVERY = timedelta(hours=1)
_LARGEST_NUMBER = 2**63 - 1
_SAFE_NAMES = frozenset({"id", "chat_instance"})

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Updates(Protocol):
    """Where updates wait; `bot.storage.update_records.UpdateRecords` is one."""

    async def add(self, updates: Sequence[StoredUpdate], /) -> tuple[StoredUpdate, ...]:
        """Store all or none; give back those that were not known before."""

    async def waiting(self, chat: str, at_most: int, /) -> tuple[StoredUpdate, ...]:
        """The first that are neither answered nor set aside, in order."""

    async def waiting_chats(self) -> tuple[str, ...]:
        """The chats in which something waits, the longest waiting first."""

    async def count_attempt(self, update_id: int, /) -> int:
        """Note, before it is made, that an attempt is made; return how many that makes."""

    async def mark_answered(self, update_id: int, on: datetime, /) -> None:
        """Forget all of it but the number."""

    async def set_aside(self, update_id: int, because: str, /) -> None:
        """Stop trying to answer it."""

    async def forget_before(self, *, answered: datetime, set_aside: datetime) -> None:
        """Delete what has served its time."""


class Inbox:
    """Takes updates in and has each of them handled. One for each process and database.

    `handle` must be safe to repeat: it is called again when the process dies, or it fails, in
    its middle. Words that are urgent wait for nothing that may follow.
    """

    def __init__(
        self,
        records: Updates,
        handle: Callable[[StoredUpdate], Awaitable[None]],
        clock: Callable[[], datetime],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        *,
        is_urgent: IsUrgent = lambda _: False,
    ) -> None:
        self._records = records
        self._handle = handle
        self._clock = clock
        self._pause = pause
        self._is_urgent = is_urgent
        self._ready: asyncio.Queue[str] = asyncio.Queue()
        # A chat is in `_active` while it is in the queue, in a worker's hands or in a pause, and
        # in `_knocking` when something new came meanwhile. So only one worker ever has it.
        self._active: set[str] = set()
        self._knocking: set[str] = set()
        self._unmarked: set[int] = set()
        self._workers: list[asyncio.Task[None]] = []
        self._pauses: set[asyncio.Task[None]] = set()
        self._is_stopping = False
        self._tidied_on: datetime | None = None

    async def start(self) -> None:
        """Begin to answer, first what a former process left unanswered."""
        await self._tidy()
        for chat in await self._records.waiting_chats():
            self._wake(chat)
        self._workers = [asyncio.create_task(self._work()) for _ in range(AT_ONCE)]

    async def receive(self, raw_updates: Sequence[Mapping[str, object]]) -> None:
        """Store what came, masked. When this returns, the sender may be told that it arrived.

        StorageError when nothing was stored: then nothing may be confirmed. Known updates are
        ignored. What has no number cannot be stored, and only its type is logged.
        """
        now = self._clock()
        read = [stored for raw in raw_updates if (stored := _read(raw, now)) is not None]
        if not read:
            return
        await self._tidy()
        for update in await self._records.add(read):
            self._wake(update.chat)

    async def stop(self, limit: float) -> None:
        """Start nothing new, give what runs `limit` seconds to end; the rest stays stored."""
        self._is_stopping = True
        for pause in self._pauses:
            pause.cancel()
        await asyncio.gather(*self._pauses, return_exceptions=True)
        for _ in self._workers:
            self._ready.put_nowait("")
        if not self._workers:
            return
        _, late = await asyncio.wait(self._workers, timeout=limit)
        for worker in late:
            worker.cancel()
        if late:
            _log.warning("inbox_cut_short", handlers=len(late))
            await asyncio.wait(late)

    def _wake(self, chat: str) -> None:
        if chat in self._active:
            self._knocking.add(chat)
            return
        self._active.add(chat)
        self._ready.put_nowait(chat)

    async def _work(self) -> None:
        while not _is_cancelled():
            chat = await self._ready.get()
            if self._is_stopping:
                return
            try:
                await self._take_one(chat)
            except Exception as error:  # noqa: BLE001 the last net, see below
                # The database's fault, most likely. The update stays, so does the worker.
                _log.error("inbox_stumbled", error=type(error).__name__, where=_where(error))
                self._wake_later(chat, PAUSES[-1])

    async def _take_one(self, chat: str) -> None:
        """Answer the first update of a chat, and let the chat queue again behind the others."""
        self._knocking.discard(chat)
        waiting = await self._records.waiting(chat, TOGETHER_AT_MOST)
        if waiting and (rest := seconds_to_wait(waiting, self._clock(), self._is_urgent)):
            self._wake_later(chat, rest)
        elif waiting and (pause := await self._answer_together(waiting)):
            self._wake_later(chat, pause)
        elif waiting or chat in self._knocking:
            self._ready.put_nowait(chat)
        else:
            self._active.discard(chat)

    async def _answer_together(self, waiting: Sequence[StoredUpdate]) -> float | None:
        """Answer the first update, with the words of those that belong to it.

        These are marked only when it was answered: a crash between answers the rest alone.
        """
        update, count = joined(waiting, self._is_urgent)
        pause = await self._answer(update)
        if pause is None:
            for each in waiting[1:count]:
                await self._records.mark_answered(each.update_id, self._clock())
        return pause

    async def _answer(self, update: StoredUpdate) -> float | None:
        """Answer, mark as answered; the seconds to wait when it failed and may be tried again."""
        number = update.update_id
        if number not in self._unmarked:
            attempt = await self._records.count_attempt(number)
            if attempt > len(PAUSES) + 1:
                # It took the process with it each time: no handler was left to say why.
                await self._records.set_aside(number, "the process ended in every attempt")
                _log.error("update_set_aside", update_id=number, attempts=attempt - 1)
                return None
            try:
                await self._handle(update)
            except (Exception, asyncio.CancelledError) as error:
                # Whatever it is, the chat's later updates must go on; even a cancellation, if it
                # was not meant for this worker.
                if _is_cancelled():
                    raise
                return await self._note_failure(number, attempt, error)
        # Should marking fail, the answer is out all the same: next time only mark.
        self._unmarked.add(number)
        await self._records.mark_answered(number, self._clock())
        self._unmarked.discard(number)
        return None

    async def _note_failure(self, number: int, attempt: int, error: BaseException) -> float | None:
        reason, where = type(error).__name__, _where(error)
        _log.error(
            "update_failed",
            update_id=number,
            attempt=attempt,
            error=reason,
            where=where,
        )
        if attempt <= len(PAUSES):
            return PAUSES[attempt - 1]
        await self._records.set_aside(number, f"{reason} at {where}")
        _log.error("update_set_aside", update_id=number, attempts=attempt)
        return None

    def _wake_later(self, chat: str, seconds: float) -> None:
        """Queue the chat again after a pause, in which the worker serves others."""
        if self._is_stopping:
            return
        task = asyncio.create_task(self._queue_after(chat, seconds))
        self._pauses.add(task)
        task.add_done_callback(self._pauses.discard)

    async def _queue_after(self, chat: str, seconds: float) -> None:
        await self._pause(seconds)
        self._ready.put_nowait(chat)

    async def _tidy(self) -> None:
        now = self._clock()
        if self._tidied_on is not None and now - self._tidied_on < _TIDY_EVERY:
            return
        await self._records.forget_before(
            answered=now - KEEP_ANSWERED, set_aside=now - KEEP_SET_ASIDE
        )
        self._tidied_on = now


def _read(raw: Mapping[str, object], now: datetime) -> StoredUpdate | None:
    """What is stored of an update; None when it has no number or is no JSON."""
    number = raw.get("update_id") if isinstance(raw, Mapping) else None
    if type(number) is not int or not 0 <= number <= _LARGEST_NUMBER:
        _log.warning("update_without_number", type=type(raw).__name__)
        return None
    try:
        # ASCII, because a person can send half a character, which no database takes.
        payload = json.dumps(_mask(raw), ensure_ascii=True, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        _log.warning("update_unreadable", update_id=number, error=type(error).__name__)
        return None
    return StoredUpdate(
        update_id=number, chat=_chat_of(raw, number), payload=payload, received_on=now
    )


def _mask(value: object, name: str = "") -> object:
    """Mask the personal numbers in every string, wherever a person may have written it.

    Only identifiers stay as they are, since they look like card numbers and must go back to
    Telegram unchanged. By its custom their names are `id` or end in `_id`; so whatever field is
    added one day is masked.
    """
    if isinstance(value, str):
        is_identifier = name in _SAFE_NAMES or name.endswith(("_id", "_ids"))
        return value if is_identifier else mask_all_but_callers(value)
    if isinstance(value, Mapping):
        return {key: _mask(inner, str(key)) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_mask(inner, name) for inner in value]
    return value


def _chat_of(raw: Mapping[str, object], number: int) -> str:
    """The chat it belongs to, else the person it came from, else itself alone.

    A private chat has the number of its person, so inline queries keep in line with messages.
    """
    for content in raw.values():
        if not isinstance(content, Mapping):
            continue
        message = content.get("message")
        around = message if isinstance(message, Mapping) else content
        for owner in (around.get("chat"), content.get("from"), content.get("user")):
            key = owner.get("id") if isinstance(owner, Mapping) else None
            if type(key) is int:
                return str(key)
    return f"update:{number}"


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _where(error: BaseException) -> str:
    """The file and line that raised, which say enough and hold no words."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "unknown"
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
