"""What a message is about: all topics by likelihood, and every matter that is clearly in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from bot.concepts.danger import DANGER_TOPIC
from bot.safety.normalizing import squeeze
from rasa_project.components.question_model import QuestionModel, Ranking
from rasa_project.components.sentence_encoder import Vectors

_CLAUSE_END = re.compile(r"[,，.。;；!！?？\s]+")
_SHORTEST = 4
"""Characters that a clause must have to be a matter of its own."""

CLEAR_CLAUSE = 0.65
"""How likely a clause must make a topic that the whole message suggests too."""

SUGGESTED = 5
"""So many of the whole message's best topics may be confirmed by a clause."""

CLEAR_WHOLE = 0.3
"""How likely the whole message must make a topic for itself."""

_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Understood:
    """All topics, best first; and the matters among them. Both empty for unknown text."""

    ranking: Ranking
    matters: tuple[str, ...]


def understand_each(
    texts: Sequence[str], vectors: Vectors, model: QuestionModel, never: Collection[str]
) -> list[Understood]:
    """Rank each whole message, then look into its clauses.

    `never` names what is not a matter beside others: talk. A clause is judged by its words alone:
    to encode it as well would take longer than all the rest.
    """
    parts = [_parts(text) if model.knows(text) else [] for text in texts]
    flat = [part for each in parts for part in each]
    meanings = np.zeros((len(flat), vectors.shape[1]), dtype=np.float32)
    place = 0
    for each, vector in zip(parts, vectors, strict=True):
        meanings[place : place + 1] = vector
        place += len(each)
    rankings = iter(model.rank_each(flat, meanings))
    ranked = [list(islice(rankings, len(each))) for each in parts]
    return [_joined(each[0], each[1:], never) if each else Understood((), ()) for each in ranked]


def _joined(whole: Ranking, clauses: Sequence[Ranking], never: Collection[str]) -> Understood:
    best = whole[0][0]
    if best in never:
        return Understood(whole, (best,))
    likely = {topic: share for topic, share in whole if share >= CLEAR_WHOLE}
    suggested = {topic for topic, _ in whole[:SUGGESTED]}
    for clause in clauses:
        topic, share = clause[0]
        if share >= CLEAR_CLAUSE and topic in suggested:
            likely[topic] = max(likely.get(topic, 0.0), share)
    others = sorted(set(likely) - {best, *never}, key=lambda topic: -likely[topic])
    return Understood(whole, (best, *others[: _AT_MOST - 1]))


def with_danger(understood: Understood, likelihood: float, *, is_strong: bool) -> Understood:
    """The same with danger at its place among the topics; strong danger is the only matter."""
    if not understood.ranking and not is_strong:
        return understood
    others = [(topic, share * (1 - likelihood)) for topic, share in understood.ranking]
    danger = (DANGER_TOPIC, likelihood)
    if is_strong:
        return Understood((danger, *others), (DANGER_TOPIC,))
    ranking = tuple(sorted([*others, danger], key=lambda entry: -entry[1]))
    return Understood(ranking, understood.matters)


def _parts(text: str) -> list[str]:
    """The whole text, then its clauses where there are several."""
    clauses = [part for part in _CLAUSE_END.split(text) if len(squeeze(part)) >= _SHORTEST]
    return [text, *(clauses if len(clauses) > 1 else [])]
