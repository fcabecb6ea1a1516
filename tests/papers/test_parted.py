"""Days and sums whose figures recognition sets apart: joined, or unknown, never another one."""

from datetime import date
from decimal import Decimal

import pytest

from bot.papers.amounts import read_amounts
from bot.papers.days import read_dates
from tests.answering.tasks.desk import real_book
from tests.papers.reading import laid_out

WORDS = real_book().papers
NOVEMBER = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("line", "issued"),
    [
        ("2O26 年 8 月 1 1 日", date(2026, 8, 11)),
        ("2026. 2 .10", date(2026, 2, 10)),
        ("20 26.9 . 21", date(2026, 9, 21)),
        ("2026 -1 1- 1 9", date(2026, 11, 19)),
        ("20\n26年1\n1月1\n9日", date(2026, 11, 19)),
        ("二〇二六年十\n一月十\n七日", date(2026, 11, 17)),
        ("二 〇 二 六 年 十 月\n二 十 八 曰", date(2026, 10, 28)),
        ("2026-04-1 8 09:22", None),
        ("2026-04-1\n8 09:22", None),
    ],
)
def test_the_day_of_a_signature_is_joined(line: str, issued: date | None) -> None:
    text = laid_out(f"通知\n内容\n某某公司\n{line}")
    assert read_dates(text, WORDS.dates, None).issued == issued


@pytest.mark.parametrize(
    ("text", "hearing"),
    [
        ("定于1 1月2 9日09 ：30 在第二十一法庭开庭", date(2026, 11, 29)),
        ("开庭时间 1 2月3日9时", date(2026, 12, 3)),
        ("序号1 2月3日9时开庭", date(2026, 12, 3)),
        ("开庭时间1\n1月29日9时", date(2026, 11, 29)),
    ],
)
def test_a_day_of_which_a_figure_may_stand_before_it_is_joined_or_unknown(
    text: str, hearing: date | None
) -> None:
    assert read_dates(laid_out(text), WORDS.dates, NOVEMBER).hearing == hearing


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("本金 31 ,2OO. 00元，利息 4,018.5 5元", ["31200", "4018.55"]),
        ("应还 1,8 04.\n39 元（利息 3 04. 39 ）", ["1804.39", "304.39"]),
        ("诉讼标的 7 4 ，３00.00元，减半收取3 5元", ["74300", "35"]),
        ("利息费用\n 801.9 4元,共 7, 535. 14元", ["801.94", "7535.14"]),
        ("违约金 5 O0 元，一次性付 6 000 元", ["500", "6000"]),
        ("本金 5 0,0 00元，固定额度由3\n5，000元", ["50000", "35000"]),
        ("欠款98 60元，申请费4 80元，利息4,6 12.9元", ["9860", "480", "4612.9"]),
        ("金额 9，4o 6.33元，违约金2000 o元", ["9406.33", "20000"]),
        ("本金1 20000元", ["20000"]),
        ("分期 12 1,200.00元", ["1200"]),
    ],
)
def test_sums_are_joined(text: str, amounts: list[str]) -> None:
    found = read_amounts(laid_out(text), WORDS.marks["bare_money"])
    assert list(found) == [Decimal(each) for each in amounts]
