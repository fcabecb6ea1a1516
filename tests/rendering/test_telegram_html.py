"""Replies as Telegram's HTML: escaped, balanced, split where it hurts least, nothing lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.concepts.choice import Choice, Verb
from bot.concepts.reply import Block, BlockKind, Button, Reply, Span, Style, heading, paragraph
from bot.rendering.telegram_html import (
    HtmlLimits,
    HtmlMessage,
    render_telegram_html,
    utf16_units,
)
from tests.bot_api_server.rules import check_text, parse_html, units

ROOMY = HtmlLimits(units=4096, entities=100, button_bytes=64)
NARROW = HtmlLimits(units=24, entities=100, button_bytes=64)
MENU = Button("全部主题", Choice(Verb.MENU))

_CHARACTERS = st.one_of(
    st.sampled_from("催收不能骂人。！？；\n，“”「」 \t\u3000"),
    st.sampled_from("<>&\"'/;"),
    st.sampled_from("😀👨‍👩‍👧🇨🇳𠮷"),
    st.characters(),
)
_WORDS = st.one_of(
    st.text(_CHARACTERS, max_size=40),
    st.sampled_from(
        ["<b>", "</b>", "&amp;", "&lt;", "<a href='x'>", "张三 & <李四>", "<br/>", ""]
    ),
)
_SPANS = st.lists(st.builds(Span, _WORDS, st.sampled_from(Style)), min_size=1, max_size=4)
_BLOCKS = st.builds(
    Block, st.sampled_from(BlockKind), _SPANS.map(tuple), st.integers(min_value=1, max_value=30)
)
_BUTTON = st.builds(
    Button, st.just("按钮"), st.builds(Choice, st.sampled_from(Verb), st.just("a_b"))
)
_REPLIES = st.builds(
    Reply,
    blocks=st.lists(_BLOCKS, max_size=12).map(tuple),
    buttons=st.lists(st.lists(_BUTTON, max_size=3).map(tuple), max_size=3).map(tuple),
)
_LIMITS = st.builds(
    HtmlLimits,
    units=st.integers(min_value=8, max_value=400),
    entities=st.integers(min_value=8, max_value=100),
    button_bytes=st.just(64),
)


@given(_REPLIES, _LIMITS)
def test_telegram_takes_every_message_of_every_reply(reply: Reply, limits: HtmlLimits) -> None:
    for message in render_telegram_html(reply, limits):
        text = check_text({"text": message.html, "parse_mode": "HTML"})
        assert 1 <= units(text) <= limits.units
        assert message.plain == parse_html(message.html)


@given(_REPLIES, _LIMITS)
def test_no_character_that_shows_is_lost_or_invented(reply: Reply, limits: HtmlLimits) -> None:
    messages = render_telegram_html(reply, limits)

    shown = "".join(message.plain for message in messages)
    assert _squeezed(shown) == _squeezed("".join(map(_whole, reply.blocks)))


@given(_REPLIES, _LIMITS)
def test_buttons_stand_under_the_last_message_alone(reply: Reply, limits: HtmlLimits) -> None:
    messages = render_telegram_html(reply, limits)

    assert all(message.rows == () for message in messages[:-1])
    if messages:
        labels = [label for row in messages[-1].rows for label, _ in row]
        assert labels == [button.label for row in reply.buttons for button in row]
        assert all(messages[-1].rows)


@given(_WORDS.filter(str.strip))
def test_a_name_is_shown_to_the_letter(name: str) -> None:
    for message in render_telegram_html(Reply(blocks=(paragraph(name),)), ROOMY):
        assert message.html.count("<") == 0


@given(st.text(st.characters()))
def test_units_are_those_of_utf16(text: str) -> None:
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert utf16_units(text) == len(text.encode("utf-16-le")) // 2


def test_each_kind_of_block_has_its_look() -> None:
    reply = Reply(
        blocks=(
            heading("标题"),
            Block(BlockKind.PARAGRAPH, (Span("先"), Span("别怕", Style.STRONG), Span("。"))),
            Block(BlockKind.STEP, (Span("记下"),), 1),
            Block(BlockKind.STEP, (Span("投诉", Style.EMPHASIS),), 2),
            Block(BlockKind.BULLET, (Span("一"),)),
            Block(BlockKind.BULLET, (Span("二"),)),
            Block(BlockKind.QUOTE, (Span("请给我书面材料。\n谢谢。"),)),
        ),
        buttons=((MENU,), ()),
    )
    assert render_telegram_html(reply, ROOMY) == (
        HtmlMessage(
            "<b>标题</b>\n\n先<b>别怕</b>。\n\n1. 记下\n2. <i>投诉</i>\n\n· 一\n· 二\n\n"
            "<blockquote>请给我书面材料。\n谢谢。</blockquote>",
            "标题\n\n先别怕。\n\n1. 记下\n2. 投诉\n\n· 一\n· 二\n\n请给我书面材料。\n谢谢。",
            ((("全部主题", "m:"),),),
        ),
    )


def test_a_long_reply_is_split_between_paragraphs() -> None:
    reply = Reply(blocks=(paragraph("一" * 10), paragraph("二" * 10), paragraph("三" * 10)))

    assert _texts(reply) == ["一" * 10 + "\n\n" + "二" * 10, "三" * 10]


def test_a_heading_goes_with_what_it_heads() -> None:
    reply = Reply(blocks=(paragraph("一" * 16), heading("注意"), paragraph("三" * 10)))

    assert _texts(reply) == ["一" * 16, "注意\n\n" + "三" * 10]


def test_a_long_paragraph_is_split_after_sentences() -> None:
    reply = Reply(
        blocks=(paragraph("他说“你不还就上门。”我很怕！他们还会打给我的家人吗？会的；"),)
    )

    assert _texts(reply) == ["他说“你不还就上门。”我很怕！", "他们还会打给我的家人吗？会的；"]


def test_a_long_sentence_is_split_between_characters_and_never_within_one() -> None:
    reply = Reply(blocks=(paragraph("a" + "😀" * 14),))

    assert _texts(reply) == ["a" + "😀" * 11, "😀" * 3]


def test_markup_is_closed_and_opened_again_where_it_is_split() -> None:
    reply = Reply(blocks=(Block(BlockKind.QUOTE, (Span("好" * 30, Style.STRONG),)),))

    assert [message.html for message in render_telegram_html(reply, NARROW)] == [
        f"<blockquote><b>{'好' * 24}</b></blockquote>",
        f"<blockquote><b>{'好' * 6}</b></blockquote>",
    ]


def test_more_markup_than_telegram_shows_is_split() -> None:
    strong = Block(BlockKind.PARAGRAPH, (Span("好", Style.STRONG),))
    limits = HtmlLimits(units=4096, entities=2, button_bytes=64)

    texts = [each.plain for each in render_telegram_html(Reply(blocks=(strong,) * 3), limits)]
    assert texts == ["好\n\n好", "好"]


def test_characters_that_telegram_refuses_are_left_out() -> None:
    assert _texts(Reply(blocks=(paragraph("\x00好\ud800\x07的\r\n行"),))) == ["好\ufffd的\n行"]


@pytest.mark.parametrize("blocks", [(), (paragraph(""),), (paragraph(" \n\u3000"),)])
def test_nothing_to_say_is_no_message(blocks: tuple[Block, ...]) -> None:
    assert render_telegram_html(Reply(blocks=blocks, buttons=((MENU,),)), ROOMY) == ()


@pytest.mark.parametrize(
    "button", [Button(" ", Choice(Verb.MENU)), Button("好", Choice(Verb.ANSWER, "a" * 63))]
)
def test_a_button_that_no_message_can_carry_is_a_fault(button: Button) -> None:
    with pytest.raises(ValueError, match="no message can carry"):
        render_telegram_html(Reply(blocks=(paragraph("好"),), buttons=((button,),)), ROOMY)


def _texts(reply: Reply) -> list[str]:
    return [message.plain for message in render_telegram_html(reply, NARROW)]


def _whole(block: Block) -> str:
    text = block.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if not _squeezed(text):
        return ""
    prefix = {BlockKind.STEP: f"{block.number}. ", BlockKind.BULLET: "· "}
    return prefix.get(block.kind, "") + text


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f]", "", text)
