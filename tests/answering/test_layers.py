"""An answer is laid out piece by piece, in the words that fit a case."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.answering.layers import FIRST_LIMIT, FULL, HOW, NOTES, SAY, WHY, Layers, cut
from bot.concepts.citation import ArticleId
from bot.concepts.passages import Fit, Passage, Passages
from bot.concepts.reply import (
    Block,
    BlockKind,
    Span,
    Style,
    heading,
    paragraph,
    shown_length,
)
from bot.knowledge.base import Answer, FollowUp
from tests.knowledge.folder import REVIEW_DAY, real_knowledge

CARD_RULE = "credit-card-business-measures-2011#第六十八条"
CODE = "civil-code#第一千零三十三条"
CARD = Fit({"product": frozenset({"credit_card"})})
REST = Fit(is_rest=True)
CARD_KNOWN = {"product": "credit_card"}
LAYERS = Layers(real_knowledge())


def said(*parts: tuple[str, Fit | None], kind: BlockKind = BlockKind.PARAGRAPH) -> Passages:
    numbers = range(1, len(parts) + 1)
    return tuple(
        Passage(Block(kind, (Span(text),), number if kind is BlockKind.STEP else 0), fit)
        for number, (text, fit) in zip(numbers, parts, strict=True)
    )


ANSWER: Answer = replace(
    real_knowledge().answers["call_hours"],
    title="半夜打电话",
    laws=(ArticleId.parse(CARD_RULE), ArticleId.parse(CODE)),
    short=said(
        (f"卡不该打[[{CARD_RULE}]]。", CARD),
        (f"多半不该打[[{CODE}]]，{{{{quiet_hours_start}}}} 以后。{{{{ask:product}}}}", REST),
        ("先截图。", None),
    ),
    steps=said(("截图。", None), ("找银行。", CARD), ("投诉。", None), kind=BlockKind.STEP),
    sayings=said(("白天打。", None), kind=BlockKind.QUOTE),
    cautions=said(("留证。", None), kind=BlockKind.BULLET),
    follow_ups=(
        FollowUp(aspect="fails", asks=("没用",), says=said(("再投诉。", None)), leads={}),
        FollowUp(
            aspect="cost",
            asks=("要钱吗",),
            says=said((f"不要钱[[{CODE}]]。{{{{ask:stage}}}}", None)),
            leads={},
        ),
        FollowUp(aspect="where", asks=(), says=(), leads={"complain_bank": ("去哪",)}),
    ),
)


def words(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks]


def layer_words(name: str, **known: str) -> list[str] | None:
    layer = LAYERS.layer(ANSWER, name, known, REVIEW_DAY)
    return None if layer is None else words(layer.blocks)


def test_the_first_layer_is_the_short_answer_with_its_sources_in_one_line() -> None:
    layer = LAYERS.first(ANSWER, CARD_KNOWN, REVIEW_DAY)
    assert words(layer.blocks) == [
        "卡不该打。",
        "先截图。",
        "依据：《信用卡办法》第六十八条（部门规章）",
    ]
    assert layer.blocks[-1].spans[0].style is Style.EMPHASIS
    assert layer.asks is None


def test_for_whom_nothing_is_known_of_the_first_layer_asks() -> None:
    layer = LAYERS.first(ANSWER, {}, REVIEW_DAY)
    assert words(layer.blocks)[0] == "多半不该打，22:00 以后。"
    assert layer.asks == "product"


def test_at_most_two_sources_are_named_each_law_once() -> None:
    cites = f"甲[[{CARD_RULE}]][[{CODE}]][[{CARD_RULE}]][[gbt-45251-2025#催收时间]]。"
    answer = replace(ANSWER, short=said((cites, None)))
    line = words(LAYERS.first(answer, {}, REVIEW_DAY).blocks)[-1]
    assert line.count("《") == 2


def test_what_cites_nothing_has_no_line_of_sources() -> None:
    answer = replace(ANSWER, short=said(("甲。", None)))
    assert words(LAYERS.first(answer, {}, REVIEW_DAY).blocks) == ["甲。"]


def test_past_its_review_day_an_answer_says_so() -> None:
    day = ANSWER.review.review_by + timedelta(days=1)
    assert str(ANSWER.review.review_by) in words(LAYERS.first(ANSWER, {}, day).blocks)[-1]
    assert str(ANSWER.review.review_by) in "".join(words(LAYERS.full(ANSWER, {}, day).blocks))
    last = ANSWER.review.review_by
    assert str(last) not in "".join(words(LAYERS.first(ANSWER, {}, last).blocks))


def test_said_again_only_its_first_paragraph_is_left() -> None:
    layer = LAYERS.again(ANSWER, CARD_KNOWN, REVIEW_DAY)
    assert (words(layer.blocks), layer.asks) == (["卡不该打。"], None)


def test_the_layers_are_offered_in_their_order_once_each() -> None:
    assert LAYERS.names(ANSWER) == (HOW, SAY, "fails", WHY, NOTES, "cost", FULL)
    bare = replace(ANSWER, sayings=(), laws=(), follow_ups=())
    assert LAYERS.names(bare) == (HOW, NOTES, FULL)


def test_every_layer_that_is_named_has_words() -> None:
    for name in LAYERS.names(ANSWER):
        assert name == FULL or layer_words(name), name


def test_steps_are_counted_anew_for_each_case() -> None:
    layer = LAYERS.layer(ANSWER, HOW, {}, REVIEW_DAY)
    assert layer is not None
    assert [(block.number, block.text) for block in layer.blocks] == [
        (1, "截图。"),
        (2, "投诉。"),
    ]
    assert layer_words(HOW, product="credit_card") == ["截图。", "找银行。", "投诉。"]


def test_sayings_cautions_and_next_questions_are_layers() -> None:
    assert layer_words(SAY) == ["白天打。"]
    assert layer_words(NOTES) == ["留证。"]
    assert layer_words("fails") == ["再投诉。"]


def test_a_next_question_cites_in_its_words_and_may_ask() -> None:
    layer = LAYERS.layer(ANSWER, "cost", {}, REVIEW_DAY)
    assert layer is not None
    assert words(layer.blocks) == ["不要钱（《民法典》第一千零三十三条，法律）。"]
    assert layer.asks == "stage"


def test_why_is_the_list_of_sources_where_nothing_else_is_said_of_it() -> None:
    said_of_it = layer_words(WHY)
    assert said_of_it is not None
    assert said_of_it[0] == "依据"
    assert len(said_of_it) == 3
    why = FollowUp(aspect="why", asks=("甲",), says=said(("规定写的。", None)), leads={})
    layer = LAYERS.layer(replace(ANSWER, follow_ups=(why,)), WHY, {}, REVIEW_DAY)
    assert layer is not None
    assert words(layer.blocks) == ["规定写的。"]


@pytest.mark.parametrize("name", ["where", "needed", "gone", "", "first"])
def test_of_what_nothing_is_said_there_is_no_layer(name: str) -> None:
    assert LAYERS.layer(ANSWER, name, {}, REVIEW_DAY) is None


def test_the_whole_page_has_every_section_and_all_sources() -> None:
    blocks = LAYERS.full(ANSWER, CARD_KNOWN, REVIEW_DAY).blocks
    headings = [block.text for block in blocks if block.kind is BlockKind.HEADING]
    assert headings == ["半夜打电话", "怎么做", "可以这样说", "注意", "依据"]
    assert words(blocks)[1] == "卡不该打（《信用卡办法》第六十八条，部门规章）。"
    silent = replace(ANSWER, sayings=said(("白天打。", CARD), kind=BlockKind.QUOTE))
    blocks = LAYERS.full(silent, {}, REVIEW_DAY).blocks
    assert "可以这样说" not in words(blocks)


A, B, C = (paragraph(letter * 10) for letter in "甲乙丙")


@pytest.mark.parametrize(
    ("blocks", "limit", "shown", "left"),
    [
        ((A, B, C), 1000, (A, B, C), ()),
        ((A, B, C), shown_length((A, B)), (A, B), (C,)),
        ((A, B, C), shown_length((A, B)) - 1, (A,), (B, C)),
        ((A, B), 1, (A,), (B,)),
        ((A, heading("乙"), C), shown_length((A, heading("乙"))), (A,), (heading("乙"), C)),
        ((heading("甲"), B), 6, (heading("甲"),), (B,)),
        ((), 10, (), ()),
    ],
)
def test_what_does_not_fit_is_left_for_later_whole(
    blocks: tuple[Block, ...],
    limit: int,
    shown: tuple[Block, ...],
    left: tuple[Block, ...],
) -> None:
    assert cut(blocks, limit) == (shown, left)


def test_every_first_layer_fits_one_screen_whoever_reads_it() -> None:
    knowledge = real_knowledge()
    roles = (None, "debtor", "guarantor", "relative", "contact", "not_debtor", "employer")
    stages = (None, "sued", "judgment", "enforcement")
    for answer in knowledge.answers.values():
        products = {None, *knowledge.parts.choices["product"]}
        for role, stage, product in itertools.product(roles, stages, products):
            known = {"role": role, "stage": stage, "product": product}
            layer = LAYERS.first(answer, known, REVIEW_DAY)
            assert shown_length(layer.blocks) <= FIRST_LIMIT, (answer.id, known)
