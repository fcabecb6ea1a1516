"""Files of every kind through the reader, with an engine that sees what it is told to see."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import docx
import pypdfium2
import pytest
from PIL import Image

from bot.concepts.recognition import NotRead, Reading
from bot.recognising.boxes import Box
from bot.recognising.limits import Limits
from bot.recognising.reader import Reader
from tests.papers import pictures
from tests.recognising.boxes import box

PICTURE = pictures.as_png(Image.new("RGB", (300, 400), "white"))


class FakeEngine:
    """Sees one line on every picture, or none, or fails."""

    def __init__(self, error: Exception | None = None, *, sees: bool = True) -> None:
        self.sizes: list[tuple[int, int]] = []
        self._error = error
        self._sees = sees

    def boxes_in(self, picture: Image.Image) -> tuple[Box, ...]:
        self.sizes.append(picture.size)
        if self._error is not None:
            raise self._error
        return (box(f"第{len(self.sizes)}张", 10, 300),) if self._sees else ()


class FakeClock:
    """Goes on by some seconds whenever it is looked at."""

    def __init__(self, step: float = 0.0) -> None:
        self._now = 0.0
        self._step = step

    def __call__(self) -> float:
        self._now += self._step
        return self._now


def reader(
    engine: FakeEngine | None = None, *, limits: Limits | None = None, step: float = 0.0
) -> Reader:
    seen = engine or FakeEngine()
    return Reader(limits or Limits(), lambda: seen, FakeClock(step))


def words(read: Reading | NotRead) -> str:
    assert isinstance(read, Reading), read
    return read.text


def pdf(pages: int, *, size: tuple[int, int] = (300, 400)) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(*size)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def word_file(build: Callable[[docx.document.Document], object]) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    build(document)
    document.save(out)
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A tiny PNG that says it is huge."""
    small = pictures.as_png(Image.new("L", (1, 1)))
    head = b"IHDR" + struct.pack(">II", width, height) + small[24:29]
    return small[:12] + head + struct.pack(">I", zlib.crc32(head)) + small[33:]


def test_a_picture_is_read_and_the_engine_started_only_for_one() -> None:
    engine = FakeEngine()
    assert words(reader(engine).read([PICTURE])) == "第1张"
    assert engine.sizes == [(600, 800)]
    starts: list[int] = []

    def never() -> FakeEngine:
        starts.append(1)
        return engine

    Reader(Limits(), never, FakeClock()).read([b"garbage"])
    assert starts == []


@pytest.mark.parametrize("content", [bomb(8000, 5000), bomb(30_000, 30_000), bomb(60_000, 60_000)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(content: bytes) -> None:
    engine = FakeEngine()
    assert reader(engine).read([content]) is NotRead.TOO_MANY_PIXELS
    assert engine.sizes == []


@pytest.mark.parametrize(
    "content",
    [PICTURE[:60], b"\x89PNG\r\n\x1a\n" + b"garbage" * 9, b"%PDF-1.4 garbage", b"GIF89a"],
)
def test_a_broken_file_is_named_as_one(content: bytes) -> None:
    assert reader().read([content]) is NotRead.DAMAGED


def test_a_picture_without_words_is_empty() -> None:
    assert reader(FakeEngine(sees=False)).read([PICTURE]) is NotRead.EMPTY
    speck = pictures.as_png(Image.new("RGB", (3, 900)))
    assert reader().read([speck]) is NotRead.EMPTY


@pytest.mark.parametrize("error", [RuntimeError("inside"), MemoryError()])
def test_whatever_a_library_does_ends_in_a_reason(error: Exception) -> None:
    assert isinstance(reader(FakeEngine(error)).read([PICTURE]), NotRead)


def test_a_missing_package_is_not_the_fault_of_the_picture() -> None:
    with pytest.raises(ImportError):
        reader(FakeEngine(ImportError("rapidocr"))).read([PICTURE])


def test_a_long_screenshot_is_read_in_pieces_that_each_fit() -> None:
    engine = FakeEngine()
    long = pictures.as_png(Image.new("RGB", (1080, 6000), "white"))
    reader(engine).read([long])
    assert engine.sizes == [(1080, 1600)] * 3 + [(1080, 1600), (1080, 400)]


def test_pictures_of_one_paper_are_one_reading_and_a_broken_one_is_left_out_and_told() -> None:
    read = reader().read([PICTURE, b"garbage", PICTURE])
    assert isinstance(read, Reading)
    assert (read.text, read.pages, read.is_cut) == ("第1张\n第2张", 2, False)


def test_no_more_pages_are_read_than_allowed() -> None:
    read = reader(limits=Limits(pages=2)).read([PICTURE] * 3)
    assert isinstance(read, Reading)
    assert (read.pages, read.is_cut) == (2, True)


def test_a_pdf_of_many_pages_is_read_from_its_beginning() -> None:
    engine = FakeEngine()
    read = reader(engine, limits=Limits(pages=3)).read([pdf(200)])
    assert isinstance(read, Reading)
    assert (read.pages, read.is_cut, len(engine.sizes)) == (3, True, 3)
    assert max(engine.sizes[0]) == 2000


def test_no_page_is_begun_after_the_time_is_up() -> None:
    read = reader(limits=Limits(begin_seconds=10), step=4).read([pdf(9)])
    assert isinstance(read, Reading)
    assert (read.pages, read.is_cut) == (3, True)


def test_a_page_of_any_size_is_rendered_at_a_bounded_one() -> None:
    engine = FakeEngine()
    reader(engine).read([pdf(1, size=(14_000, 14_000))])
    assert engine.sizes == [(2000, 2000)]


def test_an_encrypted_pdf_is_named_as_one() -> None:
    assert reader().read([ENCRYPTED_PDF]) is NotRead.ENCRYPTED


def test_a_word_file_is_read_with_its_tables() -> None:
    def build(document: docx.document.Document) -> None:
        document.add_paragraph("支付令")
        cells = document.add_table(rows=1, cols=2).rows[0].cells
        cells[0].text, cells[1].text = "申请人", "某某公司"
        document.add_paragraph("此令")

    assert words(reader().read([word_file(build)])) == "支付令\n申请人 某某公司\n此令"


def test_a_word_file_of_scans_is_read_by_its_pictures() -> None:
    content = word_file(lambda document: document.add_picture(io.BytesIO(PICTURE)))
    assert words(reader().read([content])) == "第1张"
    assert reader().read([word_file(lambda _: None)]) is NotRead.EMPTY


def test_a_word_file_that_unpacks_to_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 2_000_000)
    limits = Limits(file_bytes=100_000)
    assert reader(limits=limits).read([out.getvalue()]) is NotRead.TOO_LARGE


def test_the_reason_that_helps_most_is_told() -> None:
    assert reader().read([b"\x00\x00\x00\x18ftypisom"]) is NotRead.VIDEO
    assert reader().read([]) is NotRead.EMPTY


def _encrypted_pdf() -> bytes:
    """A page that opens with a password only, by the standard handler of revision 2."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"11" * 32, b"22" * 32),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    out += (
        b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF" % start
    )
    return bytes(out)


ENCRYPTED_PDF = _encrypted_pdf()
