"""Conversations are read, held and judged."""

from pathlib import Path

from rasa_project.evaluation.dialogs import Answered, load_dialogs, problems

FOLDER = Path(__file__).parents[2] / "dialogs"


def test_both_halves_are_there_and_no_id_is_used_twice() -> None:
    dialogs = load_dialogs(FOLDER)
    ids = [each.id for each in dialogs]
    assert len(ids) == len(set(ids)) >= 150
    assert {each.half for each in dialogs} == {"seen", "unseen"}


def test_every_turn_can_fail() -> None:
    checks = {"says", "never", "at_most", "is_new", "topic", "aspect", "case", "danger"}
    checks |= {"files", "buttons"}
    idle = [
        (each.id, number)
        for each in load_dialogs(FOLDER)
        for number, turn in enumerate(each.turns, start=1)
        if not any(turn.get(name) for name in checks)
    ]
    assert idle == []


def test_a_reply_is_judged_by_what_it_says_and_leaves_unsaid() -> None:
    turn = {"says": ["15\\s*日"], "never": ["违法"], "at_most": 10, "is_new": True}
    assert problems(turn, Answered("15 日内"), []) == []
    assert problems(turn, Answered("违法，15 日内答复你"), ["违法，15 日内答复你"]) == [
        "says 违法",
        "11 characters",
        "was said before",
    ]
    assert problems(turn, Answered("不知道"), []) == ["does not say 15\\s*日"]


def test_facts_topics_and_danger_are_judged() -> None:
    turn = {"topic": ["lawsuit"], "case": {"lenders": "招行", "amount": 3}, "danger": "none"}
    good = Answered("", topic="lawsuit", case={"lenders": ["招行"], "amount": 3})
    assert problems(turn, good, []) == []
    assert problems(turn, Answered("", topic="mediation", danger="weak"), []) == [
        "topic is mediation",
        "lenders is None",
        "amount is None",
        "danger weak",
    ]
