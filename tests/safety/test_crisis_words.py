"""Danger is decided by words: level, whose it is, and what only sounds like it."""

import re

import pytest

from bot.concepts.danger import Danger, DangerLevel, DangerPatterns, Patterns
from bot.safety.crisis_words import CrisisWatch
from tests.knowledge.folder import real_knowledge

_STRONG, _WEAK = DangerLevel.STRONG, DangerLevel.WEAK


def patterns(*texts: str) -> Patterns:
    return tuple(map(re.compile, texts))


def watch_over(
    *,
    strong: Patterns = (),
    weak: Patterns = (),
    harmless: Patterns = (),
    other_person: Patterns = (),
) -> CrisisWatch:
    told = DangerPatterns(strong=strong, weak=weak, harmless=harmless, other_person=other_person)
    return CrisisWatch(told)


@pytest.fixture
def watch() -> CrisisWatch:
    return watch_over(
        strong=patterns("不想活", "去死"),
        weak=patterns("撑不住"),
        harmless=patterns("骂我去死", "生意撑不住"),
        other_person=patterns("我朋友"),
    )


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("不想活了", Danger(_STRONG, is_other=False)),
        ("我 不 想…活 了", Danger(_STRONG, is_other=False)),
        ("撐不住了", Danger(_WEAK, is_other=False)),
        ("我朋友說不想活了", Danger(_STRONG, is_other=True)),
        ("我朋友撑不住", Danger(_WEAK, is_other=True)),
        ("撑不住，不想活", Danger(_STRONG, is_other=False)),
        ("催收骂我去死", None),
        ("生意撑不住", None),
        ("催收骂我去死，我也想去死", Danger(_STRONG, is_other=False)),
        ("生意撑不住，我也撑不住", Danger(_WEAK, is_other=False)),
        ("我朋友问利息", None),
        ("\ud83d不想活了", Danger(_STRONG, is_other=False)),
        ("", None),
        ("……", None),
    ],
)
def test_the_strongest_sign_outside_of_harmless_words_counts(
    watch: CrisisWatch, text: str, danger: Danger | None
) -> None:
    assert watch.look(text) == danger


def test_only_a_sign_wholly_inside_harmless_words_is_harmless() -> None:
    watch = watch_over(strong=patterns("想死了算了"), harmless=patterns("累得想死"))
    assert watch.look("累得想死了算了") == Danger(_STRONG, is_other=False)


def test_without_patterns_nothing_is_danger() -> None:
    assert watch_over().look("死") is None


@pytest.mark.parametrize("text", ["不想活了", "我想自杀", "從樓上跳下去", "不 想 活 了", "想4了"])
def test_the_words_of_the_knowledge_base_see_strong_danger(text: str) -> None:
    danger = CrisisWatch(real_knowledge().crisis.patterns).look(text)
    assert danger is not None
    assert danger.level is _STRONG


@pytest.mark.parametrize("text", ["烦死了", "穷死了", "要被催收逼死了", "利息高得吓死人"])
def test_figures_of_speech_are_no_strong_danger(text: str) -> None:
    danger = CrisisWatch(real_knowledge().crisis.patterns).look(text)
    assert danger is None or danger.level is not _STRONG


def test_every_danger_has_its_card() -> None:
    cards = real_knowledge().crisis.cards
    dangers = [Danger(level, is_other) for level in DangerLevel for is_other in (True, False)]
    dangers += [Danger(_STRONG, is_other, is_again=True) for is_other in (True, False)]
    assert {danger.card for danger in dangers} == set(cards)


@pytest.mark.parametrize("number", ["12356", "110", "120"])
def test_every_card_names_the_numbers_to_call(number: str) -> None:
    cards = real_knowledge().crisis.cards.values()
    assert all(number in "".join(block.text for block in card.says) for card in cards)
