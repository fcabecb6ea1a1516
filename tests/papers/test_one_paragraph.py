"""Papers whose title comes first and whose court comes last, and who asks for money in one."""

import pytest

from bot.concepts.paper_reading import Grade
from tests.papers.reading import at_desk, read

END = "杭州市西湖区人民法院 2026年11月16日"
SUMMONS = (
    "传票 案号：（2026）浙0106民初1234号 案由：信用卡纠纷 被传唤人：方某 传唤事由：开庭 "
    f"应到时间：2026年12月15日14时 应到处所：第三法庭 审判员 柳某 书记员 辛某 {END}"
)
ANSWER = (
    "应诉通知书 （2026）浙0106民初1234号 方某：本院受理原告某银行诉你信用卡纠纷一案，现送达"
    f"起诉状副本。你应当在收到之日起十五日内提交答辩状。本案适用普通程序。{END}"
)
EVIDENCE = (
    "举证通知书 （2026）浙0106民初1234号 方某：本案举证期限至2026年12月10日届满，"
    f"逾期提交的证据可能不予采纳。{END}"
)
SMALL = (
    "小额诉讼告知书 （2026）浙0106民初1234号 方某：本案依法适用小额诉讼程序，答辩期、举证期限"
    f"均为七日。{END}"
)
FEE = (
    "交纳上诉费通知书 （2026）浙0106民初1234号 方某：你不服本院判决提起上诉，应于接到本通知次日起"
    f"七日内交纳上诉案件受理费2255元，逾期未交按自动撤回上诉处理。"
    f"{END} 收款账户：杭州市财政局非税收入专户"
)
ORDER_STANDS = (
    "杭州市西湖区人民法院 通知书 （2026）浙0106民督218号 方某：你对本院支付令提出的异议，因仅称"
    "无力偿还、请求延期，不影响支付令的效力，予以驳回。申请人可依法申请强制执行。2026年11月16日"
)
GOES_ON = (
    "某某仲裁委员会 决定书 （2026）某仲字第1201号 被申请人方某提出仲裁协议无效的管辖异议。"
    "本会决定：驳回被申请人的管辖异议，仲裁程序继续进行。2026年11月16日"
)
EVICTION = (
    "杭州市西湖区人民法院 公告 （2026）浙0106执1889号 责令被执行人方某及房屋占有人于2026年12月10日"
    "前迁出西湖区某路8号房屋，逾期本院将依法强制腾退。2026年11月16日"
)
HEIR = (
    "杭州市西湖区人民法院 执行裁定书 （2026）浙0106执异561号 申请人：某银行。被执行人方大某死亡。"
    "裁定如下：变更方某为被执行人，在继承方大某遗产范围内承担责任。"
    "如不服本裁定，可自裁定书送达之日起"
    "十日内向杭州市中级人民法院申请复议。2026年11月16日"
)
HEIR_FREED = HEIR.replace(
    "变更方某为被执行人，在继承方大某遗产范围内承担责任", "驳回变更方某为被执行人的申请"
)
OFFER = (
    "减免结清确认函\n致：方某\n经审批，同意您于2026年12月10日前一次性归还18,000元，"
    "剩余款项予以豁免，"
    "逾期本函失效。\n某某消费金融有限公司\n2026年11月20日"
)

SORTS = [
    ("sms_fake_court", SUMMONS, "summons", None, None),
    ("summons", SUMMONS, "summons", None, None),
    ("sms_court", ANSWER, "answer_notice", "answer_to_suit", "2026-12-07"),
    ("answer_notice", ANSWER, "answer_notice", "answer_to_suit", "2026-12-07"),
    ("sms_fake_court", EVIDENCE, "evidence_notice", None, None),
    ("sms_court", SMALL, "small_claim_notice", None, None),
    ("sms_court", FEE, "court_fee_notice", "court_fee_notice", "2026-11-27"),
    ("payment_order", ORDER_STANDS, "order_stands", None, None),
    ("arbitration_notice", GOES_ON, "arbitration_goes_on", None, None),
    ("other", EVICTION, "official_other", None, None),
    ("judgment", HEIR, "added_party_ruling", "added_party_review", "2026-11-30"),
    ("judgment", HEIR_FREED, "added_party_ruling", None, None),
    ("settlement_certificate", OFFER, "settlement_offer", None, None),
    (
        "settlement_certificate",
        OFFER.replace("减免结清确认函", "确认函"),
        "settlement_offer",
        None,
        None,
    ),
]


