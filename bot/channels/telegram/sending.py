"""Sends replies: in order within a chat, patient with Telegram, never twice what was taken."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from enum import Enum
from weakref import WeakValueDictionary

import structlog
from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.constants import CallbackQueryLimit, ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.channels.telegram.connection import seconds_to_wait
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.words import Pause, Words
from bot.concepts.reply import Document
from bot.errors import ChannelError, MustWaitError, StorageError

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
TYPING_SECONDS = 4.5
"""Telegram shows "typing" for five seconds."""

SOON = 0.3
"""Seconds: what is answered within them needs no sign that it will be."""

NOT_SOON = 3.0
"""Seconds for what asks nobody else, as a tap: only a machine out of breath takes as long."""

_FLOOD_WAITS = 10
_GONE = ("chat not found", "user not found", "deactivated", "peer_id_invalid")
"""What Telegram calls a bad request although only the chat is no more."""

_log = structlog.stdlib.get_logger(__name__)


class Fate(Enum):
    """What became of something sent: REFUSED when Telegram will never take it, as it is."""

    TAKEN = "taken"
    REFUSED = "refused"
    CHAT_GONE = "chat_gone"


class Sender:
    """The one way out to Telegram."""

    def __init__(self, bot: Bot, words: Words, pause: Pause) -> None:
        self._bot = bot
        self._words = words
        self._pause = pause
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def deliver(self, delivery: Delivery) -> Fate:
        """Send what is left; ChannelError when the line is down, to be called again later.

        MustWaitError when that is to be after so many seconds.

        What Telegram refuses for good (a blocked bot, a closed chat) is noted and dropped.
        TAKEN when anything was taken.
        """
        turn = self._turns.setdefault(delivery.chat_id, asyncio.Lock())
        fate = Fate.REFUSED
        async with turn:
            delivery.is_discreet = await self._is_discreet(delivery)
            while not delivery.is_done:
                match await self._send_first(delivery):
                    case Fate.CHAT_GONE:
                        _log.info("chat_is_closed", update=delivery.update_id)
                        return Fate.CHAT_GONE
                    case Fate.TAKEN:
                        fate = Fate.TAKEN
                delivery.drop_first()
        return fate

    @asynccontextmanager
    async def showing(
        self, chat_id: int, action: ChatAction = ChatAction.TYPING, after: float = SOON
    ) -> AsyncIterator[None]:
        """Show in the chat that an answer is being written, if it takes longer than `after`.

        Faults of the showing do not matter.
        """
        is_done = asyncio.Event()
        showing = asyncio.create_task(self._show(chat_id, action, is_done, after))
        try:
            yield
        finally:
            is_done.set()
            # Waited for, because a late one would show "typing" after the answer.
            await showing

    async def acknowledge(self, query_id: str, alert: str = "") -> None:
        """End the waiting circle on a tapped button, with words in a box where there are any."""
        text = alert[: CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH]
        try:
            await self._bot.answer_callback_query(query_id, text=text, show_alert=bool(text))
        except TelegramError as error:
            # Mostly a tap that waited too long; the reply below it comes all the same.
            _log.info("tap_not_acknowledged", error=type(error).__name__)

    async def _show(
        self, chat_id: int, action: ChatAction, is_done: asyncio.Event, after: float
    ) -> None:
        while not await _is_set_within(is_done, after):
            with suppress(TelegramError):
                await self._bot.send_chat_action(chat_id, action)
            after = TYPING_SECONDS

    async def _send_first(self, delivery: Delivery) -> Fate:
        """Send one message or document."""
        pauses = iter(delivery.pauses)
        while True:
            try:
                message_id = await self._attempt(delivery)
            except RetryAfter as error:
                await self._wait_out(error, delivery)
            except Forbidden:
                return Fate.CHAT_GONE
            except ChatMigrated as error:
                delivery.chat_id = error.new_chat_id
            except BadRequest as error:
                fate = _fate_after(error, delivery)
                if fate is not None:
                    return fate
            except TelegramError as error:
                wait = next(pauses, None)
                if wait is None:
                    raise _not_taken() from error
                await self._pause(wait)
            else:
                await self._note_sent(delivery, message_id)
                return Fate.TAKEN

    async def _wait_out(self, error: RetryAfter, delivery: Delivery) -> None:
        """Wait as Telegram asks, or have the inbox do so, which serves others meanwhile."""
        delivery.floods += 1
        if delivery.floods > _FLOOD_WAITS:
            raise _not_taken() from error
        seconds = seconds_to_wait(error)
        if delivery.update_id is not None:
            raise MustWaitError(seconds) from error
        await self._pause(seconds)

    async def _attempt(self, delivery: Delivery) -> int | None:
        """The number of the message that is new in the chat; None after an edit."""
        if not delivery.messages:
            async with self.showing(delivery.chat_id, ChatAction.UPLOAD_DOCUMENT, after=0):
                return await self._send_document(delivery)
        if delivery.edit_id is None:
            return await self._send_message(delivery)
        message = delivery.messages[0]
        await self._bot.edit_message_text(
            message.plain if delivery.is_plain else message.html,
            chat_id=delivery.chat_id,
            message_id=delivery.edit_id,
            parse_mode=None if delivery.is_plain else ParseMode.HTML,
            reply_markup=delivery.keyboard(),
            link_preview_options=NO_PREVIEW,
        )
        return None

    async def _send_message(self, delivery: Delivery) -> int:
        message = delivery.messages[0]
        quoted = None
        if delivery.quote_id is not None:
            quoted = ReplyParameters(delivery.quote_id, allow_sending_without_reply=True)
        sent = await self._bot.send_message(
            delivery.chat_id,
            message.plain if delivery.is_plain else message.html,
            parse_mode=None if delivery.is_plain else ParseMode.HTML,
            reply_markup=delivery.keyboard(),
            reply_parameters=quoted,
            message_thread_id=delivery.thread_id,
            link_preview_options=NO_PREVIEW,
            disable_notification=delivery.is_discreet or None,
            protect_content=delivery.is_discreet or None,
        )
        return sent.message_id

    async def _send_document(self, delivery: Delivery) -> int:
        document = delivery.documents[0]
        if document.is_picture:
            return await self._send_picture(document, delivery)
        sent = await self._bot.send_document(
            delivery.chat_id,
            document.content,
            filename=document.name,
            disable_content_type_detection=True,
            message_thread_id=delivery.thread_id,
            # Never protected: a letter must be saved, printed and handed to somebody.
            disable_notification=delivery.is_discreet or None,
        )
        return sent.message_id

    async def _send_picture(self, picture: Document, delivery: Delivery) -> int:
        sent = await self._bot.send_photo(
            delivery.chat_id,
            picture.content,
            filename=picture.name,
            message_thread_id=delivery.thread_id,
            disable_notification=delivery.is_discreet or None,
            protect_content=delivery.is_discreet or None,
        )
        return sent.message_id

    async def _is_discreet(self, delivery: Delivery) -> bool:
        if not _is_private(delivery):
            return False
        try:
            return await self._words.is_discreet(str(delivery.chat_id))
        except StorageError:
            # The words must go out all the same, and then rather too quietly than too loudly.
            _log.error("discretion_unknown", update=delivery.update_id)
            return True

    async def _note_sent(self, delivery: Delivery, message_id: int | None) -> None:
        if message_id is None or not delivery.is_discreet:
            return
        try:
            await self._words.note_sent(str(delivery.chat_id), message_id)
        except StorageError:
            # It is out: to fail now would send it twice.
            _log.error("sent_message_not_noted", update=delivery.update_id)


async def _is_set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True


def _is_private(delivery: Delivery) -> bool:
    """Groups have numbers below 0."""
    return delivery.chat_id > 0


def _fate_after(error: BadRequest, delivery: Delivery) -> Fate | None:
    """What a refusal means; None when it is worth another attempt, in simpler form."""
    reason = error.message.lower()
    if delivery.edit_id is not None and "not modified" in reason:
        return Fate.TAKEN
    if any(sign in reason for sign in _GONE):
        return Fate.CHAT_GONE
    return None if _simplify(delivery) else Fate.REFUSED


def _simplify(delivery: Delivery) -> bool:
    """After a refusal: a new message instead of an edit, then plain text, then False."""
    if delivery.edit_id is not None:
        delivery.edit_id = None
        return True
    if delivery.messages and not delivery.is_plain:
        delivery.is_plain = True
        _log.warning("markup_refused", update=delivery.update_id)
        return True
    _log.error("message_refused", update=delivery.update_id)
    return False


def _not_taken() -> ChannelError:
    return ChannelError("Telegram took no message; the update stays in the inbox for later.")
