"""How well received papers are read: kinds, fields, forgeries, last days; each half by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Optional

import yaml

from bot.answering.papers import PaperDesk, reading_as_json
from bot.answering.tasks.all_tasks import paper_desk_of
from bot.concepts.paper_reading import PaperOpinion
from bot.knowledge.library import open_book
from bot.knowledge.paper_texts import read_paper_texts
from rasa_project.components.paper_model import PaperModel
from rasa_project.evaluation.measuring import CHECKOUT
from rasa_project.folders import KNOWLEDGE

HALVES = ("seen", "unseen")
FOLDER = CHECKOUT / "tests" / "papers"
_FORGED = ("fake", "doubtful")
_ON = date(2026, 11, 29)
"""The day on which they are read: rest days are known as of then."""

_NAMED = ("issued", "hearing", "due")
"""Days that a reading names; whoever wrote a paper may have noted others, such as 立案."""

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class PaperFigures:
    """Of one half: shares from 0 to 1, and counts of what must never be.

    `dates` are all that the author of a paper noted, `named_days` those that a reading names.
    """

    papers: int
    kinds: float
    amounts: float
    dates: float
    named_days: float
    case_numbers: float
    links: float
    accounts: float
    last_days: float
    forged_called_likely: int
    wrong_last_days: int


def measure_papers(folder: Path = FOLDER) -> dict[str, PaperFigures]:
    """Read every test paper with a model that learns from the knowledge base as it stands."""
    book = open_book(KNOWLEDGE)
    papers, _ = read_paper_texts(KNOWLEDGE)
    told = [text for texts in book.knowledge.examples().values() for text in texts]
    model = PaperModel(book.papers).fit(papers, told)
    desk = paper_desk_of(book)
    return {half: _measured([*_entries(folder / half)], desk, model) for half in HALVES}


def papers_table(figures: Mapping[str, PaperFigures]) -> str:
    """A line for each half."""
    head = (
        "| half | papers | kind | amounts | dates | named days | case numbers | links | accounts |"
    )
    head += " last days | forged called likely | wrong last days |"
    lines = [head, "|" + " --- |" * (head.count("|") - 1)]
    for half, each in figures.items():
        shares = (each.kinds, each.amounts, each.dates, each.named_days, each.case_numbers,
                  each.links, each.accounts, each.last_days)  # fmt: skip
        cells = [half, str(each.papers), *(f"{share:.3f}" for share in shares)]
        cells += [str(each.forged_called_likely), str(each.wrong_last_days)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _entries(folder: Path) -> Iterable[Entry]:
    for path in sorted(folder.glob("*.yml")):
        yield from yaml.safe_load(path.read_text(encoding="utf-8")) or ()


def _measured(entries: list[Entry], desk: PaperDesk, model: PaperModel) -> PaperFigures:
    read = [(entry, _read(entry, desk, model)) for entry in entries]
    count = len(read) or 1

    def share(name: str) -> float:
        return sum(bool(_wanted(one)[name] == _found(two)[name]) for one, two in read) / count

    return PaperFigures(
        papers=len(read),
        kinds=sum(entry["kind"] == found["kind"] for entry, found in read) / count,
        amounts=share("amounts"),
        dates=share("dates"),
        named_days=share("named_days"),
        case_numbers=share("case_number"),
        links=share("links"),
        accounts=share("accounts"),
        last_days=share("last_safe_day"),
        forged_called_likely=sum(
            entry["genuine"] in _FORGED and found["genuine"] == "likely" for entry, found in read
        ),
        wrong_last_days=sum(
            found["last_safe_day"] is not None
            and _wanted(entry)["last_safe_day"] != found["last_safe_day"]
            for entry, found in read
        ),
    )


def _read(entry: Entry, desk: PaperDesk, model: PaperModel) -> dict[str, Any]:
    ranking, is_paper = model.ranking(str(entry["text"]))
    received = _day(entry.get("received"))
    opinion = PaperOpinion(*ranking[0], is_paper)
    reading = desk.read(str(entry["text"]), opinion, received, _ON)
    return reading_as_json(desk, reading, received)


def _wanted(entry: Entry) -> dict[str, Any]:
    return _compared({**entry, "dates": entry.get("dates") or {}})


def _found(found: Mapping[str, Any]) -> dict[str, Any]:
    return _compared(found)


def _compared(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields in a form that two readings of the same thing share."""
    day = values.get("last_safe_day")
    dates = {name: str(each) for name, each in values["dates"].items() if each}
    return {
        "amounts": sorted(float(each) for each in values.get("amounts") or ()),
        "dates": {name: each for name, each in dates.items() if name != "received"},
        "named_days": {name: each for name, each in dates.items() if name in _NAMED},
        "case_number": _plain(values.get("case_number")),
        "links": sorted(map(str, values.get("links") or ())),
        "accounts": sorted(_plain(each) for each in values.get("accounts") or ()),
        "last_safe_day": str(day) if day else None,
    }


def _plain(written: object) -> str:
    return re.sub(r"[\s（）()〔〕\[\]-]", "", str(written or "")).upper()


def _day(given: object) -> Optional[date]:
    return date.fromisoformat(str(given)) if given else None
