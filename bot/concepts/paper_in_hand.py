"""The paper that is talked about: its masked text, what a model made of it, the day it came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.concepts.paper_reading import PaperOpinion


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperInHand:
    """A paper as a conversation keeps it; "" for what was not read from it."""

    text: str
    opinion: PaperOpinion | None = None
    received: date | None = None
    court: str = ""
    case_number: str = ""
    amount: str = ""

    def as_kept(self) -> dict[str, str]:
        """Plain texts by name."""
        kept = {"text": self.text, "court": self.court, "case_number": self.case_number}
        kept["amount"] = self.amount
        if self.opinion is not None:
            kept["kind"] = self.opinion.kind
            kept["confidence"] = f"{self.opinion.confidence:.4f}"
        if self.received is not None:
            kept["received"] = self.received.isoformat()
        return {name: value for name, value in kept.items() if value}

    @classmethod
    def of_kept(cls, kept: Mapping[str, str]) -> "PaperInHand | None":
        """The paper that was kept; None where there is none."""
        if not kept.get("text"):
            return None
        opinion = None
        if kept.get("kind"):
            opinion = PaperOpinion(kept["kind"], _number(kept.get("confidence", "")), 1.0)
        return cls(
            text=kept["text"],
            opinion=opinion,
            received=_day(kept.get("received", "")),
            court=kept.get("court", ""),
            case_number=kept.get("case_number", ""),
            amount=kept.get("amount", ""),
        )


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
