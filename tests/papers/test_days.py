"""The days of papers, told apart by what stands beside them, also where recognition errs."""

from datetime import date

import pytest

from bot.papers.days import read_dates
from tests.answering.tasks.desk import real_book
from tests.papers.reading import laid_out

WORDS = real_book().papers


def test_days_are_told_apart_by_what_stands_beside_them() -> None:
    text = "传票\n应到时间：2026年12月8日14时30分\n请于2026年12月1日前提交证据\n\n2026年11月16日"
    dates = read_dates(laid_out(text), WORDS.dates, None)
    assert dates.hearing == date(2026, 12, 8)
    assert dates.due == date(2026, 12, 1)
    assert dates.issued == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        ("结清证明\n审判员：骆某  2026年9月28日\n书记员：经某", date(2026, 9, 28)),
        ("答复函\n更正已完成\n某某银行分行 2O26 年 6 月 ll 日", date(2026, 6, 11)),
        ("异议答复\n联系人内控部 O992-8\n二〇二六年十月廾二日\n(业务章)", date(2026, 10, 22)),
        ("传票\n案由\n应到时间：2026年12月15日9时\n应到处所：第七法庭", None),
        ("号码：12368\n【某某法院】请查收\n时间：2026-09-03 14:22", None),
        ("重要通知\n该卡已停用\n某银行信用卡部\n2026-05-21 1O:22", date(2026, 5, 21)),
        ("执行通知书\n二〇二六年六月八日\n回执：本人 2026年6月15日 收", date(2026, 6, 8)),
        ("执行通知书\n二〇二六年六月八日\n送达人：张某 2026年6月15日", date(2026, 6, 8)),
        ("来自 106575900218\n2026-10-21 19:40\n【某公司】请处理", None),
        ("【某公司】请处理\n发送人 12368 / 6月3日", None),
        ("核实函\n你与某公司2O24年11月6曰签订的\n协议\n请答复", None),
        ("律师函\n请付款\n2026年1O月2 0日", date(2026, 10, 20)),
        ("通知\n内容\n二〇二六年十一\n月十六日", date(2026, 11, 16)),
        ("通知\n内容\n2026年11冃16曰", date(2026, 11, 16)),
        ("通知\n内容\n2026\n年\n11\n月\n16\n日", date(2026, 11, 16)),
        ("通知\n内容\n请查收。书记员：冯某0571-8505****2026年6月1日", date(2026, 6, 1)),
        ("留言\n今日来访未遇\n2026.11.17 下午3点", date(2026, 11, 17)),
        ("催收函\n请还款\n某某公司\n2026.2.26\n2026年3月3日收到的", date(2026, 2, 26)),
        ("传票\n内容\n某某法院\n26.11.3", date(2026, 11, 3)),
        ("收据\n内容\n某某公司\n贰零贰陆年拾壹月叁日", date(2026, 11, 3)),
        ("传票\n内容\n某某法院\n2026年11月1", None),
        ("传票\n内容\n某某法院\n2026年11月1?日", None),
        ("传票\n内容\n某某法院\n二〇二六年三月二…日", None),
        ("留言\n内容\n外访员小王\n2026年11月3日上午", date(2026, 11, 3)),
        ("公告\n内容\n张贴时间：2026年11月3日", date(2026, 11, 3)),
        ("传票\n内容\n应到时间\n2026年12月8日\n14时30分", None),
        ("关于停卡的告知\n2026年11月3日\n尊敬的客户：\n请还款", date(2026, 11, 3)),
        ("还款计划表\n打印：2026/3/1\n请还款", date(2026, 3, 1)),
        ("结清证明\n发放日期：2023-10-08\n特此证明\n某行", None),
        ("告 知\n请 尽 快 还 清 全 部\n客 服 95574 2O26 年 7 月 2 日", date(2026, 7, 2)),
    ],
)
def test_the_day_of_issue_is_that_of_the_line_of_signing(text: str, issued: date | None) -> None:
    assert read_dates(laid_out(text), WORDS.dates, None).issued == issued


