"""The one place that reads settings, builds every part and joins them."""

import asyncio
import contextlib
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from bot.answering.choices import Choices
from bot.answering.composer import Composer
from bot.answering.pages import Pages
from bot.answering.search import TopicSearch
from bot.answering.tasks.all_tasks import Doors, Records, all_tasks
from bot.answering.tasks.data import DeleteMessages
from bot.concepts.clock import SHANGHAI
from bot.concepts.message import IncomingMessage
from bot.concepts.reply import Reply
from bot.concepts.retention import (
    DRAFT_DAYS,
    SENT_MESSAGE_HOURS,
    SENT_REMINDER_DAYS,
    UNANSWERED_DAYS,
)
from bot.conversation.client import RasaClient
from bot.conversation.supervisor import RasaCommand, RasaSupervisor
from bot.errors import StorageError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from bot.pipeline import Parts, respond
from bot.rendering.docx import fill_template
from bot.rendering.paper_document import paper_to_docx
from bot.safety.crisis_words import CrisisWatch
from bot.safety.pseudonyms import Pseudonyms
from bot.settings import ROOT, Settings
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.feedback_records import FeedbackRecords
from bot.storage.unanswered_records import UnansweredRecords

_DAY = 24 * 60 * 60


def now() -> datetime:
    """The clock of the whole program, in Shanghai's time."""
    return datetime.now(SHANGHAI)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Everything that a channel needs, built and running."""

    knowledge: KnowledgeBase
    pages: Pages
    parts: Parts
    conversation: RasaClient
    supervisor: RasaSupervisor | None
    database: Database
    records: Records
    eraser: "MessageEraser"

    async def respond(self, message: IncomingMessage) -> Reply:
        """Answer one message."""
        return await respond(message, self.parts)

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
async def open_program(settings: Settings) -> AsyncIterator[Program]:
    """Build every part, start Rasa, and end both together."""
    knowledge = load_knowledge(settings.knowledge)
    key = read_or_make_key(settings.data / "secret")
    database = await Database.open(settings.database_url)
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        conversation, supervisor = await _open_conversation(settings, stack)
        records = Records.over(database, FreeTextCipher(key))
        await records.personal_data.refuse_wrong_key()
        unanswered, eraser = UnansweredRecords(database), MessageEraser()
        housekeeping = asyncio.create_task(_keep_house(records, unanswered))
        stack.push_async_callback(_end, housekeeping)
        pages = Pages(knowledge)
        doors = Doors(
            note_unanswered=unanswered.add,
            forget=conversation.forget,
            delete_messages=eraser,
            fill_template=fill_template,
            to_docx=paper_to_docx,
        )
        tasks = all_tasks(knowledge, settings.knowledge, pages, records, doors)
        parts = Parts(
            watch=CrisisWatch(knowledge.crisis.patterns),
            conversation=conversation,
            is_starting=lambda: supervisor is not None and supervisor.is_starting,
            pages=pages,
            choices=Choices(pages, FeedbackRecords(database).add),
            composer=Composer(pages, tasks.handlers, tasks.deeds),
            tasks=tasks,
            drafts=records.drafts,
            search=TopicSearch.over_answers(knowledge),
            pseudonyms=Pseudonyms(key),
        )
        yield Program(
            knowledge=knowledge,
            pages=pages,
            parts=parts,
            conversation=conversation,
            supervisor=supervisor,
            database=database,
            records=records,
            eraser=eraser,
        )


@asynccontextmanager
async def open_conversation(settings: Settings) -> AsyncIterator[RasaClient]:
    """Rasa alone, ready to understand."""
    async with contextlib.AsyncExitStack() as stack:
        conversation, supervisor = await _open_conversation(settings, stack)
        if supervisor is not None:
            await supervisor.wait_until_ready()
        yield conversation


def read_or_make_key(path: Path) -> bytes:
    """The key behind pseudonyms: 32 random bytes, made once, readable by us alone."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(".new")
            fresh.touch(mode=0o600)
            fresh.write_bytes(secrets.token_bytes(32))
            # In one step: a crash must not leave half a key.
            fresh.rename(path)
        return path.read_bytes()
    except OSError as error:
        raise StorageError(
            f"Cannot use the data folder {path.parent} ({error.strerror}). "
            "Make it writable, or name another in ZHIQUAN_DATA."
        ) from error


async def _open_conversation(
    settings: Settings, stack: contextlib.AsyncExitStack
) -> tuple[RasaClient, RasaSupervisor | None]:
    port, token = _free_port(), secrets.token_urlsafe(32)
    http = httpx.AsyncClient(
        base_url=settings.rasa_url or f"http://127.0.0.1:{port}",
        headers={"Authorization": f"Bearer {settings.rasa_token or token}"},
        timeout=15,
        trust_env=False,
    )
    await stack.enter_async_context(http)
    conversation = RasaClient(http)
    if settings.rasa_url is not None:
        return conversation, None
    command = RasaCommand(
        python=ROOT / ".venv-rasa" / "bin" / "python",
        folder=ROOT,
        port=port,
        token=token,
        log_file=settings.data / "rasa.log",
    )
    supervisor = RasaSupervisor(command, conversation.is_ready)
    supervisor.start()
    stack.push_async_callback(supervisor.stop)
    return conversation, supervisor


async def _keep_house(records: Records, unanswered: UnansweredRecords) -> None:
    """Once a day forget what has served its time."""
    while True:
        today = now()
        with contextlib.suppress(StorageError):
            await unanswered.forget_before((today - timedelta(days=UNANSWERED_DAYS)).date())
            await records.drafts.forget_before(today - timedelta(days=DRAFT_DAYS))
            await records.reminders.forget_before(today - timedelta(days=SENT_REMINDER_DAYS))
            await records.sent.forget_before(today - timedelta(hours=SENT_MESSAGE_HOURS))
        await asyncio.sleep(_DAY)


async def _end(task: asyncio.Task[None]) -> None:
    """Cancel a task and wait for it: the database must not close beneath its last statement."""
    task.cancel()
    await asyncio.wait({task})


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
