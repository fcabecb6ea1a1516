"""Serves Telegram: joins the running program with the channel, its inbox and the reminders."""

import asyncio
import contextlib
import fcntl
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import structlog

from bot.answering.tasks.deadlines import reminder_words
from bot.bootstrap import Program, open_program
from bot.channels.telegram.outlet import Outlet
from bot.channels.telegram.running import run_telegram
from bot.channels.telegram.words import Words
from bot.concepts.clock import now
from bot.concepts.message import IncomingMessage
from bot.concepts.records import Reminder
from bot.concepts.reply import Reply
from bot.concepts.stored import StoredUpdate
from bot.errors import ChannelError, SettingsError, StorageError
from bot.health import State, health_server
from bot.inbox import Inbox
from bot.reminding import RemindingLoop
from bot.settings import Settings
from bot.sharing import SharedInbox
from bot.storage.shared_updates import SharedUpdates
from bot.storage.update_records import UpdateRecords

_LOG = structlog.get_logger()
_COMMANDS = ("menu", "help", "about", "privacy", "start")
_INLINE_CARDS = 10
_STOP_SECONDS = 10.0
_LOOK_EVERY = 2.0
"""Seconds between looks whether waiting questions can be understood now."""


async def serve_telegram(settings: Settings) -> None:
    """Answer on Telegram until the process is told to end."""
    if settings.telegram is None:
        raise SettingsError("TELEGRAM_BOT_TOKEN is missing; .env.example says where to get one.")
    stop, is_open = asyncio.Event(), asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    with only_copy(settings.data / "telegram.lock"):
        async with (
            open_program(settings, rasa_after=is_open) as program,
            contextlib.AsyncExitStack() as stack,
        ):
            records = _records(program)
            apology = Apology(lambda: program.say("apology"))
            shared: list[SharedInbox] = []

            def is_danger(words: str) -> bool:
                return program.parts.watch.is_danger(words)

            async def look() -> State:
                state = await _state(program, is_open=is_open.is_set())
                return replace(state, is_heard=all(each.is_heard for each in shared))

            def inbox(handle: Callable[[StoredUpdate], Awaitable[None]]) -> Inbox | SharedInbox:
                made = Inbox(records, handle, now, is_urgent=is_danger, give_up=apology.send)
                if isinstance(records, SharedUpdates):
                    shared.append(SharedInbox(made, records))
                return shared[0] if shared else made

            await stack.enter_async_context(health_server(settings.health, look, program.tally))
            await run_telegram(
                settings.telegram,
                telegram_words(program),
                inbox,
                stop=stop,
                ready=is_open,
                alongside=lambda outlet: _alongside(program, outlet, apology),
            )


def _records(program: Program) -> UpdateRecords:
    if not program.database.is_shared:
        return UpdateRecords(program.database)
    # A pseudonym of nobody: it differs with the key.
    return SharedUpdates(program.database, key_mark=program.parts.pseudonyms.of(""))


async def _state(program: Program, *, is_open: bool) -> State:
    try:
        waiting: int | None = len(await UpdateRecords(program.database).waiting_chats())
    except StorageError:
        waiting = None
    understands = await program.understanding.is_ready()
    return State(is_open=is_open, understands=understands, waiting_chats=waiting)


@asynccontextmanager
async def _alongside(program: Program, outlet: Outlet, apology: "Apology") -> AsyncIterator[None]:
    """Send reminders, answer what waited, delete messages, as long as the channel runs."""
    program.eraser.connect(outlet.delete)
    apology.connect(outlet.send)

    async def send(reminder: Reminder) -> bool:
        words = reminder_words(program.pages, program.book.knowledge.labels, reminder)
        return await outlet.send(reminder.address, words)

    async def answer_waiting() -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            waiting = program.parts.waiting
            if await waiting.are_any(now()) and await program.understanding.is_ready():
                await waiting.answer_all(program.answer_waiting, outlet.send, now)

    loop = RemindingLoop(program.records.reminders, send, now)
    loop.start()
    answering = asyncio.create_task(answer_waiting())
    program.renewal.start()
    try:
        yield
    finally:
        await program.renewal.stop()
        waiting = program.parts.waiting
        await asyncio.gather(waiting.stop(_STOP_SECONDS), loop.stop(_STOP_SECONDS))
        answering.cancel()
        await asyncio.wait({answering})


