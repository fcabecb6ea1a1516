"""Finds where a smooth loss is least, by L-BFGS: in few looks at all sentences, without chance."""

from collections import deque
from collections.abc import Callable
from typing import Any

Vector = Any
"""A NumPy array of float64 in one row."""
Loss = Callable[[Vector], tuple[float, Vector]]
"""The loss at a point, and its slope there."""
_REMEMBERED = 10
_FIRST_STEP = 0.1
_ENOUGH, _SHORTEST = 1e-4, 1e-4


def least(loss: Loss, point: Vector, steps: int) -> Vector:
    """The best point after so many steps from this one."""
    now, slope = loss(point)
    turns: deque[tuple[Vector, Vector]] = deque(maxlen=_REMEMBERED)
    for _ in range(steps):
        way = _way(slope, turns)
        length, downhill = 1.0, float(slope @ way)
        further, there = loss(point - way)
        while further > now - _ENOUGH * length * downhill and length > _SHORTEST:
            length /= 2
            further, there = loss(point - length * way)
        if there @ way < downhill:
            turns.append((-length * way, there - slope))
        point, now, slope = point - length * way, further, there
    return point


def _way(slope: Vector, turns: deque[tuple[Vector, Vector]]) -> Vector:
    """Where it goes up most steeply, as far as the last steps tell how the slope turns."""
    if not turns:
        return slope * (_FIRST_STEP / max(1.0, abs(slope).sum()))
    way, shares = slope.copy(), []
    for step, turn in reversed(turns):
        shares.append((step @ way) / (turn @ step))
        way -= shares[-1] * turn
    step, turn = turns[-1]
    way *= (step @ turn) / (turn @ turn)
    for step, turn in turns:
        way += step * (shares.pop() - (turn @ way) / (turn @ step))
    return way
