"""The least of a loss is found."""

from typing import Any

import numpy as np
import pytest

from bot.knowledge.least_loss import least


def bent(point: Any) -> tuple[float, Any]:
    """Rosenbrock's valley: long, narrow, curved; least at (1, 1)."""
    x, y = point
    loss = (1 - x) ** 2 + 100 * (y - x**2) ** 2
    return float(loss), np.array([-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)])


def test_the_end_of_a_bent_valley_is_found() -> None:
    assert least(bent, np.array([-1.2, 1.0]), 60) == pytest.approx([1, 1], abs=1e-3)


def test_where_it_is_least_already_nothing_moves() -> None:
    assert list(least(bent, np.array([1.0, 1.0]), 5)) == [1.0, 1.0]
