"""Which kind of paper a text is, and whether it is one at all. Plain: works without Rasa."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit

from bot.concepts.paper_words import PaperWords
from bot.papers.fields import read_fields
from bot.papers.shape import features_of
from bot.papers.text import PaperText, lay_out
from rasa_project.components.grams import Grams, halved, times
from rasa_project.components.lexicon import Lexicon
from rasa_project.components.sentence_encoder import Vectors, whole_vectors

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
_DIGITS, _SPACES = re.compile(r"[0-9*]+"), re.compile(r"\s\s+")
_READ, _HEAD, _MEANT = 1500, 60, 600
"""Signs of a paper that count, those of its head, and those that are read for their meaning."""


class PaperModel:
    """A line over n-grams of the text and its head, features of its shape, and its meaning."""

    def __init__(self, words: PaperWords) -> None:
        self._words = words
        self._grams = Grams(partial(_grams, *_GRAMS), _SEEN_AT_LEAST)
        self._heads = Grams(partial(_grams, *_GRAMS_OF_HEAD), _SEEN_AT_LEAST)
        self._shapes = Lexicon()
        self._kinds: tuple[str, ...] = ()
        self._slopes: Any = None
        self._slopes_of_shape: Any = None
        self._slopes_of_meaning: Any = None
        self._offsets: Any = None

    def fit(self, papers: Sequence[tuple[str, str]], told: Sequence[str]) -> PaperModel:
        """Learn from papers with their kinds, and from what is no paper."""
        from sklearn.linear_model import LogisticRegression

        evenly = sorted(told)[:: math.ceil(len(told) / _TOLD_AT_MOST) or 1]
        every = [*papers, *((TOLD, text) for text in evenly)]
        laid = [lay_out(text, self._words) for _, text in every]
        parts = (
            self._grams.learn([_signs(each) for each in laid]),
            _WEIGHT_OF_HEAD * self._heads.learn([_signs(each)[:_HEAD] for each in laid]),
            self._learnt_shapes([[*self._shape(each)] for each in laid]),
            csr_matrix(_meant(laid)),
        )
        line = LogisticRegression(
            C=_STRENGTH, solver="liblinear", dual=True, max_iter=_ROUNDS, random_state=_SEED
        ).fit(hstack(parts, format="csr"), [kind for kind, _ in every])
        self._kinds = tuple(map(str, line.classes_))
        ends = np.cumsum([part.shape[1] for part in parts[:-1]])
        of_grams, of_heads, of_shapes, of_meaning = np.split(line.coef_.T, ends)
        self._slopes = (halved(of_grams), halved(_WEIGHT_OF_HEAD * of_heads))
        self._slopes_of_shape = (_WEIGHT_OF_SHAPE * of_shapes).astype(np.float32)
        self._slopes_of_meaning = of_meaning.astype(np.float32)
        self._offsets = line.intercept_
        return self

    def ranking(self, text: str) -> tuple[list[tuple[str, float]], float]:
        """The kinds by likelihood among papers, the likeliest first; and that it is a paper."""
        laid = lay_out(text, self._words)
        signs = _signs(laid)
        of_grams, of_heads = self._slopes
        shapes = np.unique(self._shapes.places_of([*self._shape(laid)]))
        (by_meaning,) = _meant([laid]) @ self._slopes_of_meaning
        likely = expit(
            times(self._grams.row(signs), of_grams)
            + times(self._heads.row(signs[:_HEAD]), of_heads)
            + self._slopes_of_shape[shapes].sum(axis=0)
            + by_meaning
            + self._offsets
        )
        shares = map(float, likely / likely.sum())
        by_kind = dict(zip(self._kinds, shares, strict=True))
        is_paper = 1.0 - by_kind.pop(TOLD, 0.0)
        whole = sum(by_kind.values()) or 1.0
        ranked = sorted(by_kind.items(), key=lambda each: -each[1])
        return [(kind, share / whole) for kind, share in ranked], is_paper

    def _learnt_shapes(self, shapes: Sequence[Sequence[str]]) -> csr_matrix:
        self._shapes = Lexicon(name for each in shapes for name in each)
        rows = np.zeros((len(shapes), len(self._shapes)), dtype=np.float32)
        for row, each in zip(rows, shapes, strict=True):
            row[self._shapes.places_of(each)] = _WEIGHT_OF_SHAPE
        return csr_matrix(rows)

    def _shape(self, text: PaperText) -> Iterator[str]:
        fields = read_fields(text, self._words, None)
        return features_of(text, fields, self._words)


def _grams(shortest: int, longest: int, signs: str) -> list[str]:
    return [
        signs[start : start + length]
        for length in range(shortest, longest + 1)
        for start in range(len(signs) - length + 1)
    ]


def _meant(laid: Sequence[PaperText]) -> Vectors:
    vectors = whole_vectors([each.running[:_MEANT] for each in laid])
    return np.float32(_WEIGHT_OF_MEANING) * vectors


def _signs(text: PaperText) -> str:
    """The running text in small letters, with every number as one sign."""
    return _SPACES.sub(" ", _DIGITS.sub("0", text.running[:_READ]).lower())
