"""Sends replies: in order within a chat, patient with Telegram, never twice what was taken."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

import structlog
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import (
    CallbackQueryLimit,
    ChatAction,
    InlineKeyboardButtonLimit,
    MessageLimit,
    ParseMode,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    RetryAfter,
    TelegramError,
)

from bot.channels.telegram.connection import seconds_to_wait
from bot.channels.telegram.words import Pause
from bot.errors import ChannelError
from bot.rendering.telegram_html import HtmlLimits, HtmlMessage

LIMITS = HtmlLimits(
    units=MessageLimit.MAX_TEXT_LENGTH,
    entities=MessageLimit.MESSAGE_ENTITIES,
    button_bytes=InlineKeyboardButtonLimit.MAX_CALLBACK_DATA,
)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
TYPING_SECONDS = 4.5
"""Telegram shows "typing" for five seconds."""

PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 40.0, *(60.0,) * 10)
"""Seconds between attempts while the line is down: the inbox sets an update aside too soon."""

_FLOOD_WAITS = 10

_log = structlog.stdlib.get_logger(__name__)


@dataclass(slots=True, kw_only=True)
class Delivery:
    """What is still to be sent for one update; it shrinks as Telegram takes it.

    `edit_id` names the message that the first part replaces, `quote_id` the one that is answered
    in a group, `link` (label, URL) stands under the last message instead of its buttons.
    """

    update_id: int
    chat_id: int
    messages: deque[HtmlMessage]
    edit_id: int | None = None
    quote_id: int | None = None
    thread_id: int | None = None
    link: tuple[str, str] | None = None
    is_plain: bool = field(default=False, init=False)

    def keyboard(self) -> InlineKeyboardMarkup | None:
        """The buttons under the first message that is left."""
        if self.link is not None and len(self.messages) == 1:
            label, url = self.link
            return InlineKeyboardMarkup([[InlineKeyboardButton(label, url=url)]])
        rows = [
            [InlineKeyboardButton(label, callback_data=choice) for label, choice in row]
            for row in self.messages[0].rows
        ]
        return InlineKeyboardMarkup(rows) if rows and self.link is None else None


class Sender:
    """The one way out to Telegram."""

    def __init__(self, bot: Bot, pause: Pause) -> None:
        self._bot = bot
        self._pause = pause
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def deliver(self, delivery: Delivery) -> None:
        """Send what is left; ChannelError when the line is down, to be called again later.

        What Telegram refuses for good (a blocked bot, a closed chat) is noted and dropped.
        """
        turn = self._turns.setdefault(delivery.chat_id, asyncio.Lock())
        async with turn:
            while delivery.messages:
                if not await self._send_first(delivery):
                    return
                delivery.messages.popleft()
                delivery.edit_id, delivery.is_plain = None, False

    @asynccontextmanager
    async def typing(self, chat_id: int) -> AsyncIterator[None]:
        """Show in the chat that an answer is being written; its faults do not matter."""
        is_done = asyncio.Event()
        showing = asyncio.create_task(self._show_typing(chat_id, is_done))
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

    async def _show_typing(self, chat_id: int, is_done: asyncio.Event) -> None:
        while not is_done.is_set():
            with suppress(TelegramError):
                await self._bot.send_chat_action(chat_id, ChatAction.TYPING)
            with suppress(TimeoutError):
                await asyncio.wait_for(is_done.wait(), TYPING_SECONDS)

    async def _send_first(self, delivery: Delivery) -> bool:
        """Send one message; False when this chat takes none."""
        pauses = iter(PAUSES)
        floods = 0
        while True:
            try:
                await self._attempt(delivery)
            except RetryAfter as error:
                # Only this chat waits: its lock is held, the others have their own.
                floods += 1
                if floods > _FLOOD_WAITS:
                    raise _not_taken() from error
                await self._pause(seconds_to_wait(error))
            except Forbidden:
                _log.info("chat_is_closed", update=delivery.update_id)
                return False
            except ChatMigrated as error:
                delivery.chat_id = error.new_chat_id
            except BadRequest as error:
                if delivery.edit_id is not None and "not modified" in error.message.lower():
                    return True
                if not _simplify(delivery):
                    return False
            except TelegramError as error:
                wait = next(pauses, None)
                if wait is None:
                    raise _not_taken() from error
                await self._pause(wait)
            else:
                return True

    async def _attempt(self, delivery: Delivery) -> None:
        message = delivery.messages[0]
        text = message.plain if delivery.is_plain else message.html
        mode = None if delivery.is_plain else ParseMode.HTML
        if delivery.edit_id is not None:
            await self._bot.edit_message_text(
                text,
                chat_id=delivery.chat_id,
                message_id=delivery.edit_id,
                parse_mode=mode,
                reply_markup=delivery.keyboard(),
                link_preview_options=NO_PREVIEW,
            )
            return
        quoted = None
        if delivery.quote_id is not None:
            quoted = ReplyParameters(delivery.quote_id, allow_sending_without_reply=True)
        await self._bot.send_message(
            delivery.chat_id,
            text,
            parse_mode=mode,
            reply_markup=delivery.keyboard(),
            reply_parameters=quoted,
            message_thread_id=delivery.thread_id,
            link_preview_options=NO_PREVIEW,
        )


def _simplify(delivery: Delivery) -> bool:
    """After a refusal: a new message instead of an edit, then plain text, then False."""
    if delivery.edit_id is not None:
        delivery.edit_id = None
        return True
    if not delivery.is_plain:
        delivery.is_plain = True
        _log.warning("markup_refused", update=delivery.update_id)
        return True
    _log.error("message_refused", update=delivery.update_id)
    return False


def _not_taken() -> ChannelError:
    return ChannelError("Telegram took no message; the update stays in the inbox for later.")
