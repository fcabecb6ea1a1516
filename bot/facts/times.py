"""Clock times of contacts as "HH:MM", and whether they were at night."""

import re
from collections.abc import Iterator
from functools import partial

from bot.concepts.fact_words import FactWords, TimeWords
from bot.facts.numerals import NUMBER, read_number
from bot.facts.stance import Stance, stance_of
from bot.facts.story import Span, Story

NIGHT_FROM, NIGHT_UNTIL = "22:00", "08:00"  # What `night` means in the topics list; not a law.
_DAYPART_REACH = 16
_QUARTER = 15
_CHINESE = "[零〇一二两三四五六七八九十]"
_MEASURE = r"(?![0-9零〇一二三四五六七八九十多几余]|来(?![电打敲短])|[个次通遍回条天块元万千])"
_CLOCK = re.compile(
    rf"(?P<hour>[0-9]{{1,2}}|{_CHINESE}{{1,3}})"
    r"(?:(?P<mark>点|(?<!小)时|:)(?!候))"
    rf"(?:(?P<half>半)|(?P<quarters>[一三13])刻"
    rf"|(?P<minute>[0-5][0-9]|{_CHINESE}{{2,3}}){_MEASURE}分?"
    rf"|(?P<single>[0-9]|{_CHINESE})分)?"
)
_NOT_CLOCK = re.compile(r"(?:有|差|多|少|快|早|晚|这|那|哪|每|[0-9])$")
_NOT_CLOCK_AFTER = re.compile(r"也|都不|都没|不|儿|点|办法|钱|事|小|面子|余地|建议|要求|疑问")


def find_times(story: Story, words: FactWords) -> tuple[str, ...]:
    """The times at which they came or called, in order, each once."""
    found: list[str] = []
    for match in _CLOCK.finditer(story.text):
        place = Span(*match.span())
        time = _read(story, match, words.time)
        if time and time not in found and _is_contact(story, place, words):
            found.append(time)
    return tuple(found)


def is_at_night(story: Story, times: tuple[str, ...], words: FactWords) -> bool | None:
    """True for a contact between 22:00 and 08:00, None when the story leaves it open."""
    if any(time >= NIGHT_FROM or time < NIGHT_UNTIL for time in times):
        return True
    if any(_told(story, words.time.night, words)):
        return True
    if times or any(_told(story, words.time.day, words)):
        return False
    return None


def _told(story: Story, pattern: re.Pattern[str], words: FactWords) -> Iterator[bool]:
    shadows = list(story.find(words.time.not_night))
    for place in map(partial(_with_clock, story), story.find(pattern)):
        is_shadowed = any(each.start <= place.start < each.end for each in shadows)
        if not is_shadowed and _is_contact(story, place, words):
            yield True


def _with_clock(story: Story, place: Span) -> Span:
    """下午五点 as one place, so that 前还清 behind it is seen."""
    clock = _CLOCK.match(story.text, place.end)
    return Span(place.start, clock.end()) if clock else place


def _is_contact(story: Story, place: Span, words: FactWords) -> bool:
    """Not denied, not asked about, not an appointment and not the writer's own day."""
    clause = story.clause(place)
    before, after = story.before(place, clause), story.after(place, clause)
    if words.time.not_contact_before.search(before) or words.time.not_contact_after.match(after):
        return False
    return stance_of(story, place, words.stance) in (Stance.DONE, Stance.ANNOUNCED)


def _read(story: Story, match: re.Match[str], words: TimeWords) -> str | None:
    hour = _hour(match["hour"])
    sentence = story.sentence(Span(*match.span()))
    before = story.text[sentence.start : match.start()]
    after = story.text[match.end() :]
    part = _daypart(before, words)
    if hour is None or hour > 24 or _is_no_clock(match, before, after, part):
        return None
    minute = _minute(match)
    if minute is None or (match["mark"] == ":" and match["minute"] is None):
        return None
    if hour <= 12:
        hour = _of_the_day(hour, part, bool(words.evening_cue.match(after)))
    return f"{hour % 24:02d}:{minute:02d}"


def _is_no_clock(match: re.Match[str], before: str, after: str, part: str | None) -> bool:
    """一点 and 两点 often mean "a little" or "two points"."""
    if match["mark"] != "点" or match["half"] or match["minute"] or match["quarters"]:
        return False
    if match["hour"] not in ("一", "两", "几"):
        return bool(re.search(r"[0-9第]$", before))
    if part and before.endswith(("上", "晨", "夜", "午", "里", "晚十")):
        return False
    return part is None or bool(_NOT_CLOCK.search(before) or _NOT_CLOCK_AFTER.match(after))


def _hour(word: str) -> int | None:
    """九十点 is nine or ten: the lower bound."""
    is_two_hours = re.fullmatch(r"[三四五六七八九]十", word)
    return read_number(word[0] if is_two_hours else word)


def _minute(match: re.Match[str]) -> int | None:
    if match["half"]:
        return 30
    if match["quarters"]:
        return _QUARTER * (3 if match["quarters"] in "三3" else 1)
    word = (match["minute"] or match["single"] or "0").lstrip("零〇") or "0"
    value = read_number(word)
    return value if value is not None and value < 60 else None


def _daypart(before: str, words: TimeWords) -> str | None:
    """The last part of the day named before a time, near it or with only times between."""
    latest: tuple[int, str] | None = None
    for part in ("dawn", "morning", "noon", "afternoon", "evening", "midnight"):
        pattern: re.Pattern[str] = getattr(words, part)
        for match in pattern.finditer(before):
            if latest is None or match.end() > latest[0]:
                latest = (match.end(), part)
    if latest is None:
        return None
    between = re.sub(
        rf"{NUMBER}(?:点|时|:)(?:半|钟|[0-9]{{2}}|{NUMBER}分)?", "", before[latest[0] :]
    )
    return latest[1] if len(between) <= _DAYPART_REACH else None


def _of_the_day(hour: int, part: str | None, is_evening: bool) -> int:
    """The hour of 24 for an hour of twelve in a part of the day."""
    match part:
        case "dawn":
            return hour % 12
        case "noon":
            return hour + 12 if hour <= 3 else hour
        case "afternoon":
            return hour % 12 + 12
        case "evening":
            return hour % 12 + 12 if 5 <= hour < 12 else hour % 12
        case "midnight":
            return hour % 12 + 12 if 7 <= hour < 12 else hour % 12
        case None if is_evening and 7 <= hour < 12:
            return hour + 12
    return hour
