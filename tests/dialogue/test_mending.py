"""Earlier answers put right by words, in an open tool and right after one."""

from dataclasses import replace
from datetime import date

import pytest

from bot.concepts.case import Case
from bot.concepts.conversation import SUMMARY, Conversation, Draft
from bot.dialogue.mending import mend
from tests.dialogue.talking import NOON, Talker, filling, names
from tests.knowledge.folder import real_book

TOOLS = real_book().tools
BUDGET, LOG = TOOLS["plan_budget"], TOOLS["log_contact"]


def finished(tool: str, **answers: str) -> Talker:
    """Somebody who has just finished a tool."""
    return Talker(Conversation(draft=Draft(tool=tool, answers=answers, is_open=False)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("六百改成五百 腿还得换药", "500.00"),
        ("诶600好像太多 400吧", "400.00"),
        ("600多了 还是450", "450.00"),
        ("手滑 是五百", "500.00"),
    ],
)
def test_a_sum_is_changed_for_the_one_beside_it(text: str, value: str) -> None:
    draft = Draft(tool="plan_budget", answers={"income": "5000.00", "housing": "600.00"})
    filled = mend(BUDGET, draft, text, NOON)
    assert filled is not None
    assert filled.draft.answers == {"income": "5000.00", "housing": value}


@pytest.mark.parametrize(
    "text", ["俺爹说不是九点 是十点半", "看岔了 是十点半", "眼花了 十点半打的", "口误 上午十点半"]
)
def test_a_time_is_put_right_by_many_words(text: str) -> None:
    answers = {"channel": "phone", "day": "2026-11-22", "time": "09:00", "said": "骂人"}
    talker = filling("log_contact", SUMMARY, **answers)
    talker = Talker(Conversation(draft=replace(talker.form, is_review=True)))
    assert names(talker.says(text)) == ["ask"]
    assert talker.form.answers["time"] == "10:30"


@pytest.mark.parametrize(
    "text", ["哎老花眼看岔了 快递单上是11月20", "搞错了 11月20签收的不是18号", "改一下 是11月20号"]
)
def test_a_day_is_put_right_after_the_deadline_was_told(text: str) -> None:
    talker = finished("deadline_answer_to_suit", day="2026-11-18")
    (effect,) = talker.says(text)
    assert (effect.name, effect.arguments["answers"]) == ("set_deadline", {"day": "2026-11-20"})


def test_the_day_of_the_paper_is_put_right_with_its_deadline() -> None:
    talker = finished("deadline_answer_to_suit", day="2026-11-18")
    case = Case(paper="summons", served_on=date(2026, 11, 18))
    talker.talk = replace(talker.talk, case=case)
    talker.says("看岔了 快递单上是11月20")
    assert talker.talk.case.served_on == date(2026, 11, 20)


def test_a_sum_is_put_right_after_a_calculator_and_in_the_case() -> None:
    talker = finished("court_fee", amount="50000.00")
    talker.talk = replace(talker.talk, case=Case(amount=50000))
    (effect,) = talker.says("看岔了 是15万")
    assert effect.name == "court_fee"
    assert effect.arguments["answers"] == {"amount": "150000.00"}
    assert talker.talk.case.amount == 150000


@pytest.mark.parametrize("text", ["他们是不是银行的 是吗", "不是我欠的", "太多了"])
def test_what_names_no_other_value_puts_nothing_right(text: str) -> None:
    draft = Draft(tool="plan_budget", answers={"income": "5000.00"})
    assert mend(BUDGET, draft, text, NOON) is None
