"""Annotated clauses: what may stand in a line, and what is told of a wrong one."""

import json
from pathlib import Path

import pytest

from bot.concepts.clauses import Clause
from bot.knowledge.clauses import read_clauses
from tests.knowledge.folder import REAL


def folder_with(tmp_path: Path, *lines: str) -> Path:
    (tmp_path / "clauses").mkdir()
    (tmp_path / "clauses" / "hand.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path


def line(**fields: object) -> str:
    return json.dumps({"says": "他骂我是废物", "acts": {}, **fields}, ensure_ascii=False)


def test_a_clause_is_read_with_its_hand(tmp_path: Path) -> None:
    told = line(
        acts={"insult": "done"}, reached=["self"], channel="phone", story="hand-1", danger=True
    )
    clauses, faults = read_clauses(folder_with(tmp_path, told))
    assert faults == []
    assert clauses == (
        Clause(
            says="他骂我是废物",
            acts={"insult": "done"},
            reached=("self",),
            channel="phone",
            hand="hand",
            story="hand-1",
            is_danger=True,
        ),
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{", "不是一行完整的 JSON"),
        ('{"says": "他骂我"}', "要有 says"),
        (line(says="他"), "says 要有"),
        (line(acts={"insults": "done"}), "acts 里的“insults”不认识"),
        (line(acts={"insult": "told"}), "insult 的说法“told”不认识"),
        (line(acts={"threat_violence": "done"}), "请写 threatened"),
        (line(reached=["mother"]), "reached 里的“mother”不认识"),
        (line(by="me"), "by 里的“me”不认识"),
        (line(channel="fax"), "channel 里的“fax”不认识"),
        (line(story=12), "story 是一段经过的编号"),
        (line(danger="strong"), "danger 只写 true"),
        (line(note="?"), "不认识“note”"),
    ],
)
def test_a_wrong_line_is_told_with_its_remedy(tmp_path: Path, wrong: str, said: str) -> None:
    clauses, faults = read_clauses(folder_with(tmp_path, wrong))
    assert clauses == ()
    assert [(each.file, each.line) for each in faults] == [("clauses/hand.jsonl", 1)]
    assert said in faults[0].message


def test_the_same_words_twice_are_told(tmp_path: Path) -> None:
    clauses, faults = read_clauses(folder_with(tmp_path, line(), line()))
    assert len(clauses) == 1
    assert "写的一样" in faults[0].message


def test_the_clauses_of_this_repository_have_no_fault() -> None:
    clauses, faults = read_clauses(REAL)
    assert faults == []
    assert len({clause.hand for clause in clauses}) >= 2
