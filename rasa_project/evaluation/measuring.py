"""One run over all sets: what was understood, how fast, how large."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.concepts.danger import Danger, DangerLevel
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import read_knowledge
from bot.safety.crisis_words import CrisisWatch
from rasa_project.components.word_lists import FOLDER, read_word_lists
from rasa_project.evaluation.acceptance import Costs, best_threshold, rule
from rasa_project.evaluation.figures import Figures, Judged, figures
from rasa_project.evaluation.pipelines import Ours, Pipeline, flat
from rasa_project.evaluation.questions import (
    DangerMessages,
    Question,
    Questions,
    changed,
    halves,
    read_danger,
    read_foreign,
    read_questions,
)
from rasa_project.evaluation.variants import variants

CHECKOUT = Path(__file__).parents[2]
QUESTIONS = CHECKOUT / "tests" / "questions"
FOREIGN = CHECKOUT.parent / "shared" / "questions" / "dev.jsonl"

PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerFigures:
    """Shares of the three lists; `strong_missed` counts those without any sign."""

    strong_recall: float
    strong_missed: int
    weak_recall: float
    false_alarms: float
    any_alarms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Everything a report says. `sets` are the plain sets and their variants, by name."""

    sets: Mapping[str, Sequence[Judged]]
    figures: Mapping[str, Figures]
    threshold: float
    cheapest: Mapping[str, float]
    danger: DangerFigures
    milliseconds: float
    slowest: float
    seconds_to_learn: float
    size: int


def measure(
    knowledge: KnowledgeBase, settings: Mapping[str, Any], foreign: Path = FOREIGN
) -> Measured:
    """Learn from the examples and understand every question. `settings` are Acceptance's."""
    examples = knowledge.examples()
    ours = Ours(read_word_lists(), frozenset(knowledge.talk))
    started = time.perf_counter()
    ours.learn(examples)
    seconds = time.perf_counter() - started
    sets = {name: _judge(ours, part) for name, part in question_sets(foreign).items()}
    is_accepted = rule(float(settings["threshold"]), settings["threshold_of"])
    held_out = _held_out(ours, examples)
    times = sorted(_milliseconds(ours, each.question.text) for each in sets["final half"][:200])
    return Measured(
        sets={**sets, "cross-validation": held_out},
        figures={
            name: figures(part, is_accepted)
            for name, part in {**sets, "cross-validation": held_out}.items()
        },
        threshold=float(settings["threshold"]),
        cheapest={
            "dev half": best_threshold(sets["dev half"], Costs()),
            "cross-validation": best_threshold(held_out, Costs()),
        },
        danger=measure_danger(
            CrisisWatch(knowledge.crisis.patterns), read_danger(QUESTIONS / "danger")
        ),
        milliseconds=times[len(times) // 2],
        slowest=times[int(len(times) * 0.99)],
        seconds_to_learn=seconds,
        size=ours.size(),
    )


def question_sets(foreign: Path = FOREIGN) -> Mapping[str, Questions]:
    """The halves, the variants of all the project's questions, and the foreign set."""
    questions = read_questions(QUESTIONS)
    looked_at, kept = halves(questions)
    sets: dict[str, Questions] = {"dev half": looked_at, "final half": kept, PLAIN: questions}
    sets |= {name: changed(questions, change) for name, change in variants().items()}
    if strangers := read_foreign(foreign):
        sets["foreign"] = strangers
    return sets


def judge(pipeline: Pipeline, questions: Sequence[Question]) -> list[Judged]:
    """What a pipeline makes of each question."""
    return [Judged(each, pipeline.rank(each.text)) for each in questions]


def measure_danger(watch: CrisisWatch, messages: DangerMessages) -> DangerFigures:
    """How the words of danger do on messages of danger and on those that only sound like it."""
    strong = [watch.look(text) for text in messages.strong]
    weak = [watch.look(text) for text in messages.weak]
    harmless = [watch.look(text) for text in messages.harmless]
    return DangerFigures(
        strong_recall=sum(map(_is_strong, strong)) / len(strong),
        strong_missed=strong.count(None),
        weak_recall=1 - weak.count(None) / len(weak),
        false_alarms=sum(map(_is_strong, harmless)) / len(harmless),
        any_alarms=1 - harmless.count(None) / len(harmless),
    )


def _is_strong(sign: Danger | None) -> bool:
    return sign is not None and sign.level is DangerLevel.STRONG


def knowledge_as_it_stands() -> KnowledgeBase:
    """What can be read of knowledge/; its faults are another command's business."""
    knowledge, _ = read_knowledge(FOLDER)
    return knowledge


def _judge(ours: Ours, questions: Sequence[Question]) -> list[Judged]:
    judged = []
    for each in questions:
        understood = ours.understand(each.text)
        judged.append(Judged(each, understood.ranking, understood.matters))
    return judged


def _held_out(ours: Ours, examples: Mapping[str, Sequence[str]]) -> list[Judged]:
    texts, topics = flat(examples)
    rankings = ours.held_out(examples)
    return [
        Judged(Question(text, topic), ranking)
        for text, topic, ranking in zip(texts, topics, rankings, strict=True)
    ]


def _milliseconds(ours: Ours, text: str) -> float:
    started = time.perf_counter()
    ours.understand(text)
    return (time.perf_counter() - started) * 1000
