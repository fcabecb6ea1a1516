"""Letters as frozen things, and their reader: letter.yml beside template.docx."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.concepts.citation import ArticleId
from bot.knowledge.base import Review
from bot.knowledge.deadlines import Unit
from bot.knowledge.faults import Fault, raise_if_any
from bot.knowledge.file_reader import files_of, read_text
from bot.knowledge.questions import Question, read_questions
from bot.knowledge.yaml_reader import read_yaml


@dataclass(frozen=True, slots=True)
class Total:
    """An amount worked out from answers: the sum of `plus` less the sum of `minus`."""

    id: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """Words to say when the amount `of` is larger than the amount or total `at_most`."""

    of: str
    at_most: str
    says: str


@dataclass(frozen=True, slots=True)
class TimeGone:
    """Words to say by how long ago the date answered was, beside a figure's days or months."""

    since: str
    figure: str
    says: str
    unit: Unit = Unit.DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter to write: when to use it, what to ask, where to send it, and its template.

    `document` is what its file is called, before the answer to `addressee` and the day; `called`
    are other names that people give it.
    `late` warns when more days than the figure's have gone, `early` when fewer.
    """

    id: str
    title: str
    button: str
    document: str
    called: tuple[str, ...]
    addressee: str | None
    purpose: str
    when: tuple[str, ...]
    when_not: tuple[str, ...]
    does_not: tuple[str, ...]
    laws: tuple[ArticleId, ...]
    questions: tuple[Question, ...]
    totals: tuple[Total, ...]
    limits: tuple[Limit, ...]
    late: TimeGone | None
    early: TimeGone | None
    send_to: tuple[str, ...]
    proof: tuple[str, ...]
    next: tuple[str, ...]
    review: Review
    template: bytes


@dataclass(frozen=True, slots=True)
class LetterShelf:
    """All letters by id; `texts` holds each letter.yml as written, by its file."""

    letters: Mapping[str, Letter]
    texts: Mapping[str, str]


def load_letters(folder: Path) -> Mapping[str, Letter]:
    """Read knowledge/letters/; KnowledgeError with every fault when it cannot be used."""
    shelf, faults = read_letters(folder)
    raise_if_any(faults)
    return shelf.letters


def read_letters(folder: Path) -> tuple[LetterShelf, list[Fault]]:
    """Read knowledge/ (the folder above letters/) and say what cannot be read."""
    letters: dict[str, Letter] = {}
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    for file in files_of(folder, "letters/*/letter.yml"):
        if (text := read_text(folder, file, faults)) is None:
            continue
        texts[file] = text
        template = (folder / file).with_name("template.docx")
        if not template.is_file():
            faults.append(Fault(file, 0, "旁边没有 template.docx，请放进函件模板。"))
            continue
        letter, more = _read_letter(Path(file).parent.name, file, text, template.read_bytes())
        faults += more
        if letter is not None:
            letters[letter.id] = letter
    return LetterShelf(letters, texts), faults


def _read_letter(
    letter_id: str, file: str, text: str, template: bytes
) -> tuple[Letter | None, list[Fault]]:
    data, lines, faults = read_yaml(text, file, "letter")
    if data is None:
        return None, faults
    questions, more = read_questions(data["questions"], file, lines)
    names = ("when", "when_not", "does_not", "send_to", "proof", "next")
    lists = {name: tuple(data[name]) for name in names}
    letter = Letter(
        id=letter_id,
        title=data["title"],
        button=data["button"],
        document=data["document"],
        called=tuple(data.get("called", ())),
        addressee=data.get("addressee"),
        purpose=data["purpose"],
        laws=tuple(ArticleId.parse(each) for each in data["laws"]),
        questions=questions,
        totals=_totals(data),
        limits=tuple(Limit(**entry) for entry in data.get("limits", ())),
        late=_time_gone(data, "late"),
        early=_time_gone(data, "early"),
        review=Review(data["reviewed_on"], data["review_by"]),
        template=template,
        **lists,
    )
    return letter, faults + more


def _time_gone(data: Mapping[str, Any], key: str) -> TimeGone | None:
    if (entry := data.get(key)) is None:
        return None
    return TimeGone(**{**entry, "unit": Unit(entry.get("unit", Unit.DAYS.value))})


def _totals(data: Mapping[str, Any]) -> tuple[Total, ...]:
    return tuple(
        Total(name, tuple(entry["plus"]), tuple(entry["minus"]))
        for name, entry in data.get("totals", {}).items()
    )