@pytest.mark.parametrize(
    ("text", "hearing", "due"),
    [
        ("原定11月25日庭审延期至12月9日上午10时，地点不变", date(2026, 12, 9), None),
        ("你与某公司争议一案，定于12月3日9时30分在本会第一仲裁庭审理", date(2026, 12, 3), None),
        ("限你于12月3日17:00前到庭", None, date(2026, 12, 3)),
        ("请于明日12点前将欠款交来", None, date(2026, 11, 21)),
        ("今天12点前不处理，发到你通讯录", None, date(2026, 11, 20)),
        ("款项将于11月28日从尾号4410的卡扣收", None, date(2026, 11, 28)),
        ("请于25日前还清本期", None, date(2026, 11, 25)),
        ("最后还款日11/30，请及时还款", None, date(2026, 11, 30)),
        ("最后还款日：11/30，11月30日是您的还款日", None, date(2026, 11, 30)),
        ("结果将于11月30日前短信通知您", None, None),
        ("逾11月30日未还，将起诉", None, date(2026, 11, 30)),
        ("将于11月30日自动扣款", None, date(2026, 11, 30)),
        ("请于11月28日上午十点前往某路参加调解", date(2026, 11, 28), None),
        ("时间：2026年12月1日上午10:00\n地点：街道调解室", date(2026, 12, 1), None),
        ("传票\n|应到时间|2026年12月1日14时|", date(2026, 12, 1), None),
        ("送达日期：2026年11月13日\n开庭日期：2026年12月10日", date(2026, 12, 10), None),
        ("办理时间为2026年11月1日至12月31日", None, date(2026, 12, 31)),
        ("查封期限自2026年8月21日起至2029年8月20日止", None, None),
        ("结果将于11月30日前由专人致电答复", None, None),
        ("放弃2026年12月1日前的罚息", None, None),
        ("本院定于2026年12月3日上午9点公开开庭审理，请准时到庭", date(2026, 12, 3), None),
        ("调解时间：2026年12月3日下午2点半，地点：矛调中心", date(2026, 12, 3), None),
        ("12月3日下午来本区人民法院诉讼服务中心谈", date(2026, 12, 3), None),
        ("请于12月3日上午到本院立案庭谈话", date(2026, 12, 3), None),
        ("请于2026年12月1\n0日前提交证据", None, date(2026, 12, 10)),
        ("开庭时间：2026年12月\n18日", date(2026, 12, 18), None),
        ("请今日18点前存入一卡通", None, date(2026, 11, 20)),
        ("最少2500，18号之前到账不然上报", None, date(2026, 12, 18)),
        ("退款将于11月28日前到账", None, None),
        ("冻结到期日2027-11-19", None, None),
        ("贷款于2026年12月1日提前到期", None, date(2026, 12, 1)),
        ("本院将于12月8日9:00公开审理您与某银行一案", date(2026, 12, 8), None),
        ("开庭时间由12月8日9时变更为12月15日9时，地点不变", date(2026, 12, 15), None),
        ("一、时间：2026年12月8日15时\n二、地点：服务中心", date(2026, 12, 8), None),
        ("定于2026年12月8日在信访局二楼会议室开展调解", date(2026, 12, 8), None),
        ("应到吋间；2026年12月8日14时", date(2026, 12, 8), None),
        ("应到时间：2026年12月2…日9时", None, None),
        ("应到时间：█2月8日9时，到期日█2月8日", None, None),
        ("还款曰12月5曰，应还100元", None, date(2026, 12, 5)),
        ("12月5日还款日，应还100元", None, date(2026, 12, 5)),
        ("今日为最后还款日，应还100元", None, date(2026, 11, 20)),
        ("您的账单明日到期，应还100元", None, date(2026, 11, 21)),
        ("今天下午5点前务必回电", None, date(2026, 11, 20)),
        ("今晚24:00前未结清将冻结", None, date(2026, 11, 20)),
        ("明晚八点前转到卡上", None, date(2026, 11, 21)),
        ("请家长督促其今日内还款", None, date(2026, 11, 20)),
        ("今日内将派员上门", None, None),
        ("你这5620今天必须见钱", None, date(2026, 11, 20)),
        ("请于今日内主动联系专案组", None, date(2026, 11, 20)),
        ("将于今日24时前冻结账户", None, None),
        ("明日上午9时对你强制传唤", None, None),
        ("截至今日尚未足额还款", None, None),
        ("今天又没还，明天还不还钱继续打", None, None),
        ("已于11月8日到期，请于11月25日前还款", None, date(2026, 11, 25)),
        ("11月25日前腾退，逾期于12月5日前强制腾退", None, date(2026, 11, 25)),
        ("缴费截止 2026-12-05", None, date(2026, 12, 5)),
        ("最迟不晚于2026年12月5日", None, date(2026, 12, 5)),
        ("若12月5日仍未处理，将提交起诉", None, date(2026, 12, 5)),
        ("举证期限届满之日为2026年12月1日", None, date(2026, 12, 1)),
        ("指定的举证期限为2026年11月21日至2026年12月1日", None, date(2026, 12, 1)),
        ("延期举证申请已收悉，同意延长至2026年12月10日", None, date(2026, 12, 10)),
        ("投诉办理期限延长至2026年12月10日", None, None),
        ("减免方案，有效期至本月28日", None, date(2026, 11, 28)),
        ("我行将于12月5日自动扣款100元", None, date(2026, 12, 5)),
        ("我行已于11月28日自动扣款100元", None, None),
        ("冻结期限2026-11-21至2027-11-20", None, None),
        ("您账户被冻结，到期日2027-11-02", None, None),
        ("借款期限：2026年12月1日至2027年11月30日", None, None),
        ("放款日：2023.10.08\n到期日：2026.12.08", None, None),
    ],
)
def test_a_day_to_appear_and_a_day_to_act_are_told_apart(
    text: str, hearing: date | None, due: date | None
) -> None:
    dates = read_dates(laid_out(text), WORDS.dates, date(2026, 11, 20))
    assert (dates.hearing, dates.due) == (hearing, due)


