"""How a text looks in the chat: bubbles with their buttons, counted against the limits.

Made by the bot's own code from the text as it would be, so that it is really what would be said.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from bot.answering.layers import FIRST, FIRST_LIMIT, LAYER_LIMIT
from bot.answering.pages import Pages
from bot.answering.topic_replies import TopicReplies
from bot.concepts.case import Case
from bot.concepts.conversation import Conversation
from bot.concepts.reply import Reply, shown_length
from bot.desk.entries import entries_in
from bot.knowledge.base import Answer, KnowledgeBase, Page
from bot.knowledge.wording import with_contacts
from bot.rendering.telegram_html import HtmlLimits, render_telegram_html, utf16_units

_TELEGRAM = HtmlLimits(units=4096, entities=100, button_bytes=64)
_ENTRY = "entry_"
BY_CURSOR = ""
"""The layer in which somebody writes."""
_HEADING = re.compile(r"##(#)? ?(\S*)")
_LAYER_OF = {"怎么做": "how", "可以这样说": "say", "注意": "notes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One message: its markup, the labels below it, its length as Telegram counts."""

    markup: Markup
    rows: tuple[tuple[tuple[str, str], ...], ...]
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would be said: its bubbles, its characters and how many there may be (0: no limit)."""

    bubbles: tuple[Bubble, ...]
    length: int = 0
    limit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What of a file is looked at: which layer, and for whom."""

    layer: str = BY_CURSOR
    known: Mapping[str, str | None]
    line: int = 1


def layers_of(knowledge: KnowledgeBase, answer: Answer) -> list[tuple[str, str]]:
    """What can be shown of an answer: name and words, in the order of the file."""
    own = [
        (FIRST, "简答（先看到的）"),
        ("how", "怎么做"),
        ("say", "可以这样说"),
        ("notes", "注意"),
    ]
    asked = [
        (f"{_ENTRY}{at}", f"接着会问：{entry.asks[0] if entry.asks else entry.aspect}")
        for at, entry in enumerate(answer.follow_ups)
        if entry.says
    ]
    names = Pages(knowledge).layers.names(answer)
    return [
        (BY_CURSOR, "光标在哪里，就看哪里"),
        *(each for each in own if each[0] == FIRST or each[0] in names),
        *asked,
        ("full", "全文"),
    ]


def layer_at(text: str, line: int) -> str:
    """The layer in which a line of an answer stands; the first one where it is in none."""
    layer, asked = FIRST, -1
    for heading in map(_HEADING.match, text.split("\n")[:line]):
        if heading is None:
            continue
        asked += bool(heading[1])
        layer = f"{_ENTRY}{asked}" if heading[1] else _LAYER_OF.get(heading[2], FIRST)
    return layer


def preview(
    knowledge: KnowledgeBase, file: str, text: str, shown: Shown, on: date
) -> Preview | None:
    """How it looks; None where there is nothing to see, or it cannot be read yet."""
    try:
        return _preview(knowledge, file, text, shown, on)
    except (KeyError, ValueError, IndexError):
        return None  # It points to something that is not there: a fault tells which.


def _preview(
    knowledge: KnowledgeBase, file: str, text: str, shown: Shown, on: date
) -> Preview | None:
    folder, _, name = file.partition("/")
    if folder == "topics":
        answer = knowledge.answers.get(name.removesuffix(".md"))
        if answer is None:
            return None
        layer = shown.layer or _spoken(knowledge, answer, layer_at(text, shown.line))
        return _of_answer(knowledge, answer, replace(shown, layer=layer), on)
    pages: Mapping[str, Mapping[str, Page]] = {
        "talk.yml": knowledge.talk,
        "utterances.yml": knowledge.utterances,
        "crisis.yml": knowledge.crisis.cards,
    }
    if file not in pages:
        return None
    at = [each for each in entries_in(file, text) if each.line <= shown.line]
    page = pages[file].get(at[-1].id) if at else None
    if page is None:
        return None
    if file == "crisis.yml":
        said = with_contacts(knowledge, page.says)
        return Preview(bubbles=bubbles_of(Reply(blocks=said)))
    return Preview(bubbles=bubbles_of(Pages(knowledge).utterance(page.id)))


def _spoken(knowledge: KnowledgeBase, answer: Answer, layer: str) -> str:
    """The same layer, or the first where that one has nothing of its own to say."""
    return layer if layer in dict(layers_of(knowledge, answer)) else FIRST


def _of_answer(knowledge: KnowledgeBase, answer: Answer, shown: Shown, on: date) -> Preview:
    replies = TopicReplies(pages=Pages(knowledge), knowledge=knowledge)
    known = shown.known
    case = Case(product=known.get("product"), role=known.get("role"), stage=known.get("stage"))
    talk = Conversation(case=case)
    layer = shown.layer
    if layer == FIRST:
        reply = replies.first(answer.id, talk, on, {}).reply
    elif layer.startswith(_ENTRY):
        at = int(layer.removeprefix(_ENTRY))
        arguments = {"layer": answer.follow_ups[at].aspect, "entry": at}
        reply = replies.layer(answer.id, talk, on, arguments).reply
    else:
        reply = replies.layer(answer.id, talk, on, {"layer": layer}).reply
    limit = {FIRST: FIRST_LIMIT, "full": 0}.get(layer, LAYER_LIMIT)
    return Preview(bubbles=bubbles_of(reply), length=shown_length(reply.blocks), limit=limit)


def bubbles_of(reply: Reply) -> tuple[Bubble, ...]:
    """The messages of Telegram, whose markup its renderer has escaped."""
    return tuple(
        Bubble(
            markup=Markup(message.html),  # noqa: S704 escaped by render_telegram_html
            rows=tuple(message.rows),
            units=utf16_units(message.plain),
        )
        for message in render_telegram_html(reply, _TELEGRAM)
    )


def choices(knowledge: KnowledgeBase) -> Sequence[tuple[str, str, list[tuple[str, str]]]]:
    """The facts of a case that may be chosen: kind, words, values with their words."""
    words = {"product": "欠的是", "role": "是谁", "stage": "到哪一步"}
    return [
        (kind, words[kind], [
            (value, label)
            for label, (of_kind, value) in knowledge.parts.labels.items()
            if of_kind == kind
        ])
        for kind in words
    ]  # fmt: skip
