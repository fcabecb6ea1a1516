"""The paper that is talked about: its masked text, what a model made of it, the day it came."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from bot.concepts.message import IncomingMessage, ReceivedFile
from bot.concepts.paper_reading import PaperOpinion

_CLEAR = 0.85
"""Confidence from which a line that was read is believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """How a paper was read from files: its doubtful lines by their numbers from 1, the files."""

    doubted: tuple[int, ...] = ()
    files: tuple[ReceivedFile, ...] = ()

    @classmethod
    def of_message(cls, message: IncomingMessage) -> "Scan | None":
        """None where nothing was read from a file. Lines of one sentence count as one."""
        if message.reading is None:
            return None
        number, doubted = 1, set[int]()
        number += message.text.removesuffix(message.reading.text).count("\n")
        for line in message.reading.lines:
            if line.confidence < _CLEAR:
                doubted.add(number)
            number += not line.goes_on
        return cls(doubted=tuple(sorted(doubted)), files=message.files)

    def as_kept(self) -> str:
        """As one text."""
        return json.dumps(
            {"doubted": self.doubted, "files": [asdict(each) for each in self.files]}
        )

    @classmethod
    def of_kept(cls, kept: str) -> "Scan | None":
        """What was kept; None where there is nothing."""
        if not kept:
            return None
        told = json.loads(kept)
        files = tuple(ReceivedFile(**each) for each in told["files"])
        return cls(doubted=tuple(told["doubted"]), files=files)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperInHand:
    """A paper as a conversation keeps it; "" for what was not read from it."""

    text: str
    opinion: PaperOpinion | None = None
    received: date | None = None
    kind: str = ""
    court: str = ""
    case_number: str = ""
    amount: str = ""
    scan: Scan | None = None

    def as_kept(self) -> dict[str, str]:
        """Plain texts by name."""
        kept = {"text": self.text, "court": self.court, "case_number": self.case_number}
        kept |= {"amount": self.amount, "read_as": self.kind}
        if self.opinion is not None:
            kept["kind"] = self.opinion.kind
            kept["confidence"] = f"{self.opinion.confidence:.4f}"
        if self.received is not None:
            kept["received"] = self.received.isoformat()
        if self.scan is not None:
            kept["scan"] = self.scan.as_kept()
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
            kind=kept.get("read_as", ""),
            court=kept.get("court", ""),
            case_number=kept.get("case_number", ""),
            amount=kept.get("amount", ""),
            scan=Scan.of_kept(kept.get("scan", "")),
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
