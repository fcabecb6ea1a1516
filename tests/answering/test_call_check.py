"""Facts in, touched rules out: the right rules for the right product, and no word too hard."""

from datetime import date
from functools import cache

import pytest

from bot.answering.call_check import CallChecker
from bot.concepts.citation import Binding
from bot.concepts.clauses import HeardClause
from bot.concepts.conduct import Condition, CountCondition
from bot.concepts.facts import ACTS, SIGNS, ContactFacts
from bot.facts.hearing import DOUBTS
from bot.knowledge.conduct import read_conduct
from bot.knowledge.loader import read_knowledge
from bot.safety.crisis_words import CrisisWatch
from tests.facts.stories import ROOT, reader

TODAY = date(2026, 11, 23)
CARD = "credit-card-business-measures-2011"
STANDARD = "gbt-45251-2025"
GUIDANCE = "cba-personal-consumer-loan-collection-guidance-2026"
POLICE = "public-security-administration-punishments-law-2025"


@cache
def checker() -> CallChecker:
    """A checker with the project's own words and rules."""
    knowledge, _ = read_knowledge(ROOT / "knowledge")
    conduct, _, faults = read_conduct(ROOT / "knowledge")
    assert faults == []
    assert conduct is not None
    return CallChecker(
        watch=CrisisWatch(knowledge.crisis.patterns),
        reader=reader(),
        conduct=conduct,
        laws=knowledge.laws,
        figures=knowledge.figures,
    )


def laws_for(facts: ContactFacts) -> set[str]:
    return {rule.source.law_id for rule in checker().evaluate(facts, TODAY).rules}


@pytest.mark.parametrize("act", ACTS)
def test_every_act_touches_some_rule(act: str) -> None:
    facts = ContactFacts(acts=(act,), night=act == "call_night" or None)
    assert checker().evaluate(facts, TODAY).rules


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_touches_some_rule(sign: str) -> None:
    facts = ContactFacts(signs=(sign,), acts=("contact_third_party",))
    with_sign = {rule.id for rule in checker().evaluate(facts, TODAY).rules}
    without = {
        rule.id
        for rule in checker().evaluate(ContactFacts(acts=("contact_third_party",)), TODAY).rules
    }
    assert with_sign > without


def test_a_night_call_touches_guidance_and_standard_and_never_a_law() -> None:
    check = checker().evaluate(ContactFacts(night=True, acts=("call_night",)), TODAY)
    assert {rule.source.law_id for rule in check.rules} == {GUIDANCE, STANDARD}
    assert {rule.binding for rule in check.rules} == {
        Binding.INDUSTRY_SELF_REGULATION,
        Binding.RECOMMENDED_STANDARD,
    }


def test_card_rules_are_not_claimed_for_online_loans_nor_the_other_way_round() -> None:
    acts = ("insult", "contact_third_party")
    assert CARD not in laws_for(ContactFacts(acts=acts, product="online_loan"))
    assert STANDARD not in laws_for(ContactFacts(acts=acts, product="credit_card"))


def test_without_a_product_the_rule_says_on_what_it_depends() -> None:
    check = checker().evaluate(ContactFacts(acts=("contact_third_party",)), TODAY)
    card = next(rule for rule in check.rules if rule.source.law_id == CARD)
    assert card.depends_on
    assert card.because.endswith(card.depends_on)
    known = ContactFacts(acts=("contact_third_party",), product="credit_card")
    sure = next(
        rule for rule in checker().evaluate(known, TODAY).rules if rule.source.law_id == CARD
    )
    assert sure.depends_on is None


def test_the_facts_and_the_dated_figures_stand_in_the_reason() -> None:
    facts = ContactFacts(
        time=("23:30",), night=True, count=20, per="day", acts=("call_night", "call_frequency")
    )
    reasons = {rule.id: rule.because for rule in checker().evaluate(facts, TODAY).rules}
    assert " 23:30 " in reasons["night_industry"]
    assert "22:00 到次日 8:00" in reasons["night_industry"]
    assert "一天 20 次" in reasons["frequency_industry"]
    assert " 6 次" in reasons["frequency_industry"]
    assert not any("{" in reason for reason in reasons.values())


