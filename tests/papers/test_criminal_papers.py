"""Papers of criminal cases, and decisions that run for a few days: none is called false."""

import pytest

from bot.concepts.paper_reading import Grade
from tests.papers.reading import at_desk, read

COURT, SIGNED = "杭州市西湖区人民法院\n", "\n二〇二六年十一月十六日\n书记员 辛某"
PROSECUTOR, POLICE = "杭州市西湖区人民检察院\n", "杭州市公安局西湖区分局\n"

VERDICT = f"""{COURT}刑 事 判 决 书
（2026）浙0106刑初123号
公诉机关杭州市西湖区人民检察院。
被告人方某，男。因涉嫌犯信用卡诈骗罪于2026年3月5日被刑事拘留，同年3月20日被取保候审。
经审理查明：被告人方某透支后将钱款转账到其个人账户，催收后仍不归还本金86,320元，案发后已还清，本院不予撤销。
本院认为，被告人方某的行为已构成信用卡诈骗罪。判决如下：
被告人方某犯信用卡诈骗罪，判处有期徒刑一年，缓刑一年，并处罚金二万元。
如不服本判决，可在接到判决书的第二日起十日内，通过本院或者直接向杭州市中级人民法院提出上诉。{SIGNED}"""
LAST_PAGE = VERDICT[VERDICT.index("被告人方某犯") :]
RULING = f"""{COURT}刑 事 裁 定 书
（2026）浙0106刑初124号
自诉人某某公司。被告人方某。
裁定如下：准许自诉人撤回自诉。
如不服本裁定，可在接到裁定书的第二日起五日内，向本院或者杭州市中级人民法院提出上诉。{SIGNED}"""
SECOND = (
    VERDICT[: VERDICT.index("如不服")]
    .replace("0106刑初", "01刑终")
    .replace(COURT, "杭州市中级人民法院\n")
    + f"本判决为终审判决。{SIGNED}"
)
INDICTMENT = f"""{PROSECUTOR}起 诉 书
杭西检刑诉〔2026〕88号
被告人方某，因涉嫌信用卡诈骗罪被网上追逃，2026年3月20日被取保候审。
本案由杭州市公安局西湖区分局侦查终结，移送本院审查起诉。
本院认为，应当以信用卡诈骗罪追究其刑事责任，提起公诉，请依法判处。{SIGNED}"""
SPARED = f"""{PROSECUTOR}不起诉决定书
杭西检刑不诉〔2026〕31号
被不起诉人方某，因涉嫌信用卡诈骗罪被取保候审。案发后已归还全部本金，决定对方某不起诉。
被不起诉人如不服本决定，可以自收到本决定书后七日内向本院申诉。{SIGNED}"""
RECEIPT = f"""受案回执
杭公西(北)受案字〔2026〕10321号
方某：你报称的辛某涉嫌诈骗一案我单位已受理。联系人：民警柳某 0571-87651234
{POLICE}二〇二六年十一月十六日"""
OPENED = f"""{POLICE}立案告知书
方某：某某银行报称的信用卡诈骗一案，我局现已立案侦查。
案件编号A3301061234562026110012。特此告知。{SIGNED}"""
RIGHTS = f"""{PROSECUTOR}被害人诉讼权利义务告知书
你在辛某涉嫌诈骗罪一案审查起诉期间有权申请回避，有权委托诉讼代理人。{SIGNED}"""
SUMMONED = f"""{COURT}传票
案号：（2026）浙0106刑初123号
案由：信用卡诈骗
被传唤人：方某
应到时间：2026年12月8日9时30分
应到处所：第三法庭{SIGNED}"""
BAILED = (
    f"{POLICE}取保候审决定书\n犯罪嫌疑人方某涉嫌信用卡诈骗罪，决定取保候审，交纳保证金10000元。"
)
TAKEN = f"{POLICE}拘留通知书\n方某家属：方某因涉嫌信用卡诈骗罪已被我局刑事拘留，羁押于看守所。"
NOT_BACKED = f"""浙江省人民检察院
不支持监督申请决定书
浙检民监〔2026〕55号
方某不服（2025）浙01民终123号民事判决，向本院申请监督。本院决定：不支持方某的监督申请。{SIGNED}"""
JAILED = f"""{COURT}拘 留 决 定 书
（2026）浙0106司惩12号
被拘留人方某，拒不申报财产。决定如下：对方某拘留十五日。
如不服本决定，可在收到决定书之日起三日内，口头或者书面向杭州市中级人民法院申请复议一次。{SIGNED}"""
FINED = JAILED.replace("拘 留 决", "罚 款 决").replace("拘留十五日", "罚款5000元")
OWES_THE_DEBTOR = f"""{COURT}履行到期债务通知书
（2026）浙0106执12号
辛某：被执行人方某对你享有到期债权30,000元。你应在收到本通知后的十五日内向申请执行人某某银行履行对被执行人到期债务，不得向被执行人清偿。
如有异议，应当自收到本通知后的十五日内向本院提出。{SIGNED}"""

