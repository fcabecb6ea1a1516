"""A lesson is one line more in a file, and nothing else is changed."""

import pytest
import yaml

from bot.desk.git import DeskError
from bot.desk.lesson_files import (
    aspects_in,
    clean,
    with_ask,
    with_example,
    with_follow_up,
    with_test,
    without,
)

TOPIC = """## 接着会问

### why：凭什么 · 哪条写的

规定……

### cost：要钱吗

不要。

## 大家这样问

- 半夜打来
"""
TASKS = """# 说明
check_call:
  title: 看看
  asks:
    - 帮我看看
    # 留着
    - 这样行吗
  next: [greet]

log_contact:
  title: 记一笔
  asks:
  - 记下来
"""


def test_an_example_stands_at_the_end_of_its_topic() -> None:
    assert with_example(TOPIC, "凌晨打来") == TOPIC + "- 凌晨打来\n"


@pytest.mark.parametrize("matter", ["check_call", "log_contact"])
@pytest.mark.parametrize("line", ["帮我记", "A：b", "12", "yes", "他说: 还钱 # 行吗", '说"好"'])
def test_an_ask_is_read_back_as_it_was_written(matter: str, line: str) -> None:
    fresh = with_ask(TASKS, matter, line)
    before, after = yaml.safe_load(TASKS), yaml.safe_load(fresh)
    before[matter]["asks"].append(line)
    assert after == before
    assert "# 留着" in fresh
    assert without(fresh, line) == TASKS


def test_a_follow_up_joins_its_side() -> None:
    fresh = with_follow_up(TOPIC, "cost", "贵不贵")
    assert "### cost：要钱吗 · 贵不贵\n" in fresh
    assert without(fresh, "贵不贵") == TOPIC
    assert aspects_in(TOPIC) == ["why", "cost"]


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda: with_follow_up(TOPIC, "where", "去哪"), "还没有写这一面"),
        (lambda: with_follow_up(TOPIC, "cost", "要 · 钱"), "·"),
        (lambda: with_example("## 简答\n", "去哪"), "大家这样问"),
        (lambda: with_ask(TASKS, "greet", "你好"), "greet"),
        (lambda: clean("  \n "), "先写上"),
        (lambda: clean("一" * 121), "最多 120"),
        (lambda: clean("<script>alert(1)</script>"), "<"),
        (lambda: clean("见[这里](x)"), "["),
    ],
)
def test_what_cannot_be_a_lesson_is_told(act: object, told: str) -> None:
    with pytest.raises(DeskError) as caught:
        act()  # type: ignore[operator]
    assert told in str(caught.value)


def test_test_questions_of_a_matter_share_a_file() -> None:
    once = with_test("", "call_hours", "半夜响")
    twice = with_test(once, "call_hours", "五点: 响")
    assert yaml.safe_load(twice) == [{"topic": "call_hours", "asks": ["半夜响", "五点: 响"]}]


def test_a_line_becomes_one_line() -> None:
    assert clean("  - 半夜\n 打来  ") == "半夜 打来"
