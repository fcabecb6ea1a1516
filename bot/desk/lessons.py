"""Turns what went wrong into lessons: each is written into a proposal, and can be taken back.

What is a test question is never an example, and no example is nearly one: whoever would write it
is told so, and not which question it is.
"""

import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from bot.concepts.missed import OUT_OF_SCOPE, Decision
from bot.desk.git import DeskError
from bot.desk.lesson_files import (
    clean,
    with_ask,
    with_example,
    with_follow_up,
    with_test,
    without,
    write,
)
from bot.desk.proposals import Proposal, Proposals
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.test_questions import test_questions
from bot.private_files import write_private
from bot.safety.near_copies import copy_of

TITLE = "从没办好的话里学"
_ASKED = "tests/questions/asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to make of a sentence."""

    decision: Decision
    text: str
    matter: str = ""
    aspect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What was made of a group of messages, where it was written, and by whom.

    `before` and `after` are what the model made of it, once that was measured.
    """

    id: str
    decision: str
    text: str
    matter: str
    aspect: str
    file: str
    numbers: tuple[int, ...]
    by: str
    before: str = ""
    after: str = ""


class Lessons:
    """The lessons of each proposal, kept beside the proposals."""

    def __init__(self, proposals: Proposals, data: Path) -> None:
        self._proposals = proposals
        self._home = data / "lessons"

    def of(self, slug: str) -> tuple[Lesson, ...]:
        """What was learnt in a proposal, the newest last."""
        path = self._home / f"{slug}.json"
        if not path.is_file():
            return ()
        kept = json.loads(path.read_text(encoding="utf-8"))
        return tuple(Lesson(**{**each, "numbers": tuple(each["numbers"])}) for each in kept)

    def proposal_of(self, person: str) -> Proposal | None:
        """The proposal into which this person's lessons go, if there is one that is not sent."""
        mine = (
            each
            for each in self._proposals.open()
            if each.title.startswith(TITLE) and each.authors[0] == person and each.sent is None
        )
        return next(mine, None)

    def learn(
        self, wish: Wish, numbers: Sequence[int], person: str, knowledge: KnowledgeBase, on: date
    ) -> tuple[Proposal, Lesson]:
        """Write a lesson; DeskError says why it cannot be one."""
        line = clean(wish.text)
        proposal = self.proposal_of(person) or self._proposals.begin(
            person, f"{TITLE}：{on.month}月{on.day}日"
        )
        file = self._written(proposal.tree, replace(wish, text=line), knowledge)
        lesson = Lesson(
            id=secrets.token_hex(4),
            decision=wish.decision.value,
            text=line,
            matter=wish.matter,
            aspect=wish.aspect,
            file=file,
            numbers=tuple(numbers),
            by=person,
        )
        self.keep(proposal.slug, (*self.of(proposal.slug), lesson))
        return proposal, lesson

    def take_back(self, slug: str, lesson_id: str) -> Lesson:
        """Take a lesson out of its proposal again; DeskError when there is none."""
        lessons = self.of(slug)
        lesson = next((each for each in lessons if each.id == lesson_id), None)
        if lesson is None:
            raise DeskError("这一条已经撤掉了。")
        path = self._proposals.of(slug).tree / lesson.file
        if path.is_file():
            write(path, without(path.read_text(encoding="utf-8"), lesson.text))
        self.keep(slug, [each for each in lessons if each is not lesson])
        return lesson

    def given_up(self) -> Iterator[tuple[str, tuple[Lesson, ...]]]:
        """The lessons of proposals that are gone, and are not in what stands now."""
        open_ones = {each.slug for each in self._proposals.open()}
        for path in sorted(self._home.glob("*.json")):
            if path.stem in open_ones:
                continue
            lost = [each for each in self.of(path.stem) if not self._stands(each)]
            path.unlink()
            if lost:
                yield path.stem, tuple(lost)

    def keep(self, slug: str, lessons: Sequence[Lesson]) -> None:
        """Write down all lessons of a proposal."""
        kept = [asdict(each) for each in lessons]
        text = json.dumps(kept, ensure_ascii=False)
        write_private(self._home / f"{slug}.json", text.encode())

    def _stands(self, lesson: Lesson) -> bool:
        path = self._proposals.root / lesson.file
        return path.is_file() and lesson.text in path.read_text(encoding="utf-8")

    def _written(self, tree: Path, wish: Wish, knowledge: KnowledgeBase) -> str:
        """Write it into its file, and say which that is."""
        if wish.decision is Decision.TEST:
            return self._as_test(tree, wish, knowledge)
        _refuse_copy(wish.text, test_questions(tree))
        if wish.decision is Decision.NOT_OURS:
            wish = replace(wish, matter=OUT_OF_SCOPE)
        _refuse_twice(wish, knowledge)
        file = _file_of(wish, knowledge)
        path = tree / file
        text = path.read_text(encoding="utf-8")
        match wish.decision:
            case Decision.FOLLOW_UP:
                fresh = with_follow_up(text, wish.aspect, wish.text)
            case _ if file.endswith(".md"):
                fresh = with_example(text, wish.text)
            case _:
                fresh = with_ask(text, wish.matter, wish.text)
        write(path, fresh)
        return file

    def _as_test(self, tree: Path, wish: Wish, knowledge: KnowledgeBase) -> str:
        _file_of(wish, knowledge)
        examples = (each for texts in knowledge.examples().values() for each in texts)
        if copy := copy_of(wish.text, examples):
            raise DeskError(
                f"已经有差不多的问法“{copy}”，再拿它测就不作数了。改个说法，或者不用管。"
            )
        if copy_of(wish.text, test_questions(tree)):
            raise DeskError("已经有差不多的测试题了。")
        file = f"{_ASKED}/{wish.matter}.yml"
        path = tree / file
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        write(path, with_test(text, wish.matter, wish.text))
        return file


def _file_of(wish: Wish, knowledge: KnowledgeBase) -> str:
    """The file that holds the ways of asking for a matter; DeskError where there is none."""
    matter = wish.matter
    if matter in knowledge.answers:
        return f"knowledge/topics/{matter}.md"
    if wish.decision is Decision.FOLLOW_UP:
        raise DeskError("接着会问只能加到一篇解答里，先选好是哪一篇。")
    if matter in knowledge.tasks:
        return "knowledge/tasks.yml"
    if matter in knowledge.talk:
        return "knowledge/talk.yml"
    raise DeskError("先选好它问的是哪一个主题。")


def _refuse_copy(line: str, questions: Sequence[str]) -> None:
    if copy_of(line, questions):
        raise DeskError(
            "这一句和一条测试题太像，学了它，测试就不作数了。换个说法再加，或者把它当测试题。"
        )


def _refuse_twice(wish: Wish, knowledge: KnowledgeBase) -> None:
    for matter, texts in knowledge.examples().items():
        if wish.decision is not Decision.FOLLOW_UP and wish.text in texts:
            raise DeskError(f"{matter} 里已经有一模一样的问法了。")
