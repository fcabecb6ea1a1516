"""The questions to measure with: those seen, the final ones, danger, and a foreign set."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.knowledge.faults import raise_if_any
from bot.knowledge.yaml_reader import read_yaml

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Question:
    """A message and what it is about; `second` is another matter in it."""

    text: str
    topic: str
    second: str | None = None


Questions = tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerMessages:
    """Messages of danger, and some that only sound like it."""

    strong: tuple[str, ...]
    weak: tuple[str, ...]
    harmless: tuple[str, ...]


def read_questions(folder: Path) -> Questions:
    """All questions of a folder, a file for each topic."""
    return tuple(
        Question(text, entry["topic"])
        for path in sorted(folder.glob("*.yml"))
        for entry in _read(path, "questions")
        for text in entry["asks"]
    )


def read_danger(folder: Path) -> DangerMessages:
    """The three lists of a folder."""
    lists = {
        name: tuple(_read(folder / f"{name}.yml", "messages"))
        for name in ("strong", "weak", "harmless")
    }
    return DangerMessages(**lists)


def read_labelled(path: Path) -> Questions:
    """The questions of a JSON-lines file with text, topic and topic2, if it is there."""
    if not path.exists():
        return ()
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return tuple(Question(each["text"], each["topic"], each.get("topic2")) for each in entries)


def changed(questions: Sequence[Question], change: Callable[[str], str]) -> Questions:
    """The same questions, written otherwise."""
    return tuple(Question(change(each.text), each.topic, each.second) for each in questions)


def _read(path: Path, schema: str) -> Any:
    entries, _, faults = read_yaml(path.read_text(encoding="utf-8"), path.name, schema)
    raise_if_any(faults)
    return entries
