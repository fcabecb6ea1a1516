"""What the Rasa server made of a message: what was meant, and what it asks the bot to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.concepts.danger import Opinion


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic and how likely it is, from 0 to 1."""

    topic: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What a message means. `matters` are all topics found in it, best first.

    Not `accepted` means that the bot asks back instead of answering `topic`. `danger` is a
    second opinion beside the words of danger.
    """

    topic: str
    confidence: float
    accepted: bool
    ranking: tuple[Candidate, ...]
    matters: tuple[str, ...]
    danger: Opinion = field(default_factory=Opinion)


class EffectKind(Enum):
    """What Rasa may ask for."""

    ANSWER = "answer"
    UTTERANCE = "utterance"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing to say or do, by name: a topic's answer, an utterance, or a task."""

    kind: EffectKind
    name: str
    arguments: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What a message meant, and its effects in order."""

    understanding: Understanding
    effects: tuple[Effect, ...]
