"""Where something is said: every text that states a figure, an article or a contact.

A mark follows by itself when what it stands for is changed; words written out must be followed by
hand, and are listed whether or not anybody thought of them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.concepts.citation import ArticleId
from bot.desk.entries import Entry, cited_in
from bot.desk.number_words import figure_pattern, hints
from bot.desk.shelves import Shelf
from bot.knowledge.base import Contact, Figure, Law
from bot.knowledge.marks import CITATION
from bot.knowledge.text_checks import EXAMPLES_HEADING

_AROUND = 48
_KEY = re.compile(r"\s*(?:- )?[a-z_]+:(?:\s|$)")
_NOT_SAID = re.compile(r"\s*(?:#|reviewed_on|review_by|checked_on|in_force_from|document_no)")
_MARKS = re.compile(r"\{\{[^}]*\}\}|\[\[[^\]]*\]\]")


class How(Enum):
    """In which way a text states something, and so what must be done when it changes."""

    WORDS = "words"
    MAYBE = "maybe"
    MARK = "mark"


HOW_WORDS = {
    How.WORDS: "直接写出来的，要逐一改",
    How.MAYBE: "同样的数，说的可能是别的事，看一眼",
    How.MARK: "写成标记的，会自动跟着变",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One place: the thing, the line, the words around it with what was found in the middle."""

    how: How
    entry: Entry
    line: int
    before: str
    said: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for: marks that stand for it, words for it, and articles that it rests on.

    What has none of the `hints` is not looked at any closer.
    """

    marks: re.Pattern[str]
    words: re.Pattern[str]
    hints: frozenset[str]
    rests_on: frozenset[str] = frozenset()


def of_figure(figure: Figure, *values: str) -> Sought:
    """A figure by the mark, by its id, and by its values (now, and before) in digits and words."""
    name = re.escape(figure.id)
    marks = rf"\{{\{{\s*{name}\s*\}}\}}|figure\([\"'“”‘’]{name}[\"'“”‘’]\)|(?<![\w]){name}(?![\w])"
    sources = frozenset(str(entry.source) for entry in figure.history)
    words = "|".join(figure_pattern(figure.id, each).pattern for each in values)
    known = frozenset({figure.id}).union(*(hints(figure.id, each) for each in values))
    return Sought(marks=re.compile(marks), words=re.compile(words), hints=known, rests_on=sources)


def of_article(law: Law, article: str) -> Sought:
    """An article by its mark, and by a title of its law beside its number."""
    name = re.escape(str(ArticleId(law.id, article)))
    titles = "|".join(re.escape(title) for title in {law.title, law.short_title})
    words = rf"(?:{titles})》?[^。；\n]{{0,6}}{re.escape(article)}" if article else titles
    marks = (
        rf"{name}(?=[\]\"'“”‘’,，}}\s]|$)" if article else rf"{re.escape(law.id)}#[^\s\]\"',，}}]+"
    )
    known = frozenset({law.id, law.title, law.short_title})
    return Sought(marks=re.compile(marks), words=re.compile(words), hints=known)


def of_contact(contact: Contact) -> Sought:
    """A hotline by its mark, its number and its name."""
    names = [contact.id, *([contact.number] if contact.number else [])]
    either = "|".join(map(re.escape, names))
    marks = rf"\[\[contact:(?:{either})\]\]|contact: {re.escape(contact.id)}\b"
    number = [rf"(?<![\d-]){re.escape(contact.number)}(?![\d-])"] if contact.number else []
    words = "|".join([*number, re.escape(contact.name)])
    known = frozenset({*names, contact.name})
    return Sought(marks=re.compile(marks), words=re.compile(words), hints=known)


def sayings(
    shelf: Shelf, entries: Sequence[Entry], sought: Sought, own: tuple[str, str]
) -> list[Saying]:
    """Every place but the thing `own` (kind, id), in the order of how surely it must follow."""
    found = []
    for entry in (*entries, *_templates(shelf, entries)):
        if (entry.kind, entry.id) == own or entry.kind == "learning":
            continue
        if not any(hint in entry.text for hint in sought.hints):
            continue
        is_about = bool(sought.marks.search(entry.text)) or bool(entry.cites & sought.rests_on)
        found += list(_in_entry(entry, sought, is_about=is_about or not sought.rests_on))
    order = {how: place for place, how in enumerate(How)}
    return sorted(found, key=lambda each: (order[each.how], each.entry.file, each.line))


def _templates(shelf: Shelf, entries: Sequence[Entry]) -> Iterator[Entry]:
    """The Word templates as entries beside their letters, by paragraph."""
    letters = {entry.file: entry for entry in entries if entry.kind == "letter"}
    for file, words in shelf.templates.items():
        letter = letters.get(file.replace("template.docx", "letter.yml"))
        if letter is not None:
            yield Entry(
                kind="letter",
                id=letter.id,
                title=f"{letter.title}（Word 模板）",
                file=file,
                line=1,
                text=words,
                review_by=None,
                cites=letter.cites,
                folded="",
            )


def _in_entry(entry: Entry, sought: Sought, *, is_about: bool) -> Iterator[Saying]:
    for number, line in _said_lines(entry):
        if not any(hint in line for hint in sought.hints):
            continue
        for match in sought.marks.finditer(line):
            yield _saying(How.MARK, entry, number, line, match)
        # A number inside a mark is its name, not its words.
        bare = _MARKS.sub(lambda mark: " " * len(mark[0]), line)
        for match in sought.words.finditer(bare):
            how = How.WORDS if is_about and _is_free(line, sought) else How.MAYBE
            yield _saying(how, entry, number, line, match)


def _is_free(line: str, sought: Sought) -> bool:
    """Whether a line may speak of it: it cites nothing, or what the figure rests on."""
    cited = cited_in(line)
    return not sought.rests_on or not cited or bool(cited & sought.rests_on)


def _said_lines(entry: Entry) -> Iterator[tuple[int, str]]:
    """The lines that we say, without the ways in which people ask."""
    is_asked = False
    for number, line in enumerate(entry.text.splitlines(), entry.line):
        if line.strip() == EXAMPLES_HEADING:
            return
        if line.strip() == "asks:":
            is_asked = True
        elif is_asked and line.strip() and not line.lstrip().startswith("- "):
            is_asked = False
        if not is_asked and not _NOT_SAID.match(line):
            yield number, line


def _saying(how: How, entry: Entry, number: int, line: str, match: re.Match[str]) -> Saying:
    start, end = match.span()
    before = line[:start]
    key = _KEY.match(before)
    before = _readable(before[key.end() :] if key else before.lstrip())
    after = _readable(line[end:])
    return Saying(
        how=how,
        entry=entry,
        line=number,
        before=("…" if len(before) > _AROUND else "") + before[-_AROUND:],
        said=line[start:end],
        after=after[:_AROUND] + ("…" if len(after) > _AROUND else ""),
    )


def _readable(text: str) -> str:
    """The words of a line with the short form of its citations."""
    return CITATION.sub(lambda mark: f"［{mark[1].partition('#')[2]}］", text)
