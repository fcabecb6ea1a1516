"""A Word file is made by one writer and read by another: nothing lost, nothing leaked."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bot.errors import KnowledgeError
from bot.knowledge.docx_reader import docx_as_text, read_docx
from bot.rendering.docx import fill_template

LETTERS = Path(__file__).parents[2] / "knowledge" / "letters"
ON = date(2026, 11, 23)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

TEMPLATES = sorted(LETTERS.glob("*/template.docx"))


def template_saying(*paragraphs: str) -> bytes:
    """A template of these paragraphs, made from one of ours without Word."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    written = io.BytesIO()
    with zipfile.ZipFile(TEMPLATES[0]) as archive, zipfile.ZipFile(written, "w") as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "word/document.xml":
                text = content.decode()
                start = text.index("<w:body>") + len("<w:body>")
                content = (text[:start] + body + text[text.index("<w:sectPr") :]).encode()
            copy.writestr(name, content)
    return written.getvalue()


def fonts_of(run: etree._Element, styles: etree._Element) -> set[str]:
    """The East Asian fonts that a run may take: its own, its style's and the file's."""
    places = list(run.iterfind(f"{W}rPr/{W}rFonts"))
    style = run.getparent().find(f"{W}pPr/{W}pStyle")
    names = {style.get(f"{W}val")} if style is not None else set()
    for each in styles.iterfind(f"{W}style"):
        if each.get(f"{W}styleId") in names:
            places += each.iterfind(f"{W}rPr/{W}rFonts")
    places += styles.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
    return {place.get(f"{W}eastAsia") for place in places} - {None}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.parent.name)
def test_every_run_of_a_template_has_an_east_asian_font(template: Path) -> None:
    with zipfile.ZipFile(template) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
        styles = etree.fromstring(archive.read("word/styles.xml"))
    assert not [each for each in styles.iter(f"{W}rFonts") if "heme" in str(each.attrib)]
    for run in document.iter(f"{W}r"):
        assert fonts_of(run, styles) <= {"宋体", "黑体"}
        assert fonts_of(run, styles)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.parent.name)
def test_a_template_names_nobody_and_is_a4(template: Path) -> None:
    with zipfile.ZipFile(template) as archive:
        core = archive.read("docProps/core.xml").decode()
        document = archive.read("word/document.xml").decode()
        fonts = archive.read("word/fontTable.xml").decode()
        assert "docProps/thumbnail.jpeg" not in archive.namelist()
    assert not re.search(r"<(dc:creator|cp:lastModifiedBy)>[^<]+<", core)
    width, height = re.search(r'w:pgSz w:w="(\d+)" w:h="(\d+)"', document).groups()
    assert (round(int(width) / 567), round(int(height) / 567, 1)) == (21, 29.7)
    assert '<w:altName w:val="SimSun"/>' in fonts


def test_values_take_their_places() -> None:
    template = template_saying("致：{{ name }}", "{%p if more %}", "还有", "{%p endif %}", "完")
    assert (
        docx_as_text(fill_template(template, {"name": "甲行", "more": ""}, ON)) == "致：甲行\n完"
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ 1/0 }}",
        "{% for x in range(10**9) %}",
        "{# 注 #}",
        "<b>&amp;</w:t></w:r>",
        "张三 & 李四 < 王五",
        "😀👨‍👩‍👧",
        "”’“‘",
        "催" * 2000,
    ],
)
def test_a_hostile_value_is_text(hostile: str) -> None:
    written = fill_template(template_saying("{{ name }}"), {"name": hostile}, ON)
    assert docx_as_text(written) == hostile


def test_unwritable_characters_are_left_out() -> None:
    hostile = "甲\x00\x07\x0c\ud800\u202e乙\ufffe\r\n丙\t丁"
    written = fill_template(template_saying("{{ name }}"), {"name": hostile}, ON)
    assert docx_as_text(written) == "甲乙\n丙 丁"


@given(st.text(max_size=200))
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    written = fill_template(SAYING_NAME, {"name": text}, ON)
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        etree.fromstring(archive.read("word/document.xml"))


SAYING_NAME = template_saying("「{{ name }}」")


def test_the_same_input_gives_the_same_bytes() -> None:
    first, second = (fill_template(SAYING_NAME, {"name": "甲"}, ON) for _ in range(2))
    assert first == second


def test_the_file_names_no_author_and_no_time_but_the_day() -> None:
    written = fill_template(SAYING_NAME, {"name": "甲"}, ON)
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "<Company>" not in archive.read("docProps/app.xml").decode()
    assert re.findall(r">(\d{4}-\d\d-\d\dT[^<]*)<", core) == ["2026-11-23T00:00:00Z"] * 2
    assert not re.search(r"<(dc:creator|cp:lastModifiedBy|dc:title)>[^<]+<", core)


def test_a_template_that_names_an_unknown_value_is_at_fault() -> None:
    with pytest.raises(KnowledgeError, match="模板写错了"):
        fill_template(SAYING_NAME, {}, ON)


def test_a_template_cannot_reach_into_the_program() -> None:
    template = template_saying("{{ name.__class__.__mro__ }}")
    with pytest.raises(KnowledgeError, match="模板写错了"):
        fill_template(template, {"name": "甲"}, ON)


def test_the_rows_of_a_table_are_read_as_lines() -> None:
    template = next(path for path in TEMPLATES if path.parent.name == "apply_instalment")
    texts = [paragraph.text for paragraph in read_docx(template.read_bytes())]
    assert "每月到手收入：{{ income }}" in texts


def test_another_file_is_refused() -> None:
    with pytest.raises(ValueError, match="not a docx file"):
        read_docx(b"PK")
