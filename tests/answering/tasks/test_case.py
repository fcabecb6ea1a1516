"""The next step and the case: a plan from one sentence, facts to change, one page to hand over."""

from dataclasses import replace
from datetime import date

import pytest

from bot.answering.case_wording import CaseWording
from bot.answering.layers import LAYER_LIMIT
from bot.concepts.advice import BY
from bot.concepts.case import DEEDS, EVENTS, FACTS, PRODUCTS, ROLES, STAGES, Case, Deed
from bot.concepts.case_papers import PAPERS
from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import Conversation
from bot.concepts.reply import Reply, shown_length
from tests.answering.tasks.desk import (
    Desk,
    Office,
    buttons,
    choices,
    leads_somewhere,
    paragraphs_of_docx,
    real_book,
    rows_of_docx,
    words,
)

CARD = Case(
    product="credit_card",
    lenders=("招行",),
    amount=30000,
    overdue_months=4,
    monthly_ability=800,
    stage="overdue",
)
SERVED = Case(product="online_loan", paper="payment_order", served_on=date(2026, 11, 25))


def with_case(desk: Desk, case: Case) -> Desk:
    desk.talk = Conversation(case=case)
    return desk


async def advice(desk: Desk, case: Case) -> Reply:
    return await with_case(desk, case).effect("next_step")


async def test_one_sentence_is_enough_for_a_plan(desk: Desk) -> None:
    reply = await advice(desk, CARD)
    told = words(reply)
    assert "30,000 元、每月 800 元，要 38 期，没超过信用卡最长的 60 期" in told
    assert "每月 500 元" in told
    assert "为什么、欠多少、每月付多少、想分几期" in told
    assert "它不同意：" in told
    assert "s:apply_instalment" in choices(reply)
    assert shown_length(reply.blocks) <= LAYER_LIMIT


async def test_the_letter_takes_the_sums_of_the_plan_over(desk: Desk) -> None:
    await advice(desk, CARD)
    await desk.begin("apply_instalment")
    form = desk.talk.form
    assert form is not None
    assert form.answers["amount"] == "30000.00"
    assert form.answers["monthly_payment"] == "800.00"
    assert form.answers["product"] == "credit_card"
    assert form.answers["lender"] == "招行"


async def test_too_little_for_the_longest_term_is_said_as_it_is(desk: Desk) -> None:
    told = words(await advice(desk, replace(CARD, monthly_ability=400)))
    assert "每月也要 500 元；你能付 400 元，还差 100 元" in told
    assert "照实报" in told


async def test_the_rule_for_cards_is_not_told_of_other_loans(desk: Desk) -> None:
    told = words(await advice(desk, replace(CARD, product="online_loan")))
    assert "那条不管这一笔" in told
    assert "没超过信用卡" not in told


async def test_several_debts_are_shared_out_and_put_in_order(desk: Desk) -> None:
    case = replace(CARD, debts=3, amount=90000, monthly_ability=1800, lenders=())
    told = words(await advice(desk, case))
    assert "占一半的那家，拿 900 元" in told
    assert "列一张纸" in told


async def test_what_was_heard_is_said_back_above_the_steps(desk: Desk) -> None:
    told = words(await advice(desk, replace(CARD, monthly_ability=None)))
    assert told.startswith("按你说的（信用卡，招行，欠 30,000 元，逾期 4 个月）：")
    assert "按你说的" not in words(
        await advice(desk, Case(product="credit_card", stage="overdue"))
    )


async def test_who_told_nothing_is_asked_one_thing(desk: Desk) -> None:
    reply = await advice(desk, Case())
    assert words(reply).splitlines()[-1] == "这笔钱欠的是哪一种？"
    assert "f:product_credit_card" in choices(reply)
    assert desk.talk.asked == "product"


async def test_what_would_change_the_step_is_asked_for(desk: Desk) -> None:
    reply = await advice(desk, Case(amount=30000, monthly_ability=800))
    assert words(reply).splitlines()[-1] == "这笔钱欠的是哪一种？"
    assert desk.talk.asked == "product"
    assert len([each for each in choices(reply) if not each.startswith("f:")]) == 2


