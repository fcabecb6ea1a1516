"""How a text sounds, syllable by syllable, as pypinyin says it. Plain: works without Rasa."""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import Style
from pypinyin.converter import UltimateConverter
from pypinyin.core import Pinyin

_PINYIN = Pinyin(UltimateConverter())
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_WORDS = 8192


def syllables(text: str) -> list[str]:
    """What pypinyin's `lazy_pinyin` says, which works out the words of each text anew."""
    return [syllable for word in _PINYIN.seg(text) for syllable in _of_word(word)]


def _of_word(word: str) -> tuple[str, ...]:
    """Only words of the dictionary and single signs are kept, nothing that a person made up."""
    return _of_known_word(word) if _HAN.fullmatch(word) else _said(word)


@lru_cache(_WORDS)
def _of_known_word(word: str) -> tuple[str, ...]:
    return _said(word)


def _said(word: str) -> tuple[str, ...]:
    return tuple(_PINYIN.lazy_pinyin([word], Style.NORMAL))
