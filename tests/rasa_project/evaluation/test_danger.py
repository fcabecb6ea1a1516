import re

from bot.concepts.danger import DangerLevel, DangerPatterns, Opinion
from bot.safety.crisis_words import CrisisWatch
from rasa_project.evaluation.danger import (
    MISSED,
    danger_costs,
    danger_curve,
    measure_danger,
    measure_ordinary,
    words_curve,
)
from rasa_project.evaluation.questions import DangerMessages

WATCH = CrisisWatch(
    DangerPatterns(
        strong=(re.compile("不想活"),), weak=(re.compile("撑不住"),), harmless=(), other_person=()
    )
)
MESSAGES = DangerMessages(
    strong=("不想活了", "站在楼顶"), weak=("撑不住了", "好累"), harmless=("不想活动", "烦死了")
)


def model(text: str) -> Opinion:
    levels = {"站在楼顶": DangerLevel.STRONG, "好累": DangerLevel.WEAK}
    return Opinion(levels.get(text), is_harmless="植物" in text)


def test_words_and_model_see_different_things_and_both_see_all() -> None:
    found = measure_danger(WATCH, model, MESSAGES)
    assert (found["words"].strong_recall, found["words"].weak_any) == (0.5, 0.5)
    assert (found["model"].strong_recall, found["model"].weak_any) == (0.5, 0.5)
    assert (found["both"].strong_recall, found["both"].weak_any) == (1.0, 1.0)


def test_a_harmless_message_that_alarms_is_counted() -> None:
    found = measure_danger(WATCH, model, MESSAGES)["both"]
    assert (found.false_alarms, found.any_false) == (0.5, 0.5)


def test_words_that_surely_mean_no_harm_are_a_weak_sign_only() -> None:
    messages = DangerMessages(strong=("不想活了",), weak=("好累",), harmless=("植物不想活了",))
    found = measure_danger(WATCH, model, messages)["both"]
    assert (found.strong_recall, found.false_alarms, found.any_false) == (1.0, 0.0, 1.0)


def test_ordinary_talk_is_counted_without_the_words_of_danger() -> None:
    told = ["不想活了", "在楼顶晾被子", "下班了", "吃了药", "谢谢"]
    likely = {"在楼顶晾被子": 0.6, "下班了": 0.1, "吃了药": 0.3, "谢谢": None}
    levels = {"strong": 0.5, "weak": 0.25, "harmless": 0.02}
    found = measure_ordinary(WATCH, lambda texts: [likely[each] for each in texts], told, levels)
    assert (found.clauses, found.strong, found.weak) == (4, 0.25, 0.25)


def test_the_curve_falls_with_the_likelihood() -> None:
    points = danger_curve([0.9, 0.4, 0.3, 0.1], [True, True, False, False])
    by_likelihood = {point.likelihood: point for point in points}
    assert (by_likelihood[0.2].recall, by_likelihood[0.2].false_alarms) == (1.0, 0.5)
    assert (by_likelihood[0.5].recall, by_likelihood[0.5].false_alarms) == (0.5, 0.0)


def test_who_overrules_the_words_spares_others_and_may_miss_some() -> None:
    likely, is_danger = [0.9, 0.01, 0.01, 0.9, 0.9], [True, True, False, False, False]
    points = words_curve(likely, is_danger, has_words=[True, True, True, True, False])
    by_likelihood = {point.likelihood: (point.strong, point.others) for point in points}
    assert by_likelihood[0.0] == (1.0, 1.0)
    assert by_likelihood[0.02] == (0.5, 0.5)


def test_a_missing_card_costs_more_than_one_too_many() -> None:
    messages = DangerMessages(
        strong=("站在楼顶", "死"), weak=(), harmless=("植物不想活了", "江边钓鱼")
    )
    likely = {"站在楼顶": 0.4, "死": None, "植物不想活了": 0.01, "江边钓鱼": 0.3}
    points = danger_costs(WATCH, lambda texts: [likely[text] for text in texts], messages, 0.02)
    costs = {point.likelihood: (point.missed, point.alarms, point.cost) for point in points}
    assert costs[0.3] == (0.5, 0.5, MISSED * 0.5 + 0.5)
    assert costs[0.35] == (0.5, 0.0, MISSED * 0.5)
    assert costs[0.45] == (1.0, 0.0, MISSED)
