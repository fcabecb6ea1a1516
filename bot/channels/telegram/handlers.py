"""One handler for each kind of update, and the table that finds it.

A handler says what to send; `Handlers.handle` sends it, and keeps what Telegram did not take,
so that an update tried again is neither thought about twice nor answered twice.
"""

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import structlog
from telegram import Bot, Chat, ChatMember, Message, Update
from telegram.constants import ChatType

from bot.channels.telegram.delivery import Delivery, delivery_of
from bot.channels.telegram.files import FetchedFile, Files
from bot.channels.telegram.groups import GroupAnswer, answer_in_group, invitation
from bot.channels.telegram.inline import answer_inline
from bot.channels.telegram.papers import Doors
from bot.channels.telegram.private import PrivateTalk, read_tap
from bot.channels.telegram.reading import Attachment, is_group, is_private, is_service
from bot.channels.telegram.sending import NOT_SOON, SOON, Sender
from bot.channels.telegram.their_clock import TheirClock
from bot.channels.telegram.words import Respond, Words
from bot.concepts.message import IncomingMessage
from bot.concepts.recognition import NotRead, Reading
from bot.concepts.reply import Reply
from bot.concepts.stored import StoredUpdate
from bot.errors import ChannelError, place_of
from bot.limits import TOO_MANY

TOO_OLD = timedelta(hours=24)
"""A message that waited longer gets an apology instead of an answer that nobody expects."""

FETCHES = 3
"""How often the inbox may come again with a file before we say that it could not be had."""

_GONE = {ChatMember.BANNED, ChatMember.LEFT}
_Handler = Callable[[Update, StoredUpdate], Awaitable[Delivery | None]]

_log = structlog.stdlib.get_logger(__name__)


