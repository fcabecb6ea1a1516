"""Decisions of courts and arbitrators in full: which it is, and the last day that it starts."""

import pytest

from bot.answering.tasks.all_tasks import paper_desk_of
from tests.answering.tasks.desk import real_book
from tests.papers.reading import at_desk

COURT = "杭州市西湖区人民法院\n"
ENDING = "\n审判长 柳某\n二〇二六年十一月十六日\n书记员 辛某"

AWARD = """某某仲裁委员会
裁 决 书
（2026）某仲裁字第1234号
申请人：某某小额贷款有限公司。
被申请人：方某。
本委受理后，依法向被申请人送达了仲裁通知书、仲裁规则。被申请人未提交答辩意见，也未到庭参加庭审。
本庭认为，申请人提交的证据形式合法，对上述证据予以采信。
裁决如下：
一、被申请人向申请人支付借款本金18,000元及利息；
二、本案仲裁费由被申请人承担。
本裁决为终局裁决，自作出之日起发生法律效力。
首席仲裁员 柳某
二〇二六年十一月十日"""
AWARD_NOTICE = """某某仲裁委员会
仲裁通知书
（2026）某仲裁字第1234号
方某：本委已受理某某公司与你之间的借款合同纠纷。请在收到之日起十五日内提交答辩书和证据。
不到庭的，仲裁庭将依法缺席作出裁决，并向你送达裁决书。
二〇二六年十一月十日"""
JURISDICTION = f"""{COURT}民 事 裁 定 书
（2026）浙0106民初1234号
被告方某在提交答辩状期间，对管辖权提出异议。
裁定如下：驳回方某对本案管辖权提出的异议。
如不服本裁定，可以在裁定书送达之日起十日内，向本院递交上诉状，上诉于杭州市中级人民法院。{ENDING}"""
REVIEW = f"""{COURT}执 行 裁 定 书
（2026）浙0106执异12号
异议人（被执行人）：方某。
裁定如下：驳回异议人方某的异议请求。
如不服本裁定，可以自本裁定送达之日起十日内，通过本院向杭州市中级人民法院申请复议。{ENDING}"""
OUTSIDER = f"""{COURT}执 行 裁 定 书
（2026）浙0106执异13号
案外人：辛某。申请执行人：某某银行。被执行人：方某。
裁定如下：驳回案外人辛某的异议请求。
案外人、当事人对裁定不服，认为原判决、裁定错误的，应当依照审判监督程序办理；与原判决、裁定无关的，可以自本裁定送达之日起十五日内向本院提起诉讼。{ENDING}"""
ADDED = f"""{COURT}执 行 裁 定 书
（2026）浙0106执异14号
申请人：某某银行。被申请人：方某。
申请人以方某未缴足出资为由，请求追加其为被执行人。
裁定如下：追加方某为（2026）浙0106执12号案的被执行人。
如不服本裁定，可以自本裁定送达之日起十五日内，向本院提起执行异议之诉。{ENDING}"""
ADDED_REVIEW = ADDED.replace("未缴足出资", "系个体工商户经营者").replace(
    "十五日内，向本院提起执行异议之诉", "十日内，向杭州市中级人民法院申请复议"
)
SALE = f"""{COURT}民 事 裁 定 书
（2026）浙0106民特12号
申请人某某银行请求实现担保物权。
裁定如下：准许拍卖、变卖被申请人方某名下抵押房产。
如有异议，应当自收到本裁定之日起十五日内，向本院提出异议。{ENDING}"""
FROZEN = f"""{COURT}民 事 裁 定 书
（2026）浙0106财保12号
申请人某某银行申请诉前财产保全。
裁定如下：冻结被申请人方某名下银行存款50000元。
本裁定立即开始执行。如不服本裁定，可以自收到裁定书之日起五日内向本院申请复议一次。{ENDING}"""
WITHDRAWN = f"""{COURT}民 事 裁 定 书
（2026）浙0106民初1234号
裁定如下：准许原告某某银行撤回起诉。案件受理费减半收取，由原告负担。{ENDING}"""
ENDED = f"""{COURT}执 行 裁 定 书
（2026）浙0106执12号
裁定如下：终结本次执行程序。申请执行人发现被执行人有可供执行财产的，可以再次申请执行。{ENDING}"""
SETTLED = f"""{COURT}民 事 调 解 书
（2026）浙0106民初1234号
经本院主持调解，双方自愿达成如下协议：被告方某自2026年12月起每月20日前归还1000元。
上述协议，不违反法律规定，本院予以确认。本调解书经双方当事人签收后，即具有法律效力。{ENDING}"""
SECOND = f"""杭州市中级人民法院
民 事 判 决 书
（2026）浙01民终123号
上诉人方某因与被上诉人某某银行信用卡纠纷一案，不服一审判决，向本院提起上诉。
判决如下：驳回上诉，维持原判。本判决为终审判决。{ENDING}"""
FIRST = f"""{COURT}民 事 判 决 书
（2026）浙0106民初1234号
判决如下：被告方某于本判决生效之日起十日内偿还原告本金18,000元。
如不服本判决，可在判决书送达之日起十五日内向本院递交上诉状，上诉于杭州市中级人民法院。{ENDING}"""
SECURITY = f"""{COURT}异议权利告知书
（2026）浙0106民特12号
方某：申请人某某银行申请实现担保物权一案，现送达申请书副本。你如有异议，应当在收到本通知后五日内向本院提出，同时说明理由并提供证据。
二〇二六年十一月十六日"""
APPRAISAL = f"""{COURT}通 知 书
（2026）浙0106执12号
方某：现向你送达房产评估报告一份。如对评估报告有异议，应当在收到后五日内书面向本院提出。
二〇二六年十一月十六日"""
SIMPLE = f"""{COURT}应诉通知书
（2026）浙0106民初1234号
方某：原告某某银行诉你信用卡纠纷一案，本院已受理，适用简易程序审理。你应当在收到起诉状副本之日起十五日内提出答辩状。
二〇二六年十一月十六日"""
EXECUTED = f"""{COURT}执行通知书
（2026）浙0106执12号
方某：某某仲裁委员会作出的（2026）某仲裁字第1234号裁决书已经发生法律效力，责令你履行义务，并报告财产。
二〇二六年十一月十六日"""
NOTICE_OF_OBJECTION = SECURITY.replace("方某：申请人", "被申请人方某：\n本院受理申请人").replace(
    "五日内向本院提出", "五日内就借款金额、担保效力书面提出"
)
ALLOWED = SALE.replace(
    "如有异议，应当自收到本裁定之日起十五日内，向本院提出异议。",
    "申请费由被申请人方某负担。本裁定为终审裁定。",
)
CONFIRMED = f"""{COURT}民 事 裁 定 书
（2026）浙0106民特15号
申请人：某某银行。申请人：方某。
裁定如下：申请人于2026年10月9日达成的调解协议有效。
一方拒绝履行的，对方当事人可以向人民法院申请执行。{ENDING}"""
ONCE = FROZEN.replace("自收到裁定书之日起五日内向本院申请复议一次", "向本院申请复议一次")
ANNOUNCED = """杭州市西湖区人民法院公告
（2026）浙0106民初1234号
方某：本院受理某某银行诉你信用卡纠纷一案，现依法向你公告送达民事判决书。自本公告发出之日起经过三十日，即视为送达。如不服本判决，可在公告期满之日起十五日内向本院递交上诉状，上诉于杭州市中级人民法院。
2026年10月16日"""
ANNOUNCED_SUIT = """公告
（2026）浙0106民初1235号
方某：现依法向你公告送达起诉状副本、应诉通知书及开庭传票。自公告之日起经过30日即视为送达。提出答辩状的期限为公告期满后15日内，定于2027年1月12日9时开庭。
杭州市西湖区人民法院
2026年11月10日"""
RESUMED = f"""{COURT}恢复执行通知书
（2026）浙0106执恢12号
方某：本院于2023年6月作出执行裁定，终结本次执行程序。现申请执行人申请恢复执行，本院依法恢复执行。请立即履行义务，报告财产。{ENDING}"""
ENDED_AGAIN = ENDED.replace("执12号", "执恢12号").replace(
    "裁定如下：", "本院恢复执行后，未发现可供执行的财产。裁定如下："
)
CALLED = f"""{COURT}传票
（2026）浙0106执12号
被传唤人：方某
传唤事由：接受询问、报告财产
应到时间：2026年12月8日9时
应到处所：执行局第二谈话室{ENDING}"""
CALLED_TO_SUIT = CALLED.replace("执12号", "民初1234号").replace("接受询问、报告财产", "开庭")
APPEALED = """应诉通知书
（2026）浙01民终123号
方某：上诉人某某银行不服一审判决提起上诉，现送达上诉状副本一份。你应当在收到之日起十五日内提出答辩状。
杭州市中级人民法院
二〇二六年十一月十六日"""
WITHHELD = f"""{COURT}协助执行通知书
（2026）浙0106执12号
杭州某某商贸有限公司：本院执行某某银行与方某一案，请协助扣留被执行人方某的工资，每月2000元，汇入本院执行款专户。{ENDING}"""
BY_NOTARY = f"""{COURT}执 行 裁 定 书
（2026）浙0106执16号
申请执行人：某某银行。被执行人：方某。
本院依据杭州市某某公证处（2026）杭某证执字第12号执行证书立案执行。
裁定如下：查封被执行人方某名下房屋。{ENDING}"""
CERTIFICATE = """杭州市某某公证处
执行证书
（2026）杭某证执字第12号
本处对（2023）杭某证经字第99号公证书出具执行证书。申请人可持本执行证书向有管辖权的人民法院申请执行。
公证员 柳某"""
NOTARY_REFUSED = f"""{COURT}执 行 裁 定 书
（2026）浙0106执异17号
被执行人方某申请不予执行杭州市某某公证处（2023）杭某证经字第99号公证债权文书。
裁定如下：驳回方某不予执行公证债权文书的申请。
如不服本裁定，可以自本裁定送达之日起十日内，向杭州市中级人民法院申请复议。{ENDING}"""
OWED = """还款确认函
方某女士：请您确认截至2026年11月10日尚欠我公司本金12000元、利息8000元，并承诺于2026年12月31日前还清，签字后寄回。
某某资产管理有限公司"""
WARNED = EXECUTED.replace(
    "并报告财产。", "并报告财产。经依法传唤，无正当理由拒不到场的，可以拘传。"
)
GUARANTEED = """保证责任确认书
辛某：您为方某的借款提供保证，保证期间即将届满。请签字确认同意继续承担保证责任。
某某银行"""
SOLD = """债权转让暨催收公告
某某银行已将对方某的债权转让给某某资产管理有限公司。自本公告发布之日起经过三十日，视为送达。
2026年11月16日"""
SETTLED_DEBT = """贷款结清证明
兹证明方某（身份证号3301**********1234）在我行的贷款（合同编号123）已于2026年10月8日全部结清。特此证明，签字盖章有效。
某某银行"""
REPORT_ANSWERED = """举报事项答复意见书
方某：你举报某某银行一事，经查未发现违法行为。不服的，可在收到之日起六十日内申请行政复议。
某某监管分局
二〇二六年十一月十六日"""
ORDER_ENDED = f"""{COURT}民 事 裁 定 书
（2026）浙0106民督12号
被申请人方某于法定期间提出书面异议。
裁定如下：终结本案的督促程序。{ENDING}"""
SMS = (
    "【12368】方某您好，（2026）浙0106执12号案件已立案执行，您作为被执行人，"
    "请到人民法院在线服务查收执行通知书。杭州市西湖区人民法院"
)
SMS_OF_SUIT = (
    "【12368】方某您好，（2026）浙0106民初1234号案件定于2026年12月15日14:00在第三法庭开庭，"
    "逾期不履行判决将强制执行。杭州市西湖区人民法院"
)

