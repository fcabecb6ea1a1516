"""The conduct rules of the project are sound, and faults are told in Chinese with their file."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from shutil import copytree

import pytest

from bot.concepts.citation import ArticleId
from bot.concepts.conduct import Conduct, ConductRule
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.conduct import check_conduct, read_conduct
from bot.knowledge.fact_words import parse_fact_words, read_fact_words
from bot.knowledge.loader import read_knowledge

FOLDER = Path(__file__).parents[2] / "knowledge"
TODAY = date(2026, 11, 23)
INDUSTRY_RULE = "night_industry"


@cache
def knowledge() -> KnowledgeBase:
    return read_knowledge(FOLDER)[0]


@cache
def conduct() -> tuple[Conduct, dict[str, str]]:
    found, texts, faults = read_conduct(FOLDER)
    assert faults == []
    assert found is not None
    return found, texts


def faults_with(change: Callable[[ConductRule], ConductRule]) -> list[str]:
    """What the check says when one rule is changed."""
    sound, _ = conduct()
    rules = {**sound.rules, INDUSTRY_RULE: change(sound.rules[INDUSTRY_RULE])}
    changed = replace(sound, rules=rules)
    return [fault.message for fault in check_conduct(changed, {}, knowledge(), TODAY)]


def test_the_rules_of_the_project_have_no_fault() -> None:
    found, texts = conduct()
    known = {"log_contact"} if not knowledge().tasks else set()
    faults = [
        str(fault)
        for fault in check_conduct(found, texts, knowledge(), TODAY)
        if not any(f" {task} " in fault.message for task in known)
    ]
    assert faults == []


def test_there_is_one_rule_for_each_conduct_and_article() -> None:
    pairs = [(rule.source, rule.when) for rule in conduct()[0].rules.values()]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rule: replace(rule, source=ArticleId("nowhere", "第一条")), "不在 laws/ 中"),
        (
            lambda rule: replace(rule, source=ArticleId(rule.source.law_id, "第九百条")),
            "里没有“第九百条”",
        ),
        (lambda rule: replace(rule, because="{{no_such_figure}}"), "figures/ 里没有"),
        (lambda rule: replace(rule, because="这样做违法。"), "没有法律效力"),
        (lambda rule: replace(rule, next=("no_such_topic",)), "没有叫 no_such_topic 的"),
        (lambda rule: replace(rule, review_by=date(2028, 1, 1)), "最多隔 183 天"),
        (
            lambda rule: replace(rule, reviewed_on=date(2025, 1, 1), review_by=date(2025, 6, 1)),
            "早该在",
        ),
    ],
)
def test_a_fault_is_told_in_chinese(
    change: Callable[[ConductRule], ConductRule], said: str
) -> None:
    assert any(said in message for message in faults_with(change))


def test_every_faulty_file_is_named_in_one_run(tmp_path: Path) -> None:
    folder = copytree(FOLDER / "conduct", tmp_path / "conduct").parent
    (folder / "conduct" / "one.yml").write_text("title: 一\nwhen: {acts: [x]}\n", encoding="utf-8")
    (folder / "conduct" / "two.yml").write_text("title: [\n", encoding="utf-8")
    _, _, faults = read_conduct(folder)
    assert {fault.file for fault in faults} == {
        "conduct/one.yml",
        "conduct/two.yml",
        "call_check.yml",
    }


def test_the_fact_words_of_the_project_have_no_fault() -> None:
    words, faults = read_fact_words(FOLDER)
    assert faults == []
    assert words is not None


def test_a_broken_pattern_is_named_with_its_line() -> None:
    text = (FOLDER / "facts.yml").read_text(encoding="utf-8")
    broken = text.replace("    - 侮辱|羞辱", "    - (侮辱|羞辱")
    assert broken != text
    _, faults = parse_fact_words(broken)
    assert any("不是有效的匹配式" in fault.message and fault.line for fault in faults)


def test_an_unknown_list_is_named() -> None:
    text = (FOLDER / "facts.yml").read_text(encoding="utf-8")
    _, faults = parse_fact_words(text.replace("<court_paper>", "<no_such_list>"))
    assert any("<no_such_list> 不在 parts" in fault.message for fault in faults)


def test_missing_fact_words_are_told(tmp_path: Path) -> None:
    words, faults = read_fact_words(tmp_path)
    assert words is None
    assert [fault.message for fault in faults] == ["找不到这个文件。"]