@pytest.mark.parametrize(("kind", "text", "finer", "period", "day"), SORTS)
def test_what_it_is_and_its_last_day(
    kind: str, text: str, finer: str, period: str | None, day: str | None
) -> None:
    reading, last = at_desk(text, kind)
    assert (reading.kind, reading.period, last) == (finer, period, day)
    assert reading.grade in (Grade.CANNOT_TELL, Grade.LIKELY)


ASKS = [
    "请于今日将欠款12000元汇入执行账户。",
    "请点击http://court-pay.top查看。",
    "承办人电话13812345678。",
    "请扫码缴费。",
]


@pytest.mark.parametrize("ask", ASKS)
def test_one_that_asks_for_money_or_a_tap_stays_a_message(ask: str) -> None:
    reading = read(SUMMONS.replace("审判员", f"{ask}审判员"), "sms_fake_court")
    assert reading.kind == "sms_fake_court"


FREEZE = (
    "民事裁定书 （2026）浙0106财保5512号 申请人某科技小贷公司 被申请人方某 裁定如下："
    "冻结被申请人银行"
    "存款41200元。如不服可自收到裁定书之日起五日内申请复议一次。"
    "解除冻结请将41200元汇入担保账户：户名 "
    f"{{payee}} 账号755912345678901。{END}"
)
ORDER = (
    "杭州市西湖区人民法院\n支付令\n（2026）浙0106民督218号\n申请人："
    "某某小额贷款有限公司\n被申请人：方某\n"
    "自收到本支付令之日起十五日内给付21000元，或者书面提出异议。"
    "为便于履行，请汇入 户名：{payee} 账号"
    "45001234567890123456。\n审判员 柳某\n2026年11月16日"
)


@pytest.mark.parametrize(("kind", "text"), [("freeze_notice", FREEZE), ("payment_order", ORDER)])
def test_a_court_whose_money_goes_to_a_company_is_doubtful(kind: str, text: str) -> None:
    forged = read(text.format(payee="某某诚达资产管理有限公司"), kind)
    assert forged.grade in (Grade.DOUBTFUL, Grade.FAKE)
    for payee in ("杭州市西湖区人民法院", "杭州市财政局"):
        assert read(text.format(payee=payee), kind).grade is Grade.CANNOT_TELL


def test_the_account_of_the_named_creditor_is_not_held_against_it() -> None:
    reading = read(ORDER.format(payee="某某小额贷款有限公司"), "payment_order")
    assert reading.grade is Grade.CANNOT_TELL


COMPANY = (
    "协助执行通知书 某某科技有限公司：因贵单位员工方某拒不履行还款义务，"
    "请协助扣留其2026年12月工资并汇至："
    "户名 某某咨询有限公司 账号6228481234567890123。某某资产管理有限公司（盖章）2026年11月16日"
)


@pytest.mark.parametrize("kind", ["freeze_notice", "execution_notice", "debt_transfer_notice"])
def test_no_company_can_have_wages_held_back(kind: str) -> None:
    reading = read(COMPANY, kind)
    assert (reading.kind, reading.grade) == ("private_assist", Grade.DOUBTFUL)


def test_an_offer_paid_into_a_collecting_account_is_doubtful() -> None:
    text = OFFER.replace("，剩余", "至指定对公代收账户，付款后截图发专员微信，剩余")
    reading = read(text, "settlement_certificate")
    assert (reading.kind, reading.grade) == ("settlement_offer", Grade.DOUBTFUL)


def test_the_sender_is_who_closes_the_paper_and_not_its_addressee() -> None:
    letter = (
        "协助执行通知书\n（2026）浙0106执3321号\n某某科技有限公司："
        "\n现请协助扣留方某工资，汇入本院执行款专户。\n"
        f"{END}"
    )
    for text in (letter, SUMMONS, ANSWER):
        assert read(text, "other").fields.sender == "杭州市西湖区人民法院"
