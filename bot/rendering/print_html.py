"""From blocks to a page that a browser shows and prints well: one sheet begins one leaf."""

from collections.abc import Sequence
from html import escape

from bot.concepts.reply import Block, BlockKind, Span, Style

_CSS = """
@page { size: A4; margin: 20mm 18mm; }
body { font-family: "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif;
  font-size: 11pt; line-height: 1.6; max-width: 46em; margin: 2em auto; color: #000; }
h1 { font-size: 18pt; text-align: center; }
h2 { font-size: 15pt; break-before: page; border-bottom: 1px solid #000; }
h3 { font-size: 11.5pt; margin: 1.2em 0 .3em; break-after: avoid; }
p { margin: .4em 0; }
p.item { margin-left: 1.5em; text-indent: -1.5em; }
blockquote { margin: .4em 0 .4em 1em; padding-left: .8em; border-left: 2px solid #777;
  font-size: 10pt; }
@media print { body { margin: 0; max-width: none; } }
"""
_TAGS = {Style.STRONG: "strong", Style.EMPHASIS: "em"}


def print_html(
    title: str, opening: Sequence[Block], parts: Sequence[tuple[str, Sequence[Block]]]
) -> str:
    """One whole page of HTML, which needs nothing else."""
    body = [f"<h1>{escape(title)}</h1>", *map(_block, opening)]
    for number, (name, blocks) in enumerate(parts, start=1):
        body += [f"<h2>{number}. {escape(name)}</h2>", *map(_block, blocks)]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title>',
            f"<style>{_CSS}</style></head><body>",
            *body,
            "</body></html>\n",
        ]
    )


def _block(block: Block) -> str:
    words = "".join(map(span_html, block.spans))
    match block.kind:
        case BlockKind.HEADING:
            return f"<h3>{words}</h3>"
        case BlockKind.STEP:
            return f'<p class="item">{block.number}. {words}</p>'
        case BlockKind.BULLET:
            return f'<p class="item">· {words}</p>'
        case BlockKind.QUOTE:
            return f"<blockquote>{words}</blockquote>"
    return f"<p>{words}</p>"


def span_html(span: Span) -> str:
    """One span, escaped, with its style as a tag."""
    words = escape(span.text).replace("\n", "<br>")
    tag = _TAGS.get(span.style)
    return f"<{tag}>{words}</{tag}>" if tag else words
