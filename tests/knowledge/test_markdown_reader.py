"""The small part of Markdown that content uses, as blocks; the rest is a fault or mere text."""

import pytest

from bot.concepts.reply import Block, BlockKind, Span, Style
from bot.knowledge.faults import Fault
from bot.knowledge.markdown_reader import read_blocks, read_sections


def block(kind: BlockKind, text: str, number: int = 0) -> Block:
    return Block(kind, (Span(text),), number)


def test_paragraphs_lists_and_quotations_become_blocks_in_order() -> None:
    blocks, faults = read_blocks("先说。\n\n1. 甲\n2. 乙\n\n- 丙\n\n> 丁\n>\n> 戊", "a.md")
    assert faults == []
    assert blocks == (
        block(BlockKind.PARAGRAPH, "先说。"),
        block(BlockKind.STEP, "甲", 1),
        block(BlockKind.STEP, "乙", 2),
        block(BlockKind.BULLET, "丙"),
        block(BlockKind.QUOTE, "丁"),
        block(BlockKind.QUOTE, "戊"),
    )


def test_styles_may_stand_within_each_other() -> None:
    blocks, _ = read_blocks("**甲*乙*丙**丁", "a.md")
    assert blocks[0].spans == (
        Span("甲", Style.STRONG),
        Span("乙", Style.EMPHASIS),
        Span("丙", Style.STRONG),
        Span("丁"),
    )


def test_a_line_end_within_a_paragraph_stays() -> None:
    blocks, _ = read_blocks("甲\n乙", "a.md")
    assert blocks[0].text == "甲\n乙"


@pytest.mark.parametrize(
    "text",
    [
        "[字](https://example.org)",
        "<b>字</b>",
        "&amp;",
        "`字`",
        "![图](a.png)",
        "a | b",
        "---",
        "\\*字",
        "https://example.org",
    ],
)
def test_other_markup_is_mere_text(text: str) -> None:
    assert read_blocks(text, "a.md") == ((block(BlockKind.PARAGRAPH, text),), [])


def test_a_list_may_begin_anywhere() -> None:
    blocks, _ = read_blocks("3. 丙\n4. 丁", "a.md")
    assert [each.number for each in blocks] == [3, 4]


def test_a_list_that_always_says_one_is_still_counted() -> None:
    blocks, _ = read_blocks("1. 甲\n1. 乙\n1. 丙", "a.md")
    assert [each.number for each in blocks] == [1, 2, 3]


def test_two_lists_are_counted_apart() -> None:
    blocks, _ = read_blocks("1. 甲\n2. 乙\n\n再说。\n\n1. 丙", "a.md")
    assert [each.number for each in blocks] == [1, 2, 0, 1]


def test_sections_have_their_titles_and_lines() -> None:
    sections, faults = read_sections("## 简答\n\n甲\n\n## 注意\n\n- 乙\n", "a.md", first_line=9)
    assert faults == []
    assert [(each.title, each.line, len(each.blocks)) for each in sections] == [
        ("", 9, 0),
        ("简答", 9, 1),
        ("注意", 13, 1),
    ]


def test_what_stands_before_the_first_heading_has_no_title() -> None:
    sections, _ = read_sections("甲\n\n## 简答", "a.md")
    assert [(each.title, [one.text for one in each.blocks]) for each in sections] == [
        ("", ["甲"]),
        ("简答", []),
    ]


def test_headings_have_two_signs_or_three() -> None:
    sections, faults = read_sections("## 简答\n\n### 小标题\n", "a.md", first_line=5)
    assert faults == []
    assert [(each.title, each.level) for each in sections] == [("", 2), ("简答", 2), ("小标题", 3)]


@pytest.mark.parametrize("signs", ["#", "####", "######"])
def test_no_other_heading_is_welcome(signs: str) -> None:
    _, faults = read_sections(f"## 简答\n\n{signs} 小标题\n", "a.md", first_line=5)
    assert faults == [Fault("a.md", 7, "标题只用两个井号（##）；接着会问里用三个。")]


def test_a_text_without_headings_may_have_none() -> None:
    _, faults = read_blocks("甲\n\n## 标题\n\n乙", "a.yml", first_line=20)
    assert faults == [Fault("a.yml", 22, "这里不能有标题，请改成普通段落。")]


@pytest.mark.parametrize("text", ["- 甲\n  - 乙", "> - 甲", "- > 甲", "- 12. 甲"])
def test_a_list_within_a_list_is_a_fault(text: str) -> None:
    _, faults = read_blocks(text, "a.md")
    assert [fault.message for fault in faults] == ["列表里不要再套列表，请拆成并列的几项。"]


def test_a_second_paragraph_of_a_step_is_a_fault_and_no_step_of_its_own() -> None:
    blocks, faults = read_blocks("1. 甲\n\n   又说\n2. 乙", "a.md")
    assert faults == [Fault("a.md", 3, "列表的一项只写一段，请并成一段或另起一项。")]
    assert [each.number for each in blocks] == [1, 1, 2]


def test_stars_that_make_nothing_bold_are_a_fault() -> None:
    _, faults = read_blocks("甲。\n\n**要紧。**乙", "a.md")
    assert [fault.line for fault in faults] == [3]
    assert "标点写在 ** 外面" in faults[0].message
    assert read_blocks("**要紧**。乙", "a.md")[1] == []


def test_marks_of_content_pass_unchanged() -> None:
    text = "见[[civil-code#第一条]]，{{days}} 日，「原文」。"
    blocks, _ = read_blocks(text, "a.md")
    assert blocks[0].text == text


def test_an_empty_text_has_no_blocks() -> None:
    assert read_blocks(" \n\n", "a.md") == ((), [])
