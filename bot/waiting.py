"""Questions that nobody could understand yet: told so once, answered when the model is there."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable

from bot.concepts.message import IncomingMessage
from bot.concepts.reply import Reply

_PEOPLE_AT_MOST = 1000

Answer = Callable[[IncomingMessage], Awaitable[Reply]]
Send = Callable[[str, Reply], Awaitable[bool]]


class WaitingQuestions:
    """The newest of each person, in memory: after a restart the person's next word counts."""

    def __init__(self) -> None:
        self._questions: OrderedDict[str, IncomingMessage] = OrderedDict()

    def __bool__(self) -> bool:
        """Whether anybody waits."""
        return bool(self._questions)

    def note(self, message: IncomingMessage) -> None:
        """Keep a question in the place of the person's former one."""
        self._questions[message.sender_id] = message
        self._questions.move_to_end(message.sender_id)
        if len(self._questions) > _PEOPLE_AT_MOST:
            self._questions.popitem(last=False)

    def drop(self, sender_id: str) -> None:
        """The person was answered, or asks something else now."""
        self._questions.pop(sender_id, None)

    async def answer_all(self, answer: Answer, send: Send) -> None:
        """Answer each, the longest waiting first."""
        for sender_id, message in list(self._questions.items()):
            if self._questions.pop(sender_id, None) is not None:
                await send(sender_id, await answer(message))
