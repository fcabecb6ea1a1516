"""What comes in, what is left, and what the person says they can pay; in yuan a month."""

from bot.facts.story import Span
from bot.facts.sums import Sum
from bot.facts.telling import Found, Telling


def find_ability(telling: Telling) -> Found[int] | None:
    """What the person says they can pay a month, the last told; never what is demanded."""
    words = telling.words.means
    for place in telling.story.find(words.nothing_to_pay):
        if telling.is_done(place) or telling.is_denied(place):
            return Found(0, place)
    able = [each for each in telling.sums if _is_able(telling, each)]
    if not able:
        return None
    each = able[-1]
    return Found(each.monthly if each.monthly is not None else each.value, each.place)


def _is_able(telling: Telling, each: Sum) -> bool:
    words = telling.words.means
    before = _before(telling, each)
    if words.demanded.search(before) or words.not_able.match(each.after):
        return False
    if telling.is_mistaken(each.place) or _is_somebody_elses(telling, each.place):
        return False
    is_after = words.able_after.search(_after(telling, each))
    if each.monthly is None:
        is_monthly = words.monthly.search(telling.sentence(each.place))
        return bool(is_monthly and words.able.search(before))
    return bool(words.able.search(before) or is_after)


def find_income(telling: Telling) -> Found[int] | None:
    """What comes in a month: of several the last, of one that varies the lowest."""
    words = telling.words.means
    sums = [each for each in telling.sums if _is_income(telling, each)]
    if sums:
        varies = words.varies.search(telling.story.text)
        values = [_monthly(each) for each in sums]
        index = values.index(min(values)) if varies else len(values) - 1
        return Found(values[index], sums[index].place)
    for place in telling.story.find(words.no_income):
        if telling.is_done(place) and not _is_somebody_elses(telling, place):
            return Found(0, place)
    return None


def _is_income(telling: Telling, each: Sum) -> bool:
    words = telling.words.means
    before = _before(telling, each)
    if each.is_daily or words.not_income.search(before) or words.formerly.search(before):
        return False
    if _is_somebody_elses(telling, each.place) or telling.is_mistaken(each.place):
        return False
    if (
        words.varies.search(before)
        or words.income.search(before)
        or words.income_after.match(each.after)
    ):
        return True
    is_earned = words.earned.search(before) or is_earning_again(telling)
    return each.monthly is not None and bool(is_earned) and not _is_able(telling, each)


def is_earning_again(telling: Telling) -> bool:
    """They tell that they have work again: 找到工作了."""
    return any(telling.is_done(each) for each in telling.story.find(telling.words.means.regained))


def find_surplus(telling: Telling) -> Found[int] | None:
    """What is left of a month once it is lived; below 0 where they say it does not reach."""
    words = telling.words.means
    for place in telling.story.find(words.nothing_left):
        if telling.is_done(place) or telling.is_denied(place):
            return Found(0, place)
    for each in telling.sums:
        before, sentence = _before(telling, each), telling.sentence(each.place)
        if words.not_left.search(before) or words.not_left_after.match(each.after):
            continue
        if not (words.spent.search(sentence) or each.monthly is not None):
            continue
        if words.short.search(before):
            return Found(-_monthly(each), each.place)
        if words.left.search(before):
            return Found(_monthly(each), each.place)
    return None


def _monthly(each: Sum) -> int:
    return each.value if each.monthly is None else each.monthly


def _before(telling: Telling, each: Sum) -> str:
    """The words before a sum, since the sum before; a blank or a comma does not part them."""
    return each.before or telling.story.text[max(0, each.place.start - 10) : each.place.start]


def _after(telling: Telling, each: Sum) -> str:
    return telling.story.text[each.place.end : each.place.end + 14]


def _is_somebody_elses(telling: Telling, place: Span) -> bool:
    before = telling.story.before(place, telling.story.clause(place))
    return bool(telling.words.means.others.search(before))
