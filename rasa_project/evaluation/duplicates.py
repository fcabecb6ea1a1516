"""Near copies across the split: a question that resembles an example proves nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.safety.normalizing import squeeze
from rasa_project.components.templates import character_pairs, jaccard
from rasa_project.evaluation.questions import Question

TOO_ALIKE = 0.7
"""Jaccard index of character pairs from which a question counts as a copy of an example."""

CONTAINED = 0.9
"""Share of a question's pairs that stand in one example of about its length."""

_SAME_LENGTH = 1.5
_SHORT = 6
"""Below so many characters everybody says the same: only the very same text is a copy."""


@dataclass(frozen=True, slots=True)
class NearCopy:
    """A test question and the training example that it resembles."""

    question: str
    topic: str
    example: str
    example_topic: str
    likeness: float


def near_copies(
    questions: Sequence[Question], examples: Mapping[str, Sequence[str]]
) -> list[NearCopy]:
    """Every question too much like an example of its own or any other topic, worst first."""
    entries = [
        (topic, each, character_pairs(each)) for topic in examples for each in examples[topic]
    ]
    holders: dict[str, list[int]] = defaultdict(list)
    for place, (_, _, pairs) in enumerate(entries):
        for pair in pairs:
            holders[pair].append(place)
    found = []
    for question in questions:
        pairs = character_pairs(question.text)
        shared: dict[int, int] = defaultdict(int)
        for pair in pairs:
            for place in holders.get(pair, ()):
                shared[place] += 1
        for place in shared:
            topic, example, others = entries[place]
            if _is_copy(question.text, example, pairs, others):
                likeness = round(jaccard(pairs, others), 3)
                found.append(NearCopy(question.text, question.topic, example, topic, likeness))
    return sorted(found, key=lambda copy: -copy.likeness)


def _is_copy(text: str, example: str, pairs: frozenset[str], others: frozenset[str]) -> bool:
    plain, other = squeeze(text), squeeze(example)
    if plain == other:
        return True
    if min(len(plain), len(other)) < _SHORT:
        return False
    if jaccard(pairs, others) >= TOO_ALIKE:
        return True
    about_as_long = max(len(plain), len(other)) <= _SAME_LENGTH * min(len(plain), len(other))
    return about_as_long and len(pairs & others) >= CONTAINED * min(len(pairs), len(others))