class Handlers:
    """Answers one stored update at a time."""

    def __init__(
        self, bot: Bot, words: Words, sender: Sender, files: Files, their_clock: TheirClock
    ) -> None:
        self._bot = bot
        self._words = words
        self._sender = sender
        self._files = files
        self._their_clock = their_clock
        self._private = PrivateTalk(words)
        self._unsent: dict[int, Delivery] = {}
        self._fetches: Counter[int] = Counter()
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
        """What to send for an update; None where nothing is to be said."""
        raw = json.loads(stored.payload)
        if TOO_MANY in raw:
            return self._delivery(self._words.say("too_many"), raw[TOO_MANY], stored)
        try:
            update = Update.de_json(raw, self._bot)
        except Exception as error:  # noqa: BLE001 PTB raises whatever a strange value leads to
            _log.warning("update_not_understood", update=stored.update_id, error=_name(error))
            chat_id = _private_chat_of(raw)
            reply = None if chat_id is None else self._words.say("other_kind")
            return self._delivery(reply, chat_id or 0, stored)
        for part, handler in self._table:
            if getattr(update, part) is None:
                continue
            try:
                return await handler(update, stored)
            except ChannelError:
                if self._may_come_again(stored):
                    raise
                _log.warning("file_given_up", update=stored.update_id)
                return self._apology(update.effective_chat, stored)
            except Exception as error:  # noqa: BLE001 whatever it is, nobody is left without a word
                # The update's number is also the number of the error.
                _log.error("answer_failed", update=stored.update_id, error=_name(error))
                return self._apology(update.effective_chat, stored)
        return None

    async def _on_message(self, update: Update, stored: StoredUpdate) -> Delivery | None:
        message = update.message
        if message is None or is_service(update) or self._is_own_card(message):
            return None
        is_old = self._is_too_old(message)
        if is_group(message):
            return None if is_old else await self._answer_group(message, stored)
        if not is_private(message):
            return None
        if is_old:
            reply = self._private.expired(message)
        else:
            reply = await self._private.answer(update, self._doors(message.chat.id))
        return self._delivery(reply, message.chat.id, stored)

    async def _on_edit(self, update: Update, stored: StoredUpdate) -> Delivery | None:
        message = update.edited_message
        if message is None or not is_private(message):
            return None
        if self._is_too_old(message):
            return None
        reply = await self._private.answer_edit(message, self._asking(message.chat.id))
        return self._delivery(reply, message.chat.id, stored)

    async def _on_tap(self, update: Update, stored: StoredUpdate) -> Delivery | None:
        query = update.callback_query
        if query is None:
            return None
        choice, message = read_tap(query), query.message
        if choice is None or message is None:
            await self._sender.acknowledge(query.id, _words_of(self._words.say("stale_button")))
            return None
        await self._sender.acknowledge(query.id)
        self._private.tapped(message.chat.id)
        ask, chat_id = self._asking(message.chat.id), message.chat.id
        incoming = IncomingMessage(
            sender_id=str(chat_id), sent_on=stored.received_on, choice=choice
        )
        reply = await ask(incoming)
        delivery = self._delivery(reply, chat_id, stored)
        # Of a message that is too old Telegram tells only the number: it cannot be edited.
        if delivery is not None and reply.in_place and message.is_accessible:
            delivery.edit_id = message.message_id
        return delivery

    async def _on_inline_query(self, update: Update, _: StoredUpdate) -> Delivery | None:
        if update.inline_query is not None:
            await answer_inline(self._bot, self._words, update.inline_query)
        return None

    async def _on_membership(self, update: Update, stored: StoredUpdate) -> Delivery | None:
        change = update.my_chat_member
        if change is None:
            return None
        if change.new_chat_member.status in _GONE:
            _log.info("chat_is_closed", update=stored.update_id)
            if change.chat.type == ChatType.PRIVATE:
                await self._words.forget_address(str(change.chat.id))
            return None
        is_new = change.old_chat_member.status in _GONE
        if not is_new or change.chat.type not in {ChatType.GROUP, ChatType.SUPERGROUP}:
            return None
        return self._group_delivery(invitation(self._bot, self._words), change.chat.id, stored)

    async def _answer_group(self, message: Message, stored: StoredUpdate) -> Delivery | None:
        ask = self._asking(message.chat.id, self._words.respond_briefly)
        answer = await answer_in_group(self._bot, self._words, message, ask)
        if answer is None:
            return None
        delivery = self._group_delivery(answer, message.chat.id, stored)
        if delivery is not None:
            delivery.quote_id = message.message_id
            delivery.thread_id = message.message_thread_id if message.is_topic_message else None
        return delivery

    def _is_too_old(self, message: Message) -> bool:
        """By Telegram's clock, which dated it too: ours may be wrong, or may have been."""
        now = self._their_clock.now()
        is_old = now is not None and now - message.date > TOO_OLD
        return is_old and not self._private.is_danger(message)

    def _may_come_again(self, stored: StoredUpdate) -> bool:
        """Whether the inbox shall try again, after a file could not be fetched."""
        self._fetches[stored.update_id] += 1
        if self._fetches[stored.update_id] < FETCHES:
            return True
        del self._fetches[stored.update_id]
        return False

    def _is_own_card(self, message: Message) -> bool:
        return message.via_bot is not None and message.via_bot.id == self._bot.id

    def _asking(self, chat_id: int, respond: Respond | None = None) -> Respond:
        """The pipeline, with "typing" shown in the chat while it works."""

        async def ask(incoming: IncomingMessage) -> Reply:
            after = SOON if incoming.choice is None else NOT_SOON
            async with self._sender.showing(chat_id, after=after):
                return await (respond or self._words.respond)(incoming)

        return ask

    def _doors(self, chat_id: int) -> Doors:
        """The pipeline, the way to files and to their words, with "typing" shown meanwhile."""

        async def fetch(attachment: Attachment) -> FetchedFile | None:
            async with self._sender.showing(chat_id):
                return await self._files.fetch(attachment)

        async def read(contents: Sequence[bytes]) -> Reading | NotRead:
            async with self._sender.showing(chat_id):
                return await self._words.read(contents)

        return Doors(ask=self._asking(chat_id), fetch=fetch, read=read)

    def _apology(self, chat: Chat | None, stored: StoredUpdate) -> Delivery | None:
        if chat is None:
            return None
        apology = self._words.say("apology")
        if chat.type != ChatType.PRIVATE:
            apology = replace(apology, buttons=())
        return self._delivery(apology, chat.id, stored)

    def _group_delivery(
        self, answer: GroupAnswer, chat_id: int, stored: StoredUpdate
    ) -> Delivery | None:
        delivery = self._delivery(answer.reply, chat_id, stored)
        if delivery is not None:
            delivery.link = answer.link
        return delivery

    def _delivery(
        self, reply: Reply | None, chat_id: int, stored: StoredUpdate
    ) -> Delivery | None:
        return None if reply is None else delivery_of(reply, chat_id, stored.update_id)


def _private_chat_of(raw: object) -> int | None:
    """Who waits for a reply to a message that PTB cannot read: Telegram may have news for it."""
    match raw:
        case {"message": {"chat": {"id": int(chat_id), "type": "private"}}}:
            return chat_id
    return None


def _words_of(reply: Reply) -> str:
    return "\n".join(block.text for block in reply.blocks)


def _name(error: Exception) -> str:
    """The class and the place of an error: its message may hold a person's words."""
    return f"{type(error).__name__} at {place_of(error)}"
