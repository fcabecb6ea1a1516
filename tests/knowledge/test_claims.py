"""What may not be said is found by what it means, and what may be said is left alone."""

import pytest

from bot.knowledge.claims import claims_in, plain_words
from tests.knowledge.claims_report import (
    Judges,
    alarms_in_the_folder,
    measure,
    the_judges,
)

_SEEN_AT_LEAST, _UNSEEN_AT_LEAST, _UNSEEN_WITH_HINTS_AT_LEAST = 0.95, 0.38, 0.82
_ALARMS_AT_MOST = 0.02


@pytest.fixture(scope="module")
def patterns() -> Judges:
    return the_judges(with_model=False)


@pytest.fixture(scope="module")
def both() -> Judges:
    return the_judges(with_model=True)


def test_most_of_what_may_not_be_said_is_found(patterns: Judges, both: Judges) -> None:
    assert measure("seen", patterns).share_found >= _SEEN_AT_LEAST
    assert measure("unseen", patterns).share_found >= _UNSEEN_AT_LEAST
    assert measure("unseen", both).share_found >= _UNSEEN_WITH_HINTS_AT_LEAST


def test_the_texts_themselves_hardly_alarm(both: Judges) -> None:
    said, alarms = alarms_in_the_folder(both)
    assert alarms / said <= _ALARMS_AT_MOST


def test_a_label_of_a_few_signs_is_never_doubtful(both: Judges) -> None:
    assert both.model is not None
    assert not any(map(both.model.is_doubtful, ("信用卡", "朋友", "全部删掉")))


def test_no_text_alarms_as_a_fault(patterns: Judges) -> None:
    assert alarms_in_the_folder(patterns)[1] == 0


@pytest.mark.parametrize(
    "text",
    [
        "照着做，保证停息挂账成功。",
        "保证停息挂账成功",
        "法律规定，银行必须在十日内回信。",
        "根据民法典第九条，债主不得上门。",
        "换个手机号吧，谁也找不到你。",
        "先停止还款，等银行来找你谈。",
    ],
)
def test_a_claim_is_a_fault_however_it_is_put(patterns: Judges, text: str) -> None:
    assert patterns.object_to(text)


@pytest.mark.parametrize(
    "text",
    [
        "没有人能保证停息挂账成功。",
        "法律没有规定每天最多几次。",
        "银行十五日内回信[[bank-insurance-complaints-measures-2020#第十八条]]。",
        "别换手机号，换了就告诉银行。",
        "能先停止还款吗？",
    ],
)
def test_what_denies_warns_cites_or_asks_is_none(patterns: Judges, text: str) -> None:
    assert not patterns.object_to(text)


def test_a_sentence_with_its_source_beside_it_needs_no_mark(patterns: Judges) -> None:
    text = "法律规定，银行必须答复。"
    assert claims_in(patterns.claims, text)
    assert not claims_in(patterns.claims, text, has_source=True)


def test_numbers_and_spaces_do_not_hide_a_claim() -> None:
    assert plain_words("〔信用卡〕 **超过** 百分之 二十四 的，五万元") == "超过24%的，50000元"
