"""Opens a picture within limits, at a size that can be read."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.concepts.recognition import NotRead

LONGEST_SIDE = 2000
"""Pixels; a page of A4 then has characters of about 25, and more are read no better."""

_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")
_SMALLEST_SIDE = 12
_LONG = 2.5
"""A picture so many times as high as wide is a long screenshot."""
_LONG_WIDTH = 1080
_SMALL, _ENLARGED = 900, 2.0
"""Pixels of the longer side below which a picture is enlarged, and how many times."""


def open_picture(content: bytes, most_pixels: int) -> Image.Image | NotRead:
    """An upright picture of a readable size; its pixels are counted before any decoding."""
    try:
        image = Image.open(io.BytesIO(content), formats=_FORMATS)
        if image.width * image.height >= most_pixels:
            return NotRead.TOO_MANY_PIXELS
        if min(image.size) < _SMALLEST_SIDE:
            return NotRead.EMPTY
        # A JPEG of many pixels is decoded at a half or a quarter at once.
        image.draft("RGB", _readable_size(image.size))
        return _scaled(_in_colour(ImageOps.exif_transpose(image)))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return NotRead.TOO_MANY_PIXELS
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        return NotRead.DAMAGED


def is_long(size: tuple[int, int]) -> bool:
    """A screenshot of more than one screen, to be read in pieces."""
    width, height = size
    return height > _LONG * width


def _readable_size(size: tuple[int, int]) -> tuple[int, int]:
    """The size at which a picture is read: a small one is enlarged, its letters are tiny."""
    width, height = size
    allowed = _LONG_WIDTH / width if is_long(size) else LONGEST_SIDE / max(size)
    factor = min(_ENLARGED, allowed) if max(size) < _SMALL else min(1.0, allowed)
    return max(1, round(width * factor)), max(1, round(height * factor))


def _scaled(image: Image.Image) -> Image.Image:
    size = _readable_size(image.size)
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS)


def _in_colour(image: Image.Image) -> Image.Image:
    is_clear = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    return image.convert("RGBA" if is_clear else "RGB")
