"""Filling in a tool by talk: begun by words or button, questions in the middle, left, ended."""

from typing import Any

import pytest

from rasa_project.actions.questionnaires import SUMMARY, Draft
from rasa_project.actions.tools import EndTool
from tests.rasa_project.actions.trackers import ask, begin, filling, listen, run, tapped, tracker

STORY = "昨晚十一点半催收打我妈电话骂她不要脸，说我欠钱不还"
AT_DAY = filling(Draft("log_contact", {"channel": "phone"}, "day"))
AT_CALLER = filling(
    Draft(
        "log_contact",
        {"channel": "phone", "day": "2026-11-22", "time": "", "reached": "self"},
        "caller",
    )
)
AT_SAID = {**AT_CALLER, "asking": "said"}
SHOWN = filling(Draft("log_contact", {"channel": "phone"}, SUMMARY, is_review=True))


async def test_a_wish_begins_its_tool() -> None:
    slots, asked = await begin(tracker("帮我记一笔催收", "log_contact"))
    assert (slots["tool"], slots["asking"], slots["begun"]) == ("log_contact", "channel", "open")
    assert asked == []
    assert slots["misses"] == 0


async def test_the_words_of_a_wish_are_no_answer() -> None:
    slots, asked = listen(tracker("帮我记一笔催收", slots={**AT_DAY, "begun": "open"}))
    assert (slots, asked) == ({"begun": None, "reply": None}, [])


async def test_a_wish_with_several_tools_offers_them() -> None:
    slots, asked = await begin(tracker("帮我写一份函", "write_letter"))
    assert asked == [{"task": "choose_write_letter"}]
    assert (slots["tool"], slots["begun"]) == (None, "done")


@pytest.mark.parametrize(
    ("text", "intent", "tool"),
    [
        ("帮我写一份支付令异议书", "write_letter", "payment_order_objection"),
        ("算一下支付令异议的期限", "set_deadline", "deadline_payment_order_objection"),
    ],
)
async def test_a_wish_that_names_one_of_several_tools_begins_it(
    text: str, intent: str, tool: str
) -> None:
    slots, asked = await begin(tracker(text, intent))
    assert (slots["tool"], slots["begun"], asked) == (tool, "open", [])


async def test_a_button_begins_its_tool_with_what_is_known() -> None:
    said = tapped("button", tool="complain_to_lender", answers={"lender": "某某银行"})
    slots, _ = await begin(said)
    assert (slots["tool"], slots["asking"]) == ("complain_to_lender", "product")
    assert slots["answers"] == {"lender": "某某银行"}


@pytest.mark.parametrize("entities", [{"tool": "gone"}, {"control": "skip"}, {"pick": "day_1"}])
async def test_a_button_of_a_tool_that_is_over_says_so(entities: dict[str, Any]) -> None:
    slots, asked = await begin(tapped("button", **entities))
    assert asked == [{"utterance": "stale_button"}]
    assert slots["begun"] == "done"


async def test_nobody_can_type_what_a_button_carries() -> None:
    said = tracker("记一笔", "log_contact", entities=[{"entity": "tool", "value": "gone"}])
    slots, _ = await begin(said)
    assert slots["tool"] == "log_contact"


async def test_a_story_begins_and_finishes_the_check_at_once() -> None:
    slots, asked = await begin(tracker(STORY, "check_call"))
    assert asked == [{"task": "check_call", "tool": "check_call", "answers": {"story": STORY}}]
    assert slots["begun"] == "done"


@pytest.mark.parametrize("said", [tracker("看看违规没", "check_call"), tapped("check_call")])
async def test_a_wish_without_a_story_asks_for_it(said: Any) -> None:
    slots, asked = await begin(said)
    assert (slots["asking"], slots["begun"], asked) == ("story", "open", [])


async def test_words_that_clearly_mean_stop_leave_the_tool() -> None:
    slots, asked = listen(tracker("太烦了我不想弄了", "stop", slots=AT_CALLER))
    assert (slots["reply"], slots["tool"]) == ("done", None)
    assert [each["task"] for each in asked] == ["leave_tool"]


@pytest.mark.parametrize(
    ("text", "confidence"),
    [("他们把我的额度取消了", 0.7), ("我说取消，他说停不了，让我别弄了", 0.9)],
)
async def test_what_only_may_mean_stop_is_an_answer(text: str, confidence: float) -> None:
    slots, _ = listen(tracker(text, "stop", confidence, slots=AT_CALLER))
    assert slots["answers"]["caller"] == text


