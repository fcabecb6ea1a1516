"""The clock times of contacts in a story, and whether they were at night."""

import re
from collections.abc import Iterator

from bot.concepts.fact_words import FactWords
from bot.facts.clock import ClockTime, read_clock
from bot.facts.stance import Stance, stance_of
from bot.facts.story import Span, Story

NIGHT_FROM, NIGHT_UNTIL = "22:00", "08:00"  # What `night` means in the topics list; not a law.


def find_times(story: Story, words: FactWords) -> tuple[str, ...]:
    """The times at which they came or called, in order, each once."""
    told = (
        each.time
        for each in read_clock(story.text).times
        if _is_contact(story, Span(each.start, each.end), words)
    )
    return tuple(dict.fromkeys(told))


def is_at_night(story: Story, times: tuple[str, ...], words: FactWords) -> bool | None:
    """True for a contact between 22:00 and 08:00, None when the story leaves it open."""
    if any(time >= NIGHT_FROM or time < NIGHT_UNTIL for time in times):
        return True
    clocks = {each.start: each for each in read_clock(story.text).times}
    if any(_told(story, words.time.night, words, clocks)):
        return True
    if times or any(_told(story, words.time.day, words, clocks)):
        return False
    return None


def _told(
    story: Story, pattern: re.Pattern[str], words: FactWords, clocks: dict[int, ClockTime]
) -> Iterator[bool]:
    shadows = list(story.find(words.time.not_night))
    for place in story.find(pattern):
        # 下午五点 is one place, so that 前还清 behind it is seen.
        clock = clocks.get(place.end)
        whole = Span(place.start, clock.end) if clock else place
        is_shadowed = any(each.start <= place.start < each.end for each in shadows)
        if not is_shadowed and _is_contact(story, whole, words):
            yield True


def _is_contact(story: Story, place: Span, words: FactWords) -> bool:
    """Not denied, not asked about, not an appointment and not the writer's own day."""
    clause = story.clause(place)
    before, after = story.before(place, clause), story.after(place, clause)
    if words.time.not_contact_before.search(before) or words.time.not_contact_after.match(after):
        return False
    return stance_of(story, place, words.stance) in (Stance.DONE, Stance.ANNOUNCED)
