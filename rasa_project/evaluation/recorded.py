"""The figures that must not fall: written by `record`, read by the tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from rasa_project.evaluation.measuring import CHECKOUT, FINAL, PLAIN, Measured
from rasa_project.evaluation.stories import BOTH, UNSEEN
from rasa_project.evaluation.variants import variants

FILE = CHECKOUT / "tests" / "rasa_project" / "figures.json"

NOISE = 0.01
"""A figure may fall by so much: one more typo in the variants, one question of a small set."""

_LESS_IS_BETTER = (
    *("calibration_error", "false_alarms", "spread"),
    *("stories_false_all_clear", "stories_threats_cleared", "stories_laws_too_many"),
)
_OF_STORIES = (
    *("time", "count", "contacted", "acts_exact", "acts_precision", "acts_recall", "acts_f1"),
    *("laws_found", "laws_too_many", "urgent", "false_all_clear", "threats_cleared"),
)


def guarded(measured: Measured) -> dict[str, float]:
    """The figures that are recorded, by name."""
    final, plain = measured.figures[FINAL], measured.figures[PLAIN]
    worst = min(measured.figures[name].top1 for name in variants())
    danger, stories = measured.danger[FINAL]["both"], measured.stories[UNSEEN][BOTH]
    return {
        "top1": round(final.top1, 4),
        "top3": round(final.top3, 4),
        "macro_f1": round(final.macro_f1, 4),
        "accepted": round(final.accepted, 4),
        "accepted_right": round(final.accepted_right, 4),
        "out_of_scope": round(final.out_of_scope, 4),
        "calibration_error": round(final.calibration_error, 4),
        "spread": round(plain.top1 - worst, 4),
        "strong_recall": round(danger.strong_recall, 4),
        "false_alarms": round(danger.false_alarms, 4),
        **{f"stories_{name}": round(getattr(stories, name), 4) for name in _OF_STORIES},
    }


def record(measured: Measured, file: Path = FILE) -> None:
    """Keep today's figures as the mark to hold."""
    text = json.dumps(guarded(measured), indent=2)
    file.write_text(text + "\n", encoding="utf-8")


def drops(now: Mapping[str, float], before: Mapping[str, float]) -> list[str]:
    """What is worse than recorded by more than NOISE, one sentence for each."""
    found = []
    for name, mark in before.items():
        worse = now[name] - mark if name in _LESS_IS_BETTER else mark - now[name]
        if round(worse, 4) > NOISE:
            found.append(f"{name} was {mark:.4f} and is {now[name]:.4f}")
    return found


def recorded(file: Path = FILE) -> Mapping[str, float]:
    """The figures to hold."""
    entries: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))
    return entries
