"""The steps of a questionnaire, one at a time: forward, back, skip, correct, finish."""

from dataclasses import replace

import pytest

from bot.concepts.conversation import SUMMARY, Draft
from bot.dialogue.mending import mend
from bot.dialogue.questionnaires import (
    asked_back,
    begin,
    follow_control,
    is_told_whole,
    read_back,
    take_answer,
    take_candidate,
)
from bot.dialogue.ticking import take_pick
from bot.knowledge.questions import Question, QuestionKind
from tests.dialogue.talking import NOON as ON
from tests.knowledge.folder import real_book

TOOLS = real_book().tools
LOG = TOOLS["log_contact"]
COMPLAINT = TOOLS["make_complaint"]
ALL = {
    "channel": "phone", "day": "2026-11-22", "time": "23:30", "reached": "self", "caller": "",
    "said": "骂人", "evidence": "",
}  # fmt: skip
FIRST = Draft(tool="log_contact", answers={}, asking="channel")
SHOWN = Draft(tool="log_contact", answers=ALL, asking=SUMMARY, is_review=True)


def at(asking: str, **answers: str) -> Draft:
    return Draft(tool="log_contact", answers=answers, asking=asking)


def example_of(question: Question) -> str:
    """One example: those of days are a list."""
    is_day = question.kind is QuestionKind.DATE
    return question.example.split("、")[0] if is_day else question.example


def test_a_tool_begins_with_its_first_question() -> None:
    step = begin(LOG, {})
    assert step.draft == FIRST
    assert not step.is_done


def test_what_is_known_is_not_asked() -> None:
    draft = begin(LOG, {"channel": "phone", "day": "2026-11-22", "stranger": "x"}).draft
    assert draft.asking == "time"
    assert draft.answers == {"channel": "phone", "day": "2026-11-22"}


def test_a_tool_whose_answers_are_all_known_shows_them_first() -> None:
    draft = begin(LOG, ALL).draft
    assert (draft.asking, draft.is_review) == (SUMMARY, True)


def test_an_answer_leads_to_the_next_question() -> None:
    step = take_answer(LOG, FIRST, "电话", ON)
    assert step.draft == at("day", channel="phone")
    assert step.problem is None


@pytest.mark.parametrize(
    ("asking", "text", "problem"),
    [
        ("channel", "飞鸽", "answer_not_a_choice"),
        ("day", "哪天来着", "answer_not_a_date"),
        ("day", "2027-01-01", "answer_in_the_future"),
        ("time", "久" * 31, "answer_too_long"),
        ("said", " \n ", "answer_empty"),
    ],
)
def test_what_does_not_fit_is_asked_again(asking: str, text: str, problem: str) -> None:
    step = take_answer(LOG, at(asking), text, ON)
    assert (step.draft, step.problem) == (at(asking), problem)


def test_the_last_answer_ends_the_tool() -> None:
    almost = {name: value for name, value in ALL.items() if name != "evidence"}
    step = take_answer(LOG, at("evidence", **almost), "录音", ON)
    assert step.is_done
    assert step.draft.answers == {**ALL, "evidence": "录音"}


def test_a_warning_goes_on_with_the_next_question() -> None:
    letter = TOOLS["payment_order_objection"]
    draft = Draft(tool=letter.id, answers={}, asking="reasons")
    step = take_answer(letter, draft, "我现在没钱，想分期", ON)
    assert step.warnings
    assert step.draft.answers["reasons"] == "我现在没钱，想分期"
    assert step.draft.asking != "reasons"


def test_nothing_is_an_answer_while_all_answers_are_shown() -> None:
    step = take_answer(LOG, SHOWN, "改时间", ON)
    assert (step.draft, step.problem) == (SHOWN, "answer_choose_what_to_change")


def test_a_pick_answers_its_own_question() -> None:
    assert take_pick(LOG, FIRST, "channel_2", ON).draft == at("day", channel="sms")


@pytest.mark.parametrize("pick", ["reached_1", "channel", "1", "", "_1"])
def test_a_pick_of_another_question_changes_nothing(pick: str) -> None:
    step = take_pick(LOG, FIRST, pick, ON)
    assert (step.draft, step.problem) == (FIRST, "stale_button")


@pytest.mark.parametrize("pick", ["channel_99", "channel_0", "channel_x"])
def test_a_pick_that_is_no_choice_changes_nothing(pick: str) -> None:
    step = take_pick(LOG, FIRST, pick, ON)
    assert (step.draft, step.problem) == (FIRST, "answer_not_a_choice")


