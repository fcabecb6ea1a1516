import pytest

from rasa_project.components.concepts import Concepts
from rasa_project.components.matters import Understood, understand_each, with_danger
from rasa_project.components.question_model import QuestionModel
from rasa_project.components.sentence_encoder import SentenceEncoder
from rasa_project.components.word_lists import read_word_lists

EXAMPLES = {
    "call_hours": ["半夜打电话", "凌晨三点来电", "大半夜响铃", "深夜还在催", "天没亮就打来"],
    "lawsuit": ["收到法院传票", "被银行起诉了", "开庭要去吗", "判决书下来了", "法官打给我"],
    "thank": ["谢谢你", "多谢了", "太感谢了", "非常感谢", "谢谢帮忙"],
}
TEXTS = [text for texts in EXAMPLES.values() for text in texts]
ENCODER = SentenceEncoder().fit(TEXTS)
MODEL = QuestionModel(Concepts(read_word_lists())).fit(
    TEXTS,
    ENCODER.of(TEXTS),
    [topic for topic, texts in EXAMPLES.items() for _ in texts],
)
TALK = {"thank"}


def understand(text: str) -> Understood:
    (understood,) = understand_each([text], ENCODER.of([text]), MODEL, TALK)
    return understood


def test_one_matter_is_found_alone() -> None:
    assert understand("半夜打电话来").matters == ("call_hours",)


def test_two_matters_in_two_clauses_are_both_found() -> None:
    found = understand("半夜凌晨三点还打电话来，我收到法院传票被起诉了").matters
    assert set(found) == {"call_hours", "lawsuit"}


def test_the_best_matter_is_the_best_topic() -> None:
    understood = understand("半夜打电话，法院传票也收到了")
    assert understood.matters[0] == understood.ranking[0][0]


def test_talk_is_no_second_matter() -> None:
    assert understand("收到法院传票被银行起诉了，谢谢你").matters == ("lawsuit",)


def test_unknown_text_has_no_matter() -> None:
    assert understand("asdfgh").matters == ()
    assert understand("asdfgh").ranking == ()


def test_many_messages_are_understood_as_each_alone() -> None:
    texts = ["半夜打电话，法院传票也收到了", "asdfgh", "谢谢你", "被银行起诉了"]
    together = understand_each(texts, ENCODER.of(texts), MODEL, TALK)
    assert [each.matters for each in together] == [understand(text).matters for text in texts]


RANKED = Understood((("lawsuit", 0.8), ("thank", 0.2)), ("lawsuit",))


def test_strong_danger_comes_before_everything_and_is_the_only_matter() -> None:
    understood = with_danger(RANKED, 0.5, is_strong=True)
    assert understood.ranking[0] == ("self_harm", 0.5)
    assert understood.matters == ("self_harm",)
    assert with_danger(Understood((), ()), 0.5, is_strong=True).matters == ("self_harm",)


def test_other_danger_has_its_place_among_the_topics() -> None:
    understood = with_danger(RANKED, 0.3, is_strong=False)
    assert [topic for topic, _ in understood.ranking] == ["lawsuit", "self_harm", "thank"]
    assert sum(share for _, share in understood.ranking) == pytest.approx(1)
    assert understood.matters == ("lawsuit",)


def test_unknown_text_stays_unknown() -> None:
    assert with_danger(Understood((), ()), 0.1, is_strong=False) == Understood((), ())
