"""The pipeline's first step: one spelling for understanding; the message's own text is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_project.components.spelling import Spelling
from rasa_project.components.word_lists import fingerprint, read_word_lists

SPOKEN = "spoken"
"""The message property that holds the normalised text."""

_FILE = "spelling.joblib"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class ChineseNormalizer(GraphComponent):
    """Sets SPOKEN on every message that has a text."""

    def __init__(
        self, storage: ModelStorage, resource: Resource, spelling: Spelling | None = None
    ) -> None:
        self._storage = storage
        self._resource = resource
        self._spelling = spelling

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ChineseNormalizer:
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
    ) -> ChineseNormalizer:
        """The component as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, joblib.load(Path(folder) / _FILE))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with knowledge/spelling.yml and concepts.yml, which Rasa does not see."""
        return fingerprint()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn what people write on purpose, and keep it."""
        texts = [each.get(TEXT) for each in training_data.intent_examples if each.get(TEXT)]
        self._spelling = Spelling(read_word_lists()).fit(texts)
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._spelling, Path(folder) / _FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Normalise the examples."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Normalise messages."""
        if self._spelling is None:
            raise RuntimeError("ChineseNormalizer was neither trained nor loaded")
        for message in messages:
            if text := message.get(TEXT):
                message.set(SPOKEN, self._spelling.normalize(text))
        return messages