def test_back_asks_the_question_before_and_keeps_the_answers() -> None:
    step = follow_control(LOG, at("day", channel="sms"), "back")
    assert step.draft == at("channel", channel="sms")
    assert follow_control(LOG, FIRST, "back").problem == "answer_is_first"


def test_after_going_back_the_answer_goes_on_where_the_tool_was() -> None:
    draft = at("time", channel="sms", day="2026-11-20")
    twice = follow_control(LOG, follow_control(LOG, draft, "back").draft, "back").draft
    assert twice.asking == "channel"
    assert take_answer(LOG, twice, "电话", ON).draft == at(
        "time", channel="phone", day="2026-11-20"
    )


def test_back_from_all_answers_is_the_last_question() -> None:
    assert follow_control(LOG, SHOWN, "back").draft.asking == "evidence"


def test_back_while_correcting_shows_all_answers_unchanged() -> None:
    fixing = replace(SHOWN, asking="day")
    assert follow_control(LOG, fixing, "back").draft == replace(fixing, asking=SUMMARY)


def test_an_answer_that_stands_is_kept() -> None:
    draft = at("channel", channel="sms", day="2026-11-20")
    assert follow_control(LOG, draft, "keep").draft == replace(draft, asking="time")
    fixing = replace(SHOWN, asking="day")
    assert follow_control(LOG, fixing, "keep").draft == replace(fixing, asking=SUMMARY)


def test_where_nothing_stands_nothing_is_kept() -> None:
    step = follow_control(LOG, FIRST, "keep")
    assert (step.draft, step.problem) == (FIRST, "stale_button")


def test_to_change_nothing_of_all_answers_ends_the_tool() -> None:
    assert follow_control(LOG, SHOWN, "keep").is_done


def test_what_is_optional_can_be_skipped_and_is_not_asked_again() -> None:
    step = follow_control(LOG, at("time", channel="sms", day="2026-11-20"), "skip")
    assert step.draft == at("reached", channel="sms", day="2026-11-20", time="")


def test_what_is_needed_cannot_be_skipped() -> None:
    step = follow_control(LOG, FIRST, "skip")
    assert (step.draft, step.problem) == (FIRST, "answer_is_needed")


def test_a_skipped_last_question_ends_the_tool() -> None:
    almost = {name: value for name, value in ALL.items() if name != "evidence"}
    assert follow_control(LOG, at("evidence", **almost), "skip").is_done


def test_an_answer_can_be_corrected_and_all_are_shown_again() -> None:
    fixing = follow_control(LOG, SHOWN, "fix_day").draft
    assert (fixing.asking, fixing.is_review) == ("day", True)
    mended = take_answer(LOG, fixing, "11月20日", ON).draft
    assert mended == replace(SHOWN, answers={**ALL, "day": "2026-11-20"})


def test_finish_ends_the_tool_when_all_that_is_needed_is_there() -> None:
    assert follow_control(LOG, SHOWN, "finish").is_done


def test_finish_asks_for_what_is_missing_first() -> None:
    step = follow_control(LOG, at("reached", channel="phone"), "finish")
    assert (step.draft.asking, step.problem, step.is_done) == ("day", "answer_is_needed", False)


def test_review_shows_all_answers() -> None:
    draft = follow_control(LOG, at("time", channel="phone"), "review").draft
    assert (draft.asking, draft.is_review) == (SUMMARY, True)


@pytest.mark.parametrize("control", ["fix_nothing", "fix_", "finish_", "", "遥控"])
def test_a_control_that_is_none_changes_nothing(control: str) -> None:
    draft = at("time", channel="phone")
    step = follow_control(LOG, draft, control)
    assert (step.draft, step.problem, step.is_done) == (draft, "stale_button", False)


def test_skip_while_all_answers_are_shown_asks_what_to_change() -> None:
    step = follow_control(LOG, SHOWN, "skip")
    assert (step.draft, step.problem) == (SHOWN, "answer_choose_what_to_change")


@pytest.mark.parametrize("matter", ["danger", "spam", "scam"])
def test_a_complaint_of_danger_asks_nothing_more(matter: str) -> None:
    label = next(each for each in COMPLAINT.question("matter").choices if each.id == matter).label
    step = take_answer(
        COMPLAINT, Draft(tool="make_complaint", answers={}, asking="matter"), label, ON
    )
    assert step.is_done
    assert step.draft.answers == {"matter": matter}


def test_another_complaint_asks_for_lender_and_progress() -> None:
    step = take_answer(
        COMPLAINT, Draft(tool="make_complaint", answers={}, asking="matter"), "3", ON
    )
    assert (step.draft.asking, step.is_done) == ("lender", False)


