"""A told case put right by words: 不是招行是平安, 不是昨晚是前天, 没有担保."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from math import log

from bot.concepts.case import ALL, Case, Deed
from bot.concepts.case_words import ManyTold
from bot.facts.days import read_days
from bot.facts.delays import find_months
from bot.facts.lenders import find_lenders, is_one_lender, products_named
from bot.facts.means import is_earning_again
from bot.facts.numbers import read_numbers
from bot.facts.owed import COUNTED
from bot.facts.stages import denied_stages
from bot.facts.story import Story
from bot.facts.sums import Sum
from bot.facts.telling import CaseVocabulary, Telling

_SUM = r"[0-9.,一二两三四五六七八九十百千万几]+(?:元|块钱?)?"
_RATHER = (
    "(?:[用花啦了吧呀啊嘛,， ]|好像|还是|还要?不如|改[成为到]?|就|只能|最多|那|先|按|算|应该|可以"
    "|大概|差不多|每个?月|一个月)*"
)
"""What may stand before a sum that one names for oneself: not 他们要, not 利息, not 借了."""
_CHANGED = re.compile(
    rf"(?P<old>{_SUM})(?:改成|改为|改到|改作|换成|变成|改)(?P<new>{_SUM})"
    rf"|(?P<much>{_SUM})[^0-9,，。;!?]{{0,6}}(?:太[多少高低紧]|[多少高低]了|不够|吃力|够呛|拿不出|还不起|撑不住)"
    rf"{_RATHER}(?P<rather>{_SUM})(?=(?:左右)?(?:吧|算了|就行|就好|好了|可以|得了|[,，。;!? ]|$))"
)
"""六百改成五百, 500好像太多 400吧: a sum, and the one that takes its place."""
_MONTHLY = ("monthly_ability", "income", "surplus")
_SUMS = ("amount", *_MONTHLY)


def read_correction(telling: Telling, told: Case, case: Case) -> Case | None:
    """The case as a message puts it right; None when the message puts nothing told right.

    `told` is what the message by itself tells.
    """
    words, now = telling.vocabulary, telling.now
    read = replace(told, covers=ALL)
    mended = case
    for old, new in _exchanges(telling):
        mended = _exchanged(mended, _part(old, words, now), _part(new, words, now))
    mended = mended.without(*_taken_back(telling, mended))
    if telling.words.correction.is_debtor.search(telling.story.text) and case.role:
        mended = replace(mended, role="debtor")
    if telling.words.correction.mistaken.search(telling.story.text):
        mended = _overwritten(telling, mended, read)
    elif mended != case:
        if mended.shares != case.shares:  # What is owed in all has followed.
            read = replace(read, amount=None, shares={})
        mended = mended.updated(read)
    return None if mended == case else mended


def _part(text: str, words: CaseVocabulary, now: datetime) -> Telling:
    return Telling.of(text, words, now)


def find_exchanges(text: str) -> Iterator[tuple[str, str]]:
    """The sums of a folded text that are named as wrong, each with the one in its place."""
    for match in _CHANGED.finditer(text):
        yield match["old"] or match["much"], match["new"] or match["rather"]


def _exchanges(telling: Telling) -> Iterator[tuple[str, str]]:
    """What was wrong and what takes its place."""
    words, text = telling.words.correction, telling.story.text
    for pattern in (words.exchanged, words.turned):
        for match in pattern.finditer(text):
            yield match["old"], match["new"]
    yield from find_exchanges(text)


def _exchanged(case: Case, old: Telling, new: Telling) -> Case:
    """What was told as `old` becomes `new`, kind by kind."""
    case = _other_lender(case, old, new)
    case = _other_product(case, old, new)
    case = _other_sum(case, old, new)
    case = _other_time(case, old, new)
    return _other_day(case, old, new)


def _other_lender(case: Case, old: Telling, new: Telling) -> Case:
    wrong, right = next(find_lenders(old), None), next(find_lenders(new), None)
    if wrong is None or right is None:
        return case
    known = {name for name in case.lenders if is_one_lender(old.vocabulary, wrong.name, name)}
    if not known:
        return case
    renamed = {each: right.name if each in known else each for each in case.lenders}
    shares = {renamed[each]: value for each, value in case.shares.items() if each in renamed}
    product = case.product
    if right.product:
        product = right.product
    elif wrong.product == case.product:
        product = None
    lenders = tuple(dict.fromkeys(renamed.values()))
    return replace(case, lenders=lenders, shares=shares, product=product)


def _other_product(case: Case, old: Telling, new: Telling) -> Case:
    wrong, right = next(products_named(old), None), next(products_named(new), None)
    if wrong is None or right is None or wrong.value != case.product:
        return case
    return replace(case, product=right.value)


def _other_sum(case: Case, old: Telling, new: Telling) -> Case:
    """The fact that has the value of the wrong sum gets that of the right one."""
    wrong, right = old.sums, new.sums
    if not wrong or not right:
        return case
    shares = {name for name, told in case.shares.items() if told == wrong[0].value}
    if len(shares) == 1 and len(case.shares) > 1:
        return _with_share(case, shares.pop(), right[0].value)
    for name in _SUMS:
        told = getattr(case, name)
        if told is not None and told in (wrong[0].value, wrong[0].monthly):
            return _with(case, name, right[0].monthly or right[0].value)
    return case


def _with_share(case: Case, name: str, value: int) -> Case:
    """What is owed to one lender, and with it what is owed in all."""
    amount = None if case.amount is None else case.amount + value - case.shares[name]
    return replace(case, amount=amount, shares={**case.shares, name: value})


def _other_time(case: Case, old: Telling, new: Telling) -> Case:
    """Months that a debt is late, and how many debts there are."""
    wrong, right = find_months(old.story), find_months(new.story)
    if wrong is not None and right is not None and wrong == case.overdue_months:
        return replace(case, overdue_months=right)
    few, more = _count(old.story), _count(new.story)
    is_of_debts = few is not None and more is not None and few == case.debts
    return replace(case, debts=more) if is_of_debts else case


def _count(story: Story) -> int | None:
    """The first number of cards, lenders or loans."""
    counts = [int(each.low) for each in read_numbers(story.text) if each.unit in COUNTED]
    return counts[0] if counts else None


def _other_day(case: Case, old: Telling, new: Telling) -> Case:
    wrong, right = read_days(old.story.text, old.now), read_days(new.story.text, new.now)
    if not wrong or not right:
        return case
    day, other = wrong[0].day, right[0].day
    done = tuple(Deed(each.kind, other) if each.on == day else each for each in case.done)
    served = other if case.served_on == day else case.served_on
    return replace(case, served_on=served, done=done)


def _taken_back(telling: Telling, case: Case) -> Iterator[str]:
    """The names of what a message says was not so."""
    denied = denied_stages(telling)
    if case.stage in denied:
        yield "stage"
    if "overdue" in denied:
        yield "overdue_months"
    not_role = telling.words.not_role.get(case.role or "")
    if not_role and not_role.search(telling.story.text):
        yield "role"
    if case.paper in set(_denied(telling, telling.words.papers)):
        yield from ("paper", "served_on")
    yield from (f"events:{each}" for each in _denied(telling, telling.words.events))
    if is_earning_again(telling):
        yield "events:income_lost"
    yield from (f"done:{each}" for each in _denied(telling, telling.words.deeds))
    yield from _mistaken(telling, case)


def _mistaken(telling: Telling, case: Case) -> Iterator[str]:
    """What stands behind 不是: lenders, the product, sums."""
    for lender in find_lenders(telling, mistaken=True):
        same = partial(is_one_lender, telling.vocabulary, lender.name)
        yield from (f"lenders:{each}" for each in case.lenders if same(each))
    if case.product in {each.value for each in products_named(telling, mistaken=True)}:
        yield "product"
    for each in telling.sums:
        if telling.is_mistaken(each.place):
            yield from (name for name in _SUMS if getattr(case, name) == each.value)


def _denied(telling: Telling, many: ManyTold) -> Iterator[str]:
    for name, told in many.entries.items():
        if any(telling.is_denied(place) for place in telling.places(told)):
            yield name


def _overwritten(telling: Telling, case: Case, read: Case) -> Case:
    """记错了，是五个月: what is named now replaces what was told; alone it finds its fact."""
    if (of_lender := _share_mended(telling, case, read)) is not None:
        return of_lender
    single = [name for name in read.told if name not in ("lenders", "done", "events")]
    case = case.without(*single)
    if read.lenders and len(case.lenders) == 1:
        case = replace(case, lenders=())
    case = case.updated(read)
    sums, months = telling.sums, find_months(telling.story)
    is_named = bool({*_SUMS, "overdue_months"} & {*read.told})
    if is_named or (sums and months is not None):
        return case
    if sums:
        return _with_sum(telling, case, sums[-1])
    if months is not None and case.overdue_months is not None:
        return replace(case, overdue_months=months)
    return case


def _share_mended(telling: Telling, case: Case, read: Case) -> Case | None:
    """说错了，中行那张是一万六: the sum of one of several lenders."""
    once = [each.value for each in telling.sums if each.monthly is None]
    known = [each for each in case.shares for name in read.lenders if read.same_lender(each, name)]
    if len(known) != 1 or len(case.shares) == 1 or not once:
        return None
    return _with_share(case, known[0], once[-1])


def _with_sum(telling: Telling, case: Case, each: Sum) -> Case:
    """三百五可以 is what can be paid; a sum alone is of the fact whose value is nearest."""
    words = telling.words.means
    value = each.value if each.monthly is None else each.monthly
    names = _SUMS if each.monthly is None else _MONTHLY
    told = {name: getattr(case, name) for name in names if getattr(case, name) is not None}
    is_able = words.able.search(each.before) or words.able_after.search(each.after)
    if is_able and "monthly_ability" in told:
        return _with(case, "monthly_ability", value)
    if not told:
        return case
    nearest = min(told, key=lambda name: abs(log(max(told[name], 1)) - log(max(value, 1))))
    return _with(case, nearest, value)


def _with(case: Case, name: str, value: int) -> Case:
    """With another sum; what is owed to a single lender is what is owed in all."""
    if name == "amount" and len(case.shares) == 1:
        case = replace(case, shares=dict.fromkeys(case.shares, value))
    return replace(case, **{name: value})  # type: ignore[arg-type]
