"""The sums of a plan alone, and the total, each with what they were worked out from."""

from bot.concepts.case import Case
from bot.concepts.conversation import Conversation
from bot.concepts.reply import shown_length
from bot.dialogue.sums_asked import DEBT_ADDED, DEBT_PAID, PLAN_LINE, SUM_TOTAL
from tests.answering.tasks.desk import Desk, choices, words

CARD = Case(product="credit_card", amount=36000, monthly_ability=500, stage="overdue")


async def test_a_plan_names_the_sums_it_was_worked_out_from(desk: Desk) -> None:
    desk.talk = Conversation(case=CARD)
    told = await desk.effect(PLAN_LINE)
    assert "36,000 元" in words(told)
    assert "还差 100 元" in words(told)
    assert "t:next_step" in choices(told)
    assert shown_length(told.blocks) < 150


async def test_a_supposed_sum_is_worked_out_and_not_kept(desk: Desk) -> None:
    desk.talk = Conversation(case=CARD)
    assert "每月 900 元，要 40 期" in words(await desk.effect(PLAN_LINE, monthly=900))
    assert desk.talk.case.monthly_ability == 500


async def test_where_no_plan_fits_the_length_is_told(desk: Desk) -> None:
    desk.talk = Conversation(case=Case(amount=9000, monthly_ability=300, role="relative"))
    assert "本金要还 30 个月" in words(await desk.effect(PLAN_LINE))


async def test_the_total_names_what_is_owed_to_whom(desk: Desk) -> None:
    shares = {"浦发": 12000, "美团": 5000}
    desk.talk = Conversation(case=Case(amount=17000, lenders=tuple(shares), shares=shares))
    assert "浦发 12,000 元、美团 5,000 元，一共 17,000 元。" in words(await desk.effect(SUM_TOTAL))
    desk.talk = Conversation(case=Case(amount=17000, shares={"浦发": 17000}))
    assert "你说过的：一共 17,000 元。" in words(await desk.effect(SUM_TOTAL))


async def test_the_least_a_month_is_of_the_longest_time_of_a_card(desk: Desk) -> None:
    desk.talk = Conversation(case=CARD)
    assert "分 60 期，每期本金约 600 元" in words(await desk.effect(PLAN_LINE, is_least=True))
    desk.talk = Conversation(case=Case(product="online_loan", amount=9000))
    assert "要看合同和谈的结果" in words(await desk.effect(PLAN_LINE, is_least=True))


async def test_further_and_paid_debts_are_told_with_what_is_left(desk: Desk) -> None:
    case = Case(lenders=("浦发", "中信"), amount=33000, shares={"中信": 21000})
    desk.talk = Conversation(case=case)
    assert "记下：中信 21,000 元，一共 33,000 元。" in words(
        await desk.effect(DEBT_ADDED, lender="中信")
    )
    assert "京东 还清了，剩下一共 33,000 元" in words(await desk.effect(DEBT_PAID, lender="京东"))
    desk.talk = Conversation(case=Case(lenders=("浦发",)))
    assert "记下：京东 还清了。" in words(await desk.effect(DEBT_PAID, lender="京东"))
