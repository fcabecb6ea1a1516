"""Reads facts.yml, the words by which facts are recognised in a story, into FactWords."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from bot.concepts.fact_words import (
    ActWords,
    ChannelWords,
    ContactWords,
    CountWords,
    FactWords,
    LenderName,
    Pattern,
    ProductWords,
    StanceWords,
    TimeWords,
    UrgentWords,
    WriterWords,
)
from bot.knowledge.faults import Fault
from bot.knowledge.yaml_reader import Path as YamlPath
from bot.knowledge.yaml_reader import read_yaml

FILE = "facts.yml"
_PART = re.compile(r"(?<!P)<([a-z_]+)>")
_NEVER = r"(?!)"
_Group = TypeVar(
    "_Group",
    StanceWords,
    ContactWords,
    WriterWords,
    TimeWords,
    CountWords,
    ChannelWords,
    ProductWords,
    UrgentWords,
)


def read_fact_words(folder: Path) -> tuple[FactWords | None, list[Fault]]:
    """Read knowledge/facts.yml; None, with the faults, when it cannot be used."""
    try:
        text = (folder / FILE).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None, [Fault(FILE, 0, "找不到这个文件。")]
    except (UnicodeDecodeError, OSError):
        return None, [Fault(FILE, 0, "打不开。请存成 UTF-8 编码的纯文本。")]
    return parse_fact_words(text)


def parse_fact_words(text: str) -> tuple[FactWords | None, list[Fault]]:
    """FactWords from the text of facts.yml; every pattern that cannot be used is a fault."""
    data, lines, faults = read_yaml(text, FILE, "facts")
    if data is None:
        return None, faults
    reader = _Reader(data, lines)
    words = reader.words()
    return (None if reader.faults else words), reader.faults


class _Reader:
    """Compiles list after list, and collects faults."""

    def __init__(self, data: Mapping[str, Any], lines: Mapping[YamlPath, int]) -> None:
        self._data = data
        self._lines = lines
        self.faults: list[Fault] = []
        self._parts = {name: _either(words) for name, words in data["parts"].items()}
        people = {name: _either(words) for name, words in data["people"].items()}
        self._parts |= people | {"any_person": _either(people.values())}

    def words(self) -> FactWords:
        """The whole file."""
        data = self._data
        return FactWords(
            spellings=dict(data["spellings"]),
            stance=self._group(StanceWords, "stance"),
            acts=self._acts("acts"),
            signs=self._acts("signs"),
            people={kind: self._pattern(("people", kind)) for kind in data["people"]},
            contact=self._group(ContactWords, "contact"),
            writer=self._group(WriterWords, "writer"),
            time=self._group(TimeWords, "time"),
            count=self._group(CountWords, "count"),
            channel=self._group(ChannelWords, "channel"),
            product=self._group(ProductWords, "product"),
            urgent=self._group(UrgentWords, "urgent"),
            lenders=tuple(
                LenderName(self._compile(entry["written"], ("lenders", index)), entry["kind"])
                for index, entry in enumerate(data["lenders"])
            ),
            frequent_per_day=data["frequent_per_day"],
        )

    def _group(self, group: type[_Group], name: str) -> _Group:
        patterns = {field.name: self._pattern((name, field.name)) for field in fields(group)}
        return group(**patterns)

    def _acts(self, section: str) -> tuple[ActWords, ...]:
        return tuple(
            ActWords(
                id=act,
                told=self._pattern((section, act, "told")),
                not_told=self._pattern((section, act, "not_told"))
                if "not_told" in entry
                else None,
                announced_as=entry.get("announced_as"),
                is_denial=entry.get("is_denial", False),
            )
            for act, entry in self._data[section].items()
        )

    def _pattern(self, path: YamlPath) -> Pattern:
        """The list at a path as one pattern; each entry is tried alone, to name its line."""
        entries: Any = self._data
        for key in path:
            entries = entries[key]
        for index, entry in enumerate(entries):
            self._compile(entry, (*path, index))
        return self._compile(_either(entries), path)

    def _compile(self, entry: str, path: YamlPath) -> Pattern:
        try:
            return re.compile(self._expand(entry))
        except re.error as error:
            message = f"“{entry[:40]}”不是有效的匹配式（{error}）。"
            self.faults.append(Fault(FILE, self._lines.get(path, 0), message))
        except KeyError as error:
            message = f"<{error.args[0]}> 不在 parts 或 people 里，请登记或改正拼写。"
            self.faults.append(Fault(FILE, self._lines.get(path, 0), message))
        return re.compile(_NEVER)

    def _expand(self, entry: str) -> str:
        """Put the lists of words in the place of their names, also of names inside them."""
        while _PART.search(entry):
            entry = _PART.sub(lambda match: self._parts[match[1]], entry)
        return entry


def _either(entries: Iterable[str]) -> str:
    return "|".join(f"(?:{entry})" for entry in entries)
