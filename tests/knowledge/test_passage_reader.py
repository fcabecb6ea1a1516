"""Blocks that begin with 〔…〕 become passages for some; what may stand there is checked."""

import pytest

from bot.concepts.passages import Fit, Passage
from bot.concepts.reply import Block, BlockKind, Span, Style, paragraph
from bot.knowledge.part_names import PartNames
from bot.knowledge.passage_reader import part_names, read_passages
from tests.knowledge.folder import real_book, real_knowledge

NAMES = PartNames(
    rest="其余",
    labels={
        "信用卡": ("product", "credit_card"),
        "银行贷款": ("product", "bank_loan"),
        "被起诉": ("stage", "sued"),
    },
    asks={"product": "哪一种？"},
    choices={"product": {"credit_card": "信用卡"}},
)


def fit_of(text: str) -> Fit | None:
    (passage,), problems = read_passages([paragraph(text)], NAMES)
    assert problems == []
    assert passage.block == paragraph("甲。")
    return passage.fit


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("甲。", None),
        ("〔信用卡〕甲。", Fit({"product": frozenset({"credit_card"})})),
        ("〔信用卡〕 甲。", Fit({"product": frozenset({"credit_card"})})),
        (" 〔 信用卡 〕甲。", Fit({"product": frozenset({"credit_card"})})),
        ("〔信用卡 银行贷款〕甲。", Fit({"product": frozenset({"credit_card", "bank_loan"})})),
        (
            "〔信用卡 被起诉〕甲。",
            Fit({"product": frozenset({"credit_card"}), "stage": frozenset({"sued"})}),
        ),
        ("〔其余〕甲。", Fit(is_rest=True)),
    ],
)
def test_an_opening_says_whom_a_passage_fits(text: str, fit: Fit | None) -> None:
    assert fit_of(text) == fit


def test_brackets_elsewhere_are_mere_text() -> None:
    block = paragraph("文号是〔2020〕1号。")
    assert read_passages([block], NAMES) == ((Passage(block),), [])


def test_an_opening_over_several_spans_leaves_the_rest_in_its_style() -> None:
    spans = (Span("〔信用"), Span("卡〕甲", Style.STRONG), Span("乙"))
    (passage,), _ = read_passages([Block(BlockKind.STEP, spans, 2)], NAMES)
    assert passage.block == Block(BlockKind.STEP, (Span("甲", Style.STRONG), Span("乙")), 2)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "〔花卡〕甲。",
            "〔花卡〕里的“花卡”不是标签。可以用的有：信用卡、银行贷款、被起诉、其余。",
        ),
        (
            "〔信用卡、银行贷款〕甲。",
            (
                "〔信用卡、银行贷款〕里的“信用卡、银行贷款”不是标签。可以用的有：信用卡、"
                "银行贷款、被起诉、其余。"
            ),
        ),
        (
            "〔信用卡 其余〕甲。",
            "〔信用卡 其余〕里的“其余”不是标签。可以用的有：信用卡、银行贷款、被起诉、其余。",
        ),
        ("〔〕甲。", "〔〕里要写标签，例如〔信用卡〕。"),
    ],
)
def test_what_is_no_label_is_told(text: str, problem: str) -> None:
    (passage,), problems = read_passages([paragraph(text)], NAMES)
    assert problems == [problem]
    assert passage.block == paragraph("甲。")


def test_labels_of_every_kind_are_read() -> None:
    kind = {"asks": "哪一种？", "labels": {"卡": "credit_card"}, "choices": {"credit_card": "卡"}}
    other = {"asks": "谁？", "labels": {"家": "relative"}, "choices": {}}
    paper = {"asks": "哪一种？", "choices": {}}
    names = part_names(
        {"rest": "余", "product": kind, "role": other, "stage": other, "paper": paper}
    )
    assert names.rest == "余"
    assert names.labels["卡"] == ("product", "credit_card")
    assert (names.asks["role"], names.choices["product"]) == ("谁？", {"credit_card": "卡"})


def test_what_is_asked_for_can_be_told_by_a_button_of_ours() -> None:
    parts = real_knowledge().parts
    papers = {*real_book().case_words.papers.entries}
    for kind, choices in parts.choices.items():
        labelled = {value for known, value in parts.labels.values() if known == kind}
        values = papers if kind == "paper" else labelled
        assert set(choices) <= values, kind
