"""Who lent, and what: a known lender tells the product, a bank only with a card or a loan."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.facts.story import Span
from bot.facts.telling import CaseVocabulary, Found, Telling, first

_PRODUCT_OF_KIND = {"platform": "online_loan", "consumer_finance": "consumer_finance"}
_BANK = "bank"
_SECURED = {"car_loan", "mortgage"}
_BY_WHOM = {"bank_loan", "small_loan"}  # A car loan from a bank is a car loan.
_UNKNOWN = "unknown"  # They say that they do not know; another word outweighs it.
_NEAR = 8  # Characters between a bank's name and the card or loan that it gave.


@dataclass(frozen=True, slots=True)
class Lender:
    """A lender as written, and the product that it tells (None for a bank alone)."""

    name: str
    product: str | None
    place: Span


@dataclass(frozen=True, slots=True)
class Lent:
    """Who lent, in the order of the text, and the one product; None where several are named.

    `mentions` is every place where a lender is named.
    """

    lenders: tuple[Lender, ...]
    product: Found[str] | None
    mentions: tuple[Span, ...]


def find_lent(telling: Telling) -> Lent:
    """All lenders, and the product."""
    lenders = tuple(find_lenders(telling))
    mentions = tuple(place for place, _ in _named(telling))
    return Lent(lenders=lenders, product=_product(telling, lenders), mentions=mentions)


def find_lenders(telling: Telling, *, mistaken: bool = False) -> Iterator[Lender]:
    """Every lender once, of two at one place the longer name; or those named as wrong ones."""
    words = telling.words.lender
    end = 0
    seen: list[str] = []
    for place, kind in _named(telling):
        name = telling.story.as_written(place)
        if place.start < end or any(is_one_lender(telling.vocabulary, name, one) for one in seen):
            continue
        end = place.end
        is_other = words.not_lender.fullmatch(telling.story.text[place.start : place.end])
        is_purse = words.not_lender_after.match(telling.story.text, place.end)
        if is_other or is_purse or _is_taken_back(telling, place) is not mistaken:
            continue
        seen.append(name)
        yield Lender(name, _product_of(telling, place, kind), place)


def is_one_lender(words: CaseVocabulary, one: str, other: str) -> bool:
    """招行 and 招商银行, 白条 and 京东白条; but 平安普惠 is not 平安."""
    name, second = words.normalize(one), words.normalize(other)
    if name == second:
        return True
    if any(
        each.fullmatch(name) and each.fullmatch(second) for each in words.case.one_lender.values()
    ):
        return True
    kind, other_kind = _kind_of(words, name), _kind_of(words, second)
    is_of_one_kind = kind is None or other_kind is None or kind == other_kind
    return is_of_one_kind and (name in second or second in name)


def _kind_of(words: CaseVocabulary, name: str) -> str | None:
    """bank, or what such a lender lends; None for a name that needs words beside it."""
    for entry in words.facts.lenders:
        if entry.written.fullmatch(name):
            return _PRODUCT_OF_KIND.get(entry.kind, entry.kind)
    return next((kind for kind, each in words.case.lenders.items() if each.fullmatch(name)), None)


def products_named(telling: Telling, *, mistaken: bool = False) -> Iterator[Found[str]]:
    """Every product that the words themselves name; or those named as wrong ones."""
    for name, told in telling.words.products.entries.items():
        for place in telling.places(told):
            is_wrong = _is_taken_back(telling, place)
            if is_wrong is mistaken and not _is_shadowed(telling, place):
                yield Found(name, place)


def _named(telling: Telling) -> list[tuple[Span, str]]:
    """Every name with what kind of lender, or which product, it is."""
    found = [
        (place, entry.kind)
        for entry in telling.facts.lenders
        for place in telling.story.find(entry.written)
    ]
    found += [
        (place, product)
        for product, pattern in telling.words.lenders.items()
        for place in telling.story.find(pattern)
    ]
    return sorted(found, key=lambda each: (each[0].start, -each[0].end))


def _product_of(telling: Telling, place: Span, kind: str) -> str | None:
    text = telling.story.text
    if kind != _BANK:
        return _PRODUCT_OF_KIND.get(kind, kind)
    clause = telling.story.clause(place)
    near = text[place.end : min(clause.end, place.end + _NEAR)]
    for product, pattern in (
        ("credit_card", telling.words.lender.card),
        ("bank_loan", telling.words.lender.loan),
    ):
        if pattern.search(near):
            return product
    return None


def _product(telling: Telling, lenders: tuple[Lender, ...]) -> Found[str] | None:
    """The one product; a word for it outweighs what the lender's name alone would tell."""
    named = list(products_named(telling))
    own = [Found(each.product, each.place) for each in lenders if each.product]
    apart = [each for each in own if not any(_belongs(each.place, word.place) for word in named)]
    every = [*(each for each in named if not _is_inside(each, lenders)), *apart]
    told = {each.value for each in every} - {_UNKNOWN} or {each.value for each in every}
    if told & _SECURED:
        told -= _BY_WHOM
    if len(told) != 1:
        return None
    return first(each for each in every if each.value in told)


def _is_inside(product: Found[str], lenders: tuple[Lender, ...]) -> bool:
    """借条 in 360借条 names no product of its own; 消费金融 in 马上消费金融 none besides."""
    return any(
        each.product and each.place.start <= product.place.start < each.place.end
        for each in lenders
    )


def _belongs(lender: Span, product: Span) -> bool:
    """A product's word right behind a lender's name says what that lender lent."""
    return 0 <= product.start - lender.end <= 2


def _is_taken_back(telling: Telling, place: Span) -> bool:
    """Named as what it is not, or put right by what follows: 招行，不对，是平安."""
    if telling.is_mistaken(place):
        return True
    return bool(telling.words.lender.taken_back.match(telling.story.text, place.end))


def _is_shadowed(telling: Telling, place: Span) -> bool:
    return any(
        each.start <= place.start < each.end
        for each in telling.story.find(telling.words.products.not_told)
    )
