"""Whole papers: their fields, whether they look genuine, the period that they start."""

from datetime import date
from decimal import Decimal

import pytest

from bot.concepts.paper_reading import Grade
from tests.papers.reading import FORGED_COURT, PAYMENT_ORDER, REMINDER, laid_out, read


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


_PRIVATE_LOAN = (
    "北京市朝阳区人民法院民事调解书\n（2026）京0105民初12345号\n原告张三、被告李四民间借贷纠纷一案，"
    "被告李四于2026年12月30日前给付原告张三30000元。\n"
    "收款账户：户名：张三 账号：6222020200112233445"
)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("judgment", _PRIVATE_LOAN),
        ("lawyer_letter", "律师函\n致李四：本所受某某银行委托致函，请七日内联系委托人公司。"),
        ("debt_transfer_notice", "债权转让通知书\n李四：债权已转让，请联系某某资产管理有限公司。"),
        ("sms_bank", "【招商银行】谨防骗子，如有疑问请联系我公司客服95555。"),
        ("sms_court", "【北京市朝阳区人民法院】李四，您有文书待查收，请登录人民法院在线服务。"),
        (
            "sms_court",
            "【北京市朝阳区人民法院】（2026）京0105民初12345号，您有一份电子传票，请下载。",
        ),
        ("sms_court", "【某某区人民法院】原告某某银行诉你一案，法院将上门送达，可告知家属代收。"),
        ("collection_letter", "催收告知函：请通过官方APP还款。我司无权以任何个人账户收款。"),
        ("other", "【反诈中心】请立即挂断，不要转账、不要共享屏幕、不要透露验证码。"),
        ("payment_order", "北京市朝阳区人民法院支付令\n（2026）京0105民督123号\n本院经审查认为"),
    ],
)
def test_plain_words_of_a_true_paper_do_not_make_it_doubtful(kind: str, text: str) -> None:
    assert read(text, kind).grade in (Grade.LIKELY, Grade.CANNOT_TELL)


def test_a_court_that_would_tell_all_relatives_is_doubtful() -> None:
    text = "【某某区人民法院】你已被起诉，今日不处理将通知你的单位及通讯录亲友，并上门抓人。"
    assert read(text, "sms_fake_court").grade in (Grade.DOUBTFUL, Grade.FAKE)


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


def test_a_summons_that_brings_the_complaint_starts_the_days_of_the_answer() -> None:
    court = "广州市天河区人民法院\n传票\n（2026）粤0106民初28417号\n应到时间2026年12月16日\n"
    told = "随本传票送达起诉状副本，应在收到起诉状副本之日起15日内提出答辩状。\n"
    assert read(court + told, "summons").period == "answer_to_suit"
    assert read(court + "本案适用简易程序。" + told, "summons").period == "answer_simplified"
    assert read(court + "本案适用小额诉讼程序。" + told, "summons").period is None
    assert read(court, "summons").period is None


def test_what_is_posted_up_stays_a_letter_although_it_is_short() -> None:
    told = "本单元常某拖欠借款1.36万元，望邻居转告。限3日内联系外访专员。"
    assert read(f"（贴在我家单元门上的）\n{told}", "collection_letter").kind == "collection_letter"
    assert read(told, "collection_letter").kind == "sms_agency"


def test_a_short_paper_with_a_heading_stays_one() -> None:
    told = "贵户在我社的贷款已逾期，欠息418.20元。\n请到信贷窗口办理。"
    assert read(f"到期提示（第二联）\n{told}", "collection_letter").kind == "collection_letter"
    assert read(f"齐某，你好，\n{told}", "collection_letter").kind == "sms_agency"


def test_what_came_from_a_number_is_a_message_although_it_is_signed_by_a_day() -> None:
    told = "致齐某：我所受某公司委托，\n请七日内还清借款。\n逾期将起诉。\n2026.11.18"
    sent = f"发件 1065 5711 0034 2\n【某某律师事务所】{told}"
    assert read(sent, "lawyer_letter").kind == "sms_lawyer_style"
    assert read(told, "lawyer_letter").kind == "lawyer_letter"


def test_a_paper_in_traditional_characters_is_read_as_in_simplified_ones() -> None:
    assert laid_out("電子傳喚票，欠款人民幣壹萬元").running == "电子传唤票，欠款人民币一万元"


FORGED_AS_TRUE = [
    (
        "sms_bank",
        "【招商银行】尊敬的客户，您的信用卡已逾期，系统将于明日自动上报征信，请致电客服。",
    ),
    ("sms_bank", "【平安银行】您的贷款已转入资产保全部，请尽快联系资产保全部王先生处理。"),
    ("card_suspension", "【交通银行】您的信用卡已被风控，如需恢复额度请联系提额中心。"),
    (
        "settlement_certificate",
        "结清证明\n张某在招商银行的欠款已结清，征信已修复。\n招商银行\n2026年11月3日",
    ),
    (
        "summons",
        "传票\n被传唤人：方某\n应到时间：2026年12月8日9时\n应到处所：本院\n如主动还清可免于开庭。",
    ),
    ("answer_notice", "应诉通知书\n方某：你已被起诉，请在三日内联系原告代理人，否则缺席判决。"),
    ("freeze_notice", "冻结通知书\n方某名下全部账户已冻结，如需恢复请联系承办人申请。"),
    ("execution_notice", "执行通知书\n责令方某三日内履行，否则强制搬离，全家列入失信。"),
    ("judgment", "民事判决书\n判决方某支付8000元及催收费2000元，三日内付至原告，否则移送公安。"),
    (
        "consumption_restriction",
        "限制消费令\n方某：因你逾期，限制你及家属高消费，还款后立即解除。",
    ),
    ("sms_court", "方某，此案即将缺席判决，请尽快联系原告协商处理。"),
]


@pytest.mark.parametrize(("kind", "text"), FORGED_AS_TRUE)
def test_a_right_number_alone_makes_no_paper_likely(kind: str, text: str) -> None:
    number = {"freeze_notice": "执保", "execution_notice": "执", "consumption_restriction": "执"}
    court = f"杭州市西湖区人民法院\n（2026）浙0106{number.get(kind, '民初')}1234号\n"
    is_of_bank = "银行" in text
    assert read(text if is_of_bank else court + text, kind).grade is not Grade.LIKELY
