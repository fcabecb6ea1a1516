"""Turns the marks of content into words: citations with their rank, figures, hotlines."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.concepts.citation import ArticleId
from bot.concepts.reply import Block, Span
from bot.knowledge.base import Contact, KnowledgeBase
from bot.knowledge.marks import ASK, BLANK, CITATION, CONTACT, FIGURE, TOLD

# After these a citation is a part of the sentence (“……，见《民法典》第……条”); elsewhere it
# follows in parentheses. 意见, 证据, 法院看, 现在 and their like only end like them.
_PART_OF_SENTENCE = re.compile(
    "(?<!意)见$|自$|(?<![证收单数])据$(?<!的依据)|(?<![院法件])看$|和$|、$|(?<![现存正直还])在$"
)

NOTHING_TOLD: Mapping[str, str | None] = {}


def label_of(knowledge: KnowledgeBase, kind: str, value: str) -> str:
    """The word for a binding force, a verification or a status."""
    return knowledge.labels[f"{kind}_{value.replace('-', '_')}"]


def citation_words(
    knowledge: KnowledgeBase, article_id: ArticleId, *, is_short: bool = False
) -> str:
    """《title》article（binding）: never a citation without its rank."""
    law = knowledge.laws[article_id.law_id]
    return knowledge.labels["citation"].format(
        title=_title(law.short_title if is_short else law.title),
        article=_article(article_id.article),
        binding=label_of(knowledge, "binding", law.binding.value),
    )


def listed_citations(
    knowledge: KnowledgeBase, laws: Sequence[ArticleId], *, is_short: bool = False
) -> tuple[str, ...]:
    """One line for each law with all its articles, in the order in which they were given."""
    articles: dict[str, list[str]] = {}
    for article_id in laws:
        articles.setdefault(article_id.law_id, []).append(article_id.article)
    return tuple(
        citation_words(knowledge, ArticleId(law_id, "、".join(names)), is_short=is_short)
        for law_id, names in articles.items()
    )


def put_into_words(
    knowledge: KnowledgeBase,
    blocks: tuple[Block, ...],
    on: date,
    told: Mapping[str, str | None] = NOTHING_TOLD,
) -> tuple[Block, ...]:
    """The same blocks with every mark replaced; {{ask:…}} is no words and goes.

    `told` has what {{told:…}} stands for, by name.
    """

    def cited(mark: re.Match[str]) -> str:
        before = mark.string[: mark.start()]
        label = "citation_inside" if _PART_OF_SENTENCE.search(before) else "citation_after"
        article_id = ArticleId.parse(mark[1])
        law = knowledge.laws[article_id.law_id]
        return knowledge.labels[label].format(
            title=_title(law.short_title),
            article=_article(article_id.article),
            binding=label_of(knowledge, "binding", law.binding.value),
        )

    def spoken(span: Span) -> Span:
        text = FIGURE.sub(lambda mark: _figure(knowledge, mark[1], on), ASK.sub("", span.text))
        text = CONTACT.sub(lambda mark: _reached_at(knowledge, mark[1]), text)
        text = TOLD.sub(lambda mark: told.get(mark[1]) or BLANK, text)
        return Span(CITATION.sub(cited, text), span.style)

    return tuple(replace(block, spans=tuple(map(spoken, block.spans))) for block in blocks)


def with_contacts(knowledge: KnowledgeBase, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same blocks with every hotline as its number: for words that hold no other mark."""

    def spoken(span: Span) -> Span:
        text = CONTACT.sub(lambda mark: _reached_at(knowledge, mark[1]), span.text)
        return Span(text, span.style)

    return tuple(replace(block, spans=tuple(map(spoken, block.spans))) for block in blocks)


def find_contact(knowledge: KnowledgeBase, name: str) -> Contact | None:
    """The hotline or office with this id or number."""
    by_number = (each for each in knowledge.contacts.values() if each.number == name)
    return knowledge.contacts.get(name) or next(by_number, None)


def _reached_at(knowledge: KnowledgeBase, name: str) -> str:
    contact = find_contact(knowledge, name)
    return "" if contact is None else contact.number or contact.name


def _title(title: str) -> str:
    """A title within a title stands in 〈〉; several titles each in 《》."""
    return title.replace("《", "〈").replace("》", "〉").replace("；", "》《")


def _article(article: str) -> str:
    return article if article.startswith("第") else f"·{article}"


def _figure(knowledge: KnowledgeBase, figure_id: str, on: date) -> str:
    value = knowledge.figures[figure_id].value_on(on)
    # Before the first value there is no rule yet; the checker refuses such a text.
    return value.value if value else "—"
