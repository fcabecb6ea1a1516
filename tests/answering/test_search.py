"""Topics by their characters: for cards, and while Rasa is not there."""

import pytest

from bot.answering.search import TopicSearch
from tests.knowledge.folder import real_knowledge

_SMALL = TopicSearch({"night": ["半夜打电话", "凌晨打电话"], "visit": ["上门催收"]})


def test_the_topic_that_shares_most_is_first() -> None:
    assert _SMALL.find("半夜打电话来", 2) == ["night"]
    assert _SMALL.find("上门催收的电话", 2) == ["visit", "night"]


@pytest.mark.parametrize("query", ["", "。", "好", "股票基金", "😭"])
def test_what_shares_nothing_finds_nothing(query: str) -> None:
    assert _SMALL.find(query, 3) == []


def test_no_more_than_asked_for_are_found() -> None:
    assert len(_SMALL.find("上门又打电话", 1)) == 1
    assert _SMALL.find("上门又打电话", 0) == []


@pytest.mark.parametrize("query", ["半夜打電話", "半 夜 打…电话", "半夜打电话！！"])
def test_spelling_does_not_matter(query: str) -> None:
    assert _SMALL.find(query, 1) == ["night"]


def test_a_search_over_nothing_finds_nothing() -> None:
    assert TopicSearch({}).find("半夜打电话", 3) == []


@pytest.mark.parametrize(
    ("query", "topic"),
    [
        ("半夜打电话", "call_hours"),
        ("打给我爸妈", "third_party_contact"),
        ("上门催收", "home_visit"),
        ("收到支付令", "payment_order"),
    ],
)
def test_the_knowledge_base_is_found_by_everyday_words(query: str, topic: str) -> None:
    assert topic in TopicSearch.over_answers(real_knowledge()).find(query, 3)
