"""Questions that nobody could understand yet: told so once, answered when the model is there."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.concepts.message import IncomingMessage
from bot.concepts.reply import Reply
from bot.concepts.retention import CONVERSATION_HOURS
from bot.errors import StorageError, ZhiquanError, place_of
from bot.storage.conversations import Conversations
from bot.storage.waiting_people import WaitingPeople

_PEOPLE_AT_MOST = 1000

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

Answer = Callable[[IncomingMessage], Awaitable[Reply]]
Send = Callable[[str, Reply], Awaitable[bool]]


class WaitingQuestions:
    """The newest of each person; after a restart it is taken up again from the conversation."""

    def __init__(
        self,
        people: WaitingPeople,
        conversations: Conversations,
        pseudonym: Callable[[str], str],
    ) -> None:
        self._people, self._conversations = people, conversations
        self._pseudonym = pseudonym
        self._questions: OrderedDict[str, IncomingMessage] = OrderedDict()

    def __bool__(self) -> bool:
        """Whether anybody waits."""
        return bool(self._questions)

    async def take_up(self, now: datetime) -> None:
        """Know again who waited when a former process ended; what cannot be read is let go."""
        try:
            await self._take_up(now)
        except StorageError as error:
            _log.error("waiting_people_unknown", error=type(error).__name__, where=place_of(error))

    async def _take_up(self, now: datetime) -> None:
        for person in await self._people.all():
            talk = await self._conversations.of(person.sender, now)
            is_fresh = now - person.asked_on < timedelta(hours=CONVERSATION_HOURS)
            if talk.waiting and is_fresh and person.address not in self._questions:
                self._questions[person.address] = IncomingMessage(
                    sender_id=person.address, sent_on=person.asked_on, text=talk.waiting
                )

    async def note(self, message: IncomingMessage) -> None:
        """Keep a question in the place of the person's former one; StorageError."""
        address = message.sender_id
        self._questions[address] = message
        self._questions.move_to_end(address)
        await self._people.add(self._pseudonym(address), address, message.sent_on)
        if len(self._questions) > _PEOPLE_AT_MOST:
            await self.drop(next(iter(self._questions)))

    async def drop(self, sender_id: str) -> None:
        """The person was answered, or asks something else now; StorageError."""
        if self._questions.pop(sender_id, None) is not None:
            await self._people.remove(self._pseudonym(sender_id), is_urgent=False)

    async def answer_all(self, answer: Answer, send: Send) -> None:
        """Answer each, the longest waiting first; who could not be answered waits on."""
        for address, message in list(self._questions.items()):
            if self._questions.pop(address, None) is None:
                continue
            try:
                await self._answer_one(message, answer, send)
            except ZhiquanError as error:
                _note_failure(error)
                self._questions.setdefault(address, message)
                return
            except Exception as error:  # noqa: BLE001 it would fail each time, and others wait
                _note_failure(error)

    async def _answer_one(self, message: IncomingMessage, answer: Answer, send: Send) -> None:
        address = message.sender_id
        await send(address, await answer(message))
        if address in self._questions:
            return
        try:
            await self._people.remove(self._pseudonym(address), is_urgent=True)
        except StorageError as error:
            # It was answered: to wait on would answer it again. The note goes with its day.
            _note_failure(error, "waiting_person_not_forgotten")


def _note_failure(error: Exception, event: str = "waiting_question_not_answered") -> None:
    _log.warning(event, error=type(error).__name__, where=place_of(error))
