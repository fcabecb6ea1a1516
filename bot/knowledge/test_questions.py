"""The texts of all test questions of a checkout, so that no example becomes like one of them.

They are compared by code and shown to nobody: whoever knows them would write for them.
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.knowledge.kept_work import kept
from bot.knowledge.yaml_reader import read_plainly

_HOME = Path("tests") / "questions"


def test_questions(tree: Path) -> tuple[str, ...]:
    """Every question under tests/questions, whatever its set; what cannot be read is left out."""
    home = tree / _HOME
    files = sorted([*home.rglob("*.yml"), *home.rglob("*.jsonl")])
    return tuple(text for path in files for text in _texts_of(path, path.stat().st_mtime_ns))


@lru_cache(maxsize=1024)
def _texts_of(path: Path, _changed: int) -> tuple[str, ...]:
    text = path.read_text(encoding="utf-8")
    return kept(lambda: tuple(_texts(_entries(path.suffix, text))), "test questions", text)


def _entries(suffix: str, text: str) -> Any:
    if suffix == ".yml":
        return read_plainly(text)
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def _texts(entries: Any) -> Iterator[str]:
    """The questions of a file by topic, the plain lines of one of messages, or those of a line."""
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, str):
            yield entry
        elif isinstance(entry, dict):
            yield from map(str, entry.get("asks", ()))
            if asked := entry.get("text") or entry.get("question"):
                yield str(asked)
