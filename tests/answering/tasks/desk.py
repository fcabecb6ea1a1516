"""One person at a desk with every task behind it, over a real database and the real knowledge."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from lxml import etree

from bot.answering.composer import Composer, Situation, TaskRequest
from bot.answering.deadlines import DeadlineReckoner
from bot.answering.pages import Pages
from bot.answering.tasks.all_tasks import Doors, Records, Tasks, all_tasks, load_reckoner
from bot.concepts.choice import Choice, Verb
from bot.concepts.clock import SHANGHAI
from bot.concepts.message import ReceivedFile
from bot.concepts.reply import Button, Reply
from bot.concepts.turn import Effect, EffectKind, Turn, Understanding
from bot.errors import RasaUnavailableError
from bot.rendering.docx import fill_template
from bot.rendering.paper_document import paper_to_docx
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.unanswered_records import UnansweredRecords
from tests.knowledge.folder import REAL, real_knowledge

MONDAY_MORNING = datetime(2026, 11, 23, 10, 30, tzinfo=SHANGHAI)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNDERSTOOD = Understanding(
    topic="call_hours", confidence=0.9, accepted=True, ranking=(), matters=("call_hours",)
)
_NUMBERS = count(1000)


class FakeRasaMemory:
    """Notes whom it is told to forget; may be out of reach."""

    def __init__(self) -> None:
        self.forgotten: list[str] = []
        self.is_there = True

    async def __call__(self, sender: str) -> None:
        if not self.is_there:
            raise RasaUnavailableError("Rasa: ConnectError")
        self.forgotten.append(sender)


class FakeChat:
    """Notes which messages it is told to delete."""

    def __init__(self) -> None:
        self.deleted: list[tuple[str, tuple[int, ...]]] = []

    async def __call__(self, address: str, messages: tuple[int, ...]) -> int:
        self.deleted.append((address, messages))
        return len(messages)


@dataclass
class Office:
    """What all desks share: it takes seconds to build."""

    database: Database
    records: Records
    tasks: Tasks
    composer: Composer
    pages: Pages
    reckoner: DeadlineReckoner
    memory: FakeRasaMemory
    chat: FakeChat

    @classmethod
    def over(cls, database: Database) -> "Office":
        knowledge = real_knowledge()
        records = Records.over(database, FreeTextCipher(bytes(range(32))))
        memory, chat, pages = FakeRasaMemory(), FakeChat(), Pages(knowledge)
        doors = Doors(
            note_unanswered=UnansweredRecords(database).add,
            forget=memory,
            delete_messages=chat,
            fill_template=fill_template,
            to_docx=paper_to_docx,
        )
        tasks = all_tasks(knowledge, REAL, pages, records, doors)
        return cls(
            database=database,
            records=records,
            tasks=tasks,
            composer=Composer(pages, tasks.handlers, tasks.deeds),
            pages=pages,
            reckoner=load_reckoner(knowledge, REAL),
            memory=memory,
            chat=chat,
        )


@dataclass
class Desk:
    """A person of their own: what Rasa asks for them, and what they tap."""

    office: Office
    now: datetime = MONDAY_MORNING
    address: str = field(default_factory=lambda: str(next(_NUMBERS)))

    @property
    def sender(self) -> str:
        """The pseudonym."""
        return f"pseudonym{self.address}"

    @property
    def records(self) -> Records:
        """What is kept of everybody."""
        return self.office.records

    async def effect(self, task: str, **arguments: object) -> Reply:
        """Rasa asks for a task."""
        effect = Effect(EffectKind.TASK, task, arguments)
        return await self.office.composer.compose(self._turn(effect), self._situation())

    async def finish(self, tool: str, **answers: str) -> Reply:
        """Rasa asks for the task of a tool that is filled in."""
        task = self.office.tasks.tools[tool].task
        return await self.effect(task, tool=tool, answers=answers)

    async def ask(
        self, tool: str, asking: str, answers: Mapping[str, str] | None = None, **more: object
    ) -> Reply:
        """Rasa asks for a question to be shown."""
        told = {"is_review": False, "problem": None, "warnings": [], **more}
        return await self.effect("ask", tool=tool, asking=asking, answers=answers or {}, **told)

    async def tap_deed(self, deed: str) -> Reply:
        """The person taps a button of ours, or sends what one could have said."""
        return await self.office.composer.do(deed, self._situation())

    async def attach(self, file: ReceivedFile) -> Reply:
        """The person sends a file."""
        return await self.office.tasks.log.attach(self.request(), file)

    def request(self, **arguments: object) -> TaskRequest:
        """What a handler is given."""
        return self._situation().request(arguments)

    def wait(self, **span: float) -> None:
        """Let time go by."""
        self.now += timedelta(**span)

    async def everything(self) -> Mapping[str, Any]:
        """All that is kept of the person."""
        return await self.records.personal_data.export(self.sender, self.address)

    def _situation(self) -> Situation:
        return Situation(
            sender=self.sender, address=self.address, text="", now=self.now, is_public=False
        )

    @staticmethod
    def _turn(*effects: Effect) -> Turn:
        return Turn(understanding=_UNDERSTOOD, effects=effects)


def words(reply: Reply) -> str:
    """All words of a reply, a line for each block."""
    return "\n".join(block.text for block in reply.blocks)


def buttons(reply: Reply) -> list[Button]:
    """All buttons of a reply."""
    return [button for row in reply.buttons for button in row]


def choices(reply: Reply) -> list[str]:
    """What all buttons of a reply stand for."""
    return [str(button.choice) for button in buttons(reply)]


def leads_somewhere(choice: Choice, office: Office) -> bool:
    """Whether a button opens a page, a tool, a deed or a question of ours."""
    match choice.verb:
        case Verb.ANSWER:
            return office.pages.has(choice.target)
        case Verb.TOOL:
            return choice.target in office.tasks.tools
        case Verb.DEED:
            names = office.tasks.deeds
            return any(
                choice.target == name or (name.endswith("_") and choice.target.startswith(name))
                for name in names
            )
        case _:
            return True


def paragraphs_of_docx(document: bytes) -> list[str]:
    """Every paragraph of a Word file, those in tables too, read by other code than ours."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
        root = etree.fromstring(archive.read("word/document.xml"))
    return [
        "".join(text.text or "" for text in paragraph.iter(f"{_WORD}t"))
        for paragraph in root.iter(f"{_WORD}p")
    ]


def rows_of_docx(document: bytes) -> list[list[str]]:
    """Every row of the tables of a Word file, cell by cell."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return [
        [
            "".join(text.text or "" for text in cell.iter(f"{_WORD}t"))
            for cell in row.iter(f"{_WORD}tc")
        ]
        for row in root.iter(f"{_WORD}tr")
    ]
