"""Single fields, also where recognition errs."""

import pytest

from bot.concepts.paper_reading import LinkKind
from bot.papers.accounts import read_accounts
from bot.papers.case_numbers import is_elsewhere, own_number, read_case_numbers
from bot.papers.links import read_links, without_keys
from bot.papers.phones import read_phones
from tests.answering.tasks.desk import real_book
from tests.papers.reading import laid_out

WORDS = real_book().papers


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
        (
            "汇 至 专 员\n6 2 2 2 0 3 2 5 0 0 0 0 1 1 1 6 5 3 4",
            "6 2 2 2 0 3 2 5 0 0 0 0 1 1 1 6 5 3 4",
        ),
        ("户 名 : 某 法 院\n帐 号 5 3 0 0 1 0 0 0 0 0 5 8 8 8 1", "5 3 0 0 1 0 0 0 0 0 5 8 8 8 1"),
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
