"""Whether a paper looks genuine: the signals that it shows, and what they come to. No oracle."""

from collections.abc import Collection

from bot.concepts.paper_reading import Grade, PaperFields
from bot.concepts.paper_words import PaperKind, PaperSignal, PaperWords, Strength
from bot.papers.text import PaperText

_ORDER = tuple(Strength)
_STRONG_ENOUGH, _MEDIUM_ENOUGH = 2, 2
"""Strong signals from which a paper is a fake, and medium ones from which it is doubtful."""


def signals_of(
    text: PaperText, kind: str, fields: PaperFields, words: PaperWords
) -> tuple[PaperSignal, ...]:
    """Every signal that a paper shows, those against it first, the strongest first."""
    shown = [each for each in words.signals if _shows(each, text, kind, fields)]
    return tuple(sorted(shown, key=lambda each: (each.is_for, _ORDER.index(each.strength))))


def grade_of(
    signals: Collection[PaperSignal],
    kind: PaperKind,
    confidence: float,
    fields: PaperFields,
    text: PaperText,
) -> Grade:
    """What the signals come to. Likely only where nothing speaks against it and its form fits."""
    against = [each.strength for each in signals if not each.is_for]
    strong, medium = against.count(Strength.STRONG), against.count(Strength.MEDIUM)
    if Strength.CERTAIN in against or strong >= _STRONG_ENOUGH:
        return Grade.FAKE
    if strong or medium >= _MEDIUM_ENOUGH:
        return Grade.DOUBTFUL
    is_formed = bool(kind.likely) and kind.likely <= fields.found and confidence >= _SURE_KIND
    is_good = is_formed and not against and not fields.acts and _is_worded_well(text, kind)
    return Grade.LIKELY if is_good else Grade.CANNOT_TELL


def _is_worded_well(text: PaperText, kind: PaperKind) -> bool:
    """Whether it has the set words of its kind, and none that forgers use."""
    is_odd = kind.likely_not is not None and kind.likely_not.search(text.running) is not None
    is_set = kind.likely_told is None or kind.likely_told.search(text.running) is not None
    return is_set and not is_odd


_SURE_KIND = 0.6


def _shows(signal: PaperSignal, text: PaperText, kind: str, fields: PaperFields) -> bool:
    if signal.kinds and kind not in signal.kinds:
        return False
    if signal.claims and not signal.claims & fields.claims:
        return False
    if not signal.found <= fields.found or signal.missing & fields.found:
        return False
    if signal.told is not None and not signal.told.search(text.running):
        return False
    return signal.not_told is None or not signal.not_told.search(text.running)
