"""Earlier answers put right by words, in an open tool and right after one."""

from dataclasses import replace
from datetime import date

import pytest

from bot.concepts.case import Case
from bot.concepts.conversation import SUMMARY, Conversation, Draft
from bot.dialogue.mending import mend
from tests.dialogue.talking import NOON, Talker, filling, names, unclear
from tests.knowledge.folder import real_book

SERVED = date(2026, 11, 18)
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


@pytest.mark.parametrize(
    "text", ["我手抖 昨天一晚没睡", "昨天打反诈中心了", "昨天我打反诈中心了是他们说搞错了"]
)
def test_what_frightens_moves_no_last_day(text: str) -> None:
    talker = finished("deadline_appeal", day="2026-11-18")
    talker.talk = replace(talker.talk, case=Case(paper="summons", served_on=SERVED))
    assert "set_deadline" not in names(talker.says(text, unclear()))
    assert talker.talk.case.served_on == SERVED
    assert talker.draft.answers == {"day": "2026-11-18"}


def test_the_day_of_a_call_is_not_that_of_the_paper() -> None:
    told = {"channel": "phone", "day": "2026-11-18", "time": "", "reached": "self", "said": "骂"}
    talker = finished("log_contact", **told)
    talker.talk = replace(talker.talk, case=Case(paper="summons", served_on=SERVED))
    talker.says("记错了 是11月20号", unclear())
    assert talker.draft.answers["day"] == "2026-11-20"
    assert talker.talk.case.served_on == SERVED


@pytest.mark.parametrize(
    "text", ["他骂了我半小时 晚上九点又打 我手抖", "他说不是银行是外包公司 昨天十点半又打"]
)
def test_a_story_puts_no_answer_right(text: str) -> None:
    told = {"channel": "phone", "day": "2026-11-22", "time": "08:30", "reached": "self"}
    talker = filling("log_contact", "said", **told)
    talker.says(text)
    assert talker.form.answers == {**told, "said": text}


def test_few_words_that_begin_so_put_an_answer_right_where_a_story_is_asked_for() -> None:
    told = {"channel": "phone", "day": "2026-11-22", "time": "08:30", "reached": "self"}
    talker = filling("log_contact", "said", **told)
    talker.says("写错了，时间是上午九点")
    assert talker.form.answers == {**told, "time": "09:00"}


@pytest.mark.parametrize(
    ("text", "housing", "food"),
    [("吃饭600多了 还是450", "600.00", "450.00"), ("六百改成五百", "600.00", "500.00")],
)
def test_of_two_sums_that_are_the_same_one_is_put_right(
    text: str, housing: str, food: str
) -> None:
    talker = filling("plan_budget", "medical", income="5000.00", housing="600.00", food="600.00")
    talker.says(text)
    assert talker.form.answers == {"income": "5000.00", "housing": housing, "food": food}


@pytest.mark.parametrize(
    ("asking", "text", "kept"),
    [("housing", "5000不够用 借了2万", "income"), ("food", "600不够花 我每月吃饭1500", "housing")],
)
def test_a_sum_of_something_else_puts_no_sum_right(asking: str, text: str, kept: str) -> None:
    told = {"income": "5000.00", "housing": "600.00"}
    talker = filling("plan_budget", asking, **{k: told[k] for k in ("income", kept)})
    talker.says(text)
    assert talker.form.answers[kept] == told[kept]


def test_an_answer_that_was_changed_afterwards_fills_its_own_question_again() -> None:
    talker = filling("plan_budget", "income")
    talker.says("3000")
    assert talker.form.asking == "housing"
    talker.edits("5000")
    assert talker.form.answers["income"] == "5000.00"
    assert "housing" not in talker.form.answers
    assert talker.form.asking == "housing"
