"""The pipeline's ear for stories: between the topics and the watch over danger."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.concepts.clock import SHANGHAI
from bot.concepts.facts import ContactFacts
from bot.facts.reader import FactReader
from bot.knowledge.fact_words import read_fact_words
from bot.knowledge.faults import raise_if_any
from bot.knowledge.loader import load_menu
from bot.safety.normalizing import normalize
from rasa_project.components.question_classifier import tell, understood_of
from rasa_project.components.recipe import CLASSIFIER, registered
from rasa_project.components.stories import Stories
from rasa_project.components.word_lists import FOLDER

_GROUP = "conduct"
_OTHER_WAY = "not_the_debtor"
"""Who is dunned for somebody else's debt needs that answer first."""


@registered(CLASSIFIER, is_trainable=False)
class StoryListener(GraphComponent, IntentClassifier):
    """Puts the check of a call first where several acts are told."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Topics are ranked by another component."""
        return [IntentClassifier]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> StoryListener:
        """A new component."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Listen to messages."""
        for message in messages:
            if text := message.get(TEXT):
                understood = understood_of(message)
                heard = stories().take_up(text, understood)
                if heard is not understood:
                    tell(message, heard)
        return messages


@cache
def stories() -> Stories:
    """What the knowledge base says of conduct, read once."""
    groups = {group.id: group.topics for group in load_menu(FOLDER)}

    def read(text: str) -> ContactFacts:
        return fact_reader().read(text, datetime.now(SHANGHAI).date())

    return Stories(read, frozenset(groups[_GROUP]) - {_OTHER_WAY})


@cache
def fact_reader() -> FactReader:
    """What reads the acts of a story: a second of work, which most messages do not need."""
    words, faults = read_fact_words(FOLDER)
    raise_if_any(faults)
    if words is None:
        raise AssertionError(FOLDER)
    return FactReader(words, normalize)