PAPERS = [
    (VERDICT, "criminal_judgment", "criminal_appeal", "2026-11-30"),
    (LAST_PAGE, "criminal_judgment", "criminal_appeal", "2026-11-30"),
    (RULING, "criminal_ruling", "criminal_ruling_appeal", "2026-11-25"),
    (SECOND, "criminal_judgment", None, "None"),
    (INDICTMENT, "criminal_paper", None, "None"),
    (SPARED, "criminal_paper", None, "None"),
    (RECEIPT, "case_receipt", None, "None"),
    (OPENED, "criminal_paper", None, "None"),
    (RIGHTS, "criminal_paper", None, "None"),
    (SUMMONED, "criminal_paper", None, "None"),
    (BAILED, "criminal_paper", None, "None"),
    (TAKEN, "criminal_paper", None, "None"),
    (JAILED, "detention_decision", "detention_review", "2026-11-23"),
    (FINED, "detention_decision", "detention_review", "2026-11-23"),
    (OWES_THE_DEBTOR, "third_party_notice", "third_party_objection", "2026-12-07"),
]
FORGED = [
    "【西湖区检察院】起诉书：方某，你涉嫌信用卡诈骗罪被提起公诉，请立即联系13800000000，付清撤案。",
    "检察院起诉书 方某，你涉嫌诈骗罪将被提起公诉，立即联系13800000000还款，逾期判刑坐牢。",
    "【西湖公安】受案回执：方某涉嫌诈骗一案我单位已受理，请2小时内加微信zx8891配合，否则刑事拘留。",
    "【法院】刑事判决书已下达，判决如下：方某犯诈骗罪，判处有期徒刑三年，今日缴纳罚金至个人账户可免于抓捕。",
    "最高人民检察院 刑事逮捕冻结管制令 方某涉嫌洗钱犯罪，提起公诉，现签发逮捕令，冻结资金。",
    "公安局立案告知书：方某涉嫌诈骗已立案侦查，今日联系民警13800000000处理欠款，逾期抓捕。",
]


@pytest.mark.parametrize("taken_for", ["judgment", "execution_notice", "other"])
@pytest.mark.parametrize(("text", "kind", "period", "day"), PAPERS)
def test_a_genuine_one_is_known_with_its_own_last_day(
    text: str, kind: str, period: str | None, day: str, taken_for: str
) -> None:
    reading, last = at_desk(text, taken_for)
    against = [each.id for each in reading.signals if not each.is_for]
    assert reading.grade in (Grade.LIKELY, Grade.CANNOT_TELL), against
    assert (reading.kind, reading.period) == (kind, period)
    assert str(last) == day


@pytest.mark.parametrize("taken_for", ["sms_fake_police", "sms_fake_court"])
@pytest.mark.parametrize("text", [text for text, kind, *_ in PAPERS if "criminal" in kind])
def test_a_genuine_one_that_a_model_takes_for_a_forged_message_may_be_true(
    text: str, taken_for: str
) -> None:
    reading = read(text, taken_for)
    assert reading.grade is Grade.CANNOT_TELL
    assert not {"impersonate_police", "impersonate_court"} & {*reading.fields.acts}


def test_a_decision_of_prosecutors_on_a_civil_judgment_has_no_day_and_is_not_false() -> None:
    reading = read(NOT_BACKED, "judgment")
    assert (reading.kind, reading.grade) == ("not_supported", Grade.CANNOT_TELL)


@pytest.mark.parametrize("taken_for", ["judgment", "other", "sms_fake_police", "sms_fake_court"])
@pytest.mark.parametrize("text", FORGED)
def test_a_message_in_the_words_of_a_criminal_paper_stays_doubtful(
    text: str, taken_for: str
) -> None:
    assert read(text, taken_for).grade in (Grade.DOUBTFUL, Grade.FAKE)


@pytest.mark.parametrize(("text", "kind", "period", "day"), PAPERS)
def test_one_with_a_private_account_beside_is_not_believed(
    text: str, kind: str, period: str | None, day: str
) -> None:
    forged = f"{text}请立即将罚金转账到承办人王某微信。"
    assert read(forged, "judgment").grade in (Grade.DOUBTFUL, Grade.FAKE), (kind, period, day)


def test_the_notice_of_rights_of_a_civil_suit_is_no_criminal_paper() -> None:
    told = f"""{COURT}诉讼权利义务告知书
（2026）浙0106民初4521号
方某：当事人在民事诉讼中有权委托代理人、申请回避、提供证据，应当依法行使权利、遵守法庭秩序。{SIGNED}"""
    assert read(told, "answer_notice").kind != "criminal_paper"
    assert read(RIGHTS, "other").kind == "criminal_paper"
