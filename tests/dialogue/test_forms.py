"""Filling in a tool by talk: begun by words or button, questions in the middle, left, ended."""

from dataclasses import replace

import pytest

from bot.concepts.case import Case
from bot.concepts.clauses import HeardClause
from bot.concepts.conversation import SUMMARY, Conversation, Draft
from bot.dialogue.forms import begun
from bot.dialogue.step import Effect, answer, task, utterance
from tests.answering.tasks.desk import real_book
from tests.dialogue.talking import Talker, filling, meaning, names, unclear

STORY = "昨晚十一点半催收打我妈电话骂她不要脸，说我欠钱不还"
TOOLS = real_book().tools
ASK = task("ask")


def at_day() -> Talker:
    return filling("log_contact", "day", channel="phone")


def at_caller() -> Talker:
    told = {"channel": "phone", "day": "2026-11-22", "time": "", "reached": "self"}
    return filling("log_contact", "caller", **told)


def at_said() -> Talker:
    return filling("log_contact", "said", **at_caller().form.answers, caller="")


def at_housing() -> Talker:
    return filling("plan_budget", "housing", income="5200.00")


def at_medical() -> Talker:
    return filling("plan_budget", "medical", income="5200.00", housing="")


def at_matter() -> Talker:
    return filling("make_complaint", "matter")


def at_summary() -> Talker:
    talker = filling("log_contact", SUMMARY, **at_caller().form.answers, said="骂人")
    draft = replace(talker.form, is_review=True)
    return Talker(Conversation(draft=draft))


def asked(effects: tuple[Effect, ...]) -> Effect:
    """The only effect: the question that is asked on."""
    (effect,) = effects
    assert effect.name == "ask"
    return effect


# How a tool is begun.


@pytest.mark.parametrize("choice", ["t:log_contact", "s:log_contact"])
def test_a_tap_begins_its_tool(choice: str) -> None:
    (effect,) = Talker().taps(choice)
    assert (effect.name, effect.arguments["tool"]) == ("begin", "log_contact")


def test_a_wish_begins_its_tool_with_its_own_words() -> None:
    said = "帮我记一笔催收，今天上午十点平安银行打电话骂我"
    (effect,) = Talker().says(said, meaning("log_contact"))
    assert effect == task("begin", tool="log_contact", said=said)


def test_a_wish_with_several_tools_offers_them() -> None:
    assert Talker().says("帮我写一份函", meaning("write_letter")) == (task("choose_write_letter"),)
    assert Talker().taps("t:write_letter") == (task("choose_write_letter"),)
    assert Talker().taps("t:set_deadline") == (task("choose_set_deadline"),)


@pytest.mark.parametrize(
    ("text", "topic", "tool"),
    [
        ("帮我写一份支付令异议书", "write_letter", "payment_order_objection"),
        ("算一下支付令异议的期限", "set_deadline", "deadline_payment_order_objection"),
    ],
)
def test_a_wish_that_names_one_of_several_tools_begins_it(
    text: str, topic: str, tool: str
) -> None:
    assert Talker().says(text, meaning(topic)) == (task("begin", tool=tool, said=text),)


@pytest.mark.parametrize("choice", ["c:skip", "k:day_1", "c:fix_day"])
def test_a_button_of_a_tool_that_is_over_says_so(choice: str) -> None:
    assert Talker().taps(choice) == (utterance("stale_button"),)
    closed = Talker(Conversation(draft=replace(at_day().form, is_open=False)))
    assert closed.taps(choice) == (utterance("stale_button"),)


def test_a_tool_is_begun_with_what_is_known() -> None:
    told = {"channel": "phone", "stranger": "x"}
    step = begun(TOOLS["log_contact"], told, Conversation())
    assert step.conversation.form == at_day().form
    assert names(step.effects) == ["ask"]


def test_a_story_begins_and_finishes_the_check_at_once() -> None:
    step = begun(TOOLS["check_call"], {}, Conversation(), STORY)
    assert step.effects == (task("check_call", tool="check_call", answers={"story": STORY}),)
    assert step.conversation.form is None


@pytest.mark.parametrize("said", ["", "看看违规没"])
def test_a_wish_without_a_story_asks_for_it(said: str) -> None:
    step = begun(TOOLS["check_call"], {}, Conversation(), said)
    assert names(step.effects) == ["ask"]
    assert step.conversation.form == Draft(tool="check_call", answers={}, asking="story")