async def test_to_go_on_asks_the_same_once_more() -> None:
    assert listen(tracker("继续", slots=AT_DAY)) == ({"reply": None}, [])


async def test_the_question_is_asked_with_the_answers_so_far() -> None:
    slots, asked = await ask({**AT_DAY, "problem": "answer_not_a_date", "warnings": ["当心"]})
    assert asked == [
        {
            "task": "ask", "tool": "log_contact", "asking": "day", "answers": {"channel": "phone"},
            "is_review": False, "problem": "answer_not_a_date", "warnings": ["当心"],
        }
    ]  # fmt: skip
    assert slots == {"problem": None, "warnings": []}


async def test_in_the_shell_figures_are_figures() -> None:
    from rasa_sdk.executor import CollectingDispatcher

    from rasa_project.actions.tools import AskReply

    dispatcher = CollectingDispatcher()
    slots = filling(Draft("make_complaint", {"matter": "harassment"}, "progress"))
    await AskReply().run(dispatcher, tracker(slots=slots), {})
    (message,) = dispatcher.messages
    assert "一般投诉 15 日内" in message["text"]


def test_an_answer_leads_on() -> None:
    slots, asked = listen(tracker("11月22日", slots=AT_DAY))
    assert (slots["asking"], slots["reply"], asked) == ("time", None, [])
    assert slots["answers"]["day"].endswith("-11-22")


def test_the_last_answer_asks_the_bot_for_the_task() -> None:
    answers = {**AT_SAID["answers"], "caller": "", "said": "骂人"}
    last = filling(Draft("log_contact", answers, "evidence"))
    slots, asked = listen(tracker("录音", slots=last))
    assert asked == [
        {"task": "log_contact", "tool": "log_contact", "answers": {**answers, "evidence": "录音"}}
    ]
    assert slots["reply"] == "done"


def test_a_question_in_the_middle_is_answered_and_the_form_goes_on() -> None:
    slots, asked = listen(tracker("录音能当证据吗", "recording_legality", slots=AT_CALLER))
    assert (slots, asked) == ({"reply": None}, ["utter_recording_legality"])


def test_a_question_in_the_place_of_a_story_is_part_of_it() -> None:
    slots, asked = listen(tracker("他问我想怎么还？", "respond_to_call", slots=AT_SAID))
    assert slots["answers"]["said"] == "他问我想怎么还？"
    assert asked == []


def test_an_unsure_question_is_an_answer() -> None:
    slots, _ = listen(tracker("某银行吗", "verify_collector", 0.59, slots=AT_CALLER))
    assert slots["answers"]["caller"] == "某银行吗"


def test_what_does_not_fit_but_is_surely_a_topic_is_answered() -> None:
    slots, asked = listen(tracker("录音能当证据", "recording_legality", slots=AT_DAY))
    assert (slots, asked) == ({"reply": None}, ["utter_recording_legality"])


AT_HOUSING = filling(Draft("plan_budget", {"income": "5200.00"}, "housing"))
AT_MEDICAL = filling(Draft("plan_budget", {"income": "5200.00", "housing": ""}, "medical"))
AT_MATTER = filling(Draft("make_complaint", {}, "matter"))


def test_a_number_is_an_answer_whatever_it_sounds_like() -> None:
    slots, asked = listen(tracker("1200", "plan_budget", 0.99, slots=AT_HOUSING))
    assert (slots["answers"]["housing"], asked) == ("1200.00", [])


def test_a_day_is_an_answer_whatever_it_sounds_like() -> None:
    received = filling(Draft("deadline_payment_order_objection", {}, "day"))
    slots, _ = listen(tracker("10月1日", "set_deadline", 0.99, slots=received))
    assert slots["answers"]["day"].endswith("-10-01")
    assert slots["reply"] == "done"


@pytest.mark.parametrize(
    ("text", "problem"),
    [("房租800押金100", "answer_has_several_amounts"), ("13月5号", "answer_not_an_amount")],
)
def test_numbers_that_do_not_fit_are_asked_again_and_nothing_else_is_offered(
    text: str, problem: str
) -> None:
    slots, asked = listen(tracker(text, "plan_budget", 0.99, slots=AT_HOUSING))
    assert (slots["problem"], asked) == (problem, [])


