"""Which texts are alike: groups around the first of each, found by their rarest signs.

Pure, and quick for tens of thousands: a text is compared only with groups that share one of its
rarer signs, which any group alike enough must.
"""

import math
from collections import defaultdict
from collections.abc import Iterable

from bot.safety.normalizing import squeeze

ALIKE = 0.4
"""The share of signs in common, of all signs of both, from which two texts are one matter."""

_EMPTY = frozenset("的了吗呢啊吧呀么嘛我你他她它们是有会能要就都也还在不这那个一")
"""Characters that stand in everything."""


def signs_of(text: str) -> frozenset[str]:
    """The telling characters of a text, and its pairs of neighbours."""
    plain = squeeze(text)
    pairs = {plain[at : at + 2] for at in range(len(plain) - 1)}
    return frozenset(pairs | (set(plain) - _EMPTY)) or frozenset((plain,))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 to 1: the share of signs in common."""
    common = len(one & other)
    return common / (len(one) + len(other) - common)


class Groups:
    """Numbers of texts in groups; each group is named by the number of its first text."""

    def __init__(self) -> None:
        self._signs: dict[int, frozenset[str]] = {}
        """By group."""
        self._holders: dict[str, list[int]] = defaultdict(list)
        """The groups whose first text has a sign."""

    def place(self, number: int, text: str) -> int:
        """The group that a text belongs to; a new one, of its own number, where none is alike."""
        signs = signs_of(text)
        found = self._nearest(signs)
        if found is not None:
            return found
        self._signs[number] = signs
        for sign in signs:
            self._holders[sign].append(number)
        return number

    def drop(self, groups: Iterable[int]) -> None:
        """Forget groups whose texts are all gone."""
        for group in groups:
            for sign in self._signs.pop(group, ()):
                self._holders[sign].remove(group)

    def _nearest(self, signs: frozenset[str]) -> int | None:
        # Two texts that share so much cannot differ in all of the rarer signs of one of them.
        rarest = sorted(signs, key=lambda sign: (len(self._holders.get(sign, ())), sign))
        needed = len(signs) - math.ceil(ALIKE * len(signs)) + 1
        near = {group for sign in rarest[:needed] for group in self._holders.get(sign, ())}
        best, share = None, ALIKE
        for group in near:
            found = likeness(signs, self._signs[group])
            if found > share or (found == share and (best is None or group < best)):
                best, share = group, found
        return best
