"""A piece of text and where it stands on a page; pure."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

Point = tuple[float, float]

_STANDING = 1.5
"""So many times as high as wide is a line that stands on its side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A piece of text; four corners from the upper left one clockwise, y grows downwards."""

    text: str
    confidence: float
    corners: tuple[Point, ...]

    @property
    def is_standing(self) -> bool:
        """Much higher than wide."""
        wide = math.dist(self.corners[0], self.corners[1])
        high = math.dist(self.corners[0], self.corners[3])
        return high >= _STANDING * wide

    @property
    def middle(self) -> Point:
        """The point in the middle of the corners."""
        xs, ys = zip(*self.corners, strict=True)
        return sum(xs) / len(xs), sum(ys) / len(ys)

    def moved(self, place: Callable[[float, float], Point], first: int = 0) -> "Box":
        """The same text elsewhere; the corner numbered `first` is the upper left one there."""
        corners = tuple(place(x, y) for x, y in self.corners)
        return replace(self, corners=corners[first:] + corners[:first])


def upright(
    boxes: tuple[Box, ...], size: tuple[int, int], *, is_head_down: bool
) -> tuple[Box, ...]:
    """The boxes as if the page had been turned by quarters until most words stood upright.

    `size` is width and height. A box that stands is read turned left by a quarter, and
    `is_head_down` tells whether most then were upside down.
    """
    weight = sum(len(box.text) for box in boxes)
    is_sideways = 2 * sum(len(box.text) for box in boxes if box.is_standing) > weight
    width, height = size
    if is_sideways and is_head_down:
        return tuple(box.moved(lambda x, y: (height - y, x), first=3) for box in boxes)
    if is_sideways:
        return tuple(box.moved(lambda x, y: (y, width - x), first=1) for box in boxes)
    if is_head_down:
        return tuple(box.moved(lambda x, y: (width - x, height - y), first=2) for box in boxes)
    return boxes
