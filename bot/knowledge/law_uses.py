"""Where in the folder an article is named: what would have to change with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.concepts.citation import ArticleId
from bot.knowledge.file_reader import read_text

KINDS = (
    "answer",
    "letter",
    "conduct_rule",
    "step",
    "deadline",
    "figure",
    "calculator",
    "complaint_route",
    "words",
)
"""Kinds of things that rest on an article, in the order in which they are told."""
_FOLDERS = {
    "topics": "answer",
    "letters": "letter",
    "conduct": "conduct_rule",
    "advice": "step",
    "figures": "figure",
}
_FILES = {
    "deadlines.yml": "deadline",
    "complaints.yml": "complaint_route",
    "court_fees.yml": "calculator",
    "true_rate.yml": "calculator",
    "budget.yml": "calculator",
}
_MANY_IN_A_FILE = frozenset({"step", "deadline", "complaint_route"})
_NAMED = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)+)#([^\s\]\[,，}\"']+)")
_ENTRY = re.compile(r"\s*- id: ([a-z0-9_]+)")
_TITLE = re.compile(r"^(?:title|description): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """One thing that names an article: of which kind, its id, its title and its file."""

    kind: str
    id: str
    title: str
    file: str


def uses_of_articles(folder: Path) -> dict[ArticleId, tuple[Use, ...]]:
    """Everything in the folder that names an article, by article."""
    found: dict[ArticleId, set[Use]] = {}
    for path in sorted([*folder.rglob("*.yml"), *folder.rglob("*.md")]):
        file = path.relative_to(folder).as_posix()
        if path.name == "README.md" or file.startswith("laws/"):
            continue
        for article_id, use in _named_in(file, read_text(folder, file, []) or ""):
            found.setdefault(article_id, set()).add(use)
    order = {kind: place for place, kind in enumerate(KINDS)}
    return {
        article_id: tuple(sorted(uses, key=lambda use: (order[use.kind], use)))
        for article_id, uses in found.items()
    }


def _named_in(file: str, text: str) -> Iterator[tuple[ArticleId, Use]]:
    kind, whole = _kind_and_id(file)
    title = match[1].strip() if (match := _TITLE.search(text)) else whole
    entry: str | None = None
    for line in text.splitlines():
        if kind in _MANY_IN_A_FILE and (start := _ENTRY.match(line)):
            entry = start[1]
        for named in _NAMED.finditer(line):
            use = Use(kind, entry or whole, entry or title, file)
            yield ArticleId(named[1], named[2]), use


def _kind_and_id(file: str) -> tuple[str, str]:
    """What a file holds, and the id of it."""
    path = Path(file)
    if len(path.parts) > 1:
        kind = _FOLDERS.get(path.parts[0], "words")
        return kind, path.parts[1] if kind == "letter" else path.stem
    return _FILES.get(file, "words"), path.stem