def test_skips_are_those_of_the_answers() -> None:
    assert COMPLAINT.needless({"matter": "scam"}) == {"lender", "progress"}
    assert COMPLAINT.needless({"matter": "harassment"}) == set()
    assert COMPLAINT.needless({}) == set()


@pytest.mark.parametrize("tool_id", TOOLS)
def test_every_tool_ends_when_every_question_gets_its_example(tool_id: str) -> None:
    tool = TOOLS[tool_id]
    draft = begin(tool, {}).draft
    for _ in range(len(tool.questions)):
        step = take_answer(tool, draft, example_of(tool.question(draft.asking)), ON)
        assert step.problem is None, draft.asking
        if step.is_done:
            break
        draft = step.draft
    assert step.is_done


@pytest.mark.parametrize("tool_id", TOOLS)
def test_every_tool_ends_when_all_that_can_be_is_skipped(tool_id: str) -> None:
    tool = TOOLS[tool_id]
    draft = begin(tool, {}).draft
    for _ in range(len(tool.questions)):
        question = tool.question(draft.asking)
        step = (
            follow_control(tool, draft, "skip")
            if question.is_optional
            else take_answer(tool, draft, example_of(question), ON)
        )
        if step.is_done:
            break
        draft = step.draft
    assert step.is_done


BUDGET = TOOLS["plan_budget"]
AT_INCOME = Draft(tool="plan_budget", answers={}, asking="income")


def test_a_story_is_one_answer_whatever_days_and_sums_it_names() -> None:
    story = "前天晚上八点打的，昨天又打，说合同3000元，让我今天之前还2000元"
    told = {**ALL, "said": "", "day": "2026-11-20"}
    asking = Draft(tool="log_contact", answers={**told}, asking="said")
    step = take_answer(LOG, asking, story, ON)
    assert step.draft.answers == {**told, "said": story}
    assert step.is_done


def test_how_an_answer_was_understood_is_told() -> None:
    step = take_answer(LOG, at("day", channel="phone"), "前天", ON)
    assert step.draft.answers["day"] == "2026-11-21"
    ((question, understood),) = step.noted
    assert question == "day"
    assert "21" in understood


def test_several_answers_in_one_message_are_all_taken() -> None:
    step = take_answer(BUDGET, AT_INCOME, "工资6000，房租1500，吃饭1200", ON)
    assert step.draft.answers == {"income": "6000.00", "housing": "1500.00", "food": "1200.00"}
    assert {name for name, _ in step.noted} == {"income", "housing", "food"}


def test_a_time_beside_a_day_answers_the_question_for_it() -> None:
    step = take_answer(LOG, at("day", channel="phone"), "昨天晚上8点", ON)
    assert (step.draft.answers["day"], step.draft.answers["time"]) == ("2026-11-22", "20:00")
    assert step.draft.asking == "reached"


def test_what_is_asked_back_is_taken_when_it_is_said_again_or_agreed_with() -> None:
    doubted = take_answer(BUDGET, AT_INCOME, "五千到七千", ON)
    assert (doubted.problem, doubted.draft.doubted) == ("answer_is_a_range", "income")
    agreed = take_candidate(BUDGET, doubted.draft)
    assert agreed is not None
    assert agreed.draft.answers == {"income": doubted.draft.candidate}
    assert (agreed.draft.doubted, agreed.draft.candidate) == ("", "")
    again = take_answer(BUDGET, doubted.draft, "五千到七千", ON)
    assert again.draft.answers == agreed.draft.answers


def test_where_nothing_was_asked_back_a_yes_takes_nothing() -> None:
    assert take_candidate(BUDGET, AT_INCOME) is None
    other = replace(AT_INCOME, doubted="housing", candidate="800.00")
    assert take_candidate(BUDGET, other) is None


@pytest.mark.parametrize("text", ["写错了，是4500", "不是5000，是4500", "改成4500"])
def test_the_answer_before_is_put_right_by_words(text: str) -> None:
    draft = Draft(tool="plan_budget", answers={"income": "5000.00"}, asking="housing")
    step = mend(BUDGET, draft, text, ON)
    assert step is not None
    assert step.draft == replace(draft, answers={"income": "4500.00"})


def test_an_answer_is_put_right_by_its_name_and_the_open_question_stays() -> None:
    told = {"income": "5000.00", "housing": "1000.00"}
    draft = Draft(tool="plan_budget", answers=told, asking="food")
    step = mend(BUDGET, draft, "不对，工资应该是4500", ON)
    assert step is not None
    assert step.draft == replace(draft, answers={**told, "income": "4500.00"})


