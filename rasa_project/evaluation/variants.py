"""The same question as other people would type it. Made by code, the same in every run."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache

import jieba
from opencc import OpenCC
from pypinyin import lazy_pinyin

_PUNCTUATION = re.compile(r"[^\w]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CLAUSE_END = re.compile(r"[，。！？,.!?；;\s]+")
_NOISES = ("嗯", "那个", "呃", "就是", "就是说", "然后", "啊")
_EMOJI = ("😭", "😡", "🙏", "😂", "💔", "😢", "[流泪]", "🆘")
_TYPO_EVERY = 12
"""One typo in so many characters, at least one and at most two."""
_USUAL_HOMOPHONES = 5
"""Typing offers the usual characters first: only so many of a sound are taken."""

Change = Callable[[str], str]


def variants() -> Mapping[str, Change]:
    """Each way of writing, by name."""
    return {
        "traditional": _to_traditional,
        "full_width": _to_full_width,
        "homophones": _with_homophones,
        "no_punctuation": _without_punctuation,
        "voice_noise": _with_voice_noise,
        "emoji": _with_emoji,
    }


def _to_traditional(text: str) -> str:
    return str(_converter().convert(text))


def _to_full_width(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def _with_homophones(text: str) -> str:
    """Exchange one or two characters for usual ones of the same sound."""
    chance = random.Random(text)  # noqa: S311
    places = [place for place, sign in enumerate(text) if _HAN.match(sign)]
    if not places:
        return text
    written = list(text)
    for place in chance.sample(places, min(len(places), 1 + (len(text) > _TYPO_EVERY))):
        sound = lazy_pinyin(written[place])[0]
        others = [each for each in _homophones()[sound] if each != written[place]]
        written[place] = chance.choice(others) if others else written[place]
    return "".join(written)


def _without_punctuation(text: str) -> str:
    return _PUNCTUATION.sub("", text)


def _with_voice_noise(text: str) -> str:
    """Fillers before clauses, and no marks between them."""
    chance = random.Random(text)  # noqa: S311
    clauses = [each for each in _CLAUSE_END.split(text) if each]
    noisy = [chance.choice(_NOISES) + each if chance.random() < 0.6 else each for each in clauses]
    return chance.choice(_NOISES) + " ".join(noisy)


def _with_emoji(text: str) -> str:
    chance = random.Random(text)  # noqa: S311
    return chance.choice(_EMOJI) + text + chance.choice(_EMOJI) * 2


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


@cache
def _homophones() -> Mapping[str, list[str]]:
    """The most usual characters of each sound."""
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    usual = sorted(
        (sign for sign in tokenizer.FREQ if len(sign) == 1 and _HAN.match(sign)),
        key=lambda sign: (-tokenizer.FREQ[sign], sign),
    )
    by_sound: dict[str, list[str]] = defaultdict(list)
    for sign in usual:
        sound = lazy_pinyin(sign)[0]
        if len(by_sound[sound]) <= _USUAL_HOMOPHONES:
            by_sound[sound].append(sign)
    return by_sound
