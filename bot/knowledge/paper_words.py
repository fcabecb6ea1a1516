"""Reads papers.yml and the tables beside it into PaperWords: how received papers are read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.concepts.paper_words import (
    CourtNumbers,
    DateWords,
    Domains,
    LenderContact,
    PaperKind,
    PaperPeriod,
    PaperSignal,
    PaperWords,
    PartyWords,
    Strength,
)
from bot.knowledge.faults import Fault
from bot.knowledge.file_reader import read_text
from bot.knowledge.patterns import Pattern, PatternReader, either
from bot.knowledge.yaml_reader import read_yaml

FILE = "papers.yml"
NUMBERS, DOMAINS, LENDERS = "case_numbers.yml", "domains.yml", "lender_contacts.yml"
_CONTENT = {
    FILE: "papers",
    NUMBERS: "case_numbers",
    DOMAINS: "domains",
    LENDERS: "lender_contacts",
}

Data = Mapping[str, Any]


def read_paper_words(folder: Path) -> tuple[PaperWords | None, list[Fault]]:
    """The words; None, with every fault, when a file cannot be used."""
    read, lines, faults = _files(folder)
    if faults or any(read.get(file) is None for file in _CONTENT):
        return None, faults
    data = read[FILE]
    parts = {name: either(entries) for name, entries in data["parts"].items()}
    reader = PatternReader(data, lines[FILE], parts, FILE)
    own = PatternReader(read[DOMAINS], lines[DOMAINS], {}, DOMAINS)
    words = PaperWords(
        kinds={name: _kind(name, entry, reader) for name, entry in data["kinds"].items()},
        signals=tuple(_signal(place, each, reader) for place, each in enumerate(data["signals"])),
        demands=tuple(
            (reader.pattern(("demands", place, "told")), each["says"])
            for place, each in enumerate(data["demands"])
        ),
        claims=_patterns("claims", data, reader),
        acts=_patterns("acts", data, reader),
        marks=_patterns("marks", data, reader),
        shapes=_patterns("shapes", data, reader),
        pasted=reader.pattern(("pasted",)),
        own_words=reader.pattern(("own_words",)),
        asks=_patterns("asks", data, reader),
        repairs=tuple(
            (reader.compile(each["wrong"], ("repairs", place)), each["right"])
            for place, each in enumerate(data["repairs"])
        ),
        dates=reader.group(DateWords, "dates"),
        parties=reader.group(PartyWords, "parties"),
        numbers=_numbers(read[NUMBERS]),
        domains=_domains(read[DOMAINS], own),
        lenders=tuple(map(_lender, read[LENDERS])),
        verify=data["verify"],
        lines=data["lines"],
    )
    found = [*reader.faults, *own.faults]
    return (None if found else words), found


def _files(folder: Path) -> tuple[dict[str, Any], dict[str, Any], list[Fault]]:
    """What each file holds, its lines, and every fault."""
    faults: list[Fault] = []
    read: dict[str, Any] = {}
    lines: dict[str, Any] = {}
    for file, schema in _CONTENT.items():
        if (text := read_text(folder, file, faults)) is not None:
            read[file], lines[file], found = read_yaml(text, file, schema)
            faults += found
    return read, lines, faults


def _patterns(group: str, data: Data, reader: PatternReader) -> dict[str, Pattern]:
    return {name: reader.pattern((group, name)) for name in data[group]}


def _kind(name: str, entry: Data, reader: PatternReader) -> PaperKind:
    place = ("kinds", name)
    return PaperKind(
        id=name,
        name=entry["name"],
        says=entry["says"],
        titles=reader.pattern((*place, "titles")) if "titles" in entry else None,
        stage=entry.get("stage"),
        likely=frozenset(entry.get("likely", ())),
        verify=tuple(entry["verify"]),
        periods=tuple(
            PaperPeriod(
                kind=each["kind"],
                told=reader.pattern((*place, "periods", number, "told")),
                not_told=reader.pattern((*place, "periods", number, "not_told"))
                if "not_told" in each
                else None,
            )
            for number, each in enumerate(entry.get("periods", ()))
        ),
        letter=entry.get("letter"),
        lawyer=entry.get("lawyer"),
        next=tuple(entry["next"]),
        todo=entry["todo"],
        absent=entry.get("absent"),
        of=frozenset(entry.get("of", ())),
        **{
            name: reader.pattern((*place, name)) if name in entry else None
            for name in ("told", "not_told", "likely_told", "likely_not")
        },
    )


def _signal(place: int, entry: Data, reader: PatternReader) -> PaperSignal:
    path = ("signals", place)
    return PaperSignal(
        id=entry["id"],
        is_for=entry["for"],
        strength=Strength(entry["strength"]),
        says=entry["says"],
        told=reader.pattern((*path, "told")) if "told" in entry else None,
        not_told=reader.pattern((*path, "not_told")) if "not_told" in entry else None,
        **{
            name: frozenset(entry.get(name, ()))
            for name in ("found", "missing", "claims", "kinds")
        },
    )


def _numbers(data: Data) -> CourtNumbers:
    provinces = data["provinces"].items()
    reader = PatternReader(data, {}, {}, NUMBERS)
    return CourtNumbers(
        since=data["since"],
        not_court=reader.pattern(("not_court",)),
        numbered=reader.pattern(("numbered",)),
        not_used=frozenset(data["not_used"]),
        special=reader.pattern(("special",)),
        provinces={letter: entry["name"] for letter, entry in provinces},
        cities={
            f"{letter}{code}": city
            for letter, entry in provinces
            for code, city in entry["cities"].items()
        },
        types={name: entry["stage"] for name, entry in data["types"].items()},
    )


def _domains(data: Data, reader: PatternReader) -> Domains:
    lists = ("official", "unclear", "lenders", "shorteners", "cheap")
    return Domains(
        borrowed=reader.pattern(("borrowed",)), **{name: frozenset(data[name]) for name in lists}
    )


def _lender(entry: Data) -> LenderContact:
    return LenderContact(
        id=entry["id"],
        name=entry["name"],
        number=entry["number"],
        **{name: tuple(entry[name]) for name in ("aliases", "others", "domains")},
    )
