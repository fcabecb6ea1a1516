"""Turn-taking: asking back, giving up politely, and a second matter in the same message."""

import pytest

from rasa_project.actions.turns import AfterAnswer, AskBack, nearest_topics
from tests.rasa_project.actions.trackers import run, tracker


def ranked(*names: str) -> dict[str, object]:
    return {"intent_ranking": [{"name": name, "confidence": 0.2} for name in names]}


async def test_what_is_not_clear_is_asked_back_with_the_nearest_topics() -> None:
    said = tracker("嗯", **ranked("nlu_fallback", "call_hours", "out_of_scope", "lawsuit"))
    slots, asked = await run(AskBack(), said)
    assert slots["misses"] == 1
    assert asked == [{"task": "ask_back", "topics": ["call_hours", "lawsuit"]}]


async def test_after_a_second_miss_people_are_named() -> None:
    slots, asked = await run(AskBack(), tracker("嗯", slots={"misses": 1}))
    assert slots["misses"] == 0
    assert asked == [{"task": "give_up"}]


async def test_an_answer_ends_the_row_of_misses_and_is_remembered() -> None:
    slots, asked = await run(AfterAnswer(), tracker("半夜打", "call_hours", slots={"misses": 1}))
    assert (slots["misses"], slots["topic"], asked) == (0, "call_hours", [])


async def test_a_second_matter_is_offered() -> None:
    said = tracker("半夜打还骂人", "call_hours", matters=["call_hours", "threats_and_insults"])
    _, asked = await run(AfterAnswer(), said)
    assert asked == [{"task": "offer_second", "topics": ["threats_and_insults"]}]


@pytest.mark.parametrize(("count", "offered"), [(0, 0), (2, 2), (4, 3)])
def test_no_more_than_three_topics_are_offered(count: int, offered: int) -> None:
    topics = ["call_hours", "lawsuit", "hardship", "payment_order"]
    names = topics[:count]
    assert nearest_topics(ranked(*names)) == names[:offered]


def test_a_text_without_known_words_has_no_nearest_topic() -> None:
    ranking = [{"name": "call_hours", "confidence": 0.0}, {"name": None, "confidence": 0.0}]
    assert nearest_topics({"intent_ranking": ranking}) == []
