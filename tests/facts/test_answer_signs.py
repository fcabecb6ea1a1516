"""What a short answer is besides its value."""

import pytest

from bot.facts.answer_signs import is_question


@pytest.mark.parametrize(
    "text",
    [
        "等会 村委会开的证明中用不",
        "这信寄到哪去",
        "要不要填身份证号",
        "还不上会不会抓人啊",
        "我老伴的退休金也得算进去吗",
        "他这样吓唬人犯法不",
        "这钱我先垫还是他先垫",
        "投诉到了没",
        "交给谁",
        "开庭前凑钱还了中不中",
        "写我没钱得唔得",
        "边个出钱",
        "得几天有信儿",
        "仲要交咩纸",
        "利息计几多",
        "法院要是不收呢",
        "他们要是说我认了呢",
        "寄出去之后呢",
    ],
)
def test_what_asks_is_a_question_whatever_it_ends_with(text: str) -> None:
    assert is_question(text)


STATEMENTS = (
    "我打了电话还是银行不同意",
    "我去问了还是他们不理",
    "我给过他钱还是他来骂我",
    "我说了分期还是银行不同意",
    "我每月还两千还是银行不同意",
)


@pytest.mark.parametrize(
    "text",
    [
        "房租一千一",
        "我就不",
        "他哪家都不理",
        "没有",
        "还是五百吧",
        "不知道怎么算",
        "跟他说了没用",
        "晚了几天还的",
        "差几点钟",
        *STATEMENTS,
    ],
)
def test_what_tells_is_no_question(text: str) -> None:
    assert not is_question(text)
