"""Single fields, also where recognition errs."""

from datetime import date
from decimal import Decimal

import pytest

from bot.concepts.paper_reading import LinkKind
from bot.papers.accounts import read_accounts
from bot.papers.amounts import read_amounts
from bot.papers.case_numbers import is_elsewhere, own_number, read_case_numbers
from bot.papers.days import read_dates
from bot.papers.links import read_links, without_keys
from bot.papers.phones import read_phones
from tests.answering.tasks.desk import real_book
from tests.papers.reading import laid_out

WORDS = real_book().papers


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("欠款本息12,345.67元", ["12345.67"]),
        ("人民币 8，OOO 元", ["8000"]),
        ("应还1，950．00元", ["1950.00"]),
        ("欠款合计壹万贰仟元整（12000元）", ["12000"]),
        ("￥684.15，请还款", ["684.15"]),
        ("4万多不还", ["40000"]),
        ("先付定金1980", ["1980"]),
        ("尾号1234，分60期", []),
        ("罚息1.137.22元，本金45.000元", ["1137.22", "45000"]),
        ("应还￥12,ooo，欠息 2,1O3.44", ["12000", "2103.44"]),
        ("欠我三万二，连利息四千二，交三千保你谈成", ["32000", "4200", "3000"]),
        ("你那五万块，原来欠3万2", ["50000", "32000"]),
        ("你这5620今天必须见钱，手续费给我300就行", ["5620", "300"]),
        ("一次性还28,000，或每次5200", ["28000", "5200"]),
        ("原价1980，直播间299", ["1980", "299"]),
        ("恢复至10万额度，10万用户都在用", ["100000"]),
        ("打12368问，转96110，502室，2026年审理一千一百余件", []),
        ("人民币壹万贰仟叁佰肆拾伍元陆角柒分", ["12345.67"]),
        ("冻结贰万捌仟陆佰元，另有人民币捌万陆仟元整", ["28600", "86000"]),
        ("欠本金2\n9,500元、利息3,\n104.88元", ["29500", "3104.88"]),
        ("最少2500 18号之前到账，一次性结清18500", ["2500", "18500"]),
        ("负债20w+，每月利息800，共欠8k，余额0.00元", ["200000", "800", "8000"]),
        ("逾期每日按3%加处罚款，日万分之五", []),
        ("代偿金额12,345.6\n7元，本金12,3\n45.67元", ["12345.67"]),
        ("违约金1,21 6.00元，分期 12 1,200.00元", ["1216.00", "1200.00"]),
        ("金额:5,OOO.OO元，欠款39,I20元，先付2,〇〇0元", ["5000", "39120", "2000"]),
        ("存款 2 7,405.19 元，解冻金 6, OOO元，今天转46OO就结清", ["27405.19", "6000", "4600"]),
        ("违约金 1 0 ,000元，欠360借条一万二", ["10000", "12000"]),
        ("每月还800-1000元，欠款1万零500元", ["800", "1000", "10500"]),
        ("本金 12 345.67 元，欠款3万2千元", ["12345.67", "32000"]),
    ],
)
def test_amounts_are_read(text: str, amounts: list[str]) -> None:
    found = read_amounts(laid_out(text), WORDS.marks["bare_money"])
    assert list(found) == [Decimal(each) for each in amounts]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("深圳市福田区人民法院（2026）粤0304民初12345号", ()),
        ("深圳市福田区人民法院 (2026) 粤 0304 民初 12345 号", ()),
        ("深圳市福田区人民法院（2026）浙0304民初12345号", ("wrong_place",)),
        ("昆明市五华区人民法院（2026）滇0102民初44号", ("wrong_letter", "wrong_place")),
        ("上海市浦东新区人民法院（2026）沪0115刑初44号", ("criminal",)),
        ("人民法院（2026）民初字第30871号", ("no_code",)),
    ],
)
def test_case_numbers_are_checked_for_form(text: str, faults: tuple[str, ...]) -> None:
    laid = laid_out(text)
    number = own_number(read_case_numbers(laid, WORDS.numbers), laid)
    assert number is not None
    assert set(faults) <= set(number.faults)
    assert bool(number.faults) is bool(faults)


@pytest.mark.parametrize(
    ("court", "code"),
    [
        ("北京市朝阳区人民法院", "京0105"),
        ("朝阳区人民法院", "京0105"),
        ("长春市朝阳区人民法院", "吉0104"),
        ("朝阳市双塔区人民法院", "辽1302"),
        ("牡丹江市西安区人民法院", "黑1005"),
        ("大庆市大同区人民法院", "黑0606"),
        ("西安市长安区人民法院", "陕0116"),
        ("吉林省长春市南关区人民法院", "吉0102"),
        ("吉林市船营区人民法院", "吉0204"),
        ("天津市河北区人民法院", "津0105"),
        ("河北区人民法院", "津0105"),
        ("乌海市海南区人民法院", "内0303"),
        ("海南省海口市龙华区人民法院", "琼0106"),
        ("宁夏回族自治区银川市兴庆区人民法院", "宁0104"),
        ("重庆市江北区人民法院", "渝0105"),
        ("北京市通州区人民法院", "京0112"),
    ],
)
def test_a_district_that_is_named_like_a_city_is_where_it_is(court: str, code: str) -> None:
    assert not is_elsewhere(court, code, WORDS.numbers)
    (number,) = read_case_numbers(laid_out(f"{court}（2026）{code}民初44号"), WORDS.numbers)
    assert number.faults == ()


