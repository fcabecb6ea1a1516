"""Every task by its name, built from the book and the stores."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.answering.advice_words import AdviceWords
from bot.answering.budget_planner import BudgetPlanner
from bot.answering.call_check import CallChecker
from bot.answering.complaint_routes import ComplaintGuide
from bot.answering.deadlines import DeadlineReckoner
from bot.answering.letters import FillTemplate, LetterWriter
from bot.answering.pages import Pages
from bot.answering.paper_page import PaperPages
from bot.answering.papers import PaperDesk
from bot.answering.ports import (
    ContactLog,
    DeleteMessages,
    PersonalStore,
    PreferenceBook,
    ReminderBook,
    SentBook,
)
from bot.answering.scan_page import ScanPages
from bot.answering.search import TopicSearch
from bot.answering.tasking import Doer, Handler, Part
from bot.answering.tasks.asking import Asking
from bot.answering.tasks.budget import BudgetTask
from bot.answering.tasks.call_check import CallCheckTask
from bot.answering.tasks.case import INSTALMENT_LETTER, CaseTask
from bot.answering.tasks.complaints import ComplaintTask
from bot.answering.tasks.court_fee import CourtFeeTask
from bot.answering.tasks.data import DataTask
from bot.answering.tasks.deadlines import DeadlineTask
from bot.answering.tasks.known import LOG_TOOL, KnownCase
from bot.answering.tasks.letters import LetterTask
from bot.answering.tasks.log import LogTask
from bot.answering.tasks.offers import offering_tasks
from bot.answering.tasks.papers import PaperTask
from bot.answering.tasks.plan import PlanTask
from bot.answering.tasks.talk import TalkTask
from bot.answering.tasks.true_rate import TrueRateTask
from bot.answering.working_days import WorkingDays
from bot.concepts.contact_chart import ContactChart
from bot.concepts.paper import Paper
from bot.facts.reader import FactReader
from bot.knowledge.library import Book
from bot.safety.crisis_words import CrisisWatch
from bot.safety.normalizing import normalize

COMPLAINT_LETTER = "complain_to_lender"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """What is kept of people, by whoever keeps it."""

    contacts: ContactLog
    reminders: ReminderBook
    preferences: PreferenceBook
    sent: SentBook
    personal_data: PersonalStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What tasks need of other floors, handed in."""

    delete_messages: DeleteMessages
    fill_template: FillTemplate
    to_docx: Callable[[Paper], bytes]
    to_picture: Callable[[ContactChart], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """All handlers, and the parts of them that others need too."""

    handlers: Mapping[str, Handler]
    deeds: Mapping[str, Handler]
    known: KnownCase
    log: LogTask
    call_check: CallCheckTask


def checker_of(book: Book) -> CallChecker:
    """The reader of stories with its words, and the conduct rules."""
    return CallChecker(
        watch=CrisisWatch(book.knowledge.crisis.patterns),
        reader=FactReader(book.facts, normalize),
        conduct=book.conduct,
        laws=book.knowledge.laws,
        figures=book.knowledge.figures,
    )


def reckoner_of(book: Book) -> DeadlineReckoner:
    """The kinds of deadlines, and the calendar of working days."""
    return DeadlineReckoner(book.knowledge, book.deadlines, WorkingDays())


def paper_desk_of(book: Book) -> PaperDesk:
    """The reader of papers, with the calendar and the reader of stories."""
    return PaperDesk(words=book.papers, checker=checker_of(book), reckoner=reckoner_of(book))


def all_tasks(book: Book, pages: Pages, stores: Stores, doors: Doors) -> Tasks:
    """Build every task."""
    checker, reckoner = checker_of(book), reckoner_of(book)
    log = LogTask(
        pages=pages,
        knowledge=book.knowledge,
        records=stores.contacts,
        checker=checker,
        form=book.tools[LOG_TOOL],
        to_docx=doors.to_docx,
        to_picture=doors.to_picture,
    )
    call_check = CallCheckTask(
        pages=pages,
        knowledge=book.knowledge,
        checker=checker,
        complaint_letter=COMPLAINT_LETTER,
    )
    parts: tuple[Part, ...] = (
        log,
        call_check,
        TalkTask(pages=pages, search=TopicSearch.over_answers(book.knowledge)),
        *_of_forms(book, pages, doors),
        *_of_the_case(book, pages, reckoner, doors),
        *_of_days_and_sums(book, pages, reckoner, stores),
        _papers(book, pages, stores),
        _data(book, pages, stores, doors),
    )
    handlers = dict(offering_tasks(pages))
    deeds: dict[str, Handler] = {}
    for part in parts:
        handlers |= part.handlers()
        deeds |= part.deeds() if isinstance(part, Doer) else {}
    known = KnownCase(tools=book.tools, checker=checker)
    return Tasks(handlers=handlers, deeds=deeds, known=known, log=log, call_check=call_check)


def _of_forms(book: Book, pages: Pages, doors: Doors) -> tuple[Part, ...]:
    """The letters, and the questions of every tool."""
    letters = LetterTask(
        pages=pages,
        knowledge=book.knowledge,
        letters=book.letters,
        writer=LetterWriter(book.knowledge, doors.fill_template),
    )
    asking = Asking(
        pages=pages,
        knowledge=book.knowledge,
        tools=book.tools,
        preview=letters.preview,
        time_warnings=letters.time_warnings,
    )
    return letters, asking


def _of_the_case(
    book: Book, pages: Pages, reckoner: DeadlineReckoner, doors: Doors
) -> tuple[Part, ...]:
    """What to do next: the case, where to complain, what can be paid."""
    words = AdviceWords(pages=pages, book=book, reckoner=reckoner)
    case = CaseTask(pages=pages, book=book, words=words, to_docx=doors.to_docx)
    complaints = ComplaintTask(
        pages=pages,
        knowledge=book.knowledge,
        guide=ComplaintGuide(book.knowledge, book.complaints),
        letters=book.letters,
        deadlines=reckoner.book,
    )
    budget = BudgetTask(
        pages=pages,
        knowledge=book.knowledge,
        planner=BudgetPlanner(book.knowledge, book.budget),
        letter=INSTALMENT_LETTER,
        to_docx=doors.to_docx,
    )
    return case, PlanTask(pages=pages, words=words), complaints, budget


def _of_days_and_sums(
    book: Book, pages: Pages, reckoner: DeadlineReckoner, stores: Stores
) -> tuple[Part, ...]:
    """Deadlines and the two calculators."""
    knowledge = book.knowledge
    return (
        DeadlineTask(
            pages=pages, knowledge=knowledge, reckoner=reckoner, reminders=stores.reminders
        ),
        CourtFeeTask(pages=pages, knowledge=knowledge, book=book.court_fees),
        TrueRateTask(pages=pages, knowledge=knowledge, book=book.true_rate),
    )


def _papers(book: Book, pages: Pages, stores: Stores) -> Part:
    """What was received."""
    desk = paper_desk_of(book)
    shown = PaperPages(pages=pages, knowledge=book.knowledge, desk=desk)
    scans = ScanPages(pages=pages, words=book.papers)
    return PaperTask(pages=pages, shown=shown, scans=scans, desk=desk, log=stores.contacts)


def _data(book: Book, pages: Pages, stores: Stores, doors: Doors) -> Part:
    """What people can do with what is kept of them."""
    return DataTask(
        pages=pages,
        knowledge=book.knowledge,
        personal_data=stores.personal_data,
        preferences=stores.preferences,
        sent=stores.sent,
        delete_messages=doors.delete_messages,
    )
