"""Some answers drawn by a seed, with all their sources, as sheets for a lawyer to read."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answering.pages import Pages
from bot.concepts.reply import Block, BlockKind, Span, heading, paragraph
from bot.knowledge.base import Answer, KnowledgeBase
from bot.knowledge.markdown_reader import Section, read_sections
from bot.knowledge.readings import Reading
from bot.knowledge.text_checks import EXAMPLES_HEADING
from bot.knowledge.wording import put_into_words

_LEAD = "→"
"""Begins a line that leads to another topic: nothing is said in it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One answer as it is printed: its title, and the blocks below with headings of their own."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetBook:
    """All sheets of one draw: a title, some words before, and the answers."""

    title: str
    opening: tuple[Block, ...]
    sheets: tuple[Sheet, ...]


def draw(topics: Sequence[str], seed: str, count: int) -> tuple[str, ...]:
    """Some of the topics: the same for the same seed, whatever the order they are given in."""
    ordered = sorted(topics)
    chance = random.Random(seed)  # noqa: S311 a draw that anybody can repeat, no secret
    return tuple(sorted(chance.sample(ordered, min(count, len(ordered)))))


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMaker:
    """Lays out answers in full, for every case at once, with the words of the knowledge base."""

    knowledge: KnowledgeBase
    pages: Pages
    readings: tuple[Reading, ...]

    def book(self, seed: str, count: int, on: date) -> SheetBook:
        """The sheets of one draw."""
        topics = draw(tuple(self.knowledge.answers), seed, count)
        labels = self.knowledge.labels
        return SheetBook(
            title=labels["sheet_title"].format(seed=seed, count=len(topics)),
            opening=tuple(paragraph(line) for line in labels["sheet_opening"].splitlines()),
            sheets=tuple(self._sheet(self.knowledge.answers[topic], on) for topic in topics),
        )

    def _sheet(self, answer: Answer, on: date) -> Sheet:
        text = self.knowledge.texts[f"topics/{answer.id}.md"].replace("\r\n", "\n")
        body = text.partition("\n---\n")[2].partition(EXAMPLES_HEADING)[0]
        sections, _ = read_sections(body, answer.id)
        said = [block for section in sections for block in _section(section)]
        spoken = put_into_words(self.knowledge, tuple(said), on)
        return Sheet(
            title=f"{answer.title}（{answer.id}）",
            blocks=(*self._read_before(answer.id), *spoken, *self._sources(answer, on)),
        )

    def _read_before(self, topic: str) -> tuple[Block, ...]:
        """Who read it before, with what result; or that nobody has."""
        labels = self.knowledge.labels
        before = [each for each in self.readings if each.topic == topic]
        if not before:
            return (paragraph(labels["sheet_never_read"]),)
        return tuple(
            paragraph(
                labels["sheet_read_before"].format(
                    day=each.read_on,
                    by=each.by,
                    result=labels[f"result_{each.result}"],
                    says=each.says or "—",
                    mended=each.mended_on or "—",
                )
            )
            for each in before
        )

    def _sources(self, answer: Answer, on: date) -> tuple[Block, ...]:
        """Every article with its words, rank and level, what each law was compared with."""
        labels, knowledge = self.knowledge.labels, self.knowledge
        blocks = [*self.pages.sources(answer.id, on).blocks[1:], heading(labels["sheet_laws"])]
        for law_id in dict.fromkeys(article.law_id for article in answer.laws):
            law = knowledge.laws[law_id]
            named = "、".join(knowledge.sources[each].says for each in law.compared.sources)
            line = labels["sheet_compared"].format(
                title=law.title,
                day=law.compared.compared_on,
                sources=named,
                again=law.compared.again_by,
                revision=law.revision or labels["sheet_no_revision"],
            )
            blocks.append(Block(BlockKind.BULLET, (Span(line),)))
        verdict = [paragraph(line) for line in labels["sheet_verdict"].splitlines()]
        return (*blocks, heading(labels["sheet_opinion"]), *verdict)


def _section(section: Section) -> list[Block]:
    title = [heading(section.title)] if section.title else []
    return [*title, *(each for each in section.blocks if not each.text.startswith(_LEAD))]
