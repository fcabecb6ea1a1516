"""A conversation remembers what was filled in, told and shown, and forgets what is over."""

from dataclasses import replace

import pytest

from bot.concepts.conversation import SUMMARY, Conversation, Draft
from tests.concepts.talks import WHOLE

LETTER = Draft(
    tool="complaint_to_bank", answers={"lender": "招商银行", "amount": ""}, asking="said"
)
RECORD = Draft(tool="log_contact", answers={"channel": "phone"}, asking="day")
STORY = {"story": "骂我妈"}


def test_an_open_draft_is_the_form_that_is_filled_in() -> None:
    assert Conversation(draft=LETTER).form == LETTER
    assert Conversation(draft=replace(LETTER, is_open=False)).form is None
    assert Conversation().form is None


@pytest.mark.parametrize(
    ("draft", "is_half_filled"),
    [
        (LETTER, True),
        (replace(LETTER, answers={"lender": ""}), False),
        (replace(LETTER, asking=SUMMARY), False),
        (replace(LETTER, is_open=False), True),
    ],
)
def test_a_draft_is_half_filled_while_a_question_is_open(
    draft: Draft, is_half_filled: bool
) -> None:
    assert draft.is_half_filled is is_half_filled


def test_there_is_one_draft_and_the_newest_counts() -> None:
    newer = replace(LETTER, asking=SUMMARY, is_review=True, is_open=False)
    assert Conversation(draft=LETTER).with_draft(newer) == Conversation(draft=newer)


def test_what_is_half_filled_is_put_aside_for_another_tool() -> None:
    talk = Conversation(draft=LETTER).with_draft(RECORD)
    assert (talk.draft, talk.aside) == (RECORD, {LETTER.tool: LETTER.answers})
    back = talk.with_draft(LETTER)
    assert (back.draft, back.aside) == (LETTER, {RECORD.tool: RECORD.answers})


def test_what_is_filled_in_is_not_put_aside() -> None:
    done = replace(LETTER, asking=SUMMARY, is_open=False)
    assert Conversation(draft=done).with_draft(RECORD) == Conversation(draft=RECORD)


def test_of_a_finished_tool_only_the_story_stays() -> None:
    talk = Conversation(draft=LETTER, story=STORY).finished(LETTER.tool)
    assert talk == Conversation(story=STORY)


def test_with_its_story_closed_nothing_of_a_tool_stays() -> None:
    talk = Conversation(draft=LETTER, story=STORY)
    assert talk.finished(LETTER.tool, is_story_closed=True) == Conversation()


def test_the_end_of_another_tool_does_not_end_what_is_half_filled() -> None:
    talk = Conversation(draft=LETTER, aside={RECORD.tool: RECORD.answers})
    assert talk.finished(RECORD.tool) == Conversation(draft=LETTER)


def test_what_was_answered_stays_when_a_form_is_left() -> None:
    assert Conversation(draft=LETTER).left().draft == replace(LETTER, is_open=False)
    assert Conversation().left() == Conversation()


def test_what_was_said_of_a_topic_is_remembered_once_and_is_the_matter_in_hand() -> None:
    talk = Conversation().having_shown("call_hours", "first").having_shown("call_hours", "how")
    again = talk.having_shown("call_hours", "first")
    assert again.shown == ("call_hours__how", "call_hours__first")
    assert again.topic == "call_hours"
    assert again.has_shown("call_hours", "how")
    assert not again.has_shown("call_hours", "why")
    assert not again.has_shown("home_visit", "how")


def test_of_what_was_shown_the_latest_is_remembered() -> None:
    talk = Conversation()
    for number in range(201):
        talk = talk.having_shown("call_hours", f"how_{number}")
    assert len(talk.shown) == 200
    assert not talk.has_shown("call_hours", "how_0")
    assert talk.has_shown("call_hours", "how_200")


def test_after_a_long_silence_only_what_was_told_and_chosen_is_left() -> None:
    rested = WHOLE.rested()
    assert rested == Conversation(
        draft=WHOLE.draft,
        aside=WHOLE.aside,
        story=WHOLE.story,
        record=WHOLE.record,
        case=WHOLE.case,
        is_plain=True,
        is_traditional=True,
    )
