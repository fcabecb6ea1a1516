"""The days that a paper names, each by what it is the day of."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from bot.concepts.paper_reading import PaperDates
from bot.concepts.paper_words import DateWords, Pattern
from bot.facts.codes import blank_codes
from bot.facts.days import Day, days_in
from bot.papers.text import PaperText

_NAMED = re.compile(r"[年月/.-]|^[0-9]{8}$")
_SIGNED = re.compile(r"[^。;!?]{0,44}")
"""What stands before the day on a line of signing: who signs, a seal, a number at most."""
_SEALED = re.compile(r"[^。,，;；]{0,24}")
_SENT = re.compile(r"发送|来自|发件|号码|短信")
"""Of who sent a message: the day below is when it came."""
_YEARLESS = (
    re.compile(
        rf"(?!.*(?:{_SENT.pattern}|[(].*[上下中]午))(?:(?:张贴|留言)?(?:时间|日期):)?"
        r"[^。,，;；:!?我]{0,24}(?<![于至自到在0-9年])"
        r"(?P<day>[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}[日号])"
        r" ?(?:上午|下午|中午|晚上?)?[(]?(?:公?章|印|盖章|院印)?[)]?"
    ),
    re.compile(
        r"(?!.*(?:[页共图照片]|收到|签收|收件|送达))(?:[\u4e00-\u9fff]{2,12} ?)?"
        r"(?P<day>[01]?[0-9][./][0-3]?[0-9])"
    ),
)
_BARE = re.compile(r"[0-9]{1,2}[日号]|[0-9]{1,2}[/-][0-9]{1,2}")
_CLOCK = re.compile(r"[^\n]{0,6}[0-9]{1,2}:[0-9]{2}")
_HOUR = re.compile(r" ?(?:上午|下午|中午|晚上?)(?:[0-9]{1,2}[时点](?:[0-9]{1,2}分|半)?)?")
_CUT = re.compile(r"月 ?(?:[1-3]|[二三]?十|[一二三廿])$")
"""A day without 日 whose second figure may be lost."""
_LOST_BEHIND, _LOST = re.compile(r"[?*…□█_]|$|\n|[(]"), frozenset("?*…□█_")
_SHORT, _FIGURE = re.compile(r"[./-][1-3]$"), re.compile(r" [0-9](?![0-9:])")
"""2026-04-1 8 09:22: the figure behind may be of the day."""
_YEARLESS_AFTER_LOST = re.compile(r".?[?…□█](?=[0-9]{1,2}[月./-])|1[ \n](?=[0-2]月)", re.DOTALL)
_RANGE_ON = re.compile(r" ?(?:[0-9:时分]{0,6})?(?:起)?(?:至|到|[-—–~]{1,2}) ?")
"""What leads from the first day of a span to its last."""
_LABEL = re.compile(r"(?:时间|日期|期限):?")
_HEADED = re.compile(r"(?:[函书告知明单令票复]|通知|公[告示])$")
_ALONE = re.compile(r"(?:日期:)?[(]?(?P<day>[^()]{8,12})[)]?")
"""A day that stands alone below the title of a letter."""
_NAME = re.compile(r"[^0-9。,，;；:!?【】]{2,24}")
"""A line of who signs and nothing else."""
_ENDS, _AFTER_SENTENCE = "()公章印院盖 ", re.compile(r"[。;!?]")
_CLOSED = '。”"』」'
"""What may stand behind the last day of a note that somebody quotes."""
_REACH, _FOOT, _LAST_LINES, _HEAD_LINES = 24, 10, 3, 4


def read_dates(text: PaperText, words: DateWords, received: date | None) -> PaperDates:
    """Full days first; a day without its year is reckoned from the day of issue or arrival."""
    blanked = blank_codes(text.running)
    issued = (
        _issued(text, words, _days(blanked, None))
        or _below_title(text)
        or _signed_without_year(text, received)
    )
    days = _days(blanked, received or issued or _stamped(text))
    from_issue = [each for each in days if issued is None or each.day >= issued]
    named = [each for each in from_issue if not _is_bare(blanked, each)]
    hearing = _hearing(text, named, words)
    return PaperDates(
        issued=issued,
        received=next(_named(text, named, words.received_before, words.received_after), None),
        hearing=hearing,
        due=_due(text, [each for each in from_issue if each.day != hearing], words, received),
    )


def _whole_days(line: str, reference: date | None = None) -> tuple[Day, ...]:
    """The days of a line of which no figure may be lost: 2026年11月1… is none."""
    return tuple(
        each for each in days_in(line, reference, prefers_future=True) if not _is_cut(line, each)
    )


def _is_cut(line: str, day: Day) -> bool:
    if _YEARLESS_AFTER_LOST.match(line, max(0, day.start - 2)):
        return True
    found, lost = line[day.start : day.end], _LOST_BEHIND.match(line, day.end)
    if lost is None:
        return bool(_SHORT.search(found) and _FIGURE.match(line, day.end))
    return bool(_CUT.search(found)) or (found[-1].isdigit() and lost[0] in _LOST)


def _stamped(text: PaperText) -> date | None:
    """The day with a clock that a screen shows above a message."""
    for line in text.lines[:_HEAD_LINES]:
        for each in _whole_days(line):
            if _CLOCK.match(line, each.end):
                return each.day
    return None


def _below_title(text: PaperText) -> date | None:
    """The day alone on a line, right below the title of a letter."""
    for above, line in zip(text.lines[:_HEAD_LINES], text.lines[1:_HEAD_LINES], strict=False):
        alone = _ALONE.fullmatch(line)
        if alone is None or not _HEADED.search(above):
            continue
        days = _whole_days(alone["day"])
        if days and days[0].end - days[0].start == len(alone["day"]):
            return days[0].day
    return None


def _days(blanked: str, reference: date | None) -> tuple[Day, ...]:
    """Days that are named by month and day, and 今日 or 明日; 三日内 is none."""
    found = list[Day]()
    for each in _whole_days(blanked, reference):
        named = blanked[each.start : each.end]
        if named in _FROM_TODAY and reference is not None:
            # Whatever the clock beside it: 今晚24点 is the end of today.
            day = reference + timedelta(days=_FROM_TODAY[named])
            found.append(replace(each, day=day, is_uncertain=False))
        elif _is_bare(blanked, each) or (not each.is_uncertain and _NAMED.search(named)):
            found.append(each)
    return tuple(found)


def _is_bare(blanked: str, day: Day) -> bool:
    """25日 or 11/30 alone: the next one, and only a day until which something must be done."""
    return _BARE.fullmatch(blanked, day.start, day.end) is not None


_FROM_TODAY = dict.fromkeys(("今日", "今天", "今晚", "今夜"), 0)
_FROM_TODAY |= dict.fromkeys(("明日", "明天", "明早", "明晚"), 1) | {"后天": 2}
"""How many days after a message came."""


def _issued(text: PaperText, words: DateWords, days: Iterable[Day]) -> date | None:
    """The last day with which a line ends that says nothing else, or one behind 日期."""
    lines = text.lines[1:][-_FOOT:]
    for number, line in enumerate(reversed(lines)):
        above = text.lines[-number - 2]
        below = text.lines[-number] if number else ""
        if _LABEL.search(above[-3:]) and not words.issued_before.search(above):
            continue
        if _SHORT.search(line) and below[:1].isdigit():
            continue
        is_below_name = number == 0 and _NAME.fullmatch(above) is not None
        signed = line.rstrip(_CLOSED)
        for found in reversed(_whole_days(blank_codes(signed))):
            if _is_signed(
                signed, found, words, is_last=number < _LAST_LINES, is_below_name=is_below_name
            ):
                return found.day
    return next(
        (each.day for each in days if words.issued_before.search(_before(text, each))), None
    )


def _signed_without_year(text: PaperText, received: date | None) -> date | None:
    """The last such day at the foot of a note, not after its arrival: 客户经理 洪某 10月14日."""
    if received is None:
        return None
    *others, (above_last, last) = [("", ""), *pairwise(text.lines)][-_LAST_LINES:]
    foot = (above_last, _AFTER_SENTENCE.split(last.rstrip(_CLOSED))[-1])
    for above, line in (foot, *reversed(others)):
        if _SENT.search(above):
            continue
        for found in filter(None, (form.fullmatch(line) for form in _YEARLESS)):
            days = days_in(found["day"], received)
            if days and days[0].day <= received:
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


def _due(
    text: PaperText, days: Iterable[Day], words: DateWords, received: date | None
) -> date | None:
    """The first day, not gone when it came, until which the person has to do something."""
    every, heads, due = tuple(days), tuple[str, ...](), list[date]()
    for place, each in enumerate(every):
        heads, after = (_before(text, each), *heads), _after(text, each)
        leads_on = _RANGE_ON.match(after)
        is_begun = leads_on is not None and any(
            other.start == each.end + leads_on.end() for other in every[place + 1 : place + 2]
        )
        if is_begun:
            continue
        if _is_due(heads, text.running[each.start : each.end], after, words):
            due.append(each.day)
        heads = ()
    ahead = [each for each in due if received is None or each >= received]
    return min(ahead, default=max(due, default=None))


def _is_due(heads: Collection[str], day: str, after: str, words: DateWords) -> bool:
    """Whether something has to be done until a day; of a span by what stands before both."""
    if words.taken_after.match(after):
        return day not in _FROM_TODAY and not any(map(words.gone_before.search, heads))
    if any(map(words.due_not_before.search, heads)) or words.due_not_after.match(after):
        return False
    if day in _FROM_TODAY:
        if any(map(words.today_not_before.search, heads)):
            return False
        is_told = any(map(words.today_before.search, heads))
        return is_told or words.today_after.match(after) is not None
    return any(map(words.due_before.search, heads)) or bool(words.due_after.match(after))


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
