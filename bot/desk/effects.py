"""What a lesson changed: of its own topic's test questions, and of those that turned with it.

The lessons of a proposal are measured together: what turned is told with each lesson whose topic
it belongs to, or is taken for now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.concepts.missed import OUT_OF_SCOPE, Decision
from bot.desk.lessons import Lesson


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """How many of the topic's questions were heard before and after, and which turned."""

    questions: int
    before: int
    after: int
    better: tuple[str, ...]
    worse: tuple[str, ...]


def effects_of(found: Mapping[str, Any], lessons: Sequence[Lesson]) -> dict[str, Effect]:
    """By the id of each lesson that teaches a topic; none where nothing was measured yet."""
    if "turned" not in found:
        return {}
    return {
        lesson.id: _effect(found, _topic(lesson))
        for lesson in lessons
        if lesson.decision in (Decision.EXAMPLE.value, Decision.NOT_OURS.value)
    }


def _topic(lesson: Lesson) -> str:
    is_ours = lesson.decision != Decision.NOT_OURS.value
    return lesson.matter if is_ours else OUT_OF_SCOPE


def _effect(found: Mapping[str, Any], topic: str) -> Effect:
    questions, before, after = found["topics"].get(topic, (0, 0, 0))
    turned = [each for each in found["turned"] if topic in (each["topic"], each["after"])]
    return Effect(
        questions=questions,
        before=before,
        after=after,
        better=tuple(each["text"] for each in turned if each["after"] == each["topic"]),
        worse=tuple(each["text"] for each in turned if each["after"] != each["topic"]),
    )
