"""Sentences as vectors, near each other where the meaning is. Plain: works without Rasa."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from rasa_project.components.encoder import Encoder, open_encoder

_WIDTH = 128
"""Of 512 numbers a sentence; with the rest nothing is understood better, and all takes longer."""

_ENOUGH = 4000
"""Texts that tell in what all differ most."""

_AT_ONCE = 500
_KEPT = 32
"""Texts whose numbers are kept: several models ask for the same message in turn."""

_SEED = 20261123
_TINY = 1e-9

Vectors = Any
"""A NumPy matrix of float32: a row of length one for each text."""

_JUST_ENCODED: dict[str, Any] = {}


class SentenceEncoder:
    """Google's multilingual universal sentence encoder, narrowed to what the examples differ in.

    Its weights are not stored again.
    """

    def __init__(self) -> None:
        self._middle: Any = None
        self._differences: Any = None

    def fit(self, texts: Sequence[str]) -> SentenceEncoder:
        """Learn in what the texts differ most; of very many, from a part evenly taken."""
        from sklearn.decomposition import PCA

        whole = _encoded(texts[:: math.ceil(len(texts) / _ENOUGH)])
        found = PCA(min(_WIDTH, *whole.shape), random_state=_SEED).fit(whole)
        self._middle = found.mean_
        self._differences = np.ascontiguousarray(found.components_.T)
        return self

    def of(self, texts: Sequence[str]) -> Vectors:
        """A row for each text."""
        return of_length_one((_encoded(texts) - self._middle) @ self._differences)


def whole_vectors(texts: Sequence[str]) -> Vectors:
    """All that the encoder knows of each text, in rows of length one."""
    return of_length_one(_encoded(texts))


def of_length_one(rows: Vectors) -> Vectors:
    """The same directions; zeros stay."""
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), _TINY)


def encode_ahead(texts: Sequence[str]) -> None:
    """Encode what several models will ask for in turn: all take little longer than one."""
    if len(texts) <= _KEPT:
        _encoded(texts)


def _encoded(texts: Sequence[str]) -> Vectors:
    """All 512 numbers of each; many texts on both cores."""
    if 0 < len(texts) <= _KEPT:
        return _encoded_once(texts)
    if len(texts) <= _AT_ONCE:
        return _pretrained().encode(list(texts))
    from joblib import Parallel, delayed

    parts = [list(texts[start : start + _AT_ONCE]) for start in range(0, len(texts), _AT_ONCE)]
    encode = delayed(_pretrained().encode)
    return np.concatenate(Parallel(n_jobs=2, prefer="threads")(map(encode, parts)))


def _encoded_once(texts: Sequence[str]) -> Vectors:
    """All 512 numbers of each of a few; those of texts that were just asked for are known."""
    new = [text for text in dict.fromkeys(texts) if text not in _JUST_ENCODED]
    if new:
        _JUST_ENCODED.update(zip(new, _pretrained().encode(new), strict=True))
    rows = np.stack([_JUST_ENCODED[text] for text in texts])
    for oldest in [*_JUST_ENCODED][:-_KEPT]:
        del _JUST_ENCODED[oldest]
    return rows


@cache
def _pretrained() -> Encoder:
    return open_encoder()