@pytest.mark.parametrize("text", ["写错了", "不对", "我搞错了，不好意思"])
def test_words_that_name_no_other_value_put_nothing_right(text: str) -> None:
    draft = Draft(tool="plan_budget", answers={"income": "5000.00"}, asking="housing")
    assert mend(BUDGET, draft, text, ON) is None
    assert mend(BUDGET, AT_INCOME, text, ON) is None


def test_what_is_read_back_leaves_open_what_may_be_left_open() -> None:
    shown = read_back(LOG, at("time", channel="phone", day="2026-11-22"))
    assert (shown.asking, shown.is_review) == (SUMMARY, True)
    assert shown.answers["channel"] == "phone"
    optional = {each.id for each in LOG.questions if each.is_optional}
    assert {name for name, value in shown.answers.items() if value == ""} == optional


def test_a_sentence_may_tell_a_whole_contact_where_one_thing_was_asked() -> None:
    told = "前天晚上10点40打给我同事了 跟她说我欠钱不还"
    assert is_told_whole(LOG, FIRST, told, ON)
    assert not is_told_whole(LOG, FIRST, "打电话来的", ON)
    assert not is_told_whole(LOG, at("said"), told, ON)
    assert not is_told_whole(LOG, SHOWN, told, ON)


def test_a_clock_put_right_keeps_its_half_of_the_day() -> None:
    step = mend(LOG, SHOWN, "不对，是九点二十", ON)
    assert step is not None
    assert step.draft.answers["time"] == "21:20"


def test_what_stands_behind_should_be_is_right() -> None:
    step = mend(LOG, SHOWN, "昨天那条记错了，应该是前天", ON)
    assert step is not None
    assert step.draft.answers["day"] == "2026-11-21"


def test_words_for_a_long_answer_are_kept_there() -> None:
    letter = TOOLS["apply_instalment"]
    draft = Draft(tool=letter.id, answers={"lender": "中信"}, asking="product")
    step = take_answer(letter, draft, "因为住院了没法上班", ON)
    assert step.draft.answers["hardship"] == "因为住院了没法上班"
    assert step.draft.asking == "product"


def test_pay_that_varies_is_no_cost() -> None:
    plan = TOOLS["plan_budget"]
    draft = Draft(tool=plan.id, answers={}, asking="income")
    step = take_answer(plan, draft, "跑网约车，好的时候七千多，差的时候三千出头", ON)
    assert "other_costs" not in step.draft.answers
    assert (step.problem, step.draft.candidate) == ("answer_is_irregular", "3000.00")


PLAN = TOOLS["plan_budget"]


def test_pay_that_varies_is_asked_back_when_the_wish_tells_it() -> None:
    said = "想算下能还多少 送外卖不固定 好的时候九千 差的时候四千五"
    back = asked_back(PLAN, begin(PLAN, {"income": "9000.00"}).draft, said)
    assert back is not None
    draft = back.draft
    assert (back.problem, draft.asking, draft.candidate) == (
        "answer_is_irregular",
        "income",
        "4500.00",
    )
    assert "income" not in draft.answers


def test_the_lower_sum_is_taken_with_what_else_is_told() -> None:
    draft = Draft(tool=PLAN.id, answers={}, asking="income", doubted="income", candidate="4500.00")
    step = take_answer(PLAN, draft, "就按差的来 房租一千一 电动车租电池一天十五", ON)
    told = {"income": "4500.00", "housing": "1100.00", "other_costs": "450.00"}
    assert step.draft.answers == told
    assert step.draft.asking == "food"


def test_the_sum_that_was_asked_back_may_be_said_again_with_others() -> None:
    draft = Draft(tool=PLAN.id, answers={}, asking="income", doubted="income", candidate="2600.00")
    step = take_answer(PLAN, draft, "那就按2600算 房租500", ON)
    assert step.draft.answers == {"income": "2600.00", "housing": "500.00"}


def test_thirty_one_days_in_the_place_of_a_sum_is_thirty_a_day() -> None:
    draft = Draft(tool=PLAN.id, answers={}, asking="food")
    assert take_answer(PLAN, draft, "大概三十一天吧", ON).draft.answers == {"food": "900.00"}


def test_a_sum_told_in_the_place_of_a_choice_answers_its_own_question() -> None:
    letter = TOOLS["apply_instalment"]
    draft = Draft(tool=letter.id, answers={"lender": "交通银行"}, asking="age")
    step = take_answer(letter, draft, "被公司裁员了 现在送货 每月能拿500", ON)
    assert step.draft.answers["monthly_payment"] == "500.00"
    assert "裁员" in step.draft.answers["hardship"]
    assert step.draft.asking == "age"
