"""Says messages to a Book as a person would, and tells why each was answered so. Keeps nothing."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import count

from bot.answering.tasks.all_tasks import Doors, checker_of
from bot.concepts.conversation import Conversation
from bot.concepts.message import IncomingMessage
from bot.concepts.missed import Missed
from bot.concepts.understanding import Understanding
from bot.desk.likeness import likeness, signs_of
from bot.desk.preview import Bubble, bubbles_of
from bot.dialogue.short_words import ShortWords
from bot.dialogue.step import Heard
from bot.edition import Edition, Press
from bot.errors import RasaUnavailableError
from bot.facts.cases import read_case
from bot.facts.telling import CaseVocabulary
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.library import Book
from bot.knowledge.version import Version
from bot.people_records import Records
from bot.rendering.word_files import contact_picture, fill_template, paper_to_docx
from bot.safety.masking import mask_personal_data
from bot.safety.normalizing import normalize
from bot.safety.pseudonyms import Pseudonyms
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.turn import take_turn
from bot.understanding.client import RasaClient
from bot.waiting import WaitingQuestions

_KEY = bytes(32)
_NEAREST, _MEANT = 5, 4
_PEOPLE = count(1)


@dataclass(frozen=True, slots=True)
class Near:
    """An example that is like a message, and what it is an example of."""

    text: str
    matter: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One message: the reply, and why. `meaning` is None where a known word decided alone.

    `rules` are what word lists said, by their kind; `effects` what the dialogue decided;
    `nearest` the examples nearest by their characters, `meant` those of what the model understood.
    """

    text: str
    bubbles: tuple[Bubble, ...]
    meaning: Understanding | None
    danger: str | None
    facts: Mapping[str, object]
    case: Mapping[str, object]
    rules: Mapping[str, str]
    effects: tuple[str, ...]
    nearest: tuple[Near, ...]
    meant: tuple[Near, ...]


async def try_messages(
    book: Book, version: Version, understanding: RasaClient, texts: Sequence[str], now: datetime
) -> list[Tried]:
    """Each message after the other, in one conversation; RasaUnavailableError without an ear."""
    database = await Database.open("sqlite+aiosqlite://")
    try:
        edition = await asyncio.to_thread(_press(database, understanding).edition, book, version)
        person = f"trying-{next(_PEOPLE)}"
        talk, found = Conversation(), []
        for text in texts:
            tried, talk = await _try(edition, text, person, talk, now)
            found.append(tried)
        return found
    finally:
        await database.close()


async def _try(
    edition: Edition, text: str, person: str, before: Conversation, now: datetime
) -> tuple[Tried, Conversation]:
    parts, book = edition.parts, edition.book
    message = IncomingMessage(sender_id=person, sent_on=now, text=text)
    masked = mask_personal_data(text)
    turn = await take_turn(message, parts)
    heard, meaning = Heard(text=masked, now=now), turn.meaning
    if meaning is None and parts.adviser.dialogue.needs_meaning(heard, before):
        raise RasaUnavailableError("nobody understood what is tried")
    step = parts.adviser.dialogue.next(replace(heard, meaning=meaning), before)
    told = meaning.heard if meaning is not None else ()
    vocabulary = CaseVocabulary(facts=book.facts, case=book.case_words, normalize=normalize)
    facts = checker_of(book).read(masked, now.date(), told).as_json()
    tried = Tried(
        text=text,
        bubbles=bubbles_of(turn.reply),
        meaning=meaning,
        danger=turn.danger.level.value if turn.danger is not None else None,
        facts=_told(facts),
        case=_told(read_case(masked, vocabulary, now).as_json()),
        rules=_rules(book, masked),
        effects=tuple(f"{each.kind.value}: {each.name}" for each in step.effects),
        nearest=tuple(nearest(masked, book.knowledge)),
        meant=tuple(nearest_meant(masked, meaning, book.knowledge)),
    )
    return tried, turn.conversation


def nearest(text: str, knowledge: KnowledgeBase) -> list[Near]:
    """The examples most like a text by their characters."""
    return _most_alike(text, knowledge.examples(), _NEAREST)


def nearest_meant(
    text: str, meaning: Understanding | None, knowledge: KnowledgeBase
) -> list[Near]:
    """The most alike example of each matter that the model thinks of first: near by meaning."""
    examples = knowledge.examples()
    ranking = meaning.ranking[:_MEANT] if meaning is not None else ()
    return [
        near
        for each in ranking
        if each.topic in examples
        for near in _most_alike(text, {each.topic: examples[each.topic]}, 1)
    ]


def _most_alike(text: str, examples: Mapping[str, Sequence[str]], at_most: int) -> list[Near]:
    signs = signs_of(text)
    near = [
        Near(example, matter, likeness(signs, _signs(example)))
        for matter, texts in examples.items()
        for example in texts
    ]
    best = sorted(near, key=lambda each: -each.share)[:at_most]
    return [each for each in best if each.share > 0]


@lru_cache(maxsize=65536)
def _signs(example: str) -> frozenset[str]:
    return signs_of(example)


def _rules(book: Book, text: str) -> dict[str, str]:
    """What is known by whole short sentences, without a model."""
    words = ShortWords(book.talk, book.shapes)
    said = {
        "接着问": words.aspect_in(text) or "、".join(words.shapes_in(text)),
        "要办": words.task_in(text) or words.lead_in(text) or words.wish_sign_in(text),
        "说谈话本身": words.wish_in(text),
        "换一种情况": "是" if words.is_other_case(text) else None,
        "更正": "是" if words.is_correction(text) else None,
    }
    return {kind: found for kind, found in said.items() if found}


def _told(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value not in (None, [], "", {})}


def _press(database: Database, understanding: RasaClient) -> Press:
    records, pseudonyms = Records.over(database, FreeTextCipher(_KEY)), Pseudonyms(_KEY)
    return Press(
        understanding=understanding,
        is_starting=lambda: False,
        conversations=records.conversations,
        stores=records.stores(),
        doors=Doors(
            delete_messages=_delete_nothing,
            fill_template=fill_template,
            to_docx=paper_to_docx,
            to_picture=contact_picture,
        ),
        note_feedback=_note_nothing,
        note_missed=_forget,
        pseudonyms=pseudonyms,
        waiting=WaitingQuestions(records.waiting, pseudonyms.of),
    )


async def _delete_nothing(_: str, __: tuple[int, ...]) -> int:
    return 0


async def _note_nothing(*_: object) -> None:
    """What is tried is nobody's opinion."""


async def _forget(_: Missed) -> None:
    """What is tried did not happen to anybody."""
