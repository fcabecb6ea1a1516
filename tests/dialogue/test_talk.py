"""One message after another: what is meant, after all that was said before."""

from dataclasses import replace
from datetime import date

import pytest

from bot.concepts.case import Case
from bot.concepts.choice import Choice
from bot.concepts.clauses import HeardClause
from bot.concepts.conversation import Conversation, Draft
from bot.dialogue.short_words import ShortWords
from bot.dialogue.step import (
    Effect,
    EffectKind,
    Heard,
    answer,
    follow,
    layer,
    task,
    utterance,
)
from tests.answering.tasks.desk import real_book
from tests.dialogue.talking import (
    NOON,
    Talker,
    filling,
    meaning,
    names,
    next_of,
    real_dialogue,
    unclear,
)

HOURS = answer("call_hours", is_shorter=False)
TOPICS = real_book().knowledge.answers


def on_hours(**more: object) -> Talker:
    """Somebody who was just told of call hours."""
    return Talker(Conversation(topic="call_hours", shown=("call_hours__first",), **more))  # type: ignore[arg-type]


# What a message means by itself.


def test_a_question_is_answered() -> None:
    talker = Talker()
    assert talker.says("半夜打电话", meaning("call_hours")) == (HOURS,)


def test_what_was_answered_before_is_answered_in_fewer_words() -> None:
    effects = on_hours().says("半夜打电话合法吗", meaning("call_hours"))
    assert effects == (answer("call_hours", is_shorter=True),)


def test_what_is_asked_of_a_topic_told_before_is_answered_by_its_nearest_side() -> None:
    aspect = TOPICS["call_hours"].follow_ups[2].aspect
    meant = meaning("call_hours", asked_next={"call_hours#2": 0.55})
    side = (layer("call_hours", aspect, entry=2),)
    assert on_hours().says("夜里那个他们到底守不守哦", meant) == side
    assert Talker().says("夜里那个他们到底守不守哦", meant) == (HOURS,)


def test_a_side_that_is_asked_for_in_its_own_words_may_be_told_again() -> None:
    entry = TOPICS["call_hours"].follow_ups[1]
    told = ("call_hours__first", f"call_hours__{entry.aspect}_1")
    again = (layer("call_hours", entry.aspect, entry=1, is_asked=True),)
    assert Talker(Conversation(topic="call_hours", shown=told)).says(entry.asks[0]) == again
    assert on_hours().says(entry.asks[0]) == (layer("call_hours", entry.aspect, entry=1),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("你收钱不", utterance("identity_cost", aspect="cost")),
        ("那你们收费吗", utterance("identity_cost", aspect="cost")),
        ("你会保存我的聊天记录吗", utterance("identity_data")),
        ("我说的话你都存着吗", utterance("identity_data")),
        ("凭什么信你", utterance("identity_trust", aspect="doubt")),
    ],
)
def test_of_us_the_side_that_is_asked_for_is_told(text: str, said: Effect) -> None:
    assert on_hours().says(text, meaning("ask_identity")) == (said,)


@pytest.mark.parametrize("text", ["你是谁", "要收费吗", "投诉收不收费"])
def test_who_asks_no_side_of_us_is_told_none(text: str) -> None:
    assert not names(on_hours().says(text, meaning("ask_identity")))[0].startswith("identity_")


def test_nothing_about_others_leans_on_feelings() -> None:
    felt = Conversation(topic="emotional_distress", shown=("emotional_distress__first",))
    meant = meaning("ignore_calls", 1.0, aspect="other_case", aspect_confidence=0.3)
    assert names(Talker(felt).says("那我不接行不行", meant)) == ["ignore_calls"]


def test_what_to_do_when_they_come_is_asked_of_the_visit() -> None:
    visit = Conversation(topic="home_visit", shown=("home_visit__first",))
    (said,) = Talker(visit).says("来了怎么办", meaning("hardship", 0.9))
    assert (said.name, said.arguments["layer"]) == ("home_visit", "fails")


def test_staying_away_is_asked_of_the_matter_in_hand() -> None:
    paper = Conversation(topic="arbitration", shown=("arbitration__first",))
    (said,) = Talker(paper).says("我能不去吗", unclear(("lawsuit", 0.4)))
    assert (said.name, said.arguments["layer"]) == ("arbitration", "effect")


def test_the_paper_that_is_told_leads_where_nothing_is_clear() -> None:
    meant = unclear(("lawsuit", 0.6))
    told = "短信说某某仲裁委员会受理了我的案子"
    assert names(Talker().says(told, meant)) == ["arbitration"]


def test_a_frozen_account_after_a_judgment_is_no_matter_of_the_judgment() -> None:
    told = "判决下来了没钱给 法院把我工资卡扣划了"
    assert names(Talker().says(told, meaning("enforcement", 0.99)))[0] == "enforcement"


@pytest.mark.parametrize("text", ["那得给俺留多少", "留多少给他", "一个月给我留多少"])
def test_what_must_be_left_to_live_on_is_asked_for(text: str) -> None:
    talker = Talker(Conversation(topic="bank_account_limits"))
    assert names(talker.says(text, unclear(("budget_advice", 0.4)))) == [
        "living_costs_in_enforcement"
    ]
    assert names(Talker().says("每月先留多少给孩子", unclear())) != ["living_costs_in_enforcement"]


def test_who_asks_on_about_a_matter_has_gone_on_from_the_card() -> None:
    talker = on_hours(is_after_card=True, is_in_danger=True)
    talker.says("为什么")
    assert not talker.talk.is_in_danger


