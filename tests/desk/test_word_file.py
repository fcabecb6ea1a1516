"""A letter's Word template is taken home, changed in Word, checked, compared and proposed."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from httpx import AsyncClient, Response
from starlette.applications import Starlette

from bot.desk.proposals import Proposals
from bot.knowledge.docx_reader import docx_words
from tests.desk.desks import visitor

LETTER = "confirm_repayment_account"
FILE = f"letters/{LETTER}/template.docx"
ADDRESS = f"/template/{LETTER}"
MORE = "请在收到后尽快书面答复。"


def template_in(tree: Path) -> bytes:
    return (tree / "knowledge" / FILE).read_bytes()


def with_words(document: bytes, words: str) -> bytes:
    """As Word saves it with one more paragraph."""
    changed, written = Document(io.BytesIO(document)), io.BytesIO()
    changed.add_paragraph(words)
    changed.save(written)
    return written.getvalue()


def with_part(document: bytes, name: str, content: str) -> bytes:
    """With one part more, or another in its place."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, content)
    return written.getvalue()


async def put(browser: AsyncClient, document: bytes, **more: str) -> Response:
    """The page is opened, and a file put in the place of the template."""
    page = (await browser.get(ADDRESS)).text
    base = page.partition('name="base" value="')[2].partition('"')[0]
    sent = {"in": "", "base": base, **more}
    return await browser.post(ADDRESS, data=sent, files={"document": ("x.docx", document)})


async def test_a_template_is_taken_home_as_it_is(app: Starlette, tree: Path) -> None:
    browser = await visitor(app)
    assert (await browser.get(f"{ADDRESS}/file")).content == template_in(tree)
    page = (await browser.get(ADDRESS)).text
    assert docx_words(template_in(tree)).splitlines()[0] in page
    assert ADDRESS in (await browser.get(f"/edit/letters/{LETTER}/letter.yml")).text


async def test_its_new_words_are_shown_and_go_into_a_proposal_that_shows_them_too(
    app: Starlette, tree: Path
) -> None:
    browser, document = await visitor(app), with_words(template_in(tree), MORE)
    shown = (await put(browser, document)).text
    assert MORE in shown
    assert Proposals(tree).open() == ()
    done = await put(browser, document, confirm="1", proposal_title="换模板")
    (proposal,) = Proposals(tree).open()
    assert done.headers["HX-Redirect"] == f"{ADDRESS}?in={proposal.slug}&saved=1"
    assert (proposal.folder / FILE).read_bytes() == document
    assert template_in(tree) != document
    page = (await browser.get(f"/proposals/{proposal.slug}")).text
    assert MORE in page
    assert "这里只比文字" in page
    # What was taken home before is not laid over what the proposal holds.
    late = await put(browser, with_words(template_in(tree), "甲"), confirm="1", into=proposal.slug)
    assert "里换过了" in late.text
    assert (proposal.folder / FILE).read_bytes() == document


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        (lambda _: b"no Word file", "不是有效的 Word 文件"),
        (
            lambda kept: with_words(kept, "{{ nobody_asks_this }}"),
            "没有叫“nobody_asks_this”的问题",
        ),
        (lambda kept: with_part(kept, "word/vbaProject.bin", "x"), "宏"),
        (lambda kept: with_part(kept, "word/comments.xml", "<x/>"), "批注"),
        (lambda kept: with_part(kept, "word/header9.xml", "{{ cite }}"), "页眉"),
        (
            lambda kept: with_part(
                kept,
                "word/_rels/header9.xml.rels",
                '<Relationships><Relationship Type="x/image" Target="http://x.example/i.png"'
                ' TargetMode="External"/></Relationships>',
            ),
            "断开链接",
        ),
        (lambda kept: with_part(kept, "word/media/large.bmp", "0" * 21_000_000), "不是有效的"),
        (
            lambda kept: with_part(
                kept, "word/document.xml", '<!DOCTYPE x [<!ENTITY a "a">]><x/>'
            ),
            "不是有效的",
        ),
    ],
)
async def test_what_may_not_go_to_people_is_named_and_nothing_is_written(
    app: Starlette, tree: Path, spoilt: Callable[[bytes], bytes], told: str
) -> None:
    answer = await put(await visitor(app), spoilt(template_in(tree)), confirm="1")
    assert told in answer.text
    assert Proposals(tree).open() == ()


async def test_a_template_of_no_letter_and_no_file_at_all_change_nothing(
    app: Starlette, tree: Path
) -> None:
    browser = await visitor(app)
    for letter in ("nothing", "%2e%2e%2f%2e%2e", "README.md"):
        assert (await browser.get(f"/template/{letter}")).status_code == 404
        assert (await browser.get(f"/template/{letter}/file")).status_code == 404
    assert "请先选好" in (await put(browser, b"", confirm="1")).text
    assert Proposals(tree).open() == ()


async def test_a_link_in_the_place_of_a_template_is_not_followed(
    app: Starlette, tree: Path
) -> None:
    secret = tree / "secret.docx"
    secret.write_bytes(template_in(tree))
    (tree / "knowledge" / FILE).unlink()
    (tree / "knowledge" / FILE).symlink_to(secret)
    assert (await (await visitor(app)).get(f"{ADDRESS}/file")).status_code == 404
