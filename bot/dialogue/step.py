"""What a turn comes to: the conversation as it is now, and what is to be said or done, by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from bot.concepts.choice import Choice
from bot.concepts.clock import SHANGHAI
from bot.concepts.conversation import Conversation
from bot.concepts.paper_in_hand import Scan
from bot.concepts.understanding import Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One message: its masked words or the button that was tapped, and what the words mean.

    `meaning` is None while nobody can be asked. `is_public` when others read along. `handed_on`
    has the words that are not the person's own: forwarded, or read from a picture; `beside` is
    what the person wrote along with them, and `scan` tells how they were read from files.
    `is_edit` when the words stand in the place of those before.
    """

    text: str
    now: datetime
    choice: Choice | None = None
    meaning: Understanding | None = None
    is_public: bool = False
    handed_on: str = ""
    beside: str = ""
    scan: Scan | None = None
    is_edit: bool = False
    read: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What was read of the words already, for as long as this message is answered."""

    @property
    def on(self) -> date:
        """The day, in Shanghai."""
        return self.now.astimezone(SHANGHAI).date()


class EffectKind(Enum):
    """ANSWER is the first layer of a topic, LAYER a deeper one; FOLLOW is a tap's page or deed."""

    ANSWER = "answer"
    LAYER = "layer"
    UTTERANCE = "utterance"
    TASK = "task"
    CARD = "card"
    FOLLOW = "follow"


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing to say or do, by name; the arguments are plain values."""

    kind: EffectKind
    name: str
    arguments: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """The conversation after a message, and the effects in order."""

    conversation: Conversation
    effects: tuple[Effect, ...]


def answer(topic: str, **arguments: object) -> Effect:
    """The first layer of a topic."""
    return Effect(EffectKind.ANSWER, topic, arguments)


def layer(topic: str, name: str, **arguments: object) -> Effect:
    """A deeper layer of a topic."""
    return Effect(EffectKind.LAYER, topic, {"layer": name, **arguments})


def utterance(name: str, **values: object) -> Effect:
    """Something that is said as it is written."""
    return Effect(EffectKind.UTTERANCE, name, values)


def task(name: str, **arguments: object) -> Effect:
    """Something that is done."""
    return Effect(EffectKind.TASK, name, arguments)


def follow(choice: Choice) -> Effect:
    """What a tap asks for that is no turn of the talk."""
    return Effect(EffectKind.FOLLOW, str(choice))