def test_sums_that_together_answer_the_question_are_added_and_said() -> None:
    slots, asked = listen(tracker("房租800水电100", "plan_budget", 0.99, slots=AT_HOUSING))
    assert slots["answers"]["housing"] == "900.00"
    assert [each["task"] for each in asked] == ["heard_answer"]


def test_what_most_likely_was_meant_is_taken_and_said() -> None:
    slots, asked = listen(tracker("骂人，电话太多", "call_frequency", 0.99, slots=AT_MATTER))
    assert slots["answers"] == {"matter": "harassment"}
    assert asked == [
        {
            "task": "heard_answer", "tool": "make_complaint", "question": "matter",
            "value": "harassment", "is_last": False,
        }
    ]  # fmt: skip


def test_a_question_with_a_number_in_it_is_a_question() -> None:
    said = tracker("最多分60期吗", "negotiate_instalment", slots=AT_HOUSING)
    assert listen(said) == ({"reply": None}, ["utter_negotiate_instalment"])


def test_nothing_is_an_amount_where_it_is_asked_so() -> None:
    assert listen(tracker("没有", slots=AT_MEDICAL))[0]["answers"]["medical"] == "0.00"
    assert listen(tracker("没有", slots=AT_HOUSING))[0]["answers"]["housing"] == ""


def test_what_fits_nothing_is_asked_again() -> None:
    slots, asked = listen(tracker("嗯哪", slots=AT_DAY))
    assert (slots["problem"], slots["asking"], asked) == ("answer_not_a_date", "day", [])


def test_a_wish_in_the_middle_is_offered() -> None:
    slots, asked = listen(tracker("帮我写投诉信", "write_letter", slots=AT_CALLER))
    assert asked == [{"task": "offer_instead", "topics": ["write_letter"]}]
    assert slots == {"reply": None}


def test_a_wish_that_needs_no_questions_is_done_at_once() -> None:
    said = tracker("删除我的数据", "delete_my_data", slots=AT_CALLER)
    assert listen(said) == ({"reply": None}, ["utter_delete_my_data"])


def test_a_question_about_ourselves_is_answered_in_the_middle() -> None:
    said = tracker("你们会不会告诉银行？", "ask_identity", slots=AT_MATTER)
    assert listen(said) == ({"reply": None}, ["utter_ask_identity"])


def test_an_unsure_question_where_it_is_no_answer_offers_the_nearest_topics() -> None:
    ranking = [{"name": "recording_how", "confidence": 0.5}]
    said = tracker("我能录音吗？", slots=AT_MATTER, intent_ranking=ranking)
    assert listen(said) == (
        {"reply": None},
        [{"task": "ask_back", "topics": ["recording_how"]}],
    )


@pytest.mark.parametrize(
    ("text", "reached"),
    [("我妈和我同事", "family,colleague"), ("打给我自己的", "self"), ("我们老板", "employer")],
)
def test_people_may_be_named_as_one_names_them(text: str, reached: str) -> None:
    at_reached = filling(Draft("log_contact", {"channel": "phone"}, "reached"))
    slots, _ = listen(tracker(text, "workplace_contact", slots=at_reached))
    assert slots["answers"]["reached"] == reached


@pytest.mark.parametrize("text", ["不填了", "取消。", "算了"])
def test_a_stop_word_leaves_the_tool(text: str) -> None:
    slots, asked = listen(tracker(text, "stop", slots=AT_DAY))
    assert asked == [
        {
            "task": "leave_tool", "tool": "log_contact", "answers": {"channel": "phone"},
            "asking": "day",
        }
    ]  # fmt: skip
    assert slots == {"reply": "done", "tool": None}


@pytest.mark.parametrize(("text", "asking"), [("返回", "channel"), ("上一步", "channel")])
def test_back_by_words(text: str, asking: str) -> None:
    assert listen(tracker(text, slots=AT_DAY))[0]["asking"] == asking


def test_a_word_for_skipping_skips_only_what_may_be_blank() -> None:
    assert listen(tracker("不知道", slots=AT_CALLER))[0]["answers"]["caller"] == ""
    assert listen(tracker("不知道", slots=AT_DAY))[0]["problem"] == "answer_is_needed"


