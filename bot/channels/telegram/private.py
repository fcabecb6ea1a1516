"""The private talk: commands, words, and everything that people send instead of words."""

import re
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import replace

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType

from bot.channels.telegram.papers import Doors, Papers, below, incoming
from bot.channels.telegram.reading import (
    Command,
    Parcel,
    is_fresh_edit,
    kind_of,
    parcel_of,
    read_command,
    read_words,
    sender_of,
    spoken,
)
from bot.channels.telegram.words import Respond, Words
from bot.concepts.choice import Choice, Verb
from bot.concepts.message import IncomingMessage
from bot.concepts.reply import Reply

LONG_TEXT = 2000
"""Characters; beyond it we say that a part may have been missed."""

_PAGES = frozenset({"help", "about", "privacy"})
_TOPIC = re.compile(r"[a-z0-9_]{1,60}")


class PrivateTalk:
    """Says what to answer to one person; None where an answer would only disturb."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._papers = Papers(words)
        self._is_first = _FirstTimes()
        self._last = _LastSaid()

    async def answer(self, update: Update, doors: Doors) -> Reply | None:
        """Answer a message of any kind."""
        message = update.message
        if message is None:
            return None
        self._last.note(message)
        parcel = parcel_of(message)
        # Words of danger do not wait for a download.
        if parcel.attachments and not self._words.is_danger(parcel.words):
            if await self._words.wants_file(sender_of(message)):
                return await self._papers.attach(parcel, doors)
            if any(each.may_be_read for each in parcel.attachments):
                return await self._papers.read(parcel, doors)
        if parcel.words:
            return await self._answer_words(parcel, doors.ask)
        return self._words.say(kind_of(update))

    async def answer_edit(self, message: Message, ask: Respond) -> Reply | None:
        """A slip mended at once is answered anew; any other change is answered once, by advice.

        A slip stands in what was said last: to answer what was said before it again would only
        bring the talk out of order. Changes of nothing that was said (a moving location, the look
        of a link) are ignored.
        """
        if not read_words(message) or self._last.is_same(message):
            return None
        is_slip = is_fresh_edit(message) and self._last.is_last(message)
        if is_slip or self.is_danger(message):
            self._last.note(message)

            async def ask_anew(incoming: IncomingMessage) -> Reply:
                return await ask(replace(incoming, is_edit=is_slip))

            return await self._answer_words(parcel_of(message), ask_anew)
        is_first = self._is_first(("edit", message.chat.id, message.message_id))
        return self._words.say("edited") if is_first else None

    def tapped(self, chat_id: int) -> None:
        """A button was the last thing that was said in a chat."""
        self._last.note_tap(chat_id)

    def expired(self, message: Message) -> Reply | None:
        """For what waited too long: one apology for each day's messages, not one for each."""
        is_first = self._is_first(("expired", message.chat.id, message.date.date()))
        return self._words.say("expired") if is_first else None

    def is_danger(self, message: Message) -> bool:
        """Somebody may be in danger: this is answered in every state, and at any age."""
        return self._words.is_danger(read_words(message))

    async def _answer_words(self, parcel: Parcel, ask: Respond) -> Reply:
        message = parcel.message
        command = None if parcel.is_forwarded else read_command(parcel.words)
        if command is not None:
            obeyed = await self._obey(command, message, ask)
            if obeyed is not None:
                return obeyed
        said = spoken(parcel.text) if command is None else command.rest
        if not said and not parcel.beside:
            return self._words.say("unknown_command")
        reply = await ask(incoming(parcel, text=said))
        if len(parcel.words) <= LONG_TEXT:
            return reply
        # Below the answer: should that be a crisis card, nothing may stand above it. The whole
        # text was passed on, so that words of danger at its end are seen too.
        return below(reply, self._words.say("too_long"))

    async def _obey(self, command: Command, message: Message, ask: Respond) -> Reply | None:
        """The reply to a command; None when only the words after it matter."""
        if command.name in _PAGES:
            return self._words.say(command.name)
        if command.name == "menu":
            return await ask(_tapped(message, Choice(Verb.MENU)))
        if command.name == "start":
            if not self._is_topic(command.rest):
                return self._words.say("start")
            return await ask(_tapped(message, Choice(Verb.ANSWER, command.rest)))
        return None

    def _is_topic(self, name: str) -> bool:
        if _TOPIC.fullmatch(name) is None:
            return False
        if self._words.is_known is not None:
            return self._words.is_known(name)
        try:
            self._words.titles(name)
        except KeyError:
            return False
        return True


def read_tap(query: CallbackQuery) -> Choice | None:
    """What a tapped button stands for; None for a stranger's, or one that we cannot follow."""
    message = query.message
    if message is None or query.data is None or message.chat.type != ChatType.PRIVATE:
        return None
    return Choice.parse(query.data)


def _tapped(message: Message, choice: Choice) -> IncomingMessage:
    return IncomingMessage(sender_id=sender_of(message), sent_on=message.date, choice=choice)


class _LastSaid:
    """What was said last in each of the last thousand chats, by number and hash of the words."""

    def __init__(self, limit: int = 1000) -> None:
        self._limit = limit
        self._said: OrderedDict[int, tuple[int, int]] = OrderedDict()

    def note(self, message: Message) -> None:
        """This is the last now."""
        self._note(message.chat.id, (message.message_id, hash(read_words(message))))

    def note_tap(self, chat_id: int) -> None:
        """No message is."""
        self._note(chat_id, (0, 0))

    def is_last(self, message: Message) -> bool:
        """Whether a message is the last, as far as is known: a restart forgets it."""
        return self._said.get(message.chat.id, (message.message_id,))[0] == message.message_id

    def is_same(self, message: Message) -> bool:
        """Whether the last message had the same words."""
        said = (message.message_id, hash(read_words(message)))
        return self._said.get(message.chat.id) == said

    def _note(self, chat_id: int, said: tuple[int, int]) -> None:
        self._said[chat_id] = said
        self._said.move_to_end(chat_id)
        if len(self._said) > self._limit:
            self._said.popitem(last=False)


class _FirstTimes:
    """Remembers the last thousand things that happened; a restart forgets them."""

    def __init__(self, limit: int = 1000) -> None:
        self._limit = limit
        self._seen: OrderedDict[Hashable, None] = OrderedDict()

    def __call__(self, thing: Hashable) -> bool:
        if thing in self._seen:
            return False
        self._seen[thing] = None
        if len(self._seen) > self._limit:
            self._seen.popitem(last=False)
        return True
