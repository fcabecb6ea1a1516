"""Which texts are made from one template: near copies must not stand on both sides of a split."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bot.safety.normalizing import squeeze

ALIKE = 0.4
"""Jaccard index of two texts' character pairs from which they count as one template."""


def template_groups(texts: Sequence[str], topics: Sequence[str]) -> list[int]:
    """A group number for each text; texts of one topic that are alike share it."""
    parent = list(range(len(texts)))
    members: dict[str, list[int]] = defaultdict(list)
    for place, topic in enumerate(topics):
        members[topic].append(place)
    pairs = [character_pairs(text) for text in texts]
    for places in members.values():
        for at, place in enumerate(places):
            for other in places[:at]:
                if jaccard(pairs[place], pairs[other]) >= ALIKE:
                    parent[_root(parent, place)] = _root(parent, other)
    return [_root(parent, place) for place in range(len(texts))]


def character_pairs(text: str) -> frozenset[str]:
    """All pairs of neighbouring characters, punctuation aside."""
    plain = squeeze(text)
    return frozenset(plain[i : i + 2] for i in range(max(1, len(plain) - 1)))


def jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    """How much two sets share, from 0 to 1."""
    together = len(left | right)
    return len(left & right) / together if together else 0.0


def _root(parent: list[int], place: int) -> int:
    while parent[place] != place:
        parent[place] = parent[parent[place]]
        place = parent[place]
    return place
