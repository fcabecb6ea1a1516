"""Decisions of courts and arbitrators in full: which it is, and the last day that it starts."""

from datetime import date

import pytest

from bot.answering.papers import last_safe_day
from bot.answering.tasks.all_tasks import paper_desk_of
from bot.concepts.paper_reading import PaperOpinion
from tests.answering.tasks.desk import real_book

CAME, ON = date(2026, 11, 20), date(2026, 11, 30)
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

PAPERS = [
    ("arbitration_notice", AWARD, "award", "set_aside_award", "2027-02-20"),
    ("arbitration_notice", AWARD_NOTICE, "arbitration_notice", None, None),
    ("judgment", JURISDICTION, "appealable_ruling", "appeal_ruling", "2026-11-30"),
    ("judgment", REVIEW, "review_ruling", "enforcement_review", "2026-11-30"),
    ("execution_notice", REVIEW, "review_ruling", "enforcement_review", "2026-11-30"),
    ("judgment", OUTSIDER, "outsider_ruling", "outsider_suit", "2026-12-07"),
    ("judgment", ADDED, "added_owner_ruling", "added_party_suit", "2026-12-07"),
    ("execution_notice", ADDED_REVIEW, "review_ruling", "enforcement_review", "2026-11-30"),
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
]


@pytest.mark.parametrize(("taken_for", "text", "kind", "period", "day"), PAPERS)
def test_a_decision_is_told_by_its_own_words_with_its_own_last_day(
    taken_for: str, text: str, kind: str, period: str | None, day: str | None
) -> None:
    desk = paper_desk_of(real_book())
    reading = desk.read(text, PaperOpinion(taken_for, 0.95, 1.0), CAME, ON)
    last = last_safe_day(desk.deadline(reading, CAME))
    assert (reading.taken_for, reading.kind, reading.period) == (taken_for, kind, period)
    assert str(last) == str(day)


def test_a_ruling_whose_last_paragraph_is_lost_has_no_last_day() -> None:
    desk = paper_desk_of(real_book())
    text = JURISDICTION.replace("如不服本裁定，可以在裁定书送达之日起十日内，", "")
    reading = desk.read(text, PaperOpinion("judgment", 0.95, 1.0), CAME, ON)
    assert (reading.kind, reading.period) == ("ruling", None)
