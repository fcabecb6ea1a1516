import pytest

from rasa_project.components.follow_ups import FollowUps
from rasa_project.components.word_lists import read_word_lists

FOLLOW_UPS = FollowUps(read_word_lists())
UNSURE = (("interest_and_fees", 0.3), ("lawsuit", 0.2))
SURE = (("call_police", 0.9), ("lawsuit", 0.05))


@pytest.mark.parametrize(
    "text", ["那如果是网贷呢", "还有别的办法吗", "要是花呗呢？", "然后呢", "为什么"]
)
def test_short_words_go_on_about_the_topic_before(text: str) -> None:
    assert FOLLOW_UPS.follow_up(text, "written_notice", UNSURE) == "written_notice"


def test_asking_how_to_write_leads_to_the_letter() -> None:
    assert FOLLOW_UPS.follow_up("怎么写？", "written_notice", UNSURE) == "write_letter"


def test_a_framed_question_with_a_clear_topic_of_its_own_stands_alone() -> None:
    assert FOLLOW_UPS.follow_up("那报警呢", "home_visit", SURE) is None


def test_a_question_with_its_own_words_stands_alone() -> None:
    assert FOLLOW_UPS.follow_up("催收半夜打电话", "home_visit", UNSURE) is None


def test_a_long_story_stands_alone() -> None:
    story = "那如果是网贷平台的人到我老家去找村支书呢"
    assert FOLLOW_UPS.follow_up(story, "home_visit", UNSURE) is None


def test_nothing_follows_when_nothing_was_said_before() -> None:
    assert FOLLOW_UPS.follow_up("怎么写", None, UNSURE) is None


def test_an_empty_text_follows_nothing() -> None:
    assert FOLLOW_UPS.follow_up("？！", "home_visit", ()) is None
