import pytest

from rasa_project.components.spelling import Spelling
from rasa_project.components.word_lists import read_word_lists


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    written = ["强制执行怎么办", "网上强制执行查询", "我的信用卡逾期了", "信用卡被停了"]
    return Spelling(read_word_lists()).fit(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("信用卡預期了怎麼辦", "信用卡逾期了怎么办"),
        ("ＡＢＣ１２３", "abc123"),
        ("崔收打我电话", "催收打我电话"),
        ("我己经还了", "我已经还了"),
        ("强制执形来了", "强制执行来了"),
        ("怎么办？？？！！！！", "怎么办?!"),
        ("嗯我想问逾期", "我想问逾期"),
        ("逾期了😭😭", "逾期了"),
        ("👌", "好的"),
    ],
)
def test_a_message_is_brought_to_one_spelling(
    spelling: Spelling, written: str, meant: str
) -> None:
    assert spelling.normalize(written) == meant


def test_what_people_write_on_purpose_is_not_taken_for_a_typo() -> None:
    lists = read_word_lists()
    careful = Spelling(lists).fit(["强制执形这个词", "我说强制执形"])
    assert careful.normalize("强制执形来了") == "强制执形来了"


def test_a_filler_alone_stays_because_it_may_be_an_answer(spelling: Spelling) -> None:
    assert spelling.normalize("嗯") == "嗯"


def test_two_different_characters_are_no_typo(spelling: Spelling) -> None:
    assert spelling.normalize("蔷制执形来了") == "蔷制执形来了"
