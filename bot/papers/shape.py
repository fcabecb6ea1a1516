"""What a paper's shape shows without a model: its title, and whether it is a paper at all."""

import re
from collections.abc import Iterator

from bot.concepts.paper_reading import PaperFields
from bot.concepts.paper_words import PaperWords
from bot.papers.text import PaperText

_HEAD = 4
_SIGNED = re.compile(r"^[【\[].{2,24}?[】\]]|[【\[].{2,24}?[】\]]$")
_STATUTE = re.compile(r"《[^《》]{3,30}》")
_UNSUBSCRIBE = re.compile(r"(?:回|回复|拒收请?回复?|退订)[:]?[a-z]{1,2}(?:退订)?|退订")
_MANY_LINES, _LONG, _SHORT = 8, 300, 90


def title_kind(text: PaperText, words: PaperWords) -> str | None:
    """The kind whose title stands at the head of a paper; None for a message without one."""
    if len(text.lines) < _HEAD:
        return None
    head = "".join(text.lines[:_HEAD])
    found = [
        (match.start(), -len(match[0]), name)
        for name, kind in words.kinds.items()
        if kind.titles is not None and (match := kind.titles.search(head))
    ]
    return min(found)[2] if found else None


def is_pasted(raw: str, words: PaperWords) -> bool:
    """Whether a text surely is a message or a paper, and nobody telling or asking something."""
    compact = "".join(raw.split())
    return bool(words.pasted.search(compact)) and not words.own_words.search(compact)


def features_of(text: PaperText, fields: PaperFields, words: PaperWords) -> Iterator[str]:
    """What of a paper's shape a model may learn from, by name."""
    yield from fields.found
    yield from (f"claims_{each}" for each in fields.claims)
    if (titled := title_kind(text, words)) is not None:
        yield f"title_{titled}"
    for name, kind in words.kinds.items():
        if kind.titles is not None and kind.titles.search(text.running[:_SHORT]):
            yield f"named_{name}"
    flat = text.running
    if _SIGNED.search(flat):
        yield "signed"
    if _STATUTE.search(flat):
        yield "statute"
    if _UNSUBSCRIBE.search(flat):
        yield "unsubscribe"
    yield "long" if len(flat) > _LONG else "short" if len(flat) < _SHORT else "middle"
    yield "many_lines" if len(text.lines) >= _MANY_LINES else "few_lines"
    yield from (name for name in ("has_amounts",) if fields.amounts)
    yield from (name for name in ("has_phones",) if fields.phones)
    yield from (name for name in ("has_links",) if fields.links)