def test_words_to_keep_an_answer_are_an_answer_where_none_stands() -> None:
    assert listen(tracker("没错", slots=AT_SAID))[0]["answers"]["said"] == "没错"
    stands = filling(Draft("log_contact", {"channel": "phone", "said": "骂人"}, "said"))
    assert listen(tracker("没错", slots=stands))[0]["answers"]["said"] == "骂人"


def test_a_choice_that_sounds_like_skipping_is_chosen() -> None:
    unsure = filling(Draft("make_complaint", {"matter": "harassment"}, "lender"))
    assert listen(tracker("不清楚", slots=unsure))[0]["answers"]["lender"] == "unknown"


def test_a_tapped_control_is_followed() -> None:
    assert listen(tapped("button", AT_DAY, control="back"))[0]["asking"] == "channel"
    assert listen(tapped("button", AT_DAY, control="fix_said"))[0]["asking"] == "said"


def test_a_tapped_choice_is_an_answer() -> None:
    at_channel = filling(Draft("log_contact", {}, "channel"))
    slots, _ = listen(tapped("button", at_channel, pick="channel_4"))
    assert slots["answers"] == {"channel": "visit"}


@pytest.mark.parametrize(
    "entities", [{"control": "fix_nothing"}, {"pick": "channel_1"}, {"pick": "99"}]
)
def test_a_stale_button_changes_nothing_and_says_so(entities: dict[str, str]) -> None:
    slots, asked = listen(tapped("button", AT_CALLER, **entities))
    assert (slots["problem"], asked) == ("stale_button", [])
    assert (slots["asking"], slots["answers"]) == ("caller", AT_CALLER["answers"])


def test_a_button_of_nothing_at_all_changes_nothing() -> None:
    slots, asked = listen(tapped("button", AT_CALLER, tool="gone"))
    assert (slots, asked) == ({"reply": None}, [{"utterance": "stale_button"}])


def test_the_button_of_another_tool_begins_that_one() -> None:
    said = tapped("button", AT_DAY, tool="police_statement", answers={})
    slots, asked = listen(said)
    assert (slots["tool"], slots["answers"], asked) == ("police_statement", {}, [])


def test_a_tapped_wish_in_the_middle_is_followed_and_not_offered_again() -> None:
    slots, asked = listen(tapped("make_complaint", AT_DAY))
    assert (slots["tool"], slots["asking"], asked) == ("make_complaint", "matter", [])
    assert listen(tapped("write_letter", AT_DAY)) == (
        {"reply": None},
        [{"task": "choose_write_letter"}],
    )
    assert listen(tapped("show_log", AT_DAY)) == ({"reply": None}, ["utter_show_log"])
    assert listen(tapped("call_hours", AT_DAY)) == ({"reply": None}, ["utter_call_hours"])


def test_a_blank_preview_is_shown_and_the_form_goes_on() -> None:
    letter = filling(Draft("police_statement", {}, "office"))
    slots, asked = listen(tapped("button", letter, control="preview"))
    assert (slots, asked) == (
        {"reply": None},
        [{"task": "preview_tool", "tool": "police_statement"}],
    )


def test_danger_comes_before_the_form() -> None:
    slots, asked = listen(tracker("我想从楼上跳下去", "self_harm", 0.4, slots=AT_CALLER))
    assert (slots, asked) == ({"reply": None}, ["utter_self_harm"])


def test_danger_in_a_story_is_heard_and_the_story_is_kept() -> None:
    slots, asked = listen(tracker("他说要我去死，我不想活了", "self_harm", slots=AT_SAID))
    assert asked == ["utter_self_harm"]
    assert slots["answers"]["said"] == "他说要我去死，我不想活了"


def test_while_all_answers_are_shown_words_ask_what_to_change() -> None:
    slots, _ = listen(tracker("时间不对", slots=SHOWN))
    assert slots["problem"] == "answer_choose_what_to_change"


def test_a_tool_that_is_gone_ends_the_form() -> None:
    assert listen(tracker("你好", slots={**AT_DAY, "tool": "gone"})) == ({"reply": "done"}, [])


async def test_after_a_tool_the_table_is_clear() -> None:
    slots, asked = await run(EndTool(), tracker(slots=AT_DAY))
    assert set(slots) >= set(AT_DAY) | {"problem", "warnings"}
    assert set(slots.values()) == {None}
    assert asked == []
