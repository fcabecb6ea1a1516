"""What the pages Learn and Try work on: what went wrong, lessons, training; opened once a desk."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

from bot.bootstrap import read_or_make_key
from bot.desk.git import DeskError
from bot.desk.lessons import Lesson, Lessons
from bot.desk.misses import MissBook
from bot.desk.page import Desk
from bot.desk.proposals import Proposals
from bot.desk.training import Job, Progress, Trainer
from bot.knowledge.base import KnowledgeBase
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.missed_records import MissedRecords


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """The parts, and what joins them."""

    misses: MissBook
    lessons: Lessons
    trainer: Trainer
    proposals: Proposals

    def measure(self, slug: str) -> None:
        """Begin to measure what the lessons of a proposal change."""
        proposal = self.proposals.of(slug)
        texts = tuple(each.text for each in self.lessons.of(slug))
        self.trainer.start(Job(tree=proposal.tree, slug=slug, texts=texts))

    def measured(self, slug: str) -> tuple[tuple[Lesson, ...], Progress | None]:
        """The lessons of a proposal with what was measured of them, and the last measurement."""
        lessons, progress = self.lessons.of(slug), self.trainer.of(slug)
        if progress is None or not progress.found:
            return lessons, progress
        texts = progress.job.texts
        before, after = (
            dict(zip(texts, progress.found[when]["texts"], strict=True))
            for when in ("before", "after")
        )
        return tuple(
            replace(each, before=_heard(before[each.text]), after=_heard(after[each.text]))
            if each.text in before
            else each
            for each in lessons
        ), progress

    async def put_back_given_up(self) -> None:
        """What was learnt in a proposal that was withdrawn waits to be decided again."""
        for _, lost in self.lessons.given_up():
            await self.misses.take_back([number for each in lost for number in each.numbers])


@contextlib.asynccontextmanager
async def open_learning(desk: Desk) -> AsyncIterator[Learning]:
    """Over the database of the bot; what is trained ends with the desk."""
    root = desk.knowledge.parent
    database = await Database.open(desk.settings.database_url)
    cipher = FreeTextCipher(read_or_make_key(desk.settings.key))
    proposals = Proposals(root, desk.settings.data, desk.clock)
    learning = Learning(
        misses=MissBook(MissedRecords(database, cipher), desk.settings.shown_from),
        lessons=Lessons(proposals, desk.data),
        trainer=Trainer(desk.data, models=root / "rasa_project" / "models"),
        proposals=proposals,
    )
    try:
        await learning.misses.look()
        yield learning
    finally:
        await learning.trainer.stop()
        await learning.misses.close()
        await database.close()


def matter_named(told: str, knowledge: KnowledgeBase) -> str:
    """The topic, task or talk of a title or an id; DeskError when there is none."""
    wanted = told.strip()
    titles = titles_of(knowledge)
    found = wanted if wanted in titles else next((k for k, v in titles.items() if v == wanted), "")
    if wanted and not found:
        raise DeskError(f"没有叫“{wanted}”的主题，从列表里选一个。")
    return found


def titles_of(knowledge: KnowledgeBase) -> dict[str, str]:
    """What a way of asking may belong to, by id: its title."""
    return {
        **{name: answer.title for name, answer in knowledge.answers.items()},
        **{name: task.title for name, task in knowledge.tasks.items()},
        **{name: page.title for name, page in knowledge.talk.items()},
    }


def _heard(found: dict[str, Any]) -> str:
    """The topic that was heard, and how surely."""
    topic = found["topic"] or "没听懂"
    return f"{topic} {found['confidence']:.0%}{'' if found['accepted'] else '（会反问）'}"