def test_what_was_told_in_one_go_is_read_back_before_it_is_kept() -> None:
    told = {"channel": "phone", "day": "2026-11-22", "said": "骂人"}
    step = begun(TOOLS["log_contact"], told, Conversation(), "记一笔，昨天打电话骂人")
    form = step.conversation.form
    assert form is not None
    assert (form.asking, form.is_review) == (SUMMARY, True)
    assert names(step.effects) == ["ask"]


def test_a_deadline_whose_day_is_told_is_reckoned_at_once() -> None:
    tool = TOOLS["deadline_appeal"]
    step = begun(tool, {"day": "2026-11-20"}, Conversation())
    assert step.effects == (task("set_deadline", tool=tool.id, answers={"day": "2026-11-20"}),)


def test_another_tool_puts_the_one_that_is_half_filled_aside() -> None:
    talker = at_day()
    step = begun(TOOLS["police_statement"], {}, talker.talk)
    assert step.conversation.aside == {"log_contact": {"channel": "phone"}}


# Answers.


def test_an_answer_leads_on() -> None:
    talker = at_day()
    effect = asked(talker.says("11月22日"))
    assert (talker.form.asking, effect.arguments["problem"]) == ("time", None)
    assert talker.form.answers["day"] == "2026-11-22"


def test_the_answers_before_are_told_so_that_what_is_new_is_known() -> None:
    effect = asked(at_day().says("11月22日"))
    assert effect.arguments["before"] == {"channel": "phone"}


def test_the_last_answer_has_the_task_done() -> None:
    answers = {**at_said().form.answers, "said": "骂人"}
    talker = filling("log_contact", "evidence", **answers)
    told = {**answers, "evidence": "录音"}
    assert talker.says("录音") == (task("log_contact", tool="log_contact", answers=told),)
    assert talker.talk.form is None
    assert talker.draft.answers == told


def test_answers_that_everybody_needs_become_facts_of_the_case() -> None:
    talker = filling("complain_to_lender", "lender")
    talker.says("某某银行")
    assert talker.talk.case.lenders == ("某某银行",)
    talker = filling("plan_budget", "income")
    talker.says("5200")
    assert talker.talk.case.income == 5200


def test_who_called_is_no_lender_of_the_case() -> None:
    talker = at_caller()
    talker.says("自称某某资产公司，工号3021")
    assert talker.form.answers["caller"] == "自称某某资产公司，工号3021"
    assert talker.talk.case.lenders == ()


def test_a_number_is_an_answer_whatever_it_sounds_like() -> None:
    talker = at_housing()
    asked(talker.says("1200", meaning("plan_budget", 0.99)))
    assert talker.form.answers["housing"] == "1200.00"


def test_a_day_is_an_answer_whatever_it_sounds_like() -> None:
    talker = filling("deadline_payment_order_objection", "day")
    effects = talker.says("10月1日", meaning("set_deadline", 0.99))
    assert names(effects) == ["set_deadline"]
    assert talker.draft.answers == {"day": "2026-10-01"}


def test_a_number_that_does_not_fit_is_asked_again_and_nothing_else_is_offered() -> None:
    talker = at_housing()
    effect = asked(talker.says("13月5号", meaning("plan_budget", 0.99)))
    assert effect.arguments["problem"] == "answer_not_an_amount"


def test_what_most_likely_was_meant_is_taken_and_said() -> None:
    talker = at_matter()
    effect = asked(talker.says("骂人，电话太多", meaning("call_frequency", 0.99)))
    assert talker.form.answers == {"matter": "harassment"}
    assert [each[0] for each in effect.arguments["noted"]] == ["matter"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("talker", "question", "value"),
    [(at_medical(), "medical", "0.00"), (at_housing(), "housing", "")],
)
def test_nothing_is_an_amount_where_it_is_asked_so(
    talker: Talker, question: str, value: str
) -> None:
    talker.says("没有")
    assert talker.form.answers[question] == value


def test_what_fits_nothing_is_asked_again() -> None:
    talker = at_day()
    effect = asked(talker.says("嗯哪"))
    assert (effect.arguments["problem"], talker.form) == ("answer_not_a_date", at_day().form)


