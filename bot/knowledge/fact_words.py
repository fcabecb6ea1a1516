"""Reads facts.yml, the words by which facts are recognised in a story, into FactWords."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.concepts.fact_words import (
    ActWords,
    ChannelWords,
    ContactWords,
    CountWords,
    FactWords,
    LenderName,
    ProductWords,
    StanceWords,
    TimeWords,
    UrgentWords,
    WriterWords,
)
from bot.knowledge.faults import Fault
from bot.knowledge.file_reader import read_text
from bot.knowledge.patterns import PatternReader, either
from bot.knowledge.yaml_reader import read_yaml

FILE = "facts.yml"


def read_fact_words(folder: Path) -> tuple[FactWords | None, list[Fault]]:
    """Read knowledge/facts.yml; None, with the faults, when it cannot be used."""
    faults: list[Fault] = []
    text = read_text(folder, FILE, faults)
    return (None, faults) if text is None else parse_fact_words(text)


def parse_fact_words(text: str) -> tuple[FactWords | None, list[Fault]]:
    """FactWords from the text of facts.yml; every pattern that cannot be used is a fault."""
    data, lines, faults = read_yaml(text, FILE, "facts")
    if data is None:
        return None, faults
    parts = {name: either(words) for name, words in data["parts"].items()}
    people = {name: either(words) for name, words in data["people"].items()}
    parts |= people | {"any_person": either(people.values())}
    reader = PatternReader(data, lines, parts, FILE)
    words = _words(data, reader)
    return (None if reader.faults else words), reader.faults


def _words(data: Mapping[str, Any], reader: PatternReader) -> FactWords:
    return FactWords(
        spellings=dict(data["spellings"]),
        stance=reader.group(StanceWords, "stance"),
        acts=_acts(data, reader, "acts"),
        signs=_acts(data, reader, "signs"),
        people={kind: reader.pattern(("people", kind)) for kind in data["people"]},
        contact=reader.group(ContactWords, "contact"),
        writer=reader.group(WriterWords, "writer"),
        time=reader.group(TimeWords, "time"),
        count=reader.group(CountWords, "count"),
        channel=reader.group(ChannelWords, "channel"),
        product=reader.group(ProductWords, "product"),
        urgent=reader.group(UrgentWords, "urgent"),
        lenders=tuple(
            LenderName(reader.compile(entry["written"], ("lenders", index)), entry["kind"])
            for index, entry in enumerate(data["lenders"])
        ),
        frequent_per_day=data["frequent_per_day"],
    )


def _acts(data: Mapping[str, Any], reader: PatternReader, section: str) -> tuple[ActWords, ...]:
    return tuple(
        ActWords(
            id=act,
            told=reader.pattern((section, act, "told")),
            not_told=reader.pattern((section, act, "not_told")) if "not_told" in entry else None,
            announced_as=entry.get("announced_as"),
            is_denial=entry.get("is_denial", False),
        )
        for act, entry in data[section].items()
    )
