"""Speaks to people out of turn: reminders, and the deleting of what the bot once sent."""

from collections import deque
from collections.abc import Sequence
from itertools import batched

import structlog
from telegram import Bot
from telegram.constants import BulkRequestLimit
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.connection import seconds_to_wait
from bot.channels.telegram.delivery import Delivery, delivery_of
from bot.channels.telegram.sending import Fate, Sender
from bot.channels.telegram.words import Pause
from bot.concepts.reply import Reply
from bot.errors import ChannelError

SEND_PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
"""Seconds between attempts: whoever sends out of turn comes again by himself."""

DELETE_PAUSES = (0.5, 1.0, 2.0)

_log = structlog.stdlib.get_logger(__name__)


class Outlet:
    """The way to people who have not just written. An address is the number of their chat."""

    def __init__(self, bot: Bot, sender: Sender, pause: Pause) -> None:
        self._bot = bot
        self._sender = sender
        self._pause = pause
        self._unsent: dict[str, tuple[Reply, Delivery]] = {}

    async def send(self, address: str, reply: Reply) -> bool:
        """Send to a chat; False when it is gone: blocked, deleted or never there.

        ChannelError when it could not be sent; the same reply sent again later then goes on
        where it stopped.
        """
        delivery = self._resume(address, reply)
        if delivery is None:
            return False
        try:
            fate = await self._sender.deliver(delivery)
        except ChannelError:
            self._unsent[address] = (reply, delivery)
            raise
        if fate is Fate.REFUSED:
            raise ChannelError("Telegram refused a message that nobody had asked for.")
        return fate is Fate.TAKEN

    async def delete(self, address: str, message_ids: Sequence[int]) -> int:
        """Delete messages of the bot, as far as Telegram allows (48 hours); how many are gone."""
        chat_id = _chat_of(address)
        if chat_id is None:
            return 0
        wanted = tuple(dict.fromkeys(message_ids))
        waiting = deque(batched(wanted, BulkRequestLimit.MAX_LIMIT))
        deleted = 0
        while waiting:
            batch = waiting.popleft()
            try:
                is_deleted = await self._delete_together(chat_id, batch)
            except TelegramError as error:
                _log.warning("deleting_given_up", error=type(error).__name__)
                break
            if is_deleted:
                deleted += len(batch)
            elif len(batch) > 1:
                # One message that is too old keeps the others of its batch alive.
                middle = len(batch) // 2
                waiting.extend((batch[:middle], batch[middle:]))
        if deleted < len(wanted):
            _log.info("messages_not_deleted", number=len(wanted) - deleted)
        return deleted

    def _resume(self, address: str, reply: Reply) -> Delivery | None:
        """What is left of this reply since the last attempt, or all of it."""
        chat_id = _chat_of(address)
        if chat_id is None:
            return None
        kept, delivery = self._unsent.pop(address, (None, None))
        if delivery is None or kept != reply:
            delivery = delivery_of(reply, chat_id, update_id=None)
            delivery.pauses = SEND_PAUSES
        return delivery

    async def _delete_together(self, chat_id: int, message_ids: Sequence[int]) -> bool:
        """False when Telegram refuses; TelegramError when the chat or the line is gone."""
        pauses = iter(DELETE_PAUSES)
        while True:
            try:
                return await self._bot.delete_messages(chat_id, message_ids)
            except BadRequest:
                return False
            except (RetryAfter, NetworkError) as error:
                wait = next(pauses, None)
                if wait is None:
                    raise
                if isinstance(error, RetryAfter):
                    wait = seconds_to_wait(error)
                await self._pause(wait)


def _chat_of(address: str) -> int | None:
    try:
        return int(address)
    except ValueError:
        return None