@pytest.mark.parametrize(
    ("text", "reached"),
    [("我妈和我同事", "family,colleague"), ("打给我自己的", "self"), ("我们老板", "employer")],
)
def test_people_may_be_named_as_one_names_them(text: str, reached: str) -> None:
    talker = filling("log_contact", "reached", channel="phone")
    talker.says(text, meaning("workplace_contact"))
    assert talker.form.answers["reached"] == reached


def test_a_tapped_choice_is_an_answer() -> None:
    talker = filling("log_contact", "channel")
    asked(talker.taps("k:channel_4"))
    assert talker.form.answers == {"channel": "visit"}


@pytest.mark.parametrize("choice", ["c:fix_nothing", "k:channel_1", "k:99"])
def test_a_stale_button_changes_nothing_and_says_so(choice: str) -> None:
    talker = at_caller()
    effect = asked(talker.taps(choice))
    assert effect.arguments["problem"] == "stale_button"
    assert talker.form == at_caller().form


@pytest.mark.parametrize(
    "choice", ["c:skip", "c:back", "c:keep", "c:stop", "k:gone_1", "c:preview"]
)
@pytest.mark.parametrize(
    "draft",
    [
        Draft(tool="gone", answers={}, asking="day"),
        Draft(tool="log_contact", answers={}, asking="gone"),
    ],
)
def test_a_tap_on_what_is_gone_since_is_a_stale_button(choice: str, draft: Draft) -> None:
    assert Talker(Conversation(draft=draft)).taps(choice) == (utterance("stale_button"),)


# Controls by words and taps.


@pytest.mark.parametrize("text", ["不填了", "取消。", "算了"])
def test_a_stop_word_leaves_the_tool(text: str) -> None:
    talker = at_day()
    assert talker.says(text, meaning("stop")) == (task("leave_tool", tool="log_contact"),)
    assert talker.talk.form is None
    assert talker.draft == replace(at_day().form, is_open=False)


def test_words_that_clearly_mean_stop_leave_the_tool() -> None:
    talker = at_caller()
    assert names(talker.says("太烦了我不想弄了", meaning("stop"))) == ["leave_tool"]


@pytest.mark.parametrize(
    ("text", "confidence"),
    [("他们把我的额度取消了", 0.7), ("我说取消，他说停不了，让我别弄了", 0.9)],
)
def test_what_only_may_mean_stop_is_an_answer(text: str, confidence: float) -> None:
    talker = at_caller()
    talker.says(text, meaning("stop", confidence))
    assert talker.form.answers["caller"] == text


@pytest.mark.parametrize("said", ["继续", "c:resume"])
def test_to_go_on_asks_the_same_once_more(said: str) -> None:
    talker = at_day()
    effects = talker.taps(said) if ":" in said else talker.says(said)
    assert effects == (ASK,)
    assert talker.form == at_day().form


@pytest.mark.parametrize("text", ["返回", "上一步"])
def test_back_by_words(text: str) -> None:
    talker = at_day()
    talker.says(text)
    assert talker.form.asking == "channel"


def test_a_word_for_skipping_skips_only_what_may_be_blank() -> None:
    talker = at_caller()
    talker.says("不知道")
    assert talker.form.answers["caller"] == ""
    assert asked(at_day().says("不知道")).arguments["problem"] == "answer_is_needed"


def test_words_to_keep_an_answer_are_an_answer_where_none_stands() -> None:
    talker = at_said()
    talker.says("没错")
    assert talker.draft.answers["said"] == "没错"
    stands = filling("log_contact", "said", channel="phone", said="骂人")
    stands.says("没错")
    assert stands.form.answers["said"] == "骂人"


def test_a_choice_that_sounds_like_skipping_is_chosen() -> None:
    talker = filling("make_complaint", "lender", matter="harassment")
    talker.says("不清楚")
    assert talker.draft.answers["lender"] == "unknown"


def test_a_tapped_control_is_followed() -> None:
    for control, asking in (("back", "channel"), ("fix_said", "said"), ("review", SUMMARY)):
        talker = at_day()
        asked(talker.taps(f"c:{control}"))
        assert talker.form.asking == asking


