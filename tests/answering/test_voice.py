"""The voice of a reply: plain words, the script of the person, cards for who writes English."""

import pytest

from bot.answering.pages import Pages
from bot.answering.voice import in_voice, is_foreign, is_traditional
from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import Conversation
from bot.concepts.reply import Block, BlockKind, Button, Reply, Span, Style, paragraph
from bot.rendering.plain_text import render_plain_text
from tests.knowledge.folder import REVIEW_DAY, real_knowledge

_PLAIN, _TRADITIONAL = Conversation(is_plain=True), Conversation(is_traditional=True)
_SOURCES = Block(BlockKind.PARAGRAPH, (Span("依据：《信用卡办法》第七十条", Style.EMPHASIS),))
_ENGLISH_AT_MOST = 700
_FOR_EACH_CARD = (
    "it is not my loan at all",
    "will I go to jail",
    "I got a summons today",
    "can they stop me at the airport",
    "they call my school every day",
    "what about my credit report",
    "they still keep calling me",
    "I lost my job",
    "what are my rights",
)
"""In the order of the cards."""


def said(text: str, talk: Conversation) -> str:
    return render_plain_text(in_voice(Reply(blocks=(paragraph(text),)), talk).blocks)


def test_as_usual_nothing_is_changed() -> None:
    reply = Reply(blocks=(paragraph("法院会看（《民法典》第一条，法律）。"), _SOURCES))
    assert in_voice(reply, Conversation()) == reply


@pytest.mark.parametrize(
    "citation",
    [
        "（《信用卡办法》第七十条，部门规章）",
        "（《消费金融公司办法》·催收条款，部门规章）",
        "（《社保养老金公积金执行》·（2014）执他字第22号，规范性文件）",
    ],
)
def test_in_plain_words_a_citation_is_left_out_whole(citation: str) -> None:
    assert said(f"它不能骂你{citation}。", _PLAIN) == "它不能骂你。"


def test_in_plain_words_the_line_of_sources_is_left_out() -> None:
    reply = in_voice(Reply(blocks=(paragraph("不能骂你。"), _SOURCES)), _PLAIN)
    assert reply.blocks == (paragraph("不能骂你。"),)


def test_in_plain_words_each_sentence_has_its_line_but_quotations_stay_whole() -> None:
    assert said("先录音。再投诉！对吗？", _PLAIN) == "先录音。\n再投诉！\n对吗？"
    assert said("你说：“我会还。”然后挂断。", _PLAIN) == "你说：“我会还。”然后挂断。"


def test_other_parentheses_stay() -> None:
    assert said("打 12378（金融监管）。", _PLAIN) == "打 12378（金融监管）。"


def test_who_writes_traditional_reads_it_on_buttons_too() -> None:
    choice = Choice(Verb.ANSWER, "call_hours")
    reply = Reply(blocks=(paragraph("发给银行"),), buttons=((Button("写投诉", choice),),))
    spoken = in_voice(reply, _TRADITIONAL)
    assert spoken.blocks[0].text == "發給銀行"
    assert spoken.buttons == ((Button("寫投訴", choice),),)


@pytest.mark.parametrize("topic", sorted(real_knowledge().answers))
def test_an_answer_in_traditional_is_as_long_and_keeps_what_buttons_do(topic: str) -> None:
    reply = Pages(real_knowledge()).answer(topic, REVIEW_DAY)
    spoken = in_voice(reply, _TRADITIONAL)
    before, after = render_plain_text(reply.blocks), render_plain_text(spoken.blocks)
    assert len(before) == len(after)
    assert before != after
    assert is_traditional(before) is False
    assert [[each.choice for each in row] for row in spoken.buttons] == [
        [each.choice for each in row] for row in reply.buttons
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("銀行一直打電話給我媽", True),
        ("银行一直打电话给我妈", False),
        ("你好", None),
        ("12378", None),
        ("", None),
    ],
)
def test_a_script_is_told_where_something_shows_it(text: str, expected: bool | None) -> None:
    assert is_traditional(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("they keep calling my mother", True),
        ("can I go to jail?", True),
        ("help", False),
        ("OK thanks", False),
        ("LPR 是什么", False),
        ("13800000000", False),
        ("", False),
    ],
)
def test_several_words_without_any_chinese_are_foreign(text: str, expected: bool) -> None:
    assert is_foreign(text) is expected


@pytest.mark.parametrize(("place", "text"), [*enumerate(_FOR_EACH_CARD)])
def test_every_english_card_is_whole_and_of_a_screen(place: int, text: str) -> None:
    reply = Pages(real_knowledge()).english(text, REVIEW_DAY)
    shown = render_plain_text(reply.blocks)
    assert 0 < len(shown) <= _ENGLISH_AT_MOST
    assert "[[" not in shown
    assert "{{" not in shown
    card = real_knowledge().english[place]
    assert shown.startswith(card.says[0].text.split("[[", maxsplit=1)[0])
    assert reply.buttons == ()


def test_there_is_a_message_for_each_english_card() -> None:
    assert len(real_knowledge().english) == len(_FOR_EACH_CARD)
