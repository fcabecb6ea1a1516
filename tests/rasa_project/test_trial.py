"""What a trial tells of each topic, and of the questions that turned."""

from rasa_project.evaluation.questions import Question
from rasa_project.trial import changes

QUESTIONS = (
    Question("上门贴条", "home_visit"),
    Question("上门找我", "home_visit"),
    Question("你好", "greet"),
)


def test_each_topic_has_its_questions_and_how_many_were_heard_before_and_after() -> None:
    found = changes(QUESTIONS, ["greet", "home_visit", "greet"], ["home_visit"] * 3)

    assert found["topics"] == {"home_visit": [2, 1, 2], "greet": [1, 1, 0]}


def test_what_turned_is_told_for_better_and_for_worse() -> None:
    found = changes(
        QUESTIONS, ["greet", "home_visit", "greet"], ["home_visit", "home_visit", None]
    )

    assert found["turned"] == [
        {"text": "上门贴条", "topic": "home_visit", "before": "greet", "after": "home_visit"},
        {"text": "你好", "topic": "greet", "before": "greet", "after": None},
    ]
