"""Boxes of text on a made-up page, for tests."""

import math

from bot.recognising.boxes import Box

HIGH = 20.0


def box(text: str, left: float, top: float, width: float | None = None, sure: float = 1.0) -> Box:
    """A line of text with square corners; by default a character is as wide as it is high."""
    right = left + (len(text) * HIGH if width is None else width)
    corners = ((left, top), (right, top), (right, top + HIGH), (left, top + HIGH))
    return Box(text=text, confidence=sure, corners=corners)


def tilted(boxes: list[Box], degrees: float) -> list[Box]:
    """The page turned about its corner."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [
        each.moved(lambda x, y: (x * cosine - y * sine, x * sine + y * cosine)) for each in boxes
    ]
