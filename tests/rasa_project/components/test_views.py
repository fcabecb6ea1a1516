import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from rasa_project.components.concepts import Concepts
from rasa_project.components.views import Views
from rasa_project.components.word_lists import read_word_lists

TEXTS = ["半夜打电话给我妈", "夜里来电话，一直打一直打", "收到法院的传票", "利息太高了还不起"]


@pytest.mark.parametrize(("longest", "farthest"), [(2, 0), (3, 5)])
def test_what_was_learnt_has_the_same_row_when_it_is_read_again(
    longest: int, farthest: int
) -> None:
    views = Views(Concepts(read_word_lists()), longest=longest, farthest=farthest)
    learnt = views.learn(TEXTS)
    assert np.allclose(views.of(TEXTS).toarray(), learnt.toarray(), atol=1e-6)


def test_a_row_is_what_the_library_makes_of_a_new_text() -> None:
    views = Views(Concepts(read_word_lists()), longest=2)
    views.learn(TEXTS)
    counter = TfidfVectorizer(
        analyzer=views._marked_grams, sublinear_tf=True, dtype=np.float32
    ).fit(TEXTS)
    new = ["半夜半夜又打电话，烦死了", "😀", ""]
    expected = counter.transform(new).toarray() * np.sqrt(3)
    assert np.allclose(views.of(new).toarray(), expected, atol=1e-6)


def test_no_texts_have_no_rows() -> None:
    views = Views(Concepts(read_word_lists()), longest=2)
    width = views.learn(TEXTS).shape[1]
    assert views.of([]).shape == (0, width)
