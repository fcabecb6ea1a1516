"""Papers told by their words alone: police papers, evidence, awards not enforced, and more."""

import pytest

from bot.answering.tasks.all_tasks import paper_desk_of
from bot.concepts.paper_reading import Grade
from tests.answering.tasks.desk import real_book
from tests.papers import enforcement_papers
from tests.papers.enforcement_papers import COURT, POLICE, POLICE_FREEZE, SIGNED
from tests.papers.reading import RECEIVED, at_desk, read

CALLED = f"""{POLICE}传 唤 证
杭公西(经)传唤字〔2026〕1032号
根据《中华人民共和国刑事诉讼法》第一百一十九条之规定，兹传唤涉嫌信用卡诈骗罪的犯罪嫌疑人方某于2026年12月3日9时前到西湖区分局经侦大队办案区接受讯问。
被传唤人必须持此件报到，无正当理由不到的，可以依法拘传。{SIGNED}"""
CALLED_BY_STATION = f"""{POLICE}传唤证
杭公西（北）行传字〔2026〕第233号
方某：因你涉嫌寻衅滋事，根据《中华人民共和国治安管理处罚法》第九十六条第一款，现传唤你于2026年12月3日9时前到北山派出所接受询问。
联系人：柳警官 0571-87651234"""
WITNESS = f"""{POLICE}询问通知书
杭公西（经）询通字〔2026〕88号
方某：为查明某某公司非法经营案，请你于2026年12月5日10时到我局经侦大队接受询问。
请携带身份证、还款记录、微信聊天记录和转账凭证。{SIGNED}"""
CALLED_IN_ONE = " ".join(CALLED.split())
FAMILY = f"""{POLICE}传唤通知书
杭公西传通字[2026]66号
方某家属：方某因涉嫌殴打他人，于2026年11月28日15时被我局传唤至北山派出所接受询问。{SIGNED}"""
PROSECUTOR = """杭州市西湖区人民检察院
传唤证
杭西检传〔2026〕7号
现传唤犯罪嫌疑人方某于2026年12月10日9时到本院第二检察部接受讯问。
2026年12月1日"""
TRUE_POLICE = [CALLED, CALLED_BY_STATION, WITNESS, CALLED_IN_ONE, FAMILY, PROSECUTOR]

FORGED_POLICE = [
    (
        f"{CALLED}\n在12月2日前将欠款8600元汇入办案账户6222020200112233"
        f"445（户名：辛某），可予以撤案。"
    ),
    f"{CALLED_BY_STATION}\n请添加办案警官微信13812345678做远程笔录。",
    f"{WITNESS}\n请下载“公安云笔录”软件，打开屏幕共享接受询问。",
    f"{CALLED}\n案情涉密，不得告知他人。",
    f"{CALLED_BY_STATION}\n可登录公安部网站查看逮捕令。",
    f"{WITNESS}\n须缴纳取保候审保证金20000元。",
    f"{CALLED_BY_STATION}\n因你拖欠网贷，今日18时前联系处理。",
    (
        "【合肥市公安局】传唤证：方某，因您涉嫌恶意拖欠贷款，请于12月3"
        "日到包河分局接受调查，联系人孙警官15212345678。"
    ),
    (
        "西安市公安局传唤通知书〔2026〕12号：方某，请于12月3日到雁塔分"
        "局接受调查，逾期强制传唤。咨询17012345678"
    ),
    "【法院、公安联合】传唤证已签发，编号〔2026〕331号，请速联系承办警官到分局接受询问。",
]

