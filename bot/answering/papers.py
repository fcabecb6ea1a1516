"""Reads a received paper as a whole: what it is, whether it looks genuine, when to act. Pure."""

from dataclasses import dataclass
from datetime import date

from bot.answering.call_check import CallChecker
from bot.answering.deadlines import DeadlineReckoner
from bot.concepts.deadline import Deadline
from bot.concepts.paper_reading import OTHER, Grade, PaperOpinion, PaperReading
from bot.concepts.paper_words import LenderContact, PaperKind, PaperWords
from bot.knowledge.deadlines import DeadlineKind
from bot.papers.fields import lender_of
from bot.papers.reading import MESSAGES, PaperReader
from bot.papers.shape import is_pasted

_BELIEVED = frozenset({Grade.LIKELY, Grade.CANNOT_TELL})
"""Grades of papers that are acted on; the others are checked first."""
_PERHAPS_OF_A_FRIEND = frozenset({OTHER, "wechat_excerpt", "visit_note"})
"""Kinds in which somebody close may speak."""
_OFFICES = frozenset({"court", "police", "arbitration", "notary"})
_NUMBERED = frozenset({"number_sound", "number_criminal"})
"""What is found in a paper whose case number is a court's."""
_SURE = 0.9
"""Likelihood that a text is a paper at all from which its words are taken for a stranger's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDesk:
    """Reads papers and reckons their last safe days."""

    words: PaperWords
    checker: CallChecker
    reckoner: DeadlineReckoner

    def read(
        self, text: str, opinion: PaperOpinion | None, received: date | None, on: date
    ) -> PaperReading:
        """All that the text tells; `received` is the day it came, where that is known."""
        reader = PaperReader(
            words=self.words, acts_in=lambda story: self.checker.reader.read(story, on).acts
        )
        return reader.read(text, opinion, received)

    def is_of_strangers(self, text: str, opinion: PaperOpinion | None, on: date) -> bool:
        """Whether it surely is of an office or a collector: nobody speaks of himself in it."""
        reading = self.read(text, opinion, None, on)
        if reading.kind in _PERHAPS_OF_A_FRIEND:
            return False
        is_seen = opinion is not None and opinion.is_paper >= _SURE
        is_signed = is_seen and reading.fields.sender is not None
        return is_signed or is_pasted(text, self.words)

    def kind(self, reading: PaperReading) -> PaperKind:
        """What is known of its kind."""
        return self.words.kinds[reading.kind]

    def is_believed(self, reading: PaperReading) -> bool:
        """Whether it may be acted on as what it says it is."""
        return reading.grade in _BELIEVED

    def period(self, reading: PaperReading) -> DeadlineKind | None:
        """The kind of period that it starts, if it is what it says it is."""
        return None if reading.period is None else self.reckoner.book.kinds[reading.period]

    def deadline(self, reading: PaperReading, received: date | None) -> Deadline | None:
        """The last day, only where it is certain: the period, the arrival, and no forgery."""
        return self.deadline_if_true(reading, received) if self.is_believed(reading) else None

    def deadline_if_true(self, reading: PaperReading, received: date | None) -> Deadline | None:
        """The last day that a paper would have if it were genuine.

        Of one that is not believed only with a court's case number: a believed one that shows
        only its last page has none, and whoever told the day of arrival is not asked for it again.
        """
        start = received or reading.fields.dates.received
        if reading.period is None or start is None:
            return None
        is_of_court = "court" in reading.fields.claims
        is_numbered = bool(_NUMBERED & reading.fields.found)
        if is_of_court and not is_numbered and not self.is_believed(reading):
            return None
        deadline = self.reckoner.due(reading.period, start)
        return deadline if deadline.due is not None else None

    def may_set_a_term(self, reading: PaperReading) -> bool:
        """Whether something may run out if it is genuine: it speaks in the name of an office."""
        is_of_office = bool(_OFFICES & reading.fields.claims) and reading.kind not in MESSAGES
        return is_of_office or reading.period is not None

    def lender(self, reading: PaperReading) -> LenderContact | None:
        """The lender whose name the sender bears, with its own number."""
        return lender_of(reading.fields.sender, self.words)


def last_safe_day(deadline: Deadline | None) -> date | None:
    """The day by which one is surely in time: the earlier one where rest days are not known."""
    return None if deadline is None else deadline.safe_day or deadline.due


def reading_as_json(
    desk: PaperDesk, reading: PaperReading, received: date | None
) -> dict[str, object]:
    """What `zhiquan read --json` prints of a paper, but for its id and the reply."""
    fields, kind = reading.fields, desk.kind(reading)
    deadline = desk.deadline(reading, received)
    day = last_safe_day(deadline)
    days = {
        "issued": fields.dates.issued,
        "received": fields.dates.received or received,
        "hearing": fields.dates.hearing,
        "due": fields.dates.due,
    }
    return {
        "kind": reading.taken_for,
        "finer_kind": reading.kind,
        "confidence": round(reading.confidence, 4),
        "genuine": reading.grade.value,
        "signals": [{"for": each.is_for, "text": each.says} for each in reading.signals],
        "sender": fields.sender,
        "addressee": fields.addressee,
        "case_number": fields.case_number.written if fields.case_number else None,
        "demand": fields.demand,
        "amounts": [float(each) for each in fields.amounts],
        "phones": list(fields.phones),
        "links": [each.written for each in fields.links],
        "accounts": [each.number for each in fields.accounts],
        "dates": {name: each.isoformat() for name, each in days.items() if each},
        "last_safe_day": day.isoformat() if day else None,
        "law": str(deadline.article) if deadline and deadline.article else None,
        "acts": list(fields.acts),
        "next": [*kind.next, *([kind.letter] if kind.letter else [])],
    }
