"""From a normalised text to all topics with probabilities. Plain: works without Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import log_softmax, softmax

from rasa_project.components.concepts import Concepts
from rasa_project.components.familiarity import Familiarity
from rasa_project.components.grams import rows_of
from rasa_project.components.sentence_encoder import Vectors
from rasa_project.components.templates import template_groups
from rasa_project.components.views import Views
from rasa_project.components.voters import Voters

Ranking = tuple[tuple[str, float], ...]
Scores = Any
"""A NumPy matrix: a row for each text, a column for each topic."""

FOLDS = 3
_LONGEST = 2
_SEED = 20261123
_NEVER = -100.0


class QuestionModel:
    """Learns from examples and ranks all topics for a text.

    Three views of a text, each as n-grams of one to two signs: as written, with words of one
    meaning made one, and by sound; and the vector of a sentence encoder. Voters score the
    topics; the scores become probabilities by one temperature that cross-validation over groups
    of similar examples sets.
    """

    def __init__(self, concepts: Concepts) -> None:
        self._views = Views(concepts, longest=_LONGEST)
        self._voters = Voters()
        self._sharpness = 1.0
        self._familiarity = Familiarity()

    @property
    def topics(self) -> tuple[str, ...]:
        """What it can tell apart."""
        return self._voters.topics

    def fit(self, texts: Sequence[str], vectors: Vectors, topics: Sequence[str]) -> QuestionModel:
        """Learn, and set the temperature from examples held out by turns."""
        self._familiarity.fit(texts)
        features = self._views.learn(texts)
        wanted = np.asarray(topics)
        held_out = _held_out_scores(features, vectors, wanted, template_groups(texts, wanted))
        self._voters.fit(features, vectors, wanted)
        self._sharpness = _best_sharpness(held_out, np.searchsorted(self.topics, wanted))
        return self

    def relearn(
        self, texts: Sequence[str], vectors: Vectors, topics: Sequence[str]
    ) -> QuestionModel:
        """Learn other examples with the temperature as it is: a quarter of the time of `fit`."""
        self._familiarity.fit(texts)
        self._voters.fit(self._views.learn(texts), vectors, np.asarray(topics))
        return self

    def knows(self, text: str) -> bool:
        """Whether there is anything in the text that an example has too."""
        return self._familiarity.knows(text)

    def rank_each(self, texts: Sequence[str], vectors: Vectors) -> list[Ranking]:
        """All topics for each text, best first. A vector of zeros: by the words alone."""
        if not texts:
            return []
        scores = self._voters.scores(self._views.rows(texts), vectors)
        return [self._ranking(row) for row in softmax(scores * self._sharpness, axis=1)]

    def held_out(
        self, texts: Sequence[str], vectors: Vectors, topics: Sequence[str]
    ) -> list[Ranking]:
        """The ranking of each example by a model that saw neither it nor one like it."""
        wanted = np.asarray(topics)
        groups = template_groups(texts, wanted)
        scores = _held_out_scores(self._views.of(texts), vectors, wanted, groups)
        return [self._ranking(row) for row in softmax(scores * self._sharpness, axis=1)]

    def _ranking(self, likely: Scores) -> Ranking:
        topics = self.topics
        return tuple((topics[i], float(likely[i])) for i in np.argsort(-likely))


def _held_out_scores(
    features: csr_matrix, vectors: Vectors, wanted: Any, groups: Sequence[int]
) -> Scores:
    """Scores of each example by a model that saw neither it nor one like it."""
    from joblib import Parallel, delayed
    from sklearn.model_selection import StratifiedGroupKFold

    classes = np.unique(wanted)
    scores = np.full((len(wanted), len(classes)), _NEVER)

    def fold(seen: Any, held: Any) -> None:
        voters = Voters().fit(features[seen], vectors[seen], wanted[seen])
        columns = np.searchsorted(classes, voters.topics)
        scores[np.ix_(held, columns)] = voters.scores([*rows_of(features[held])], vectors[held])

    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=_SEED)
    in_turn = folds.split(features, wanted, groups)
    # Learning leaves Python's lock, so that threads use both cores.
    Parallel(n_jobs=2, prefer="threads")(delayed(fold)(*each) for each in in_turn)
    return scores


def _best_sharpness(scores: Scores, right: Any) -> float:
    from scipy.optimize import minimize_scalar

    def surprise(logarithm: float) -> float:
        likely = log_softmax(scores * np.exp(logarithm), axis=1)
        return float(-likely[np.arange(len(right)), right].mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(-2, 4), method="bounded").x))
