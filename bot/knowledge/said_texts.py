"""Every paragraph that people are shown, of whatever file it stands in, with its line.

How people ask, what is quoted from a law, and patterns are none of our sayings.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.knowledge.docx_reader import read_docx
from bot.knowledge.file_reader import files_of, read_text
from bot.knowledge.kept_work import kept
from bot.knowledge.marks import lines_with_numbers
from bot.knowledge.yaml_reader import read_plainly

_EXAMPLES = "## 大家这样问"
_NO_SAYING = re.compile(r"\s*(?:#|→|---|$)")
_CHINESE = re.compile("[一-鿿]")
_AN_ARTICLE = re.compile("[a-z0-9-]+#")
_NEXT_LINES = 400
_ONE_FILE = (
    "budget.yml", "call_check.yml", "complaints.yml", "contacts.yml", "court_fees.yml",
    "deadlines.yml", "differences.yml", "english.yml", "papers.yml", "standing.yml", "talk.yml",
    "tasks.yml", "true_rate.yml", "utterances.yml", "crisis.yml",
)  # fmt: skip
_MANY_FILES = (
    "advice/*.yml",
    "conduct/*.yml",
    "forms/*.yml",
    "laws/*.yml",
    "letters/*/letter.yml",
)
_WITH_SOURCE = ("advice/", "conduct/", "laws/", "deadlines.yml")
"""Files whose entries name their article in a field of its own."""
_UNSAID: frozenset[str] = frozenset(
    {
        "acts",
        "aliases",
        "all_of",
        "any_of",
        "called",
        "choices",
        "claims",
        "demands",
        "document",
        "document_no",
        "example",
        "examples",
        "fillers",
        "issuer",
        "likely",
        "marks",
        "names",
        "next",
        "none_of",
        "none_words",
        "not_danger",
        "not_told",
        "other_person",
        "own_words",
        "parties",
        "parts",
        "pasted",
        "pattern",
        "dates",
        "repairs",
        "revision",
        "right",
        "shapes",
        "short_title",
        "signals",
        "spellings",
        "strong",
        "text",
        "title",
        "titles",
        "told",
        "weak",
        "when",
        "where",
        "who",
        "words",
        "written",
        "wrong",
    }
)
"""Keys of what is not shown: patterns, ids, ways of asking."""
_ALWAYS_SAID = ("talk.yml", "utterances.yml", "crisis.yml")
"""Where `words`, `text` and `title` are what is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One paragraph; `has_source` when its article stands in a field beside it."""

    file: str
    line: int
    text: str
    has_source: bool = False


def said_texts(folder: Path) -> Iterator[Saying]:
    """All that is said, file by file; what cannot be read is left out, and told elsewhere."""
    for pattern in ("topics/*.md", *_ONE_FILE, *_MANY_FILES):
        for file in files_of(folder, pattern):
            yield from said_in(file, read_text(folder, file, []) or "")
    for file in files_of(folder, "letters/*/template.docx"):
        yield from _template(folder, file)


def said_by_file(folder: Path) -> dict[str, tuple[Saying, ...]]:
    """The same by file."""
    found: dict[str, list[Saying]] = {}
    for saying in said_texts(folder):
        found.setdefault(saying.file, []).append(saying)
    return {file: tuple(sayings) for file, sayings in found.items()}


def said_in(file: str, text: str) -> tuple[Saying, ...]:
    """What one file says, with this text."""
    read = _topic if file.startswith("topics/") else _yaml
    return kept(lambda: tuple(read(file, text)), "said", file, text)


def _yaml(file: str, text: str) -> Iterator[Saying]:
    """The values with Chinese words, but for what is not shown."""
    data = read_plainly(text)
    lines = text.splitlines()
    at = 0
    has_source = file.startswith(_WITH_SOURCE)
    for value in _values(data, file):
        for paragraph in filter(_CHINESE.search, value.splitlines()):
            if _AN_ARTICLE.match(paragraph):
                continue
            at = _line_of(paragraph, lines, at)
            yield Saying(file=file, line=at + 1, text=paragraph, has_source=has_source)


def _topic(file: str, text: str) -> Iterator[Saying]:
    _, _, body = text.partition("\n---\n")
    before = text.count("\n") - body.count("\n")
    for number, line in lines_with_numbers(body.partition(_EXAMPLES)[0]):
        if not _NO_SAYING.match(line):
            yield Saying(file=file, line=number + before, text=line)


def _template(folder: Path, file: str) -> Iterator[Saying]:
    try:
        document = (folder / file).read_bytes()
        paragraphs = kept(lambda: read_docx(document), "docx", document)
    except (ValueError, OSError):
        return
    for number, paragraph in enumerate(paragraphs, start=1):
        yield Saying(file=file, line=number, text=paragraph.text, has_source=True)


def _values(data: Any, file: str) -> Iterator[str]:
    """Every text that is shown, in the order of the file."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for each in data:
            yield from _values(each, file)
    elif isinstance(data, Mapping):
        for key, value in data.items():
            if key == "asks" and not isinstance(value, str):
                continue  # How people ask; a single one is our question.
            if file == "crisis.yml" and key in ("strong", "weak", "not_danger", "other_person"):
                continue
            if key not in _UNSAID or (file in _ALWAYS_SAID and key in ("words", "text", "title")):
                yield from _values(value, file)


def _line_of(paragraph: str, lines: list[str], start: int) -> int:
    """The line where a paragraph begins, looked for onwards from the one before."""
    words = paragraph.strip()[:12]
    for number in range(start, min(len(lines), start + _NEXT_LINES)):
        if words in lines[number]:
            return number
    return next((number for number, line in enumerate(lines) if words in line), start)
