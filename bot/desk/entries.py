"""What can be found in a knowledge folder: from its files to single things with title and line."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath

from bot.desk.shelves import Shelf

KINDS: Mapping[str, str] = {
    "answer": "解答",
    "letter": "函件",
    "conduct": "行为规则",
    "step": "下一步",
    "figure": "数值",
    "contact": "热线",
    "law": "法律文件",
    "article": "条文",
    "deadline": "期限",
    "complaint": "投诉去处",
    "calculator": "计算",
    "words": "提示语",
    "form": "表单",
    "learning": "学习用语",
}
"""Kinds of things by id, in the order in which they are listed."""

_FOLDERS = {
    "topics": "answer",
    "letters": "letter",
    "conduct": "conduct",
    "advice": "step",
    "figures": "figure",
    "laws": "law",
    "forms": "form",
    "papers": "learning",
}
_FILES = {
    "contacts.yml": "contact",
    "deadlines.yml": "deadline",
    "complaints.yml": "complaint",
    "court_fees.yml": "calculator",
    "true_rate.yml": "calculator",
    "budget.yml": "calculator",
    **dict.fromkeys(
        (
            *("spelling.yml", "concepts.yml", "aspects.yml", "danger.yml", "facts.yml"),
            *("case_words.yml", "domains.yml", "case_numbers.yml"),
        ),
        "learning",
    ),
}
_STARTS = {
    "step": re.compile(r"  - id: ([a-z0-9_]+)"),
    "deadline": re.compile(r"  - id: ([a-z0-9_]+)"),
    "complaint": re.compile(r"  - id: ([a-z0-9_]+)"),
    "contact": re.compile(r"- id: ([a-z0-9_]+)"),
    "law": re.compile(r"  (第?\S+):$"),
    "talk.yml": re.compile(r"([a-z0-9_]+):$"),
    "tasks.yml": re.compile(r"([a-z0-9_]+):$"),
    "utterances.yml": re.compile(r"  ([a-z0-9_]+):$"),
}
"""How a single thing begins in a file that holds many; by kind or file."""
_TITLE = re.compile(
    r"^[ -]*(?:title|description|name|says|plain|asks|button): *[|>-]*(?:\n +)?[\"']?(.+?)[\"']?$",
    re.MULTILINE,
)
_SHORT_TITLE = re.compile(r"^short_title: (.+)$", re.MULTILINE)
_REVIEW_BY = re.compile(r"^[ -]*(?:review_by|again_by): (\d{4}-\d{2}-\d{2})", re.MULTILINE)
_CITED = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)+)#([^\s\]\[,，}\"'）)]+)")
_COMMENT = re.compile(r"^# *(.+)$", re.MULTILINE)
_TITLE_AT_MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing: of which kind, where it begins, what it says, by when it must be read again."""

    kind: str
    id: str
    title: str
    file: str
    line: int
    text: str
    review_by: date | None
    cites: frozenset[str]
    folded: str
    """Its text as words are compared."""

    @property
    def last_line(self) -> int:
        """Its last line in the file."""
        return self.line + self.text.rstrip("\n").count("\n")


def entries_of(shelf: Shelf) -> list[Entry]:
    """Everything in a folder that can be read, file by file."""
    return [
        entry
        for file, text in shelf.texts.items()
        if text is not None
        for entry in entries_in(file, text)
    ]


def fold(text: str) -> str:
    """Full-width and upper-case letters as the plain ones."""
    return unicodedata.normalize("NFKC", text).casefold()


def kind_of(file: str) -> str:
    """What kind of thing a file holds."""
    top = PurePosixPath(file).parts[0]
    return _FOLDERS.get(top) or _FILES.get(file, "words")


def cited_in(text: str) -> frozenset[str]:
    """The articles that a text names, as law_id#article."""
    return frozenset(f"{match[1]}#{match[2]}" for match in _CITED.finditer(text))


@lru_cache(maxsize=2000)
def entries_in(file: str, text: str) -> tuple[Entry, ...]:
    """The things in one file; the same text is read once."""
    kind = kind_of(file)
    start = _STARTS.get(file) or _STARTS.get(kind)
    whole = _whole_id(file)
    if start is None:
        return (_entry(kind, whole, file, 1, text),)
    pieces = list(_pieces(text, start))
    found = []
    for name, line, piece in pieces:
        if kind == "law":
            found.append(_article(whole, name, file, line, piece, text))
        else:
            found.append(_entry(kind, name, file, line, piece, _first_day(text)))
    head = text.splitlines(keepends=True)[: pieces[0][1] - 1] if pieces else [text]
    if kind == "law" or not pieces:
        found.insert(0, _entry(kind, whole, file, 1, "".join(head)))
    return tuple(found)


def _pieces(text: str, start: re.Pattern[str]) -> Iterator[tuple[str, int, str]]:
    """Each thing with its id, its first line and its text."""
    lines = text.splitlines(keepends=True)
    starts = [(number, match[1]) for number, line in enumerate(lines, 1)
              if (match := start.match(line.rstrip("\n")))]  # fmt: skip
    for (number, name), after in zip(
        starts, [*(number for number, _ in starts[1:]), len(lines) + 1], strict=True
    ):
        yield name, number, "".join(lines[number - 1 : after - 1])


def _entry(
    kind: str, name: str, file: str, line: int, text: str, day: date | None = None
) -> Entry:
    found = _TITLE.search(text)
    comment = _COMMENT.search(text)
    title = found[1] if found else (comment[1] if comment else name)
    return Entry(
        kind=kind,
        id=name,
        title=title.strip()[:_TITLE_AT_MOST],
        file=file,
        line=line,
        text=text,
        review_by=_first_day(text) or day,
        cites=cited_in(text),
        folded=fold(text),
    )


def _article(law_id: str, name: str, file: str, line: int, piece: str, text: str) -> Entry:
    short = match[1].strip("\"'") if (match := _SHORT_TITLE.search(text)) else law_id
    return Entry(
        kind="article",
        id=f"{law_id}#{name}",
        title=f"《{short}》{name}",
        file=file,
        line=line,
        text=piece,
        review_by=None,
        cites=frozenset({f"{law_id}#{name}"}),
        folded=fold(piece),
    )


def _first_day(text: str) -> date | None:
    """By when it must be read again; None where that is not told, or no day of the calendar."""
    match = _REVIEW_BY.search(text)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _whole_id(file: str) -> str:
    path = PurePosixPath(file)
    return path.parts[1] if path.parts[0] == "letters" else path.stem
