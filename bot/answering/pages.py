"""Every page that can be shown: answers, their sources, menus, utterances, crisis cards."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.answering.layers import NOTHING_KNOWN, Known, Layers
from bot.concepts.choice import Choice, Verb
from bot.concepts.citation import ArticleId
from bot.concepts.conversation import Conversation
from bot.concepts.danger import Danger
from bot.concepts.reply import Block, BlockKind, Button, Reply, Span, Style, heading, paragraph
from bot.concepts.retention import (
    CONVERSATION_HOURS,
    DRAFT_DAYS,
    MISSED_DAYS,
    SENT_MESSAGE_HOURS,
    SET_ASIDE_UPDATE_DAYS,
)
from bot.knowledge.base import Answer, KnowledgeBase, Page
from bot.knowledge.version import Version
from bot.knowledge.wording import citation_words, label_of, put_into_words, with_contacts

_BUTTONS_A_ROW = 2
_BUTTONS_A_PAGE = 8
_SIDES_OFFERED, _OTHERS_OFFERED = 4, 2
_SIDES = ("how", "fails", "how_long", "needed", "where", "effect", "cost", "say", "why")
"""The sides of a matter that are mostly meant by what was not understood, in this order."""
_SLOT = re.compile(r"(?<!\{)\{([a-z_]+)\}(?!\})")
_RETENTION = {
    "conversation_hours": str(CONVERSATION_HOURS),
    "missed_days": str(MISSED_DAYS),
    "draft_days": str(DRAFT_DAYS),
    "set_aside_days": str(SET_ASIDE_UPDATE_DAYS),
    "sent_message_hours": str(SENT_MESSAGE_HOURS),
}


class Pages:
    """Lays out pages from the knowledge base, each with something to do at its end."""

    def __init__(self, knowledge: KnowledgeBase, version: Version | None = None) -> None:
        """`version` is told to who asks what is answered from."""
        self._knowledge = knowledge
        self._known = {**_RETENTION, "version": str(version or "—")}
        self._labels = knowledge.labels
        self.layers = Layers(knowledge)

    def has(self, matter: str) -> bool:
        """Whether a button may lead to this topic, talk or task."""
        knowledge = self._knowledge
        return matter in {*knowledge.answers, *knowledge.talk, *knowledge.tasks}

    def has_answer(self, topic: str) -> bool:
        """Whether there is a page for this topic."""
        return topic in self._knowledge.answers

    def answer(self, topic: str, on: date, known: Known = NOTHING_KNOWN) -> Reply:
        """The whole answer to a topic; KeyError when there is none."""
        answer = self._knowledge.answers[topic]
        layer = self.layers.full(answer, known, on)
        return Reply(blocks=layer.blocks, buttons=self._answer_buttons(answer))

    def brief(self, topic: str, on: date) -> Reply:
        """Title and first layer: for groups and for cards to share."""
        answer = self._knowledge.answers[topic]
        layer = self.layers.first(answer, NOTHING_KNOWN, on)
        return Reply(blocks=(heading(answer.title), *layer.blocks))

    def sources(self, topic: str, on: date) -> Reply:
        """The articles behind an answer: rank, words, and how they were verified."""
        answer = self._knowledge.answers[topic]
        blocks = [heading(f"{answer.title} · {self._labels['sources']}")]
        for article_id in answer.laws:
            blocks += self.source(article_id)
        button = Button(self._labels["back"], Choice(Verb.ANSWER, topic))
        return Reply(
            blocks=put_into_words(self._knowledge, tuple(blocks), on),
            buttons=((button, self.menu_button()),),
        )

    def menu(self) -> Reply:
        """The groups of topics."""
        buttons = [
            Button(group.title, Choice(Verb.GROUP, group.id)) for group in self._knowledge.menu
        ]
        return Reply(
            blocks=tuple(self._utterance("menu")), buttons=rows_of(buttons), in_place=True
        )

    def group(self, group_id: str) -> Reply | None:
        """The topics of one group; None when there is no such group."""
        group = next((each for each in self._knowledge.menu if each.id == group_id), None)
        if group is None:
            return None
        back = Button(self._labels["back"], Choice(Verb.MENU))
        return Reply(
            blocks=tuple(self._utterance("group", group=group.title)),
            buttons=(*rows_of(self.topic_buttons(group.topics)), (back,)),
            in_place=True,
        )

    def utterance(self, name: str, **values: str) -> Reply:
        """Something said as it stands in utterances.yml or talk.yml."""
        page = self._page(name)
        deeds = [
            Button(self._labels[f"deed_{each}"], Choice(Verb.DEED, each)) for each in page.deeds
        ]
        return Reply(
            blocks=with_contacts(self._knowledge, self._filled(page, values)),
            buttons=(
                *rows_of(deeds),
                *rows_of(self.topic_buttons(page.next)),
                (self.menu_button(),),
            ),
        )

    def offer(self, utterance: str, topics: Sequence[str]) -> Reply:
        """A question back: the topics as buttons, with what tells them apart in plain words."""
        buttons = [(button,) for button in self.topic_buttons(topics)]
        lines = [self._difference(topic) for topic in topics]
        return Reply(
            blocks=(*self._utterance(utterance), *lines),
            buttons=(*buttons, (self.menu_button(),)),
        )

    def sides(self, topic: str, talk: Conversation, others: Sequence[str]) -> Reply:
        """A question back in the middle of a matter: other topics, and its sides not said yet."""
        answer = self._knowledge.answers[topic]
        names = self.layers.names(answer)
        fresh = [each for each in _SIDES if each in names and not talk.has_shown(topic, each)]
        nearest = [each for each in others if each != topic][:_OTHERS_OFFERED]
        sides = [self.layer_button(topic, each) for each in fresh[:_SIDES_OFFERED]]
        return Reply(
            blocks=(
                *self._utterance("which_side", title=answer.button),
                *map(self._difference, nearest),
            ),
            buttons=(*rows_of([*self.topic_buttons(nearest), *sides]), (self.menu_button(),)),
        )

    def english(self, text: str, on: date) -> Reply:
        """The card that fits what was written in English; without Chinese buttons."""
        cards = self._knowledge.english
        card = next((each for each in cards if each.words.search(text)), cards[-1])
        return Reply(blocks=put_into_words(self._knowledge, card.says, on))

    def crisis(self, danger: Danger) -> Reply:
        """The card for a person in danger, or for somebody who worries about one."""
        page = self._knowledge.crisis.cards[danger.card]
        said = with_contacts(self._knowledge, page.says)
        return Reply(blocks=said, buttons=rows_of(self.topic_buttons(page.next)))

    def _answer_buttons(self, answer: Answer) -> tuple[tuple[Button, ...], ...]:
        labels = self._labels
        sources = Button(labels["sources"], Choice(Verb.SOURCES, answer.id))
        first = (sources, self.menu_button()) if answer.laws else (self.menu_button(),)
        last = (
            Button(labels["useful"], Choice(Verb.USEFUL, answer.id)),
            Button(labels["useless"], Choice(Verb.USELESS, answer.id)),
        )
        return (*rows_of(self.topic_buttons(answer.related)), first, last)

    def _difference(self, matter: str) -> Block:
        name = Span(f"{self._knowledge.button_label(matter)}：", Style.STRONG)
        words = self._knowledge.differences.get(matter, "")
        return Block(BlockKind.BULLET, (name, Span(words)))

    def source(self, article_id: ArticleId) -> tuple[Block, ...]:
        """One article: its title and rank, words, and how they were verified."""
        knowledge, labels = self._knowledge, self._labels
        law, article = knowledge.laws[article_id.law_id], knowledge.article(article_id)
        facts = labels["source_facts"].format(
            issuer=law.issuer,
            document_no=law.document_no,
            in_force_from=law.in_force_from,
            status=label_of(knowledge, "status", law.status),
            verified=label_of(knowledge, "verified", article.verified.value),
            checked_on=law.compared.compared_on,
        )
        blocks = [heading(citation_words(knowledge, article_id))]
        blocks.append(paragraph(labels["source_plain"] + article.plain))
        if article.text is not None:
            blocks.append(paragraph(labels["source_original"]))
            blocks.append(Block(BlockKind.QUOTE, (Span(article.text),)))
        if article.note is not None:
            blocks.append(paragraph(labels["source_note"] + article.note))
        blocks.append(paragraph(facts))
        return tuple(blocks)

    def _page(self, name: str) -> Page:
        knowledge = self._knowledge
        page = knowledge.utterances.get(name) or knowledge.talk.get(name)
        if page is None:
            raise KeyError(name)
        return page

    def _utterance(self, name: str, **values: str) -> list[Block]:
        filled = self._filled(self._knowledge.utterances[name], values)
        return list(with_contacts(self._knowledge, filled))

    def _filled(self, page: Page, values: Mapping[str, str]) -> tuple[Block, ...]:
        return _fill(page, {**self._known, **values})

    def topic_buttons(self, topics: Sequence[str]) -> list[Button]:
        """A button for each topic, task or talk."""
        return [
            Button(self._knowledge.button_label(topic), Choice(Verb.ANSWER, topic))
            for topic in topics
        ]

    def layer_button(self, topic: str, name: str) -> Button:
        """The way to one side of a topic."""
        return Button(self._labels[f"layer_{name}"], Choice(Verb.LAYER, f"{topic}__{name}"))

    def paged(
        self, buttons: Sequence[Button], deed: str, start: str
    ) -> tuple[tuple[Button, ...], ...]:
        """Some of many buttons, with one that shows the next; `deed` and a number name a page."""
        begin = int(start or 0)
        shown = buttons[begin : begin + _BUTTONS_A_PAGE]
        rest = begin + _BUTTONS_A_PAGE
        more = Button(self._labels["more_of_these"], Choice(Verb.DEED, f"{deed}{rest}"))
        last = (more, self.menu_button()) if rest < len(buttons) else (self.menu_button(),)
        return (*rows_of(shown), last)

    def label(self, name: str) -> str:
        """The words on a button or a heading."""
        return self._labels[name]

    def menu_button(self) -> Button:
        """The way to all topics."""
        return Button(self._labels["menu"], Choice(Verb.MENU))


def _fill(page: Page, known: Mapping[str, str]) -> tuple[Block, ...]:
    """Put values into the {slots} of a page's words."""

    def filled(text: str) -> str:
        return _SLOT.sub(lambda slot: known.get(slot[1], slot[0]), text)

    return tuple(
        replace(block, spans=tuple(Span(filled(span.text), span.style) for span in block.spans))
        for block in page.says
    )


def rows_of(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Buttons side by side, as many as a phone shows well."""
    return tuple(
        tuple(buttons[start : start + _BUTTONS_A_ROW])
        for start in range(0, len(buttons), _BUTTONS_A_ROW)
    )
