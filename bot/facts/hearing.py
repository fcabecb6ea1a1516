"""Joins what the word lists read of a story with what the model of clauses heard. Pure.

One rule for every act and every person: from SURE on the model is believed, below UNLIKELY it is
believed too, and between the two the lists decide; a threat is believed from THREAT on in a clause
that is surely improper. Numbers, times, channels, names and what follows from them are the lists'
alone.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.concepts.clauses import THREATS, HeardClause
from bot.concepts.facts import ACTS, CONTACTED, ContactFacts

SURE, UNLIKELY = 0.6, 0.03
THREAT = 0.35
"""On clauses by hands held out, threats of violence heard rise from 0.36 to 0.55; of what is heard
too much seven of ten are improper in another way."""

_IMPROPER = "improper"
POSSIBLE = 1 / 11
"""A false all-clear costs ten questions back: from this likelihood on it pays to ask."""

_BY_THE_CLOCK = "call_night"
_BY_NUMBERS = "call_frequency"
_THIRD = "contact_third_party"
_ROLES = {"relative": "relative", "contact": "contacted", "stranger": "contacted"}
_OTHER_STANCES = ("denied", "asked", "others", "mine")

_DOUBTS = {
    "threat": ("threat_violence", "threat_exposure", "stance:threatened"),
    "private_account": ("demand_fee", "push_new_loan"),
    "false_office": ("impersonate_police", "impersonate_court", "impersonate_lawyer",
                     "fake_document"),
    "publication": ("post_publicly",),
    "third_party": (_THIRD, "disclose_debt",
                    *(f"reached:{who}" for who in CONTACTED if who != "self")),
    "manner": ("insult", "no_identity", "call_frequency", "automated_bombing", "home_visit",
               "workplace_visit", "improper"),
}  # fmt: skip
"""What may be improper, and by which labels, the weightiest first."""

UNREAD, UNHEARD = "unread", "unheard"
"""A clause means nothing to the model; there was no model to listen."""

DOUBTS = (*_DOUBTS, UNREAD, UNHEARD)


def joined(facts: ContactFacts, clauses: Sequence[HeardClause]) -> ContactFacts:
    """The facts of a story as both tell them; those of the lists alone where nothing was heard."""
    if not clauses:
        return replace(facts, doubts=(UNHEARD,))
    contacted = _contacted(facts, clauses)
    acts = {each for each in ACTS if _is_told(each, facts, clauses)}
    if set(contacted) - {"self"}:
        acts.add(_THIRD)
    elif _THIRD in acts:
        contacted = (*contacted, _likeliest_other(clauses))
    return replace(
        facts,
        acts=tuple(each for each in ACTS if each in acts),
        contacted=tuple(each for each in CONTACTED if each in contacted),
        is_contacted_assumed=facts.is_contacted_assumed and set(contacted) <= {"self"},
        writer=_writer(facts, clauses),
        urgent=facts.urgent or _likely("now", clauses) >= SURE,
        is_heard=True,
        doubts=_doubts(clauses),
    )


def _is_told(act: str, facts: ContactFacts, clauses: Sequence[HeardClause]) -> bool:
    by_lists = act in facts.acts
    if act == _BY_THE_CLOCK or (act == _BY_NUMBERS and facts.per_day is not None):
        return by_lists
    is_hinted = act in THREATS and _is_hinted(act, clauses)
    return is_hinted or _decided(by_lists, _likely(act, clauses))


def hears_threat(clauses: Sequence[HeardClause]) -> bool:
    """Whether a threat was heard, veiled or not, whatever the whole seems to be about."""
    return any(_is_hinted(act, clauses) or _likely(act, clauses) >= SURE for act in THREATS)


def _is_hinted(act: str, clauses: Sequence[HeardClause]) -> bool:
    return any(each.of(act) >= THREAT and each.of(_IMPROPER) >= SURE for each in clauses)


def _decided(by_lists: bool, likely: float) -> bool:
    """The rule."""
    return likely >= SURE or (by_lists and likely >= UNLIKELY)


def _likely(label: str, clauses: Sequence[HeardClause]) -> float:
    return max((each.of(label) for each in clauses), default=0.0)


def _contacted(facts: ContactFacts, clauses: Sequence[HeardClause]) -> tuple[str, ...]:
    found = [
        who
        for who in CONTACTED
        if _decided(who in facts.contacted, _likely(f"reached:{who}", clauses))
    ]
    if not found and facts.contacted:
        return ("self",) if facts.is_contacted_assumed else facts.contacted
    return tuple(found)


def _likeliest_other(clauses: Sequence[HeardClause]) -> str:
    others = [who for who in CONTACTED if who != "self"]
    best = max(others, key=lambda who: _likely(f"reached:{who}", clauses))
    return best if _likely(f"reached:{best}", clauses) > 0 else "other"


def _writer(facts: ContactFacts, clauses: Sequence[HeardClause]) -> str:
    role = max(_ROLES, key=lambda each: _likely(f"by:{each}", clauses))
    return _ROLES[role] if _likely(f"by:{role}", clauses) >= SURE else facts.writer


def _doubts(clauses: Sequence[HeardClause]) -> tuple[str, ...]:
    """What may yet be improper, the weightiest first."""
    found = [
        doubt
        for doubt, labels in _DOUBTS.items()
        if any(_may_be(labels, each) for each in clauses)
    ]
    if not all(each.is_known for each in clauses):
        found.append(UNREAD)
    return tuple(found)


def _may_be(labels: Collection[str], clause: HeardClause) -> bool:
    """Whether a clause may tell one of these, and does not rather say that it was not so."""
    is_not_so = any(clause.of(f"stance:{stance}") >= SURE for stance in _OTHER_STANCES)
    return not is_not_so and any(clause.of(label) >= POSSIBLE for label in labels)
