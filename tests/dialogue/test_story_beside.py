"""What is told in the place of a choice: into the story of the letter, or set aside."""

import pytest

from bot.concepts.conversation import Draft
from bot.dialogue.questionnaires import take_answer
from tests.dialogue.talking import NOON, Talker
from tests.knowledge.folder import real_book

TOOLS = real_book().tools
LETTER, LOG = TOOLS["stop_third_party_contact"], TOOLS["log_contact"]
AT_CHOICE = Draft(tool=LETTER.id, answers={"lender": "浦发银行"}, asking="product")


def test_what_the_others_did_is_written_into_the_story() -> None:
    step = take_answer(LETTER, AT_CHOICE, "这礼拜给我姐打了七次 还说要去她店里", NOON)
    assert step.draft.answers["facts"] == "这礼拜给我姐打了七次 还说要去她店里"
    assert step.draft.asking == "product"


def test_what_is_to_be_added_stands_behind_what_was_told() -> None:
    told = Draft(tool=LETTER.id, answers={"facts": "打了七次"}, asking="product")
    step = take_answer(LETTER, told, "再补一句 我姐怀着孕", NOON)
    assert step.draft.answers["facts"] == "打了七次；我姐怀着孕"


@pytest.mark.parametrize(
    "said", ["我姐看了说是一家叫360的", "唉我这手一直抖个不停", "我叫林晓月 我姐叫林晓星"]
)
def test_what_is_said_in_passing_is_set_aside_and_not_written(said: str) -> None:
    step = take_answer(LETTER, AT_CHOICE, said, NOON)
    assert (step.draft.answers, step.problem) == (AT_CHOICE.answers, "answer_set_aside")


def test_where_there_is_no_story_nobody_is_hurried() -> None:
    at_start = Draft(tool=LOG.id, answers={}, asking="channel")
    step = take_answer(LOG, at_start, "我都快急哭了", NOON)
    assert step.problem == "answer_no_hurry"
    assert take_answer(LOG, at_start, "飞鸽", NOON).problem == "answer_not_a_choice"


@pytest.mark.parametrize("said", ["把我的情况清空", "清掉我的情况"])
def test_what_was_told_is_cleared_when_it_is_asked(said: str) -> None:
    effects = Talker().says(said)
    assert [each.name for each in effects] == ["d:clear_case"]