PAPERS = [
    ("arbitration_notice", AWARD, "award", "set_aside_award", "2027-02-20"),
    ("arbitration_notice", AWARD_NOTICE, "arbitration_notice", None, None),
    ("judgment", JURISDICTION, "appealable_ruling", "appeal_ruling", "2026-11-30"),
    ("judgment", REVIEW, "review_ruling", "enforcement_review", "2026-11-30"),
    ("execution_notice", REVIEW, "review_ruling", "enforcement_review", "2026-11-30"),
    ("judgment", OUTSIDER, "outsider_ruling", "outsider_suit", "2026-12-07"),
    ("judgment", ADDED, "added_owner_ruling", "added_party_suit", "2026-12-07"),
    ("execution_notice", ADDED_REVIEW, "added_party_ruling", "added_party_review", "2026-11-30"),
    ("judgment", SALE, "special_ruling", "special_ruling_objection", "2026-12-07"),
    ("judgment", FROZEN, "freeze_notice", "preservation_review", "2026-11-25"),
    ("freeze_notice", FROZEN, "freeze_notice", "preservation_review", "2026-11-25"),
    ("judgment", WITHDRAWN, "final_ruling", None, None),
    ("execution_notice", ENDED, "final_ruling", None, None),
    ("judgment", SETTLED, "mediation_paper", None, None),
    ("judgment", SECOND, "final_judgment", None, None),
    ("judgment", FIRST, "judgment", "appeal", "2026-12-07"),
    ("other", SECURITY, "security_notice", "security_objection", "2026-11-25"),
    ("other", APPRAISAL, "appraisal", "reference_price_objection", "2026-11-25"),
    ("answer_notice", SIMPLE, "answer_notice", "answer_simplified", "2026-12-07"),
    ("execution_notice", EXECUTED, "award_execution", "resist_award", "2026-12-07"),
    (
        "credit_objection_reply",
        NOTICE_OF_OBJECTION,
        "security_notice",
        "security_objection",
        "2026-11-25",
    ),
    ("judgment", ALLOWED, "special_ruling", "special_ruling_objection", "2026-12-07"),
    ("judgment", CONFIRMED, "special_ruling", "special_ruling_objection", "2026-12-07"),
    ("judgment", ONCE, "freeze_notice", "preservation_review", "2026-11-25"),
    ("freeze_notice", ONCE, "freeze_notice", "preservation_review", "2026-11-25"),
    ("judgment", ANNOUNCED, "announcement", None, None),
    ("answer_notice", ANNOUNCED_SUIT, "announcement", None, None),
    ("execution_notice", RESUMED, "execution_notice", None, None),
    ("execution_notice", ENDED_AGAIN, "final_ruling", None, None),
    ("summons", CALLED, "enforcement_summons", None, None),
    ("summons", CALLED_TO_SUIT, "summons", None, None),
    ("execution_notice", CALLED, "enforcement_summons", None, None),
    ("execution_notice", WARNED, "award_execution", "resist_award", "2026-12-07"),
    ("judgment", ONCE.replace("财保12号", "执异18号"), "ruling", None, None),
    ("other", SOLD, "other", None, None),
    ("answer_notice", APPEALED, "appeal_notice", None, None),
    ("execution_notice", WITHHELD, "assist_notice", None, None),
    ("freeze_notice", WITHHELD, "assist_notice", None, None),
    ("notary_enforcement", BY_NOTARY, "notary_execution", None, None),
    ("notary_enforcement", CERTIFICATE, "notary_enforcement", None, None),
    ("notary_enforcement", NOTARY_REFUSED, "review_ruling", "notarised_review", "2026-11-30"),
    ("settlement_certificate", OWED, "acknowledgment", None, None),
    ("settlement_certificate", GUARANTEED, "acknowledgment", None, None),
    ("settlement_certificate", SETTLED_DEBT, "settlement_certificate", None, None),
    ("regulator_reply", REPORT_ANSWERED, "regulator_reply", "administrative_review", "2027-01-19"),
    ("judgment", ORDER_ENDED, "order_ended", None, None),
    ("sms_court", SMS, "sms_enforcement", None, None),
    ("sms_court", SMS_OF_SUIT, "sms_court", None, None),
]