FINED = f"""{POLICE}行政处罚决定书
杭公西（北）行罚决字〔2026〕1033号
违法行为人方某，现查明其多次敲门滋扰他人，决定给予罚款五百元的行政处罚。
如不服本决定，可以在收到本决定书之日起六十日内申请行政复议。{SIGNED}"""
NO_CASE = f"""{POLICE}不予立案通知书
杭公西（刑）不立字〔2026〕112号
方某：你提出控告的冒名贷款一案，我局经审查认为没有犯罪事实，决定不予立案。
如不服本决定，可以在收到本通知书之日起七日内向我局申请复议。{SIGNED}"""
NOT_BACKED = f"""浙江省人民检察院
不支持监督申请决定书
浙检民监〔2026〕55号
方某不服（2025）浙01民终123号民事判决。本院决定：不支持方某的监督申请。{SIGNED}"""
EVIDENCE = f"""{COURT}举证通知书
（2026）浙0106民初1234号
方某：请自收到本通知之日起十五日内提交证据材料，逾期举证的，承担不利后果。{SIGNED}"""
EVIDENCE_DATED = EVIDENCE.replace(
    "请自收到本通知之日起十五日内", "举证期限至2026年12月18日届满，请"
)
BOTH = EVIDENCE.replace("举证通知书", "应诉通知书及举证通知书").replace(
    "请自收到本通知之日起十五日内",
    "收到起诉状副本之日起十五日内提出答辩状；举证期限十五日，",
)
SMALL = f"""{COURT}应诉通知书
（2026）浙0106民初1237号
方某：本案适用小额诉讼程序，实行一审终审。答辩期七日，举证期限七日。{SIGNED}"""
ADDRESS = f"""{COURT}送达地址确认书
案号：（2026）浙0106民初1234号
受送达人：方某
因提供的地址不准确，诉讼文书退回之日视为送达之日。是否同意电子送达：□是 □否"""
NOT_ENFORCED = f"""杭州市中级人民法院
执行裁定书
（2026）浙01执异22号
申请人（被执行人）：方某。
方某申请不予执行某某仲裁委员会（2025）某仲裁字第123号仲裁裁决。
裁定如下：不予执行某某仲裁委员会（2025）某仲裁字第123号仲裁裁决。{SIGNED}"""
AWARD_STANDS = NOT_ENFORCED.replace(
    "不予执行某某仲裁委员会（2025）某仲裁字第123号仲裁裁决。\n审",
    "驳回方某不予执行仲裁裁决的申请。\n审",
)
OUTSIDER_OF_AWARD = (
    AWARD_STANDS.replace("申请人（被执行人）：方某", "案外人：辛某")
    .replace("方某申请", "案外人辛某申请")
    .replace("驳回方某", "驳回案外人辛某")
)
REFUSED = f"""{COURT}执行裁定书
（2026）浙0106执异12号
异议人（被执行人）：方某。
裁定如下：驳回异议人方某的异议请求。{SIGNED}"""
OFFER = """减免结清方案确认函
尊敬的方某：您的信用卡欠款合计23,450.80元。经协商，您于2026年12月15日前一次性归还15,000元，剩余息费予以减免，账户按结清处理。
某某银行信用卡中心
2026年11月21日"""
CERTIFICATE = (
    "结清证明\n兹证明方某在我行的贷款已于2026年11月10日全部结清，按减免方案处理。特此证明。"
)
SECURITY = (
    "方某：关于某某银行申请实现担保物权一案，你有异议的，应在收到之"
    "日起5日内书面提出。异议权利告知书。（2026）浙0106民特119号 西"
    "湖区人民法院"
)
RIGHTS = (
    "杭州市西湖区人民法院异议权利告知书（2026）浙0106执889号方某："
    "你应履行给付义务。如对本院执行行为有异议，可在执行程序终结前书"
    "面提出。2026年11月18日"
)
ORDER = (
    "杭州市西湖区人民法院 支付令 （2026）浙0106民督218号 申请人：某"
    "某银行。被申请人：方某。被申请人应当自收到本支付令之日起十五日"
    "内给付申请人18,320.50元，或者向本院提出书面异议。附：异议权利"
    "告知书。审判员 柳某 二〇二六年十一月十六日"
)

SORTS = [
    ("other", FINED, "police_penalty", "administrative_review", "2027-01-19"),
    ("other", NO_CASE, "police_no_case", None, None),
    ("judgment", NOT_BACKED, "not_supported", None, None),
    ("answer_notice", EVIDENCE, "evidence_notice", "evidence_notice", "2026-12-07"),
    ("answer_notice", EVIDENCE_DATED, "evidence_notice", None, None),
    ("answer_notice", BOTH, "answer_notice", "answer_to_suit", "2026-12-07"),
    ("answer_notice", SMALL, "small_claim_notice", None, None),
    ("answer_notice", ADDRESS, "address_form", None, None),
    ("judgment", NOT_ENFORCED, "award_not_enforced", None, None),
    ("judgment", AWARD_STANDS, "award_stands", None, None),
    ("judgment", OUTSIDER_OF_AWARD, "review_ruling", "award_outsider_review", "2026-11-30"),
    ("judgment", REFUSED, "review_ruling", "enforcement_review", "2026-11-30"),
    ("collection_letter", OFFER, "settlement_offer", None, None),
    ("settlement_certificate", CERTIFICATE, "settlement_certificate", None, None),
    ("payment_order", SECURITY, "security_notice", "security_objection", "2026-11-25"),
    ("payment_order", RIGHTS, "enforcement_rights", None, None),
    ("payment_order", ORDER, "payment_order", "payment_order_objection", "2026-12-07"),
]


