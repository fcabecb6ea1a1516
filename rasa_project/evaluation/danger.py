"""How well danger is recognised: by words, by the model, and by both as the bot acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

from bot.concepts.danger import DangerLevel, Opinion
from bot.safety.crisis_words import CrisisWatch
from rasa_project.evaluation.questions import DangerMessages

Look = Callable[[str], Optional[DangerLevel]]
Model = Callable[[str], Opinion]


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
