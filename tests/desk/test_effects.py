"""What a lesson changed is told by its own topic, and by the questions that turned with it."""

from bot.concepts.missed import OUT_OF_SCOPE, Decision
from bot.desk.effects import Effect, effects_of
from bot.desk.lessons import Lesson

FOUND = {
    "topics": {"home_visit": [14, 12, 13], OUT_OF_SCOPE: [5, 5, 4]},
    "turned": [
        {"text": "上门贴条", "topic": "home_visit", "before": "greet", "after": "home_visit"},
        {"text": "装修上门", "topic": OUT_OF_SCOPE, "before": OUT_OF_SCOPE, "after": "home_visit"},
        {"text": "天气好", "topic": "greet", "before": "greet", "after": "thanks"},
    ],
}


def lesson(decision: Decision, matter: str = "") -> Lesson:
    return Lesson(
        id=decision.value,
        decision=decision.value,
        text="到家门口贴条",
        matter=matter,
        aspect="",
        file="",
        numbers=(),
        by="李倡导",
    )


def test_a_lesson_tells_its_topics_figure_and_what_turned_for_better_and_worse() -> None:
    taught = lesson(Decision.EXAMPLE, "home_visit")

    assert effects_of(FOUND, [taught])[taught.id] == Effect(
        questions=14, before=12, after=13, better=("上门贴条",), worse=("装修上门",)
    )


def test_what_is_not_ours_is_measured_by_what_is_refused() -> None:
    taught = lesson(Decision.NOT_OURS)

    assert effects_of(FOUND, [taught])[taught.id] == Effect(
        questions=5, before=5, after=4, better=(), worse=("装修上门",)
    )


def test_a_test_question_teaches_nothing() -> None:
    assert effects_of(FOUND, [lesson(Decision.TEST, "home_visit")]) == {}


def test_a_topic_without_questions_has_no_figure() -> None:
    taught = lesson(Decision.EXAMPLE, "new_topic")

    assert effects_of(FOUND, [taught])[taught.id].questions == 0


def test_nothing_is_told_before_it_was_measured() -> None:
    assert effects_of({}, [lesson(Decision.EXAMPLE, "home_visit")]) == {}
