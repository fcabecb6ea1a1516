"""Several choices ticked one by one before going on."""

from dataclasses import replace

import pytest

from bot.dialogue.ticking import ticked
from tests.dialogue.talking import Talker, filling, names

TOLD = {"channel": "phone", "day": "2026-11-22", "time": ""}
LABELS = (("本人", "k:reached_1"), ("家人", "k:reached_2"), ("同事", "k:reached_4"))


def at_reached() -> Talker:
    talker = filling("log_contact", "reached", **TOLD)
    talker.talk = replace(talker.talk, offered=LABELS)
    return talker


def test_a_tap_ticks_and_the_question_stays_in_place() -> None:
    talker = at_reached()
    (effect,) = talker.taps("k:reached_4")
    assert (effect.name, effect.arguments["is_ticked"]) == ("ask", True)
    talker.taps("k:reached_2")
    assert ticked(talker.form) == ("family", "colleague")
    assert talker.form.asking == "reached"


def test_a_second_tap_takes_the_tick_away() -> None:
    talker = at_reached()
    talker.taps("k:reached_1")
    talker.taps("k:reached_1")
    assert ticked(talker.form) == ()


@pytest.mark.parametrize("end", ["c:chosen", "选好了", "就这些"])
def test_all_that_is_ticked_answers_by_button_or_words(end: str) -> None:
    talker = at_reached()
    talker.taps("k:reached_1")
    talker.taps("k:reached_2")
    effects = talker.taps(end) if end.startswith("c:") else talker.says(end)
    assert names(effects) == ["ask"]
    assert talker.form.answers["reached"] == "self,family"
    assert talker.form.asking == "caller"


def test_nothing_ticked_is_no_answer() -> None:
    talker = at_reached()
    (effect,) = talker.taps("c:chosen")
    assert effect.arguments["problem"] == "answer_not_a_choice"


@pytest.mark.parametrize(
    ("text", "value"),
    [("家人", "family"), ("1 2", "self,family"), ("本人和同事", "self,colleague")],
)
def test_words_still_answer_at_once(text: str, value: str) -> None:
    talker = at_reached()
    talker.says(text)
    assert talker.form.answers["reached"] == value


def test_a_word_among_ticks_is_a_tick() -> None:
    talker = at_reached()
    talker.taps("k:reached_1")
    talker.says("家人")
    assert ticked(talker.form) == ("self", "family")


def test_several_words_among_ticks_are_ticks_too() -> None:
    talker = at_reached()
    talker.taps("k:reached_1")
    (effect,) = talker.says("家人和同事")
    assert effect.arguments["is_ticked"]
    assert ticked(talker.form) == ("self", "family", "colleague")


@pytest.mark.parametrize("text", ["隔壁老王", "跳过"])
def test_what_is_no_choice_leaves_the_ticks(text: str) -> None:
    talker = at_reached()
    talker.taps("k:reached_1")
    talker.says(text)
    assert talker.form.asking == "reached"
    assert ticked(talker.form) == ("self",)


def test_what_is_ticked_is_kept_where_the_tool_is_left() -> None:
    talker = at_reached()
    talker.taps("k:reached_1")
    talker.says("先停下")
    assert talker.draft.answers["reached"] == "self"


def test_what_was_answered_before_is_ticked_when_it_is_corrected() -> None:
    talker = filling("log_contact", "reached", **TOLD, reached="self")
    assert ticked(talker.form) == ("self",)
    talker.taps("k:reached_2")
    assert ticked(talker.form) == ("self", "family")


def test_a_tap_on_the_only_choice_answers_at_once() -> None:
    talker = filling("log_contact", "channel")
    talker.taps("k:channel_1")
    assert talker.form.asking == "day"
