"""Blocks become a page that prints: headings, items, quotations, and nothing unescaped."""

from bot.concepts.reply import Block, BlockKind, Span, Style, heading, paragraph
from bot.rendering.print_html import print_html


def test_every_kind_of_block_has_its_element() -> None:
    blocks = (
        heading("小标题"),
        paragraph("一段<b>&"),
        Block(BlockKind.STEP, (Span("先做"),), 1),
        Block(BlockKind.BULLET, (Span("要紧", Style.STRONG),)),
        Block(BlockKind.QUOTE, (Span("原文\n第二行"),)),
    )
    page = print_html("标题", (paragraph("开头"),), [("甲", blocks)])
    assert page.split("</style></head><body>\n")[1].splitlines() == [
        "<h1>标题</h1>",
        "<p>开头</p>",
        "<h2>1. 甲</h2>",
        "<h3>小标题</h3>",
        "<p>一段&lt;b&gt;&amp;</p>",
        '<p class="item">1. 先做</p>',
        '<p class="item">· <strong>要紧</strong></p>',
        "<blockquote>原文<br>第二行</blockquote>",
        "</body></html>",
    ]


def test_a_page_needs_nothing_from_elsewhere() -> None:
    page = print_html("标题", (), [])
    assert "http" not in page
    assert "<script" not in page
