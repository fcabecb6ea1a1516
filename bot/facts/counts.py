"""How many calls, messages or visits, and over how long."""

import re
from dataclasses import dataclass

from bot.concepts.fact_words import CountWords, FactWords
from bot.facts.numbers import read_numbers
from bot.facts.numerals import read_number
from bot.facts.stance import Stance, stance_of
from bot.facts.story import Span, Story

_CUE_REACH = 12
_EACH_REACH = 3
_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30}


@dataclass(frozen=True, slots=True)
class Count:
    """`per` is day, week or None; `days` says over how many days where the story does."""

    value: int
    per: str | None
    days: int | None


def find_count(story: Story, words: FactWords, times: int) -> Count | None:
    """The largest count a day, else a week, else at all. `times` is the number of times told."""
    found = list(_all(story, words, times))
    order = {"day": 0, "week": 1, None: 2}
    return min(found, key=lambda each: (order[each.per], -each.value), default=None)


def _all(story: Story, words: FactWords, times: int) -> list[Count]:
    counts: list[Count] = []
    end = 0
    for number in read_numbers(story.text):
        place = Span(number.start, number.end)
        is_measured = words.count.measure.fullmatch(number.unit)
        if not is_measured or not _is_contact(story, place, words):
            continue
        value = int(number.low)
        clause = story.clause(place)
        if times > 1 and words.count.each.search(story.before(place, clause)[-_EACH_REACH:]):
            value *= times
        per, days = _period(story, place, words.count)
        if counts and counts[-1].per == per and _goes_on(story, end, place, words.count):
            value += counts[-1].value
        counts.append(Count(value, per, days))
        end = place.end
    return counts


def _goes_on(story: Story, end: int, place: Span, words: CountWords) -> bool:
    """打了一个, 下午又打一个: one more of the same day."""
    between = story.text[end : place.start]
    return bool(words.another.search(between[-_CUE_REACH:])) and not words.other_day.search(
        between
    )


def _is_contact(story: Story, place: Span, words: FactWords) -> bool:
    """Calls are counted, not months, people or platforms."""
    clause = story.clause(place)
    before = story.before(place, clause)[-_CUE_REACH:]
    after = story.after(place, clause)
    if not words.count.after.match(after) or words.count.not_before.search(before):
        return False
    has_kind = words.count.kind.search(story.text[place.start : place.end + 6])
    if not (has_kind or words.count.before.search(before)):
        return False
    return stance_of(story, place, words.stance) is Stance.DONE


def _period(story: Story, place: Span, words: CountWords) -> tuple[str | None, int | None]:
    """The span of time named nearest to the count in its sentence."""
    sentence = story.sentence(place)
    found: list[tuple[int, str | None, int | None]] = []
    inside = story.text[sentence.start : sentence.end]
    spans = list(words.span.finditer(inside))
    for match in spans:
        days = _days(match)
        per = {1: "day", 7: "week"}.get(days or 0)
        found.append((_distance(match, sentence, place), per, days))
    for pattern, per, days in ((words.day, "day", 1), (words.week, "week", 7)):
        for match in pattern.finditer(inside):
            if not any(each.start() <= match.start() < each.end() for each in spans):
                found.append((_distance(match, sentence, place), per, days))
    if not found:
        return None, None
    _, per, days = min(found, key=lambda each: each[0])
    return per, days


def _distance(match: re.Match[str], sentence: Span, place: Span) -> int:
    """Characters between; what follows the count is taken only when it is close."""
    start, end = sentence.start + match.start(), sentence.start + match.end()
    if end <= place.start:
        return place.start - end
    return (start - place.end) * 4 if start >= place.end else 0


def _days(match: re.Match[str]) -> int | None:
    days = _DAYS[match["unit"]]
    if match["number"].startswith("半"):
        return max(1, days // 2)
    number = read_number(match["number"])
    return number * days if number else None
