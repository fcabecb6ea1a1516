"""When to answer: the threshold follows from what each mistake costs the person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.concepts.danger import DangerLevel
from rasa_project.evaluation.figures import Judged
from rasa_project.evaluation.questions import OUT_OF_SCOPE


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What happens to the person, counted in questions back (asking back itself costs 1)."""

    wrong_answer: float = 4.0
    """Law that is not theirs: four times as bad as one more tap."""
    wrongly_refused: float = 2.0
    """Told that this is not covered although it is."""
    hidden: float = 1.0
    """Asked back, and the topic is not among the three choices: another round."""


def cost(judged: Sequence[Judged], threshold: float, costs: Costs) -> float:
    """The mean cost of a message at a threshold."""
    return sum(_cost_of(each, threshold, costs) for each in judged) / max(1, len(judged))


def best_threshold(judged: Sequence[Judged], costs: Costs) -> float:
    """The cheapest threshold, in steps of a hundredth."""
    return min((step / 100 for step in range(5, 96)), key=lambda at: cost(judged, at, costs))


def rule(threshold: float) -> Callable[[Judged], bool]:
    """The decision that the component Acceptance makes, for measuring."""

    def is_accepted(judged: Judged) -> bool:
        is_likely = judged.topic is not None and judged.confidence >= threshold
        return is_likely or judged.danger is DangerLevel.STRONG

    return is_accepted


def _cost_of(judged: Judged, threshold: float, costs: Costs) -> float:
    if judged.confidence >= threshold:
        if judged.is_right:
            return 0.0
        return costs.wrongly_refused if judged.topic == OUT_OF_SCOPE else costs.wrong_answer
    is_outside = judged.question.topic == OUT_OF_SCOPE
    return 1.0 if is_outside or judged.is_among(3) else 1.0 + costs.hidden
