"""A button's choice goes out as a short text and comes back as itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.concepts.choice import Choice, Verb
from tests.knowledge.folder import real_knowledge

TELEGRAM_BYTES = 64


@given(st.sampled_from(Verb), st.from_regex(r"\A[a-z0-9_]{0,60}\Z"))
def test_what_goes_out_comes_back(verb: Verb, target: str) -> None:
    choice = Choice(verb, target)
    assert Choice.parse(str(choice)) == choice
    assert len(str(choice).encode()) <= TELEGRAM_BYTES


_STRANGE = (
    *("", "t", "x:call_hours", "T:call_hours", "t:Call", "t:半夜", "t:a b", "t:a\n", "tt:a"),
    *("t:" + "a" * 61, "/t:a", "t:a:b", "t：a", "\x00"),
)


@pytest.mark.parametrize("text", _STRANGE)
def test_what_no_button_of_ours_says_is_nothing(text: str) -> None:
    assert Choice.parse(text) is None


def test_the_menu_has_no_target() -> None:
    assert Choice.parse("m:") == Choice(Verb.MENU)


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    choice = Choice.parse(text)
    assert choice is None or str(choice) == text


def test_each_verb_has_a_letter_of_its_own() -> None:
    assert len({verb.value for verb in Verb}) == len(Verb)
    assert {len(verb.value) for verb in Verb} == {1}


def test_every_id_of_the_knowledge_base_fits_into_a_button() -> None:
    knowledge = real_knowledge()
    ids = [*knowledge.answers, *knowledge.talk, *knowledge.tasks]
    ids += [group.id for group in knowledge.menu]
    choices = [Choice(verb, each) for verb in Verb for each in ids]
    assert [each for each in choices if Choice.parse(str(each)) != each] == []
