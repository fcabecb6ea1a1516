"""What is owed: how much, how many debts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from bot.concepts.case import ALL, FURTHER
from bot.facts.lenders import Lent, is_one_lender, products_named
from bot.facts.numbers import Number, read_numbers
from bot.facts.story import Span
from bot.facts.sums import Sum
from bot.facts.telling import Found, Telling

_MOST = 99  # Nobody owes more lenders; such a number counts something else.
COUNTED = ("张", "家", "个", "笔", "户", "台")
_LISTED = ("张", "家", "个", "笔")
_OF = re.compile(r"(?:家|个|张)?[\u4e00-\u9fff]{1,3}的")  # 三家银行的五张卡 are five.
_BESIDE = 4
_SEVERAL = 2
_LABEL = 12  # Characters between what is owed and its sum.


@dataclass(frozen=True, slots=True)
class Owed:
    """`amount` of all that the message tells; `covers` and `shares` as in Case."""

    amount: Found[int] | None
    covers: str | None
    shares: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Debt:
    """One sum: `rank` is how plainly it is what is owed now, `label` whose or which it is."""

    rank: str
    label: str
    value: int
    place: Span


def find_owed(telling: Telling, lent: Lent) -> Owed:
    """A total when one is named, or else all debts added up."""
    debts = list(_debts(telling, lent))
    shares = _shares(debts, lent)
    if any(each.rank == "total" for each in debts):
        total = _total(debts)
        return Owed(Found(total.value, total.place), ALL, shares)
    if not debts:
        return Owed(None, _covers(telling, None))
    value = _added_up(debts)
    return Owed(Found(value, debts[0].place), _covers(telling, debts[0]), shares)


def _shares(debts: list[_Debt], lent: Lent) -> dict[str, int]:
    """What is owed to each lender who is named with a sum of their own."""
    named = {each.name for each in lent.lenders}
    owed = (each for each in debts if each.rank not in ("total", "borrowed"))
    return {each.label: each.value for each in owed if each.label in named}


def _covers(telling: Telling, debt: _Debt | None) -> str | None:
    """还有平安两万 is one more debt, but 还有两万没还 what is left of the same."""
    before = telling.story.text[: debt.place.start] if debt else telling.story.text
    is_further = (debt is None or debt.label) and telling.words.owed.further.search(before)
    return FURTHER if is_further else None


def _total(debts: list[_Debt]) -> _Debt:
    """The last total; 五张卡一共十二万，网贷六万 is a total of the cards alone."""
    totals = {each.label: each for each in debts if each.rank == "total"}
    last = list(totals.values())[-1]
    if not last.label:
        return last
    others = {
        each.label: each.value
        for each in debts
        if each.label not in totals and each.label and each.place.start > last.place.start
    }
    together = sum(each.value for each in totals.values()) + sum(others.values())
    return replace(last, value=together)


def _added_up(debts: list[_Debt]) -> int:
    """One sum for each label, the later; what was borrowed gives way to what of it is owed."""
    owed = [each for each in debts if each.rank != "borrowed"]
    known = {each.label for each in owed} | {""}
    firm = [each for each in debts if each.rank != "borrowed" or each.label not in known]
    firm = firm if owed else debts
    by_label = {each.label: each.value for each in firm if each.label}
    rest = [each for each in firm if not each.label]
    together = sum(by_label.values())
    if not rest:
        return together
    last = rest[-1].value
    is_same = len(by_label) <= 1 or last >= together
    return last if is_same else together


def _debts(telling: Telling, lent: Lent) -> Iterator[_Debt]:
    labels = _labels(telling, lent)
    words, was_part = telling.words.owed, False
    for each in telling.sums:
        was_part = was_part or bool(words.part.search(each.before))
        clause = telling.story.clause(each.place)
        is_due = words.instalment.search(telling.story.before(each.place, clause))
        if each.monthly is not None or is_due or telling.is_mistaken(each.place):
            continue
        rank = _rank(telling, each, labels)
        if rank is None or (was_part and rank != "total"):
            continue
        label = _label(telling, each, labels, lent)
        yield _Debt(rank, label, each.value, each.place)


def _rank(telling: Telling, each: Sum, labels: tuple[Span, ...]) -> str | None:
    """How a sum is told: total, left, claimed, owed, borrowed; None when it is no debt."""
    words = telling.words.owed
    if words.not_owed_after.match(each.after):
        return None
    if words.not_owed.search(each.before):
        return None
    for rank, pattern in (
        ("total", words.total),
        ("left", words.left),
        ("claimed", words.claimed),
        ("owed", words.owed),
    ):
        if pattern.search(each.before):
            return rank
    if words.owed_after.match(each.after):
        return "owed"
    if any(label.end == each.place.start for label in labels):
        return "owed"  # 美团借钱八千: the name of what lent has 借 in it.
    if words.borrowed.search(each.before):
        return "borrowed"
    return "owed" if any(_is_beside(label, each) for label in labels) else None


def _is_beside(label: Span, each: Sum) -> bool:
    """招行3万: the name stands right before the sum, in its clause."""
    return 0 <= each.place.start - label.end <= min(_BESIDE, len(each.before))


def _labels(telling: Telling, lent: Lent) -> tuple[Span, ...]:
    """Where lenders and products are named."""
    places = list(lent.mentions)
    places += [each.place for each in products_named(telling)]
    places += list(telling.story.find(telling.words.owed.each_debt))
    return tuple(sorted(places, key=lambda place: place.start))


def _label(telling: Telling, each: Sum, labels: tuple[Span, ...], lent: Lent) -> str:
    """The lender or product named last before the sum, since the sum before it."""
    text, start = telling.story.text, each.place.start - len(each.before)
    near = [
        place
        for place in labels
        if start <= place.start and place.end <= each.place.start <= place.end + _LABEL
    ]
    single = [place for place in near if telling.words.owed.each_debt.match(text, place.start)]
    if single:
        return f"{single[-1].start}"
    if not near:
        return ""
    clause = telling.story.clause(near[-1])
    lender = [place for place in near if place in lent.mentions and place.start >= clause.start]
    named = lender[-1] if lender else near[-1]
    name = telling.story.as_written(named)
    known = (each.name for each in lent.lenders) if lender else ()
    return next((each for each in known if is_one_lender(telling.vocabulary, each, name)), name)


def find_debts(telling: Telling, lent: Lent) -> Found[int] | None:
    """How many lenders, cards and loans there are: as told, or each with a sum of its own."""
    text = telling.story.text
    counted = _counted(telling)
    if not counted:
        return _listed(telling, lent)
    total = 0
    for each, following in zip_longest(counted, counted[1:]):
        is_of_the_next = following is not None and _OF.fullmatch(text, each.end, following.start)
        total += 0 if is_of_the_next else int(each.low)
    return Found(total, Span(counted[0].start, counted[-1].end))


def _counted(telling: Telling) -> list[Number]:
    """The numbers that count debts; a single one counts only beside others: 四个网贷加一张卡."""
    counted = [each for each in read_numbers(telling.story.text) if _is_of_debts(telling, each)]
    if any(each.high > 1 or _is_only(telling, each) for each in counted):
        return counted
    return []


def _listed(telling: Telling, lent: Lent) -> Found[int] | None:
    """招行卡欠18000 中信卡欠7000: two lenders, each with its own sum; a total counts none."""
    debts = [each for each in _debts(telling, lent) if each.rank != "total"]
    of_lender = {each.name for each in lent.lenders}
    labels = {each.label: each.place for each in debts}
    is_every = all(each in of_lender or each.isdigit() for each in labels)
    if len(labels) < _SEVERAL or not is_every:
        return None
    places = list(labels.values())
    return Found(len(labels), Span(places[0].start, places[-1].end))


def _is_only(telling: Telling, number: Number) -> bool:
    before = telling.story.text[max(0, number.start - 6) : number.start]
    return bool(telling.words.owed.only.search(before))


def _is_of_debts(telling: Telling, number: Number) -> bool:
    """Counted with what is owed behind it."""
    words, text = telling.words.owed, telling.story.text
    if number.unit not in COUNTED or not 1 <= number.low <= _MOST:
        return False
    before = text[max(0, number.start - 6) : number.start]
    if words.not_debts.search(before) or telling.is_mistaken(Span(number.start, number.end)):
        return False
    if number.unit in _LISTED and words.listed.search(before):
        return True
    unit = text[number.end - 1]
    return bool(words.debts.match(f"{unit}{text[number.end : number.end + _LABEL]}"))
