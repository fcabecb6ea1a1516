"""One run over all sets: what was understood, how fast, how large."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from rasa.shared.nlu.constants import TEXT

from bot.answering.tasks.all_tasks import checker_of
from bot.concepts.aspects import TAUGHT_WAYS
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.library import open_book
from bot.knowledge.loader import read_knowledge
from bot.safety.crisis_words import CrisisWatch
from rasa_project.components.clause_model import ClauseModel
from rasa_project.components.clause_reader import annotated_clauses
from rasa_project.components.clauses import clauses_of, cut_otherwise
from rasa_project.components.concepts import Concepts
from rasa_project.components.danger_classifier import DANGER, ORDINARY
from rasa_project.components.danger_model import HARMLESS
from rasa_project.components.stored import learnt_in
from rasa_project.components.story_listener import stories
from rasa_project.components.word_lists import FOLDER, read_word_lists
from rasa_project.evaluation.acceptance import Costs, best_threshold, rule
from rasa_project.evaluation.danger import (
    DangerCost,
    DangerFigures,
    DangerPoint,
    OrdinaryShares,
    WordsPoint,
    danger_costs,
    danger_curve,
    measure_danger,
    measure_ordinary,
    words_curve,
)
from rasa_project.evaluation.figures import Figures, Judged, figures
from rasa_project.evaluation.pipelines import Ours, Pipeline, flat, without_danger
from rasa_project.evaluation.questions import (
    Question,
    Questions,
    changed,
    read_danger,
    read_labelled,
    read_questions,
)
from rasa_project.evaluation.settings import Settings
from rasa_project.evaluation.stories import Hear, StoryMeasures, measure_stories, told_clauses
from rasa_project.evaluation.variants import variants
from rasa_project.importer import messages_of_no_intent

CHECKOUT = Path(__file__).parents[2]
QUESTIONS = CHECKOUT / "tests" / "questions"
FOREIGN = CHECKOUT.parent / "shared" / "questions" / "dev.jsonl"

SEEN, FINAL, PLAIN = "seen", "final", "plain"
DANGER_SETS = (SEEN, FINAL, "blind")
_AT_ONCE = 200
FOREIGN_SET, STRANGERS, TWO_MATTERS = "foreign", "strangers", "two matters"
ADDED, ASKED = "added", "asked"
"""The final questions of topics that came after the others (FINAL stays what it was), and those
that people asked in vain and advocates made test questions of, once there are any."""
HELD_OUT = "cross-validation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Everything a report says. `sets` are the plain sets and their variants, by name."""

    sets: Mapping[str, Sequence[Judged]]
    figures: Mapping[str, Figures]
    settings: Settings
    cheapest: Mapping[str, float]
    danger: Mapping[str, DangerFigures]
    danger_curve: Sequence[DangerPoint]
    words_curve: Sequence[WordsPoint]
    danger_costs: Sequence[DangerCost]
    ordinary: OrdinaryShares
    stories: StoryMeasures
    milliseconds: float
    slowest: float
    seconds_to_learn: float
    size: int


