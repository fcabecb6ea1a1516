"""The pipeline's last word: answer, or offer choices instead."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
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

from bot.concepts.danger import DangerLevel
from rasa_project.components.danger_classifier import DANGER
from rasa_project.components.recipe import CLASSIFIER, registered

THRESHOLD = "threshold"


@registered(CLASSIFIER, is_trainable=False)
class Acceptance(GraphComponent, IntentClassifier):
    """Puts nlu_fallback first, and keeps the ranking behind it, where no topic is likely enough.

    Unlike Rasa's FallbackClassifier it lets strong danger pass, however likely.
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
        return {THRESHOLD: 0.6}

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
            is_known = intent[INTENT_NAME_KEY] is not None
            is_likely = intent[PREDICTED_CONFIDENCE_KEY] >= float(self._config[THRESHOLD])
            is_danger = message.get(DANGER) == DangerLevel.STRONG.value
            if is_danger or (is_known and is_likely):
                continue
            fallback = {
                INTENT_NAME_KEY: DEFAULT_NLU_FALLBACK_INTENT_NAME,
                PREDICTED_CONFIDENCE_KEY: self._config[THRESHOLD],
            }
            ranking = [fallback, *(message.get(INTENT_RANKING_KEY) or [])]
            message.set(INTENT, dict(fallback), add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages
