"""Words of danger overtake what their own chat is busy with: a picture is read for seconds."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

import structlog

from bot.concepts.stored import StoredUpdate
from bot.errors import place_of
from bot.gathering import IsUrgent, is_of_danger

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Overtaking:
    """Answers urgent words at once where their chat is in hand; it has them alone meanwhile.

    All else keeps its order. `wake` is called for the chat afterwards, for what may be left.
    """

    def __init__(
        self,
        answer: Callable[[StoredUpdate], Awaitable[object]],
        wake: Callable[[str], None],
        is_urgent: IsUrgent,
    ) -> None:
        self._answer, self._wake, self._is_urgent = answer, wake, is_urgent
        self._in_hand: set[str] = set()
        self._new: dict[str, list[StoredUpdate]] = {}
        self._numbers: set[int] = set()
        self.tasks: set[asyncio.Task[None]] = set()

    @contextmanager
    def in_hand(self, chat: str) -> Iterator[None]:
        """While a worker answers something of this chat."""
        self._in_hand.add(chat)
        try:
            yield
        finally:
            self._in_hand.discard(chat)

    def left(self, waiting: Sequence[StoredUpdate]) -> tuple[StoredUpdate, ...]:
        """What is not overtaking now."""
        return tuple(each for each in waiting if each.update_id not in self._numbers)

    def hold(self, updates: Sequence[StoredUpdate]) -> set[int]:
        """Before they are stored: the numbers of those that may overtake, kept from workers."""
        held = {each.update_id for each in updates if is_of_danger(each, self._is_urgent)}
        held -= self._numbers
        self._numbers |= held
        return held

    def let_go(self, stored: Sequence[StoredUpdate], held: set[int]) -> None:
        """After they were stored: those whose chat is in hand overtake, the rest wait in line."""
        for update in stored:
            if update.update_id not in held:
                continue
            if update.chat in self._in_hand:
                held.discard(update.update_id)
                self._begin(update)
            else:
                self._new.setdefault(update.chat, []).append(update)
        self._numbers -= held

    def line_up(self, chat: str, *, is_elsewhere: bool) -> None:
        """What is new in this chat overtakes where another bot has it, and else waits in line."""
        new = self._new.pop(chat, ())
        if is_elsewhere:
            self._numbers.update(update.update_id for update in new)
            for update in new:
                self._begin(update)

    def _begin(self, update: StoredUpdate) -> None:
        task = asyncio.create_task(self._overtake(update))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _overtake(self, update: StoredUpdate) -> None:
        try:
            await self._answer(update)
        except Exception as error:  # noqa: BLE001 it stays stored, and waits in line again
            _log.error("overtaking_stumbled", error=type(error).__name__, where=place_of(error))
        finally:
            self._numbers.discard(update.update_id)
            self._wake(update.chat)
