"""Reads knowledge/clauses/: one annotated clause a line, one file for each hand that wrote."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.concepts.clauses import STANCES, THREATS, WRITERS, Clause
from bot.concepts.facts import ACTS, CHANNELS, CONTACTED
from bot.knowledge.faults import Fault
from bot.knowledge.file_reader import files_of, read_text

FOLDER = "clauses"
_FIELDS = {"says", "acts", "reached", "by", "channel", "now", "story", "danger"}
_SAYS_AT_LEAST, _SAYS_AT_MOST = 2, 120


def read_clauses(folder: Path) -> tuple[tuple[Clause, ...], list[Fault]]:
    """Every clause without a fault, in the order of the files; and the faults."""
    clauses: list[Clause] = []
    faults: list[Fault] = []
    first_place: dict[str, str] = {}
    for file in files_of(folder, f"{FOLDER}/*.jsonl"):
        for number, line in enumerate((read_text(folder, file, faults) or "").splitlines(), 1):
            found = list(_faults_of(line)) if line.strip() else []
            faults += [Fault(file, number, message) for message in found]
            if found or not line.strip():
                continue
            clause = _clause(json.loads(line), Path(file).stem)
            place = first_place.setdefault(clause.says, f"{file} 第 {number} 行")
            if place != f"{file} 第 {number} 行":
                faults.append(Fault(file, number, f"和 {place}写的一样，请删去一条。"))
                continue
            clauses.append(clause)
    return tuple(clauses), faults


def _clause(entry: Mapping[str, Any], hand: str) -> Clause:
    return Clause(
        says=entry["says"],
        acts=dict(entry["acts"]),
        reached=tuple(entry.get("reached", ())),
        by=entry.get("by", "debtor"),
        channel=entry.get("channel"),
        now=bool(entry.get("now", False)),
        hand=hand,
        story=entry.get("story"),
        is_danger=bool(entry.get("danger", False)),
    )


def _faults_of(line: str) -> Iterator[str]:
    """What is wrong with one line."""
    try:
        entry = json.loads(line)
    except ValueError:
        yield "不是一行完整的 JSON，请照别的行改正括号和引号。"
        return
    if not isinstance(entry, dict) or not isinstance(entry.get("acts"), dict):
        yield "要有 says（说的话）和 acts（做了什么，没有就写 {}）。"
        return
    says = entry.get("says")
    if not isinstance(says, str) or not _SAYS_AT_LEAST <= len(says) <= _SAYS_AT_MOST:
        yield f"says 要有 {_SAYS_AT_LEAST} 到 {_SAYS_AT_MOST} 个字。"
    for name in sorted(set(entry) - _FIELDS):
        yield f"不认识“{name}”，能写的是：{'、'.join(sorted(_FIELDS))}。"
    yield from _act_faults(entry["acts"])
    yield from _unknown("reached", entry.get("reached", []), CONTACTED)
    yield from _unknown("by", [entry.get("by", "debtor")], WRITERS)
    for name in ("now", "danger"):
        if not isinstance(entry.get(name, False), bool):
            yield f"{name} 只写 true，没有就不写。"
    if not isinstance(entry.get("story", ""), str):
        yield 'story 是一段经过的编号，请写成文字，例如 "fifth-012"。'
    if entry.get("channel") is not None:
        yield from _unknown("channel", [entry["channel"]], CHANNELS)


def _act_faults(acts: Mapping[str, Any]) -> Iterator[str]:
    yield from _unknown("acts", list(acts), ACTS)
    for act, stance in acts.items():
        if stance not in STANCES:
            yield f"{act} 的说法“{stance}”不认识，能写的是：{'、'.join(STANCES)}。"
        elif act in THREATS and stance == "done":
            yield f"{act} 是扬言，请写 threatened；真动了手的也写 threatened。"


def _unknown(name: str, given: Any, known: tuple[str, ...]) -> Iterator[str]:
    values = given if isinstance(given, list) else [given]
    for each in values:
        if each not in known:
            yield f"{name} 里的“{each}”不认识，能写的是：{'、'.join(known)}。"
