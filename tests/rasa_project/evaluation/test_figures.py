import pytest

from bot.concepts.danger import DangerLevel
from rasa_project.evaluation.acceptance import Costs, best_threshold, cost, rule
from rasa_project.evaluation.figures import (
    Judged,
    by_topic,
    calibration_error,
    confusions,
    curve,
    figures,
    macro_f1,
    second_matters,
)
from rasa_project.evaluation.questions import Question
from rasa_project.evaluation.recorded import drops


def judged(meant: str, *ranking: tuple[str, float], second: str | None = None) -> Judged:
    matters = tuple(topic for topic, share in ranking if share >= 0.4)
    return Judged(Question("…", meant, second), ranking, matters)


SET = [
    judged("lawsuit", ("lawsuit", 0.9), ("greet", 0.1)),
    judged("lawsuit", ("greet", 0.6), ("lawsuit", 0.4)),
    judged("greet", ("greet", 0.8), ("lawsuit", 0.2)),
    judged("out_of_scope", ("greet", 0.3), ("lawsuit", 0.2)),
]


def test_shares_are_counted() -> None:
    found = figures(SET, rule(0.5))
    assert (found.count, found.top1, found.top3) == (4, 0.5, 0.75)


def test_out_of_scope_counts_as_recognised_when_it_is_not_answered() -> None:
    found = figures(SET, rule(0.5))
    assert (found.accepted, found.accepted_right, found.out_of_scope) == (1.0, 2 / 3, 1.0)
    assert figures(SET, rule(0.2)).out_of_scope == 0.0


def test_strong_danger_is_accepted_however_likely() -> None:
    ranking = (("self_harm", 0.5), ("greet", 0.4))
    assert rule(0.95)(Judged(Question("…", "self_harm"), ranking, danger=DangerLevel.STRONG))
    assert not rule(0.95)(Judged(Question("…", "self_harm"), ranking, danger=DangerLevel.WEAK))


def test_unknown_text_is_never_accepted() -> None:
    assert not rule(0.0)(judged("greet"))


def test_the_curve_falls_in_coverage() -> None:
    shares = [point.accepted for point in curve(SET)]
    assert shares == sorted(shares, reverse=True)


def test_macro_f1_is_the_mean_over_the_topics_meant() -> None:
    assert macro_f1(SET) == pytest.approx((2 * 1 / (2 + 1) + 2 * 1 / (1 + 3) + 0) / 3)


def test_a_sure_and_right_model_is_calibrated() -> None:
    assert calibration_error([judged("greet", ("greet", 1.0))]) == 0.0
    assert calibration_error([judged("greet", ("lawsuit", 1.0))]) == 1.0


def test_confusions_are_counted_by_pair() -> None:
    assert confusions([SET[1], SET[1], SET[0]]) == [("lawsuit", "greet", 2)]


def test_each_topic_has_its_own_line() -> None:
    assert by_topic(SET)["lawsuit"] == (2, 0.5, 1.0)


def test_second_matters_are_found_or_invented() -> None:
    both = judged("lawsuit", ("lawsuit", 0.5), ("greet", 0.4), second="greet")
    assert second_matters([both, SET[0]]) == (1.0, 0.0)
    assert second_matters([SET[1]]) == (0.0, 1.0)


def test_a_wrong_answer_costs_more_than_a_question_back() -> None:
    costs = Costs()
    wrong = [judged("lawsuit", ("greet", 0.6), ("lawsuit", 0.4))]
    assert cost(wrong, 0.5, costs) == costs.wrong_answer
    assert cost(wrong, 0.7, costs) == 1.0


def test_the_cheapest_threshold_asks_back_where_the_model_errs() -> None:
    assert 0.6 < best_threshold(SET, Costs()) <= 0.8


def test_a_fall_beyond_noise_is_told_and_a_rise_is_not() -> None:
    assert drops({"top1": 0.80}, {"top1": 0.85}) == ["top1 was 0.8500 and is 0.8000"]
    assert drops({"top1": 0.845}, {"top1": 0.85}) == []
    assert drops({"spread": 0.05}, {"spread": 0.02}) == ["spread was 0.0200 and is 0.0500"]
    assert drops({"spread": 0.01}, {"spread": 0.02}) == []
