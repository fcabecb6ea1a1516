"""The views of a text that the models count n-grams over: as written, by meaning, by sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from pypinyin import lazy_pinyin
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.safety.normalizing import squeeze
from rasa_project.components.concepts import Concepts

_WRITTEN, _MEANT, _HEARD = _MARKS = "wmh"
_APART = "a"
"""What an n-gram is marked with, so that those of different views stay apart."""

_JUST_HEARD = 64
"""Texts whose sounds are kept: the models for topics and for danger hear the same message."""


class Views:
    """Three views of a text as n-grams of their signs, in one matrix."""

    def __init__(
        self, concepts: Concepts, longest: int, seen_at_least: int = 1, farthest: int = 0
    ) -> None:
        """`longest`: signs in the longest n-gram. `seen_at_least`: in how many texts it stands.

        `farthest`: how far apart two signs of the meaning still count as a pair, as in
        "told … colleague"; 0 for none.
        """
        self._concepts = concepts
        self._longest = longest
        self._farthest = farthest
        self._seen_at_least = seen_at_least
        self._columns: Mapping[str, int] = {}
        self._rarity: Any = None

    def learn(self, texts: Sequence[str]) -> csr_matrix:
        """Learn what n-grams there are; a row for each text."""
        counter = TfidfVectorizer(
            analyzer=self._marked_grams,
            min_df=self._seen_at_least,
            sublinear_tf=True,
            dtype=np.float32,
        )
        rows = counter.fit_transform(texts)
        self._columns, self._rarity = counter.vocabulary_, counter.idf_
        return csr_matrix(rows * self._length())

    def of(self, texts: Sequence[str]) -> csr_matrix:
        """A row for each text, as `TfidfVectorizer` makes it.

        Its own checks take several times as long as the row of one message does.
        """
        rows = [self._row(text) for text in texts]
        ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        columns = np.concatenate([columns for columns, _ in rows] or [np.zeros(0, dtype=np.int32)])
        values = np.concatenate([values for _, values in rows] or [np.zeros(0, dtype=np.float32)])
        return csr_matrix((values, columns, ends), shape=(len(rows), len(self._columns)))

    def _row(self, text: str) -> tuple[Any, Any]:
        """The columns of the n-grams that are known, in order, and their values."""
        known = self._columns
        found = Counter(known[gram] for gram in self._marked_grams(text) if gram in known)
        columns = np.array(sorted(found), dtype=np.int32)
        counts = np.array([found[column] for column in columns], dtype=np.float32)
        values = (1 + np.log(counts)) * self._rarity[columns]
        length = np.linalg.norm(values) or 1
        return columns, (values * (self._length() / length)).astype(np.float32)

    def _marked_grams(self, text: str) -> list[str]:
        views = {
            _WRITTEN: squeeze(text),
            _MEANT: self._concepts.abstract(text),
            _HEARD: sounds(text),
        }
        grams = [mark + gram for mark, view in views.items() for gram in self._grams(view)]
        return [*grams, *(_APART + pair for pair in self._pairs(views[_MEANT]))]

    def _grams(self, view: str) -> Iterator[str]:
        for length in range(1, self._longest + 1):
            yield from (view[i : i + length] for i in range(len(view) - length + 1))

    def _pairs(self, view: str) -> Iterator[str]:
        """Two signs with others between them."""
        for apart in range(2, self._farthest + 1):
            yield from (view[i] + view[i + apart] for i in range(len(view) - apart))

    def _length(self) -> Any:
        """Each view of a text is of length one, about; the pairs are one more."""
        return np.float32((len(_MARKS) + bool(self._farthest)) ** 0.5)


@lru_cache(_JUST_HEARD)
def sounds(text: str) -> str:
    """Each syllable as one sign, so that homophones are the same."""
    return "".join(
        chr(0x3400 + _small_number(syllable)) for syllable in lazy_pinyin(squeeze(text))
    )


def _small_number(syllable: str) -> int:
    """A small number for a syllable, the same in every run."""
    value = 0
    for letter in syllable:
        value = (value * 31 + ord(letter)) % 6500
    return value
