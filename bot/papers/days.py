"""The days that a paper names, each by what it is the day of."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from bot.concepts.paper_reading import PaperDates
from bot.concepts.paper_words import DateWords, Pattern
from bot.facts.codes import blank_codes
from bot.facts.days import Day, days_in
from bot.papers.text import PaperText

_NAMED = re.compile(r"[年月/.-]|^[0-9]{8}$")
_SIGNED = re.compile(r"[^。;!?]{0,44}")
"""What stands before the day on a line of signing: who signs, a seal, a number at most."""
_SEALED = re.compile(r"[^。,，;；]{0,24}")
_YEARLESS = re.compile(
    r"(?!.*(?:发送|来自|发件|号码|短信))[^。,，;；:!?我]{0,24}(?<![于至自到在0-9年])(?P<day>[0-9一二三四五六七八九十]{1,3}月"
    r"[0-9一二三四五六七八九十]{1,3}日) ?[(]?(?:公?章|印|盖章|院印)?[)]?"
)
_BARE = re.compile(r"[0-9]{1,2}[日号]|[0-9]{1,2}[/-][0-9]{1,2}")
_CLOCK = re.compile(r"[^\n]{0,6}[0-9]{1,2}:[0-9]{2}")
_HOUR = re.compile(r" ?(?:上午|下午|中午|晚上?)[0-9]{1,2}[时点](?:[0-9]{1,2}分|半)?")
_NAME = re.compile(r"[^0-9。,，;；:!?【】]{2,24}")
"""A line of who signs and nothing else."""
_ENDS, _AFTER_SENTENCE = "()公章印院盖 ", re.compile(r"[。;!?]")
_REACH, _FOOT, _LAST_LINES = 24, 10, 3


def read_dates(text: PaperText, words: DateWords, received: date | None) -> PaperDates:
    """Full days first; a day without its year is reckoned from the day of issue or arrival."""
    blanked = blank_codes(text.running)
    issued = _issued(text, words, _days(blanked, None)) or _signed_without_year(text, received)
    days = _days(blanked, received or issued)
    from_issue = [each for each in days if issued is None or each.day >= issued]
    named = [each for each in from_issue if not _is_bare(blanked, each)]
    hearing = _hearing(text, named, words)
    return PaperDates(
        issued=issued,
        received=next(_named(text, named, words.received_before, words.received_after), None),
        hearing=hearing,
        due=_due(text, [each for each in from_issue if each.day != hearing], words),
    )


def _days(blanked: str, reference: date | None) -> tuple[Day, ...]:
    """Days that are named by month and day, and 今日 or 明日; 三日内 is none."""
    return tuple(
        each
        for each in days_in(blanked, reference, prefers_future=True)
        if _is_bare(blanked, each)
        or (
            not each.is_uncertain
            and (
                _NAMED.search(blanked[each.start : each.end])
                or blanked[each.start : each.end] in _FROM_TODAY
            )
        )
    )


def _is_bare(blanked: str, day: Day) -> bool:
    """25日 or 11/30 alone: the next one, and only a day until which something must be done."""
    return _BARE.fullmatch(blanked, day.start, day.end) is not None


_FROM_TODAY = frozenset({"今日", "今天", "明日", "明天", "后天"})


def _issued(text: PaperText, words: DateWords, days: Iterable[Day]) -> date | None:
    """The last day with which a line ends that says nothing else, or one behind 日期."""
    lines = text.lines[1:][-_FOOT:]
    for number, line in enumerate(reversed(lines)):
        above = text.lines[-number - 2]
        is_below_name = number == 0 and _NAME.fullmatch(above) is not None
        for found in reversed(days_in(blank_codes(line), None)):
            if _is_signed(
                line, found, words, is_last=number < _LAST_LINES, is_below_name=is_below_name
            ):
                return found.day
    return next(
        (each.day for each in days if words.issued_before.search(_before(text, each))), None
    )


def _signed_without_year(text: PaperText, received: date | None) -> date | None:
    """The last such day at the foot of a note, not after its arrival: 客户经理 洪某 10月14日."""
    for line in reversed(text.lines[1:][-_LAST_LINES:]):
        found = _YEARLESS.fullmatch(line) if received is not None else None
        days = days_in(blank_codes(found["day"]), received) if found else ()
        if days and received is not None and days[0].day <= received:
            return days[0].day
    return None


def _is_signed(
    line: str, day: Day, words: DateWords, *, is_last: bool, is_below_name: bool
) -> bool:
    """Whether the line is one of signing: nothing before the day says what else happens on it."""
    head, tail = line[: day.start], line[day.end :]
    if is_last and not tail.strip(_ENDS):
        head = _AFTER_SENTENCE.split(head)[-1]
    if not (_SIGNED.fullmatch(head) and _SEALED.fullmatch(tail)):
        return False
    if words.issued_before.search(head):
        return True
    if _CLOCK.match(tail) and (head or not is_below_name):
        return False  # The clock of a message that came.
    if not head and is_last and _HOUR.fullmatch(tail):
        return True
    return not (words.issued_not_before.search(head) or words.issued_not_after.match(tail))


def _hearing(text: PaperText, days: Iterable[Day], words: DateWords) -> date | None:
    """The day to which it was moved, else the first on which one has to appear."""
    named = [
        each
        for each in days
        if words.hearing_before.search(_before(text, each))
        or words.hearing_after.match(_after(text, each))
    ]
    ours = [
        each
        for each in named
        if not words.hearing_not_before.search(_before(text, each))
        and (
            words.set_before.search(_before(text, each))
            or not words.hearing_not.match(_after(text, each))
        )
    ]
    moved = [each for each in ours if words.moved_before.search(_before(text, each))]
    return next((each.day for each in (*reversed(moved), *ours)), None)


def _due(text: PaperText, days: Iterable[Day], words: DateWords) -> date | None:
    """The last day until which the person has to do something."""
    named = [
        each.day
        for each in days
        if _is_due(_before(text, each), text.running[each.start : each.end],
                   _after(text, each), words)
    ]  # fmt: skip
    return max(named, default=None)


def _is_due(before: str, day: str, after: str, words: DateWords) -> bool:
    if words.due_not_before.search(before) or words.due_not_after.match(after):
        return False
    if day in _FROM_TODAY:
        return bool(words.today_before.search(before) and words.today_after.match(after))
    return bool(words.due_before.search(before) or words.due_after.match(after))


def _named(
    text: PaperText, days: Iterable[Day], before: Pattern, after: Pattern
) -> Iterator[date]:
    """The days that have such words right before or behind them."""
    for each in days:
        if before.search(_before(text, each)) or after.match(_after(text, each)):
            yield each.day


def _before(text: PaperText, day: Day) -> str:
    return text.running[max(0, day.start - _REACH) : day.start]


def _after(text: PaperText, day: Day) -> str:
    return text.running[day.end : day.end + 2 * _REACH]
