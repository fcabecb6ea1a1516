"""The texts of all test questions of a checkout, so that no example becomes like one of them.

They are compared by code and shown to nobody: whoever knows them would write for them.
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.knowledge.yaml_reader import read_yaml

_HOME = Path("tests") / "questions"


def test_questions(tree: Path) -> tuple[str, ...]:
    """Every question under tests/questions, whatever its set; what cannot be read is left out."""
    home = tree / _HOME
    files = sorted([*home.rglob("*.yml"), *home.glob("*.jsonl")])
    return tuple(text for path in files for text in _texts_of(path, path.stat().st_mtime_ns))


@lru_cache(maxsize=1024)
def _texts_of(path: Path, _changed: int) -> tuple[str, ...]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".yml":
        schema = "messages" if path.parent.name == "danger" else "questions"
        entries, _, faults = read_yaml(text, path.name, schema)
        return () if faults else tuple(_texts(entries))
    entries = [json.loads(line) for line in text.splitlines() if line.strip()]
    return tuple(str(each["text"]) for each in entries if "text" in each)


def _texts(entries: Any) -> Iterator[str]:
    """The questions of a file by topic, or the plain lines of one of messages."""
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, str):
            yield entry
        elif isinstance(entry, dict):
            yield from map(str, entry.get("asks", ()))
