"""Turns the marks of content into words: citations with their rank, figures of the day."""

from dataclasses import replace
from datetime import date

from bot.concepts.citation import ArticleId
from bot.concepts.reply import Block, Span
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.marks import CITATION, FIGURE


def label_of(knowledge: KnowledgeBase, kind: str, value: str) -> str:
    """The word for a binding force, a verification or a status."""
    return knowledge.labels[f"{kind}_{value.replace('-', '_')}"]


def citation_words(knowledge: KnowledgeBase, article_id: ArticleId) -> str:
    """《title》article（binding）: never a citation without its rank."""
    law = knowledge.laws[article_id.law_id]
    return knowledge.labels["citation"].format(
        title=law.title.replace("；", "》《"),
        article=article_id.article,
        binding=label_of(knowledge, "binding", law.binding.value),
    )


def put_into_words(
    knowledge: KnowledgeBase, blocks: tuple[Block, ...], on: date
) -> tuple[Block, ...]:
    """The same blocks with every [[law#article]] and {{figure}} replaced."""

    def spoken(span: Span) -> Span:
        text = CITATION.sub(
            lambda mark: citation_words(knowledge, ArticleId.parse(mark[1])), span.text
        )
        return Span(FIGURE.sub(lambda mark: _figure(knowledge, mark[1], on), text), span.style)

    return tuple(replace(block, spans=tuple(map(spoken, block.spans))) for block in blocks)


def _figure(knowledge: KnowledgeBase, figure_id: str, on: date) -> str:
    value = knowledge.figures[figure_id].value_on(on)
    # Before the first value there is no rule yet; the checker refuses such a text.
    return value.value if value else "—"
