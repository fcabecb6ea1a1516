"""A paper that was received: its page, its day, its letter, its record."""

from dataclasses import replace
from datetime import date

import pytest

from bot.concepts.paper_in_hand import PaperInHand
from bot.concepts.paper_reading import PaperOpinion
from bot.concepts.reply import shown_length
from tests.answering.tasks.desk import Desk, buttons, choices, facts_of, leads_somewhere, words
from tests.papers.reading import FORGED_COURT, PAYMENT_ORDER

ONE_SCREEN = 330
"""Characters of the first reply with the line of sources."""
FEW = 4


async def show(desk: Desk, text: str, kind: str, received: date | None = None) -> str:
    paper = PaperInHand(text=text, opinion=PaperOpinion(kind, 0.95, 1.0), received=received)
    object.__setattr__(desk.talk, "paper", paper.as_kept())
    reply = await desk.effect("show_paper")
    assert shown_length(reply.blocks) <= ONE_SCREEN
    assert len(buttons(reply)) <= FEW
    assert all(leads_somewhere(each.choice, desk.office) for each in buttons(reply))
    return words(reply)


async def test_a_forged_court_message_is_warned_of_in_the_first_line(desk: Desk) -> None:
    said = await show(desk, FORGED_COURT, "sms_fake_court")
    assert said.splitlines()[0].startswith("先别付钱")
    assert "是假的" in said
    assert "12368" in said


async def test_without_the_day_of_arrival_one_thing_is_asked(desk: Desk) -> None:
    said = await show(desk, PAYMENT_ORDER, "payment_order")
    assert "哪天收到" in said


async def test_the_last_safe_day_the_letter_and_the_reminder_are_one_tap_away(desk: Desk) -> None:
    said = await show(desk, PAYMENT_ORDER, "payment_order", date(2026, 11, 20))
    assert "2026-12-07" in said  # The fifteenth day, 5 December, is a Saturday.
    reply = await desk.effect("show_paper")
    assert choices(reply)[:2] == [
        "d:remind_payment_order_objection_20261120",
        "s:payment_order_objection",
    ]
    assert "2026-12" in words(await desk.tap_deed("remind_payment_order_objection_20261120"))


async def test_what_was_read_fills_the_letter_and_the_case(desk: Desk) -> None:
    await show(desk, PAYMENT_ORDER, "payment_order", date(2026, 11, 20))
    facts = facts_of(desk)
    assert facts["court"] == "杭州市西湖区人民法院"
    assert facts["case_number"] == "（2026）浙0106民督218号"
    assert facts["received_on"] == "2026-11-20"
    assert desk.talk.case.paper == "payment_order"
    assert desk.talk.case.stage == "sued"
    assert desk.talk.case.served_on == date(2026, 11, 20)


async def test_a_forgery_says_nothing_of_the_case(desk: Desk) -> None:
    await show(desk, FORGED_COURT, "sms_fake_court")
    assert desk.talk.case.stage is None
    assert desk.talk.case.paper is None


async def test_its_words_are_noted_as_evidence_by_one_tap(desk: Desk) -> None:
    await show(desk, FORGED_COURT, "sms_fake_court")
    await desk.tap_deed("paper_note")
    (kept,) = await desk.records.contacts.of(desk.sender)
    assert kept.record.said.startswith("【法院执行中心】")
    assert "impersonate_court" in kept.record.acts


async def test_every_page_behind_it_is_there(desk: Desk) -> None:
    await show(desk, PAYMENT_ORDER, "payment_order", date(2026, 11, 20))
    for deed in ("paper_why", "paper_fields", "paper_check", "paper_law", "paper_help"):
        reply = await desk.tap_deed(deed)
        assert shown_length(reply.blocks) > 0
        assert "[[" not in words(reply)
        assert all(leads_somewhere(each.choice, desk.office) for each in buttons(reply))


async def test_without_a_paper_it_is_asked_for(desk: Desk) -> None:
    assert "贴过来" in words(await desk.effect("read_paper"))
    assert "没有要看的" in words(await desk.tap_deed("paper_why"))


SUMMONS = """北京市朝阳区人民法院 传票 （2026）粤0304民初12345号 被传唤人李四 案由信用卡纠纷
应到时间 2026年12月10日9时 应到处所 第三法庭"""


async def test_the_hearing_of_a_summons_that_is_not_believed_is_told_all_the_same(
    desk: Desk,
) -> None:
    said = await show(desk, SUMMONS, "summons")
    assert "是假的" in said
    assert "万一是真的，2026-12-10 要到庭或到场，所以今天就核实" in said


async def test_the_last_day_of_an_order_that_is_not_believed_is_told_all_the_same(
    desk: Desk,
) -> None:
    text = f"{PAYMENT_ORDER}\n请将款项转至承办人微信。"
    said = await show(desk, text, "payment_order", date(2026, 11, 20))
    assert "是假的" in said
    assert "万一是真的" in said
    assert "2026-12-07" in said
    assert "今天就核实" in said


async def test_a_fee_notice_that_is_not_believed_may_still_set_a_term(desk: Desk) -> None:
    text = "北京市朝阳区人民法院 交费通知 请七日内把上诉费470元转至承办人微信。"
    assert "万一是真的" in await show(desk, text, "sms_court")


async def test_what_speaks_against_a_paper_that_is_believed_is_said_first(desk: Desk) -> None:
    text = "【北京市朝阳区人民法院】（2026）京0105民初12345号案件，请扫码缴纳上诉费470元。"
    said = await show(desk, text, "sms_court")
    assert said.splitlines()[0].startswith("先核实再照它办")
    assert "12368" in said


DEMANDED = """债权转让通知书
方某：某某银行股份有限公司已将（2023）借字第118号合同项下债权转让给某某资产管理有限公司，
本金18,320.50元，请自收到本通知之日起向受让人履行还款义务。
某某资产管理有限公司 2026年11月16日"""


@pytest.mark.parametrize(
    ("role", "stage", "words_of_it"),
    [
        ("guarantor", None, "保证期间"),
        ("relative", None, "没签字、没担保的，不用付"),
        ("guarantor", "enforcement", "先执行借款人"),
        ("relative", "sued", "没写你的，别付、别答应"),
    ],
)
@pytest.mark.parametrize(
    "kind", ["debt_transfer_notice", "collection_letter", "lawyer_letter", "sms_bank"]
)
async def test_a_creditors_paper_tells_a_guarantor_or_relative_their_own_rule(
    desk: Desk, kind: str, role: str, stage: str | None, words_of_it: str
) -> None:
    case = replace(desk.talk.case, role=role, stage=stage)
    object.__setattr__(desk.talk, "case", case)
    assert words_of_it in await show(desk, DEMANDED, kind)


async def test_a_courts_paper_says_its_own_days_alone(desk: Desk) -> None:
    object.__setattr__(desk.talk, "case", replace(desk.talk.case, role="guarantor"))
    said = await show(desk, PAYMENT_ORDER, "payment_order", date(2026, 11, 20))
    assert "写明先执行借款人的" not in said
    assert "起诉状" not in said
