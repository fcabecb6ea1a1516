"""The short words by which people go on: ways of asking, frames, wishes; from aspects.yml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.ends import link_problem
from bot.knowledge.faults import Fault
from bot.knowledge.file_reader import read_text
from bot.knowledge.yaml_reader import read_yaml

FILE = "aspects.yml"
GAP = "…"
"""Stands in a frame for the case that is asked about."""

Sayings = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkWords:
    """What whole short messages mean, by name, and signs that stand anywhere in a message.

    `ways` name the aspect, `leads` the task, `wishes` what is said of the talk itself (plain_on,
    taken_back …). `frames` are put around another case: 那如果是…. `signs` of a task stand beside
    the name of what is wished, `corrections` in a text that puts something right, `goes_on` at
    the beginning of one that takes up what was left.
    """

    ways: Sayings
    leads: Sayings
    wishes: Sayings
    frames: tuple[str, ...]
    signs: Sayings
    corrections: tuple[str, ...]
    goes_on: tuple[str, ...]


def read_talk_words(folder: Path) -> tuple[TalkWords, list[Fault]]:
    """The words of aspects.yml, and what is wrong with the file."""
    faults: list[Fault] = []
    data: Mapping[str, Mapping[str, list[str]]] = {}
    if (text := read_text(folder, FILE, faults)) is not None:
        read, _, more = read_yaml(text, FILE, "aspects")
        faults += more
        data = read or {}
    ways, leads, wishes, signs = (
        {name: tuple(sayings) for name, sayings in (data.get(group) or {}).items()}
        for group in ("ways", "leads", "wishes", "signs")
    )
    lists = {name: tuple(data.get(name) or ()) for name in ("frames", "corrections", "goes_on")}
    return TalkWords(ways=ways, leads=leads, wishes=wishes, signs=signs, **lists), faults


def check_talk_words(folder: Path, knowledge: KnowledgeBase) -> Iterator[Fault]:
    """Leads and signs name something to do or to tell; a frame has its gap."""
    data, lines, _ = read_yaml(read_text(folder, FILE, []) or "", FILE, "aspects")
    for group in ("leads", "signs") if data is not None else ():
        for name in data[group]:
            if problem := link_problem(knowledge, name):
                yield Fault(FILE, lines[group, name], problem)
    for place, frame in enumerate(data["frames"] if data is not None else ()):
        if GAP not in frame:
            message = f"“{frame}”里要有 {GAP}，表示新说的情况。"
            yield Fault(FILE, lines["frames", place], message)
