"""How likely a message tells of danger to life. Plain: works without Rasa.

A second opinion beside the words of crisis.yml, which decide without it and before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Optional

import numpy as np
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit

from bot.concepts.danger import DangerLevel, Opinion, Patterns
from bot.safety.normalizing import squeeze
from rasa_project.components.concepts import Concepts
from rasa_project.components.familiarity import Familiarity
from rasa_project.components.grams import Row, rows_of, times
from rasa_project.components.sentence_encoder import Vectors
from rasa_project.components.views import Views
from rasa_project.components.voters import NearestExamples

_LONGEST = 3
_SEEN_AT_LEAST = 2
_SHORTEST = 4
"""Signs of a text. A model makes much of 我妈 or 今天 alone; crisis.yml knows what is shorter."""

_STRENGTH = 30.0
_WEIGHT_OF_DANGER = 2.0
_SMOOTHING = 0.05
_WEIGHT_OF_ODDS = 0.1
_FOLDS = 3
_ROUNDS = 1000
"""Far more than are needed: without a seed some runs just missed the usual 100."""

_SEED = 20261123

HARMLESS = "harmless"
"""The name of the threshold below which a message surely means no harm."""

Likelihood = Optional[float]
Scores = Any
"""A NumPy matrix: a row for each text, with a number by words and one by meaning."""


class DangerModel:
    """A line and word odds over n-grams, what means nearly the same, and words known as harmless.

    Scores become one likelihood by examples that were held out by turns (Platt's scaling).
    """

    def __init__(self, concepts: Concepts, harmless: Patterns) -> None:
        self._views = Views(concepts, longest=_LONGEST, seen_at_least=_SEEN_AT_LEAST)
        self._harmless = harmless
        self._familiarity = Familiarity()
        self._scorer = Scorer()
        self._scale: Any = None
        self._offset = 0.0

    def fit(
        self, texts: Sequence[str], vectors: Vectors, is_danger: Sequence[bool]
    ) -> DangerModel:
        """Learn, and set the scale from examples held out by turns."""
        from sklearn.linear_model import LogisticRegression

        self._familiarity.fit(texts)
        features = self._with_harmless(self._views.learn(texts), texts)
        wanted = np.asarray(is_danger, dtype=int)
        scale = LogisticRegression().fit(held_out(features, vectors, wanted), wanted)
        self._scale, self._offset = scale.coef_[0], float(scale.intercept_[0])
        self._scorer.fit(features, vectors, wanted)
        return self

    def likelihoods(self, texts: Sequence[str], vectors: Vectors) -> list[Likelihood]:
        """From 0 to 1 for each text; None for what is unknown, or too short for a model."""
        likely = self._likely(self._scorer.scores(self._rows(texts), vectors))
        return [
            each if self._can_judge(text) else None
            for text, each in zip(texts, likely, strict=True)
        ]

    def held_out(
        self, texts: Sequence[str], vectors: Vectors, is_danger: Sequence[bool]
    ) -> list[float]:
        """The likelihood of each example by a model that did not see it."""
        wanted = np.asarray(is_danger, dtype=int)
        features = self._with_harmless(self._views.of(texts), texts)
        return self._likely(held_out(features, vectors, wanted))

    def _likely(self, scores: Scores) -> list[float]:
        return [float(each) for each in expit(scores @ self._scale + self._offset)]

    def _rows(self, texts: Sequence[str]) -> list[Row]:
        last = self._views.width
        return [
            (np.append(columns, last), np.append(values, np.float32(self._sounds_harmless(text))))
            for (columns, values), text in zip(self._views.rows(texts), texts, strict=True)
        ]

    def _with_harmless(self, features: csr_matrix, texts: Sequence[str]) -> csr_matrix:
        column = [[float(self._sounds_harmless(text))] for text in texts]
        return hstack([features, csr_matrix(column)], format="csr")

    def _can_judge(self, text: str) -> bool:
        return len(squeeze(text)) >= _SHORTEST and self._familiarity.knows(text)

    def _sounds_harmless(self, text: str) -> bool:
        spoken = squeeze(text)
        return any(pattern.search(spoken) for pattern in self._harmless)


def opinion_of(likelihood: Likelihood, config: Mapping[str, Any]) -> Opinion:
    """How near to harm, by the thresholds in the pipeline; none of what cannot be judged."""
    if likelihood is None:
        return Opinion()
    levels = (DangerLevel.STRONG, DangerLevel.WEAK)
    reached = [level for level in levels if likelihood >= float(config[level.value])]
    return Opinion(
        reached[0] if reached else None, is_harmless=likelihood < float(config[HARMLESS])
    )


class Scorer:
    """By words: a line and their odds. By meaning: how much nearer danger is than the rest."""

    def __init__(self) -> None:
        self._slopes: Any = None
        self._offset = 0.0
        self._nearest = NearestExamples()

    def fit(self, features: csr_matrix, vectors: Vectors, wanted: Any) -> Scorer:
        """Teach both ways."""
        from sklearn.linear_model import LogisticRegression
        from sklearn.naive_bayes import MultinomialNB

        line = LogisticRegression(
            C=_STRENGTH, solver="liblinear", dual=True, class_weight={0: 1, 1: _WEIGHT_OF_DANGER},
            max_iter=_ROUNDS, random_state=_SEED,
        ).fit(features, wanted)  # fmt: skip
        odds = MultinomialNB(alpha=_SMOOTHING).fit(features, wanted)
        safe, danger = odds.feature_log_prob_
        self._slopes = (line.coef_[0] + _WEIGHT_OF_ODDS * (danger - safe)).astype(np.float32)
        before = odds.class_log_prior_[1] - odds.class_log_prior_[0]
        self._offset = float(line.intercept_[0] + _WEIGHT_OF_ODDS * before)
        self._nearest = NearestExamples().fit(vectors, wanted)
        return self

    def scores(self, rows: Sequence[Row], vectors: Vectors) -> Scores:
        """Higher is more dangerous."""
        safe, danger = self._nearest.scores(vectors).T
        by_words = np.array([times(row, self._slopes) for row in rows]) + self._offset
        return np.column_stack([by_words, danger - safe])


def held_out(features: csr_matrix, vectors: Vectors, wanted: Any) -> Scores:
    """The score of each row by a scorer that did not see it."""
    from joblib import Parallel, delayed
    from sklearn.model_selection import StratifiedKFold

    scores = np.zeros((len(wanted), 2))

    def fold(seen: Any, held: Any) -> None:
        scorer = Scorer().fit(features[seen], vectors[seen], wanted[seen])
        scores[held] = scorer.scores([*rows_of(features[held])], vectors[held])

    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(features, wanted)
    # Learning leaves Python's lock, so that threads use both cores.
    Parallel(n_jobs=2, prefer="threads")(delayed(fold)(*each) for each in folds)
    return scores
