"""Every task by its name, built from the knowledge base and the records."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.answering.budget_planner import BudgetPlanner
from bot.answering.call_check import CallChecker
from bot.answering.complaint_routes import ComplaintGuide
from bot.answering.composer import TaskHandler
from bot.answering.deadlines import DeadlineReckoner
from bot.answering.letters import FillTemplate, LetterWriter
from bot.answering.pages import Pages
from bot.answering.tasks.asking import Asking
from bot.answering.tasks.budget import BudgetTask
from bot.answering.tasks.call_check import CallCheckTask
from bot.answering.tasks.complaints import ComplaintTask
from bot.answering.tasks.data import DataTask, DeleteMessages
from bot.answering.tasks.deadlines import DeadlineTask
from bot.answering.tasks.known import LOG_TOOL, KnownCase
from bot.answering.tasks.letters import LetterTask
from bot.answering.tasks.log import LogTask
from bot.answering.tasks.offers import NoteUnanswered, offering_tasks
from bot.answering.working_days import WorkingDays
from bot.concepts.paper import Paper
from bot.facts.reader import FactReader
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.budget import load_budget
from bot.knowledge.complaints import load_complaints
from bot.knowledge.conduct import read_conduct
from bot.knowledge.deadlines import load_deadlines
from bot.knowledge.fact_words import read_fact_words
from bot.knowledge.faults import raise_if_any
from bot.knowledge.letters import load_letters
from bot.knowledge.tools import ControlWords, Tool, load_tools, read_control_words
from bot.safety.crisis_words import CrisisWatch
from bot.safety.normalizing import normalize
from bot.storage.contact_records import ContactRecords
from bot.storage.database import Database
from bot.storage.drafts import Drafts
from bot.storage.encryption import FreeTextCipher
from bot.storage.personal_data import PersonalData
from bot.storage.preferences import Preferences
from bot.storage.reminders import Reminders
from bot.storage.sent_messages import SentMessages

COMPLAINT_LETTER = "complain_to_lender"
INSTALMENT_LETTER = "apply_instalment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What is kept of people, encrypted."""

    contacts: ContactRecords
    drafts: Drafts
    reminders: Reminders
    preferences: Preferences
    sent: SentMessages
    personal_data: PersonalData

    @classmethod
    def over(cls, database: Database, cipher: FreeTextCipher) -> "Records":
        """Every repository over one database."""
        return cls(
            contacts=ContactRecords(database, cipher),
            drafts=Drafts(database, cipher),
            reminders=Reminders(database, cipher),
            preferences=Preferences(database),
            sent=SentMessages(database),
            personal_data=PersonalData(database, cipher),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What tasks need of other floors, handed in."""

    note_unanswered: NoteUnanswered
    forget: Callable[[str], Awaitable[None]]
    delete_messages: DeleteMessages
    fill_template: FillTemplate
    to_docx: Callable[[Paper], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """All handlers, and the parts of them that others need too."""

    handlers: Mapping[str, TaskHandler]
    deeds: Mapping[str, TaskHandler]
    tools: Mapping[str, Tool]
    controls: ControlWords
    case: KnownCase
    log: LogTask
    call_check: CallCheckTask


def load_checker(knowledge: KnowledgeBase, folder: Path) -> CallChecker:
    """The reader of stories with its words, and the conduct rules."""
    words, faults = read_fact_words(folder)
    conduct, _, more = read_conduct(folder)
    raise_if_any([*faults, *more])
    if words is None or conduct is None:
        raise AssertionError(folder)
    return CallChecker(
        watch=CrisisWatch(knowledge.crisis.patterns),
        reader=FactReader(words, normalize),
        conduct=conduct,
        laws=knowledge.laws,
        figures=knowledge.figures,
    )


def load_reckoner(knowledge: KnowledgeBase, folder: Path) -> DeadlineReckoner:
    """The kinds of deadlines, and the calendar of working days."""
    return DeadlineReckoner(knowledge, load_deadlines(folder), WorkingDays())


def all_tasks(
    knowledge: KnowledgeBase, folder: Path, pages: Pages, records: Records, doors: Doors
) -> Tasks:
    """Build every task; KnowledgeError when a file of the tools cannot be used."""
    tools, letters = load_tools(folder), load_letters(folder)
    checker, reckoner = load_checker(knowledge, folder), load_reckoner(knowledge, folder)
    letter_task = LetterTask(
        pages=pages,
        knowledge=knowledge,
        letters=letters,
        writer=LetterWriter(knowledge, doors.fill_template),
        drafts=records.drafts,
    )
    log = LogTask(
        pages=pages,
        knowledge=knowledge,
        records=records.contacts,
        drafts=records.drafts,
        checker=checker,
        form=tools[LOG_TOOL],
        to_docx=doors.to_docx,
    )
    asking = Asking(
        pages=pages,
        knowledge=knowledge,
        tools=tools,
        drafts=records.drafts,
        preview=letter_task.preview,
        time_warnings=letter_task.time_warnings,
    )
    call_check = CallCheckTask(
        pages=pages,
        knowledge=knowledge,
        checker=checker,
        drafts=records.drafts,
        complaint_letter=COMPLAINT_LETTER,
    )
    deadline = DeadlineTask(
        pages=pages, knowledge=knowledge, reckoner=reckoner, reminders=records.reminders
    )
    complaint = ComplaintTask(
        pages=pages,
        knowledge=knowledge,
        guide=ComplaintGuide(knowledge, load_complaints(folder)),
        letters=letters,
        deadlines=reckoner.book,
        drafts=records.drafts,
    )
    budget = BudgetTask(
        pages=pages,
        knowledge=knowledge,
        planner=BudgetPlanner(knowledge, load_budget(folder)),
        drafts=records.drafts,
        letter=INSTALMENT_LETTER,
        to_docx=doors.to_docx,
    )
    data = DataTask(
        pages=pages,
        knowledge=knowledge,
        personal_data=records.personal_data,
        preferences=records.preferences,
        sent=records.sent,
        forget=doors.forget,
        delete_messages=doors.delete_messages,
    )
    parts = (asking, call_check, letter_task, log, deadline, complaint, budget, data)
    handlers = dict(offering_tasks(pages, doors.note_unanswered))
    for part in parts:
        handlers |= part.handlers()
    case = KnownCase(tools=tools, checker=checker, drafts=records.drafts, records=records.contacts)
    deeds = {**call_check.deeds(), **log.deeds(), **deadline.deeds(), **data.deeds()}
    controls, faults = read_control_words(folder)
    raise_if_any(faults)
    return Tasks(
        handlers=handlers,
        deeds=deeds,
        tools=tools,
        controls=controls,
        case=case,
        log=log,
        call_check=call_check,
    )
