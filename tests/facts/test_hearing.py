"""The one rule that joins what the lists read with what the model heard."""

import pytest

from bot.concepts.clauses import HeardClause
from bot.concepts.facts import ContactFacts
from bot.facts.hearing import (
    ANOTHER,
    APART,
    EASILY,
    EVEN,
    OURSELVES,
    POSSIBLE,
    REACHED,
    SOON,
    SURE,
    THREAT,
    UNHEARD,
    UNLIKELY,
    UNREAD,
    hears_threat,
    joined,
)


def heard(*clauses: dict[str, float], **facts: object) -> ContactFacts:
    """What is told by clauses that are improper unless they say otherwise."""
    return joined(
        ContactFacts(**facts),  # type: ignore[arg-type]
        [HeardClause(likely={"improper": 0.9, **each}) for each in clauses],
    )


@pytest.mark.parametrize(
    ("act", "likely"),
    [
        ("post_publicly", SOON),
        ("call_frequency", EASILY),
        ("insult", EASILY),
        ("home_visit", SOON),
        ("workplace_visit", SURE),
        ("no_identity", EASILY),
    ],
)
def test_the_model_is_believed_where_it_is_sure(act: str, likely: float) -> None:
    assert heard({act: likely}).acts == (act,)
    assert heard({act: likely - 0.01}).acts == ()


def test_the_lists_decide_in_between_and_never_against_a_model_that_is_sure() -> None:
    assert heard({"insult": UNLIKELY}, acts=("insult",)).acts == ("insult",)
    assert heard({"insult": UNLIKELY / 2}, acts=("insult",)).acts == ()


def test_an_act_is_told_only_in_an_improper_clause() -> None:
    assert heard({"insult": 0.9, "improper": EVEN}).acts == ("insult",)
    assert heard({"insult": 0.9, "improper": EVEN - 0.01}, {}).acts == ()


@pytest.mark.parametrize("stance", ["denied", "asked", "others", "mine"])
def test_what_is_rather_told_in_another_stance_is_not_told(stance: str) -> None:
    assert heard({"insult": 0.9, f"stance:{stance}": 0.5}).acts == ()
    assert heard({"insult": 0.9, f"stance:{stance}": 0.1}).acts == ("insult",)
    assert heard({"reached:family": 0.9, f"stance:{stance}": 0.5}).contacted == ()


def test_what_others_will_learn_by_a_threat_has_not_been_told_yet() -> None:
    threat = {"threat_exposure": 0.9, "post_publicly": 0.8, "reached:other": 0.8}
    assert heard(threat).acts == ("threat_exposure",)
    assert heard(threat).contacted == ()
    assert heard({**threat, "threat_exposure": 0.1}).acts == (
        "post_publicly",
        "contact_third_party",
    )


def test_a_threat_is_heard_sooner_where_the_clause_is_surely_improper() -> None:
    assert heard({"threat_violence": THREAT, "improper": SURE}).acts == ("threat_violence",)
    assert heard({"threat_violence": THREAT, "improper": SURE - 0.01}).acts == ()
    denied = {"threat_violence": 0.9, "improper": 0.9, "stance:denied": 0.9}
    assert not hears_threat([HeardClause(likely=denied)])


def test_what_the_clock_and_the_numbers_say_is_left_to_the_lists() -> None:
    assert heard({"call_night": 0.9}).acts == ()
    assert heard({}, acts=("call_night",)).acts == ("call_night",)
    assert heard({"call_frequency": 0.9}, count=2, per="day").acts == ()
    assert heard({"call_frequency": 0.9}).acts == ("call_frequency",)


def test_whoever_was_reached_besides_the_debtor_is_a_third_party() -> None:
    facts = heard({"reached:employer": REACHED})
    assert (facts.contacted, facts.acts) == (("employer",), ("contact_third_party",))
    assert heard({"contact_third_party": 0.8, "reached:friend": 0.3}).contacted == ("friend",)


def test_what_another_was_told_the_debtor_was_not() -> None:
    both = {"reached:family": REACHED, "reached:self": APART - 0.01}
    assert heard(both).contacted == ("family",)
    assert heard(both, contacted=("self",)).contacted == ("self", "family")
    assert heard({**both, "by:relative": ANOTHER}, contacted=("self",)).contacted == ("family",)
    assert heard(both, writer="relative", contacted=("self",)).contacted == ("family",)
    sure = {**both, "reached:self": APART, "by:relative": ANOTHER}
    assert heard(sure).contacted == ("self", "family")
    assert heard({"reached:self": OURSELVES, "by:relative": ANOTHER}).contacted == ("self",)


def test_the_writer_is_heard_too() -> None:
    assert heard({"by:stranger": 0.9}).writer == "contacted"
    assert heard({"by:relative": 0.2}).writer == "debtor"


def test_danger_now_is_heard_by_either() -> None:
    assert heard({"now": EASILY}).urgent
    assert not heard({"now": EASILY - 0.01}).urgent
    assert heard({}, urgent=True).urgent


@pytest.mark.parametrize(
    ("label", "doubt"),
    [
        ("threat_exposure", "threat"),
        ("stance:threatened", "threat"),
        ("demand_fee", "private_account"),
        ("impersonate_court", "false_office"),
        ("post_publicly", "publication"),
        ("reached:family", "third_party"),
        ("improper", "manner"),
    ],
)
def test_what_is_only_possible_is_a_doubt(label: str, doubt: str) -> None:
    assert heard({"improper": 0}, {"improper": 0, label: POSSIBLE + 0.01}).doubts == (doubt,)
    assert heard({"improper": 0, label: POSSIBLE - 0.01}).doubts == ()


def test_what_is_told_not_to_have_been_is_no_doubt() -> None:
    assert heard({"insult": 0.2, "stance:denied": 0.95}).doubts == ()


def test_an_unread_clause_and_a_missing_model_are_doubts() -> None:
    unread = joined(ContactFacts(), [HeardClause(likely={}, is_known=False)])
    assert unread.doubts == (UNREAD,)
    facts = joined(ContactFacts(), [])
    assert (facts.doubts, facts.is_heard) == ((UNHEARD,), False)
