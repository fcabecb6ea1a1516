"""Rows of n-grams, and the array in which they have their places."""

import numpy as np
import pytest

from rasa_project.components.grams import Grams, halved, rows_of, times
from rasa_project.components.lexicon import Lexicon

TEXTS = ["半夜打电话", "打电话打到半夜", "利息太高"]


def test_each_text_has_its_place_in_order() -> None:
    lexicon = Lexicon(["乙", "甲甲", "甲", "乙"])
    assert len(lexicon) == 3
    assert list(lexicon.places_of(["甲", "丙", "乙", "甲甲甲", ""])) == [1, 0]
    assert "甲甲" in lexicon
    assert "甲甲甲" not in lexicon


@pytest.mark.parametrize("asked", [[], ["甲"]])
def test_where_nothing_was_learnt_nothing_is_known(asked: list[str]) -> None:
    assert len(Lexicon().places_of(asked)) == 0


def test_a_row_times_a_matrix_is_what_the_whole_product_has() -> None:
    grams = Grams(list)
    learnt = grams.learn(TEXTS)
    weights = np.random.default_rng(1).normal(size=(grams.width, 3)).astype(np.float32)
    expected = learnt @ weights
    for row, whole in zip(rows_of(learnt), expected, strict=True):
        assert np.allclose(times(row, weights), whole, atol=1e-6)
    for text, whole in zip(TEXTS, expected, strict=True):
        assert np.allclose(times(grams.row(text), halved(weights)), whole, atol=1e-2)


def test_a_text_without_a_known_sign_weighs_nothing() -> None:
    grams = Grams(list)
    grams.learn(TEXTS)
    assert not times(grams.row("😀"), np.ones((grams.width, 2))).any()
