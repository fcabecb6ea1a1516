"""What a suit costs: the scale worked by hand at each of its steps, and who pays."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.court_fees import fee_for, part_of
from bot.concepts.reply import shown_length
from bot.knowledge.court_fees import FeeScale
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

BOOK = real_book().court_fees
DAY = MONDAY_MORNING.date()
SUMS = st.integers(min_value=1, max_value=10**11).map(lambda fen: Decimal(fen) / 100)


def scale(name: str) -> FeeScale:
    found = BOOK.scale_on(name, DAY)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        # Measures, article 13 (1): each end of a step, and a sum within it.
        ("1", "50"),
        ("10000", "50"),
        ("10000.40", "50.01"),
        ("30000", "550"),
        ("50000", "1050"),
        ("60000", "1300"),
        ("100000", "2300"),
        ("150000", "3300"),
        ("200000", "4300"),
        ("300000", "5800"),
        ("500000", "8800"),
        ("800000", "11800"),
        ("1000000", "13800"),
        ("1500000", "18300"),
        ("2000000", "22800"),
        ("5000000", "46800"),
        ("10000000", "81800"),
        ("20000000", "141800"),
        ("30000000", "191800"),
    ],
)
def test_a_suit_costs_what_the_scale_says(amount: str, fee: str) -> None:
    assert fee_for(Decimal(amount), scale("case")).value == Decimal(fee)


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        ("9000", "50"),
        ("30000", "350"),
        ("60000", "800"),
        ("500000", "7400"),
        ("5000000", "52400"),
        ("10000000", "77400"),
        ("20000000", "87400"),
    ],
)
def test_enforcement_has_its_own_scale(amount: str, fee: str) -> None:
    assert fee_for(Decimal(amount), scale("enforcement")).value == Decimal(fee)


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        ("1000", "30"),
        ("60000", "620"),
        ("100000", "1020"),
        ("200000", "1520"),
        ("896000", "5000"),
        ("896200", "5000"),
        ("9000000", "5000"),
    ],
)
def test_preservation_costs_five_thousand_at_most(amount: str, fee: str) -> None:
    assert fee_for(Decimal(amount), scale("preservation")).value == Decimal(fee)


@pytest.mark.parametrize("name", ["case", "enforcement", "preservation"])
@given(first=SUMS, second=SUMS)
def test_a_larger_sum_never_costs_less(name: str, first: Decimal, second: Decimal) -> None:
    low, high = sorted((first, second))
    assert fee_for(low, scale(name)).value <= fee_for(high, scale(name)).value


def test_a_payment_order_costs_a_third_to_the_fen() -> None:
    assert part_of(Decimal(1300), Fraction(1, 3)) == Decimal("433.33")


def test_a_scale_is_not_known_before_its_day() -> None:
    first = BOOK.scales["case"][0]
    assert BOOK.scale_on("case", first.since) is first
    assert BOOK.scale_on("case", first.since.replace(year=first.since.year - 1)) is None


async def test_a_wish_with_a_sum_is_answered_at_once(desk: Desk, office: Office) -> None:
    reply = await desk.begin("court_fee", "6万的案子诉讼费多少")
    said = words(reply)
    assert "按 60,000 元算：1,300 元，50 + 50,000×2.5%（《诉讼费用办法》第十三条，" in said
    assert "适用简易程序的减半，650 元（《诉讼费用办法》第十六条" in said
    assert "第二十九条" in said
    assert desk.talk.topic == "court_costs"
    assert desk.talk.form is None
    assert all(leads_somewhere(each.choice, office) for each in buttons(reply))


async def test_every_kind_of_fee_is_told_on_one_screen(desk: Desk) -> None:
    for kind in BOOK.kinds:
        for amount in ("60000", "35000000.55"):
            reply = await desk.finish("court_fee", amount=amount, kind=kind, procedure="")
            assert shown_length(reply.blocks) <= 300, (kind, words(reply))
            assert "{" not in words(reply)
            assert "[[" not in words(reply)


async def test_another_fee_of_the_same_sum_is_a_tap_away(desk: Desk) -> None:
    await desk.begin("court_fee", "标的6万的官司要交多少受理费")
    said = words(await desk.tap_deed("court_fee_as_payment_order"))
    assert "433.33 元，受理费标准 1,300 元的 1/3" in said
    assert "800 元" in words(await desk.tap_deed("court_fee_as_enforcement"))
    relief = await desk.tap_deed("court_fee_as_appeal")
    assert "s:court_fee_relief" in choices(relief)
    assert "court_fee_as_appeal" not in " ".join(choices(relief))


async def test_the_procedure_that_was_told_is_the_one_reckoned_with(desk: Desk) -> None:
    told = {"amount": "60000", "kind": "suit"}
    simplified = words(await desk.finish("court_fee", **told, procedure="simplified"))
    assert "第十六条" in simplified
    assert "第十五条" not in simplified
    ordinary = words(await desk.finish("court_fee", **told, procedure="ordinary"))
    assert "减半" not in ordinary


async def test_a_new_sum_begins_anew_and_a_new_kind_keeps_the_sum(desk: Desk) -> None:
    await desk.begin("court_fee", "简易程序 6万的案子诉讼费")
    assert "3,300 元" in words(await desk.begin("court_fee", "那15万的官司诉讼费呢"))
    assert "上诉状" in words(await desk.begin("court_fee", "上诉费算一下"))
    assert "3,300 元" in words(await desk.begin("court_fee", "上诉费算一下"))


async def test_a_wish_without_a_sum_is_asked_for_it(desk: Desk) -> None:
    assert "1/3" in words(await desk.begin("court_fee", "帮我算诉讼费"))


async def test_a_button_of_a_fee_that_nobody_asked_for_says_so(desk: Desk) -> None:
    assert "不能用了" in words(await desk.tap_deed("court_fee_as_appeal"))
    await desk.begin("court_fee", "6万的案子诉讼费多少")
    assert "不能用了" in words(await desk.tap_deed("court_fee_as_murder"))
