"""All fields of a paper together, and the facts in them that signals ask for by name."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.concepts.paper_reading import (
    STRANGE_LINKS,
    Account,
    CaseNumber,
    Link,
    LinkKind,
    PaperFields,
)
from bot.concepts.paper_words import LenderContact, PaperWords
from bot.papers.accounts import read_accounts
from bot.papers.amounts import read_amounts
from bot.papers.case_numbers import court_of, fits, own_number, read_case_numbers
from bot.papers.days import read_dates
from bot.papers.links import read_links
from bot.papers.parties import read_addressee, read_sender
from bot.papers.phones import FOREIGN, LANDLINE, MOBILE, SHORT, digits_of, read_phones
from bot.papers.text import PaperText

_HEAD = 80
"""Signs at the beginning in which a paper says whom it is from, beside its signature."""
_SHORT_NUMBER = {"953": 5, "955": 5, "956": 6}


def read_fields(text: PaperText, words: PaperWords, received: date | None) -> PaperFields:
    """What stands in a paper."""
    numbers = read_case_numbers(text, words.numbers)
    phones = read_phones(text)
    fields = PaperFields(
        sender=read_sender(text, words.parties),
        addressee=read_addressee(text, words.parties),
        case_number=own_number(numbers, text),
        amounts=read_amounts(text, words.marks["bare_money"]),
        phones=tuple(number for number, _ in phones),
        links=read_links(text, words.domains, words.lenders),
        accounts=read_accounts(text, words.parties),
        dates=read_dates(text, words.dates, received),
        demand=next((says for told, says in words.demands if told.search(text.running)), None),
    )
    fields = replace(fields, claims=_claims(text, fields, words))
    found = {*_of_numbers(text, fields.case_number, words), *_of_links(fields.links, words)}
    found |= {*_of_phones(phones, fields, words), *_of_money(text, fields, words)}
    if lender_of(fields.sender, words) is not None:
        found.add("lender_known")
    if fields.dates.hearing is not None:
        found.add("has_hearing")
    if words.marks["has_plaintiff"].search(text.running):
        found.add("has_plaintiff")
    if found & {"number_sound", "number_of_no_court", "number_criminal"} and words.marks[
        "recounts"
    ].search(text.running):
        found.add("recounts")
    return replace(fields, found=frozenset(found))


def lender_of(name: str | None, words: PaperWords) -> LenderContact | None:
    """The lender with whose name a sender's name begins: the one with the longest name."""
    if not name:
        return None
    named = [
        (len(each), lender)
        for lender in words.lenders
        for each in (lender.name, *lender.aliases, lender.name.removeprefix("中国"))
        if len(each) > 1 and name.lower().startswith(each.lower())
    ]
    return max(named, key=lambda each: each[0])[1] if named else None


def _claims(text: PaperText, fields: PaperFields, words: PaperWords) -> frozenset[str]:
    """Who the paper says it is from: by its sender, or by its beginning where there is none."""
    of_sender = _claimed(fields.sender or "", words)
    return frozenset(of_sender or _claimed(text.running[:_HEAD], words))


def _claimed(said: str, words: PaperWords) -> set[str]:
    return {name for name, pattern in words.claims.items() if pattern.search(said.lower())}


def _of_numbers(text: PaperText, number: CaseNumber | None, words: PaperWords) -> Iterator[str]:
    if number is None:
        return
    yield "has_number"
    if not number.code and "no_code" not in number.faults:
        yield "number_of_no_court"
    if number.stage:
        yield f"number_{number.stage}"
        if not number.faults:
            yield "number_sound"
    yield from (f"number_{fault}" for fault in number.faults)
    if fits(number, court_of(text), words.numbers):
        yield "number_fits"


def _of_links(links: tuple[Link, ...], words: PaperWords) -> Iterator[str]:
    for link in links:
        yield f"link_{link.kind.value}"
        ending = link.host.rpartition(".")[2]
        if link.kind in (LinkKind.UNKNOWN, LinkKind.LOOK_ALIKE) and ending in words.domains.cheap:
            yield "link_cheap"
    if not any(link.kind in STRANGE_LINKS for link in links):
        yield "no_strange_link"
    if not links:
        yield "no_link"


def _of_phones(
    phones: tuple[tuple[str, str], ...], fields: PaperFields, words: PaperWords
) -> Iterator[str]:
    lender = lender_of(fields.sender, words)
    own = (
        {digits_of(each) for each in (lender.number, *lender.others) if each} if lender else set()
    )
    sorts = {sort for _, sort in phones}
    is_own = [digits_of(number) in own for number, _ in phones]
    if FOREIGN in sorts:
        yield "phone_foreign"
    if LANDLINE in sorts:
        yield "phone_landline"
    if sorts == {MOBILE}:
        yield "phone_only_mobile"
    if not sorts & {MOBILE, FOREIGN}:
        yield "no_mobile"
    if any(is_own):
        yield "phone_official"
    if all(is_own):
        yield "no_strange_phone"
    if any(sort == SHORT and _is_too_long(number) for number, sort in phones):
        yield "phone_long"


def _is_too_long(number: str) -> bool:
    digits = digits_of(number)
    return len(digits) > _SHORT_NUMBER.get(digits[:3], len(digits)) and "-" not in number


def _of_money(text: PaperText, fields: PaperFields, words: PaperWords) -> Iterator[str]:
    accounts: tuple[Account, ...] = fields.accounts
    is_own = words.marks["own_account"].search(text.running) is not None
    if any(each.is_private for each in accounts) and not is_own:
        yield "private_account"
    else:
        yield "no_private_money"
    if words.marks["creditor_account"].search(text.running):
        yield "creditor_account"
    if any(each.holder and "法院" in each.holder for each in accounts):
        yield "court_account"
    if not accounts and not words.marks["payment"].search(text.running):
        yield "no_payment"