async def test_what_is_known_is_not_asked_again(desk: Desk) -> None:
    reply = await advice(desk, CARD)
    assert desk.talk.asked is None
    assert [each for each in choices(reply) if each.startswith("f:")] == []
    assert len(buttons(reply)) <= 4


async def test_a_day_that_runs_is_named_and_can_be_remembered(desk: Desk) -> None:
    reply = await advice(desk, SERVED)
    assert "最晚12月10日（星期四）：" in words(reply)
    paper = replace(SERVED, stage="sued")
    reply = await advice(desk, paper)
    assert "d:remind_payment_order_objection_20261125" in choices(reply)


async def test_danger_comes_alone(desk: Desk) -> None:
    reply = await advice(desk, replace(CARD, events=("danger",)))
    assert "你现在安全吗" in words(reply)
    assert "30,000" not in words(reply)
    assert choices(reply) == ["t:self_harm"]
    assert desk.talk.asked is None


async def test_what_is_asked_next_leans_on_the_first_step(desk: Desk) -> None:
    await advice(desk, Case(product="credit_card", stage="collection", overdue_months=60))
    assert desk.talk.topic == "limitation_period"
    await advice(desk, Case(amount=30000))
    assert desk.talk.topic == "written_notice"


async def test_asked_again_it_goes_on_instead_of_repeating(desk: Desk) -> None:
    first = words(await advice(desk, CARD))
    again = words(await desk.effect("next_step"))
    assert again.startswith("前面说的先做完")
    assert "打发卡行" in first
    assert "打发卡行" not in again


async def test_the_case_shows_every_fact_with_its_button(desk: Desk) -> None:
    reply = await with_case(desk, CARD).effect("my_case")
    told = words(reply)
    for line in ("哪一种：信用卡", "欠哪家：招行", "欠多少：30,000 元", "逾期：4 个月"):
        assert line in told
    assert {"d:change_product", "d:forget_lenders_0", "d:forget_amount"} <= set(choices(reply))
    assert {"t:next_step", "d:case_page", "d:clear_case"} <= set(choices(reply))


async def test_a_case_of_which_nothing_is_known_asks_for_it(desk: Desk) -> None:
    assert "先说说你的情况" in words(await desk.effect("my_case"))


async def test_a_fact_is_forgotten_at_a_tap(desk: Desk) -> None:
    case = replace(CARD, lenders=("招行", "平安"), events=("illness", "divorce"))
    with_case(desk, replace(case, done=(Deed("complained"), Deed("paid"))))
    await desk.tap_deed("forget_lenders_1")
    assert desk.talk.case.lenders == ("招行",)
    await desk.tap_deed("forget_events_illness")
    assert desk.talk.case.events == ("divorce",)
    await desk.tap_deed("forget_done_complained")
    assert [each.kind for each in desk.talk.case.done] == ["paid"]
    reply = await desk.tap_deed("forget_monthly_ability")
    assert desk.talk.case.monthly_ability is None
    assert "800" not in words(reply)


async def test_all_of_one_kind_is_forgotten_by_its_name(desk: Desk) -> None:
    with_case(desk, replace(CARD, lenders=("招行", "平安")))
    await desk.tap_deed("forget_lenders")
    assert desk.talk.case.lenders == ()


@pytest.mark.parametrize("deed", ["forget_region", "forget_nothing", "change_amount", "forget_"])
async def test_a_button_that_fits_no_fact_says_so(desk: Desk, deed: str) -> None:
    assert "不能用了" in words(await with_case(desk, CARD).tap_deed(deed))
    assert desk.talk.case == CARD


async def test_a_product_is_changed_by_choosing_another(desk: Desk) -> None:
    reply = await with_case(desk, CARD).tap_deed("change_product")
    assert words(reply) == "这笔钱欠的是哪一种？"
    assert {"f:product_online_loan", "d:forget_product"} <= set(choices(reply))


async def test_the_whole_case_is_cleared(desk: Desk) -> None:
    await advice(desk, CARD)
    await desk.tap_deed("clear_case")
    assert desk.talk.case == Case()
    assert desk.talk.shown == ()


