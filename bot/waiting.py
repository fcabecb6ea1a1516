"""Questions that nobody could understand yet: told so once, answered when the model is there.

The database is the memory: a restart forgets nobody, and of several bots one answers.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

import structlog

from bot.concepts.message import IncomingMessage
from bot.concepts.reply import Reply
from bot.errors import StorageError, ZhiquanError, place_of
from bot.storage.waiting_people import WaitingPeople, WaitingPerson

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

Answer = Callable[[IncomingMessage], Awaitable[Reply]]
Send = Callable[[str, Reply], Awaitable[bool]]
Clock = Callable[[], datetime]


class WaitingQuestions:
    """One text for each person. `pseudonym` makes a sender of an address."""

    def __init__(self, people: WaitingPeople, pseudonym: Callable[[str], str]) -> None:
        self._people, self._pseudonym = people, pseudonym
        self._in_hand: str | None = None
        self._answered_unmarked: list[WaitingPerson] = []
        self._is_idle, self._is_stopping = asyncio.Event(), False
        self._is_idle.set()

    async def are_any(self, now: datetime) -> bool:
        """Whether anybody waits whom no other bot has in hand; not while the database fails.

        Who was answered and could not be marked is marked first: soon, also while Rasa is away.
        """
        try:
            return await self._is_all_marked() and await self._people.are_any(now)
        except StorageError as error:
            _note_failure(error, "waiting_people_unknown")
            return False

    async def note(self, message: IncomingMessage) -> None:
        """Keep all that a person asks in the place of what was kept before; StorageError."""
        sender = self._pseudonym(message.sender_id)
        await self._people.add(sender, message.sender_id, message.text, message.sent_on)

    async def leave(self, message: IncomingMessage) -> None:
        """Of what a person asked only this, or nothing, was not answered yet; StorageError."""
        # What is being answered by us is forgotten when the answer is out.
        if message.sender_id == self._in_hand:
            return
        if message.text:
            await self.note(message)
        else:
            await self._people.remove(self._pseudonym(message.sender_id))

    async def answer_all(self, answer: Answer, send: Send, clock: Clock) -> None:
        """Answer each once, the longest waiting first.

        Who could not be answered stays claimed, which is their pause: others are answered before.
        """
        self._is_idle.clear()
        try:
            await self._answer_those_who_wait(answer, send, clock)
        finally:
            self._is_idle.set()

    async def stop(self, limit: float) -> None:
        """Answer nobody new, give who is being answered `limit` seconds: it is sent only once."""
        self._is_stopping = True
        with suppress(TimeoutError):
            async with asyncio.timeout(limit):
                await self._is_idle.wait()

    async def _answer_those_who_wait(self, answer: Answer, send: Send, clock: Clock) -> None:
        met = set[str]()
        while await self._is_all_marked() and (person := await self._next(clock())):
            # Still not understood, and noted again: that is for another time.
            is_over = person.sender in met
            met.add(person.sender)
            if is_over or not await self._answer(person, answer, send):
                return

    async def _next(self, now: datetime) -> WaitingPerson | None:
        if self._is_stopping:
            return None
        try:
            return await self._people.claim(now)
        except StorageError as error:
            _note_failure(error, "waiting_people_unknown")
            return None

    async def _answer(self, person: WaitingPerson, answer: Answer, send: Send) -> bool:
        """Whether this question is done with."""
        self._in_hand = person.address
        is_perhaps_out = False
        message = IncomingMessage(
            sender_id=person.address, sent_on=person.asked_on, text=person.question
        )
        try:
            reply = await answer(message)
            is_perhaps_out = True
            await send(person.address, reply)
        except ZhiquanError as error:
            _note_failure(error)
            return False
        except asyncio.CancelledError:
            if not is_perhaps_out:
                await self._give_back(person)
            raise
        except Exception as error:  # noqa: BLE001 it would fail each time, and others wait
            _note_failure(error)
        finally:
            self._in_hand = None
        self._answered_unmarked.append(person)
        return True

    async def _is_all_marked(self) -> bool:
        """Should marking fail, it is answered all the same: we answer no other before."""
        try:
            while self._answered_unmarked:
                await self._people.note_answered(self._answered_unmarked[0])
                self._answered_unmarked.pop(0)
        except StorageError as error:
            _note_failure(error, "waiting_person_not_forgotten")
            return False
        return True

    async def _give_back(self, person: WaitingPerson) -> None:
        try:
            await self._people.give_back(person)
        except StorageError as error:
            # The claim runs out by itself.
            _note_failure(error, "waiting_person_not_given_back")


def _note_failure(error: Exception, event: str = "waiting_question_not_answered") -> None:
    _log.warning(event, error=type(error).__name__, where=place_of(error))
