"""Updates are stored before they are confirmed, and answered once, in order within each chat.

The database is the queue: in memory there are only the names of the chats that have something
waiting. What a crash leaves unanswered is answered after the next start. This module does not
know what an answer is, and logs numbers and types, never words.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from bot.arriving import read_update
from bot.concepts.retention import ANSWERED_UPDATE_DAYS, SET_ASIDE_UPDATE_DAYS
from bot.concepts.stored import StoredUpdate, Updates
from bot.errors import MustWaitError, StorageError, place_of
from bot.gathering import TOGETHER_AT_MOST, IsUrgent, first_to_answer, joined, seconds_to_wait
from bot.hands import Hands, is_cancelled
from bot.limits import Limits
from bot.overtaking import Overtaking

PAUSES = (1.0, 5.0, 25.0)
"""Seconds before an update that failed is tried again; after the last it is set aside."""

DEATHS_AT_MOST = 8
"""How often the process may end over one update; who kills it from outside may meet the same."""

ELSEWHERE_SECONDS = 0.5
"""After so long it is asked again whether another bot still has a chat."""

KEEP_ANSWERED = timedelta(days=ANSWERED_UPDATE_DAYS)
"""How long the number of an answered update is known; Telegram repeats a delivery for a day."""

KEEP_SET_ASIDE = timedelta(days=SET_ASIDE_UPDATE_DAYS)
"""How long an operator can look at an update that nothing could be done with."""

_TIDY_EVERY = timedelta(hours=1)

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


async def _say_nothing(_: StoredUpdate) -> None:
    """Where there is nobody to tell."""


class Inbox:
    """Takes updates in and has each of them handled. One for each process.

    `handle` must be safe to repeat: it is called again when the process dies, or it fails, in
    its middle. Urgent words wait for nothing that may follow. `give_up` tells who was set aside.
    """

    def __init__(
        self,
        records: Updates,
        handle: Callable[[StoredUpdate], Awaitable[None]],
        clock: Callable[[], datetime],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        *,
        is_urgent: IsUrgent = lambda _: False,
        give_up: Callable[[StoredUpdate], Awaitable[None]] = _say_nothing,
    ) -> None:
        self._records = records
        self._handle = handle
        self._clock = clock
        self._pause = pause
        self._is_urgent = is_urgent
        self._give_up = give_up
        self._overtaking = Overtaking(self._answer, self.wake, is_urgent)
        self._limits = Limits(is_urgent)
        self._hands = Hands(self._take_safely)
        # A chat is in `_active` while it is in the queue, in a worker's hands or in a pause, and
        # in `_knocking` when something new came meanwhile. So only one worker ever has it.
        self._active: set[str] = set()
        self._knocking: set[str] = set()
        self._unmarked: set[int] = set()
        self._joined: dict[int, int] = {}
        self._resting: set[int] = set()
        self._elsewhere: set[str] = set()
        self._stumbles: Counter[str] = Counter()
        self._pauses: set[asyncio.Task[None]] = set()
        self._is_stopping = False
        self._tidied_on: datetime | None = None

    async def start(self) -> None:
        """Begin to answer, first what a former process left unanswered."""
        await self._tidy()
        begun = await self._records.begun_chats()
        await self._spare(begun)
        waiting = await self._records.waiting_chats()
        # What was received before the start is queued already: each shall stand in one place.
        for chat in dict.fromkeys((*waiting, *self._hands.take_out_all())):
            self._active.add(chat)
            if chat not in begun:
                self._hands.queue(chat)
        self._active.update(begun)
        self._hands.start(alone=begun)

    async def take_up(self, chats: Sequence[str]) -> None:
        """Answer what a dead bot left in these chats, which are ours now."""
        begun = [chat for chat in await self._records.begun_chats() if chat in chats]
        await self._spare(begun)
        # In which something new came meanwhile has its place already.
        alone = [chat for chat in begun if chat not in self._active]
        self._active.update(alone)
        for chat in chats:
            if chat not in alone:
                self.wake(chat)
        if alone:
            await self._hands.try_alone(alone)

    async def receive(self, raw_updates: Sequence[Mapping[str, object]]) -> None:
        """Store what came, masked. When this returns, the sender may be told that it arrived.

        StorageError when nothing was stored: then nothing may be confirmed. Known updates are
        ignored. What has no number cannot be stored, and only its type is logged.
        """
        now = self._clock()
        read = [stored for raw in raw_updates if (stored := read_update(raw, now)) is not None]
        if not read:
            return
        await self._tidy()
        read = self._limits.admit(read, now)
        held = self._overtaking.hold(read)
        added: tuple[StoredUpdate, ...] = ()
        try:
            added = await self._records.add(read, held)
        except StorageError:
            self._limits.give_back(read)
            raise
        finally:
            self._overtaking.let_go(added, held)
        for update in added:
            self.wake(update.chat)

    async def stop(self, limit: float) -> None:
        """Start nothing new, give what runs `limit` seconds to end; the rest stays stored."""
        self._is_stopping = True
        for pause in self._pauses:
            pause.cancel()
        await asyncio.gather(*self._pauses, return_exceptions=True)
        await self._hands.stop(limit, self._overtaking.tasks)

    def wake(self, chat: str) -> None:
        """Something may wait in this chat."""
        if chat in self._active:
            self._knocking.add(chat)
            return
        self._active.add(chat)
        self._hands.queue(chat)

    async def _spare(self, begun: Sequence[str]) -> None:
        """Blame none of several: one may have ended its process, but none was alone."""
        if len(begun) > 1:
            await self._records.take_back_attempts(begun)

    async def _take_safely(self, chat: str, is_alone: bool) -> None:
        try:
            await self._take_one(chat, is_alone)
        except Exception as error:  # noqa: BLE001 the last net, see below
            # The database's fault, most likely. The update stays, so does the worker.
            _log.error("inbox_stumbled", error=type(error).__name__, where=place_of(error))
            self._wake_later(chat, PAUSES[min(self._stumbles[chat], len(PAUSES) - 1)])
            self._stumbles[chat] += 1
        else:
            self._stumbles.pop(chat, None)

    async def _take_one(self, chat: str, is_alone: bool) -> None:
        """Answer the first update of a chat, and let the chat queue again behind the others."""
        self._knocking.discard(chat)
        taken = await self._records.take(chat, TOGETHER_AT_MOST)
        self._overtaking.line_up(chat, is_elsewhere=taken is None)
        if taken is None:
            self._elsewhere.add(chat)
            self._wake_later(chat, ELSEWHERE_SECONDS)
            return
        if not is_alone and await self._is_begun_elsewhere(chat):
            self._hands.begin_alone([chat])
            return
        waiting = self._overtaking.left(taken)
        # Who is alone is answered now: after a rest others would be in hand too.
        rest = 0.0
        if waiting and not is_alone:
            rest = seconds_to_wait(waiting, self._clock(), self._is_urgent)
        if rest:
            self._wake_later(chat, rest)
        elif waiting and (pause := await self._answer_in_hand(chat, waiting)):
            self._wake_later(chat, pause)
        elif len(waiting) > 1 or chat in self._knocking:
            self._hands.queue(chat)
        else:
            await self._let_go(chat)

    async def _is_begun_elsewhere(self, chat: str) -> bool:
        """Whether another bot began something here and did not end it: it may have died of it."""
        if chat not in self._elsewhere:
            return False
        self._elsewhere.discard(chat)
        return chat in await self._records.begun_chats()

    async def _let_go(self, chat: str) -> None:
        await self._records.let_go(chat)
        if chat in self._knocking:
            self._hands.queue(chat)
        else:
            self._active.discard(chat)

    async def _answer_in_hand(self, chat: str, waiting: Sequence[StoredUpdate]) -> float | None:
        with self._overtaking.in_hand(chat):
            return await self._answer_together(first_to_answer(waiting, self._is_urgent))

    async def _answer_together(self, waiting: Sequence[StoredUpdate]) -> float | None:
        """Answer the first update, with those that belong to it.

        These are marked only when it was answered: a crash between answers the rest alone.
        """
        number = waiting[0].update_id
        # Tried again, it is the same message: what came since is not in the answer.
        waiting = waiting[: self._joined.get(number, len(waiting))]
        update, count = joined(waiting, self._is_urgent)
        self._joined[number] = count
        pause = await self._answer(update)
        if pause is None:
            self._joined.pop(number, None)
            now, rest = self._clock(), waiting[1:count]
            await asyncio.gather(
                *(self._records.mark_answered(each.update_id, now) for each in rest)
            )
        return pause

    async def _answer(self, update: StoredUpdate) -> float | None:
        """Answer, mark as answered; the seconds to wait when it failed and may be tried again."""
        number = update.update_id
        if number not in self._unmarked:
            # To go on after a wait that was asked for is no further attempt.
            attempt = 1 if number in self._resting else await self._records.count_attempt(number)
            self._resting.discard(number)
            if attempt > DEATHS_AT_MOST:
                # It took the process with it each time: no handler was left to say why.
                await self._records.set_aside(number, "the process ended in every attempt")
                _log.error("update_set_aside", update_id=number, attempts=attempt - 1)
                await self._give_up(update)
                return None
            try:
                await self._handle(update)
            except MustWaitError as error:
                self._resting.add(number)
                return error.seconds
            except (Exception, asyncio.CancelledError) as error:
                # Whatever it is, the chat's later updates must go on; even a cancellation, if it
                # was not meant for this worker.
                if is_cancelled():
                    raise
                return await self._note_failure(number, attempt, error)
        # Should marking fail, the answer is out all the same: next time only mark.
        self._unmarked.add(number)
        await self._records.mark_answered(number, self._clock())
        self._unmarked.discard(number)
        return None

    async def _note_failure(self, number: int, attempt: int, error: BaseException) -> float | None:
        reason, where = type(error).__name__, place_of(error)
        told = {"attempt": attempt, "error": reason, "where": where}
        _log.error("update_failed", update_id=number, **told)
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
        self._hands.queue(chat)

    async def _tidy(self) -> None:
        now = self._clock()
        if self._tidied_on is not None and now - self._tidied_on < _TIDY_EVERY:
            return
        await self._records.forget_before(
            answered=now - KEEP_ANSWERED, set_aside=now - KEEP_SET_ASIDE
        )
        self._tidied_on = now
