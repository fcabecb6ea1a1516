"""Each danger names its card; words and model come to one level."""

import pytest

from bot.concepts.danger import Danger, DangerLevel, Opinion


@pytest.mark.parametrize(
    ("danger", "card"),
    [
        (Danger(DangerLevel.STRONG, is_other=False), "own_strong"),
        (Danger(DangerLevel.STRONG, is_other=False, is_again=True), "own_again"),
        (Danger(DangerLevel.STRONG, is_other=True, is_again=True), "other_again"),
        (Danger(DangerLevel.STRONG, is_other=True), "other_strong"),
        (Danger(DangerLevel.WEAK, is_other=False), "own_weak"),
        (Danger(DangerLevel.WEAK, is_other=True), "other_weak"),
    ],
)
def test_a_danger_names_its_card(danger: Danger, card: str) -> None:
    assert danger.card == card


_STRONG, _WEAK = DangerLevel.STRONG, DangerLevel.WEAK


@pytest.mark.parametrize(
    ("opinion", "words", "level"),
    [
        (Opinion(), None, None),
        (Opinion(), _STRONG, _STRONG),
        (Opinion(_WEAK), _STRONG, _STRONG),
        (Opinion(_WEAK), None, _WEAK),
        (Opinion(_STRONG), None, _STRONG),
        (Opinion(_STRONG), _WEAK, _STRONG),
        (Opinion(is_harmless=True), _STRONG, _WEAK),
        (Opinion(is_harmless=True), _WEAK, _WEAK),
        (Opinion(is_harmless=True), None, None),
    ],
)
def test_the_nearer_to_harm_counts_but_for_words_that_surely_mean_none(
    opinion: Opinion, words: DangerLevel | None, level: DangerLevel | None
) -> None:
    assert opinion.beside(words) is level