def test_a_second_matter_of_the_same_message_is_offered() -> None:
    both = meaning("call_hours", matters=("call_hours", "greet", "home_visit", "lawsuit"))
    effects = Talker().says("半夜打电话还上门", both)
    assert effects == (HOURS, task("offer_second", topics=["home_visit"]))


def test_a_second_matter_beside_a_task_is_not_offered() -> None:
    both = meaning("show_log", matters=("show_log", "home_visit"))
    assert Talker().says("看看记录", both) == (task("show_log"),)


@pytest.mark.parametrize("topic", ["greet", "thank", "ask_identity"])
def test_talk_is_said_as_it_is_written(topic: str) -> None:
    assert Talker().says("嗨嗨嗨", meaning(topic)) == (utterance(topic),)


def test_a_topic_that_the_knowledge_does_not_have_says_so() -> None:
    assert Talker().says("嗨嗨嗨", meaning("gone")) == (utterance("stale_button"),)


def test_danger_that_the_model_sees_gets_its_card() -> None:
    talker = Talker()
    assert names(talker.says("嗨嗨嗨", meaning("self_harm"))) == ["self_harm"]
    assert talker.talk.is_in_danger


def test_where_others_read_along_nothing_said_before_counts() -> None:
    talker = replace(on_hours(), is_public=True)
    assert talker.says("半夜打电话", meaning("call_hours")) == (HOURS,)
    assert names(talker.says("我欠招行三万，逾期半年了", meaning("hardship"))) == ["hardship"]
    assert talker.talk.case == Case()


# What is not understood.


def test_what_is_not_clear_is_asked_back_and_then_leads_to_people() -> None:
    talker = Talker()
    guesses = (("call_hours", 0.28), ("home_visit", 0.2), ("greet", 0.2), ("lawsuit", 0.0))
    offered = ["call_hours", "home_visit"]
    assert talker.says("那个", unclear(*guesses)) == (task("ask_back", topics=offered),)
    assert (talker.talk.misses, talker.talk.unclear) == (1, tuple(offered))
    assert talker.says("那个那个", unclear()) == (task("give_up", topics=offered),)
    assert talker.talk.misses == 0


def test_what_was_understood_in_between_begins_the_count_anew() -> None:
    talker = Talker()
    talker.says("那个", unclear())
    talker.says("你好", meaning("greet"))
    assert talker.talk.misses == 0
    assert names(talker.says("那个那个", unclear())) == ["ask_back"]


def test_a_topic_that_is_far_likelier_than_others_is_answered_as_a_guess() -> None:
    talker = Talker()
    effects = talker.says("那个", unclear(("call_hours", 0.5), ("home_visit", 0.2)))
    assert effects == (answer("call_hours", others=["home_visit"]),)
    assert talker.talk.misses == 0


@pytest.mark.parametrize(
    "guesses",
    [
        (("call_hours", 0.29), ("home_visit", 0.1)),
        (("call_hours", 0.39), ("home_visit", 0.3)),
        (("show_log", 0.6), ("home_visit", 0.1)),
    ],
)
def test_a_guess_that_may_be_wrong_is_asked_back(guesses: tuple[tuple[str, float], ...]) -> None:
    assert names(Talker().says("那个", unclear(*guesses))) == ["ask_back"]


# While nobody can be asked what words mean.


def test_while_there_is_no_model_that_is_told_once_and_the_words_are_kept() -> None:
    talker = Talker()
    assert talker.says("半夜打来的") == (task("wait_for_meaning", is_first=True),)
    assert talker.says("还骂人了") == (task("wait_for_meaning", is_first=False),)
    assert talker.talk.waiting == "半夜打来的\n还骂人了"


def test_what_waits_goes_on_waiting_whatever_is_understood_or_tapped_meanwhile() -> None:
    talker = Talker(Conversation(waiting="半夜打来的"))
    talker.says("你好", meaning("greet"))
    talker.taps("t:call_hours")
    assert talker.talk.waiting == "半夜打来的"


def test_what_is_in_hand_waits_no_more_and_the_rest_does() -> None:
    talk = Conversation(waiting="半夜打来的\n还骂人了")
    assert talk.taking_up("半夜打来的").waiting == "还骂人了"
    assert talk.taking_up("骂人").waiting == talk.waiting
    assert talk.taking_up(talk.waiting).waiting == ""
    assert talk.is_waiting_with("还骂人了")
    assert not talk.is_waiting_with("骂人")
    assert not talk.is_waiting_with("")


def test_without_a_model_short_words_and_facts_are_understood() -> None:
    assert on_hours().says("为什么") == (layer("call_hours", "why", entry=0),)
    assert names(on_hours().says("说简单点")) == ["call_hours"]
    assert names(Talker().says("帮我写一份支付令异议书")) == ["begin"]
    assert Talker().says("下一步") == (task("next_step", aspect="next"),)


@pytest.mark.parametrize(
    ("heard", "is_needed"),
    [
        (Heard(text="半夜打来", now=NOON), True),
        (Heard(text="菜单", now=NOON), False),
        (Heard(text="菜单", now=NOON, is_public=True), True),
        (Heard(text="", now=NOON, choice=Choice.parse("m:")), False),
        (Heard(text=" \n", now=NOON), False),
    ],
)
def test_a_model_is_asked_only_where_words_are_not_known(heard: Heard, is_needed: bool) -> None:
    talk = Conversation(offered=(("菜单", "m:"),))
    assert real_dialogue().needs_meaning(heard, talk) is is_needed


# What is asked next.


def test_another_case_is_answered_for_that_case_and_is_not_ones_own() -> None:
    talker = on_hours()
    effects = talker.says("那如果是网贷呢", unclear())
    assert effects == (answer("call_hours", other={"product": "online_loan"}),)
    assert talker.talk.case == Case()


def test_another_case_that_is_only_asked_about_puts_nothing_right() -> None:
    card = Case(product="credit_card", lenders=("招行",))
    talker = on_hours(case=card)
    (effect,) = talker.says("换成花呗那种网贷呢", unclear())
    assert (effect.name, effect.arguments["other"]["product"]) == ("call_hours", "online_loan")  # type: ignore[index]
    assert talker.talk.case == card
    talker.says("那不是招行是平安", unclear())
    assert talker.talk.case.lenders == ("平安",)


def test_another_case_that_names_nothing_known_is_a_layer_of_its_own() -> None:
    effects = on_hours().says("那如果是这样呢")
    assert effects == (layer("call_hours", "other_case", entry=None),)


def test_a_next_question_that_leads_elsewhere_is_answered_there() -> None:
    entries = TOPICS["call_hours"].follow_ups
    lead, ways = next(
        (lead, ways) for entry in entries for lead, ways in entry.leads.items() if lead in TOPICS
    )
    assert on_hours().says(ways[0]) == (answer(lead, is_shorter=False),)


def test_the_same_is_said_in_fewer_words_again_and_deeper() -> None:
    talker = on_hours()
    simpler = answer("call_hours", is_shorter=True, aspect="simpler")
    assert talker.says("说简单点") == (simpler,)
    assert talker.talk.is_plain
    again = answer("call_hours", is_shorter=True, aspect="again")
    assert talker.says("再说一遍") == (again,)
    assert talker.says("还有吗") == (layer("call_hours", "more"),)
    assert talker.says("接下来呢") == (task("next_step", aspect="next"),)


def test_an_aspect_that_a_model_hears_is_a_layer_of_the_matter_in_hand() -> None:
    talker = on_hours()
    talker.talk = replace(talker.talk, misses=1)
    effects = talker.says("这里头是怎么个道理", next_of("why"))
    assert [(each.name, each.arguments["layer"]) for each in effects] == [("call_hours", "why")]
    assert talker.talk.misses == 0


def test_where_no_answer_is_in_hand_an_aspect_asks_for_the_next_step_or_plain_words() -> None:
    assert names(Talker().says("然后要干什么", next_of("next"))) == ["next_step"]
    talker = Talker()
    assert talker.says("说简单点") == (utterance("plain_on", aspect="simpler"),)
    assert talker.talk.is_plain
    assert names(Talker().says("为什么", unclear())) == ["ask_back"]


# Facts of the case.


def test_facts_are_taken_in_from_any_message() -> None:
    talker = Talker()
    talker.says("半夜打电话，我欠招行信用卡3万", meaning("call_hours"))
    assert (talker.talk.case.product, talker.talk.case.amount) == ("credit_card", 30000)


def test_a_told_situation_is_answered_by_the_next_steps() -> None:
    told = "我欠招行信用卡3万，逾期半年了，每月只能还800"
    assert Talker().says(told, meaning("negotiate_instalment")) == (task("next_step"),)
    assert Talker().says(told, unclear()) == (task("next_step"),)
    assert names(Talker().says(told, meaning("credit_record"))) == ["credit_record"]


@pytest.mark.parametrize("text", ["对方让我转到私人账户", "车昨晚被拖走了"])
def test_what_cannot_wait_comes_before_what_was_asked_and_once(text: str) -> None:
    talker = Talker()
    assert talker.says(text, meaning("call_hours")) == (task("next_step"),)
    assert talker.says(text, meaning("call_hours")) == (HOURS,)


def test_the_fact_that_was_asked_for_is_told_in_a_few_words_and_the_answer_said_anew() -> None:
    talker = on_hours(asked="product")
    assert talker.says("网贷", unclear()) == (answer("call_hours", is_anew=True),)
    assert (talker.talk.case.product, talker.talk.asked) == ("online_loan", None)


def test_a_fact_that_was_not_asked_for_does_not_say_the_answer_anew() -> None:
    assert names(on_hours().says("网贷", meaning("lawsuit"))) == ["lawsuit"]


def test_a_tapped_fact_is_kept_and_the_answer_said_anew() -> None:
    talker = on_hours(asked="product")
    assert talker.taps("f:product_credit_card") == (answer("call_hours", is_anew=True),)
    assert (talker.talk.case.product, talker.talk.asked) == ("credit_card", None)
    talker = Talker()
    assert talker.taps("f:stage_sued") == (task("next_step"),)
    assert talker.talk.case.stage == "sued"


@pytest.mark.parametrize("fact", ["f:product_gone", "f:mood_bad", "f:product", "f:", "f:product_"])
def test_a_fact_that_no_button_of_ours_tells_is_a_stale_button(fact: str) -> None:
    talker = on_hours()
    assert talker.taps(fact) == (utterance("stale_button"),)
    assert talker.talk.case == Case()


def test_words_put_a_fact_right_and_it_is_said_what_stands_now() -> None:
    case = Case(lenders=("招商银行",), product="credit_card")
    talker = on_hours(case=case)
    (effect,) = talker.says("不是招行，是平安银行", unclear())
    assert effect == task("case_corrected", before=case.as_stored())
    assert talker.talk.case.lenders != case.lenders


# Taps.


def test_a_tapped_layer_is_said_and_its_topic_is_in_hand() -> None:
    talker = Talker()
    assert talker.taps("y:home_visit__how") == (layer("home_visit", "how"),)
    assert talker.talk.topic == "home_visit"
    assert talker.taps("y:gone__how") == (utterance("stale_button"),)


@pytest.mark.parametrize("choice", ["m:", "g:conduct", "l:call_hours", "u:call_hours", "d:erase"])
def test_a_page_or_a_deed_is_followed(choice: str) -> None:
    talker = on_hours()
    tapped = Choice.parse(choice)
    assert tapped is not None
    assert talker.taps(choice) == (follow(tapped),)
    assert talker.talk == on_hours().talk


def test_a_tool_that_is_gone_is_followed_to_a_stale_button() -> None:
    tapped = Choice.parse("s:gone")
    assert tapped is not None
    assert Talker().taps("s:gone") == (follow(tapped),)


def test_the_words_of_an_offered_button_are_a_tap_but_not_where_others_read_along() -> None:
    offered = (("怎么做", "y:call_hours__how"),)
    assert on_hours(offered=offered).says("怎么做") == (layer("call_hours", "how"),)
    public = replace(Talker(Conversation(offered=offered)), is_public=True)
    assert public.says("怎么做", meaning("greet")) == (utterance("greet"),)


def test_a_tap_ends_the_question_for_a_fact() -> None:
    talker = on_hours(asked="product")
    talker.taps("m:")
    assert talker.talk.asked is None


# What is said of the talk itself, and after the card.


@pytest.mark.parametrize("text", ["说大白话", "我不识字"])
def test_plain_words_are_for_good_until_they_are_unwished(text: str) -> None:
    talker = on_hours()
    effects = talker.says(text)
    assert effects == (utterance("plain_on"), answer("call_hours", is_shorter=True))
    assert talker.talk.is_plain
    assert talker.says("恢复正常") == (utterance("plain_off"),)
    assert not talker.talk.is_plain


def test_an_insult_and_a_complaint_of_the_answer_are_heard() -> None:
    assert on_hours().says("没用的东西") == (utterance("insult_heard"),)
    assert on_hours().says("答非所问") == (task("told_wrong"),)


def test_a_wish_that_a_button_does_too_is_done() -> None:
    tapped = Choice.parse("d:export_log")
    assert tapped is not None
    wishes = real_book().talk.wishes["do_export_log"]
    assert Talker().says(wishes[0]) == (follow(tapped),)


def after_card(**more: object) -> Talker:
    return Talker(Conversation(is_after_card=True, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("没有，就是气话", None),
        ("我没事", None),
        ("没有就是憋得慌", None),
        ("冇啊 一时火滚啫 我冇事", None),
        ("谢谢你", "thank"),
        ("没有啦", "deny"),
    ],
)
def test_who_takes_it_back_is_believed(text: str, topic: str | None) -> None:
    talker = after_card()
    assert talker.says(text, meaning(topic) if topic else None) == (utterance("believed"),)
    assert not talker.talk.is_after_card


def test_after_it_was_taken_back_the_form_goes_on() -> None:
    draft = Draft(tool="log_contact", answers={"channel": "phone"}, asking="day")
    talker = after_card(draft=draft)
    assert talker.says("没有，就是气话") == (utterance("believed"), task("ask"))
    assert talker.form == draft


def test_after_the_card_a_question_is_answered_and_a_thank_is_one_for_the_answer() -> None:
    talker = after_card()
    assert talker.says("半夜打电话", meaning("call_hours")) == (HOURS,)
    assert talker.says("谢谢你", meaning("thank")) == (utterance("thank"),)


def test_what_is_asked_after_the_strong_card_is_answered_though_it_is_not_sure() -> None:
    talker = Talker(Conversation(is_after_card=True, is_in_danger=True))
    asked = talker.says("交行卡一万四分期怎么办", meaning("call_hours", 0.45, accepted=False))
    assert "listening" not in names(asked)
    silent = Talker(Conversation(is_after_card=True, is_in_danger=True))
    assert names(silent.says("唉", meaning("call_hours", 0.45, accepted=False))) == ["listening"]


def test_without_a_card_nothing_is_taken_back() -> None:
    assert Talker().says("我没事", meaning("deny")) == (utterance("deny"),)


def test_where_others_read_along_nobody_is_asked_to_be_believed() -> None:
    talker = replace(after_card(), is_public=True)
    assert talker.says("谢谢你", meaning("thank")) == (utterance("thank"),)


def test_a_form_comes_before_what_is_said_of_the_talk() -> None:
    talker = filling("log_contact", "said", channel="phone", day="2026-11-22", caller="")
    talker.says("没用的东西")
    assert talker.draft.answers["said"] == "没用的东西"


# Who writes, and what leans on what was said.


def test_who_is_not_the_debtor_is_told_what_concerns_them_where_nothing_is_clear() -> None:
    told = unclear(("dispute_debt", 0.27), ("not_the_debtor", 0.21))
    assert names(Talker().says("我姐欠了网贷失联了，平台找我要钱", told)) == ["family_liability"]


def test_a_guarantor_is_not_sent_to_those_who_owe_nothing() -> None:
    talker = Talker()
    talker.says("我给同学的贷款做了担保", meaning("guarantor_liability"))
    weak = meaning("not_the_debtor", 0.7)
    assert names(talker.says("他跑了，现在要我还", weak)) == ["guarantor_liability"]


def test_a_letter_for_who_owes_nothing_is_theirs() -> None:
    talker = Talker()
    talker.says("老同学借网贷填了我当联系人", meaning("not_the_debtor"))
    begun = talker.says("给他们写封信", meaning("write_letter"))
    assert [each.arguments["tool"] for each in begun] == ["reply_as_non_debtor"]


def test_facts_alone_go_on_with_the_case() -> None:
    talker = Talker()
    assert names(talker.says("我欠花呗", unclear(("account_restriction", 0.2)))) == ["next_step"]
    assert names(talker.says("一万五", unclear())) == ["next_step"]
    assert talker.talk.case.amount == 15000


def test_a_told_ability_is_a_plan_and_no_form() -> None:
    talker = Talker()
    talker.says("我欠光大信用卡四万一，逾期五个月", unclear())
    assert names(talker.says("我每月能省出800", meaning("plan_budget"))) == ["next_step"]


def test_the_last_day_of_a_paper_is_reckoned_from_when_it_came() -> None:
    begun = Talker().says("支付令11月16号签收的，哪天到期", meaning("set_deadline"))
    assert [each.arguments["tool"] for each in begun] == ["deadline_payment_order_objection"]
    assert begun[0].arguments["told"] == {"day": "2026-11-16"}


def test_the_last_day_of_one_paper_never_runs_from_the_day_of_another() -> None:
    talker = Talker()
    talker.says("支付令11月16号签收的，哪天到期", meaning("set_deadline"))
    begun = talker.says("那判决书上诉最后一天是哪天", meaning("set_deadline"))
    assert [each.arguments["tool"] for each in begun] == ["deadline_appeal"]
    assert "day" not in begun[0].arguments.get("told", {})


def test_after_the_card_what_was_meant_is_heard_in_other_words() -> None:
    talker = Talker(Conversation(is_after_card=True))
    assert names(talker.says("哎，就那么一说，你别当真", unclear())) == ["believed"]
    still = Talker(Conversation(is_after_card=True))
    assert names(still.says("气话归气话，真不想活了", unclear())) != ["believed"]


def test_whoever_says_that_we_are_wrong_is_told_how_to_say_so() -> None:
    assert names(Talker().says("我觉得你说错了", unclear())) == ["told_wrong"]


def test_what_is_led_to_is_said_first_when_it_is_asked() -> None:
    talker = Talker(Conversation(topic="budget_advice"))
    asked = meaning("budget_advice", 0.95, aspect="how", aspect_confidence=0.6)
    assert talker.says("手头这几笔我先给哪家好", asked) == (
        answer("budget_advice", is_shorter=False),
    )


def test_what_was_done_is_heard_where_no_topic_is_clear() -> None:
    heard = (HeardClause(likely={"contact_third_party": 0.9}),)
    told = unclear(("third_party_contact", 0.26), ("not_the_debtor", 0.22))
    asked = Talker().says("催收老打我爸妈手机，我自己电话是通的", replace(told, heard=heard))
    assert names(asked) == ["third_party_contact"]


def test_a_feeling_is_heard_where_no_topic_is_clear() -> None:
    told = unclear(("call_hours", 0.2), ("emotional_distress", 0.18))
    assert names(Talker().says("夜里两点还睡不着，一直在算账", told)) == ["emotional_distress"]


def test_who_is_made_to_sign_is_told_at_once_to_wait() -> None:
    talker = Talker()
    pressed = "他们逼我今天签一份还款承诺书"
    assert names(talker.says(pressed, meaning("negotiate_instalment"))) == ["next_step"]
    assert talker.talk.case.events == ("asked_to_sign",)


def test_scolding_is_let_pass() -> None:
    assert names(Talker().says("你这破机器", unclear(("ai_calls", 0.5)))) == ["insult_heard"]


def test_a_sum_asked_for_in_the_middle_of_a_form_is_told_and_the_form_goes_on() -> None:
    open_form = Draft(tool="plan_budget", answers={}, asking="income")
    talker = Talker(Conversation(draft=open_form))
    asked = talker.says("33000按60期一个月是多少", meaning("plan_budget"))
    assert names(asked) == ["sum_each_month", "ask"]


@pytest.mark.parametrize(
    "text", ["怎么办啊", "那我该咋办", "我该怎么做", "咋整呀", "那要怎么处理才好"]
)
def test_what_to_do_about_the_matter_in_hand_is_its_steps(text: str) -> None:
    talker = Talker(Conversation(topic="third_party_contact"))
    assert talker.says(text, meaning("next_step", 0.88)) == (
        layer("third_party_contact", "how", entry=None),
    )


@pytest.mark.parametrize("topic", ["out_of_scope", "respond_to_call"])
def test_a_veiled_threat_is_a_story_to_be_checked_whatever_else_it_sounds_like(topic: str) -> None:
    hinted = (HeardClause(likely={"threat_violence": 0.4, "improper": 0.8}),)
    told = replace(meaning(topic, 0.6), heard=hinted, accepted=topic == "out_of_scope")
    begun = Talker().says("一个男的打来，让我想想老婆孩子", told)
    assert names(begun) == ["begin"] or names(begun) == ["check_call"]


def test_few_words_in_the_middle_of_a_matter_are_asked_back_rather_than_refused() -> None:
    weather = meaning("out_of_scope", 0.9)
    perhaps = meaning("out_of_scope", 0.65)
    assert names(Talker().says("钱追得回来吗", perhaps)) == ["out_of_scope"]
    talker = Talker(Conversation(topic="loan_fraud_fee"))
    assert names(talker.says("那个能行吗", perhaps)) == ["ask_back"]
    talker = Talker(Conversation(topic="loan_fraud_fee"))
    assert names(talker.says("今天天气咋样", weather)) == ["out_of_scope"]


def test_after_what_cannot_wait_it_is_the_matter_in_hand() -> None:
    talker = Talker()
    told = talker.says("我刚给中介转了2000块保证金", meaning("agent_scam"))
    assert names(told) == ["next_step"]
    assert talker.talk.topic == "loan_fraud_fee"


@pytest.mark.parametrize("text", ["我已经打了两千了", "刚转了", "钱已经给了"])
def test_money_that_went_after_a_warning_is_answered_at_once(text: str) -> None:
    talker = Talker()
    talker.says("他让我打款到个人账户", meaning("how_to_repay", 0.88))
    assert names(talker.says(text, meaning("dispute_debt", 0.57))) == ["loan_fraud_fee"]
    talker = Talker(Conversation(topic="agent_scam"))
    assert names(talker.says(text, meaning("dispute_debt", 0.57))) == ["loan_fraud_fee"]


@pytest.mark.parametrize("text", ["材料我交了", "我给了他地址", "钱给了能追回来吗"])
def test_what_else_was_given_after_a_warning_is_no_money_gone(text: str) -> None:
    talker = Talker(Conversation(topic="agent_scam"))
    assert names(talker.says(text, meaning("complain_how", 0.99))) != ["loan_fraud_fee"]


def test_where_somebody_died_the_topic_is_what_he_left() -> None:
    told = "我爸去世了 他信用卡欠了两万多 银行打电话让我还"
    assert names(Talker().says(told, meaning("family_liability", 0.96))) == ["debt_after_death"]
    living = "我爸信用卡欠了两万多 银行打电话让我还"
    assert names(Talker().says(living, meaning("family_liability", 0.96))) == ["family_liability"]


def test_what_happened_before_does_not_take_over_another_matter() -> None:
    told = Conversation(case=Case(events=("death",)))
    alone = meaning("family_liability", 0.96)
    assert names(Talker(told).says("我弟欠的网贷我要还吗", alone)) == ["family_liability"]


def test_what_relatives_owe_is_asked_on_of_the_one_who_died() -> None:
    told = Conversation(case=Case(events=("death",), role="relative"))
    asked = Talker(told).says("法院会找我吗", meaning("family_liability", 0.75))
    assert names(asked) == ["debt_after_death"]


def test_an_employer_in_enforcement_is_led_there_by_what_is_not_clear() -> None:
    told = Conversation(case=Case(stage="enforcement", role="employer"))
    asked = unclear(("out_of_scope", 0.39), ("workplace_contact", 0.3))
    assert names(Talker(told).says("我是人事，要不要扣", asked)) == ["enforcement"]


def test_whether_the_family_suffers_leads_to_the_family() -> None:
    talker = Talker(Conversation(topic="collection_process"))
    asked = talker.says("那我老公会受影响吗", unclear(("credit_record", 0.38)))
    assert names(asked) == ["family_liability"]


def test_when_the_paper_came_leads_to_its_last_day_though_it_was_told_before() -> None:
    case = Case(paper="payment_order", served_on=date(2026, 11, 23), stage="sued")
    talker = Talker(Conversation(topic="payment_order", case=case))
    (begun,) = talker.says("今天收到的", unclear(("collection_letter", 0.4)))
    assert begun.arguments["tool"] == "deadline_payment_order_objection"
    assert begun.arguments["told"] == {"day": "2026-11-23"}


def test_feelings_alone_are_heard_whatever_topic_they_sound_like() -> None:
    effects = Talker().says("对着账本坐到天亮，越想越怕", meaning("call_hours", 0.7))
    assert names(effects) == ["emotional_distress"]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("我想申请延期还款，实在扛不住了", "negotiate_instalment"),
        ("谢谢你 刚才急死我了", "thank"),
        ("我想找个真人说说 太难受了", "ask_human"),
    ],
)
def test_feelings_do_not_overrule_what_is_clearly_meant(text: str, topic: str) -> None:
    assert names(Talker().says(text, meaning(topic))) == [topic]


def test_a_letter_wished_for_beside_a_decision_is_begun() -> None:
    wish = "收到调解书了 帮我写一份延期还款申请"
    assert names(Talker().says(wish, meaning("write_letter"))) != ["next_step"]


@pytest.mark.parametrize("wish", ["帮我写", "帮我写申请", "写个申请"])
def test_a_bare_wish_for_a_letter_begins_that_of_the_matter(wish: str) -> None:
    talker = Talker(Conversation(topic="enforcement"))
    (begun,) = talker.says(wish, meaning("enforcement", aspect="say"))
    letter = TOPICS["enforcement"].letter
    assert (begun.name, begun.arguments["tool"]) == ("begin", letter)


def test_feelings_beside_what_the_others_do_are_about_that() -> None:
    effects = Talker().says("半夜给我打电话，吓得我睡不着", meaning("call_hours"))
    assert names(effects) == ["call_hours"]


def test_a_call_that_seems_none_of_ours_is_a_story_to_be_checked() -> None:
    effects = Talker().says("一个男的打来让我想想老婆孩子", meaning("out_of_scope", 0.7))
    assert [effect.arguments["tool"] for effect in effects] == ["check_call"]


def test_figures_added_to_a_told_debt_bring_the_next_steps() -> None:
    talker = Talker()
    talker.says("我欠花呗", unclear())
    assert talker.says("一万二", meaning("court_fee", 0.7)) == (task("next_step"),)
    assert talker.says("逾期两个月", meaning("collection_process", 0.8)) == (task("next_step"),)
    assert (talker.talk.case.amount, talker.talk.case.overdue_months) == (12000, 2)


def test_where_no_debt_was_told_late_days_are_the_question_that_they_are() -> None:
    effects = Talker().says("逾期两个月", meaning("collection_process"))
    assert names(effects) == ["collection_process"]


def test_danger_that_the_model_hears_in_feelings_stays_danger() -> None:
    assert names(Talker().says("真的好累", meaning("self_harm"))) == ["self_harm"]


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("我男人打牌欠的网贷八万 我一个字没签", "family_liability"),
        ("我爸去年走了 工行卡还欠六千 银行找我要", "debt_after_death"),
    ],
)
def test_who_tells_the_debt_of_another_is_not_told_how_to_pay(text: str, home: str) -> None:
    assert names(Talker().says(text, meaning("negotiate_instalment", 0.7))) == [home]


def test_what_is_not_understood_in_a_matter_is_asked_back_with_its_sides() -> None:
    talker = Talker(Conversation(topic="lawsuit", shown=("lawsuit__first",)))
    (effect,) = talker.says("请不下来假那边又远", unclear(("workplace_contact", 0.2)))
    assert effect == task("ask_back", topics=["workplace_contact"], matter="lawsuit")


def test_far_fetched_topics_are_not_offered() -> None:
    (effect,) = Talker().says("车里还有我电脑", unclear(("self_harm", 0.2), ("call_hours", 0.05)))
    assert effect == task("ask_back", topics=[])


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("我收到二审判决书了 维持原判", "final_judgment"),
        ("法院给了我一份调解书", "mediation_paper"),
        ("收到一份裁定书 不知道啥意思", "ruling"),
    ],
)
def test_a_decision_with_its_own_way_is_answered_by_the_steps_and_by_no_topic(
    text: str, paper: str
) -> None:
    talker = Talker()
    assert talker.says(text, meaning("lawsuit")) == (task("next_step"),)
    assert talker.talk.case.paper == paper


def test_a_first_judgment_is_answered_by_its_topic() -> None:
    said = Talker().says("判决书下来了 昨天收到的", meaning("lawsuit"))
    assert names(said) == ["last_day", "lawsuit"]


def test_pay_that_is_told_is_ours_whatever_it_sounds_like() -> None:
    said = Talker().says("厂里这个月只发了两千八 房租八百", meaning("out_of_scope", 0.6))
    assert said == (task("next_step"),)


def test_money_given_to_who_promises_much_is_answered_at_once() -> None:
    talker = Talker(Conversation(topic="privacy_leak", shown=("privacy_leak__first",)))
    assert talker.says("我给了他五百定金了", meaning("out_of_scope")) == (task("next_step"),)


def test_the_last_day_stands_above_what_is_said_of_a_paper_that_came() -> None:
    last_day, said = Talker().says("支付令 上礼拜五签收的 数不对", meaning("payment_order"))
    assert (last_day.name, last_day.arguments["kind"]) == ("last_day", "payment_order_objection")
    assert last_day.arguments["day"] == "2026-11-20"
    assert said.name == "payment_order"


def test_the_last_day_is_not_said_again_nor_where_none_can_be_counted() -> None:
    talker = Talker()
    talker.says("昨天收到支付令", meaning("payment_order"))
    assert names(talker.says("利息算得太高了", meaning("interest_and_fees"))) == [
        "interest_and_fees"
    ]
    assert names(Talker().says("昨天收到仲裁通知书", meaning("arbitration"))) == ["arbitration"]


def test_a_paper_that_is_told_is_no_question_about_another_matter() -> None:
    plan = Conversation(topic="negotiate_instalment", shown=("negotiate_instalment__first",))
    said = "支付令收到半个月了还来得及吗"
    assert "payment_order" in names(Talker(plan).says(said, meaning("payment_order", 0.7)))


def test_words_of_refusal_that_ask_are_no_refusal() -> None:
    heir = Conversation(topic="debt_after_death", shown=("debt_after_death__first",))
    effects = Talker(heir).says("我不要中不中", meaning("deny"))
    assert names(effects) != ["deny"]
    assert names(Talker(heir).says("不是", meaning("deny"))) == ["deny"]


def test_a_paper_that_is_told_brings_its_own_topic_and_not_that_of_another_paper() -> None:
    talker = Talker()
    assert names(talker.says("我收到仲裁通知书了 前天送到的", meaning("lawsuit"))) == [
        "arbitration"
    ]
    asked = Talker().says("收到执行通知书了 会不会上失信名单", meaning("defaulter_list"))
    assert names(asked) == ["defaulter_list", "court_days"]


@pytest.mark.parametrize("said", ["法院判了 我老公欠的债判我也要还", "在校大学生被起诉了"])
def test_who_tells_of_a_court_in_another_matter_is_asked_for_the_day(said: str) -> None:
    effects = Talker().says(said, meaning("student_and_minor"))
    assert names(effects)[1:] == ["court_days"]


def test_who_tells_of_a_court_with_a_question_asked_next_is_asked_for_the_day_too() -> None:
    talker = Talker(Conversation(topic="lawsuit", shown=("lawsuit__first",)))
    effects = talker.says("法院判了 要多久才执行", meaning("lawsuit"))
    assert effects[0].kind is EffectKind.LAYER
    assert names(effects)[1:] == ["court_days"]


def test_who_tells_but_that_he_stands_surety_hears_the_matter_in_hand_as_one() -> None:
    talker = Talker(Conversation(topic="lawsuit", shown=("lawsuit__first",)))
    assert talker.says("我是担保人", meaning("guarantor_liability", 0.9)) == (
        answer("lawsuit", is_anew=True),
    )


def test_who_named_the_paper_is_asked_for_its_day_alone() -> None:
    talker = Talker(Conversation(topic="mortgage", shown=("mortgage__first",)))
    effects = talker.says("收到实现担保物权的申请书", meaning("mortgage"))
    assert names(effects)[1:] == ["court_day"]


def test_a_topic_is_said_whole_to_who_has_become_somebody_else_since() -> None:
    talker = Talker(Conversation(topic="mortgage", shown=("mortgage__first",)))
    told = talker.says("收到实现担保物权的申请书", meaning("mortgage"))[0]
    assert not told.arguments.get("is_shorter")
    again = talker.says("那房贷断供了怎么弄呢", meaning("mortgage"))[0]
    assert again.arguments.get("is_shorter")


def test_days_of_a_court_are_asked_for_once_and_not_where_they_are_told() -> None:
    talker = Talker()
    assert names(talker.says("我被起诉了", meaning("lawsuit"))) == ["lawsuit"]
    assert names(talker.says("被起诉了他们还打我妈", meaning("third_party_contact"))) == [
        "third_party_contact"
    ]


def test_a_day_of_arrival_that_is_put_right_brings_the_new_last_day() -> None:
    talker = Talker()
    talker.says("昨天收到一审判决书", meaning("lawsuit"))
    mended, told = talker.says("看错了 不是昨天 是11月20号收到的", meaning("lawsuit"))
    assert mended.name == "case_corrected"
    assert (told.name, told.arguments["day"]) == ("last_day", "2026-11-20")


@pytest.mark.parametrize(
    ("told", "is_dated"),
    [("昨天收到法院传票", True), ("我是担保人 昨天收到法院传票", None)],
)
def test_the_days_of_all_papers_are_not_told_below_the_last_day_of_ones_own(
    told: str, is_dated: bool | None
) -> None:
    last_day, said = Talker().says(told, meaning("lawsuit"))[:2]
    assert (last_day.name, said.name) == ("last_day", "lawsuit")
    assert said.arguments.get("is_dated") is is_dated


def test_who_asks_how_long_of_the_paper_in_hand_reads_its_last_day() -> None:
    order = Case(paper="payment_order", served_on=date(2026, 11, 20))
    talk = Conversation(topic="payment_order", shown=("payment_order__first",), case=order)
    told, said = Talker(talk).says("要多久", next_of("how_long"))
    assert (told.name, said.arguments["layer"]) == ("last_day", "how_long")


# What is asked of the matter in hand, or at once of another.


def test_the_nearest_question_of_the_matter_in_hand_is_answered_where_nothing_is_clear() -> None:
    meant = replace(unclear(("greet", 0.2)), asked_next={"call_hours#2": 0.6})
    effects = on_hours().says("夜里那个怎么弄的哦", meant)
    aspect = TOPICS["call_hours"].follow_ups[2].aspect
    guess = layer("call_hours", aspect, entry=2)
    assert effects == (guess, utterance("guessed_side"))


def test_a_side_of_another_topic_is_answered_at_once() -> None:
    entries = TOPICS["complain_how"].follow_ups
    number = next(place for place, each in enumerate(entries) if each.aspect == "cost")
    meant = meaning(
        "complain_how",
        aspect="cost",
        aspect_confidence=0.9,
        asked_next={f"complain_how#{number}": 0.9},
    )
    assert on_hours().says("告他们收不收费用", meant) == (
        layer("complain_how", "cost", entry=number),
    )


def test_another_product_that_is_named_gets_its_own_words_whatever_entry_is_alike() -> None:
    talker = Talker(Conversation(topic="criminal_liability"))
    meant = next_of("other_case", asked_next={"criminal_liability#3": 0.7})
    effects = talker.says("那要是信用卡呢", meant)
    assert effects == (answer("criminal_liability", other={"product": "credit_card"}),)


def test_under_age_is_a_matter_of_its_own_in_the_middle_of_a_suit() -> None:
    talker = Talker(Conversation(topic="lawsuit", shown=("lawsuit__first",)))
    assert names(talker.says("我借的时候没满十八岁", next_of("other_case"))) == [
        "student_and_minor"
    ]


def test_a_dispute_with_an_employer_is_shown_another_door() -> None:
    effects = Talker().says("劳动仲裁裁决书下来了公司不给钱", meaning("arbitration"))
    assert effects == (utterance("not_ours_labour"),)


def test_what_means_something_is_not_asking_for_simpler_words() -> None:
    words = ShortWords(real_book().talk, real_book().shapes)
    assert "simpler" in words.shapes_in("这啥意思")
    assert "simpler" not in words.shapes_in("公证强制执行是什么意思")


@pytest.mark.parametrize("text", ["周末算不算", "为什么是这天", "这个日子怎么算的"])
def test_how_a_last_day_is_reckoned_is_a_question_of_time(text: str) -> None:
    words = ShortWords(real_book().talk, real_book().shapes)
    assert words.shapes_in(text)[:1] == ("how_long",)


def test_a_question_about_the_others_after_the_card_is_not_put_off() -> None:
    talker = Talker()
    talker.says("嗨嗨嗨", meaning("self_harm"))
    likely = unclear(("workplace_contact", 0.5), ("home_visit", 0.2))
    assert names(talker.says("他们真的去学校咋办", likely)) == ["workplace_contact"]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("短信说我的网贷在啥仲裁委员会立了案 喊我点链接开庭", "arbitration"),
        ("短信说我的网贷在法院立了案 喊我点链接开庭", "lawsuit"),
    ],
)
def test_a_board_of_arbitration_that_is_named_is_no_court(text: str, topic: str) -> None:
    assert names(Talker().says(text, meaning("lawsuit")))[0] == topic


@pytest.mark.parametrize("text", ["你该不会是催收的吧", "你到底是谁", "你们是不是骗子"])
def test_who_asks_what_we_are_is_told(text: str) -> None:
    assert names(on_hours().says(text, unclear())) == ["ask_identity"]


def test_what_a_month_can_pay_is_worked_out_whatever_is_talked_about() -> None:
    assert names(on_hours().says("帮我算下我一个月能还多少", unclear())) == ["begin"]
