"""What understanding learns beside the examples, read from knowledge/: words and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.knowledge.faults import Fault, raise_if_any
from bot.knowledge.file_reader import read_text
from bot.knowledge.yaml_reader import read_yaml

FOLDER = Path(__file__).parents[2] / "knowledge"
"""Where the knowledge base stands in this checkout."""

_FILES = ("spelling", "concepts", "aspects", "danger")

_OF_PAPERS = ("papers", "case_numbers", "domains", "lender_contacts")

Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordLists:
    """What the files say.

    `aspects` are short messages by the side of a matter that they ask for; `danger` has messages
    that are no examples of a topic, by how near to harm they are: strong, weak, harmless.
    """

    repairs: Words
    fillers: tuple[str, ...]
    concepts: Words
    counted: Words
    aspects: Words
    danger: Words


def read_word_lists(folder: Path = FOLDER) -> WordLists:
    """Read the files; KnowledgeError with every fault when one cannot be used."""
    read: dict[str, Any] = {}
    faults: list[Fault] = []
    for name in _FILES:
        text = read_text(folder, f"{name}.yml", faults)
        read[name], _, found = (
            (None, {}, []) if text is None else read_yaml(text, f"{name}.yml", name)
        )
        faults += found
    raise_if_any(faults)
    return WordLists(
        repairs=_words(read["spelling"]["repairs"]),
        fillers=tuple(read["spelling"]["fillers"]),
        concepts=_words(read["concepts"]["words"]),
        counted=_words(read["concepts"]["counted"]),
        aspects=_words(read["aspects"]["ways"]),
        danger=_words(read["danger"]),
    )


def fingerprint(folder: Path = FOLDER) -> str:
    """Changes with the word lists and with the code in this package.

    Rasa's own fingerprint sees neither, and would restore a component from its cache although
    what it learns from has changed.
    """
    digest = sha256()
    here = sorted(Path(__file__).parent.glob("*.py"))
    files = (*_FILES, *_OF_PAPERS, "crisis")
    papers = sorted((folder / "papers").glob("*.yml"))
    clauses = sorted((folder / "clauses").glob("*.jsonl"))
    lists = [folder / f"{name}.yml" for name in files]
    for path in [*here, *lists, *papers, *clauses]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _words(entries: Mapping[str, list[str]]) -> Words:
    return {name: tuple(words) for name, words in entries.items()}
