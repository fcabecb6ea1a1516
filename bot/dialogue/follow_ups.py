"""What a message asks next about the matter in hand: an aspect, another case, or nothing of it."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.concepts.aspects import SPOKEN_ASPECTS
from bot.concepts.understanding import Understanding
from bot.dialogue.short_words import ShortWords, best_likeness
from bot.knowledge.base import Answer

LONGEST = 40
"""Characters of the longest message that may lean on what was said before."""

ALIKE, NEARLY_ALIKE = 0.8, 0.5
"""Likeness to a way of asking from which it is meant; and where a model must agree."""

_SURE, _LIKELY = 0.75, 0.5
_CLEAR_TOPIC, _CLEAR_ASPECT = 0.85, 0.85
"""From here on another topic is meant, unless the words sound as clearly like an aspect."""


@dataclass(frozen=True, slots=True)
class Following:
    """The aspect that is asked for; `entry` is its place in 接着会问, `lead` another matter."""

    aspect: str
    entry: int | None = None
    lead: str | None = None


def following(
    text: str,
    answer: Answer,
    meaning: Understanding | None,
    words: ShortWords,
    matters: Collection[str],
) -> Following | None:
    """What a message asks of the answer given before; None when it stands alone.

    `matters` are all topics and tasks: small talk is no other matter.
    """
    if len(text) > LONGEST:
        return None
    named, how_alike = _nearest(text, answer)
    if named is not None and how_alike >= ALIKE:
        return named
    if words.is_other_case(text):
        return Following("other_case")
    if (aspect := words.aspect_in(text)) is not None:
        return _of_aspect(aspect, text, answer)
    if meaning is None:
        return named if how_alike >= NEARLY_ALIKE else None
    is_other_matter = meaning.accepted and meaning.topic != answer.id and meaning.topic in matters
    is_clear = meaning.confidence >= _CLEAR_TOPIC and meaning.aspect_confidence < _CLEAR_ASPECT
    if is_other_matter and is_clear and how_alike < NEARLY_ALIKE:
        return None
    sure_from = _SURE if is_other_matter else _LIKELY
    if meaning.aspect is not None and meaning.aspect_confidence >= sure_from:
        if named is not None and named.aspect == meaning.aspect and how_alike >= NEARLY_ALIKE:
            return named
        return _of_aspect(meaning.aspect, text, answer)
    is_same_matter = not is_other_matter
    return named if is_same_matter and how_alike >= NEARLY_ALIKE else None


def _nearest(text: str, answer: Answer) -> tuple[Following | None, float]:
    """The entry whose ways of asking are most like the text, and how alike."""
    found: tuple[Following | None, float] = (None, 0.0)
    for number, entry in enumerate(answer.follow_ups):
        ways = [(Following(entry.aspect, number), entry.asks)] if entry.says else []
        ways += [(Following(entry.aspect, lead=to), asks) for to, asks in entry.leads.items()]
        for meant, asks in ways:
            how_alike = best_likeness(text, asks)
            if how_alike > found[1]:
                found = (meant, how_alike)
    return found


def _of_aspect(aspect: str, text: str, answer: Answer) -> Following:
    """The entry of an aspect that is most like the text, where there are several."""
    if aspect in SPOKEN_ASPECTS:
        return Following(aspect)
    entries = [
        (best_likeness(text, entry.asks), -number)
        for number, entry in enumerate(answer.follow_ups)
        if entry.aspect == aspect and entry.says
    ]
    return Following(aspect, entry=-max(entries)[1] if entries else None)
