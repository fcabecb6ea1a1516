"""A figure is found however it is written."""

import pytest

from bot.desk.number_words import chinese_number, figure_pattern


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "零"), (8, "八"), (10, "十"), (15, "十五"), (20, "二十"), (105, "一百零五"),
     (110, "一百一十"), (1010, "一千零一十"), (50_000, "五万"), (50_001, "五万零一")],
)  # fmt: skip
def test_a_number_is_written_in_chinese(number: int, words: str) -> None:
    assert chinese_number(number) == words


@pytest.mark.parametrize(
    ("figure", "value", "text"),
    [
        ("reply_days", "15", "银行 15 日内答复"),
        ("reply_days", "15", "15天之内"),
        ("reply_days", "15", "自收到之日起十五日内"),
        ("reply_days", "15", "等半个月"),
        ("reply_days", "15", "15 个自然日"),
        ("forward_working_days", "7", "七个工作日转办"),
        ("retrial_months", "6", "半年以内"),
        ("limitation_years", "3", "三年没人要"),
        ("guarantee_years", "2", "两年内"),
        ("loan_rate_percent", "24", "年化24％"),
        ("loan_rate_percent", "24", "百分之二十四"),
        ("overdraft_amount", "50000", "五万元以上"),
        ("overdraft_amount", "50000", "5 万起"),
        ("overdraft_amount", "50000", "满 50,000 元"),
        ("quiet_hours_start", "22:00", "晚上十点以后"),
        ("quiet_hours_start", "22:00", "22点打来"),
        ("lending_lpr_times", "4", "四倍 LPR"),
    ],
)
def test_a_figure_is_found_in_digits_and_in_words(figure: str, value: str, text: str) -> None:
    assert figure_pattern(figure, value).search(text)


@pytest.mark.parametrize(
    ("figure", "value", "text"),
    [
        ("reply_days", "15", "2026-11-15 日记"),
        ("reply_days", "15", "115 日"),
        ("reply_days", "5", "十五日内"),
        ("reply_days", "15", "15 个工作日"),
        ("reply_days", "15", "第十五日"),
        ("loan_rate_percent", "24", "124%"),
        ("quiet_hours_start", "22:00", "22:30"),
    ],
)
def test_another_number_is_not_taken_for_it(figure: str, value: str, text: str) -> None:
    assert not figure_pattern(figure, value).search(text)
