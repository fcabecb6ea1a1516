"""Hosts the dialogue inside Rasa: the conversation in one slot, choices as Rasa's own buttons."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.answering.adviser import Adviser
from bot.answering.composer import Situation
from bot.answering.joined import adviser_of
from bot.answering.pages import Pages
from bot.answering.tasks.all_tasks import Doors, all_tasks
from bot.answering.voice import is_foreign
from bot.concepts.choice import Choice
from bot.concepts.clock import SHANGHAI
from bot.concepts.danger import Danger
from bot.concepts.reply import Reply
from bot.concepts.stored_conversation import as_stored, of_stored
from bot.concepts.understanding import Understanding
from bot.dialogue.step import Heard
from bot.knowledge.library import open_book
from bot.knowledge.version import version_of
from bot.rendering.plain_text import render_plain_text
from bot.safety.crisis_words import CrisisWatch
from bot.safety.masking import mask_all_but_callers
from bot.understanding.parsed import read_parsed
from rasa_project.actions.memory import Memory
from rasa_project.folders import KNOWLEDGE

BUTTON = "button"
"""The intent that only our buttons send; its entity `choice` says what was tapped."""

CONVERSATION = "conversation"
"""The slot."""


class Converse(Action):
    """Answers one message, as the bot would."""

    def name(self) -> str:
        """The name in rules."""
        return "action_converse"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say the reply, and keep the conversation."""
        message = tracker.latest_message
        choice = _tapped(tracker)
        turn = await converse(
            "" if choice else str(message.get("text") or ""),
            sender=tracker.sender_id,
            stored=tracker.get_slot(CONVERSATION) or {},
            now=datetime.now(SHANGHAI),
            choice=choice,
            parsed=None if choice else message,
        )
        _say(turn.reply, dispatcher)
        return [SlotSet(CONVERSATION, turn.stored)]


@dataclass(frozen=True)
class Turn:
    """A reply, the conversation after it as plain JSON, and the danger that was seen."""

    reply: Reply
    stored: dict[str, Any]
    danger: Optional[Danger]


async def converse(
    text: str,
    *,
    sender: str,
    stored: Mapping[str, Any],
    now: datetime,
    choice: Optional[Choice] = None,
    parsed: Optional[Mapping[str, Any]] = None,
) -> Turn:
    """One turn of the dialogue; `parsed` is what `/model/parse` says of the text."""
    host, masked = _host(), mask_all_but_callers(text)
    meaning = None if parsed is None else read_parsed(parsed)
    heard = Heard(text=masked, now=now, choice=choice, meaning=meaning)
    situation = Situation(
        sender=sender,
        address=sender,
        text=masked,
        now=now,
        is_about_other=host.watch.is_about_other(masked),
    )
    danger = host.danger_in(masked, meaning)
    said = await host.adviser.reply(heard, of_stored(stored), situation, danger)
    kept = json.loads(json.dumps(as_stored(said.conversation), ensure_ascii=False))
    return Turn(said.reply, kept, danger)


class _Host:
    """The book, opened once, and everything over it."""

    def __init__(self) -> None:
        book = open_book(KNOWLEDGE)
        pages, memory = Pages(book.knowledge, version_of(KNOWLEDGE)), Memory()
        doors = Doors(
            delete_messages=memory.delete_messages,
            fill_template=memory.fill_template,
            to_docx=memory.to_docx,
            to_picture=memory.to_picture,
        )
        tasks = all_tasks(book, pages, memory.stores(), doors)
        self.watch = CrisisWatch(book.knowledge.crisis.patterns)
        self.adviser: Adviser = adviser_of(
            book, pages, tasks, memory.note_feedback, memory.note_missed
        )

    def danger_in(self, text: str, meaning: Understanding | None) -> Danger | None:
        """What the words show and the model says together."""
        words = self.watch.look(text)
        level = words.level if words is not None else None
        if meaning is not None and not is_foreign(text):
            level = meaning.danger.beside(level)
        if level is None:
            return None
        return Danger(level, self.watch.is_about_other(text), is_by_model=words is None)


@cache
def _host() -> _Host:
    return _Host()


def _tapped(tracker: Tracker) -> Choice | None:
    """What one of our buttons carried; typed text cannot carry it."""
    message = tracker.latest_message
    if (message.get("intent") or {}).get("name") != BUTTON:
        return None
    entities = {each["entity"]: each["value"] for each in message.get("entities") or []}
    return Choice.parse(str(entities.get("choice", "")))


def _say(reply: Reply, dispatcher: CollectingDispatcher) -> None:
    """The words, the names of files, and the buttons by number."""
    files = [f"〔{document.name}〕" for document in reply.documents]
    text = "\n\n".join(filter(None, (render_plain_text(reply.blocks), *files)))
    buttons = [
        {"title": button.label, "payload": f'/{BUTTON}{{"choice": "{button.choice}"}}'}
        for row in reply.buttons
        for button in row
    ]
    dispatcher.utter_message(text=text, buttons=buttons)
