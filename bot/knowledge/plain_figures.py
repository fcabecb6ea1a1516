"""Finds dated figures that are written as plain numbers, which no change of the law would reach.

Only a number with its unit counts, that equals a figure's value today, in a sentence that cites
the article which sets it (or, for a clock time, in a text that does).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from bot.facts.numerals import read_number
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.faults import Fault
from bot.knowledge.kept_work import kept
from bot.knowledge.marks import CITATION, FIGURE, QUOTATION
from bot.knowledge.said_texts import Saying, said_by_file

_UNITS: Mapping[str, str] = MappingProxyType(
    {
        "working_days": "个?工作日",
        "days": "[日天]",
        "months": "个月",
        "years": "年",
        "percent": "%",
        "times": "倍",
        "per_year": "次",
        "per_day": "次",
        "amount": "元",
    }
)
"""What the end of a figure's id says of its unit; the longest end counts."""
_CHINESE = "零〇一二三四五六七八九十百千万两"
_ENDS = re.compile(r"(?<=[。；;！？!?])")
_HELD_BACK = ("laws/", "figures/")


@dataclass(frozen=True, slots=True)
class _Dated:
    """A figure as it may be written out: its id, the article that sets it, how it is written."""

    id: str
    source: str
    written: re.Pattern[str]
    value: str

    def is_written_in(self, sentence: str) -> bool:
        """Whether its value stands there as a plain number."""
        return any(_digits(found[1]) == self.value for found in self.written.finditer(sentence))


def check_plain_figures(folder: Path, knowledge: KnowledgeBase, today: date) -> Iterator[Fault]:
    """Each number that should be a mark, with the mark to write."""
    figures = [*_dated(knowledge, today)]
    for file, sayings in said_by_file(folder).items():
        if file.startswith(_HELD_BACK):
            continue
        whole = knowledge.texts.get(file, "")
        yield from kept(
            lambda sayings=sayings, whole=whole: tuple(  # type: ignore[misc]
                fault for saying in sayings for fault in _faults(saying, figures, whole)
            ),
            "plain figures", str(figures), whole, *map(str, sayings),
        )  # fmt: skip


def _faults(saying: Saying, figures: list[_Dated], whole: str) -> Iterator[Fault]:
    for sentence in _ENDS.split(QUOTATION.sub("", saying.text)):
        cited = set(CITATION.findall(sentence))
        cited |= {source for source in CITATION.findall(whole) if ":" in sentence} & _times(
            figures
        )
        plain = CITATION.sub("", FIGURE.sub("", sentence))
        named = [
            figure for figure in figures if figure.source in cited and figure.is_written_in(plain)
        ]
        if named:
            marks = "或 ".join(f"{{{{{figure.id}}}}}" for figure in named)
            message = f"“{named[0].value}”是会变的数值，请写成 {marks}。"
            yield Fault(saying.file, saying.line, message)


def _times(figures: list[_Dated]) -> set[str]:
    return {figure.source for figure in figures if ":" in figure.value}


def _dated(knowledge: KnowledgeBase, today: date) -> Iterator[_Dated]:
    for figure in knowledge.figures.values():
        value = figure.value_on(today)
        if value is None:
            continue
        if ":" in value.value:
            pattern = rf"(?<![\d:])({re.escape(value.value)})(?!\d)"
        elif unit := _unit(figure.id):
            pattern = rf"(?<![\d.第{_CHINESE}])([\d{_CHINESE}]+)\s*(?:{unit})"
        else:
            continue
        yield _Dated(figure.id, str(value.source), re.compile(pattern), value.value)


def _unit(figure_id: str) -> str | None:
    ends = [end for end in _UNITS if figure_id.endswith(f"_{end}")]
    return _UNITS[max(ends, key=len)] if ends else None


def _digits(written: str) -> str:
    if ":" in written or written.isascii():
        return written
    number = read_number(written)
    return written if number is None else str(number)