def test_a_blank_preview_is_shown_and_the_form_goes_on() -> None:
    talker = filling("complain_to_lender", "lender")
    assert talker.taps("c:preview") == (task("preview_tool", tool="complain_to_lender"),)
    assert talker.talk.form is not None


def test_the_button_of_another_tool_begins_that_one() -> None:
    assert at_day().taps("s:police_statement") == (task("begin", tool="police_statement"),)


@pytest.mark.parametrize("text", ["继续", "接着刚才的填"])
def test_words_take_up_what_was_left(text: str) -> None:
    left = Talker(Conversation(draft=replace(at_day().form, is_open=False)))
    assert left.says(text) == (task("begin", tool="log_contact"),)
    aside = Talker(Conversation(aside={"a": {}, "plan_budget": {"income": "5200.00"}}))
    assert aside.says(text) == (task("begin", tool="plan_budget"),)


def test_where_nothing_was_left_words_to_go_on_are_only_words() -> None:
    done = Draft(tool="log_contact", answers={}, asking=SUMMARY, is_open=False)
    for talk in (Conversation(), Conversation(draft=done), Conversation(aside={"gone": {}})):
        effects = Talker(talk).says("继续", meaning("greet"))
        assert effects == (utterance("greet"),)


# Questions, wishes and danger in the middle.


def test_a_question_in_the_middle_is_answered_and_the_form_goes_on() -> None:
    talker = at_caller()
    effects = talker.says("录音能当证据吗", meaning("recording_legality"))
    assert effects == (answer("recording_legality"), ASK)
    assert talker.form == at_caller().form


def test_a_question_in_the_place_of_a_story_is_part_of_it() -> None:
    talker = at_said()
    talker.says("他问我想怎么还？", meaning("respond_to_call"))
    assert talker.draft.answers["said"] == "他问我想怎么还？"


def test_an_unsure_question_is_an_answer() -> None:
    talker = at_caller()
    talker.says("某银行吗", meaning("verify_collector", 0.59))
    assert talker.form.answers["caller"] == "某银行吗"


def test_what_does_not_fit_but_is_surely_a_topic_is_answered() -> None:
    effects = at_day().says("录音能当证据", meaning("recording_legality"))
    assert effects == (answer("recording_legality"), ASK)


def test_a_question_with_a_number_in_it_is_a_question() -> None:
    effects = at_housing().says("最多分60期吗", meaning("negotiate_instalment"))
    assert effects == (answer("negotiate_instalment"), ASK)


def test_a_wish_in_the_middle_is_offered() -> None:
    talker = at_caller()
    effects = talker.says("帮我写投诉信", meaning("write_letter"))
    assert effects == (task("offer_instead", topics=["write_letter"]), ASK)
    assert talker.form == at_caller().form


def test_a_wish_that_needs_no_questions_is_done_at_once() -> None:
    effects = at_caller().says("删除我的数据", meaning("delete_my_data"))
    assert effects == (task("delete_my_data"), ASK)


def test_a_question_about_ourselves_is_answered_in_the_middle() -> None:
    effects = at_matter().says("你们会不会告诉银行？", meaning("ask_identity"))
    assert effects == (utterance("ask_identity"), ASK)


def test_an_unsure_question_where_it_is_no_answer_offers_the_nearest_topics() -> None:
    effects = at_matter().says("我能录音吗？", unclear(("recording_how", 0.2)))
    assert effects == (task("ask_back", topics=["recording_how"]), ASK)


def test_an_unsure_question_is_answered_by_the_likeliest_topic_with_others_offered() -> None:
    effects = at_matter().says("能录不", unclear(("recording_how", 0.5), ("call_hours", 0.1)))
    assert effects == (answer("recording_how", others=["call_hours"]), ASK)


@pytest.mark.parametrize(
    "text", ["村委会开的证明中用不", "寄到哪去", "要不要填身份证号 我不太信", "他说的算不算"]
)
def test_a_question_without_a_question_word_at_its_end_is_no_answer(text: str) -> None:
    talker = at_matter()
    before = talker.form
    assert "ask" in names(talker.says(text, unclear()))
    assert talker.form == before


def test_an_unsure_question_like_one_asked_next_of_the_letter_is_answered_by_it() -> None:
    talker = filling("apply_instalment", "age", lender="广发银行")
    meant = replace(unclear(), asked_next={"negotiate_instalment#5": 0.7, "mediation#1": 0.8})
    (effect, again) = talker.says("村委会开的证明中用不", meant)
    assert (effect.name, effect.arguments["entry"]) == ("negotiate_instalment", 5)
    assert again == ASK


