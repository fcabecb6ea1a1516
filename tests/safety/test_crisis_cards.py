"""The card of danger that a message brings, over cases written for it."""

import time
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from bot.concepts.danger import Danger, DangerLevel
from bot.safety.crisis_words import CrisisWatch
from tests.knowledge.folder import real_knowledge

_CASES: Mapping[str, Sequence[str]] = yaml.safe_load(
    Path(__file__).with_name("crisis_cases.yml").read_text("utf-8")
)
_DANGERS: Mapping[str, Danger | None] = {
    "strong": Danger(DangerLevel.STRONG, is_other=False),
    "other": Danger(DangerLevel.STRONG, is_other=True),
    "weak": Danger(DangerLevel.WEAK, is_other=False),
    "harmless": None,
}
_SAID = [(kind, text) for kind, texts in _CASES.items() for text in texts]
_WATCH = CrisisWatch(real_knowledge().crisis.patterns)
_TRADITIONAL = OpenCC("s2t")
_NOISE = ["", "", " ", "\n", "，", "。", "…", "!", "~", "😭", "💔", "\u200b", "\ufe0f", "_"]
_LONGEST_MESSAGE = 5000


def level(text: str) -> DangerLevel | None:
    danger = _WATCH.look(text)
    return None if danger is None else danger.level


def full_width(text: str) -> str:
    """ASCII letters, digits and signs in full width."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def test_there_are_cases_of_every_kind() -> None:
    assert set(_CASES) == set(_DANGERS)
    assert all(_CASES.values())


@pytest.mark.parametrize(("kind", "text"), _SAID, ids=[text for _, text in _SAID])
def test_a_message_brings_its_card(kind: str, text: str) -> None:
    assert _WATCH.look(text) == _DANGERS[kind]


@pytest.mark.parametrize("text", [text for _, text in _SAID])
def test_full_width_does_not_change_the_level(text: str) -> None:
    assert unicodedata.normalize("NFKC", full_width(text)) == unicodedata.normalize("NFKC", text)
    assert level(full_width(text)) is level(text)


@pytest.mark.parametrize("text", [text for _, text in _SAID])
def test_traditional_characters_do_not_change_the_level(text: str) -> None:
    assert level(_TRADITIONAL.convert(text)) is level(text)


@settings(deadline=None)
@given(st.sampled_from(_SAID), st.data())
def test_what_stands_between_the_characters_does_not_change_the_level(
    said: tuple[str, str], data: st.DataObject
) -> None:
    _, text = said
    noise = data.draw(st.lists(st.sampled_from(_NOISE), min_size=len(text), max_size=len(text)))
    noisy = "".join(char + between for char, between in zip(text, noise, strict=True))
    assert level(noisy) is level(text)


@pytest.mark.parametrize("words", ["死", "我不想", "就", "我老公说", "催收骂我", "一二三", "说"])
def test_a_long_message_is_read_in_no_time(words: str) -> None:
    text = (words * _LONGEST_MESSAGE)[:_LONGEST_MESSAGE]
    start = time.perf_counter()
    _WATCH.look(text)
    assert time.perf_counter() - start < 2
