"""From at most three answers to the bodies to complain to, in order. Pure; complains nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.concepts.reply import Block, BlockKind, Span, Style
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.complaints import ComplaintBook, Route, Stage
from bot.knowledge.questions import Question
from bot.knowledge.wording import put_into_words

_ORDER = (Stage.NOW, Stage.THEN, Stage.ALSO)


@dataclass(frozen=True, slots=True)
class ComplaintGuide:
    """Asks and answers with the words of complaints.yml and the figures of the day."""

    knowledge: KnowledgeBase
    book: ComplaintBook

    def questions(self, on: date) -> tuple[Question, ...]:
        """All questions, with the figures of that day in their words."""
        return tuple(
            replace(question, asks=self._words(question.asks, on).text)
            for question in self.book.questions
        )

    def next_question(self, answers: Mapping[str, str], on: date) -> Question | None:
        """The first question that is still to be asked; None when the routes can be shown."""
        return next(
            (each for each in self.questions(on) if is_open(self.book, each.id, answers)), None
        )

    def routes(self, answers: Mapping[str, str]) -> tuple[Route, ...]:
        """Where to go, in order: see the function."""
        return routes(self.book, answers)

    def blocks(self, route: Route, on: date) -> tuple[Block, ...]:
        """One route as a heading, its reason, lists and what to expect, with sources in words."""
        words = self.book.words
        title = f"{getattr(words, route.stage.value)}：{route.body}"
        blocks = [Block(BlockKind.HEADING, (Span(title),)), self._words(route.why, on)]
        for heading, items in ((words.bring, route.bring), (words.note_down, route.note_down)):
            blocks.append(Block(BlockKind.PARAGRAPH, (Span(heading, Style.STRONG),)))
            blocks += [Block(BlockKind.BULLET, (Span(item),)) for item in items]
        expect = self._words(route.expect, on)
        heading_span = Span(f"{words.expect}：", Style.STRONG)
        blocks.append(replace(expect, spans=(heading_span, *expect.spans)))
        return tuple(blocks)

    def _words(self, text: str, on: date) -> Block:
        block = Block(BlockKind.PARAGRAPH, (Span(text),))
        return put_into_words(self.knowledge, (block,), on)[0]


def is_open(book: ComplaintBook, question_id: str, answers: Mapping[str, str]) -> bool:
    """Whether the question is neither answered nor made needless by an answer before it."""
    if question_id in answers:
        return False
    return not any(
        question_id in skip.skip and answers.get(skip.question) in skip.answers
        for skip in book.skips
    )


def routes(book: ComplaintBook, answers: Mapping[str, str]) -> tuple[Route, ...]:
    """Every route whose conditions the answers meet: now, then, also; within, as in the file.

    At most `book.at_most`, and what comes now is never cut.
    """
    known = {**book.defaults, **answers}
    fitting = [
        route
        for route in book.routes
        if all(known.get(question) in accepted for question, accepted in route.when.items())
    ]
    ordered = sorted(fitting, key=lambda route: _ORDER.index(route.stage))
    return tuple(ordered[: book.at_most])
