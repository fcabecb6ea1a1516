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
from bot.answering.offers import offering_tasks
from bot.answering.pages import Pages
from bot.answering.search import TopicSearch
from bot.concepts.message import IncomingMessage
from bot.concepts.reply import Reply
from bot.concepts.retention import UNANSWERED_DAYS
from bot.conversation.client import RasaClient
from bot.conversation.supervisor import RasaCommand, RasaSupervisor
from bot.errors import StorageError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from bot.pipeline import SHANGHAI, Parts, respond
from bot.safety.crisis_words import CrisisWatch
from bot.safety.pseudonyms import Pseudonyms
from bot.settings import ROOT, Settings
from bot.storage.database import Database
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


@asynccontextmanager
async def open_program(settings: Settings) -> AsyncIterator[Program]:
    """Build every part, start Rasa, and end both together."""
    knowledge = load_knowledge(settings.knowledge)
    key = read_or_make_key(settings.data / "secret")
    database = await Database.open(settings.database_url)
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        conversation, supervisor = await _open_conversation(settings, stack)
        unanswered = UnansweredRecords(database)
        housekeeping = asyncio.create_task(_forget_old_questions(unanswered))
        stack.callback(housekeeping.cancel)
        pages = Pages(knowledge)
        tasks = offering_tasks(pages, unanswered.add, conversation.forget)
        parts = Parts(
            watch=crisis_watch(knowledge),
            conversation=conversation,
            is_starting=lambda: supervisor is not None and supervisor.is_starting,
            pages=pages,
            choices=Choices(pages, FeedbackRecords(database).add),
            composer=Composer(pages, tasks),
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
        )


@asynccontextmanager
async def open_conversation(settings: Settings) -> AsyncIterator[RasaClient]:
    """Rasa alone, ready to understand."""
    async with contextlib.AsyncExitStack() as stack:
        conversation, supervisor = await _open_conversation(settings, stack)
        if supervisor is not None:
            await supervisor.wait_until_ready()
        yield conversation


def crisis_watch(knowledge: KnowledgeBase) -> CrisisWatch:
    """The watch over words of danger, from crisis.yml."""
    crisis = knowledge.crisis
    return CrisisWatch(
        strong=crisis.strong,
        weak=crisis.weak,
        harmless=crisis.harmless,
        other_person=crisis.other_person,
    )


def read_or_make_key(path: Path) -> bytes:
    """The key behind pseudonyms: 32 random bytes, made once, readable by us alone."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_bytes(secrets.token_bytes(32))
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


async def _forget_old_questions(unanswered: UnansweredRecords) -> None:
    while True:
        with contextlib.suppress(StorageError):
            await unanswered.forget_before((now() - timedelta(days=UNANSWERED_DAYS)).date())
        await asyncio.sleep(_DAY)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
