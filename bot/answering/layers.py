"""An answer in layers: the first reply of a screen, what lies deeper, and the whole page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.concepts.citation import ArticleId
from bot.concepts.passages import Passages, fitting
from bot.concepts.reply import Block, BlockKind, Span, Style, heading, shown_length
from bot.knowledge.base import Answer, FollowUp, KnowledgeBase
from bot.knowledge.marks import ASK, CITATION
from bot.knowledge.wording import listed_citations, put_into_words

FIRST_LIMIT, LAYER_LIMIT = 300, 500
"""Characters of a first reply, and of a deeper layer, as they are shown."""

FIRST, HOW, SAY, WHY, NOTES, FULL = "first", "how", "say", "why", "notes", "full"
_SHORT_SOURCES = 2

Known = Mapping[str, str | None]
"""What is known of a case: product, role and stage choose the words, the rest stands in them."""
NOTHING_KNOWN: Known = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """What one reply says of a topic. `asks` is the fact of the case that would tell more."""

    blocks: tuple[Block, ...]
    asks: str | None = None


class Layers:
    """Lays an answer out, piece by piece, in the words that fit a case."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge
        self._labels = knowledge.labels

    def first(self, answer: Answer, known: Known, on: date, *, has_stood: bool = False) -> Layer:
        """The short answer with its sources in one line, and one question where it matters.

        `has_stood`: the sentence for who somebody is and how far it has come was said before.
        """
        own = fitting(answer.short, known)
        standing = () if has_stood else self._knowledge.standing.below(answer.id, own, known)
        asks = next((mark[1] for each in own if (mark := ASK.search(each.text))), None)
        words = self._uncited((*own, *standing), on)
        said = [*words, *self._sources_line(words, own, standing)]
        if answer.review.is_due(on):
            said += self._review_due(answer)
        return Layer(blocks=tuple(said), asks=asks)

    def standing(self, answer: Answer, layer: Layer, known: Known, on: date) -> tuple[Block, ...]:
        """The sentence for who somebody is and how far it has come, with its source."""
        found = self._knowledge.standing.below(answer.id, layer.blocks, known)
        return put_into_words(self._knowledge, found, on, known)

    def again(self, answer: Answer, known: Known, on: date) -> Layer:
        """Its first paragraph alone, for who has read it before."""
        return Layer(blocks=self._uncited(fitting(answer.short, known)[:1], on))

    def names(self, answer: Answer) -> tuple[str, ...]:
        """The layers below the first that have words, in the order in which they are offered."""
        aspects = [entry.aspect for entry in answer.follow_ups if entry.says]
        own = {HOW: answer.steps, SAY: answer.sayings, WHY: answer.laws, NOTES: answer.cautions}
        found = [name for name in (HOW, SAY) if own[name]]
        found += [each for each in ("fails", "how_long", "effect") if each in aspects]
        found += [name for name in (WHY, NOTES) if own[name]]
        return (*dict.fromkeys([*found, *aspects]), FULL)

    def layer(self, answer: Answer, name: str, known: Known, on: date) -> Layer | None:
        """One layer by its name; None when the topic has no word on it."""
        spoken = (each for each in answer.follow_ups if each.says)
        entry = next((each for each in spoken if each.aspect == name), None)
        if name == HOW and answer.steps:
            return self._section(answer.steps, known, on)
        if name == SAY and answer.sayings:
            return self._section(answer.sayings, known, on)
        if name == NOTES and answer.cautions:
            return self._section(answer.cautions, known, on)
        if entry is not None:
            return self.follow_up(entry, known, on)
        if name == WHY and answer.laws:
            return Layer(blocks=self._all_sources(answer))
        return None

    def follow_up(self, entry: FollowUp, known: Known, on: date) -> Layer:
        """What is said to a question that is asked next."""
        blocks = fitting(entry.says, known)
        asks = next((mark[1] for each in blocks if (mark := ASK.search(each.text))), None)
        return Layer(blocks=put_into_words(self._knowledge, blocks, on, known), asks=asks)

    def full(self, answer: Answer, known: Known, on: date) -> Layer:
        """The whole page."""
        blocks = [heading(answer.title), *fitting(answer.short, known)]
        if answer.review.is_due(on):
            blocks += self._review_due(answer)
        for label, section in (
            ("steps", answer.steps),
            ("sayings", answer.sayings),
            ("cautions", answer.cautions),
        ):
            if said := fitting(section, known):
                blocks += [heading(self._labels[label]), *_numbered(said)]
        spoken = put_into_words(self._knowledge, tuple(blocks), on, known)
        return Layer(blocks=(*spoken, *self._all_sources(answer)))

    def _section(self, passages: Passages, known: Known, on: date) -> Layer:
        said = _numbered(fitting(passages, known))
        return Layer(blocks=put_into_words(self._knowledge, said, on, known))

    def _uncited(self, blocks: Sequence[Block], on: date) -> tuple[Block, ...]:
        """The words with their citations left out, for these are collected in one line."""
        bare = tuple(
            replace(
                block,
                spans=tuple(Span(CITATION.sub("", s.text), s.style) for s in block.spans),
            )
            for block in blocks
        )
        return put_into_words(self._knowledge, bare, on)

    def _sources_line(
        self, words: Sequence[Block], own: Sequence[Block], standing: Sequence[Block]
    ) -> list[Block]:
        """The sources of both, of its own as many as one screen has room for."""
        lines: list[Block] = []
        for at_most in range(_SHORT_SOURCES, -1, -1):
            marks = dict.fromkeys((*_marks(own)[:at_most], *_marks(standing)))
            lines = self._based_on([ArticleId.parse(mark) for mark in marks])
            if shown_length((*words, *lines)) <= FIRST_LIMIT:
                break
        return lines

    def _based_on(self, cited: Sequence[ArticleId]) -> list[Block]:
        if not cited:
            return []
        words = "；".join(listed_citations(self._knowledge, cited, is_short=True))
        line = self._labels["based_on"].format(sources=words)
        return [Block(BlockKind.PARAGRAPH, (Span(line, Style.EMPHASIS),))]

    def _all_sources(self, answer: Answer) -> tuple[Block, ...]:
        lines = listed_citations(self._knowledge, answer.laws)
        items = [Block(BlockKind.BULLET, (Span(line),)) for line in lines]
        return (heading(self._labels["sources"]), *items) if items else ()

    def _review_due(self, answer: Answer) -> tuple[Block, ...]:
        page = self._knowledge.utterances["review_due"]
        day = str(answer.review.review_by)
        return tuple(
            replace(
                block,
                spans=tuple(
                    Span(span.text.replace("{review_by}", day), span.style) for span in block.spans
                ),
            )
            for block in page.says
        )


def cut(blocks: Sequence[Block], limit: int) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """As many blocks as fit into so many characters, at least one; and those that are left."""
    shown = list(blocks[:1])
    for block in blocks[1:]:
        if shown_length((*shown, block)) > limit:
            break
        shown.append(block)
    if shown and shown[-1].kind is BlockKind.HEADING and len(shown) > 1:
        shown.pop()
    return tuple(shown), tuple(blocks[len(shown) :])


def _marks(blocks: Sequence[Block]) -> list[str]:
    return list(dict.fromkeys(mark for each in blocks for mark in CITATION.findall(each.text)))


def _numbered(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Steps counted anew: some of them may have been left out for this case."""
    counted, number = [], 0
    for block in blocks:
        number = number + 1 if block.kind is BlockKind.STEP else 0
        counted.append(replace(block, number=number) if number else block)
    return tuple(counted)
