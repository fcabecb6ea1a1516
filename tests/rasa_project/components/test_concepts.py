from rasa_project.components.concepts import Concepts
from rasa_project.components.word_lists import read_word_lists

CONCEPTS = Concepts(read_word_lists())


def test_words_for_one_thing_become_one_sign() -> None:
    assert CONCEPTS.abstract("老公欠钱") == CONCEPTS.abstract("丈夫欠款")


def test_different_things_stay_different() -> None:
    assert CONCEPTS.abstract("法院") != CONCEPTS.abstract("派出所")


def test_the_longer_word_is_read_first() -> None:
    assert CONCEPTS.abstract("紧急联系人") == CONCEPTS.abstract("联系人")
    assert len(CONCEPTS.abstract("律师函")) == 1


def test_numbers_with_a_unit_become_one_sign() -> None:
    assert CONCEPTS.abstract("三个月") == CONCEPTS.abstract("12个月")
    assert CONCEPTS.abstract("三个月") != CONCEPTS.abstract("三年前"[:2])


def test_unknown_words_stay_as_written() -> None:
    assert CONCEPTS.abstract("琉璃") == "琉璃"
