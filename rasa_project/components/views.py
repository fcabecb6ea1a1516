"""The views of a text that the models count n-grams over: as written, by meaning, by sound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from pypinyin import lazy_pinyin
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.safety.normalizing import squeeze
from rasa_project.components.concepts import Concepts


class Views:
    """Three views of a text, each as n-grams of its signs, side by side in one matrix."""

    def __init__(self, concepts: Concepts, longest: int) -> None:
        """`longest` is the number of signs in the longest n-gram."""
        self._views: list[Any] = [
            TfidfVectorizer(
                analyzer="char", ngram_range=(1, longest), sublinear_tf=True, lowercase=False,
                preprocessor=view, dtype=np.float32,
            )
            for view in (squeeze, concepts.abstract, sounds)
        ]  # fmt: skip

    def learn(self, texts: Sequence[str]) -> csr_matrix:
        """Learn what n-grams there are; a row for each text."""
        return csr_matrix(hstack([view.fit_transform(texts) for view in self._views]))

    def of(self, texts: Sequence[str]) -> csr_matrix:
        """A row for each text."""
        return csr_matrix(hstack([view.transform(texts) for view in self._views]))


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
