"""How likely a message tells of danger to life. Plain: works without Rasa.

A second opinion beside the words of crisis.yml, which decide without it and before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import MultinomialNB

from bot.concepts.danger import DangerLevel, Patterns
from bot.safety.normalizing import squeeze
from rasa_project.components.concepts import Concepts
from rasa_project.components.views import Views

_LONGEST = 3
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

Scores = Any
"""A NumPy vector: a number for each text."""


class DangerModel:
    """A line and word odds over n-grams, and whether words are there that only sound like it.

    Scores become likelihoods by the examples that were held out by turns (Platt's scaling).
    """

    def __init__(self, concepts: Concepts, harmless: Patterns) -> None:
        self._views = Views(concepts, longest=_LONGEST)
        self._harmless = harmless
        self._scorer = Scorer()
        self._slope, self._offset = 1.0, 0.0

    def fit(self, texts: Sequence[str], is_danger: Sequence[bool]) -> DangerModel:
        """Learn, and set the scale from examples held out by turns."""
        features = self._with_harmless(self._views.learn(texts), texts)
        wanted = np.asarray(is_danger, dtype=int)
        scale = LogisticRegression().fit(held_out(features, wanted)[:, None], wanted)
        self._slope, self._offset = float(scale.coef_[0, 0]), float(scale.intercept_[0])
        self._scorer.fit(features, wanted)
        return self

    def likelihoods(self, texts: Sequence[str]) -> list[float]:
        """From 0 to 1 for each text; 0 for what is too short to judge but by the words."""
        likely = self._likely(self._scorer.scores(self._features(texts)))
        return [
            each if len(squeeze(text)) >= _SHORTEST else 0.0
            for text, each in zip(texts, likely, strict=True)
        ]

    def held_out(self, texts: Sequence[str], is_danger: Sequence[bool]) -> list[float]:
        """The likelihood of each example by a model that did not see it."""
        scores = held_out(self._features(texts), np.asarray(is_danger, dtype=int))
        return self._likely(scores)

    def _likely(self, scores: Scores) -> list[float]:
        return [float(each) for each in expit(self._slope * scores + self._offset)]

    def _features(self, texts: Sequence[str]) -> csr_matrix:
        return self._with_harmless(self._views.of(texts), texts)

    def _with_harmless(self, features: csr_matrix, texts: Sequence[str]) -> csr_matrix:
        column = [[float(self._sounds_harmless(text))] for text in texts]
        return csr_matrix(hstack([features, csr_matrix(column)]))

    def _sounds_harmless(self, text: str) -> bool:
        spoken = squeeze(text)
        return any(pattern.search(spoken) for pattern in self._harmless)


def level_of(likelihood: float, config: Mapping[str, Any]) -> DangerLevel | None:
    """How near to harm, by the thresholds in the pipeline."""
    for level in (DangerLevel.STRONG, DangerLevel.WEAK):
        if likelihood >= float(config[level.value]):
            return level
    return None


class Scorer:
    """The two voices as one linear score."""

    def __init__(self) -> None:
        self._slopes: Any = None
        self._offset = 0.0

    def fit(self, features: csr_matrix, wanted: Any) -> Scorer:
        """Teach both."""
        line = LogisticRegression(
            C=_STRENGTH, solver="liblinear", dual=True, class_weight={0: 1, 1: _WEIGHT_OF_DANGER},
            max_iter=_ROUNDS, random_state=_SEED,
        ).fit(features, wanted)  # fmt: skip
        odds = MultinomialNB(alpha=_SMOOTHING).fit(features, wanted)
        safe, danger = odds.feature_log_prob_
        self._slopes = line.coef_[0] + _WEIGHT_OF_ODDS * (danger - safe)
        before = odds.class_log_prior_[1] - odds.class_log_prior_[0]
        self._offset = float(line.intercept_[0] + _WEIGHT_OF_ODDS * before)
        return self

    def scores(self, features: csr_matrix) -> Scores:
        """Higher is more dangerous."""
        return features @ self._slopes + self._offset


def held_out(features: csr_matrix, wanted: Any) -> Scores:
    """The score of each row by a scorer that did not see it."""
    scores = np.zeros(len(wanted))
    for seen, held in StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(
        features, wanted
    ):
        scores[held] = Scorer().fit(features[seen], wanted[seen]).scores(features[held])
    return scores