@pytest.mark.parametrize(("taken_for", "text", "kind", "period", "day"), PAPERS)
def test_a_decision_is_told_by_its_own_words_with_its_own_last_day(
    taken_for: str, text: str, kind: str, period: str | None, day: str | None
) -> None:
    reading, last = at_desk(text, taken_for)
    assert (reading.taken_for, reading.kind, reading.period) == (taken_for, kind, period)
    assert last == day


def test_a_ruling_whose_last_paragraph_is_lost_has_no_last_day() -> None:
    text = JURISDICTION.replace("如不服本裁定，可以在裁定书送达之日起十日内，", "")
    reading, _ = at_desk(text, "judgment")
    assert (reading.kind, reading.period) == ("ruling", None)


@pytest.mark.parametrize("text", [FIRST, JURISDICTION, REVIEW])
def test_a_page_without_its_court_is_not_of_the_court_above(text: str) -> None:
    reading, last = at_desk("（只拍到最后一页）" + text.removeprefix(COURT), "judgment")
    assert paper_desk_of(real_book()).is_believed(reading)
    assert last is not None


def test_an_account_in_groups_is_no_call_from_abroad() -> None:
    text = f"{EXECUTED}\n户名：杭州市西湖区人民法院\n账号：6217 0012 3400 0567 890"
    reading, last = at_desk(text, "execution_notice")
    assert "phone_foreign" not in reading.fields.found
    assert last == "2026-12-07"
    called, _ = at_desk("电话 0085298765432，账号：6217001234000567890", "other")
    assert "phone_foreign" in called.fields.found


@pytest.mark.parametrize("text", [CALLED, SMS])
def test_what_an_enforcing_court_sends_is_of_that_stage(text: str) -> None:
    reading, _ = at_desk(text, "summons" if text is CALLED else "sms_court")
    kind = paper_desk_of(real_book()).kind(reading)
    assert (kind.stage, kind.letter) == ("enforcement", "keep_living_costs")
