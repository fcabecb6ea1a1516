"""A message that the bot did not do well with, as it is kept for the advocates to learn from."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

OUT_OF_SCOPE = "out_of_scope"
"""The talk that refuses what is not ours, and the utterance that does so."""

LONGEST = 300
"""Characters of a message that are kept: nobody learns from more, and a story tells who it is."""


class MissKind(Enum):
    """Refused, not understood, asked back, marked 没用, or corrected after a check."""

    REFUSED = "refused"
    NOT_UNDERSTOOD = "not_understood"
    ASKED_BACK = "asked_back"
    USELESS = "useless"
    CORRECTED = "corrected"


class Decision(Enum):
    """What an advocate made of it."""

    EXAMPLE = "example"
    FOLLOW_UP = "follow_up"
    TEST = "test"
    NOT_OURS = "not_ours"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """One message. `sender` is a pseudonym, `text` masked and at most LONGEST characters.

    `guesses` are the topics that were offered or answered; for a correction, what was taken back
    (`act_insult`, `time`).
    """

    sender: str
    kind: MissKind
    text: str
    guesses: tuple[str, ...]
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMiss:
    """A kept message by its number, with what was decided of it, if anything was."""

    number: int
    missed: Missed
    decision: Decision | None = None
