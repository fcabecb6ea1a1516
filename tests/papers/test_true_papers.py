"""True papers whose words forgers use too: none is called false, and their days are told."""

from datetime import date

import pytest

from bot.answering.tasks.all_tasks import paper_desk_of
from bot.concepts.paper_reading import Grade, PaperOpinion
from tests.answering.tasks.desk import real_book
from tests.papers.reading import read

COURT = "北京市朝阳区人民法院"
JUDGMENT = (
    f"{COURT} 民事判决书 （2026）京0105民初12345号 原告某某银行 被告李四 信用卡纠纷一案，"
    "判决被告李四偿还本金20000元。如不服本判决，可在判决书送达之日起十五日内向本院递交上诉状，"
    "上诉于北京市第三中级人民法院。"
)
PRESERVATION = (
    f"{COURT} 保全裁定书 （2026）京0105财保123号 冻结被申请人李四银行存款50000元。"
    "如不服本裁定，可自收到裁定书之日起五日内申请复议一次。"
)
ORDER = (
    f"{COURT} 支付令 （2026）京0105民督123号 申请人张三 被申请人李四 买卖合同货款 "
    "自收到本支付令之日起十五日内给付申请人货款30000元，或者向本院提出书面异议。"
)
MESSAGE = f"【{COURT}】李四：（2026）京0105民初12345号案件"
AWARDED = f"{COURT} 民事调解书 （2026）京0105民初12345号 原告张三 被告李四 "
ENFORCED = f"{COURT} 执行通知书 （2026）京0105执恢12号 李四：责令你履行义务，"
LAW_FIRM = "北京某某律师事务所 律师函 致李四 本所受"
BANK = "【招商银行】尊敬的李四，"
POLICE = "北京市公安局朝阳分局 "

TRUE = [
    ("sms_court", f"{MESSAGE}，请在七日内扫码缴纳上诉费470元，逾期按自动撤回上诉处理。"),
    ("other", f"{COURT} 诉讼费用交纳通知书 （2026）京0105民初12345号 李四：请扫码缴费470元。"),
    ("sms_court", "【昆山市人民法院】（2026）苏0583民初123号，请于七日内缴纳诉讼费470元。"),
    ("judgment", f"{JUDGMENT}上诉费请扫码缴纳。"),
    ("payment_order", f"{ORDER}可扫码缴款至本院案款账户。"),
    ("execution_notice", f"{ENFORCED}请将执行款汇入本院执行案款专用账户，账号01090123456789。"),
    ("sms_bank", f"{BANK}您的信用卡已逾期，可通过绑定微信扫码还款。如有疑问致电95555。"),
    ("freeze_notice", PRESERVATION.replace("元。", "元，保全账户为招商银行尾号4567。", 1)),
    ("freeze_notice", PRESERVATION.replace("李四", "某某公司名下预售资金监管账户及李四")),
    ("freeze_notice", f"{PRESERVATION}户名：李四，开户行招商银行，账号6222020000001234567。"),
    ("freeze_notice", f"{PRESERVATION}冻结期间不得向被执行人或他人支付。"),
    ("judgment", f"{AWARDED}买卖合同纠纷一案，付至户名：张三，账号6222020000001234567。"),
    ("judgment", f"{AWARDED}租赁合同纠纷一案，支付租金30000元，汇入张三个人账户。"),
    ("judgment", f"{AWARDED}保证合同纠纷一案，原告诉称，已通过微信转账给被告30000元。"),
    ("judgment", JUDGMENT.replace("判决被告", "本院认为，被告输入短信验证码签约，判决被告")),
    ("payment_order", ORDER.replace("30000元", "30000元（户名：张三，账号6222020000001234567）")),
    ("lawyer_letter", f"{LAW_FIRM}张三委托，请将货款付至户名张三，账号6222020000001234567。"),
    ("sms_court", f"{MESSAGE}文书待查看，请打开人民法院在线服务，输入手机收到的验证码后查看。"),
    ("sms_court", f"{MESSAGE}有文书待查收，查收码a1b2c3d4e5，请勿告知他人。"),
    ("sms_court", f"{MESSAGE}定于12月10日9时网上调解，请提前安装腾讯会议。"),
    ("sms_bank", "【招商银行】验证码123456用于登录，请勿告诉他人。"),
    ("sms_bank", "【征信中心】您的信用报告已生成，身份验证码ab12cd，请登录后查看。"),
    ("card_suspension", f"{BANK}您的个人账户已暂停非柜面交易，请到网点办理。"),
    ("card_suspension", f"{BANK}不得使用信用卡购买虚拟币，违者停卡。详询95555。"),
    ("lawyer_letter", f"{LAW_FIRM}某某银行委托致函。尚欠本金30万元，另有抵押登记费、公证费。"),
    ("execution_notice", f"{ENFORCED}逾期将依法采取司法强制措施。"),
    ("sms_fake_police", f"{POLICE}取保候审决定书 犯罪嫌疑人李四，交纳保证金10000元。"),
    ("other", f"{POLICE}取保候审决定书 犯罪嫌疑人李四，交纳保证金10000元。"),
    ("other", f"{POLICE}拘留通知书 李四家属：李四因涉嫌信用卡诈骗罪，已被我局刑事拘留。"),
    ("collection_letter", "催收函 您于2025年3月1日通过我司平台提现5000元，请按合同还款。"),
]


@pytest.mark.parametrize(("kind", "text"), TRUE)
def test_a_true_paper_is_never_called_false(kind: str, text: str) -> None:
    reading = read(text, kind)
    against = [each.id for each in reading.signals if not each.is_for]
    assert reading.grade in (Grade.LIKELY, Grade.CANNOT_TELL), against


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("sms_court", "【某某法院】请扫我的收款码缴纳诉讼费470元。"),
        ("sms_fake_court", "【法院执行局】请将执行款8000元转给执行专员微信。"),
        ("freeze_notice", "【国家金融监管】请将存款转入清查账户核对，否则冻结。"),
        ("judgment", f"{AWARDED}买卖合同纠纷一案，付至户名：辛某，账号6222020000001234567。"),
        ("sms_court", f"{MESSAGE}，请把收到的短信验证码发给书记员。"),
        ("sms_fake_police", "【公安局】案件侦办中，不得告知家人，全程保密。"),
        ("sms_bank", "【招商银行】账户异常，请先缴纳解冻费2000元。"),
    ],
)
def test_what_only_forgers_ask_for_stays_false(kind: str, text: str) -> None:
    assert read(text, kind).grade is Grade.FAKE


@pytest.mark.parametrize(("kind", "text"), TRUE)
def test_a_true_paper_with_a_private_code_beside_is_no_longer_believed(
    kind: str, text: str
) -> None:
    forged = f"{text}请立即转账到承办人王某微信。"
    assert read(forged, kind).grade in (Grade.DOUBTFUL, Grade.FAKE)


def test_the_last_day_of_a_judgment_with_a_payment_code_is_told() -> None:
    desk = paper_desk_of(real_book())
    came = date(2026, 11, 20)
    opinion = PaperOpinion("judgment", 0.95, 1.0)
    reading = desk.read(f"{JUDGMENT}上诉费请扫码缴纳。", opinion, came, came)
    deadline = desk.deadline(reading, came)
    assert deadline is not None
    assert deadline.due == date(2026, 12, 7)
