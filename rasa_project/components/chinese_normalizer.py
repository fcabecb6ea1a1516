"""The pipeline's first step: one spelling for understanding; the message's own text is kept."""

from __future__ import annotations

from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_project.components.recipe import FEATURIZER, registered
from rasa_project.components.spelling import Spelling
from rasa_project.components.stored import StoredComponent
from rasa_project.components.word_lists import read_word_lists

SPOKEN = "spoken"
"""The message property that holds the normalised text."""


@registered(FEATURIZER, is_trainable=True)
class ChineseNormalizer(StoredComponent[Spelling]):
    """Sets SPOKEN on every message that has a text."""

    def train(self, training_data: TrainingData) -> Resource:
        """Learn what people write on purpose, and keep it."""
        texts = [each.get(TEXT) for each in training_data.training_examples if each.get(TEXT)]
        return self.keep(Spelling(read_word_lists()).fit(texts))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Normalise the examples."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Normalise messages."""
        for message in messages:
            if text := message.get(TEXT):
                message.set(SPOKEN, self.learnt.normalize(text))
        return messages


def spoken(message: Message) -> str:
    """The normalised text, or the text as it is."""
    return str(message.get(SPOKEN) or message.get(TEXT))
