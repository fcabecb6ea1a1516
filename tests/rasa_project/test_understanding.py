"""The light host says the same of a text as stock Rasa, from the same model."""

import warnings

import pytest
from rasa.core.agent import Agent

from rasa_project.models import newest_model
from rasa_project.understanding import Understanding

pytestmark = pytest.mark.trained

TEXTS = (
    "催收半夜打电话合法吗",
    "他们不认怎么办",
    "那要多久",
    "我不想活了",
    "我欠招行3万逾期4个月，每月能还800，该怎么办",
    "asdf",
    "😀",
    "帮我写一份投诉信",
    "催收" * 2500,
)


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    model = newest_model()
    assert model is not None
    return Understanding(model)


@pytest.fixture(scope="module")
def agent() -> Agent:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what stock Rasa warns of while it loads is its own
        return Agent.load(str(newest_model()))


@pytest.mark.parametrize("text", TEXTS)
async def test_it_parses_as_stock_rasa_does(
    text: str, understanding: Understanding, agent: Agent
) -> None:
    stock = await agent.parse_message(text)
    ours = understanding.parse(text)
    assert {name: ours.get(name) for name in stock} == {**stock, "text": ours["text"]}


def test_an_empty_text_means_nothing(understanding: Understanding) -> None:
    assert understanding.parse("")["intent"]["name"] is None
