"""A conversation becomes plain JSON and comes back; what is broken or unknown is dropped."""

import json
from dataclasses import fields
from typing import Any

import pytest

from bot.concepts.conversation import SUMMARY, Conversation, Draft
from bot.concepts.stored_conversation import as_stored, of_stored
from tests.concepts.talks import WHOLE

DRAFT = {
    "tool": "log_contact", "answers": {"channel": "phone"}, "asking": "day",
    "is_review": False, "is_open": True,
}  # fmt: skip
READ = Draft(tool="log_contact", answers={"channel": "phone"}, asking="day")
FORMER = {
    **DRAFT, "case": {"story": "骂我妈", "unheard": "time", "more": ""},
    "aside": {"police_statement": {"happened": "昨天"}},
}  # fmt: skip


def through_json(conversation: Conversation) -> Conversation:
    return of_stored(json.loads(json.dumps(as_stored(conversation))))


def test_everything_comes_back_as_it_was() -> None:
    assert through_json(WHOLE) == WHOLE
    assert through_json(WHOLE).case.sources == WHOLE.case.sources


def test_the_whole_conversation_of_the_tests_is_whole() -> None:
    empty = Conversation()
    same = [e.name for e in fields(WHOLE) if getattr(WHOLE, e.name) == getattr(empty, e.name)]
    assert same == []
    unsaid = Draft(tool="", answers={})
    draft = WHOLE.draft
    assert [
        e.name for e in fields(unsaid) if getattr(draft, e.name) == getattr(unsaid, e.name)
    ] == []


def test_of_an_empty_conversation_nothing_is_stored() -> None:
    assert as_stored(Conversation()) == {}
    assert of_stored({}) == Conversation()


def test_what_says_nothing_is_not_stored() -> None:
    assert as_stored(Conversation(topic="call_hours")) == {"topic": "call_hours"}
    assert set(as_stored(Conversation(draft=READ))) == {"draft"}


def test_a_row_of_the_version_before_is_a_draft_with_its_story_and_what_was_put_aside() -> None:
    assert of_stored(FORMER) == Conversation(
        draft=READ,
        story={"story": "骂我妈", "unheard": "time", "more": ""},
        aside={"police_statement": {"happened": "昨天"}},
    )


def test_a_row_of_the_version_before_without_a_tool_keeps_its_story() -> None:
    finished = {**FORMER, "tool": "", "answers": {}, "asking": "", "is_open": False}
    assert of_stored(finished) == Conversation(
        story=FORMER["case"],
        aside=FORMER["aside"],  # type: ignore[arg-type]
    )


def test_a_draft_of_the_version_before_that_was_left_stays_closed() -> None:
    talk = of_stored({**FORMER, "is_open": False})
    assert talk.form is None
    assert talk.draft is not None
    assert talk.draft.answers == {"channel": "phone"}


@pytest.mark.parametrize("broken", [None, 7, "x", True, ["x"], {"x": 7}, [["x"]], [[]]])
@pytest.mark.parametrize("name", [each.name for each in fields(Conversation)])
def test_a_broken_value_harms_nothing_but_itself(name: str, broken: Any) -> None:
    read = of_stored({**as_stored(WHOLE), name: broken})
    others = [each.name for each in fields(Conversation) if each.name != name]
    assert [getattr(read, each) for each in others] == [getattr(WHOLE, each) for each in others]
    assert of_stored(json.loads(json.dumps(as_stored(read)))) == read


def test_broken_values_are_dropped() -> None:
    broken = {name: [7] if name == "topic" else 7 for name in as_stored(WHOLE)}
    flags = {"is_plain": 0, "is_traditional": None, "is_after_card": "", "is_in_danger": 0}
    assert of_stored({**broken, "misses": "often", **flags}) == Conversation()


def test_of_offered_buttons_only_pairs_are_kept() -> None:
    stored = {"offered": [["怎么做", "y:call_hours__how"], ["菜单"], "m:", ["a", "b", "c"], None]}
    assert of_stored(stored) == Conversation(offered=(("怎么做", "y:call_hours__how"),))


def test_an_unknown_key_is_dropped() -> None:
    assert of_stored({"topic": "call_hours", "mood": "bad"}) == Conversation(topic="call_hours")


@pytest.mark.parametrize("draft", [{}, {"tool": ""}, {"tool": 7}, {"tool": None}, "log_contact"])
def test_a_draft_without_its_tool_is_none(draft: object) -> None:
    assert of_stored({"draft": draft}).draft is None


def test_a_draft_of_which_only_the_tool_is_left_shows_its_answers() -> None:
    talk = of_stored({"draft": {"tool": "log_contact"}})
    assert talk.draft == Draft(tool="log_contact", answers={}, asking=SUMMARY, is_open=False)
