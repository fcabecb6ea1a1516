"""Which texts are made from one template: near copies must not stand on both sides of a split."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from bot.safety.near_copies import character_pairs

ALIKE = 0.4
"""Jaccard index of two texts' character pairs from which they count as one template."""


def template_groups(texts: Sequence[str], topics: Sequence[str]) -> list[int]:
    """A group number for each text; texts of one topic that are alike share it."""
    from scipy.sparse.csgraph import connected_components

    pairs = pair_counter().fit_transform(texts)
    of_topic = np.asarray(topics)
    groups = np.zeros(len(texts), dtype=int)
    taken = 0
    for topic in np.unique(of_topic):
        places = np.flatnonzero(of_topic == topic)
        number, labels = connected_components(_alike(pairs[places]), directed=False)
        groups[places] = taken + labels
        taken += number
    return [int(group) for group in groups]


def _alike(pairs: csr_matrix) -> csr_matrix:
    """Which rows are alike, each with each."""
    shared = (pairs @ pairs.T).tocoo()
    sizes = pairs.getnnz(axis=1)
    together = sizes[shared.row] + sizes[shared.col] - shared.data
    is_alike = shared.data / together >= ALIKE
    places = (shared.row[is_alike], shared.col[is_alike])
    return csr_matrix((is_alike[is_alike], places), shape=shared.shape)


def pair_counter() -> Any:
    """Learns which pairs there are; then a row for each text, 1 for each pair in it."""
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer(analyzer=character_pairs, binary=True, dtype=np.int32)
