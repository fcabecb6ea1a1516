"""The steps of a questionnaire, one at a time: forward, back, skip, correct, finish."""

from dataclasses import replace
from datetime import date

import pytest

from bot.knowledge.questions import Question, QuestionKind
from bot.knowledge.tools import load_tools
from rasa_project.actions.questionnaires import (
    SUMMARY,
    Draft,
    begin,
    follow_control,
    take_answer,
    take_pick,
)
from rasa_project.folders import KNOWLEDGE

ON = date(2026, 11, 23)
TOOLS = load_tools(KNOWLEDGE)
LOG = TOOLS["log_contact"]
COMPLAINT = TOOLS["make_complaint"]
ALL = {
    "channel": "phone", "day": "2026-11-22", "time": "23:30", "reached": "self", "caller": "",
    "said": "骂人", "evidence": "",
}  # fmt: skip
FIRST = Draft("log_contact", {}, "channel")


def at(asking: str, **answers: str) -> Draft:
    return Draft("log_contact", answers, asking)


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
    draft = Draft(letter.id, {}, "reasons")
    step = take_answer(letter, draft, "我现在没钱，想分期", ON)
    assert step.warnings
    assert step.draft.answers["reasons"] == "我现在没钱，想分期"
    assert step.draft.asking != "reasons"


def test_nothing_is_an_answer_while_all_answers_are_shown() -> None:
    shown = Draft("log_contact", ALL, SUMMARY, is_review=True)
    step = take_answer(LOG, shown, "改时间", ON)
    assert (step.draft, step.problem) == (shown, "answer_choose_what_to_change")


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
    shown = Draft("log_contact", ALL, SUMMARY, is_review=True)
    assert follow_control(LOG, shown, "back").draft.asking == "evidence"


def test_back_while_correcting_shows_all_answers_unchanged() -> None:
    fixing = Draft("log_contact", ALL, "day", is_review=True)
    assert follow_control(LOG, fixing, "back").draft == replace(fixing, asking=SUMMARY)


def test_an_answer_that_stands_is_kept() -> None:
    draft = at("channel", channel="sms", day="2026-11-20")
    assert follow_control(LOG, draft, "keep").draft == replace(draft, asking="time")
    fixing = Draft("log_contact", ALL, "day", is_review=True)
    assert follow_control(LOG, fixing, "keep").draft == replace(fixing, asking=SUMMARY)


def test_where_nothing_stands_nothing_is_kept() -> None:
    step = follow_control(LOG, FIRST, "keep")
    assert (step.draft, step.problem) == (FIRST, "stale_button")


def test_to_change_nothing_of_all_answers_ends_the_tool() -> None:
    shown = Draft("log_contact", ALL, SUMMARY, is_review=True)
    assert follow_control(LOG, shown, "keep").is_done


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
    shown = Draft("log_contact", ALL, SUMMARY, is_review=True)
    fixing = follow_control(LOG, shown, "fix_day").draft
    assert (fixing.asking, fixing.is_review) == ("day", True)
    mended = take_answer(LOG, fixing, "11月20日", ON).draft
    assert mended == replace(shown, answers={**ALL, "day": "2026-11-20"})


def test_finish_ends_the_tool_when_all_that_is_needed_is_there() -> None:
    shown = Draft("log_contact", ALL, SUMMARY, is_review=True)
    assert follow_control(LOG, shown, "finish").is_done


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
    shown = Draft("log_contact", ALL, SUMMARY, is_review=True)
    step = follow_control(LOG, shown, "skip")
    assert (step.draft, step.problem) == (shown, "answer_choose_what_to_change")


@pytest.mark.parametrize("matter", ["danger", "spam", "scam"])
def test_a_complaint_of_danger_asks_nothing_more(matter: str) -> None:
    label = next(each for each in COMPLAINT.question("matter").choices if each.id == matter).label
    step = take_answer(COMPLAINT, Draft("make_complaint", {}, "matter"), label, ON)
    assert step.is_done
    assert step.draft.answers == {"matter": matter}


def test_another_complaint_asks_for_lender_and_progress() -> None:
    step = take_answer(COMPLAINT, Draft("make_complaint", {}, "matter"), "3", ON)
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
