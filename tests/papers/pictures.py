"""Makes pictures of papers from their texts: screenshots, scans and photographs, always the same.

Only Pillow and the two typefaces of a package are used, so a picture is the same everywhere.
"""

import io
import random
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from pylopdf_fonts_zh_cn import sans_path, serif_path

Typeface = Literal["sans", "serif"]

SCREEN = (1080, 2340)
PAGE = (1654, 2339)
"""A4 at 200 dots an inch."""
_DESK = (96, 84, 72)
_UNBROKEN = re.compile(r"[!-~]+|.")
_NOT_FIRST = "，。、；：？！）》】”’」"


def font_of(typeface: Typeface, size: int) -> ImageFont.FreeTypeFont:
    """A typeface at a size in pixels."""
    path = sans_path() if typeface == "sans" else serif_path()
    return ImageFont.truetype(str(path), size)


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: int, indent: str = "") -> list[str]:
    """The lines of a text within a width: Latin words whole, no line begins with a comma."""
    lines = list[str]()
    for paragraph in text.splitlines():
        line = indent if paragraph.strip() else ""
        for word in _UNBROKEN.findall(paragraph):
            fits = font.getlength(line + word) <= width or word in _NOT_FIRST
            if not fits and line.strip():
                lines.append(line)
                line = ""
            line += word
        lines.append(line)
    return lines


def screenshot(
    text: str, *, title: str = "10690000", typeface: Typeface = "sans", is_dark: bool = False
) -> Image.Image:
    """A message on a phone, as high as it needs to be: beyond one screen it is a long one."""
    ink, paper, bubble = ("#e8e8e8", "#101010", "#2a2a2c") if is_dark else (
        "#111111", "#f2f2f6", "#ffffff")  # fmt: skip
    font, small = font_of(typeface, 44), font_of(typeface, 34)
    lines = wrapped(text, font, SCREEN[0] - 260)
    height = max(SCREEN[1], 420 + 66 * len(lines))
    image = Image.new("RGB", (SCREEN[0], height), paper)
    draw = ImageDraw.Draw(image)
    draw.text((60, 30), "9:41", font=small, fill=ink)
    draw.text((SCREEN[0] // 2 - 120, 130), title, font=font, fill=ink)
    bottom = 280 + 66 * len(lines)
    draw.rounded_rectangle((60, 240, SCREEN[0] - 140, bottom + 40), radius=36, fill=bubble)
    _write(draw, lines, (100, 270), font, 66, ink)
    return image


def page(text: str, *, typeface: Typeface = "serif", title: str = "") -> Image.Image:
    """A printed page with indented paragraphs and, where one is named, a title."""
    image = Image.new("RGB", PAGE, "white")
    draw = ImageDraw.Draw(image)
    font, large = font_of(typeface, 40), font_of(typeface, 60)
    top = 200
    if title:
        draw.text(
            (PAGE[0] // 2 - large.getlength(title) / 2, top), title, font=large, fill="black"
        )
        top += 150
    lines = wrapped(text, font, PAGE[0] - 400, indent="　　")
    _write(draw, lines, (200, top), font, 68, "#202020")
    return image


def two_columns(left: str, right: str, *, heading: str = "") -> Image.Image:
    """Two pages side by side, as a booklet lies open."""
    image = Image.new("RGB", (PAGE[1], PAGE[0]), "white")
    draw, font = ImageDraw.Draw(image), font_of("serif", 36)
    width = (PAGE[1] - 460) // 2
    if heading:
        draw.text((600, 80), heading, font=font_of("serif", 54), fill="black")
    for start, text in ((150, left), (PAGE[1] - 150 - width, right)):
        _write(draw, wrapped(text, font, width), (start, 220), font, 60, "black")
    return image


def photographed(
    image: Image.Image, *, tilt: float = 2.0, blur: float = 0.8, seed: int = 1
) -> Image.Image:
    """A page on a desk under a lamp: tilted by degrees, seen aslant, unevenly lit, not sharp."""
    chance = random.Random(seed)
    desk = Image.new("RGB", (round(image.width * 1.15), round(image.height * 1.12)), _DESK)
    desk.paste(image, ((desk.width - image.width) // 2, (desk.height - image.height) // 2))
    turned = desk.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=_DESK)
    width, height = turned.size
    lean = [chance.uniform(0, 0.025) for _ in range(8)]
    corners = (
        width * lean[0], height * lean[1], width * lean[2], height * (1 - lean[3]),
        width * (1 - lean[4]), height * (1 - lean[5]), width * (1 - lean[6]), height * lean[7],
    )  # fmt: skip
    aslant = turned.transform(turned.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    light = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270)))
    shade = light.point(lambda value: 165 + value * 90 // 255).resize(aslant.size)
    lit = ImageChops.multiply(aslant, shade.convert("RGB"))
    noise = Image.effect_noise(lit.size, 12).convert("RGB")
    grainy = Image.blend(lit, noise, 0.04)
    return grainy.filter(ImageFilter.GaussianBlur(blur))


def halves(image: Image.Image, shared: int = 300) -> tuple[Image.Image, Image.Image]:
    """Two pictures of one paper, the upper and the lower part, with a strip on both."""
    middle = image.height // 2
    upper = image.crop((0, 0, image.width, middle + shared // 2))
    return upper, image.crop((0, middle - shared // 2, image.width, image.height))


def screens(image: Image.Image, shared: int = 400) -> tuple[Image.Image, ...]:
    """A long screenshot as the several screens that somebody scrolled through."""
    return tuple(_screens(image, shared))


def as_jpeg(image: Image.Image, quality: int = 75) -> bytes:
    """As Telegram sends photos."""
    return _saved(image, "JPEG", quality=quality)


def as_png(image: Image.Image) -> bytes:
    """Without loss, as a file."""
    return _saved(image, "PNG")


def as_scanned_pdf(images: Sequence[Image.Image]) -> bytes:
    """Pages without any text of their own."""
    return _saved(images[0], "PDF", save_all=True, append_images=list(images[1:]))


def _screens(image: Image.Image, shared: int) -> Iterator[Image.Image]:
    top = 0
    while True:
        bottom = min(top + SCREEN[1], image.height)
        yield image.crop((0, top, image.width, bottom))
        if bottom == image.height:
            return
        top = bottom - shared


def _write(
    draw: ImageDraw.ImageDraw,
    lines: Sequence[str],
    start: tuple[int, int],
    font: ImageFont.FreeTypeFont,
    step: int,
    ink: str,
) -> None:
    for number, line in enumerate(lines):
        draw.text((start[0], start[1] + number * step), line, font=font, fill=ink)


def _saved(image: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()