def test_danger_comes_first() -> None:
    facts = ContactFacts(acts=("insult", "home_visit"), signs=("forced_entry",), urgent=True)
    check = checker().evaluate(facts, TODAY)
    assert check.next[0] == "call_police"
    assert check.rules[0].source.law_id == POLICE
    assert "110" in check.words


def test_who_is_held_is_told_of_the_law_alone_and_of_nothing_that_plays_it_down() -> None:
    assert laws_for(ContactFacts(signs=("detention",))) == {POLICE, "criminal-law"}
    rules = checker().evaluate(ContactFacts(signs=SIGNS), TODAY).rules
    assert not [rule.id for rule in rules if "不当作犯罪" in rule.because]


def test_an_insult_says_what_the_police_would_have_to_know() -> None:
    check = checker().evaluate(ContactFacts(acts=("insult",)), TODAY)
    police = next(rule for rule in check.rules if rule.source.law_id == POLICE)
    assert any("多次" in each for each in police.missing)


def test_a_proper_call_is_told_so_kindly() -> None:
    story = "今天上午十点银行打来一个电话，很客气，提醒我还款"
    check = checker().check(story, TODAY, [HeardClause(likely={"channel:phone": 0.9})])
    assert (check.clean, check.sure, check.ask, check.rules) == (True, True, None, ())
    assert check.words == checker().conduct.words.clean


def test_a_call_that_no_model_heard_is_not_called_proper() -> None:
    check = checker().check("今天上午十点银行打来一个电话，很客气，提醒我还款", TODAY)
    assert (check.clean, check.sure) == (True, False)
    assert check.ask == check.words == checker().conduct.words.asks["unheard"]


def test_every_doubt_has_its_question() -> None:
    assert set(checker().conduct.words.asks) == set(DOUBTS)


def test_a_threat_of_violence_is_urgent() -> None:
    assert checker().check("他说再不还就卸我一条腿", TODAY).urgent


def test_who_tells_only_when_is_asked_what_happened() -> None:
    check = checker().check("帮我看看昨天下午三点他们有没有违规", TODAY)
    assert check.facts.time == ("15:00",)
    assert check.words == checker().conduct.words.unclear


def test_the_json_of_a_story_has_its_agreed_shape() -> None:
    told = checker().check_as_json("昨晚十一点半招行信用卡催收打电话骂我", TODAY)
    assert told.keys() == {"text", "facts", "rules", "urgent", "clean", "sure", "ask"}
    assert (told["sure"], told["ask"]) == (True, None)
    rules = told["rules"]
    assert isinstance(rules, list)
    assert all(rule.keys() == {"id", "law", "article", "binding", "because"} for rule in rules)
    assert {rule["law"] for rule in rules} >= {CARD, GUIDANCE, POLICE}


def test_conditions_combine() -> None:
    met = checker()._is_met
    facts = ContactFacts(acts=("insult",), count=30, per="week", channel="phone")
    assert met(Condition(count=CountCondition(at_least=30, per="week")), facts, TODAY)
    assert met(
        Condition(count=CountCondition(more_than="standard_calls_per_day", per="day")),
        facts,
        TODAY,
    )
    assert not met(Condition(count=CountCondition(at_least=5, per="day")), facts, TODAY)
    assert not met(Condition(none_of=(Condition(acts=("insult",)),)), facts, TODAY)
    assert not met(Condition(all_of=(Condition(channel=("sms",)),)), facts, TODAY)
    assert met(
        Condition(any_of=(Condition(channel=("sms",)), Condition(acts=("insult",)))), facts, TODAY
    )


def test_a_late_review_is_told() -> None:
    check = checker().evaluate(ContactFacts(acts=("insult",)), date(2028, 1, 1))
    assert all(rule.is_due for rule in check.rules)
