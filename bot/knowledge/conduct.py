"""Reads knowledge/conduct/ and call_check.yml, and checks them as content writers need."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.concepts.citation import ArticleId, Binding
from bot.concepts.conduct import (
    CheckWords,
    Condition,
    Conduct,
    ConductRule,
    CountCondition,
    Scope,
)
from bot.knowledge.base import KnowledgeBase, Review
from bot.knowledge.ends import citation_problem, figure_problem, link_problem
from bot.knowledge.faults import Fault
from bot.knowledge.file_reader import files_of, read_text
from bot.knowledge.marks import FIGURE, lines_with_numbers
from bot.knowledge.yaml_reader import read_yaml

WORDS_FILE = "call_check.yml"
REVIEW_AT_MOST = timedelta(days=183)
_SOFT = (Binding.INDUSTRY_SELF_REGULATION, Binding.RECOMMENDED_STANDARD)
_LISTS = ("acts", "signs", "contacted", "channel", "writer")
_HARD_WORDS = ("违法", "法律规定", "法律要求", "法律禁止", "非法")


def read_conduct(folder: Path) -> tuple[Conduct | None, dict[str, str], list[Fault]]:
    """All rules and words, the files as written, and the faults; None without the words."""
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    rules = {}
    for file in files_of(folder, "conduct/*.yml"):
        if (entry := _load(folder, file, "conduct", texts, faults)) is not None:
            name = Path(file).stem
            rules[name] = parse_rule(name, entry)
    if not files_of(folder, "conduct/*.yml"):
        faults.append(Fault("conduct/*.yml", 0, "一个能用的文件也没有。"))
    words = _load(folder, WORDS_FILE, "call_check", texts, faults)
    if words is None:
        return None, texts, faults
    return Conduct(rules=rules, words=_words(words)), texts, faults


def parse_rule(rule_id: str, entry: Mapping[str, Any]) -> ConductRule:
    """One rule from its checked file."""
    scope = entry.get("scope", {})
    return ConductRule(
        id=rule_id,
        title=entry["title"],
        source=ArticleId.parse(entry["law"]),
        weight=entry["weight"],
        when=_condition(entry["when"]),
        scope=Scope(
            products=tuple(scope.get("products", ())),
            perhaps=tuple(scope.get("perhaps", ())),
            lenders=tuple(scope.get("lenders", ())),
            depends=scope.get("depends"),
        ),
        because=entry["because"],
        missing=tuple(entry.get("missing", ())),
        evidence=tuple(entry.get("evidence", ())),
        next=tuple(entry["next"]),
        reviewed_on=entry["reviewed_on"],
        review_by=entry["review_by"],
    )


def check_conduct(
    conduct: Conduct, texts: Mapping[str, str], knowledge: KnowledgeBase, today: date
) -> Iterator[Fault]:
    """Every fault of the rules as a whole: sources, figures, next steps, words, reviews."""
    for rule in conduct.rules.values():
        yield from _source_faults(rule, knowledge)
        yield from _figure_faults(rule, knowledge, today)
        yield from _review_faults(rule, today)
        for step in rule.next:
            yield from _step_faults(_file(rule), step, knowledge)
    words = conduct.words
    for step in (*words.next_clean, *words.next_urgent, *words.next_always):
        yield from _step_faults(WORDS_FILE, step, knowledge)
    for file, text in texts.items():
        for number, line in lines_with_numbers(text):
            for forbidden in knowledge.forbidden:
                if match := forbidden.pattern.search(line):
                    yield Fault(file, number, f"不要说“{match[0]}”：{forbidden.why}")


def _source_faults(rule: ConductRule, knowledge: KnowledgeBase) -> Iterator[Fault]:
    if problem := citation_problem(knowledge, str(rule.source)):
        yield Fault(_file(rule), 0, problem)
    law = knowledge.laws.get(rule.source.law_id)
    if law is None:
        return
    if law.status == "superseded":
        yield Fault(_file(rule), 0, f"{law.short_title}已被替代，不要再据此说规则。")
    if law.binding in _SOFT:
        for word in _HARD_WORDS:
            if word in rule.because:
                message = f"{law.short_title}没有法律效力，不能说“{word}”。"
                yield Fault(_file(rule), 0, message)


def _figure_faults(rule: ConductRule, knowledge: KnowledgeBase, today: date) -> Iterator[Fault]:
    named = {mark[1] for text in (rule.because, *rule.missing) for mark in FIGURE.finditer(text)}
    for figure_id in sorted(named | set(_counted(rule.when))):
        if problem := figure_problem(knowledge, figure_id, today):
            yield Fault(_file(rule), 0, problem)


def _counted(when: Condition) -> Iterator[str]:
    """The figures that a condition compares with, also deep inside."""
    if when.count and when.count.more_than:
        yield when.count.more_than
    for inner in (*when.all_of, *when.any_of, *when.none_of):
        yield from _counted(inner)


def _review_faults(rule: ConductRule, today: date) -> Iterator[Fault]:
    if not timedelta() < rule.review_by - rule.reviewed_on <= REVIEW_AT_MOST:
        message = f"review_by 要在 reviewed_on 之后，最多隔 {REVIEW_AT_MOST.days} 天。"
        yield Fault(_file(rule), 0, message)
    if Review(rule.reviewed_on, rule.review_by).is_late(today):
        message = f"早该在 {rule.review_by} 复核：核对内容后更新 reviewed_on 和 review_by。"
        yield Fault(_file(rule), 0, message)


def _step_faults(file: str, step: str, knowledge: KnowledgeBase) -> Iterator[Fault]:
    if problem := link_problem(knowledge, step):
        yield Fault(file, 0, problem)


def _load(folder: Path, file: str, schema: str, texts: dict[str, str], faults: list[Fault]) -> Any:
    if (text := read_text(folder, file, faults)) is None:
        return None
    texts[file] = text
    data, _, found = read_yaml(text, file, schema)
    faults += found
    return data


def _condition(entry: Mapping[str, Any]) -> Condition:
    lists = {name: tuple(entry.get(name, ())) for name in _LISTS}
    count = entry.get("count")
    return Condition(
        night=entry.get("night"),
        urgent=entry.get("urgent"),
        count=CountCondition(**count) if count else None,
        all_of=tuple(_condition(each) for each in entry.get("all_of", ())),
        any_of=tuple(_condition(each) for each in entry.get("any_of", ())),
        none_of=tuple(_condition(each) for each in entry.get("none_of", ())),
        **lists,
    )


def _words(entry: Mapping[str, Any]) -> CheckWords:
    lists = ("evidence", "next_clean", "next_urgent", "next_always")
    words: dict[str, Any] = {**entry, **{name: tuple(entry[name]) for name in lists}}
    return CheckWords(**words)


def _file(rule: ConductRule) -> str:
    return f"conduct/{rule.id}.yml"