def test_a_question_about_nothing_of_ours_is_told_so_in_the_middle() -> None:
    effects = at_housing().says("今年玉米啥价你晓得不", meaning("out_of_scope", 0.95))
    assert effects == (utterance("out_of_scope"), ASK)


def test_a_tapped_wish_in_the_middle_is_followed_and_not_offered_again() -> None:
    assert names(at_day().taps("t:make_complaint")) == ["begin"]
    assert at_day().taps("t:write_letter") == (task("choose_write_letter"),)
    assert at_day().taps("t:show_log") == (task("show_log"),)
    assert at_day().taps("t:call_hours") == (answer("call_hours", is_shorter=False),)


def test_danger_comes_before_the_form_and_the_form_goes_on() -> None:
    talker = at_caller()
    effects = talker.says("我想从楼上跳下去", meaning("self_harm", 0.4))
    assert effects == (answer("self_harm"), ASK)
    assert talker.form == at_caller().form


def test_danger_in_the_place_of_a_story_gets_its_card_alone() -> None:
    talker = at_said()
    effects = talker.says("他说要我去死，我不想活了", meaning("self_harm"))
    assert effects == (answer("self_harm"),)
    assert talker.form == at_said().form


# Correcting.


def test_while_all_answers_are_shown_words_ask_what_to_change() -> None:
    effect = asked(at_summary().says("那个东西"))
    assert effect.arguments["problem"] == "answer_choose_what_to_change"


@pytest.mark.parametrize("text", ["对", "对的", "没错", "好的，没错"])
def test_a_yes_to_all_answers_ends_the_tool(text: str) -> None:
    talker = at_summary()
    assert names(talker.says(text)) == ["log_contact"]


@pytest.mark.parametrize("text", ["。", "，，，", "！", " "])
def test_signs_alone_are_no_yes(text: str) -> None:
    talker = at_summary()
    assert names(talker.says(text)) == ["ask"]
    assert talker.talk.form is not None


def test_what_was_asked_back_is_kept_until_the_yes() -> None:
    talker = filling("plan_budget", "income")
    effect = asked(talker.says("五千到七千"))
    assert effect.arguments["problem"] == "answer_is_a_range"
    candidate = talker.form.candidate
    assert candidate
    talker.says("对")
    assert talker.form.answers["income"] == candidate


def test_an_answer_before_is_put_right_by_words() -> None:
    talker = at_housing()
    effect = asked(talker.says("写错了，工资是4500"))
    assert talker.form == Draft(
        tool="plan_budget", answers={"income": "4500.00"}, asking="housing"
    )
    assert [each[0] for each in effect.arguments["noted"]] == ["income"]  # type: ignore[attr-defined]


def test_what_was_finished_last_is_put_right_by_words_and_done_anew() -> None:
    told = {**at_said().form.answers, "said": "骂人", "evidence": "", "time": "19:30"}
    done = Draft(tool="log_contact", answers=told, is_open=False)
    talker = Talker(Conversation(draft=done))
    (effect,) = talker.says("刚才那条记错了，时间应该是晚上八点半")
    assert (effect.name, effect.arguments["is_mended"]) == ("log_contact", True)
    assert talker.draft.answers["time"] == "20:30"
    assert talker.talk.form is None


def test_a_corrected_lender_changes_the_letter_that_is_filled_in() -> None:
    draft = Draft(tool="complain_to_lender", answers={"lender": "光大银行"}, asking="facts")
    talk = Conversation(draft=draft, case=Case(lenders=("光大银行",)))
    talker = Talker(talk)
    effect = asked(talker.says("不是光大，是民生的"))
    assert "民生" in talker.form.answers["lender"]
    assert [each[0] for each in effect.arguments["noted"]] == ["lender"]  # type: ignore[attr-defined]
    assert talker.form.asking == "facts"


# Where others read along, or the tool is gone.


def test_where_others_read_along_no_form_is_filled_in() -> None:
    talker = replace(at_day(), is_public=True)
    effects = talker.says("11月22日", meaning("call_hours"))
    assert names(effects) == ["call_hours"]
    assert talker.form == at_day().form


