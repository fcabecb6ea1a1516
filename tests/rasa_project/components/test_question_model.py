import pytest

from rasa_project.components.concepts import Concepts
from rasa_project.components.question_model import QuestionModel
from rasa_project.components.sentence_encoder import SentenceEncoder
from rasa_project.components.word_lists import read_word_lists

NIGHT = ["半夜打电话", "凌晨三点来电", "大半夜响铃", "深夜还在催", "天没亮就打", "睡着了被吵醒"]
COURT = [
    "收到法院传票",
    "被银行起诉了",
    "开庭要去吗",
    "判决书下来了",
    "法官打给我",
    "应诉要带什么",
]
FEES = ["利息太高了", "违约金怎么算", "罚息能免吗", "手续费不合理", "年化多少", "利滚利还不清"]


TEXTS = [*NIGHT, *COURT, *FEES]
TOPICS = ["call_hours"] * 6 + ["lawsuit"] * 6 + ["interest_and_fees"] * 6


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    encoder = SentenceEncoder()
    encoder.fit(TEXTS)
    return encoder


@pytest.fixture(scope="module")
def model(encoder: SentenceEncoder) -> QuestionModel:
    return QuestionModel(Concepts(read_word_lists())).fit(TEXTS, encoder.of(TEXTS), TOPICS)


def test_a_new_question_finds_its_topic(model: QuestionModel, encoder: SentenceEncoder) -> None:
    (ranking,) = model.rank_each(["夜里两点还打过来"], encoder.of(["夜里两点还打过来"]))
    assert ranking[0][0] == "call_hours"


def test_without_a_vector_the_words_decide_alone(
    model: QuestionModel, encoder: SentenceEncoder
) -> None:
    (ranking,) = model.rank_each(["法院传票"], 0 * encoder.of(["法院传票"]))
    assert ranking[0][0] == "lawsuit"


def test_every_topic_is_ranked_and_the_shares_are_probabilities(
    model: QuestionModel, encoder: SentenceEncoder
) -> None:
    (ranking,) = model.rank_each(["银行起诉我"], encoder.of(["银行起诉我"]))
    assert {topic for topic, _ in ranking} == {"call_hours", "lawsuit", "interest_and_fees"}
    assert sum(share for _, share in ranking) == pytest.approx(1)
    assert list(ranking) == sorted(ranking, key=lambda entry: -entry[1])


@pytest.mark.parametrize("text", ["asdfgh", "?", "犇猋骉", "", "。。。", "9"])
def test_text_without_one_known_sequence_is_unknown(model: QuestionModel, text: str) -> None:
    assert not model.knows(text)


def test_text_that_shares_two_characters_with_an_example_is_known(model: QuestionModel) -> None:
    assert model.knows("那个传票")


def test_an_example_held_out_is_ranked_by_a_model_that_never_saw_it(
    model: QuestionModel, encoder: SentenceEncoder
) -> None:
    assert len(model.held_out(TEXTS, encoder.of(TEXTS), TOPICS)) == len(TEXTS)
