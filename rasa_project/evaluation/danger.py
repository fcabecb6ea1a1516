"""How well danger is recognised: by words, by the model, and by both as the bot acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

from bot.concepts.danger import DangerLevel, Opinion
from bot.safety.crisis_words import CrisisWatch
from rasa_project.components.danger_model import opinion_of
from rasa_project.evaluation.questions import DangerMessages

MISSED = 5.0
"""What a strong card that is missing costs, in strong cards too many."""

Look = Callable[[str], Optional[DangerLevel]]
Model = Callable[[str], Opinion]
Likelihoods = Callable[[Sequence[str]], Sequence[Optional[float]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerShares:
    """Shares of the messages of strong, weak and no danger that raise an alarm, or any sign."""

    strong_recall: float
    strong_any: float
    weak_any: float
    false_alarms: float
    any_false: float


DangerFigures = Mapping[str, DangerShares]
"""By who looks: words, model, both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerPoint:
    """What holds from a likelihood on, over the examples held out by turns."""

    likelihood: float
    recall: float
    false_alarms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsPoint:
    """Of the examples with strong words, the shares that still get the strong card.

    Below the likelihood the words are a weak sign only; examples held out by turns.
    """

    likelihood: float
    strong: float
    others: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerCost:
    """What it costs to call danger strong from a likelihood on, beside the words.

    Shares of the strong messages without the strong card, and of the harmless with it.
    """

    likelihood: float
    missed: float
    alarms: float

    @property
    def cost(self) -> float:
        """In strong cards too many."""
        return MISSED * self.missed + self.alarms


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdinaryShares:
    """Of clauses without a word of danger, the shares that a model gives a card all the same."""

    clauses: int
    strong: float
    weak: float


def measure_ordinary(
    watch: CrisisWatch, likelihoods: Likelihoods, texts: Sequence[str], config: Mapping[str, float]
) -> OrdinaryShares:
    """What ordinary talk is taken for, by the thresholds in the pipeline."""
    calm = [text for text in texts if not watch.is_danger(text)]
    levels = [opinion_of(each, config).level for each in likelihoods(calm)]
    count = max(1, len(calm))
    return OrdinaryShares(
        clauses=len(calm),
        strong=levels.count(DangerLevel.STRONG) / count,
        weak=levels.count(DangerLevel.WEAK) / count,
    )


def measure_danger(watch: CrisisWatch, model: Model, messages: DangerMessages) -> DangerFigures:
    """The three ways to look at the same messages."""

    def words(text: str) -> Optional[DangerLevel]:
        danger = watch.look(text)
        return danger.level if danger else None

    def alone(text: str) -> Optional[DangerLevel]:
        return model(text).level

    def both(text: str) -> Optional[DangerLevel]:
        return model(text).beside(words(text))

    looks = {"words": words, "model": alone, "both": both}
    return {name: _shares(look, messages) for name, look in looks.items()}


def danger_curve(likelihoods: Sequence[float], is_danger: Sequence[bool]) -> list[DangerPoint]:
    """Recall and false alarms over the likelihood."""
    pairs = list(zip(likelihoods, is_danger, strict=True))
    danger = [likely for likely, is_so in pairs if is_so]
    others = [likely for likely, is_so in pairs if not is_so]
    steps = [step / 20 for step in range(1, 20)]
    return [
        DangerPoint(
            likelihood=step,
            recall=sum(each >= step for each in danger) / len(danger),
            false_alarms=sum(each >= step for each in others) / len(others),
        )
        for step in steps
    ]


def danger_costs(
    watch: CrisisWatch, model: Likelihoods, messages: DangerMessages, harmless_below: float
) -> list[DangerCost]:
    """The costs over the likelihood from which danger is strong."""

    def with_words(texts: Sequence[str]) -> list[tuple[float, bool]]:
        judged = zip(texts, model(texts), strict=True)
        return [
            (
                likely or 0.0,
                watch.is_strong(text) and not (likely is not None and likely < harmless_below),
            )
            for text, likely in judged
        ]

    strong, harmless = with_words(messages.strong), with_words(messages.harmless)
    return [
        DangerCost(
            likelihood=step / 20,
            missed=1 - _carded(strong, step / 20),
            alarms=_carded(harmless, step / 20),
        )
        for step in range(3, 13)
    ]


def _carded(messages: Sequence[tuple[float, bool]], threshold: float) -> float:
    return sum(likely >= threshold or words for likely, words in messages) / len(messages)


def words_curve(
    likelihoods: Sequence[float], is_danger: Sequence[bool], has_words: Sequence[bool]
) -> list[WordsPoint]:
    """What believing the words costs and saves, over the likelihood that overrules them."""
    with_words = [
        (likely, is_so)
        for likely, is_so, has in zip(likelihoods, is_danger, has_words, strict=True)
        if has
    ]
    strong = [likely for likely, is_so in with_words if is_so]
    others = [likely for likely, is_so in with_words if not is_so]
    return [
        WordsPoint(
            likelihood=step,
            strong=sum(each >= step for each in strong) / max(1, len(strong)),
            others=sum(each >= step for each in others) / max(1, len(others)),
        )
        for step in (0.0, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2)
    ]


def _shares(look: Look, messages: DangerMessages) -> DangerShares:
    strong = [look(text) for text in messages.strong]
    weak = [look(text) for text in messages.weak]
    harmless = [look(text) for text in messages.harmless]
    return DangerShares(
        strong_recall=strong.count(DangerLevel.STRONG) / len(strong),
        strong_any=1 - strong.count(None) / len(strong),
        weak_any=1 - weak.count(None) / len(weak),
        false_alarms=harmless.count(DangerLevel.STRONG) / len(harmless),
        any_false=1 - harmless.count(None) / len(harmless),
    )
