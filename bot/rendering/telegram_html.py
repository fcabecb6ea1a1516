"""A reply as messages in Telegram's HTML, within limits that the channel names.

Pure: knows no network and no library. Every value is escaped, every tag is closed in its message.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from bot.concepts.reply import Block, BlockKind, Reply, Span, Style

_TAGS = {Style.STRONG: "b", Style.EMPHASIS: "i"}
_LISTS = {BlockKind.STEP, BlockKind.BULLET}
_SENTENCE_END = re.compile(r"[。！？；\n]+[”’」』）》]*")

Rows = tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlLimits:
    """What one message holds: UTF-16 units after parsing, runs with markup, bytes of a button."""

    units: int
    entities: int
    button_bytes: int


@dataclass(frozen=True, slots=True)
class HtmlMessage:
    """One message. `plain` is for a server that refuses the HTML; rows are (label, data)."""

    html: str
    plain: str
    rows: Rows = ()


def render_telegram_html(reply: Reply, limits: HtmlLimits) -> tuple[HtmlMessage, ...]:
    """Split a reply into messages; the buttons stand under the last. Nothing to say: ().

    Raises ValueError for a button that no message can carry.
    """
    messages = [_message(blocks) for blocks in _pages(_pieces(reply.blocks, limits), limits)]
    if messages:
        messages[-1] = replace(messages[-1], rows=_rows(reply, limits))
    return tuple(messages)


def utf16_units(text: str) -> int:
    """How Telegram counts characters: an emoji outside the basic plane counts twice."""
    return len(text) + sum(character > "\uffff" for character in text)


def _rows(reply: Reply, limits: HtmlLimits) -> Rows:
    rows = tuple(
        tuple((_clean(button.label), str(button.choice)) for button in row)
        for row in reply.buttons
        if row
    )
    for row in rows:
        for label, data in row:
            if not label.strip() or len(data.encode()) > limits.button_bytes:
                raise ValueError(f"no message can carry the button {data!r}")
    return rows


def _pieces(blocks: Sequence[Block], limits: HtmlLimits) -> Iterator[Block]:
    """The blocks that say something, each short enough for one message."""
    for block in blocks:
        spans = tuple(Span(_clean(span.text), span.style) for span in block.spans)
        whole = _trim(replace(block, spans=spans))
        if not whole.text:
            continue
        yield from _cut(_with_prefix(whole), limits.units)


def _with_prefix(block: Block) -> Block:
    """The same block with the number or dot that a list item begins with."""
    match block.kind:
        case BlockKind.STEP:
            prefix = f"{block.number}. "
        case BlockKind.BULLET:
            prefix = "· "
        case _:
            return block
    return replace(block, spans=(Span(prefix), *block.spans))


def _cut(block: Block, room: int) -> Iterator[Block]:
    """Slices of a block that fit, cut after sentences, and only then between characters."""
    text = block.text
    units = [0, *accumulate(1 + (character > "\uffff") for character in text)]
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    start = 0
    while units[-1] - units[start] > room:
        furthest = bisect_right(units, units[start] + room) - 1
        fitting = [end for end in ends if start < end <= furthest]
        end = max(fitting[-1] if fitting else furthest, start + 1)
        yield from _slice(block, start, end)
        start = end
    yield from _slice(block, start, len(text))


def _slice(block: Block, start: int, end: int) -> Iterator[Block]:
    """The characters from start to end in their styles; nothing when they are only spaces."""
    borders = [0, *accumulate(len(span.text) for span in block.spans)]
    spans = tuple(
        Span(span.text[max(start - left, 0) : max(end - left, 0)], span.style)
        for span, (left, _) in zip(block.spans, pairwise(borders), strict=True)
    )
    piece = _trim(replace(block, spans=spans))
    if piece.text:
        yield piece


def _trim(block: Block) -> Block:
    """Without space at either end, as Telegram itself would trim it."""
    spans = [span for span in block.spans if span.text]
    while spans and not (text := spans[0].text.lstrip()):
        spans.pop(0)
    if spans:
        spans[0] = Span(text, spans[0].style)
    while spans and not (text := spans[-1].text.rstrip()):
        spans.pop()
    if spans:
        spans[-1] = Span(text, spans[-1].style)
    return replace(block, spans=tuple(spans))


def _pages(pieces: Iterator[Block], limits: HtmlLimits) -> Iterator[tuple[Block, ...]]:
    """Fill messages with whole blocks; a heading goes with what it heads."""
    page: tuple[Block, ...] = ()
    for piece in pieces:
        if not page or _fits((*page, piece), limits):
            page = (*page, piece)
            continue
        kept, carried = page, page[:0]
        if len(page) > 1 and page[-1].kind is BlockKind.HEADING:
            kept, carried = page[:-1], page[-1:]
            if not _fits((*carried, piece), limits):
                kept, carried = page, page[:0]
        yield kept
        page = (*carried, piece)
    if page:
        yield page


def _fits(page: tuple[Block, ...], limits: HtmlLimits) -> bool:
    units = sum(utf16_units(block.text) for block in page)
    units += sum(len(_gap(before, after)) for before, after in pairwise(page))
    return units <= limits.units and sum(map(_entities, page)) <= limits.entities


def _entities(block: Block) -> int:
    own = block.kind in {BlockKind.HEADING, BlockKind.QUOTE}
    return own + sum(span.style is not Style.PLAIN for span in block.spans)


def _gap(before: Block, after: Block) -> str:
    return "\n" if before.kind is after.kind and before.kind in _LISTS else "\n\n"


def _message(page: tuple[Block, ...]) -> HtmlMessage:
    marked, plain = _html(page[0]), page[0].text
    for before, after in pairwise(page):
        gap = _gap(before, after)
        marked += gap + _html(after)
        plain += gap + after.text
    return HtmlMessage(marked, plain)


def _html(block: Block) -> str:
    match block.kind:
        case BlockKind.HEADING:
            return f"<b>{''.join(_heading_span(span) for span in block.spans)}</b>"
        case BlockKind.QUOTE:
            return f"<blockquote>{''.join(map(_span, block.spans))}</blockquote>"
    return "".join(map(_span, block.spans))


def _heading_span(span: Span) -> str:
    # A heading is strong already: <b> within <b> says nothing.
    return _span(replace(span, style=Style.PLAIN) if span.style is Style.STRONG else span)


def _span(span: Span) -> str:
    text = html.escape(span.text, quote=False)
    tag = _TAGS.get(span.style)
    return f"<{tag}>{text}</{tag}>" if tag else text


def _clean(text: str) -> str:
    """Without half surrogate pairs, NUL and other characters that Telegram refuses or eats."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(
        each for each in whole if each in "\n\t" or each.isprintable() or ord(each) > 0x9F
    )
