"""What a person takes back of a story takes along what only followed from it."""

import pytest

from bot.concepts.facts import ContactFacts

TOLD = ContactFacts(
    time=("23:30",),
    night=True,
    count=9,
    per="day",
    contacted=("self", "family"),
    acts=("insult", "call_night", "contact_third_party"),
    signs=("following",),
    lender="招商银行",
    lender_kind="bank",
    channel="phone",
    urgent=True,
)


def test_of_which_nothing_is_taken_back_is_as_it_was() -> None:
    assert TOLD.without(()) == TOLD


def test_without_the_time_there_was_no_night() -> None:
    left = TOLD.without(["time"])
    assert (left.time, left.night) == ((), None)
    assert "call_night" not in left.acts


@pytest.mark.parametrize("unheard", ["contacted_family", "act_contact_third_party"])
def test_without_others_no_third_party_was_contacted(unheard: str) -> None:
    left = TOLD.without([unheard])
    assert left.contacted == ("self",)
    assert "contact_third_party" not in left.acts


def test_without_a_count_nothing_is_counted() -> None:
    left = TOLD.without(["count"])
    assert (left.count, left.per, left.per_day) == (None, None, None)


def test_without_a_lender_its_kind_is_not_known_either() -> None:
    left = TOLD.without(["lender", "channel"])
    assert (left.lender, left.lender_kind, left.channel) == (None, None, None)


def test_urgent_is_only_what_still_has_a_reason() -> None:
    assert TOLD.without(["act_insult"]).urgent
    acts = [f"act_{each}" for each in (*TOLD.acts, *TOLD.signs)]
    assert not TOLD.without(acts).urgent


def test_what_is_told_later_takes_the_place_of_a_number_and_adds_an_act() -> None:
    newer = ContactFacts(time=("20:00",), night=False, count=2, acts=("demand_fee",))
    told = TOLD.corrected_by(newer)
    assert (told.time, told.night, told.count, told.per) == (("20:00",), False, 2, "day")
    assert told.acts == ("insult", "demand_fee", "contact_third_party")
    assert told.lender == "招商银行"


def test_who_is_named_takes_the_place_of_who_was_only_assumed() -> None:
    assumed = ContactFacts(contacted=("self",), is_contacted_assumed=True)
    named = ContactFacts(contacted=("family",))
    assert named.corrected_by(assumed).contacted == ("family",)
    assert assumed.corrected_by(named).contacted == ("family",)
    assert assumed.corrected_by(assumed).contacted == ("self",)
