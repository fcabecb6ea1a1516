"""Which kind of paper a text is, and whether it is one at all. Plain: works without Rasa."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.concepts.paper_words import PaperWords
from bot.papers.fields import read_fields
from bot.papers.shape import features_of
from bot.papers.text import PaperText, lay_out
from rasa_project.components.sentence_encoder import whole_vectors

TOLD = "told"
"""The class of what people tell and ask themselves."""

_TOLD_AT_MOST = 1200
"""Of the examples of what people say, so many teach what is no paper."""

_GRAMS, _GRAMS_OF_HEAD, _SEEN_AT_LEAST = (1, 3), (2, 4), 2
_STRENGTH = 30.0
_WEIGHT_OF_SHAPE, _WEIGHT_OF_HEAD, _WEIGHT_OF_MEANING = 0.12, 0.7, 0.7
"""How they were chosen: rasa_project/README.md."""

_ROUNDS = 1000
_SEED = 20261129
_DIGITS = re.compile(r"[0-9*]+")
_READ, _HEAD, _MEANT = 1500, 60, 600
"""Signs of a paper that count, those of its head, and those that are read for their meaning."""


class PaperModel:
    """A line over n-grams of the text and its head, features of its shape, and its meaning."""

    def __init__(self, words: PaperWords) -> None:
        self._words = words
        self._grams, self._heads = _counted(_GRAMS), _counted(_GRAMS_OF_HEAD)
        self._shapes: Any = DictVectorizer(dtype=np.float32)
        self._line: Any = None

    def fit(self, papers: Sequence[tuple[str, str]], told: Sequence[str]) -> PaperModel:
        """Learn from papers with their kinds, and from what is no paper."""
        evenly = sorted(told)[:: math.ceil(len(told) / _TOLD_AT_MOST) or 1]
        every = [*papers, *((TOLD, text) for text in evenly)]
        laid = [lay_out(text, self._words) for _, text in every]
        self._grams.fit([_signs(each) for each in laid])
        self._heads.fit([_signs(each)[:_HEAD] for each in laid])
        self._shapes.fit([self._shape(each) for each in laid])
        self._line = LogisticRegression(
            C=_STRENGTH, solver="liblinear", dual=True, max_iter=_ROUNDS, random_state=_SEED
        ).fit(self._features(laid), [kind for kind, _ in every])
        return self

    def ranking(self, text: str) -> tuple[list[tuple[str, float]], float]:
        """The kinds by likelihood among papers, the likeliest first; and that it is a paper."""
        features = self._features([lay_out(text, self._words)])
        (shares,) = self._line.predict_proba(features)
        by_kind = dict(zip(map(str, self._line.classes_), map(float, shares), strict=True))
        is_paper = 1.0 - by_kind.pop(TOLD, 0.0)
        whole = sum(by_kind.values()) or 1.0
        ranked = sorted(by_kind.items(), key=lambda each: -each[1])
        return [(kind, share / whole) for kind, share in ranked], is_paper

    def _features(self, laid: Sequence[PaperText]) -> csr_matrix:
        parts = (
            self._grams.transform([_signs(each) for each in laid]),
            _WEIGHT_OF_HEAD * self._heads.transform([_signs(each)[:_HEAD] for each in laid]),
            _WEIGHT_OF_SHAPE * self._shapes.transform([self._shape(each) for each in laid]),
            csr_matrix(
                _WEIGHT_OF_MEANING * whole_vectors([each.running[:_MEANT] for each in laid])
            ),
        )
        return hstack(parts, format="csr")

    def _shape(self, text: PaperText) -> dict[str, float]:
        fields = read_fields(text, self._words, None)
        return dict.fromkeys(features_of(text, fields, self._words), 1.0)


def _counted(grams: tuple[int, int]) -> Any:
    return TfidfVectorizer(
        analyzer="char", ngram_range=grams, min_df=_SEEN_AT_LEAST, sublinear_tf=True,
        dtype=np.float32,
    )  # fmt: skip


def _signs(text: PaperText) -> str:
    """The running text, with every number as one sign."""
    return _DIGITS.sub("0", text.running[:_READ])
