"""Joins the parts of answering into one adviser: for the bot, and for the shell of Rasa."""

from bot.answering.adviser import Adviser
from bot.answering.choices import Choices, NoteFeedback
from bot.answering.composer import Composer
from bot.answering.misses import Misses, NoteMissed
from bot.answering.pages import Pages
from bot.answering.tasks.all_tasks import Tasks
from bot.answering.topic_replies import TopicReplies
from bot.dialogue.talk import Dialogue
from bot.dialogue.wishes import matter_of_tool
from bot.knowledge.library import Book


def adviser_of(
    book: Book, pages: Pages, tasks: Tasks, note_feedback: NoteFeedback, note_missed: NoteMissed
) -> Adviser:
    """One adviser over one book."""
    composer = Composer(
        pages=pages,
        topics=TopicReplies(pages=pages, knowledge=book.knowledge),
        choices=Choices(pages, note_feedback),
        tools=book.tools,
        known=tasks.known,
        tasks=tasks.handlers,
        deeds=tasks.deeds,
        homes={
            tool.id: home
            for tool in book.tools.values()
            if (home := matter_of_tool(tool, book)) is not None
        },
    )
    checker = tasks.call_check.checker
    return Adviser(
        dialogue=Dialogue(book),
        composer=composer,
        call_check=tasks.call_check,
        pages=pages,
        warn=checker.warning,
        misses=Misses(note=note_missed, checker=checker),
    )
