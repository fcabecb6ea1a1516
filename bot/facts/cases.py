"""The facts of a case from any message: the flow on one screen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.concepts.case import EVENTS, Case, in_order
from bot.facts.deeds import find_deeds, find_events
from bot.facts.delays import find_overdue
from bot.facts.lenders import Lender, find_lent, is_one_lender
from bot.facts.means import find_ability, find_income, find_surplus
from bot.facts.owed import find_debts, find_owed
from bot.facts.regions import find_region
from bot.facts.roles import find_role
from bot.facts.stages import find_paper, find_served_on, find_stage
from bot.facts.story import Span
from bot.facts.telling import CaseVocabulary, Found, Telling

_FROZEN = "account_frozen"


def read_case(text: str, words: CaseVocabulary, now: datetime) -> Case:
    """What this message alone tells of a case.

    `text` has its personal numbers masked; `now` is when it was sent, for 昨天 and 去年八月.
    """
    return case_of(Telling.of(text, words, now))


def case_of(telling: Telling) -> Case:
    """The facts of a message that is prepared."""
    lent = find_lent(telling)
    owed = find_owed(telling, lent)
    overdue = find_overdue(telling)
    single: dict[str, Found[object] | None] = {
        "product": lent.product,
        "amount": owed.amount,
        "overdue_months": overdue,
        "monthly_ability": find_ability(telling),
        "income": find_income(telling),
        "stage": find_stage(telling) or (Found("overdue", overdue.place) if overdue else None),
        "role": find_role(telling),
        "region": find_region(telling),
        "debts": find_debts(telling, lent),
        "paper": find_paper(telling),
        "served_on": find_served_on(telling),
        "surplus": find_surplus(telling),
    }
    deeds, events = find_deeds(telling), tuple(find_events(telling))
    places = {name: found.place for name, found in single.items() if found is not None}
    places |= _first_places(lenders=lent.lenders, done=deeds, events=events)
    values = {name: found.value for name, found in single.items() if found}
    told = Case(
        **values,  # type: ignore[arg-type]
        lenders=tuple(each.name for each in lent.lenders),
        done=in_order(each.value for each in deeds),
        events=_told(each.value for each in events),
        shares=owed.shares,
        sources=_sources(telling, places),
        covers=owed.covers,
        is_second_paper=_is_second(telling, single["paper"]),
        is_own=telling.words.correction.own.search(telling.story.text) is not None,
        court_froze=any(_is_of_court(telling, each) for each in events),
        same_lender=partial(is_one_lender, telling.vocabulary),
    )
    is_enforced = told.court_froze and told.stage == "judgment"
    return replace(told, stage="enforcement") if is_enforced else told


def _first_places(**several: Sequence[Found[object] | Lender]) -> dict[str, Span]:
    """Where the first of several facts was told, by name."""
    return {name: each[0].place for name, each in several.items() if each}


def _is_second(telling: Telling, paper: Found[object] | None) -> bool:
    """又来了一份裁定书, 另一个案子的判决书: not the paper in hand."""
    if paper is None:
        return False
    return telling.words.second_paper.search(telling.clause(paper.place)) is not None


def _is_of_court(telling: Telling, event: Found[str]) -> bool:
    is_freeze = event.value == _FROZEN
    return is_freeze and bool(telling.words.court_froze.search(telling.clause(event.place)))


def _told(told: Iterable[str]) -> tuple[str, ...]:
    every = set(told)
    return tuple(each for each in EVENTS if each in every)


def _sources(telling: Telling, places: Mapping[str, Span]) -> dict[str, str]:
    """By fact the words that told it."""
    return {name: telling.source(place) for name, place in places.items()}
