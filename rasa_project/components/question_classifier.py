"""The pipeline's classifier: which topic a message is about, and which others it touches."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
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

from bot.knowledge.loader import load_knowledge
from rasa_project.components.chinese_normalizer import SPOKEN, ChineseNormalizer
from rasa_project.components.concepts import Concepts
from rasa_project.components.matters import understand
from rasa_project.components.question_model import QuestionModel, Ranking
from rasa_project.components.word_lists import FOLDER, fingerprint, read_word_lists

MATTERS = "matters"
"""The message property that lists every topic found, best first."""

_FILE = "question_model.joblib"


@dataclass(frozen=True)
class Learnt:
    """What training leaves behind; `talk` names the topics that are no matter beside others."""

    model: QuestionModel
    talk: frozenset[str]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionClassifier(GraphComponent, IntentClassifier):
    """Sets intent, intent_ranking and matters; no intent for text that nothing is known of."""

    def __init__(
        self, storage: ModelStorage, resource: Resource, learnt: Learnt | None = None
    ) -> None:
        self._storage = storage
        self._resource = resource
        self._learnt = learnt

    @classmethod
    def required_components(cls) -> list[type]:
        """The normaliser comes first."""
        return [ChineseNormalizer]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionClassifier:
        """An untrained component."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> QuestionClassifier:
        """The component as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, joblib.load(Path(folder) / _FILE))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with knowledge/concepts.yml and this package's code, unseen by Rasa."""
        return fingerprint()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples and keep the model."""
        examples = [each for each in training_data.intent_examples if each.get(TEXT)]
        model = QuestionModel(Concepts(read_word_lists()))
        model.fit([_spoken(each) for each in examples], [each.get(INTENT) for each in examples])
        self._learnt = Learnt(model, frozenset(load_knowledge(FOLDER).talk))
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._learnt, Path(folder) / _FILE, compress=3)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify messages."""
        if self._learnt is None:
            raise RuntimeError("QuestionClassifier was neither trained nor loaded")
        for message in messages:
            if not message.get(TEXT):
                continue
            understood = understand(_spoken(message), self._learnt.model, self._learnt.talk)
            entries = _entries(understood.ranking)
            best = dict(entries[0]) if entries else _entry(None, 0.0)
            message.set(INTENT, best, add_to_output=True)
            message.set(INTENT_RANKING_KEY, entries, add_to_output=True)
            message.set(MATTERS, list(understood.matters), add_to_output=True)
        return messages


def _spoken(message: Message) -> str:
    return str(message.get(SPOKEN) or message.get(TEXT))


def _entries(ranking: Ranking) -> list[dict[str, Any]]:
    return [_entry(topic, share) for topic, share in ranking]


def _entry(topic: str | None, share: float) -> dict[str, Any]:
    return {INTENT_NAME_KEY: topic, PREDICTED_CONFIDENCE_KEY: share}
