"""The section 接着会问: what people ask next about a topic, by aspect."""

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.concepts.aspects import ANSWERED_ASPECTS
from bot.concepts.reply import Block
from bot.knowledge.base import FollowUp
from bot.knowledge.markdown_reader import Section
from bot.knowledge.part_names import PartNames
from bot.knowledge.passage_reader import read_passages

_HEADING = re.compile(r"([a-z_]+)\s*：\s*(.+)")
_LEAD = re.compile(r"→\s*([a-z0-9_]+)\s*：\s*(.+)")
_BETWEEN = re.compile(r"\s*[·•]\s*")


class NoteFault(Protocol):
    """Notes what is wrong at a line."""

    def __call__(self, line: int, message: str) -> None:
        """Note it."""


def read_follow_ups(
    sections: Sequence[Section], names: PartNames, fault: NoteFault
) -> tuple[FollowUp, ...]:
    """The entries under 接着会问, each of which is one `###` section."""
    return tuple(
        entry for section in sections if (entry := _entry(section, names, fault)) is not None
    )


def _entry(section: Section, names: PartNames, fault: NoteFault) -> FollowUp | None:
    heading = _HEADING.fullmatch(section.title.strip())
    if heading is None or heading[1] not in ANSWERED_ASPECTS:
        known = "、".join(ANSWERED_ASPECTS)
        fault(section.line, f"写成“### 方面：问法 · 问法”，方面是 {known} 之一。")
        return None
    leads = {target: asks for block in section.blocks for target, asks in _leads(block).items()}
    said = [block for block in section.blocks if not _leads(block)]
    passages, problems = read_passages(said, names)
    for problem in problems:
        fault(section.line, problem)
    if not passages and not leads:
        fault(section.line, f"“{heading[1]}”下面是空的，请写上内容。")
    return FollowUp(
        aspect=heading[1],
        asks=tuple(filter(None, _BETWEEN.split(heading[2].strip()))),
        says=passages,
        leads=leads,
    )


def _leads(block: Block) -> Mapping[str, tuple[str, ...]]:
    """The lines → topic：ways of asking, when the block is made of such lines."""
    lines = [line.strip() for line in block.text.splitlines() if line.strip()]
    found = [_LEAD.fullmatch(line) for line in lines]
    if not found or not all(found):
        return {}
    return {
        lead[1]: tuple(filter(None, _BETWEEN.split(lead[2].strip()))) for lead in found if lead
    }
