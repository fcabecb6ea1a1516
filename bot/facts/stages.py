"""How far it has come, which paper came, and on which day."""

from collections.abc import Iterator
from datetime import date

from bot.concepts.case import STAGES
from bot.facts.days import Day, read_days
from bot.facts.story import Span
from bot.facts.telling import Found, Telling, first

_MESSAGE = "sms_"
_SHORT = 14  # A message of so few characters is the answer to 哪天收到的.
_HARDLY_MORE = 4  # Characters beside a day that say no more than that something came.
_ALWAYS_TOLD = ("current", "overdue", "collection")
"""What others say of these is so all the same: 银行说我逾期三个月了."""


def find_stage(telling: Telling) -> Found[str] | None:
    """The furthest that is told as reached; a debt that is paid has none."""
    for name in reversed(STAGES):
        for place in telling.done(telling.words.stages, name):
            if name not in _ALWAYS_TOLD and telling.is_claimed(place):
                continue
            if name in _ALWAYS_TOLD and is_settled(telling, place):
                continue
            return Found(name, place)
    return None


def is_settled(telling: Telling, place: Span) -> bool:
    """The sentence goes on to say that it was paid."""
    sentence = telling.story.sentence(place)
    return bool(telling.words.saying.settled.search(telling.story.after(place, sentence)))


def denied_stages(telling: Telling) -> frozenset[str]:
    """The stages that are told not to be reached: 还没起诉."""
    stages = telling.words.stages
    return frozenset(
        name
        for name in stages.entries
        for place in telling.places(stages.entries[name])
        if telling.is_denied(place)
    ) | frozenset(
        name for name, told in telling.words.not_reached.items() if told.search(telling.story.text)
    )


def find_paper(telling: Telling) -> Found[str] | None:
    """The first paper that came, rather than the message that tells of it."""
    papers = list(_papers(telling))
    return first(each for each in papers if not each.value.startswith(_MESSAGE)) or first(papers)


def find_served_on(telling: Telling) -> Found[date] | None:
    """The day named nearest to where it is said that something came."""
    days = [each for each in read_days(telling.story.text, telling.now) if _is_past(telling, each)]
    found = [
        (_distance(_place(day), place), day)
        for place in telling.story.find(telling.words.received)
        if telling.is_done(place)
        for day in days
        if telling.story.sentence(_place(day)) == telling.story.sentence(place)
    ]
    if not found or not _is_of_a_paper(telling):
        return None
    day = min(found, key=lambda each: each[0])[1]
    return Found(day.day, _place(day))


def _papers(telling: Telling) -> Iterator[Found[str]]:
    for found in telling.all_of(telling.words.papers):
        if telling.is_claimed(found.place):
            continue
        sentence = telling.story.sentence(found.place)
        before = telling.story.before(found.place, sentence)
        told = f"{before}{telling.clause(found.place)}"
        has_come = telling.words.received.search(told) or telling.words.signed.search(told)
        if has_come or _came_on_a_day(telling, found.place) or _is_answer(telling, found.place):
            yield found


def _came_on_a_day(telling: Telling, place: Span) -> bool:
    """The next clause is nothing but the day on which it came: 支付令 上周五签收的."""
    end = telling.story.clause(place).end
    following = (
        telling.story.clause(Span(end + 1, end + 1)) if end < len(telling.story.text) else None
    )
    if following is None or following.start <= place.start:
        return False
    text = telling.story.text[following.start : following.end]
    days = read_days(text, telling.now)
    if len(days) != 1 or not telling.words.received.search(text):
        return False
    rest = text[: days[0].start] + text[days[0].end :]
    return len(rest) <= _HARDLY_MORE


def _is_answer(telling: Telling, place: Span) -> bool:
    """Nothing but a paper's name: the answer to 纸上第一行写的是什么."""
    text = telling.story.text
    beside = text[: place.start] + text[place.end :]
    return bool(telling.words.paper_beside.fullmatch(beside))


def _is_of_a_paper(telling: Telling) -> bool:
    """A paper is named, or nothing but a day: the answer to 哪天收到的."""
    is_short = len(telling.story.text) <= _SHORT
    is_answer = is_short and not telling.words.not_served.search(telling.story.text)
    return is_answer or first(_papers(telling)) is not None


def _is_past(telling: Telling, each: Day) -> bool:
    return each.day <= telling.now.date()


def _place(each: Day) -> Span:
    return Span(each.start, each.end)


def _distance(day: Span, place: Span) -> int:
    return max(place.start - day.end, day.start - place.end, 0)
