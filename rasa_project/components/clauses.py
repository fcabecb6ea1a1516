"""Cuts a story into clauses of the length that people speak in one breath. Plain."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE_END = re.compile(r"[。!?！？;；\n]+")
_BREATH = re.compile(r"[,，、…~\s]+")
_LONGEST = 32
"""Signs of a clause; one that is longer without any mark is left as it is."""

_OTHERWISE = (20, 48)
"""Signs of a clause where the same story is cut in shorter and in longer ones."""


def clauses_of(text: str, longest: int = _LONGEST) -> list[str]:
    """The clauses in order: breaths of one sentence are joined while they are short."""
    return [clause for part in _SENTENCE_END.split(text) for clause in _joined(part, longest)]


def cut_otherwise(text: str) -> list[list[str]]:
    """The same words in shorter clauses, and in longer ones."""
    return [clauses_of(text, longest) for longest in _OTHERWISE]


def _joined(sentence: str, longest: int) -> Iterator[str]:
    clause = ""
    for breath in filter(None, _BREATH.split(sentence)):
        whole = f"{clause},{breath}" if clause else breath
        if clause and len(whole) > longest:
            yield clause
            whole = breath
        clause = whole
    if clause:
        yield clause