@pytest.mark.parametrize(
    ("court", "code"),
    [
        ("北京市朝阳区人民法院", "粤0305"),
        ("北京市朝阳区人民法院", "辽1302"),
        ("长春市朝阳区人民法院", "辽1302"),
        ("广东省深圳市福田区人民法院", "粤0104"),
        ("杭州市余杭区人民法院", "浙0205"),
    ],
)
def test_a_court_whose_code_is_of_another_place_is_elsewhere(court: str, code: str) -> None:
    assert is_elsewhere(court, code, WORDS.numbers)


def test_a_lawyers_number_is_no_case_number() -> None:
    assert read_case_numbers(laid_out("（2026）沪某律函字第1187号"), WORDS.numbers) == ()


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        ("https://zxfw.court.gov.cn/zxfw/#/a?qdbh=1", LinkKind.OFFICIAL),
        ("http://zxfw.court.gov.cn.abc.top/sd", LinkKind.LOOK_ALIKE),
        ("https://zxfw-court-gov.cn/", LinkKind.LOOK_ALIKE),
        ("https://courtgov.cn/", LinkKind.LOOK_ALIKE),
        ("http://court.gov.cn@abc.vip/", LinkKind.LOOK_ALIKE),
        ("http://203.0.113.7:8080/sd", LinkKind.ADDRESS),
        ("https://t.cn/AbCdEf", LinkKind.SHORT),
        ("https://sd.gdems.com/v3/x", LinkKind.UNCLEAR),
        ("https://www.icbc.com.cn/", LinkKind.LENDER),
        ("https://ccbseu.com/", LinkKind.UNKNOWN),
    ],
)
def test_a_link_is_judged_by_the_end_of_its_host(link: str, kind: LinkKind) -> None:
    (found,) = read_links(laid_out(f"点击{link} 查看"), WORDS.domains, WORDS.lenders)
    assert found.kind is kind


def test_what_opens_a_paper_is_left_out_of_its_link() -> None:
    kept = without_keys("请查收 https://zxfw.court.gov.cn/zxfw/#/a?qdbh=123 文书")
    assert kept == "请查收 https://zxfw.court.gov.cn/… 文书"


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("电话：0551-6263 7741 / 95533", ["0551-6263 7741", "95533"]),
        ("联系18994123456", ["18994123456"]),
        ("回电＋８５２", []),
        ("致电+85261234567", ["+85261234567"]),
        ("尾号95533", []),
        ("电话：0817-3330 128", ["0817-3330 128"]),
    ],
)
def test_telephone_numbers_are_read_as_written(text: str, phones: list[str]) -> None:
    assert [number for number, _ in read_phones(laid_out(text))] == phones


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
        ("通知\n内容\n2026\n年\n11\n月\n16\n日", date(2026, 11, 16)),
        ("通知\n内容\n请查收。书记员：冯某0571-8505****2026年6月1日", date(2026, 6, 1)),
        ("留言\n今日来访未遇\n2026.11.17 下午3点", date(2026, 11, 17)),
        ("催收函\n请还款\n某某公司\n2026.2.26\n2026年3月3日收到的", date(2026, 2, 26)),
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
        ("今天12点前不处理，发到你通讯录", None, None),
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
        ("请于2026年12月1\n0日前提交证据", None, date(2026, 12, 10)),
        ("开庭时间：2026年12月\n18日", date(2026, 12, 18), None),
        ("请今日18点前存入一卡通", None, date(2026, 11, 20)),
        ("最少2500，18号之前到账不然上报", None, date(2026, 12, 18)),
        ("退款将于11月28日前到账", None, None),
        ("冻结到期日2027-11-19", None, None),
        ("贷款于2026年12月1日提前到期", None, date(2026, 12, 1)),
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


def test_what_a_screen_shows_above_a_message_is_no_part_of_it() -> None:
    text = laid_out("9:41\n10690000\n【某某银行】请还款")
    assert text.running == "【某某银行】请还款"
    assert laid_out("2026.11.24\n某某公司").lines[0] == "2026.11.24"
    assert laid_out("9:41").lines == ("9:41",)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("汇至经办人账户:\n62l7 9930 0041 2280 365", "6217 9930 0041 2280 365"),
        ("收款：某中级人民法院执行款专户 44050165 9001 0000 1428", "44050165 9001 0000 1428"),
        ("请存入 账号 51001488 5O80 5l50 8877", "51001488 5080 5150 8877"),
    ],
)
def test_an_account_is_read_with_letters_for_figures(text: str, number: str) -> None:
    assert [each.number for each in read_accounts(laid_out(text), WORDS.parties)] == [number]


def test_the_number_of_a_customer_is_no_account() -> None:
    text = laid_out("户号：3310****27 户名：门某\n请缴纳电费")
    assert read_accounts(text, WORDS.parties) == ()


def test_a_masked_number_to_call_is_no_account() -> None:
    text = laid_out("缴纳保证金至监管账户，联系李警官170****4410")
    assert read_accounts(text, WORDS.parties) == ()
