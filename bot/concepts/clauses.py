"""Clauses of stories as people tell them, and what is heard in each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

STANCES = ("done", "threatened", "denied", "asked", "others", "mine")
"""How an act is told: as done, announced, not done, only asked about, of others, one's own."""

THREATS = ("threat_violence", "threat_exposure")
"""The acts that are told of the collectors where they are threatened; all others where done."""

WRITERS = ("debtor", "relative", "contact", "guarantor", "employer", "stranger")
"""Who writes, by the clause itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One breath of a story as an annotator heard it.

    `acts` is the stance by act; `reached` who was reached, as seen from the debtor; `now` whether
    there is physical danger at this moment; `hand` who wrote it, by the name of the file;
    `story` of which whole story it is a part, None where it stands alone; `is_danger` whether
    somebody may not want to live any more, or harm somebody, so that it is no ordinary talk.
    """

    says: str
    acts: Mapping[str, str] = field(default_factory=dict)
    reached: tuple[str, ...] = ()
    by: str = "debtor"
    channel: str | None = None
    now: bool = False
    hand: str = ""
    story: str | None = None
    is_danger: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardClause:
    """One clause as the model heard it: likelihoods from 0 to 1 by label.

    Labels: `insult` and the other acts (told of the collectors), `insult:denied` (an act in
    another stance), `stance:denied` (any act), `reached:family`, `by:relative`, `channel:phone`,
    `now`, `improper`. What is unlikely is left out. `is_known` unless nothing of it resembles
    what was learnt; `says` is empty where only what was heard is kept.
    """

    likely: Mapping[str, float]
    is_known: bool = True
    says: str = ""

    def of(self, label: str) -> float:
        """How likely a label is."""
        return self.likely.get(label, 0.0)
