from pathlib import Path

from rasa_project.evaluation.measuring import QUESTIONS
from rasa_project.evaluation.questions import (
    Question,
    halves,
    read_danger,
    read_foreign,
    read_questions,
)


def test_each_question_is_in_one_half() -> None:
    questions = read_questions(QUESTIONS)
    looked_at, kept = halves(questions)
    assert len(looked_at) + len(kept) == len(questions)
    assert not set(looked_at) & set(kept)


def test_each_topic_has_at_least_twelve_questions() -> None:
    topics = [question.topic for question in read_questions(QUESTIONS)]
    assert {topic for topic in topics if topics.count(topic) < 12} == set()
    assert topics.count("out_of_scope") >= 100


def test_there_are_sixty_messages_of_danger_and_sixty_that_only_sound_like_it() -> None:
    danger = read_danger(QUESTIONS / "danger")
    assert min(len(danger.strong), len(danger.harmless)) >= 60


def test_a_foreign_set_is_read_with_its_second_matter(tmp_path: Path) -> None:
    line = '{"text": "被起诉了，工资卡冻了", "topic": "lawsuit", "topic2": "enforcement"}\n'
    (tmp_path / "foreign.jsonl").write_text(line, encoding="utf-8")
    (question,) = read_foreign(tmp_path / "foreign.jsonl")
    assert question == Question("被起诉了，工资卡冻了", "lawsuit", "enforcement")


def test_without_a_foreign_set_there_are_no_foreign_questions(tmp_path: Path) -> None:
    assert read_foreign(tmp_path / "none.jsonl") == ()
