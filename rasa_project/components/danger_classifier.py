"""The pipeline's watch over danger: strong danger comes before every topic."""

from __future__ import annotations

from typing import Any

from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.concepts.danger import DANGER_TOPIC, DangerLevel
from bot.knowledge.loader import load_knowledge
from rasa_project.components.chinese_normalizer import ChineseNormalizer, spoken
from rasa_project.components.concepts import Concepts
from rasa_project.components.danger_model import HARMLESS, DangerModel, opinion_of
from rasa_project.components.matters import with_danger
from rasa_project.components.question_classifier import tell, understood_of
from rasa_project.components.recipe import CLASSIFIER, registered
from rasa_project.components.sentence_featurizer import SentenceFeaturizer, vectors_of
from rasa_project.components.stored import StoredComponent
from rasa_project.components.word_lists import FOLDER, read_word_lists

DANGER = "danger"
"""The message property: a level of danger. Given with examples, found in messages."""

ORDINARY = "ordinary"
"""The level of what people tell and answer without any thought of danger."""

IS_HARMLESS = "is_harmless"
"""The message property: whether the message surely means no harm, whatever its words."""


@registered(CLASSIFIER, is_trainable=True)
class DangerClassifier(StoredComponent[DangerModel], IntentClassifier):
    """Sets DANGER; strong danger becomes the intent whatever else the message is about."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Spelling and vectors come first. (Rasa looks in training, where topics are not.)"""
        return [ChineseNormalizer, SentenceFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The likelihoods from which danger is strong, and weak, and below which there is none.

        How they were chosen: rasa_project/README.md.
        """
        return {DangerLevel.STRONG.value: 0.3, DangerLevel.WEAK.value: 0.25, HARMLESS: 0.02}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples, from ordinary talk, and from what only sounds like danger."""
        examples = [each for each in training_data.training_examples if each.get(TEXT)]
        harmless = load_knowledge(FOLDER).crisis.patterns.harmless
        model = DangerModel(Concepts(read_word_lists()), harmless)
        model.fit([*map(spoken, examples)], vectors_of(examples), [*map(_is_danger, examples)])
        return self.keep(model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Look for danger in messages."""
        for message in messages:
            if not message.get(TEXT):
                continue
            (likelihood,) = self.learnt.likelihoods([spoken(message)], vectors_of([message]))
            opinion = opinion_of(likelihood, self._config)
            level = opinion.level
            message.set(DANGER, level.value if level else None, add_to_output=True)
            message.set(IS_HARMLESS, opinion.is_harmless, add_to_output=True)
            is_strong = level is DangerLevel.STRONG
            danger = likelihood or 0.0
            tell(message, with_danger(understood_of(message), danger, is_strong=is_strong))
        return messages


def _is_danger(example: Message) -> bool:
    is_strong = example.get(DANGER) == DangerLevel.STRONG.value
    return bool(is_strong or example.get(INTENT) == DANGER_TOPIC)
