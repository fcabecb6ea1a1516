"""Compiles the lists of words in a file of patterns; each fault is named with its line."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from bot.knowledge.faults import Fault
from bot.knowledge.yaml_reader import Path

Pattern = re.Pattern[str]
Group = TypeVar("Group")

_PART = re.compile(r"(?<!P)<([a-z_]+)>")
_NEVER = r"(?!)"


class PatternReader:
    """Compiles list after list, with <name> standing for a list in `parts`; collects faults."""

    def __init__(
        self,
        data: Mapping[str, Any],
        lines: Mapping[Path, int],
        parts: Mapping[str, str],
        file: str,
    ) -> None:
        self._data = data
        self._lines = lines
        self._parts = parts
        self._file = file
        self.faults: list[Fault] = []

    def group(self, group: type[Group], name: str) -> Group:
        """A dataclass of patterns, from the lists of the same names."""
        names = [field.name for field in fields(group)]  # type: ignore[arg-type]
        return group(**{each: self.pattern((name, each)) for each in names})

    def pattern(self, path: Path) -> Pattern:
        """The list at a path as one pattern; each entry is tried alone, to name its line."""
        entries: Any = self._data
        for key in path:
            entries = entries[key]
        for index, entry in enumerate(entries):
            self.compile(entry, (*path, index))
        return self.compile(either(entries), path)

    def compile(self, entry: str, path: Path) -> Pattern:
        """One entry; what cannot be used is a fault, and matches nothing."""
        try:
            return re.compile(self._expand(entry))
        except re.error as error:
            message = f"“{entry[:40]}”不是有效的匹配式（{error}）。"
        except KeyError as error:
            message = f"<{error.args[0]}> 不在 parts 或 people 里，请登记或改正拼写。"
        self.faults.append(Fault(self._file, self._lines.get(path, 0), message))
        return never()

    def _expand(self, entry: str) -> str:
        """Put the lists of words in the place of their names, also of names inside them."""
        while _PART.search(entry):
            entry = _PART.sub(lambda match: self._parts[match[1]], entry)
        return entry


def either(entries: Iterable[str]) -> str:
    """One pattern of several."""
    return "|".join(f"(?:{entry})" for entry in entries)


def never() -> Pattern:
    """A pattern that matches nothing."""
    return re.compile(_NEVER)
