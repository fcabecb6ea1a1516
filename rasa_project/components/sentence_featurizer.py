"""The pipeline's sense of meaning: a vector for each message, as Rasa's dense features."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.facts.folding import fold
from rasa_project.components.chinese_normalizer import ChineseNormalizer, spoken
from rasa_project.components.clauses import clauses_of, cut_otherwise
from rasa_project.components.recipe import FEATURIZER, registered
from rasa_project.components.sentence_encoder import SentenceEncoder, Vectors, encode_ahead
from rasa_project.components.stored import StoredComponent

_ORIGIN = "SentenceFeaturizer"
_GAP = re.compile(r"(?<=[\u4e00-\u9fff”]) (?=[\u4e00-\u9fff“])")
"""What a paper's lines are drawn together at."""


@registered(FEATURIZER, is_trainable=True)
class SentenceFeaturizer(StoredComponent[SentenceEncoder]):
    """Adds one sentence feature to every message that has a text."""

    @classmethod
    def required_components(cls) -> list[type]:
        """The normaliser comes first."""
        return [ChineseNormalizer]

    def train(self, training_data: TrainingData) -> Resource:
        """Learn in what the examples differ most."""
        written = [spoken(each) for each in training_data.training_examples if each.get(TEXT)]
        return self.keep(SentenceEncoder().fit(written))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Give the examples their vectors."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Give messages their vectors."""
        written = [message for message in messages if message.get(TEXT)]
        if not written:
            return messages
        if len(written) == 1:
            encode_ahead(_readings(written[0]))
        for message, vector in zip(written, self.learnt.of([*map(spoken, written)]), strict=True):
            message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, _ORIGIN))
        return messages


def _readings(message: Message) -> list[str]:
    """What is asked for of one message: itself, its clauses, and how it is read as a paper."""
    text = message.get(TEXT)
    clauses = [each for cut in (clauses_of(text), *cut_otherwise(text)) for each in cut]
    return [*dict.fromkeys([spoken(message), *clauses, _GAP.sub("", fold(text))])]


def vectors_of(messages: list[Message]) -> Vectors:
    """A row for each message, as SentenceFeaturizer gave it."""
    return np.concatenate([_vector(message) for message in messages])


def _vector(message: Message) -> Any:
    # Rasa's own way to ask for it copies all that there is.
    for each in message.features:
        if each.origin == _ORIGIN:
            return each.features
    raise RuntimeError("SentenceFeaturizer must come earlier in the pipeline")
