"""Whether a test question and an example are so alike that the question would prove nothing."""

from collections.abc import Iterable
from functools import lru_cache

from bot.safety.normalizing import squeeze

TOO_ALIKE = 0.7
"""Jaccard index of character pairs from which a question counts as a copy of an example."""

CONTAINED = 0.9
"""Share of a question's pairs that stand in one example of about its length."""

SAME_LENGTH = 1.5
"""So much longer may one of two texts of about the same length be."""

SHORT = 6
"""Below so many characters everybody says the same: only the very same text is a copy."""


def character_pairs(text: str) -> frozenset[str]:
    """All pairs of neighbouring characters, punctuation aside."""
    return _read(text)[1]


def copy_of(text: str, others: Iterable[str]) -> str | None:
    """The first of other texts that is nearly the same; None where none is."""
    return next((other for other in others if is_near_copy(text, other)), None)


def is_near_copy(one: str, other: str) -> bool:
    """Whether one of the two would give the other away."""
    (plain, pairs), (other_plain, other_pairs) = _read(one), _read(other)
    if plain == other_plain:
        return True
    shorter, longer = sorted((len(plain), len(other_plain)))
    if shorter < SHORT:
        return False
    common = len(pairs & other_pairs)
    is_within = longer <= SAME_LENGTH * shorter and common >= CONTAINED * min(
        len(pairs), len(other_pairs)
    )
    return is_within or common >= TOO_ALIKE * (len(pairs) + len(other_pairs) - common)


@lru_cache(maxsize=65536)
def _read(text: str) -> tuple[str, frozenset[str]]:
    plain = squeeze(text)
    return plain, frozenset(plain[at : at + 2] for at in range(max(1, len(plain) - 1)))
