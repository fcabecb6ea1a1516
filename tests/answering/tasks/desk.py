"""One person at a desk with every task behind it, over a real database and the real knowledge."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from lxml import etree

from bot.answering.adviser import Adviser
from bot.answering.composer import Situation
from bot.answering.deadlines import DeadlineReckoner
from bot.answering.joined import adviser_of
from bot.answering.pages import Pages
from bot.answering.tasking import TaskRequest
from bot.answering.tasks.all_tasks import Doors, Tasks, all_tasks, reckoner_of
from bot.concepts.choice import Choice, Verb
from bot.concepts.clauses import HeardClause
from bot.concepts.clock import SHANGHAI
from bot.concepts.conversation import SUMMARY, Conversation, Draft
from bot.concepts.message import ReceivedFile
from bot.concepts.reply import Button, Reply
from bot.dialogue.step import Step, follow, task
from bot.knowledge.library import Book
from bot.people_records import Records
from bot.rendering.contact_picture import contact_picture
from bot.rendering.docx import fill_template
from bot.rendering.paper_document import paper_to_docx
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.feedback_records import FeedbackRecords
from tests.knowledge.folder import real_book

MONDAY_MORNING = datetime(2026, 11, 23, 10, 30, tzinfo=SHANGHAI)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBERS = count(1000)
PAGE = 8
"""Buttons on a page of many."""


class FakeChat:
    """Notes which messages it is told to delete."""

    def __init__(self) -> None:
        self.deleted: list[tuple[str, tuple[int, ...]]] = []

    async def __call__(self, address: str, messages: tuple[int, ...]) -> int:
        self.deleted.append((address, messages))
        return len(messages)


@dataclass(repr=False)
class Office:
    """What all desks share: it takes seconds to build, and longer to show as text."""

    database: Database
    records: Records
    book: Book
    tasks: Tasks
    adviser: Adviser
    pages: Pages
    reckoner: DeadlineReckoner
    chat: FakeChat

    @classmethod
    def over(cls, database: Database) -> "Office":
        book = real_book()
        records = Records.over(database, FreeTextCipher(bytes(range(32))))
        chat, pages = FakeChat(), Pages(book.knowledge)
        doors = Doors(
            delete_messages=chat,
            fill_template=fill_template,
            to_docx=paper_to_docx,
            to_picture=contact_picture,
        )
        tasks = all_tasks(book, pages, records.stores(), doors)
        return cls(
            database=database,
            records=records,
            book=book,
            tasks=tasks,
            adviser=adviser_of(
                book, pages, tasks, FeedbackRecords(database).add, records.missed.add
            ),
            pages=pages,
            reckoner=reckoner_of(book),
            chat=chat,
        )


@dataclass(repr=False)
class Desk:
    """A person of their own: what the dialogue asks for them, and what they tap."""

    office: Office
    now: datetime = MONDAY_MORNING
    address: str = field(default_factory=lambda: str(next(_NUMBERS)))
    talk: Conversation = field(default_factory=Conversation)
    heard: tuple[HeardClause, ...] = ()
    """What the model hears in all that is written."""

    @property
    def sender(self) -> str:
        """The pseudonym."""
        return f"pseudonym{self.address}"

    @property
    def records(self) -> Records:
        """What is kept of everybody."""
        return self.office.records

    async def effect(self, name: str, **arguments: object) -> Reply:
        """The dialogue asks for a task."""
        return await self._compose(Step(self.talk, (task(name, **arguments),)))

    async def finish(self, tool: str, **answers: str) -> Reply:
        """The dialogue asks for the task of a tool that is filled in."""
        filled = Draft(tool=tool, answers=answers, is_open=False)
        self.talk = self.talk.with_draft(filled)
        name = self.office.book.tools[tool].task
        done = task(name, tool=tool, answers=dict(answers))
        return await self._compose(Step(self.talk, (done,)), answers.get("story", ""))

    async def ask(
        self, tool: str, asking: str, answers: Mapping[str, str] | None = None, **more: object
    ) -> Reply:
        """The dialogue asks for a question to be shown."""
        is_review = bool(more.pop("is_review", asking == SUMMARY))
        draft = Draft(tool=tool, answers=answers or {}, asking=asking, is_review=is_review)
        self.talk = self.talk.with_draft(draft)
        return await self.effect("ask", **more)

    async def leave(self, tool: str, asking: str, answers: Mapping[str, str]) -> Reply:
        """The person leaves a tool half filled."""
        draft = Draft(tool=tool, answers=answers, asking=asking, is_open=False)
        self.talk = self.talk.with_draft(draft)
        return await self.effect("leave_tool", tool=tool)

    async def begin(self, tool: str, said: str = "") -> Reply:
        """The person begins a tool."""
        return await self.effect("begin", tool=tool, said=said)

    async def tap_deed(self, deed: str) -> Reply:
        """The person taps a button of ours, or sends what one could have said."""
        return await self._compose(Step(self.talk, (follow(Choice(Verb.DEED, deed)),)))

    async def attach(self, file: ReceivedFile) -> Reply:
        """The person sends a file."""
        return await self.office.tasks.log.attach(self.request(), [file])

    def request(self, text: str = "", **arguments: object) -> TaskRequest:
        """What a handler is given."""
        return self._situation(text).request(self.talk, arguments)

    def wait(self, **span: float) -> None:
        """Let time go by."""
        self.now += timedelta(**span)

    async def everything(self) -> Mapping[str, Any]:
        """All that is kept of the person."""
        return await self.records.personal_data.export(self.sender, self.address)

    async def _compose(self, step: Step, text: str = "") -> Reply:
        said = await self.office.adviser.composer.compose(step, self._situation(text))
        self.talk = said.conversation
        return said.reply

    def _situation(self, text: str = "") -> Situation:
        return Situation(
            sender=self.sender, address=self.address, text=text, now=self.now, heard=self.heard
        )


def facts_of(desk: Desk) -> Mapping[str, str]:
    """What is known of the person's case, by the names of `prefill`."""
    return desk.office.tasks.known.facts(desk.talk, desk.request().on)


def words(reply: Reply) -> str:
    """All words of a reply, a line for each block."""
    return "\n".join(block.text for block in reply.blocks)


def buttons(reply: Reply) -> list[Button]:
    """All buttons of a reply."""
    return [button for row in reply.buttons for button in row]


def choices(reply: Reply) -> list[str]:
    """What all buttons of a reply stand for."""
    return [str(button.choice) for button in buttons(reply)]


async def all_pages(desk: Desk, first: Reply, deed: str) -> list[Button]:
    """What can be chosen, page after page: without the ways to the next page and the menu."""
    shown, page = [], first
    while True:
        offered = buttons(page)
        shown += [each for each in offered if each.choice.verb is Verb.TOOL]
        further = [each.choice.target for each in offered if each.choice.target.startswith(deed)]
        if not further:
            return shown
        page = await desk.tap_deed(further[0])


def leads_somewhere(choice: Choice, office: Office) -> bool:
    """Whether a button opens a page, a tool, a deed or a question of ours."""
    match choice.verb:
        case Verb.ANSWER:
            return office.pages.has(choice.target)
        case Verb.TOOL:
            return choice.target in office.book.tools
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
