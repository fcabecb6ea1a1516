"""The one place that reads settings, builds every part and joins them."""

import asyncio
import contextlib
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import httpx

from bot.answering.pages import Pages
from bot.answering.ports import DeleteMessages
from bot.answering.tasks.all_tasks import Doors
from bot.concepts.message import IncomingMessage
from bot.concepts.reply import Reply
from bot.edition import Editions, Press
from bot.errors import RasaUnavailableError, SettingsError, StorageError
from bot.health import Tally
from bot.knowledge.library import Book
from bot.people_records import Records, keep_house
from bot.private_files import make_private_file, make_private_folder, take_from_others
from bot.recognising.limits import Limits
from bot.recognising.recogniser import Recogniser
from bot.rendering.word_files import contact_picture, fill_template, paper_to_docx
from bot.renewing import ReadAhead, Renewal, open_book_to_speak
from bot.safety.pseudonyms import Pseudonyms
from bot.settings import ROOT, Settings
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.feedback_records import FeedbackRecords
from bot.turn import Parts, Turn, take_turn
from bot.understanding.client import RasaClient
from bot.understanding.models import Models
from bot.understanding.supervisor import RasaCommand, RasaSupervisor

_OURS = (
    "secret*",
    "*.db*",
    "*.log",
    "*.lock",
    "documents",
    "documents/*",
    "book.kept*",
    "live.json*",
)
"""What we put into the data folder."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Program:
    """Everything that a channel needs, built and running."""

    editions: Editions
    renewal: Renewal
    understanding: RasaClient
    supervisor: RasaSupervisor | None
    database: Database
    records: Records
    eraser: "MessageEraser"
    recogniser: Recogniser
    tally: Tally

    @property
    def book(self) -> Book:
        """The knowledge that speaks now."""
        return self.editions.current.book

    @property
    def pages(self) -> Pages:
        """The pages that are shown now."""
        return self.editions.current.pages

    @property
    def parts(self) -> Parts:
        """What a turn needs, if it begins now."""
        return self.editions.current.parts

    async def respond(self, message: IncomingMessage) -> Reply:
        """Answer one message."""
        return (await self._turn(message)).reply

    async def answer_waiting(self, message: IncomingMessage) -> Reply:
        """Answer what waited; RasaUnavailableError when it must go on waiting."""
        turn = await self._turn(message)
        if turn.is_kept:
            raise RasaUnavailableError("Rasa: gone again")
        return turn.reply

    async def _turn(self, message: IncomingMessage) -> Turn:
        began = monotonic()
        turn = await take_turn(message, self.parts)
        self.tally.note(monotonic() - began, turn.danger.level.value if turn.danger else None)
        return turn

    def say(self, name: str) -> Reply:
        """An utterance by its name; the menu is one of them."""
        return self.pages.menu() if name == "menu" else self.pages.utterance(name)

    async def wait_until_it_listens(self) -> None:
        """Return when Rasa understands messages."""
        if self.supervisor is not None:
            await self.supervisor.wait_until_ready()


class MessageEraser:
    """Deletes messages of ours once a channel that can do so is connected."""

    def __init__(self) -> None:
        self._delete: DeleteMessages | None = None

    def connect(self, delete: DeleteMessages) -> None:
        """From now on, messages are deleted by this."""
        self._delete = delete

    async def __call__(self, address: str, message_ids: tuple[int, ...]) -> int:
        """Delete messages in a chat; 0 where no channel can."""
        return 0 if self._delete is None else await self._delete(address, message_ids)


@asynccontextmanager
async def open_program(
    settings: Settings, rasa_after: asyncio.Event | None = None
) -> AsyncIterator[Program]:
    """Build every part, start Rasa (once `rasa_after` is set: both at once is late), end both."""
    keep_private(settings.data)
    book, version = open_book_to_speak(settings.knowledge, settings.data, settings.kept_book)
    key = read_or_make_key(settings.key)
    database = await Database.open(settings.database_url)
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        understanding, supervisor = await _open_understanding(settings, stack, rasa_after)
        records = Records.over(database, FreeTextCipher(key))
        await records.personal_data.refuse_wrong_key()
        eraser = MessageEraser()
        stack.push_async_callback(_end, asyncio.create_task(keep_house(records)))
        recogniser = Recogniser(Limits())
        stack.push_async_callback(recogniser.stop)
        press = Press(
            understanding=understanding,
            is_starting=lambda: supervisor is not None and supervisor.is_starting,
            conversations=records.conversations,
            stores=records.stores(),
            doors=_doors(eraser),
            note_feedback=FeedbackRecords(database).add,
            note_missed=records.missed.add,
            pseudonyms=(pseudonyms := Pseudonyms(key)),
            waiting=records.waiting_questions(pseudonyms.of),
        )
        editions = Editions(press.edition(book, version))
        yield Program(
            editions=editions,
            renewal=_renewal(settings, editions, press, supervisor),
            understanding=understanding,
            supervisor=supervisor,
            database=database,
            records=records,
            eraser=eraser,
            recogniser=recogniser,
            tally=Tally(),
        )


def _doors(eraser: MessageEraser) -> Doors:
    """What tasks need of other floors."""
    return Doors(
        delete_messages=eraser,
        fill_template=fill_template,
        to_docx=paper_to_docx,
        to_picture=contact_picture,
    )


def _renewal(
    settings: Settings, editions: Editions, press: Press, supervisor: RasaSupervisor | None
) -> Renewal:
    """What keeps a running bot at the words, and at the model, that lie on the disk."""
    models = None
    if supervisor is not None:
        models = Models(supervisor.command, supervisor, press.understanding, _free_port)
    return Renewal(
        folder=settings.knowledge,
        data=settings.data,
        editions=editions,
        make=press.edition,
        read_ahead=ReadAhead(settings.knowledge, settings.kept_book, settings.kept_parses),
        models=models,
    )


@asynccontextmanager
async def open_understanding(settings: Settings) -> AsyncIterator[RasaClient]:
    """Rasa alone, ready to understand."""
    async with contextlib.AsyncExitStack() as stack:
        understanding, supervisor = await _open_understanding(settings, stack)
        if supervisor is not None:
            await supervisor.wait_until_ready()
        yield understanding


def read_or_make_key(path: Path) -> bytes:
    """The key behind pseudonyms: 32 random bytes, made once, readable by us alone."""
    try:
        if not path.exists():
            _make_key(path)
        # On a disk that may only be read its rights are what they are.
        with contextlib.suppress(OSError):
            take_from_others([path])
        return path.read_bytes()
    except OSError as error:
        raise StorageError(
            f"Cannot use the key {path} ({error.strerror}). Make it readable for this user, and "
            "its folder writable where there is none yet; or name another place: "
            "ZHIQUAN_SECRET_FILE for the key alone, ZHIQUAN_DATA for all data."
        ) from error


def _make_key(path: Path) -> None:
    """In one step: a crash must not leave half a key, and of two bots one makes it."""
    if not path.parent.exists():
        make_private_folder(path.parent)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        make_private_file(fresh)
        fresh.write_bytes(secrets.token_bytes(32))
        try:
            path.hardlink_to(fresh)
        except OSError:
            # Another bot made it; or the file system knows no links, such as that of a USB stick.
            if not path.exists():
                fresh.rename(path)
    finally:
        fresh.unlink(missing_ok=True)


def keep_private(data: Path) -> None:
    """Make the data folder, or mend an older one: only its owner may read what is in it."""
    try:
        make_private_folder(data)
        for pattern in _OURS:
            take_from_others(data.glob(pattern))
    except OSError as error:
        raise _unusable(data, error) from error


def _unusable(data: Path, error: OSError) -> StorageError:
    return StorageError(
        f"Cannot use the data folder {data} ({error.strerror}). "
        "Make it writable, or name another in ZHIQUAN_DATA."
    )


async def _open_understanding(
    settings: Settings, stack: contextlib.AsyncExitStack, after: asyncio.Event | None = None
) -> tuple[RasaClient, RasaSupervisor | None]:
    port, token = _free_port(), secrets.token_urlsafe(32)
    http = httpx.AsyncClient(
        base_url=settings.rasa_url or f"http://127.0.0.1:{port}",
        params={"token": settings.rasa_token or token},
        timeout=15,
        trust_env=False,
    )
    await stack.enter_async_context(http)
    understanding = RasaClient(http)
    if settings.rasa_url is not None:
        if await understanding.refuses_us():
            raise SettingsError(
                f"The Rasa server at {settings.rasa_url} refuses RASA_TOKEN. Give both the same: "
                "here in .env, there in its environment (`rasa run` takes it as --auth-token)."
            )
        return understanding, None
    command = RasaCommand(
        python=ROOT / ".venv-rasa" / "bin" / "python",
        folder=ROOT,
        port=port,
        token=token,
        log_file=settings.data / "rasa.log",
    )
    supervisor = RasaSupervisor(command, understanding)
    supervisor.start(after)
    stack.push_async_callback(supervisor.stop)
    return understanding, supervisor


async def _end(task: asyncio.Task[None]) -> None:
    """Cancel a task and wait for it: the database must not close beneath its last statement."""
    task.cancel()
    await asyncio.wait({task})


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