def test_a_tool_that_is_gone_is_not_gone_on_with() -> None:
    draft = Draft(tool="gone", answers={"a": "b"}, asking="day")
    talker = Talker(Conversation(draft=draft))
    assert talker.says("你好", meaning("greet")) == (utterance("greet"),)


@pytest.mark.parametrize(
    "text",
    [
        "昨天晚上九点半 021-55667788 自称招行外包 打给我妈 说再不还就上门",
        "前天下午平安的人跑到我们厂门口找我领导",
    ],
)
def test_a_whole_contact_told_at_the_first_question_is_the_record(text: str) -> None:
    talker = filling("log_contact", "channel")
    assert talker.says(text) == (task("begin", tool="log_contact", said=text),)


def test_what_the_others_did_told_at_a_closed_question_is_the_record() -> None:
    talker, text = filling("log_contact", "channel"), "有个男的打我妈电话骂得很难听还说要上门"
    heard = meaning("threats_and_insults", heard=(HeardClause(likely={"improper": 0.9}),))
    assert talker.says(text, heard) == (task("begin", tool="log_contact", said=text),)


@pytest.mark.parametrize("text", ["啊?", "嗯？", "哦"])
def test_a_sound_is_no_question_and_no_yes(text: str) -> None:
    talker = filling("complain_to_lender", "product", lender="招商银行")
    effects = talker.says(text, meaning("affirm"))
    assert names(effects) == ["ask"]
    assert talker.form.asking == "product"


# Left and taken up by many words.


@pytest.mark.parametrize(
    "text", ["先不弄了 班长喊我上机", "先不弄了 来单了", "等会儿再填", "先放一放"]
)
def test_words_put_a_tool_aside(text: str) -> None:
    talker = at_housing()
    assert names(talker.says(text)) == ["leave_tool"]
    assert talker.talk.form is None


def test_what_they_said_is_an_answer_and_leaves_nothing() -> None:
    talker = at_caller()
    talker.says("明天再来单位找我")
    assert talker.form.answers["caller"] == "明天再来单位找我"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("继续算 吃饭1200 地铁160", {"food": "1200.00", "other_costs": "160.00"}),
        ("下班了 刚才那个接着算", {}),
        ("回来了 接着刚才那个预算", {}),
    ],
)
def test_words_take_a_tool_up_with_what_stands_beside(text: str, told: dict[str, str]) -> None:
    left = Talker(Conversation(draft=replace(at_housing().form, is_open=False)))
    (effect,) = left.says(text)
    assert (effect.name, effect.arguments["tool"]) == ("begin", "plan_budget")
    assert effect.arguments.get("told", {}) == told


def test_an_end_that_is_wished_for_too_early_tells_what_is_there_and_what_is_missing() -> None:
    talker = filling("apply_instalment", "age", lender="广发银行", monthly_payment="500.00")
    effect = asked(talker.says("行 就照这个给我"))
    assert effect.arguments["problem"] == "answer_is_needed"
    assert effect.arguments["noted"] == [["lender", ""], ["monthly_payment", ""]]


# What life brings in the middle of a form.


@pytest.mark.parametrize(
    "text", ["孩子哭了我先去看看", "等等 来单了", "我先去接一下孩子", "老板来了"]
)
def test_who_is_called_away_leaves_the_form_and_finds_it_again(text: str) -> None:
    talker = filling("complain_to_lender", "product", lender="建行")
    assert names(talker.says(text, unclear())) == ["leave_tool"]
    assert names(talker.says("回来了 刚才写到哪了", unclear())) == ["begin"]


def test_whom_one_owes_may_be_told_after_it_was_asked() -> None:
    talker = filling("complain_to_lender", "product")
    talker.says("哦找到了 叫洋钱罐", unclear())
    assert talker.form.answers["lender"] == "洋钱罐"
    assert talker.form.asking == "product"


@pytest.mark.parametrize(
    "text", ["就那个红色图标的借钱软件 名字记不清", "一个蓝色图标的app", "名字忘了"]
)
def test_a_sign_on_a_screen_is_no_name(text: str) -> None:
    talker = filling("complain_to_lender", "lender")
    talker.says(text, unclear())
    assert "lender" not in talker.form.answers
