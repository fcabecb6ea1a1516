"""A reply without any markup."""

from bot.concepts.reply import Block, BlockKind, Span, Style, heading, paragraph
from bot.rendering.plain_text import render_plain_text


def step(number: int, text: str) -> Block:
    return Block(BlockKind.STEP, (Span(text),), number)


def bullet(text: str) -> Block:
    return Block(BlockKind.BULLET, (Span(text),))


def quote(text: str) -> Block:
    return Block(BlockKind.QUOTE, (Span(text),))


def test_an_answer_reads_well_without_markup() -> None:
    blocks = (
        heading("半夜来电"),
        paragraph("不该打。"),
        step(1, "截图"),
        step(2, "投诉"),
        bullet("别骂人"),
        bullet("别躲"),
        quote("请白天打。\n谢谢。"),
        quote("请发书面通知。"),
    )
    assert render_plain_text(blocks) == (
        "【半夜来电】\n\n不该打。\n\n1. 截图\n2. 投诉\n\n· 别骂人\n· 别躲\n\n"
        "│ 请白天打。\n│ 谢谢。\n\n│ 请发书面通知。"
    )


def test_styles_leave_no_trace() -> None:
    block = Block(BlockKind.PARAGRAPH, (Span("打 "), Span("12356", Style.STRONG)))
    assert render_plain_text((block,)) == "打 12356"


def test_what_looks_like_markup_stays_as_it_is() -> None:
    assert render_plain_text((paragraph("<b>*a* & [b](c)</b>"),)) == "<b>*a* & [b](c)</b>"


def test_no_blocks_are_no_text() -> None:
    assert render_plain_text(()) == ""
