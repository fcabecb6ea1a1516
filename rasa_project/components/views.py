"""The views of a text that the models count n-grams over: as written, by meaning, by sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from scipy.sparse import csr_matrix

from bot.safety.normalizing import squeeze
from rasa_project.components.concepts import Concepts
from rasa_project.components.grams import Grams, Row
from rasa_project.components.sounding import syllables

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
        # Each view of a text is of length one, about; the pairs are one more.
        length = (len(_MARKS) + bool(farthest)) ** 0.5
        self._counted = Grams(self._marked_grams, seen_at_least, length)

    def learn(self, texts: Sequence[str]) -> csr_matrix:
        """Learn what n-grams there are; a row for each text."""
        return self._counted.learn(texts)

    def of(self, texts: Sequence[str]) -> csr_matrix:
        """A row for each text, in one matrix."""
        return self._counted.of(texts)

    @property
    def width(self) -> int:
        """How many n-grams there are."""
        return self._counted.width

    def rows(self, texts: Sequence[str]) -> list[Row]:
        """A row for each text."""
        return [self._counted.row(text) for text in texts]

    def _marked_grams(self, text: str) -> list[str]:
        views = {
            _WRITTEN: squeeze(text),
            _MEANT: self._concepts.abstract(text),
            _HEARD: sounds(text),
        }
        lengths = range(1, self._longest + 1)
        grams = [
            mark + view[i : i + length]
            for mark, view in views.items()
            for length in lengths
            for i in range(len(view) - length + 1)
        ]
        return [*grams, *(_APART + pair for pair in self._pairs(views[_MEANT]))]

    def _pairs(self, view: str) -> Iterator[str]:
        """Two signs with others between them."""
        for apart in range(2, self._farthest + 1):
            yield from (view[i] + view[i + apart] for i in range(len(view) - apart))


@lru_cache(_JUST_HEARD)
def sounds(text: str) -> str:
    """Each syllable as one sign, so that homophones are the same."""
    return "".join(chr(0x3400 + _small_number(syllable)) for syllable in syllables(squeeze(text)))


def _small_number(syllable: str) -> int:
    """A small number for a syllable, the same in every run."""
    value = 0
    for letter in syllable:
        value = (value * 31 + ord(letter)) % 6500
    return value
