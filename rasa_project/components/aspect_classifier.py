"""The pipeline's ear for follow-ups: which side of the matter in hand is asked for."""

from __future__ import annotations

from typing import Any

from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_project.components.aspect_model import NONE, AspectModel
from rasa_project.components.chinese_normalizer import ChineseNormalizer, spoken
from rasa_project.components.concepts import Concepts
from rasa_project.components.recipe import CLASSIFIER, registered
from rasa_project.components.sentence_featurizer import SentenceFeaturizer, vectors_of
from rasa_project.components.stored import StoredComponent
from rasa_project.components.word_lists import read_word_lists

ASPECT = "aspect"
"""The message property: given as a name with examples, found as a name with its confidence."""

LONGEST = 40
"""Characters of the longest message that may lean on what was said before."""

_EVERY = 3
"""One of so many examples of topics is learnt as standing alone: there are far more of them."""


@registered(CLASSIFIER, is_trainable=True)
class AspectClassifier(StoredComponent[AspectModel], IntentClassifier):
    """Sets ASPECT; what was said before is the dialogue's business."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Spelling and vectors come first."""
        return [ChineseNormalizer, SentenceFeaturizer]

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the ways of asking next, and from questions that stand alone."""
        asked = [each for each in training_data.training_examples if each.get(ASPECT)]
        alone = [
            each
            for each in training_data.intent_examples
            if each.get(TEXT) and each.get(INTENT) and len(each.get(TEXT)) <= LONGEST
        ][::_EVERY]
        examples = [*asked, *alone]
        labels = [each.get(ASPECT) or NONE for each in examples]
        model = AspectModel(Concepts(read_word_lists()))
        return self.keep(model.fit([*map(spoken, examples)], vectors_of(examples), labels))

    def process(self, messages: list[Message]) -> list[Message]:
        """Listen to messages."""
        written = [message for message in messages if message.get(TEXT)]
        if not written:
            return messages
        found = self.learnt.of([*map(spoken, written)], vectors_of(written))
        for message, (aspect, likelihood) in zip(written, found, strict=True):
            is_asked = aspect != NONE and len(message.get(TEXT)) <= LONGEST
            told: Any = {"name": aspect if is_asked else None, "confidence": likelihood}
            message.set(ASPECT, told, add_to_output=True)
        return messages
