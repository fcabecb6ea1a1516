"""court_fees.yml, true_rate.yml and their forms: every fault is told to content writers."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.court_fees import load_court_fees, read_court_fees
from bot.knowledge.folder_check import check_folder
from bot.knowledge.true_rate import load_true_rate, read_true_rate
from tests.knowledge.folder import REAL, copy_of_real, replace_in

TODAY = date(2026, 11, 29)
LAW = "litigation-fees-measures-2006"
FEES = (REAL / "court_fees.yml").read_text(encoding="utf-8")
RATE = (REAL / "true_rate.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("read", "text", "before", "after", "says"),
    [
        (
            read_court_fees,
            FEES,
            "- {up_to: 1000, each: 30}",
            "- {up_to: 200000, each: 30}",
            "从小到大",
        ),
        (
            read_court_fees,
            FEES,
            '- {percent: "0.1"}',
            '- {up_to: 90000000, percent: "0.1"}',
            "最后一段",
        ),
        (read_court_fees, FEES, "- {up_to: 1000, each: 30}", "- {up_to: 1000}", "只写一个"),
        (read_court_fees, FEES, "share: payment_order", "share: half", "shares 里没有 half"),
        (read_court_fees, FEES, "scale: enforcement", "scale: nothing", "scales 里没有 nothing"),
        (read_court_fees, FEES, "part: 1/3", "part: 一半", "写法不对"),
        (read_true_rate, RATE, "products: [rest]", "products: [unknown]", "要有一段写给 rest"),
        (read_true_rate, RATE, "products: [private]", "products: [small_loan]", "写了两次"),
    ],
)
def test_a_mistake_in_a_book_is_told(
    read: Callable[[str], tuple[object, list[object]]],
    text: str,
    before: str,
    after: str,
    says: str,
) -> None:
    assert before in text
    _, faults = read(text.replace(before, after, 1))
    assert any(says in str(fault) for fault in faults), faults


@pytest.mark.parametrize(
    ("file", "before", "after", "says"),
    [
        (
            "court_fees.yml",
            f"{{part: 1/3, source: {LAW}#第十四条",
            f"{{part: 1/3, source: {LAW}#第一条",
            "里没有“第一条”",
        ),
        ("court_fees.yml", "#第十七条]]", "#第一百条]]", "里没有“第一百条”"),
        (
            "court_fees.yml",
            "letter: court_fee_relief",
            "letter: court_fee_belief",
            "letters/ 里没有",
        ),
        ("court_fees.yml", "next: [court_costs]", "next: [court_coats]", "没有叫 court_coats"),
        (
            "court_fees.yml",
            f"2007-04-01:\n      source: {LAW}#第十三条",
            f"2099-04-01:\n      source: {LAW}#第十三条",
            "今天还没有生效的标准",
        ),
        ("court_fees.yml", "reviewed_on: 2026-11-29", "reviewed_on: 2025-11-29", "review_by 要在"),
        ("true_rate.yml", "products: [private]", "products: [pirate]", "没有 pirate 这种贷款"),
        (
            "true_rate.yml",
            "limit: small_loan_cost_percent",
            "limit: small_cost",
            "没有 small_cost",
        ),
        (
            "true_rate.yml",
            "limit: small_loan_cost_percent",
            "limit: financial_loan_rate_percent",
            "要引用它的出处",
        ),
        (
            "true_rate.yml",
            "这是司法解释[[spc-bank-card",
            "{compared}[[spc-bank-card",
            "没有 limit",
        ),
        ("forms/court_fee.yml", "{id: appeal,", "{id: appeals,", "不一致"),
        ("forms/court_fee.yml", "example: 上诉", "example: 随便什么", "通不过检查"),
        ("forms/true_rate.yml", "id: received", "id: received_sum", "缺少问题 received"),
    ],
)
def test_a_mistake_in_the_folder_is_told(
    tmp_path: Path, file: str, before: str, after: str, says: str
) -> None:
    folder = copy_of_real(tmp_path / "knowledge")
    replace_in(folder, file, before, after)
    faults = [str(fault) for fault in check_folder(folder, TODAY)]
    assert any(says in fault and file in fault for fault in faults), faults


def test_a_form_that_is_gone_is_told(tmp_path: Path) -> None:
    folder = copy_of_real(tmp_path / "knowledge")
    (folder / "forms" / "true_rate.yml").unlink()
    faults = [str(fault) for fault in check_folder(folder, TODAY)]
    assert "forms/true_rate.yml：找不到这个文件，或者它读不懂。" in faults


def test_books_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    for load, name in ((load_court_fees, "court_fees.yml"), (load_true_rate, "true_rate.yml")):
        with pytest.raises(KnowledgeError, match=name):
            load(tmp_path)
        (tmp_path / name).write_text("kinds: 3\n", encoding="utf-8")
        with pytest.raises(KnowledgeError, match=name):
            load(tmp_path)
