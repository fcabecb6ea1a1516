"""One spelling for matching."""

import pytest

from bot.safety.normalizing import normalize, squeeze


@pytest.mark.parametrize(
    ("said", "normal"),
    [
        ("ＡＰＰ１２３", "app123"),
        ("催收員半夜打電話", "催收员半夜打电话"),
        ("不想活了！", "不想活了!"),
        ("①", "1"),
        ("", ""),
    ],
)
def test_width_script_and_case_become_one(said: str, normal: str) -> None:
    assert normalize(said) == normal


@pytest.mark.parametrize(
    ("said", "squeezed"),
    [
        ("不 想 活 了", "不想活了"),
        ("不…想—活_了？！", "不想活了"),
        ("不\u200b想\ufeff活了", "不想活了"),
        ("不😭想活了", "不想活了"),
        ("我想S了", "我想s了"),
        ("22：30 打來", "2230打来"),
        ("\ud83d", ""),
        ("。。。", ""),
    ],
)
def test_nothing_is_left_between_the_letters(said: str, squeezed: str) -> None:
    assert squeeze(said) == squeezed
