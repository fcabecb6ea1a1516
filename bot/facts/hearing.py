"""Joins what the word lists read of a story with what the model of clauses heard. Pure.

One rule for every act and every person: from its own likelihood on the model is believed, below
UNLIKELY it is believed too, and between the two the lists decide; a threat is believed from
THREAT on in a clause that is surely improper. What a clause rather denies, asks about, or tells
of others or of oneself counts less by as much, what it threatens that others will learn counts
less by half as much, and of acts the model is believed only in clauses that are improper by EVEN
odds at least. Numbers, times, channels, names and what follows from them are the lists' alone.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.concepts.clauses import THREATS, WRITERS, HeardClause
from bot.concepts.facts import ACTS, CONTACTED, ContactFacts

SURE, UNLIKELY = 0.6, 0.2
EASILY, SOON = 0.4, 0.5
"""Instead of SURE: of acts that are missed more than imagined, and of danger now. Where each act
belongs was seen on whole stories by four hands, each held out: it is the same for most."""

REACHED, NOBODY, OURSELVES, APART = 0.65, 0.3, 0.6, 0.9
"""Of people REACHED stands for SURE and NOBODY for UNLIKELY; of the debtor OURSELVES does, but
APART where somebody else was reached, who writes or beside whom the lists do not name the debtor:
what they were told, the debtor was not."""

ANOTHER = 0.3
"""How likely it is heard from which on somebody else than the debtor writes."""

_THIRD = "contact_third_party"
_FROM = {
    **dict.fromkeys(
        ("call_frequency", "impersonate_court", "impersonate_lawyer", "insult", "no_identity",
         "push_new_loan"),
        EASILY,
    ),
    **dict.fromkeys(
        ("disclose_debt", "demand_fee", "fake_document", "home_visit", "post_publicly"), SOON
    ),
    _THIRD: REACHED,
}  # fmt: skip
THREAT, HINT, EVEN = 0.45, 0.35, 0.5
"""A threat is told from THREAT on; from HINT on it is worth checking the story."""

TOLD_FROM = 0.6
"""Likelihood from which an act is taken for told where it chooses a topic or a letter."""

IMPROPER = "improper"
POSSIBLE = 1 / 11
"""A false all-clear costs ten questions back: from this likelihood on it pays to ask."""

_BY_THE_CLOCK = "call_night"
_BY_NUMBERS = "call_frequency"
_ROLES = {"relative": "relative", "contact": "contacted", "stranger": "contacted"}
_OTHER_WRITERS = tuple(each for each in WRITERS if each != "debtor")
_OTHER_STANCES = ("denied", "asked", "others", "mine")
_ONLY_THREATENED = {
    *("disclose_debt", "post_publicly", "home_visit", "workplace_visit", _THIRD),
    *(f"reached:{who}" for who in CONTACTED if who != "self"),
}
"""What a threat of exposure speaks of, though it has not come to pass: of 563 annotated ones a
hundredth tells any of it as done, a third party aside."""

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
        urgent=facts.urgent or _likely("now", clauses) >= EASILY,
        is_heard=True,
        doubts=_doubts(clauses),
    )


def _is_told(act: str, facts: ContactFacts, clauses: Sequence[HeardClause]) -> bool:
    by_lists = act in facts.acts
    if act == _BY_THE_CLOCK or (act == _BY_NUMBERS and facts.per_day is not None):
        return by_lists
    is_hinted = act in THREATS and _is_hinted(act, clauses, THREAT)
    improper = [each for each in clauses if _told_in(each, IMPROPER) >= EVEN]
    is_heard = is_hinted or _likely(act, improper) >= _FROM.get(act, SURE)
    return is_heard or (by_lists and _likely(act, clauses) >= UNLIKELY)


def hears_threat(clauses: Sequence[HeardClause]) -> bool:
    """Whether a threat was heard, veiled or not, whatever the whole seems to be about."""
    return any(_is_hinted(act, clauses, HINT) or _likely(act, clauses) >= SURE for act in THREATS)


def _is_hinted(act: str, clauses: Sequence[HeardClause], likely: float) -> bool:
    return any(
        _told_in(each, act) >= likely and _told_in(each, IMPROPER) >= SURE for each in clauses
    )


def _likely(label: str, clauses: Sequence[HeardClause]) -> float:
    return max((_told_in(each, label) for each in clauses), default=0.0)


def _told_in(clause: HeardClause, label: str) -> float:
    """How likely a clause tells this as done by the collectors, and in no other stance."""
    stance = 1 - max(clause.of(f"stance:{each}") for each in _OTHER_STANCES)
    if label in _ONLY_THREATENED:
        stance *= 1 - clause.of("threat_exposure") / 2
    return clause.of(label) * stance


def _contacted(facts: ContactFacts, clauses: Sequence[HeardClause]) -> tuple[str, ...]:
    likely = {who: _likely(f"reached:{who}", clauses) for who in CONTACTED}
    found = [who for who in CONTACTED if likely[who] >= _reached_from(who, facts)]
    is_apart = _is_by_another(facts, clauses) or not _is_named("self", facts)
    if set(found) > {"self"} and likely["self"] < APART and is_apart:
        found.remove("self")
    if not found and facts.contacted:
        return ("self",) if facts.is_contacted_assumed else facts.contacted
    return tuple(found)


def _reached_from(who: str, facts: ContactFacts) -> float:
    if who in facts.contacted:
        return NOBODY
    return OURSELVES if who == "self" else REACHED


def _is_named(who: str, facts: ContactFacts) -> bool:
    return who in facts.contacted and not facts.is_contacted_assumed


def _is_by_another(facts: ContactFacts, clauses: Sequence[HeardClause]) -> bool:
    return facts.writer != "debtor" or any(
        clause.of(f"by:{each}") >= ANOTHER for clause in clauses for each in _OTHER_WRITERS
    )


def _likeliest_other(clauses: Sequence[HeardClause]) -> str:
    others = [who for who in CONTACTED if who != "self"]
    best = max(others, key=lambda who: _likely(f"reached:{who}", clauses))
    return best if _likely(f"reached:{best}", clauses) > 0 else "other"


def _writer(facts: ContactFacts, clauses: Sequence[HeardClause]) -> str:
    def likely(role: str) -> float:
        return max((each.of(f"by:{role}") for each in clauses), default=0.0)

    role = max(_ROLES, key=likely)
    return _ROLES[role] if likely(role) >= SURE else facts.writer


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
    return any(_told_in(clause, label) >= POSSIBLE for label in labels)
