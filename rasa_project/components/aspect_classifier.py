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

PLACE = "place"
"""The message property of an example: <topic>#<number of its entry under 接着会问>."""

ASKED_NEXT = "asked_next"
"""The message property: the places whose ways of asking mean most nearly the same."""

NEAREST = 60
"""How many places are named: enough that those of the matter in hand are among them."""

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
        places = [each.get(PLACE) for each in examples]
        model = AspectModel(Concepts(read_word_lists()))
        texts = [*map(spoken, examples)]
        return self.keep(model.fit(texts, vectors_of(examples), labels, places))

    def process(self, messages: list[Message]) -> list[Message]:
        """Listen to messages."""
        written = [message for message in messages if message.get(TEXT)]
        if not written:
            return messages
        vectors = vectors_of(written)
        found = self.learnt.of([*map(spoken, written)], vectors)
        for message, vector, (aspect, likelihood) in zip(written, vectors, found, strict=True):
            is_short = len(message.get(TEXT)) <= LONGEST
            is_asked = is_short and aspect != NONE
            told: Any = {"name": aspect if is_asked else None, "confidence": likelihood}
            message.set(ASPECT, told, add_to_output=True)
            near = self.learnt.nearest(vector, NEAREST) if is_short else []
            shown = [{"name": place, "likeness": likeness} for place, likeness in near]
            message.set(ASKED_NEXT, shown, add_to_output=True)
        return messages
