"""The true rate of a loan: worked cases, what holds for every loan, and what is said of it."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.answering.yearly_rate import Loan, yearly_rate
from bot.concepts.case import PRODUCTS
from bot.concepts.reply import shown_length
from tests.answering.tasks.desk import (
    MONDAY_MORNING,
    Desk,
    Office,
    buttons,
    choices,
    leads_somewhere,
    words,
)
from tests.knowledge.folder import real_book

BOOK = real_book().true_rate
NINE_THOUSAND = {"received": "9000", "payment": "900", "months": "12", "fees": ""}
YUAN = st.integers(min_value=100, max_value=10**6).map(Decimal)
MONTHS = st.integers(min_value=1, max_value=120)


@st.composite
def loans(draw: Any) -> Loan:
    """Loans that cost something, and at most what people are charged at the very worst."""
    received, months = draw(YUAN), draw(MONTHS)
    share = draw(st.integers(min_value=1, max_value=300))
    payment = received / months + received * share / 1000
    return Loan(received=received, payment=payment, months=months)


@pytest.mark.parametrize(
    ("loan", "nominal", "effective"),
    [
        (("9000", "900", 12), 35.07, 41.30),
        # One month: 10 % of interest is 120 % a year, and 1.1 to the twelfth.
        (("3000", "3300", 1), 120.00, 213.84),
        # Two months at 10 %: 110/1.1 + 110/1.21 is 190.909…
        (("190.909090909", "110", 2), 120.00, 213.84),
        # An annuity of 1 % a month for a year costs 88.8488 of a thousand each month.
        (("10000", "888.487886783", 12), 12.00, 12.68),
    ],
)
def test_the_rate_is_that_worked_by_hand(
    loan: tuple[str, str, int], nominal: float, effective: float
) -> None:
    received, payment, months = loan
    rate = yearly_rate(Loan(received=Decimal(received), payment=Decimal(payment), months=months))
    assert rate is not None
    assert rate.nominal == pytest.approx(nominal, abs=0.005)
    assert rate.effective == pytest.approx(effective, abs=0.005)


@given(loans())
def test_at_the_rate_the_payments_are_worth_what_was_received(loan: Loan) -> None:
    rate = yearly_rate(loan)
    assert rate is not None
    growth = 1 + rate.monthly / 100
    worth = sum(float(loan.payment) / growth**month for month in range(1, loan.months + 1))
    assert worth == pytest.approx(float(loan.received), rel=1e-6)
    assert rate.effective >= rate.nominal > 0


@given(loans(), st.integers(min_value=1, max_value=500))
def test_who_pays_more_each_month_has_the_higher_rate(loan: Loan, more: int) -> None:
    dearer = Loan(received=loan.received, payment=loan.payment + more, months=loan.months)
    low, high = yearly_rate(loan), yearly_rate(dearer)
    assert low is not None
    assert high is not None
    assert high.nominal > low.nominal


@given(loans(), st.integers(min_value=1, max_value=90))
def test_a_fee_at_the_beginning_raises_the_rate(loan: Loan, percent: int) -> None:
    fees = loan.received * percent / 100
    with_fees = Loan(received=loan.received, payment=loan.payment, months=loan.months, fees=fees)
    plain, dearer = yearly_rate(loan), yearly_rate(with_fees)
    assert plain is not None
    assert dearer is not None
    assert dearer.nominal > plain.nominal


@given(YUAN, YUAN, MONTHS)
def test_payments_that_do_not_exceed_the_sum_have_no_rate(
    received: Decimal, payment: Decimal, months: int
) -> None:
    assume(payment * months <= received)
    assert yearly_rate(Loan(received=received, payment=payment, months=months)) is None


def test_nothing_in_hand_has_no_rate() -> None:
    loan = Loan(received=Decimal(500), payment=Decimal(100), months=12, fees=Decimal(500))
    assert yearly_rate(loan) is None


async def test_a_wish_that_tells_all_is_answered_at_once(desk: Desk, office: Office) -> None:
    said = "网贷到手9000 每个月还900 还12个月 真实年利率多少"
    reply = await desk.begin("true_rate", said)
    told = words(reply)
    assert "真实年利率约 35.07%" in told
    assert "41.30%" in told
    assert "多还 1,800 元" in told
    assert desk.talk.topic == "interest_and_fees"
    assert all(leads_somewhere(each.choice, office) for each in buttons(reply))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("借1万扣了1000 到手9000 每月还900 12期 年化多少", "到手 9,000 元，12 个月每月还 900 元"),
        ("借1万，砍头息1000，每期还900共12期", "到手 9,000 元，12 个月每月还 900 元"),
        ("借10000 手续费1000 到手9000 每月900 12期", "到手 9,000 元，12 个月每月还 900 元"),
        ("到手9000一个月还900分12期真实年化", "到手 9,000 元，12 个月每月还 900 元"),
        ("到手9000，会员费300，每月还900，12个月", "到手 9,000 元，另付 300 元，12 个月"),
        ("花呗8000分12期每期还726", "到手 8,000 元，12 个月每月还 726 元"),
        ("贷了五万，扣了三千服务费，分24期，每月还2500", "到手 47,000 元，24 个月每月还 2,500 元"),
    ],
)
async def test_sums_are_heard_as_people_tell_them(desk: Desk, said: str, told: str) -> None:
    assert told in words(await desk.begin("true_rate", said))


@pytest.mark.parametrize(
    "said", ["借9000分12个月一共还10800 年利率", "到手9000，12个月总共还10800，真实利率"]
)
async def test_the_total_is_not_taken_for_what_is_paid_each_month(desk: Desk, said: str) -> None:
    assert "每个月还多少元" in words(await desk.begin("true_rate", said))


@pytest.mark.parametrize("product", [None, *PRODUCTS])
async def test_every_loan_has_its_line_with_its_rank_on_one_screen(
    desk: Desk, product: str | None
) -> None:
    reply = await desk.finish("true_rate", **{**NINE_THOUSAND, "fees": "99.99"})
    if product is not None and any(product in line.products for line in BOOK.lines):
        reply = await desk.tap_deed(f"true_rate_for_{product}")
        assert desk.talk.case.product == product
    assert shown_length(reply.blocks) <= 300, words(reply)
    assert "{" not in words(reply)
    assert "[[" not in words(reply)
    assert any(rank in words(reply) for rank in ("规范性文件", "司法解释"))


async def test_the_four_times_line_is_of_private_lending_alone(desk: Desk) -> None:
    await desk.finish("true_rate", **NINE_THOUSAND)
    private = words(await desk.tap_deed("true_rate_for_private"))
    assert "LPR（每月公布的贷款报价利率）4 倍" in private
    assert "24" not in private
    bank = words(await desk.tap_deed("true_rate_for_bank_loan"))
    assert "不是法律" in bank
    assert "LPR" not in bank


@pytest.mark.parametrize(
    ("payment", "side"), [("900", "above"), ("847", "between"), ("800", "below")]
)
async def test_the_rate_is_held_against_the_line_of_the_day(
    desk: Desk, payment: str, side: str
) -> None:
    await desk.finish("true_rate", **{**NINE_THOUSAND, "payment": payment})
    assert BOOK.words[side] in words(await desk.tap_deed("true_rate_for_bank_loan"))


def test_the_limits_have_their_day() -> None:
    limits = {line.limit for line in BOOK.lines if line.limit}
    assert limits == {"financial_loan_rate_percent", "small_loan_cost_percent"}
    assert BOOK.review.reviewed_on <= MONDAY_MORNING.date().replace(year=2027)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"payment": "700"}, "比到手的还少 600 元"),
        ({"payment": "750"}, "真实年利率是 0"),
        ({"payment": "90000"}, "高得不寻常"),
        ({"months": "0"}, "算不出年利率"),
        ({"fees": "9000"}, "算不出年利率"),
        ({"months": "9999"}, "算不出年利率"),
    ],
)
async def test_sums_that_give_no_rate_are_told_so(
    desk: Desk, answers: dict[str, str], said: str
) -> None:
    reply = await desk.finish("true_rate", **{**NINE_THOUSAND, **answers})
    assert said in words(reply)
    assert "真实年利率约" not in words(reply)
    assert "m:" in choices(reply)


async def test_a_button_for_a_lender_without_a_loan_says_so(desk: Desk) -> None:
    assert "不能用了" in words(await desk.tap_deed("true_rate_for_private"))
    await desk.finish("true_rate", **NINE_THOUSAND)
    assert "不能用了" in words(await desk.tap_deed("true_rate_for_nobody"))
