"""The pipeline's last word: answer, or offer choices instead."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

THRESHOLD = "threshold"
THRESHOLD_OF = "threshold_of"


def is_accepted(topic: str | None, confidence: float, config: dict[str, Any]) -> bool:
    """Whether the best topic is likely enough to be answered without asking back."""
    wanted = config[THRESHOLD_OF].get(topic, config[THRESHOLD])
    return confidence >= float(wanted)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Acceptance(GraphComponent, IntentClassifier):
    """Puts nlu_fallback first, and keeps the ranking behind it, where no topic is likely enough.

    Unlike Rasa's FallbackClassifier it knows topics that have a threshold of their own: a sign
    of danger is taken up earlier than a question of law.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @classmethod
    def required_components(cls) -> list[type]:
        """There must be something to accept."""
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The threshold that costs least, as `python -m rasa_project.evaluation` computes it."""
        return {THRESHOLD: 0.56, THRESHOLD_OF: {}}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Acceptance:
        """A new component."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide for each message."""
        for message in messages:
            intent = message.get(INTENT)
            if not message.get(TEXT) or intent is None:
                continue
            topic, confidence = intent[INTENT_NAME_KEY], intent[PREDICTED_CONFIDENCE_KEY]
            if topic is not None and is_accepted(topic, confidence, self._config):
                continue
            fallback = {
                INTENT_NAME_KEY: DEFAULT_NLU_FALLBACK_INTENT_NAME,
                PREDICTED_CONFIDENCE_KEY: self._config[THRESHOLD],
            }
            ranking = [fallback, *(message.get(INTENT_RANKING_KEY) or [])]
            message.set(INTENT, dict(fallback), add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages
