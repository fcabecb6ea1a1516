"""What a message tells of one's own case, what of another's, and when it mostly tells."""

from dataclasses import replace

import pytest

from bot.concepts.case import Case
from bot.concepts.conversation import Conversation
from bot.concepts.understanding import Understanding
from bot.dialogue.case_talk import CaseTalk
from bot.dialogue.short_words import ShortWords
from bot.dialogue.step import Heard
from tests.answering.tasks.desk import real_book
from tests.dialogue.talking import NOON, Talker, meaning, unclear

WORDS = ShortWords(real_book().talk, real_book().shapes)
CASES = CaseTalk(real_book(), WORDS)
CARD = Conversation(topic="call_hours", case=Case(product="credit_card"))
STORY = "欠招商银行信用卡八万，逾期五个月，每月最多还两千"


def heard(text: str, *, is_public: bool = False) -> Heard:
    return Heard(text=text, now=NOON, is_public=is_public)


def is_situation(text: str, meant: Understanding, before: Case | None = None) -> bool:
    talk = Conversation(case=before or Case())
    known = CASES.taken_in(heard(text), talk).case
    return CASES.is_situation(heard(text), meant, known, talk.case)


def test_what_a_message_tells_is_added_to_what_was_told_before() -> None:
    case = CASES.taken_in(heard("逾期五个月了"), CARD).case
    assert (case.product, case.overdue_months) == ("credit_card", 5)
    case = CASES.taken_in(heard(STORY), Conversation()).case
    assert (case.product, case.lenders) == ("credit_card", ("招商银行",))
    assert (case.amount, case.overdue_months, case.monthly_ability) == (80_000, 5, 2_000)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("我妹妹欠钱，仲裁委的裁决书上有我的名字，怎么办", "judgment"),
        ("我是他同事，仲裁裁决把我也写进去了", "judgment"),
        ("法院裁定追加我为被执行人，我是他老婆", "enforcement"),
        ("婆婆去世了，法院传票把我列为继承人", "sued"),
        ("房贷已经在执行了", "enforcement"),
        ("租机平台申请强制执行了", "enforcement"),
        ("支付令过期了卡冻了", "enforcement"),
        ("房子明天就拍", "enforcement"),
        ("资产公司在北京告我在甘肃", "sued"),
        ("做担保也来支付令", "sued"),
        ("没有传票就判了 现在执行", "enforcement"),
        ("我替朋友担保办了公证 现在法院执行我", "enforcement"),
        ("已在执行的能谈吗", "enforcement"),
        ("小额诉讼判了能上诉吗", "judgment"),
        ("我以为是骗子没去 现在裁决下来了", "judgment"),
        ("当成假的没去开庭", "sued"),
        ("银行卡被冻结 还没人起诉我", None),
        ("我们可以申请强制执行吗", None),
        ("案子还没执行", None),
        ("房子会被拍卖吗", None),
        ("法院会不会追加我老婆为被执行人", None),
        ("判决书上没有我的名字", None),
        ("法院要扣我抵押的车，寄来实现担保物权的申请书", "sued"),
        ("执行证书寄来了，先还哪家", "sued"),
        ("什么是执行证书", None),
        ("收到的是起诉状 前天到的", "sued"),
    ],
)
def test_how_far_it_has_come_is_heard_in_many_words(text: str, stage: str | None) -> None:
    assert CASES.taken_in(heard(text), Conversation()).case.stage == stage


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("我老公的支付令寄到家了", "relative"),
        ("支付令写的是我弟弟 我没借", "relative"),
        ("我替我爸签收了法院快递", "relative"),
        ("欠款的是我老公，我的工资卡被法院冻了", "relative"),
        ("我老公死了留下债", "relative"),
        ("给朋友房贷做了保证人", "guarantor"),
        ("员工的工资法院要扣 给他留多少生活费", "employer"),
        ("单位收到法院的协助执行通知要扣我工资", None),
    ],
)
def test_who_writes_is_heard_in_many_words(text: str, role: str | None) -> None:
    assert CASES.taken_in(heard(text), Conversation()).case.role == role


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("俺扫大街的 认字不多 有个短信说要告俺", True),
        ("我七十二了 小学没读完 你莫说那些条条", True),
        ("我是他老妈 69了 不识字 孙女帮我打的", True),
        ("合同上的字太小 看不清", False),
        ("他不识字 签了担保", False),
    ],
)
def test_who_reads_little_is_answered_in_plain_words(text: str, is_plain: bool) -> None:
    talker = Talker()
    talker.says(text, unclear())
    assert talker.talk.is_plain is is_plain


def test_where_others_read_along_nothing_is_taken_in() -> None:
    assert CASES.taken_in(heard(STORY, is_public=True), CARD) == CARD


@pytest.mark.parametrize("text", ["那如果是网贷呢", "换成车贷呢"])
def test_a_case_that_is_only_asked_about_is_not_taken_in(text: str) -> None:
    assert CASES.taken_in(heard(text), CARD) == CARD


def test_the_same_words_tell_of_the_own_case_where_no_matter_is_in_hand() -> None:
    talk = CASES.taken_in(heard("那如果是网贷呢"), Conversation())
    assert talk.case.product == "online_loan"


def test_a_frame_around_more_than_a_kind_of_debt_tells_of_the_own_case() -> None:
    case = CASES.taken_in(heard("那我网贷欠三万呢"), CARD).case
    assert case.amount == 30_000


def test_words_that_put_a_fact_right_change_it_and_others_do_not() -> None:
    case = Case(lenders=("招商银行",), product="credit_card")
    mended = CASES.mended_by(heard("不是招行是平安"), case)
    assert mended is not None
    assert mended.lenders == ("平安",)
    assert mended.product == "credit_card"
    assert CASES.mended_by(heard("半夜打电话合法吗"), case) is None


def test_what_cannot_wait_is_urgent_once() -> None:
    told, said = Case(events=("money_leaving",)), heard("他让我转五百")
    assert CASES.urgent_events(said, Conversation(case=told), Case()) == ("money_leaving",)
    assert not CASES.urgent_events(said, Conversation(case=told), told)
    assert not CASES.urgent_events(said, Conversation(case=Case(events=("illness",))), Case())


@pytest.mark.parametrize(
    ("text", "topic", "is_urgent"),
    [
        ("交3800就能停催收 靠谱不", "agent_scam", False),
        ("交3800就能停催收 靠谱不", "call_hours", True),
        ("我已经交了3800让他停催收", "agent_scam", True),
        ("我钱都转过去了", "loan_fraud_fee", True),
    ],
)
def test_an_offer_is_answered_by_its_topic_until_money_is_gone(
    text: str, topic: str, is_urgent: bool
) -> None:
    told = Case(events=("money_leaving",))
    said = replace(heard(text), meaning=meaning(topic))
    assert bool(CASES.urgent_events(said, Conversation(case=told), Case())) is is_urgent


def test_money_that_went_after_an_offer_was_told_is_urgent_then() -> None:
    told = Case(events=("money_leaving",))
    offered, gone = heard("交3800就能停催收"), heard("我已经交了2000块保证金")
    talk = Conversation(case=told, shown=("agent_scam__first",))
    assert not CASES.urgent_events(offered, talk, told)
    assert CASES.urgent_events(gone, talk, told) == ("money_leaving",)
    advised = replace(talk, shown=("next_step__stop",))
    assert not CASES.urgent_events(gone, advised, told)


def test_what_cannot_wait_stays_with_the_topic_that_warned_of_it() -> None:
    warned, other = Conversation(topic="agent_scam"), Conversation(topic="call_hours")
    assert CASES.home_of(("money_leaving",), warned) == "agent_scam"
    assert CASES.home_of(("money_leaving",), other) == "loan_fraud_fee"
    assert CASES.home_of((), other) == "call_hours"


@pytest.mark.parametrize(
    ("text", "ability"),
    [
        ("500行不行", 500),
        ("那一个月四百可以吗", 400),
        ("那600呢", 600),
        ("其实只能拿350", 350),
        ("照四百五算吧", 450),
        ("手续费300要交吗", 800),
        ("9000呢", 800),
    ],
)
def test_a_sum_alone_after_a_plan_is_what_a_month_can_be(text: str, ability: int) -> None:
    case = Case(amount=30_000, monthly_ability=800)
    talk = Conversation(topic="negotiate_instalment", case=case)
    assert CASES.taken_in(heard(text), talk).case.monthly_ability == ability


def test_only_the_fact_that_was_asked_for_answers_in_few_words() -> None:
    asked = Conversation(topic="call_hours", asked="product")
    known = Case(product="credit_card")
    assert CASES.answers_question(heard("信用卡"), known, asked)
    assert not CASES.answers_question(heard("信用卡"), known, replace(asked, asked=None))
    assert not CASES.answers_question(heard("信用卡"), known, replace(asked, case=known))
    assert not CASES.answers_question(heard("三万"), Case(amount=30_000), asked)
    long = "是信用卡，他们昨天半夜还在打电话骂我"
    assert not CASES.answers_question(heard(long), known, asked)


@pytest.mark.parametrize("topic", ["hardship", "negotiate_instalment", "plan_budget"])
def test_a_full_story_that_sounds_like_a_wish_for_advice_is_a_situation(topic: str) -> None:
    assert is_situation(STORY, meaning(topic))


def test_a_full_story_that_asks_for_something_else_is_that_question() -> None:
    assert not is_situation(STORY, meaning("call_hours"))


def test_two_facts_beside_a_clear_wish_are_no_situation() -> None:
    assert not is_situation("欠招商银行八万", meaning("negotiate_instalment"))


def test_what_is_not_understood_but_tells_a_sum_is_a_situation() -> None:
    assert is_situation("欠了八万", unclear())


def test_whose_debt_or_which_lender_alone_is_no_situation() -> None:
    assert not is_situation("招商银行的", unclear())


@pytest.mark.parametrize("text", ["欠了八万会坐牢吗", "欠了八万会坐牢？", "欠了八万怎么还呢"])
def test_what_is_asked_and_not_understood_is_no_situation(text: str) -> None:
    assert not is_situation(text, unclear())


def test_what_was_told_before_makes_no_situation() -> None:
    assert not is_situation("欠了八万", unclear(), Case(amount=80_000))


def test_where_others_read_along_nobody_tells_a_situation() -> None:
    public = heard(STORY, is_public=True)
    assert not CASES.is_situation(public, unclear(), Case(amount=80_000), Case())
