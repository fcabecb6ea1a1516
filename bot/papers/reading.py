"""Reads a whole paper: its fields, its kind, its signals, and the period that it starts."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date

from bot.concepts.paper_reading import OTHER, PaperFields, PaperOpinion, PaperReading
from bot.concepts.paper_words import PaperWords
from bot.papers.fields import read_fields
from bot.papers.grading import grade_of, signals_of
from bot.papers.shape import finer_kind, message_kind, title_kind
from bot.papers.text import PaperText, lay_out

FAKES = frozenset({"sms_fake_court", "sms_fake_police", "phishing"})
ADS = frozenset({"agent_ad"})
MESSAGES = frozenset({"sms_bank", "sms_agency", "sms_lawyer_style", "sms_fake_court",
                      "sms_fake_police", "lawyer_letter", "collection_letter", "phishing",
                      "debt_transfer_notice", "mediation_invite", "card_suspension", "agent_ad",
                      "wechat_excerpt", "visit_note"})  # fmt: skip
"""Kinds whose words may themselves break the rules of collecting."""
_THREATS = frozenset({"threat_violence", "threat_exposure", "insult"})
_TOLD_IN_TEXT = frozenset({"insult", "threat_violence", "threat_exposure", "push_new_loan"})
_GUESSED_BELOW = 0.4
"""Confidence of a model below which a title at the head of the paper counts more."""

ActsIn = Callable[[str], Collection[str]]
"""The acts that a story tells, by the reader of stories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReader:
    """Reads papers with the words of the knowledge base and the reader of stories."""

    words: PaperWords
    acts_in: ActsIn

    def read(self, raw: str, opinion: PaperOpinion | None, received: date | None) -> PaperReading:
        """All that the text of a paper tells."""
        text = lay_out(raw, self.words)
        fields = read_fields(text, self.words, received)
        kind, confidence = self.kind_of(text, opinion)
        kind = message_kind(kind, text, fields, self.words)
        finer = finer_kind(kind, text, self.words)
        shown = finer if kind in FAKES else kind
        fields = self._with_acts(text, raw, shown, fields)
        signals = signals_of(text, shown, fields, self.words)
        return PaperReading(
            kind=finer,
            taken_for=kind,
            confidence=confidence,
            fields=fields,
            grade=grade_of(signals, self.words.kinds[shown], confidence, fields, text),
            signals=signals,
            period=self._period(text, finer),
        )

    def kind_of(self, text: PaperText, opinion: PaperOpinion | None) -> tuple[str, float]:
        """The kind that a model sees; by the title where there is no model or it is not sure."""
        titled = title_kind(text, self.words)
        if opinion is None or opinion.kind not in self.words.kinds:
            return (titled, 0.5) if titled else (OTHER, 0.0)
        if opinion.confidence < _GUESSED_BELOW and titled:
            return titled, _GUESSED_BELOW
        return opinion.kind, opinion.confidence

    def _with_acts(self, text: PaperText, raw: str, kind: str, fields: PaperFields) -> PaperFields:
        """With what the text itself does, and what its kind adds to the facts."""
        acts: set[str] = set()
        if kind in MESSAGES:
            acts = {name for name, told in self.words.acts.items() if told.search(text.running)}
            acts |= _TOLD_IN_TEXT & {*self.acts_in(raw)}
        if kind == "sms_fake_court":
            acts.add("impersonate_court")
        if kind == "sms_fake_police":
            acts.add("impersonate_police")
        added = {"has_threat"} if acts & _THREATS else set()
        added |= {"kind_of_fakes"} if kind in FAKES else set()
        added |= {"kind_of_ads"} if kind in ADS else set()
        return replace(fields, acts=tuple(sorted(acts)), found=fields.found | added)

    def _period(self, text: PaperText, kind: str) -> str | None:
        for period in self.words.kinds[kind].periods:
            is_stopped = period.not_told is not None and period.not_told.search(text.running)
            if period.told.search(text.running) and not is_stopped:
                return period.kind
        return None
