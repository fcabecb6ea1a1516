"""Which side of the matter in hand a short message asks for, if any. Plain: works without Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

import numpy as np
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit

from rasa_project.components.concepts import Concepts
from rasa_project.components.grams import halved, times
from rasa_project.components.sentence_encoder import Vectors, of_length_one
from rasa_project.components.views import Views

NONE = "none"
"""The label of a message that stands alone."""

_LONGEST = 3
_STRENGTH = 8.0
_WEIGHT_OF_MEANING = 1.5
_ROUNDS = 400
_WAYS = 4
_SEED = 20261129


class AspectModel:
    """One line for each aspect over n-grams of three views and the vector of the sentence.

    Beside it, which of the questions that are asked next of some topic means nearly the same.
    """

    def __init__(self, concepts: Concepts) -> None:
        self._views = Views(concepts, longest=_LONGEST)
        self._aspects: tuple[str, ...] = ()
        self._slopes: Any = None
        self._slopes_of_meaning: Any = None
        self._offsets: Any = None
        self._places: tuple[str, ...] = ()
        self._asked: Any = None

    def fit(
        self,
        texts: Sequence[str],
        vectors: Vectors,
        aspects: Sequence[str],
        places: Sequence[Optional[str]],
    ) -> AspectModel:
        """Learn from messages with their aspect, NONE among them.

        `places` name the question asked next that a message is a way of asking.
        """
        from sklearn.linear_model import LogisticRegression
        from sklearn.multiclass import OneVsRestClassifier

        asked = [number for number, place in enumerate(places) if place is not None]
        self._places = tuple(str(places[number]) for number in asked)
        self._asked = np.ascontiguousarray(of_length_one(np.asarray(vectors)[asked]).T)
        grams = self._views.learn(texts)
        features = hstack([grams, csr_matrix(_WEIGHT_OF_MEANING * vectors)], format="csr")
        line = LogisticRegression(
            C=_STRENGTH, solver="liblinear", dual=True, class_weight="balanced",
            max_iter=_ROUNDS, random_state=_SEED,
        )  # fmt: skip
        lines = OneVsRestClassifier(line, n_jobs=2).fit(features, aspects)
        self._aspects = tuple(map(str, lines.classes_))
        slopes = np.concatenate([each.coef_ for each in lines.estimators_]).T
        self._slopes = halved(slopes[: grams.shape[1]])
        meant = _WEIGHT_OF_MEANING * slopes[grams.shape[1] :]
        self._slopes_of_meaning = meant.astype(np.float32)
        self._offsets = np.concatenate([each.intercept_ for each in lines.estimators_])
        return self

    def of(self, texts: Sequence[str], vectors: Vectors) -> list[tuple[str, float]]:
        """The likeliest aspect of each text, and how likely it is, from 0 to 1."""
        by_words = np.stack([times(row, self._slopes) for row in self._views.rows(texts)])
        likely = expit(by_words + vectors @ self._slopes_of_meaning + self._offsets)
        shares = likely / likely.sum(axis=1, keepdims=True)
        best = np.argmax(shares, axis=1)
        return [
            (self._aspects[place], float(row[place]))
            for row, place in zip(shares, best, strict=True)
        ]

    def nearest(self, vector: Vectors, at_most: int) -> list[tuple[str, float]]:
        """The questions asked next that mean most nearly the same, and their cosine."""
        likeness = of_length_one(np.asarray(vector).reshape(1, -1))[0] @ self._asked
        few = min(at_most * _WAYS, len(likeness))
        nearest = np.argpartition(-likeness, few - 1)[:few] if few else np.zeros(0, dtype=int)
        best: dict[str, float] = {}
        for number in nearest[np.argsort(-likeness[nearest])]:
            best.setdefault(self._places[number], float(likeness[number]))
        return list(best.items())[:at_most]
