import pytest

from rasa_project.evaluation.duplicates import near_copies
from rasa_project.evaluation.measuring import (
    asked_next,
    every_example,
    every_test,
    knowledge_as_it_stands,
)
from rasa_project.evaluation.questions import Question

EXAMPLES = {"call_hours": ["催收半夜十二点打电话合法吗"], "greet": ["你好"]}


@pytest.mark.parametrize(
    "text",
    [
        "催收半夜十二点打电话合法吗？？",
        "催收半夜十一点打电话合法吗",
        "请问催收半夜十二点打电话合法吗",
        "你好！",
    ],
)
def test_a_near_copy_is_found(text: str) -> None:
    (copy,) = near_copies([Question(text, "call_hours")], EXAMPLES)
    assert copy.question == text


@pytest.mark.parametrize("text", ["天没亮电话就响", "你好呀", "半夜打电话"])
def test_what_only_shares_words_is_no_copy(text: str) -> None:
    assert near_copies([Question(text, "call_hours")], EXAMPLES) == []


def test_a_copy_in_another_topic_counts_too() -> None:
    (copy,) = near_copies([Question("你好", "call_hours")], EXAMPLES)
    assert copy.example_topic == "greet"


def test_no_question_of_the_tests_resembles_an_example() -> None:
    copies = near_copies(every_test(), every_example(knowledge_as_it_stands()))
    assert [(copy.question, copy.example_topic) for copy in copies] == []


def test_no_message_of_danger_resembles_a_way_of_asking_next() -> None:
    dangers = [each for each in every_test() if each.topic == "danger"]
    assert dangers
    copies = near_copies(dangers, {"asked next": asked_next(knowledge_as_it_stands())})
    assert [(copy.question, copy.example) for copy in copies] == []
