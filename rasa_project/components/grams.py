"""N-grams as rows of numbers: how often each stands in a text, and how rare it is elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from rasa_project.components.lexicon import Lexicon

Row = tuple[Any, Any]
"""The columns of a row that are not zero, in order, and their values."""


class Grams:
    """Rows of one length, as scikit-learn's `TfidfVectorizer` makes them.

    Its own checks take several times as long as the row of one message does.
    """

    def __init__(
        self, grams_of: Callable[[str], list[str]], seen_at_least: int = 1, length: float = 1.0
    ) -> None:
        """`grams_of` tells those of a text; `seen_at_least`: in how many texts each stands."""
        self._grams_of = grams_of
        self._seen_at_least = seen_at_least
        self._length = np.float32(length)
        self._known = Lexicon()
        self._rarity: Any = None

    @property
    def width(self) -> int:
        """How many there are."""
        return len(self._known)

    def learn(self, texts: Iterable[str]) -> csr_matrix:
        """Learn what n-grams there are; a row for each text."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        counter = TfidfVectorizer(
            analyzer=self._grams_of,
            min_df=self._seen_at_least,
            sublinear_tf=True,
            dtype=np.float32,
        )
        rows = counter.fit_transform(texts)
        # Both have them in the order of their signs.
        self._known, self._rarity = Lexicon(counter.vocabulary_), counter.idf_
        return csr_matrix(rows * self._length)

    def of(self, texts: Sequence[str]) -> csr_matrix:
        """A row for each text, in one matrix."""
        rows = [self.row(text) for text in texts]
        ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        columns = np.concatenate([columns for columns, _ in rows] or [np.zeros(0, dtype=np.int32)])
        values = np.concatenate([values for _, values in rows] or [np.zeros(0, dtype=np.float32)])
        return csr_matrix((values, columns, ends), shape=(len(rows), self.width))

    def row(self, text: str) -> Row:
        """The row of a text alone."""
        columns, counts = np.unique(
            self._known.places_of(self._grams_of(text)), return_counts=True
        )
        values = (1 + np.log(counts, dtype=np.float32)) * self._rarity[columns]
        length = np.linalg.norm(values) or 1
        return columns, (values * (self._length / length)).astype(np.float32)


def rows_of(matrix: csr_matrix) -> Iterator[Row]:
    """Each row of a matrix alone."""
    for start, end in zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True):
        yield matrix.indices[start:end], matrix.data[start:end]


def times(row: Row, weights: Any) -> Any:
    """A row times a matrix, of which nothing is read that it does not need."""
    columns, values = row
    return values @ weights[columns].astype(np.float32)


def halved(weights: Any) -> Any:
    """Weights of n-grams in half of the memory: what they lose is far below what they know."""
    return np.ascontiguousarray(weights, dtype=np.float16)