def measure(
    knowledge: KnowledgeBase,
    settings: Settings,
    foreign: Path = FOREIGN,
    *,
    model: Optional[Path] = None,
) -> Measured:
    """Learn from the examples and understand every question; also the examples themselves.

    With a trained `model` nothing is learnt, and the examples are left out: there are no
    curves, and the seconds are those of reading it.
    """
    examples = knowledge.examples()
    ours = pipeline_of(knowledge, settings)
    seconds = _seconds_to_know(ours, examples, model)
    sets = {name: _judge(ours, part) for name, part in question_sets(foreign).items()}
    watch = CrisisWatch(knowledge.crisis.patterns)
    curves = _Curves()
    if model is None:
        sets[HELD_OUT] = _held_out(ours, examples)
        curves = _curves(ours, examples, watch)
    is_accepted = rule(settings.threshold)
    times = sorted(_milliseconds(ours, each.question.text) for each in sets[FINAL][:200])
    return Measured(
        sets=sets,
        figures={name: figures(part, is_accepted) for name, part in sets.items()},
        settings=settings,
        cheapest=_cheapest(sets),
        danger=_danger(ours, watch),
        danger_curve=curves.danger,
        words_curve=curves.words,
        danger_costs=_danger_costs(ours, watch, settings),
        ordinary=measure_ordinary(watch, ours.danger_likelihoods, told_clauses(), settings.danger),
        stories=measure_stories(checker_of(open_book(FOLDER)), ears(model)),
        milliseconds=times[len(times) // 2],
        slowest=times[int(len(times) * 0.99)],
        seconds_to_learn=seconds,
        size=ours.size(),
    )


def _danger(ours: Ours, watch: CrisisWatch) -> dict[str, DangerFigures]:
    """By set: of the words, of the model, and of both."""
    return {
        name: measure_danger(watch, ours.danger, read_danger(QUESTIONS / name / "danger"))
        for name in DANGER_SETS
    }


def _danger_costs(ours: Ours, watch: CrisisWatch, settings: Settings) -> Sequence[DangerCost]:
    """What each pair of thresholds would cost, on the set that may guide it."""
    messages = read_danger(QUESTIONS / SEEN / "danger")
    return danger_costs(watch, ours.danger_likelihoods, messages, settings.danger[HARMLESS])


def _cheapest(sets: Mapping[str, Sequence[Judged]]) -> dict[str, float]:
    """The threshold that would cost least, on each set that may guide it."""
    names = (SEEN, FOREIGN_SET, HELD_OUT)
    return {name: best_threshold(sets[name], Costs()) for name in names if name in sets}


def _seconds_to_know(
    ours: Ours, examples: Mapping[str, Sequence[str]], model: Optional[Path]
) -> float:
    """Learn, or take over what was learnt; the seconds that it took."""
    started = time.perf_counter()
    if model is None:
        ours.learn(examples)
    else:
        ours.take_over(model)
    return time.perf_counter() - started


@dataclass(frozen=True, slots=True, kw_only=True)
class _Curves:
    """What each threshold would cost, on examples that were left out in turn."""

    danger: Sequence[DangerPoint] = ()
    words: Sequence[WordsPoint] = ()


def _curves(ours: Ours, examples: Mapping[str, Sequence[str]], watch: CrisisWatch) -> _Curves:
    texts, is_danger = ours.danger_examples(examples)
    likely = ours.held_out_danger(texts, is_danger)
    is_strong = [watch.is_strong(text) for text in texts]
    return _Curves(
        danger=danger_curve(likely, is_danger), words=words_curve(likely, is_danger, is_strong)
    )


def pipeline_of(knowledge: KnowledgeBase, settings: Settings) -> Ours:
    """The components as config.yml sets them up, with nothing learnt yet."""
    return Ours(
        read_word_lists(),
        frozenset(knowledge.talk),
        knowledge.crisis.patterns.harmless,
        settings.danger,
        stories(),
        _others(knowledge),
    )


def _others(knowledge: KnowledgeBase) -> Mapping[str, Sequence[str]]:
    """What the importer brings to no intent, by level of danger."""
    found: dict[str, list[str]] = {}
    for message in messages_of_no_intent(knowledge):
        found.setdefault(message.get(DANGER, ORDINARY), []).append(message.get(TEXT))
    return found


def ears(model: Optional[Path] = None) -> Hear:
    """What hears the clauses of a story: as a trained model does, or learnt anew."""
    if model is None:
        clauses = ClauseModel(Concepts(read_word_lists())).fit(annotated_clauses())
    else:
        clauses = learnt_in(model)["ClauseReader"]
    return lambda text: clauses.hear(clauses_of(text), cut_otherwise(text))


def question_sets(foreign: Path = FOREIGN) -> Mapping[str, Questions]:
    """The seen and the final questions, the variants of both, and those of other authors."""
    seen, final = (read_questions(QUESTIONS / name) for name in (SEEN, FINAL))
    sets: dict[str, Questions] = {SEEN: seen, FINAL: final, PLAIN: (*seen, *final)}
    sets |= {name: changed(sets[PLAIN], change) for name, change in variants().items()}
    sets[ADDED] = read_questions(QUESTIONS / ADDED)
    if asked := read_questions(QUESTIONS / ASKED):
        sets[ASKED] = asked
    sets[STRANGERS] = read_labelled(QUESTIONS / "strangers.jsonl")
    sets[TWO_MATTERS] = read_labelled(QUESTIONS / "two_matters.jsonl")
    if others := read_labelled(foreign):
        sets[FOREIGN_SET] = others
    return sets


def every_test() -> Questions:
    """All that must not resemble an example: questions, and messages of danger."""
    sets = question_sets()
    dangers = [read_danger(QUESTIONS / name / "danger") for name in DANGER_SETS]
    messages = [
        Question(text, "danger")
        for danger in dangers
        for text in (*danger.strong, *danger.weak, *danger.harmless)
    ]
    asked = (
        *sets[PLAIN],
        *sets[ADDED],
        *sets.get(ASKED, ()),
        *sets[STRANGERS],
        *sets[TWO_MATTERS],
    )
    return (*asked, *messages)


def every_example(knowledge: KnowledgeBase) -> Mapping[str, Sequence[str]]:
    """The examples of each topic, and what teaches danger by level, but for `asked_next`."""
    clauses = [each.says for each in annotated_clauses()]
    return {**knowledge.examples(), **read_word_lists().danger, "clauses": clauses}


def asked_next(knowledge: KnowledgeBase) -> list[str]:
    """The ways of asking next. They teach no topic; to the model of danger they are ordinary."""
    entries = [entry for answer in knowledge.answers.values() for entry in answer.follow_ups]
    led = [text for entry in entries for ways in entry.leads.values() for text in ways]
    return [text for entry in entries for text in entry.asks[:TAUGHT_WAYS]] + led


def judge(pipeline: Pipeline, questions: Sequence[Question]) -> list[Judged]:
    """What a pipeline makes of each question."""
    return [Judged(each, pipeline.rank(each.text)) for each in questions]


def knowledge_as_it_stands() -> KnowledgeBase:
    """What can be read of knowledge/; its faults are another command's business."""
    knowledge, _ = read_knowledge(FOLDER)
    return knowledge


def _judge(ours: Ours, questions: Sequence[Question]) -> list[Judged]:
    judged = []
    for start in range(0, len(questions), _AT_ONCE):
        part = questions[start : start + _AT_ONCE]
        found = ours.understand_each([each.text for each in part])
        judged += [
            Judged(each, understood.ranking, understood.matters, opinion.level)
            for each, (understood, opinion) in zip(part, found, strict=True)
        ]
    return judged


def _held_out(ours: Ours, examples: Mapping[str, Sequence[str]]) -> list[Judged]:
    texts, topics = flat(without_danger(examples))
    rankings = ours.held_out(examples)
    return [
        Judged(Question(text, topic), ranking)
        for text, topic, ranking in zip(texts, topics, rankings, strict=True)
    ]


def _milliseconds(ours: Ours, text: str) -> float:
    started = time.perf_counter()
    ours.understand_each([text])
    return (time.perf_counter() - started) * 1000
