"""How a thing stands in a story: told as done, denied, only asked about, or announced."""

import re
from enum import Enum

from bot.concepts.fact_words import StanceWords
from bot.facts.story import Span, Story

_NEAR = 14  # Characters between 会不会, 要 and what they govern.
_LOOK_BACK = 60  # People also write without any comma; further back nothing is about this.
_ANYWHERE = 100
_FOLLOW = 30  # How far behind "别打" an "他们还是打了" may stand.


class Stance(Enum):
    """DONE happened; DENIED did not; ASKED may happen; ANNOUNCED is said to follow."""

    DONE = "done"
    DENIED = "denied"
    ASKED = "asked"
    ANNOUNCED = "announced"


def stance_of(story: Story, place: Span, words: StanceWords) -> Stance:
    """Read the clause around a place; without any sign it counts as done."""
    clause = story.clause(place)
    before = story.before(place, clause)[-_LOOK_BACK:]
    after = story.after(place, clause)
    spoken = _mask(before, words.not_denied)
    if _ends_with(spoken, words.requested, words.transparent):
        rest = story.text[place.end : place.end + _FOLLOW]
        return Stance.DONE if words.insisted.search(rest) else Stance.DENIED
    if _ends_with(spoken, words.denied, words.transparent) or words.denied_after.match(after):
        return Stance.DENIED
    reported = _is_reported(story, place, clause, before, words)
    if words.hearsay.search(before) or (not reported and _is_asked(before, after, words)):
        return Stance.ASKED
    if _is_announced(before, words):
        return Stance.ANNOUNCED
    earlier = _clause_before(story, place, clause)
    if words.carried.fullmatch(before) and words.reported.search(earlier):
        return Stance.ANNOUNCED if _is_announced(earlier, words, _ANYWHERE) else Stance.DONE
    return Stance.DONE


def _mask(text: str, pattern: re.Pattern[str]) -> str:
    """Blank out what only looks like a sign (没少, 不停, 只要)."""
    return pattern.sub(lambda match: "□" * len(match[0]), text)


def _ends_with(before: str, sign: re.Pattern[str], gap: re.Pattern[str]) -> bool:
    """A sign stands before the place with nothing but transparent words between."""
    return any(
        re.fullmatch(f"(?:{gap.pattern})*", before[match.end() :])
        for match in sign.finditer(before)
    )


def _is_reported(story: Story, place: Span, clause: Span, before: str, words: StanceWords) -> bool:
    """Somebody is quoted: in this clause, or in the one before if this goes on with 如果, 再不."""
    if words.reported.search(before) or words.condition.search(before):
        return True
    last = _clause_before(story, place, clause)
    return bool(words.reported.search(last) or words.condition.search(last))


def _is_announced(before: str, words: StanceWords, near: int = _NEAR) -> bool:
    """What they say they will do: 要, 会, 明天 right before it, or a condition such as 再不还."""
    intended = _mask(before, words.not_announced)[-near:]
    return bool(words.announced.search(intended) or words.condition.search(before))


def _clause_before(story: Story, place: Span, clause: Span) -> str:
    """The clause before this one in the same sentence."""
    earlier = story.text[story.sentence(place).start : clause.start]
    return re.split(r"[,\s:]", earlier.rstrip(", :"))[-1]


def _is_asked(before: str, after: str, words: StanceWords) -> bool:
    spoken = _mask(before, words.not_supposed)
    for sign in words.supposed.finditer(spoken):
        between = spoken[sign.end() :]
        if len(between) <= _NEAR and not words.opaque.search(between):
            return True
    if words.supposed_after.match(after):
        return True
    for sign in words.modal.finditer(spoken):
        between = spoken[sign.end() :]
        if len(between) <= _NEAR and not words.opaque.search(between):
            return bool(words.question_end.search(after))
    return False
