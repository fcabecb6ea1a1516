"""From blocks that may begin with 〔…〕 to passages, and from parts.yml to what 〔…〕 may say."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.concepts.passages import KINDS, Fit, Passage, Passages
from bot.concepts.reply import Block, Span
from bot.knowledge.part_names import PAPER, PartNames

_OPENING = re.compile(r"\s*〔([^〕\n]*)〕\s*")


def part_names(data: Mapping[str, Any]) -> PartNames:
    """What parts.yml says, whose shape the schema has checked."""
    return PartNames(
        rest=data["rest"],
        labels={
            label: (kind, value) for kind in KINDS for label, value in data[kind]["labels"].items()
        },
        asks={kind: data[kind]["asks"] for kind in (*KINDS, PAPER)},
        choices={kind: dict(data[kind]["choices"]) for kind in (*KINDS, PAPER)},
    )


def read_passages(blocks: Sequence[Block], names: PartNames) -> tuple[Passages, list[str]]:
    """Blocks with whom they fit, and what is wrong with a 〔…〕, in words."""
    passages, problems = [], []
    for block in blocks:
        opening = _OPENING.match(block.text)
        if opening is None:
            passages.append(Passage(block))
            continue
        fit, problem = _fit(opening[1], names)
        problems += [problem] if problem else []
        passages.append(Passage(_without(block, opening.end()), fit))
    return tuple(passages), problems


def _fit(words: str, names: PartNames) -> tuple[Fit, str | None]:
    labels = words.split()
    if labels == [names.rest]:
        return Fit(is_rest=True), None
    values: dict[str, frozenset[str]] = {}
    for label in labels:
        if label not in names.labels:
            known = "、".join((*names.labels, names.rest))
            return Fit(), f"〔{words}〕里的“{label}”不是标签。可以用的有：{known}。"
        kind, value = names.labels[label]
        values[kind] = values.get(kind, frozenset()) | {value}
    return Fit(values), None if labels else "〔〕里要写标签，例如〔信用卡〕。"


def _without(block: Block, length: int) -> Block:
    """The block without its first characters."""
    spans: list[Span] = []
    for span in block.spans:
        cut = min(length, len(span.text))
        length -= cut
        if span.text[cut:]:
            spans.append(Span(span.text[cut:], span.style))
    return replace(block, spans=tuple(spans))
