import pickle

import numpy as np
import pytest

from rasa_project.components.sentence_encoder import SentenceEncoder, encode_ahead

TEXTS = ["半夜打电话", "深夜来电", "收到法院传票", "被银行起诉了", "利息太高", "违约金怎么算"]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    encoder = SentenceEncoder()
    encoder.fit(TEXTS)
    return encoder


def test_every_text_has_a_row_of_length_one(encoder: SentenceEncoder) -> None:
    vectors = encoder.of(["你好", "", "😀", "长" * 5000])
    assert len(vectors) == 4
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-5)


def test_what_means_the_same_is_nearer_than_what_shares_a_word(encoder: SentenceEncoder) -> None:
    asked, same, other = encoder.of(["夜里十二点来电话", "半夜打电话", "打官司"])
    assert asked @ same > asked @ other


def test_it_is_stored_without_its_weights(encoder: SentenceEncoder) -> None:
    stored = pickle.dumps(encoder)
    assert len(stored) < 1_000_000
    assert np.array_equal(pickle.loads(stored).of(TEXTS), encoder.of(TEXTS))  # noqa: S301


def test_what_was_encoded_ahead_is_the_same_alone(encoder: SentenceEncoder) -> None:
    alone = encoder.of(["一句没有提前读过的话"])
    encode_ahead([*TEXTS, "另一句话", "一句没有提前读过的话"])
    encode_ahead([str(number) for number in range(16)])
    assert np.allclose(encoder.of(["一句没有提前读过的话"]), alone, atol=1e-5)