async def test_what_was_put_right_is_said_as_it_stands_now(desk: Desk) -> None:
    mended = replace(CARD, lenders=("平安",), amount=25000)
    reply = await with_case(desk, mended).effect("case_corrected", before=CARD.as_stored())
    assert words(reply) == "改好了：欠哪家 平安；欠多少 25,000 元。"
    assert "t:next_step" in choices(reply)


async def test_what_was_taken_back_is_gone(desk: Desk) -> None:
    mended = replace(CARD, stage=None)
    reply = await with_case(desk, mended).effect("case_corrected", before=CARD.as_stored())
    assert "去掉了" in words(reply)
    assert "到哪一步" not in words(reply)


async def test_one_page_is_handed_over(desk: Desk) -> None:
    case = replace(CARD, done=(Deed("complained", date(2026, 11, 3)),))
    reply = await with_case(desk, case).tap_deed("case_page")
    docx, text = reply.documents
    assert (docx.name, text.name) == (
        f"document-{desk.now.date()}.docx",
        f"document-{desk.now.date()}.txt",
    )
    rows = rows_of_docx(docx.content)
    assert ["做过", "投诉过 11月3日（星期二）"] in rows
    assert rows[-1] == ["想要", rows[-1][1]]
    assert "每月 800 元分期" in rows[-1][1]
    assert "情况说明" in paragraphs_of_docx(docx.content)
    assert "投诉过 11月3日" in text.content.decode("utf-8-sig")
    assert "不表示承认欠款" in words(reply)


async def test_of_an_old_debt_the_page_asks_and_offers_nothing(desk: Desk) -> None:
    case = replace(CARD, overdue_months=60)
    reply = await with_case(desk, case).tap_deed("case_page")
    assert "别直接交给放款方" in words(reply)
    assert "分期" not in words(reply)


@pytest.mark.parametrize("role", [each for each in ROLES if each != "debtor"])
async def test_the_page_of_others_asks_for_no_instalments(desk: Desk, role: str) -> None:
    reply = await with_case(desk, replace(CARD, role=role)).tap_deed("case_page")
    assert "请求按每月" not in words(reply)


async def test_without_facts_there_is_no_page(desk: Desk) -> None:
    reply = await desk.tap_deed("case_page")
    assert reply.documents == ()


async def test_every_button_leads_somewhere(desk: Desk, office: Office) -> None:
    everything = replace(
        CARD,
        done=tuple(Deed(each) for each in DEEDS),
        events=EVENTS,
        region="成都",
        debts=2,
        income=5000,
        surplus=300,
        role="debtor",
        paper="summons",
        served_on=date(2026, 11, 20),
    )
    with_case(desk, everything)
    replies = [await desk.effect("my_case"), await desk.tap_deed("case_page")]
    replies += [await advice(desk, each) for each in (everything, CARD, SERVED, Case())]
    for reply in replies:
        for button in buttons(reply):
            assert leads_somewhere(button.choice, office), button
            assert Choice.parse(str(button.choice)) == button.choice
            assert len(button.label) <= 20


def test_every_step_has_a_button_that_opens_something(office: Office) -> None:
    for step in real_book().advice.steps:
        verb = Verb.TOOL if step.button in office.book.tools else Verb.ANSWER
        assert leads_somewhere(Choice(verb, step.button), office), step.id


def test_every_fact_and_value_has_its_words() -> None:
    labels = set(real_book().knowledge.labels)
    wording = CaseWording(real_book().knowledge)
    wanted = {f"case_{each}" for each in FACTS}
    wanted |= {f"case_paper_{each}" for each in PAPERS}
    wanted |= {f"case_event_{each}" for each in EVENTS}
    wanted |= {f"case_done_{each}" for each in DEEDS}
    wanted |= {f"advice_by_{each}" for each in BY}
    assert wanted - labels == set()
    for kind, values in (("product", PRODUCTS), ("role", ROLES), ("stage", STAGES)):
        assert [each for each in values if wording.value(kind, each) == each] == []


def test_every_plan_has_its_words() -> None:
    plans = {step.plan for step in real_book().advice.steps if step.plan}
    assert {f"case_plan_{each}" for each in plans} <= set(real_book().knowledge.utterances)
