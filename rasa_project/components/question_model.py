"""From a normalised text to topics with probabilities. Plain: works without Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

Ranking = tuple[tuple[str, float], ...]


class QuestionModel:
    """Learns from examples and ranks all topics for a text."""

    def __init__(self) -> None:
        self._vectorizer: Any = TfidfVectorizer(
            analyzer="char", ngram_range=(1, 4), sublinear_tf=True
        )
        self._linear: Any = LinearSVC(C=0.5)

    def fit(self, texts: Sequence[str], topics: Sequence[str]) -> QuestionModel:
        """Learn."""
        self._linear.fit(self._vectorizer.fit_transform(texts), topics)
        return self

    def predict(self, texts: Sequence[str]) -> list[Ranking]:
        """All topics for each text, best first."""
        scores = self._linear.decision_function(self._vectorizer.transform(texts)) * 6
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        return [
            tuple((str(self._linear.classes_[i]), float(row[i])) for i in np.argsort(-row))
            for row in likely
        ]
