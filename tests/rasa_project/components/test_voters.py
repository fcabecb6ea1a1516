import numpy as np

from rasa_project.components.voters import NearestExamples

TOPICS = np.array(["a", "b", "a", "a", "b", "a"])
LIKE = np.array([[0.9, 0.4, 0.9, 0.5, -0.2, 0.1]], dtype=np.float32)


def test_the_three_nearest_examples_of_each_topic_count_less_and_less_and_equal_ones_once() -> (
    None
):
    nearest = NearestExamples().fit(np.eye(6, dtype=np.float32), TOPICS)
    of_a = 0.9 + 0.7 * 0.5 + 0.49 * 0.1
    assert np.allclose(nearest.scores(LIKE), [[of_a, 0.4]])
