"""All that is made of one Book; a running bot goes from one edition to the next in one step."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.answering.choices import NoteFeedback
from bot.answering.joined import adviser_of
from bot.answering.misses import NoteMissed
from bot.answering.pages import Pages
from bot.answering.search import TopicSearch
from bot.answering.tasks.all_tasks import Doors, Stores, all_tasks, paper_desk_of
from bot.knowledge.library import Book
from bot.knowledge.version import Version
from bot.safety.crisis_words import CrisisWatch
from bot.safety.pseudonyms import Pseudonyms
from bot.storage.conversations import Conversations
from bot.turn import Parts
from bot.understanding.client import RasaClient
from bot.waiting import WaitingQuestions


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One Book, and everything that speaks from it. A turn begins and ends with the same."""

    book: Book
    version: Version
    pages: Pages
    parts: Parts
    search: TopicSearch


@dataclass(slots=True)
class Editions:
    """The edition that speaks now."""

    current: Edition

    def swap(self, edition: Edition) -> None:
        """From the next message on, this one speaks; what is being answered ends as it began."""
        self.current = edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What every edition shares: people's records, and the doors to the rest of the program."""

    understanding: RasaClient
    is_starting: Callable[[], bool]
    conversations: Conversations
    stores: Stores
    doors: Doors
    note_feedback: NoteFeedback
    note_missed: NoteMissed
    pseudonyms: Pseudonyms
    waiting: WaitingQuestions

    def edition(self, book: Book, version: Version) -> Edition:
        """Everything over one book; takes a moment, and may be done in a thread."""
        pages = Pages(book.knowledge, version)
        tasks = all_tasks(book, pages, self.stores, self.doors)
        parts = Parts(
            watch=CrisisWatch(book.knowledge.crisis.patterns),
            understanding=self.understanding,
            is_starting=self.is_starting,
            conversations=self.conversations,
            adviser=adviser_of(book, pages, tasks, self.note_feedback, self.note_missed),
            desk=paper_desk_of(book),
            log=tasks.log,
            pseudonyms=self.pseudonyms,
            waiting=self.waiting,
        )
        search = TopicSearch.over_answers(book.knowledge)
        return Edition(book=book, version=version, pages=pages, parts=parts, search=search)
