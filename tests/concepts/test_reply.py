"""Blocks without markup."""

from bot.concepts.reply import Block, BlockKind, Span, Style, heading, paragraph


def test_the_text_of_a_block_is_that_of_its_spans() -> None:
    block = Block(BlockKind.BULLET, (Span("先"), Span("保", Style.STRONG), Span("命")))
    assert block.text == "先保命"


def test_a_plain_heading_and_paragraph_are_one_span() -> None:
    assert heading("甲") == Block(BlockKind.HEADING, (Span("甲"),))
    assert paragraph("乙") == Block(BlockKind.PARAGRAPH, (Span("乙"),))
