"""Hosts the dialogue inside Rasa: the conversation in one slot, choices as Rasa's own buttons."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.answering.adviser import Adviser
from bot.answering.composer import Situation
from bot.answering.joined import adviser_of
from bot.answering.pages import Pages
from bot.answering.tasks.all_tasks import Doors, all_tasks
from bot.concepts.choice import Choice
from bot.concepts.clock import SHANGHAI
from bot.concepts.danger import Danger
from bot.concepts.reply import Reply
from bot.concepts.stored_conversation import as_stored, of_stored
from bot.concepts.understanding import Understanding
from bot.dialogue.step import Heard
from bot.knowledge.library import open_book
from bot.rendering.plain_text import render_plain_text
from bot.safety.crisis_words import CrisisWatch
from bot.safety.masking import mask_personal_data
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
        host = _host()
        text = mask_personal_data(str(tracker.latest_message.get("text") or ""))
        choice, meaning = _tapped(tracker), None
        if choice is None:
            meaning = read_parsed(tracker.latest_message)
        now = datetime.now(SHANGHAI)
        heard = Heard(text="" if choice else text, now=now, choice=choice, meaning=meaning)
        sender = tracker.sender_id
        situation = Situation(
            sender=sender,
            address=sender,
            text=heard.text,
            now=now,
            is_about_other=host.watch.is_about_other(heard.text),
        )
        talk = of_stored(tracker.get_slot(CONVERSATION) or {})
        danger = host.danger_in(heard.text, meaning)
        said = await host.adviser.reply(heard, talk, situation, danger)
        _say(said.reply, dispatcher)
        kept = json.loads(json.dumps(as_stored(said.conversation), ensure_ascii=False))
        return [SlotSet(CONVERSATION, kept)]


class _Host:
    """The book, opened once, and everything over it."""

    def __init__(self) -> None:
        book = open_book(KNOWLEDGE)
        pages, memory = Pages(book.knowledge), Memory()
        doors = Doors(
            note_unanswered=memory.note_unanswered,
            delete_messages=memory.delete_messages,
            fill_template=memory.fill_template,
            to_docx=memory.to_docx,
        )
        tasks = all_tasks(book, pages, memory.stores(), doors)
        self.watch = CrisisWatch(book.knowledge.crisis.patterns)
        self.adviser: Adviser = adviser_of(book, pages, tasks, memory.note_feedback)

    def danger_in(self, text: str, meaning: Understanding | None) -> Danger | None:
        """What the words show and the model says together."""
        words = self.watch.look(text)
        level = words.level if words is not None else None
        if meaning is not None:
            level = meaning.danger.beside(level)
        return None if level is None else Danger(level, self.watch.is_about_other(text))


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