class Apology:
    """Tells who wrote in private that nothing could be done with it, once a channel is there."""

    def __init__(self, words: Callable[[], Reply]) -> None:
        self._words = words
        self._send: Callable[[str, Reply], Awaitable[bool]] | None = None

    def connect(self, send: Callable[[str, Reply], Awaitable[bool]]) -> None:
        """From now on people are told by this."""
        self._send = send

    async def send(self, update: StoredUpdate) -> None:
        """Tell; groups, whose numbers are below 0, and what has no chat are left alone."""
        if self._send is None or not update.chat.isdecimal():
            return
        try:
            await self._send(update.chat, self._words())
        except ChannelError:
            _LOG.warning("apology_not_sent", update=update.update_id)


def telegram_words(program: Program) -> Words:
    """What the Telegram channel says, and whom it asks; always in the words of now."""
    people, cards = _People(program), _Cards(program)
    labels = program.book.knowledge.labels

    async def respond_briefly(message: IncomingMessage) -> Reply:
        return await program.respond(replace(message, is_public=True))

    def is_known(name: str) -> bool:
        return program.pages.has(name)

    def is_danger(words: str) -> bool:
        return program.parts.watch.is_strong(words)

    return Words(
        respond=program.respond,
        respond_briefly=respond_briefly,
        read=program.recogniser.read,
        say=program.say,
        brief=lambda topic: program.pages.brief(topic, now().date()),
        find=cards.find,
        titles=cards.titles,
        # Told to Telegram once, at the start: these four wait for the next.
        commands={name: labels[f"command_{name}"] for name in _COMMANDS},
        continue_label=labels["private"],
        description=labels["description"],
        short_description=labels["short_description"],
        is_known=is_known,
        is_danger=is_danger,
        wants_file=people.wants_file,
        is_discreet=people.is_discreet,
        note_sent=people.note_sent,
        forget_address=people.forget_address,
    )


class _Cards:
    """Answers offered while somebody types after the bot's name, in the words of now."""

    def __init__(self, program: Program) -> None:
        self._editions = program.editions

    def find(self, query: str) -> Sequence[str]:
        edition = self._editions.current
        if not query.strip():
            return [group.topics[0] for group in edition.book.knowledge.menu]
        return edition.search.find(query, _INLINE_CARDS)

    def titles(self, topic: str) -> tuple[str, str]:
        edition = self._editions.current
        brief = edition.pages.brief(topic, now().date())
        return edition.book.knowledge.answers[topic].title, brief.blocks[1].text


class _People:
    """What the channel asks and tells of the people it knows by their Telegram ids."""

    def __init__(self, program: Program) -> None:
        self._pseudonym = program.parts.pseudonyms.of
        self._program, self._records = program, program.records

    async def wants_file(self, sender_id: str) -> bool:
        return await self._program.parts.log.wants_file(self._pseudonym(sender_id), now())

    async def is_discreet(self, sender_id: str) -> bool:
        return (await self._records.preferences.of(self._pseudonym(sender_id))).is_discreet

    async def note_sent(self, sender_id: str, message_id: int) -> None:
        await self._records.sent.add(self._pseudonym(sender_id), [message_id], now())

    async def forget_address(self, sender_id: str) -> None:
        await self._records.reminders.forget_sender(self._pseudonym(sender_id))


@contextlib.contextmanager
def only_copy(path: Path) -> Iterator[None]:
    """Hold a lock while running; ChannelError when another copy holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ChannelError(
                f"Another copy of the bot is running with the data folder {path.parent}. Stop it "
                "first, or give this one its own ZHIQUAN_DATA: and its own token too, unless both "
                "are to answer from one PostgreSQL."
            ) from error
        yield
