"""Near copies across the split: a question that resembles an example proves nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.safety.near_copies import (
    CONTAINED,
    SAME_LENGTH,
    SHORT,
    TOO_ALIKE,
    character_pairs,
)
from bot.safety.normalizing import squeeze
from rasa_project.components.templates import pair_counter
from rasa_project.evaluation.questions import Question

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class NearCopy:
    """A test question and the training example that it resembles."""

    question: str
    topic: str
    example: str
    example_topic: str
    likeness: float


def near_copies(
    questions: Sequence[Question], examples: Mapping[str, Sequence[str]]
) -> list[NearCopy]:
    """Every question too much like an example of its own or any other topic, worst first."""
    entries = [(topic, text) for topic, texts in examples.items() for text in texts]
    held = _Texts([text for _, text in entries])
    found = []
    for start in range(0, len(questions), _AT_ONCE):
        part = questions[start : start + _AT_ONCE]
        for place, at, likeness in held.like([each.text for each in part]):
            topic, example = entries[at]
            asked = part[place]
            found.append(NearCopy(asked.text, asked.topic, example, topic, round(likeness, 3)))
    return sorted(found, key=lambda copy: -copy.likeness)


class _Texts:
    """Texts by their pairs of characters, a row for each."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._counter = pair_counter()
        self._pairs = self._counter.fit_transform(texts)
        self._plain = np.array([squeeze(text) for text in texts], dtype=object)
        self._sizes, self._lengths = _sizes(texts)

    def like(self, texts: Sequence[str]) -> Iterator[tuple[int, int, float]]:
        """Each place among `texts` with the place of what it is a copy of, and their likeness."""
        shared = (self._counter.transform(texts) @ self._pairs.T).tocoo()
        here, there, pairs = shared.row, shared.col, shared.data
        sizes, lengths = _sizes(texts)
        plain = np.array([squeeze(text) for text in texts], dtype=object)
        jaccard = pairs / (sizes[here] + self._sizes[there] - pairs)
        shorter = np.minimum(lengths[here], self._lengths[there])
        longer = np.maximum(lengths[here], self._lengths[there])
        is_within = (longer <= SAME_LENGTH * shorter) & (
            pairs >= CONTAINED * np.minimum(sizes[here], self._sizes[there])
        )
        is_alike = (shorter >= SHORT) & ((jaccard >= TOO_ALIKE) | is_within)
        is_copy = is_alike | (plain[here] == self._plain[there])
        yield from zip(here[is_copy], there[is_copy], jaccard[is_copy], strict=True)


def _sizes(texts: Sequence[str]) -> tuple[Any, Any]:
    """How many different pairs, and how many characters, each text has."""
    pairs = np.array([len(character_pairs(text)) for text in texts])
    return pairs, np.array([len(squeeze(text)) for text in texts])
