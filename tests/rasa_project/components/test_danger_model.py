import re

import pytest

from bot.concepts.danger import DangerLevel, Opinion
from rasa_project.components.concepts import Concepts
from rasa_project.components.danger_model import DangerModel, opinion_of
from rasa_project.components.sentence_encoder import SentenceEncoder
from rasa_project.components.word_lists import read_word_lists

DANGER = [
    "不想活了",
    "今晚就从楼上跳下去",
    "我想死",
    "遗书写好了",
    "活着没意思想走了",
    "只想一了百了",
]
SAFE = [
    "利息太高了",
    "半夜打电话",
    "收到法院传票",
    "怎么协商分期",
    "征信多久消除",
    "还款账号是多少",
]


TEXTS = [*DANGER, *SAFE]
IS_DANGER = [True] * len(DANGER) + [False] * len(SAFE)


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    encoder = SentenceEncoder()
    encoder.fit(TEXTS)
    return encoder


@pytest.fixture(scope="module")
def model(encoder: SentenceEncoder) -> DangerModel:
    concepts = Concepts(read_word_lists())
    harmless = (re.compile("烦死"),)
    return DangerModel(concepts, harmless).fit(TEXTS, encoder.of(TEXTS), IS_DANGER)


def test_danger_in_new_words_is_likelier_than_a_question(
    model: DangerModel, encoder: SentenceEncoder
) -> None:
    messages = ["真的不想活了，想跳下去", "利息怎么算"]
    danger, question = model.likelihoods(messages, encoder.of(messages))
    assert danger is not None
    assert question is not None
    assert 0 <= question < danger <= 1


def test_what_is_very_short_is_left_to_the_words(
    model: DangerModel, encoder: SentenceEncoder
) -> None:
    messages = ["我想死", "想死"]
    assert model.likelihoods(messages, encoder.of(messages)) == [None, None]


@pytest.mark.parametrize("text", ["asdfgh", "犇猋骉羴鱻", "😀😀😀😀", "lorem ipsum", "。。。。"])
def test_what_nothing_is_known_of_is_no_danger(
    model: DangerModel, encoder: SentenceEncoder, text: str
) -> None:
    assert model.likelihoods([text], encoder.of([text])) == [None]


def test_every_example_is_judged_by_a_model_that_did_not_see_it(
    model: DangerModel, encoder: SentenceEncoder
) -> None:
    assert len(model.held_out(TEXTS, encoder.of(TEXTS), IS_DANGER)) == len(TEXTS)


@pytest.mark.parametrize(
    ("likelihood", "opinion"),
    [
        (0.9, Opinion(DangerLevel.STRONG)),
        (0.5, Opinion(DangerLevel.STRONG)),
        (0.3, Opinion(DangerLevel.WEAK)),
        (0.1, Opinion()),
        (0.01, Opinion(is_harmless=True)),
        (None, Opinion()),
    ],
)
def test_the_opinion_follows_from_the_thresholds(
    likelihood: float | None, opinion: Opinion
) -> None:
    assert opinion_of(likelihood, {"strong": 0.5, "weak": 0.25, "harmless": 0.02}) == opinion
