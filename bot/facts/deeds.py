"""What the person has done already, each with its day, and what has happened to them."""

from collections.abc import Iterator
from datetime import date

from bot.concepts.case import Deed
from bot.facts.days import Day, read_days
from bot.facts.story import Span, Story
from bot.facts.telling import Found, Telling

_ASKED_BY_OTHERS = ("money_leaving",)  # It is others who say: 先交保证金.
_FEW = 4  # Characters beside a day that is a clause of its own.


def find_deeds(telling: Telling) -> tuple[Found[Deed], ...]:
    """Every deed of the person's own, each day once."""
    today = telling.now.date()
    days = tuple(each for each in read_days(telling.story.text, telling.now) if each.day <= today)
    found: dict[Deed, Found[Deed]] = {}
    for each in telling.all_of(telling.words.deeds):
        if _is_of_others(telling, each.place):
            continue
        deed = Deed(each.value, _day_of(telling, each.place, days))
        found.setdefault(deed, Found(deed, each.place))
    dated = {deed.kind for deed in found if deed.on}
    return tuple(each for deed, each in found.items() if deed.on or deed.kind not in dated)


def find_events(telling: Telling) -> Iterator[Found[str]]:
    """Every event told as happened, or as happening now."""
    for found in telling.all_of(telling.words.events):
        if found.value in _ASKED_BY_OTHERS or not telling.is_claimed(found.place):
            yield found


def _is_of_others(telling: Telling, place: Span) -> bool:
    """他们报警了 is no deed of the person who writes."""
    before = telling.story.before(place, telling.story.clause(place))
    return bool(telling.words.others_do.search(before))


def _day_of(telling: Telling, place: Span, days: tuple[Day, ...]) -> date | None:
    """The nearest day named in the same clause, or in a clause of its own right before."""
    story = telling.story
    clause = story.clause(place)
    inside = [day for day in days if story.clause(Span(day.start, day.end)) == clause]
    if not inside:
        inside = [day for day in days if _is_alone_before(story, day, clause)]
    return min(inside, key=lambda day: abs(day.start - place.start)).day if inside else None


def _is_alone_before(story: Story, day: Day, clause: Span) -> bool:
    """11月3号，我投诉了: the day has a clause of its own."""
    own = story.clause(Span(day.start, day.end))
    is_next = 0 < clause.start - own.end <= 2
    return is_next and (own.end - own.start) - (day.end - day.start) <= _FEW
