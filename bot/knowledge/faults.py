"""Faults in the knowledge base, told to content writers: file, line, what is wrong, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import KnowledgeError


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend. `line` counts from 1; 0 means the file as a whole."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f" 第 {self.line} 行" if self.line else ""
        return f"{self.file}{place}：{self.message}"


def raise_if_any(faults: Iterable[Fault]) -> None:
    """Raise a KnowledgeError that lists every fault, or do nothing."""
    lines = [str(fault) for fault in sorted(set(faults))]
    if lines:
        raise KnowledgeError("\n".join(lines))
