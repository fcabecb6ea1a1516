"""One handler for each kind of update, and the table that finds it.

A handler says what to send; `Handlers.handle` sends it, and keeps what Telegram did not take,
so that an update tried again is neither thought about twice nor answered twice.
"""

import json
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from telegram import Bot, CallbackQuery, ChatMember, Message, Update
from telegram.constants import ChatType

from bot.channels.telegram.groups import GroupAnswer, answer_in_group, invitation
from bot.channels.telegram.inline import answer_inline
from bot.channels.telegram.private import PrivateTalk
from bot.channels.telegram.reading import is_group, is_private, is_service
from bot.channels.telegram.sending import LIMITS, Delivery, Sender
from bot.channels.telegram.words import Clock, Respond, Words
from bot.concepts.message import IncomingMessage
from bot.concepts.reply import Reply
from bot.concepts.stored import StoredUpdate
from bot.rendering.telegram_html import render_telegram_html

TOO_OLD = timedelta(hours=24)
"""A message that waited longer gets an apology instead of an answer that nobody expects."""

_GONE = {ChatMember.BANNED, ChatMember.LEFT}
_Handler = Callable[[Update, StoredUpdate], Awaitable[Delivery | None]]

_log = structlog.stdlib.get_logger(__name__)


class Handlers:
    """Answers one stored update at a time."""

    def __init__(self, bot: Bot, words: Words, sender: Sender, clock: Clock) -> None:
        self._bot = bot
        self._words = words
        self._sender = sender
        self._clock = clock
        self._private = PrivateTalk(words)
        self._unsent: dict[int, Delivery] = {}
        # The first whose part of the update is there takes it; what has none is ignored.
        self._table: tuple[tuple[str, _Handler], ...] = (
            ("message", self._on_message),
            ("edited_message", self._on_edit),
            ("callback_query", self._on_tap),
            ("inline_query", self._on_inline_query),
            ("my_chat_member", self._on_membership),
        )

    async def handle(self, stored: StoredUpdate) -> None:
        """Answer one update; ChannelError when Telegram takes nothing now: call again later."""
        number = stored.update_id
        delivery = self._unsent.get(number) or await self._prepare(stored)
        if delivery is None:
            return
        self._unsent[number] = delivery
        await self._sender.deliver(delivery)
        del self._unsent[number]

    async def _prepare(self, stored: StoredUpdate) -> Delivery | None:
        """What to send for an update; None also for one that nobody can read."""
        try:
            update = Update.de_json(json.loads(stored.payload), self._bot)
        except Exception as error:  # PTB raises whatever a strange value leads to.
            _log.warning("update_not_understood", update=stored.update_id, **_fault(error))
            return None
        for part, handler in self._table:
            if getattr(update, part) is not None:
                return await handler(update, stored)
        return None

    async def _on_message(self, update: Update, stored: StoredUpdate) -> Delivery | None:
        message = update.message
        if message is None or is_service(update) or self._is_from_card(message):
            return None
        is_old = self._clock() - message.date > TOO_OLD
        if is_group(message):
            return None if is_old else await self._answer_group(message, stored)
        if not is_private(message):
            return None
        if is_old:
            return self._delivery(self._private.expired(message), message, stored)
        reply = await self._private.answer(update, self._asking(message, stored))
        return self._delivery(reply, message, stored)

    async def _on_edit(self, update: Update, stored: StoredUpdate) -> Delivery | None:
        message = update.edited_message
        if message is None or not is_private(message):
            return None
        if self._clock() - message.date > TOO_OLD:
            return None
        reply = await self._private.answer_edit(message, self._asking(message, stored))
        return self._delivery(reply, message, stored)

    async def _on_tap(self, update: Update, stored: StoredUpdate) -> Delivery | None:
        query = update.callback_query
        if query is None:
            return None
        choice = self._private.read_tap(query)
        if choice is None or query.message is None:
            stale = self._words.say("stale_button")
            await self._sender.acknowledge(query.id, _plain(stale))
            return None
        await self._sender.acknowledge(query.id)
        incoming = IncomingMessage(
            sender_id=str(query.message.chat.id), sent_on=stored.received_on, choice=choice
        )
        ask = self._asking(query.message.chat.id, stored)
        return self._tapped(await ask(incoming), query, stored)

    async def _on_inline_query(self, update: Update, stored: StoredUpdate) -> Delivery | None:
        if update.inline_query is not None:
            await answer_inline(self._bot, self._words, update.inline_query)
        return None

    async def _on_membership(self, update: Update, stored: StoredUpdate) -> Delivery | None:
        change = update.my_chat_member
        if change is None:
            return None
        if change.new_chat_member.status in _GONE:
            _log.info("chat_is_closed", update=stored.update_id)
            return None
        is_new = change.old_chat_member.status in _GONE
        if not is_new or change.chat.type not in {ChatType.GROUP, ChatType.SUPERGROUP}:
            return None
        return _group_delivery(invitation(self._bot, self._words), change.chat.id, stored)
