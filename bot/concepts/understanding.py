"""What a model made of a message."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.concepts.clauses import HeardClause
from bot.concepts.danger import Opinion
from bot.concepts.paper_reading import PaperOpinion


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic and how likely it is, from 0 to 1."""

    topic: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What a message means. `matters` are all topics found in it, best first.

    Not `accepted` means that the bot asks back instead of answering `topic`. `danger` is a
    second opinion beside the words of danger. `aspect` is the side of the matter in hand that a
    follow-up asks for; None for a message that stands alone. `asked_next` has the questions that
    are asked next of some topic and mean nearly the same, as topic#number or topic#number>lead,
    with how alike they are, up to 1. `paper` is what the text is as a received paper, `heard` what
    each clause tells, in order.
    """

    topic: str
    confidence: float
    accepted: bool
    ranking: tuple[Candidate, ...]
    matters: tuple[str, ...]
    danger: Opinion = field(default_factory=Opinion)
    aspect: str | None = None
    aspect_confidence: float = 0.0
    asked_next: Mapping[str, float] = field(default_factory=dict)
    paper: PaperOpinion | None = None
    heard: tuple[HeardClause, ...] = ()
