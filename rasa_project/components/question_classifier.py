"""The pipeline's classifier: which topic a message is about, and which others it touches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.concepts.danger import DANGER_TOPIC
from bot.knowledge.loader import load_knowledge
from rasa_project.components.chinese_normalizer import ChineseNormalizer, spoken
from rasa_project.components.concepts import Concepts
from rasa_project.components.matters import Understood, understand_each
from rasa_project.components.question_model import QuestionModel
from rasa_project.components.recipe import CLASSIFIER, registered
from rasa_project.components.sentence_featurizer import SentenceFeaturizer, vectors_of
from rasa_project.components.stored import StoredComponent
from rasa_project.components.word_lists import FOLDER, read_word_lists

MATTERS = "matters"
"""The message property that lists every topic found, best first."""


@dataclass(frozen=True)
class Learnt:
    """What training leaves behind; `talk` names the topics that are no matter beside others."""

    model: QuestionModel
    talk: frozenset[str]


@registered(CLASSIFIER, is_trainable=True)
class QuestionClassifier(StoredComponent[Learnt], IntentClassifier):
    """Sets intent, intent_ranking and matters; no intent for text that nothing is known of.

    Danger is left to a component of its own: DangerClassifier.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Spelling and vectors come first."""
        return [ChineseNormalizer, SentenceFeaturizer]

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples and keep the model."""
        examples = [
            each
            for each in training_data.intent_examples
            if each.get(TEXT) and each.get(INTENT) != DANGER_TOPIC
        ]
        topics = [each.get(INTENT) for each in examples]
        model = QuestionModel(Concepts(read_word_lists()))
        model.fit([*map(spoken, examples)], vectors_of(examples), topics)
        return self.keep(Learnt(model, frozenset(load_knowledge(FOLDER).talk)))

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify messages."""
        written = [message for message in messages if message.get(TEXT)]
        if not written:
            return messages
        learnt = self.learnt
        texts, vectors = [*map(spoken, written)], vectors_of(written)
        understood = understand_each(texts, vectors, learnt.model, learnt.talk)
        for message, each in zip(written, understood, strict=True):
            tell(message, each)
        return messages


def tell(message: Message, understood: Understood) -> None:
    """Set what was understood, as Rasa's policies and the outside read it."""
    entries = [_entry(topic, share) for topic, share in understood.ranking]
    best = dict(entries[0]) if entries else _entry(None, 0.0)
    message.set(INTENT, best, add_to_output=True)
    message.set(INTENT_RANKING_KEY, entries, add_to_output=True)
    message.set(MATTERS, list(understood.matters), add_to_output=True)


def understood_of(message: Message) -> Understood:
    """What an earlier component understood."""
    ranking = message.get(INTENT_RANKING_KEY) or []
    return Understood(
        tuple((each[INTENT_NAME_KEY], each[PREDICTED_CONFIDENCE_KEY]) for each in ranking),
        tuple(message.get(MATTERS) or ()),
    )


def _entry(topic: str | None, share: float) -> dict[str, Any]:
    return {INTENT_NAME_KEY: topic, PREDICTED_CONFIDENCE_KEY: share}