def test_a_note_that_is_signed_without_a_year_is_of_the_year_it_came() -> None:
    text = "留言\n孙先生：我们今日来访，请到支行面谈。\n客户经理 洪某 10月14日"
    assert read_dates(laid_out(text), WORDS.dates, date(2026, 10, 15)).issued == date(2026, 10, 14)
    assert read_dates(laid_out(text), WORDS.dates, None).issued is None


def test_a_hearing_that_has_been_is_none_to_come() -> None:
    text = "判决书\n本院于2026年6月12日公开开庭审理，被告到庭应诉\n审判员\n二〇二六年七月二日"
    assert read_dates(laid_out(text), WORDS.dates, None).hearing is None


def test_a_day_in_chinese_figures_that_was_misread_is_read() -> None:
    dates = read_dates(
        laid_out("民事裁定书\n审判员\n二 〇 二 六 年 六 月 二 曰"), WORDS.dates, None
    )
    assert dates.issued == date(2026, 6, 2)


def test_a_line_whose_signs_are_all_apart_is_read_as_one() -> None:
    text = "传 票\n应 到 时 间 2 0 2 6 年 1 2 月 9 日 9 时\n2 0 2 6 年 1 1 月 1 6 曰"
    dates = read_dates(laid_out(text), WORDS.dates, None)
    assert (dates.hearing, dates.issued) == (date(2026, 12, 9), date(2026, 11, 16))


@pytest.mark.parametrize(
    "line",
    [
        "11月3日下午",
        "11.3",
        "外访员小王 11/3",
        "时间：11月3日",
        "不回明天再来。11月3日下午",
        "外访 11/3”",
    ],
)
def test_a_note_is_signed_by_a_day_and_no_year(line: str) -> None:
    text = laid_out(f"留言\n今日来访未遇\n请回电\n{line}")
    assert read_dates(text, WORDS.dates, date(2026, 11, 3)).issued == date(2026, 11, 3)


def test_days_without_a_year_are_reckoned_from_the_stamp_of_the_message() -> None:
    text = laid_out("2026年11月20日 10:22\n【某银行】您的账单到期还款日12月05日")
    assert read_dates(text, WORDS.dates, None).due == date(2026, 12, 5)
