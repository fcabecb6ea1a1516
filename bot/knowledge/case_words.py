"""Reads case_words.yml, the words by which the facts of a case are recognised, into CaseWords."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.concepts.case_words import (
    CaseWords,
    CorrectionWords,
    LenderWords,
    ManyTold,
    MeansWords,
    OwedWords,
    RegionWords,
    SayingWords,
    Told,
)
from bot.knowledge.faults import Fault
from bot.knowledge.file_reader import read_text
from bot.knowledge.patterns import Pattern, PatternReader, either, never
from bot.knowledge.yaml_reader import read_yaml

FILE = "case_words.yml"


def read_case_words(folder: Path) -> tuple[CaseWords | None, list[Fault]]:
    """Read knowledge/case_words.yml; None, with the faults, when it cannot be used."""
    faults: list[Fault] = []
    text = read_text(folder, FILE, faults)
    return (None, faults) if text is None else parse_case_words(text)


def parse_case_words(text: str) -> tuple[CaseWords | None, list[Fault]]:
    """CaseWords from the text of case_words.yml; what cannot be used is a fault with its line."""
    data, lines, faults = read_yaml(text, FILE, "case_words")
    if data is None:
        return None, faults
    parts = {name: either(words) for name, words in data["parts"].items()}
    reader = PatternReader(data, lines, parts, FILE)
    words = _words(data, reader)
    return (None if reader.faults else words), reader.faults


def _words(data: Mapping[str, Any], reader: PatternReader) -> CaseWords:
    return CaseWords(
        spellings=dict(data["spellings"]),
        saying=reader.group(SayingWords, "saying"),
        lender=reader.group(LenderWords, "lender"),
        lenders=_patterns(data, reader, "lenders"),
        one_lender=_patterns(data, reader, "one_lender"),
        products=_many(data, reader, "products"),
        stages=_many(data, reader, "stages"),
        not_reached=_patterns(data, reader, "not_reached"),
        papers=_many(data, reader, "papers"),
        received=reader.pattern(("received",)),
        signed=reader.pattern(("signed",)),
        paper_beside=reader.pattern(("paper_beside",)),
        not_served=reader.pattern(("not_served",)),
        court_froze=reader.pattern(("court_froze",)),
        second_paper=reader.pattern(("second_paper",)),
        roles=_many(data, reader, "roles"),
        not_role=_patterns(data, reader, "not_role"),
        somebody=reader.pattern(("somebody",)),
        deeds=_many(data, reader, "deeds"),
        others_do=reader.pattern(("others_do",)),
        events=_many(data, reader, "events"),
        owed=reader.group(OwedWords, "owed"),
        means=reader.group(MeansWords, "means"),
        region=reader.group(RegionWords, "region"),
        correction=reader.group(CorrectionWords, "correction"),
    )


def _patterns(data: Mapping[str, Any], reader: PatternReader, section: str) -> dict[str, Pattern]:
    return {name: reader.pattern((section, name)) for name in data[section]}


def _many(data: Mapping[str, Any], reader: PatternReader, section: str) -> ManyTold:
    """The entries of a section, each with what only looks like it."""
    entries = {
        name: Told(
            told=reader.pattern((section, name, "told")),
            not_told=reader.pattern((section, name, "not_told"))
            if "not_told" in entry
            else never(),
        )
        for name, entry in data[section].items()
        if name != "not_told"
    }
    has_shadows = "not_told" in data[section]
    not_told = reader.pattern((section, "not_told")) if has_shadows else never()
    return ManyTold(entries, not_told)
