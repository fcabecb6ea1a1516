"""The pipeline's eye for papers: whether a message is one, and of which kind."""

from __future__ import annotations

from typing import Any

from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.concepts.danger import DANGER_TOPIC
from bot.knowledge.faults import raise_if_any
from bot.knowledge.paper_texts import read_paper_texts
from bot.knowledge.paper_words import read_paper_words
from rasa_project.components.paper_model import PaperModel
from rasa_project.components.recipe import CLASSIFIER, registered
from rasa_project.components.stored import StoredComponent
from rasa_project.components.word_lists import FOLDER

PAPER = "paper"
"""The message property: the kinds of paper that a text may be, and whether it is one at all."""

_SHOWN = 5
_SHORTEST = 8
"""Signs of the shortest message that may be a paper."""


@registered(CLASSIFIER, is_trainable=True)
class PaperClassifier(StoredComponent[PaperModel], IntentClassifier):
    """Sets PAPER; the intent stays as it is."""

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the papers of the knowledge base, and from what people say themselves."""
        words, faults = read_paper_words(FOLDER)
        papers, more = read_paper_texts(FOLDER)
        raise_if_any([*faults, *more])
        if words is None:
            raise AssertionError(FOLDER)
        told = [
            str(each.get(TEXT))
            for each in training_data.training_examples
            if each.get(TEXT) and each.get(INTENT) not in (None, DANGER_TOPIC)
        ]
        return self.keep(PaperModel(words).fit(papers, told))

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at messages."""
        for message in messages:
            message.set(PAPER, self._seen(str(message.get(TEXT) or "")), add_to_output=True)
        return messages

    def _seen(self, text: str) -> dict[str, Any] | None:
        if len(text.strip()) < _SHORTEST:
            return None
        ranking, is_paper = self.learnt.ranking(text)
        kind, confidence = ranking[0]
        return {
            "kind": kind,
            "confidence": confidence,
            "is_paper": is_paper,
            "ranking": [{"name": name, "confidence": share} for name, share in ranking[:_SHOWN]],
        }
