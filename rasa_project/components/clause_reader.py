"""The pipeline's ear for what each clause of a story tells: acts, people, danger now."""

from __future__ import annotations

from typing import Any

from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.concepts.clauses import Clause, HeardClause
from bot.knowledge.clauses import read_clauses
from bot.knowledge.faults import raise_if_any
from rasa_project.components.clause_model import ClauseModel
from rasa_project.components.clauses import clauses_of, cut_otherwise
from rasa_project.components.concepts import Concepts
from rasa_project.components.recipe import CLASSIFIER, registered
from rasa_project.components.stored import StoredComponent
from rasa_project.components.word_lists import FOLDER, read_word_lists

HEARD = "heard"
"""The message property: a list of clauses, each with its words and its labels by likelihood."""


@registered(CLASSIFIER, is_trainable=True)
class ClauseReader(StoredComponent[ClauseModel], IntentClassifier):
    """Sets HEARD; what a message is about is none of its business."""

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the annotated clauses, which are examples of no topic."""
        return self.keep(ClauseModel(Concepts(read_word_lists())).fit(annotated_clauses()))

    def process(self, messages: list[Message]) -> list[Message]:
        """Listen to messages."""
        for message in messages:
            if text := message.get(TEXT):
                heard = self.learnt.hear(clauses_of(text), cut_otherwise(text))
                message.set(HEARD, [*map(as_entry, heard)], add_to_output=True)
        return messages


def annotated_clauses() -> tuple[Clause, ...]:
    """All of knowledge/clauses/; KnowledgeError with every fault when one cannot be used."""
    clauses, faults = read_clauses(FOLDER)
    raise_if_any(faults)
    return clauses


def as_entry(clause: HeardClause) -> dict[str, Any]:
    """A clause as the parse result tells it."""
    return {"says": clause.says, "known": clause.is_known, "likely": dict(clause.likely)}
