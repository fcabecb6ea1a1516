"""Four simple learners that err differently vote on the topic."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, issparse

from rasa_project.components.grams import Row, halved, times
from rasa_project.components.sentence_encoder import Vectors

_STRENGTH = 5.0
_SMOOTHING = 0.05
_NEIGHBOURS = 3
_FADING = 0.7
_AT_ONCE = 64
"""Rows whose likenesses to all examples a processor keeps near."""

_ROUNDS = 1000
_TOLERANCE = 0.05
"""At the usual 0.0001 the same answers take twice as long to learn."""

_SEED = 20261123

_SPREADS = (1.15, 4.2, 0.21, 0.26)
"""The usual standard deviation of each voice over texts and topics, so that weights compare."""

WEIGHTS = (1.0, 0.4, 0.3, 0.5)
"""How much each voice counts, in standard deviations of its scores: rasa_project/README.md."""


class Voters:
    """Scores topics by a weighted vote. The two linear voices are kept as one matrix."""

    def __init__(self, weights: Sequence[float] = WEIGHTS) -> None:
        self._weights = [each / spread for each, spread in zip(weights, _SPREADS, strict=True)]
        self._slopes: Any = None
        self._offsets: Any = None
        self._nearest = NearestExamples()
        self._nearest_in_meaning = NearestExamples()
        self.topics: tuple[str, ...] = ()

    def fit(self, features: csr_matrix, vectors: Vectors, topics: Any) -> Voters:
        """Teach each of them, by n-grams and by sentence vectors."""
        from sklearn.linear_model import LogisticRegression
        from sklearn.naive_bayes import MultinomialNB

        # There are more n-grams than texts: the dual problem is the smaller one.
        line = LogisticRegression(
            C=_STRENGTH, solver="liblinear", dual=True, tol=_TOLERANCE, max_iter=_ROUNDS,
            random_state=_SEED,
        )  # fmt: skip
        line.fit(features, topics)
        odds = MultinomialNB(alpha=_SMOOTHING).fit(features, topics)
        self._nearest.fit(features, topics)
        self._nearest_in_meaning.fit(vectors, topics)
        for_line, for_odds, *_ = self._weights
        slopes = for_line * line.coef_ + for_odds * odds.feature_log_prob_
        # What is the same for every topic is taken off below in any case.
        self._slopes = halved((slopes - slopes.mean(axis=0)).T)
        self._offsets = for_line * line.intercept_ + for_odds * odds.class_log_prior_
        self.topics = tuple(map(str, line.classes_))
        return self

    def scores(self, rows: Sequence[Row], vectors: Vectors) -> Any:
        """A row for each text, a column for each topic. A vector of zeros has no vote."""
        linear = np.stack([times(row, self._slopes) for row in rows]) + self._offsets
        # The odds of a text's words sum to less for every topic the longer the text is.
        even = linear - linear.mean(axis=1, keepdims=True)
        *_, for_nearest, for_meaning = self._weights
        votes = even + for_nearest * self._nearest.scores(rows)
        has_vector = vectors.any(axis=1)
        votes[has_vector] += for_meaning * self._nearest_in_meaning.scores(vectors[has_vector])
        return votes


class NearestExamples:
    """How like a text is to the nearest examples of each topic; the nearest counts most."""

    def __init__(self) -> None:
        self._examples: Any = None
        self._starts: Any = None
        self._counts: Any = None

    def fit(self, rows: Any, topics: Any) -> NearestExamples:
        """Keep the examples, sparse or dense rows of length one, topic by topic."""
        order = np.argsort(topics, kind="stable")
        turned = rows[order].T
        self._examples = turned.tocsr() if issparse(turned) else np.ascontiguousarray(turned)
        _, self._starts, self._counts = np.unique(
            np.asarray(topics)[order], return_index=True, return_counts=True
        )
        return self

    def scores(self, rows: Any) -> Any:
        """The faded sum of the highest likenesses above zero; equal ones count once.

        `rows` are dense vectors, or rows of n-grams where the examples are such.
        """
        scores = np.zeros((len(rows), len(self._starts)), dtype=np.float32)
        for start in range(0, len(rows), _AT_ONCE):
            scores[start : start + _AT_ONCE] = self._scores(rows[start : start + _AT_ONCE])
        return scores

    def _scores(self, rows: Any) -> Any:
        likeness = self._likeness(rows)
        faded = np.zeros((len(likeness), len(self._starts)), dtype=np.float32)
        for rank in range(_NEIGHBOURS):
            best = np.maximum.reduceat(likeness, self._starts, axis=1)
            faded += _FADING**rank * best
            if rank < _NEIGHBOURS - 1:
                likeness[likeness == best[:, self._owners]] = 0
        return faded

    @cached_property
    def _owners(self) -> Any:
        """The place of each example's topic."""
        return np.repeat(np.arange(len(self._counts)), self._counts)

    def _likeness(self, rows: Any) -> Any:
        if not issparse(self._examples):
            return np.maximum(rows @ self._examples, 0)
        # Row by row: a product of sparse matrices takes five times as long.
        return np.stack([self._examples[columns].T @ values for columns, values in rows])
