"""The pipeline's classifier: which topic a message is about, and which others it touches."""

from __future__ import annotations

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

from rasa_project.components.chinese_normalizer import SPOKEN
from rasa_project.components.question_model import QuestionModel

MATTERS = "matters"
"""The message property that lists every topic found, best first."""

_FILE = "question_model.joblib"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True
)
class QuestionClassifier(GraphComponent, IntentClassifier):  # type: ignore[misc]
    """Sets intent, intent_ranking and matters."""

    def __init__(
        self, storage: ModelStorage, resource: Resource, model: QuestionModel | None = None
    ) -> None:
        self._storage = storage
        self._resource = resource
        self._model = model

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

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples and keep the model."""
        examples = [each for each in training_data.intent_examples if each.get(TEXT)]
        texts = [_spoken(each) for each in examples]
        self._model = QuestionModel().fit(texts, [each.get(INTENT) for each in examples])
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, Path(folder) / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify messages."""
        assert self._model is not None
        for message in messages:
            if not message.get(TEXT):
                continue
            (ranking,) = self._model.predict([_spoken(message)])
            entries = [
                {INTENT_NAME_KEY: topic, PREDICTED_CONFIDENCE_KEY: confidence}
                for topic, confidence in ranking
            ]
            message.set(INTENT, dict(entries[0]), add_to_output=True)
            message.set(INTENT_RANKING_KEY, entries, add_to_output=True)
            message.set(MATTERS, [entries[0][INTENT_NAME_KEY]], add_to_output=True)
        return messages


def _spoken(message: Message) -> str:
    return str(message.get(SPOKEN) or message.get(TEXT))