@pytest.mark.parametrize("text", TRUE_POLICE)
@pytest.mark.parametrize("kind", ["sms_fake_police", "summons", "other"])
def test_a_paper_of_the_police_is_told_as_what_it_may_be(kind: str, text: str) -> None:
    reading = read(text, kind)
    assert (reading.kind, reading.grade) == ("police_summons", Grade.CANNOT_TELL)


@pytest.mark.parametrize("text", FORGED_POLICE)
def test_one_that_asks_for_money_or_a_hurry_stays_false(text: str) -> None:
    reading = read(text, "sms_fake_police")
    assert reading.kind == "sms_fake_police"
    assert reading.grade in (Grade.DOUBTFUL, Grade.FAKE)


@pytest.mark.parametrize(
    ("kind", "text", "finer", "period", "day"), [*SORTS, *enforcement_papers.SORTS]
)
def test_a_sort_is_told_by_its_words(
    kind: str, text: str, finer: str, period: str | None, day: str | None
) -> None:
    reading, last = at_desk(text, kind)
    assert (reading.kind, reading.period, last) == (finer, period, day)


IN_ONE = [
    (
        "summons",
        (
            "传票 案号：{number} 案由：信用卡纠纷 被传唤人：方某 传唤事由："
            "开庭 应到时间：2026年12月15日9时30分 应到处所：第三法庭"
        ),
    ),
    (
        "summons",
        ("传票 案号：{number} 被传唤人方某 应到时间2026年12月10日14时 审判员柳某 书记员辛某"),
    ),
    (
        "answer_notice",
        (
            "应诉通知书 {number} 方某：发送起诉状副本一份，收到之日起15日内"
            "提出答辩状。2026年11月15日"
        ),
    ),
]


@pytest.mark.parametrize(("kind", "text"), IN_ONE)
def test_a_paper_pasted_as_one_paragraph_is_no_message(kind: str, text: str) -> None:
    whole = "杭州市西湖区人民法院" + text.format(number="（2026）浙0106民初1234号")
    assert read(whole, kind).kind == kind
    sent = f"【杭州市西湖区人民法院】{text.format(number='（2026）浙0106民初1234号')}"
    assert read(sent, kind).kind == "sms_court"


def test_one_without_a_number_but_signed_is_no_forgery() -> None:
    reading = read("杭州市西湖区人民法院" + IN_ONE[1][1].format(number=""), "summons")
    assert (reading.kind, reading.grade) == ("summons", Grade.CANNOT_TELL)


def test_a_false_one_in_one_paragraph_stays_false() -> None:
    text = (
        "全国联合法院 传票 案号（2026）京民字第8891号 被传唤人方某 请于"
        "当日前将欠款12000元汇入执行账户"
    )
    assert read(text, "summons").grade is Grade.FAKE


def test_a_last_page_without_a_number_takes_the_day_it_came() -> None:
    """It was asked for again and again."""
    text = f"如不服本判决，可在判决书送达之日起十五日内，向本院递交上诉状。{SIGNED}\n{COURT}"
    reading, last = at_desk(text, "judgment")
    assert "has_number" not in reading.fields.found
    assert last == "2026-12-07"


def test_a_doubtful_one_without_a_number_has_none() -> None:
    text = (
        f"{COURT}支付令\n方某：收到本支付令之日起十五日内提出异议。请将"
        f"款项在24小时内付至http://court-pay.top"
    )
    desk = paper_desk_of(real_book())
    reading, _ = at_desk(text, "payment_order")
    assert not desk.is_believed(reading)
    assert desk.deadline_if_true(reading, RECEIVED) is None


def test_the_number_of_the_police_is_no_sign_of_a_forgery() -> None:
    assert at_desk(POLICE_FREEZE, "freeze_notice")[0].grade is Grade.CANNOT_TELL


@pytest.mark.parametrize(
    "asked", ["请将解冻保证金5000元转入指定账户。", "请添加警官微信13812345678。"]
)
def test_a_freeze_that_asks_for_money_is_none_of_the_police(asked: str) -> None:
    assert at_desk(POLICE_FREEZE + asked, "freeze_notice")[0].kind == "freeze_notice"
