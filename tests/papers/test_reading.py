"""Whole papers: their fields, whether they look genuine, the period that they start."""

from datetime import date
from decimal import Decimal

import pytest

from bot.concepts.paper_reading import Grade
from tests.papers.reading import FORGED_COURT, PAYMENT_ORDER, REMINDER, read


def test_the_fields_of_a_payment_order_are_read() -> None:
    fields = read(PAYMENT_ORDER, "payment_order").fields
    assert fields.sender == "杭州市西湖区人民法院"
    assert fields.case_number is not None
    assert fields.case_number.written == "（2026）浙0106民督218号"
    assert fields.case_number.faults == ()
    assert fields.amounts == (Decimal("18320.50"), Decimal("1204.77"))
    assert fields.dates.issued == date(2026, 11, 16)


def test_a_payment_order_starts_the_period_of_the_objection() -> None:
    assert read(PAYMENT_ORDER, "payment_order").period == "payment_order_objection"


def test_a_payment_order_that_allows_no_objection_starts_no_period_and_is_doubtful() -> None:
    text = PAYMENT_ORDER.replace("如有异议", "不得提出任何异议").replace("书面提出", "缴清")
    reading = read(text, "payment_order")
    assert reading.period is None
    assert reading.grade in (Grade.DOUBTFUL, Grade.FAKE)


def test_what_fits_in_form_is_likely_genuine_at_most() -> None:
    assert read(PAYMENT_ORDER, "payment_order").grade is Grade.LIKELY


def test_a_reminder_of_a_bank_with_its_own_number_is_likely_genuine() -> None:
    assert read(REMINDER, "sms_bank").grade is Grade.LIKELY


@pytest.mark.parametrize("kind", ["sms_fake_court", "sms_court", "summons", "sms_bank", "other"])
def test_a_forged_message_is_a_fake_whatever_kind_a_model_takes_it_for(kind: str) -> None:
    assert read(FORGED_COURT, kind).grade is Grade.FAKE


def test_a_case_number_of_another_place_makes_a_paper_doubtful() -> None:
    reading = read(PAYMENT_ORDER.replace("浙0106", "粤0304"), "payment_order")
    assert reading.grade in (Grade.DOUBTFUL, Grade.FAKE)
    assert "number_wrong_place" in {each.id for each in reading.signals}


def test_a_private_account_decides_alone() -> None:
    text = PAYMENT_ORDER + "\n收款账户：户名：辛某 账号：6222020200112233445"
    assert read(text, "payment_order").grade is Grade.FAKE


def test_threats_in_a_message_are_acts() -> None:
    text = "再不还就把你的欠款通知你全村和你单位领导，还有你女儿的幼儿园我们知道在哪"
    acts = read(text, "sms_agency").fields.acts
    assert {"threat_exposure", "threat_violence"} <= {*acts}


def test_a_low_likelihood_gives_way_to_the_title() -> None:
    from bot.concepts.paper_reading import PaperOpinion
    from bot.papers.reading import PaperReader
    from tests.answering.tasks.desk import real_book

    reader = PaperReader(words=real_book().papers, acts_in=lambda _: ())
    unsure = PaperOpinion("other", 0.2, 1.0)
    assert reader.read(PAYMENT_ORDER, unsure, None).kind == "payment_order"
    assert reader.read("随便一句话", None, None).kind == "other"
