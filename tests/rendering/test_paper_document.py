"""A paper becomes a Word file that other programs read, in Chinese, without an author."""

import io
import zipfile

from lxml import etree

from bot.concepts.paper import Paper, Table
from bot.rendering.paper_document import paper_to_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAPER = Paper(
    title="证据目录",
    opening=("制作日期：2026-11-23。", "共 2 条。"),
    table=Table((("1", "骂我\n不要脸"), ("2", "<b>&\"'")), header=("编号", "经过")),
    closing=("签名：＿＿＿＿",),
)


def part(document: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return etree.fromstring(archive.read(name))


def texts(element: etree._Element) -> list[str]:
    """The words of each paragraph; a line break is one."""
    found = []
    for paragraph in element.iter(f"{W}p"):
        pieces = [
            "\n" if piece.tag == f"{W}br" else piece.text or ""
            for piece in paragraph.iter(f"{W}t", f"{W}br")
        ]
        found.append("".join(pieces))
    return found


def test_everything_stands_on_it_in_order() -> None:
    document = part(paper_to_docx(PAPER), "word/document.xml")
    assert texts(document) == [
        "证据目录", "制作日期：2026-11-23。", "共 2 条。", "编号", "经过", "1", "骂我\n不要脸",
        "2", "<b>&\"'", "", "签名：＿＿＿＿",
    ]  # fmt: skip
    assert [len(list(row.iter(f"{W}tc"))) for row in document.iter(f"{W}tr")] == [2, 2, 2]


def test_every_run_names_a_chinese_font() -> None:
    document = part(paper_to_docx(PAPER), "word/document.xml")
    fonts = [run.find(f"{W}rPr/{W}rFonts") for run in document.iter(f"{W}r")]
    assert fonts
    assert {font.get(f"{W}eastAsia") for font in fonts if font is not None} == {"宋体", "黑体"}
    assert None not in fonts


def test_nobody_is_named_as_its_author() -> None:
    properties = part(paper_to_docx(PAPER), "docProps/core.xml")
    named = [each for each in properties if each.tag.endswith(("creator", "lastModifiedBy"))]
    assert [each.text or "" for each in named] == ["", ""]
    assert "python" not in etree.tostring(properties).decode().lower()


def test_the_same_paper_gives_the_same_words() -> None:
    first, second = (part(paper_to_docx(PAPER), "word/document.xml") for _ in range(2))
    assert etree.tostring(first) == etree.tostring(second)


def test_a_wide_paper_lies_across() -> None:
    upright = part(paper_to_docx(PAPER), "word/document.xml").find(f".//{W}pgSz")
    wide = Paper(title="", opening=(), table=Table(()), closing=(), is_wide=True)
    across = part(paper_to_docx(wide), "word/document.xml").find(f".//{W}pgSz")
    sizes = [(int(each.get(f"{W}w")), int(each.get(f"{W}h"))) for each in (upright, across)]
    assert sizes[0] == sizes[1][::-1]
    assert across.get(f"{W}orient") == "landscape"


def test_the_names_of_the_columns_stand_on_every_page_and_no_row_is_torn() -> None:
    rows = list(part(paper_to_docx(PAPER), "word/document.xml").iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_columns_share_the_page_as_they_are_told() -> None:
    table = Table((("1", "骂我"),), header=("编号", "经过"), widths=(1, 4))
    paper = Paper(title="甲", opening=(), table=table, closing=())
    document = part(paper_to_docx(paper), "word/document.xml")
    cells = [int(each.get(f"{W}w")) for each in document.iter(f"{W}tcW")]
    assert len(cells) == 4
    assert cells[:2] == cells[2:]
    assert abs(cells[1] - 4 * cells[0]) < 10


def test_a_paper_without_a_table_has_none() -> None:
    bare = Paper(title="甲", opening=("乙",), table=Table(()), closing=())
    assert list(part(paper_to_docx(bare), "word/document.xml").iter(f"{W}tbl")) == []


def test_a_table_without_a_header_has_only_its_rows() -> None:
    plain = Paper(title="甲", opening=(), table=Table((("收入", "5,200"),)), closing=())
    rows = list(part(paper_to_docx(plain), "word/document.xml").iter(f"{W}tr"))
    assert [texts(row) for row in rows] == [["收入", "5,200"]]
