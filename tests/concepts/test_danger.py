"""Each danger names its card."""

import pytest

from bot.concepts.danger import Danger, DangerLevel


@pytest.mark.parametrize(
    ("danger", "card"),
    [
        (Danger(DangerLevel.STRONG, is_other=False), "own_strong"),
        (Danger(DangerLevel.STRONG, is_other=True), "other_strong"),
        (Danger(DangerLevel.WEAK, is_other=False), "own_weak"),
        (Danger(DangerLevel.WEAK, is_other=True), "other_weak"),
    ],
)
def test_a_danger_names_its_card(danger: Danger, card: str) -> None:
    assert danger.card == card
