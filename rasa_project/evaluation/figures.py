"""From rankings to figures. Pure: it neither understands nor prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Optional

from bot.concepts.danger import DangerLevel
from rasa_project.components.question_model import Ranking
from rasa_project.evaluation.questions import OUT_OF_SCOPE, Question

_BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and what was made of it."""

    question: Question
    ranking: Ranking
    matters: tuple[str, ...] = ()
    danger: Optional[DangerLevel] = None

    @property
    def topic(self) -> str | None:
        """The best guess."""
        return self.ranking[0][0] if self.ranking else None

    @property
    def confidence(self) -> float:
        """How likely the best guess is."""
        return self.ranking[0][1] if self.ranking else 0.0

    @property
    def is_right(self) -> bool:
        """The best guess is the topic."""
        return self.topic == self.question.topic

    def is_among(self, count: int) -> bool:
        """The topic is one of the first `count`."""
        return self.question.topic in [topic for topic, _ in self.ranking[:count]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What holds at one threshold; shares of in-scope questions, of accepted ones, of others."""

    threshold: float
    accepted: float
    right: float
    out_of_scope: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How well a set was understood; `out_of_scope` is named so or not answered at all."""

    count: int
    top1: float
    top3: float
    macro_f1: float
    calibration_error: float
    accepted: float
    accepted_right: float
    out_of_scope: float


def figures(judged: Sequence[Judged], is_accepted: Callable[[Judged], bool]) -> Figures:
    """All figures of one set."""
    point = _point(judged, 0.0, is_accepted)
    return Figures(
        count=len(judged),
        top1=_share(each.is_right for each in judged),
        top3=_share(each.is_among(3) for each in judged),
        macro_f1=macro_f1(judged),
        calibration_error=calibration_error(judged),
        accepted=point.accepted,
        accepted_right=point.right,
        out_of_scope=point.out_of_scope,
    )


def curve(judged: Sequence[Judged]) -> list[Point]:
    """Coverage against accuracy over the threshold."""
    steps = [step / 20 for step in range(20)]
    return [_point(judged, step, partial(_reaches, step)) for step in steps]


def by_topic(judged: Sequence[Judged]) -> Mapping[str, tuple[int, float, float]]:
    """Count, top-1 and top-3 of each topic."""
    return by(judged, lambda each: each.question.topic)


def by(
    judged: Sequence[Judged], key: Callable[[Judged], str]
) -> Mapping[str, tuple[int, float, float]]:
    """Count, top-1 and top-3 of each part."""
    parts: dict[str, list[Judged]] = {}
    for each in judged:
        parts.setdefault(key(each), []).append(each)
    return {
        name: (
            len(part),
            _share(each.is_right for each in part),
            _share(each.is_among(3) for each in part),
        )
        for name, part in sorted(parts.items())
    }


def confusions(judged: Sequence[Judged]) -> list[tuple[str, str, int]]:
    """Meant, understood and how often, the most frequent first."""
    counts = Counter(
        (each.question.topic, each.topic or "-") for each in judged if not each.is_right
    )
    return [(meant, taken, count) for (meant, taken), count in counts.most_common()]


def macro_f1(judged: Sequence[Judged]) -> float:
    """The mean over topics of the harmonic mean of precision and recall."""
    right = Counter(each.question.topic for each in judged if each.is_right)
    meant = Counter(each.question.topic for each in judged)
    taken = Counter(each.topic for each in judged)
    return _mean([2 * right[topic] / (meant[topic] + taken[topic]) for topic in meant])


def calibration_error(judged: Sequence[Judged]) -> float:
    """The expected difference between confidence and accuracy, over ten bins."""
    bins: dict[int, list[Judged]] = {}
    for each in judged:
        bins.setdefault(min(int(each.confidence * _BINS), _BINS - 1), []).append(each)
    gaps = [
        abs(_share(each.is_right for each in part) - _mean([each.confidence for each in part]))
        * len(part)
        for part in bins.values()
    ]
    return sum(gaps) / max(1, len(judged))


def second_matters(judged: Sequence[Judged]) -> tuple[float, float]:
    """How many questions with two matters had both found, and how many with one had more."""
    double = [each for each in judged if each.question.second]
    single = [each for each in judged if not each.question.second]
    found = _share(
        {each.question.topic, each.question.second} <= set(each.matters) for each in double
    )
    return found, _share(len(each.matters) > 1 for each in single)


def _point(judged: Sequence[Judged], at: float, is_accepted: Callable[[Judged], bool]) -> Point:
    inside = [each for each in judged if each.question.topic != OUT_OF_SCOPE]
    outside = [each for each in judged if each.question.topic == OUT_OF_SCOPE]
    taken = [each for each in inside if is_accepted(each)]
    return Point(
        threshold=at,
        accepted=len(taken) / max(1, len(inside)),
        right=_share(each.is_right for each in taken),
        out_of_scope=_share(each.is_right or not is_accepted(each) for each in outside),
    )


def _reaches(threshold: float, judged: Judged) -> bool:
    return judged.confidence >= threshold


def _share(statements: Iterable[bool]) -> float:
    return _mean([float(each) for each in statements])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
