from pathlib import Path

import pytest

from rasa_project.evaluation.measuring import (
    DANGER_SETS,
    FINAL,
    QUESTIONS,
    SEEN,
    TWO_MATTERS,
    question_sets,
)
from rasa_project.evaluation.questions import (
    Question,
    read_danger,
    read_labelled,
    read_questions,
)

ENOUGH = 10
TALK = {"affirm", "ask_capabilities", "ask_human", "ask_identity", "deny", "goodbye", "greet"}
TALK |= {"stop", "thank"}


@pytest.mark.parametrize("name", [SEEN, FINAL])
def test_each_topic_has_enough_questions(name: str) -> None:
    topics = [question.topic for question in read_questions(QUESTIONS / name)]
    assert {topic for topic in set(topics) - TALK if topics.count(topic) < ENOUGH} == set()
    assert topics.count("out_of_scope") >= 100


def test_no_question_is_in_both_sets() -> None:
    seen, final = (
        {question.text for question in read_questions(QUESTIONS / name)} for name in (SEEN, FINAL)
    )
    assert seen & final == set()


@pytest.mark.parametrize("name", DANGER_SETS)
def test_there_are_sixty_messages_of_danger_and_sixty_that_only_sound_like_it(name: str) -> None:
    danger = read_danger(QUESTIONS / name / "danger")
    assert min(len(danger.strong), len(danger.harmless)) >= 60


def test_there_are_messages_with_two_matters_and_with_one() -> None:
    questions = question_sets()[TWO_MATTERS]
    assert sum(question.second is not None for question in questions) >= 40
    assert sum(question.second is None for question in questions) >= 20


def test_a_labelled_set_is_read_with_its_second_matter(tmp_path: Path) -> None:
    line = '{"text": "被起诉了，工资卡冻了", "topic": "lawsuit", "topic2": "enforcement"}\n'
    (tmp_path / "foreign.jsonl").write_text(line, encoding="utf-8")
    (question,) = read_labelled(tmp_path / "foreign.jsonl")
    assert question == Question("被起诉了，工资卡冻了", "lawsuit", "enforcement")


def test_without_a_file_there_are_no_questions(tmp_path: Path) -> None:
    assert read_labelled(tmp_path / "none.jsonl") == ()
