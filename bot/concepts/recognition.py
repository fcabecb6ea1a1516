"""What was read from a picture, a PDF or a Word file, or why nothing was."""

from dataclasses import dataclass
from enum import Enum


class NotRead(Enum):
    """Why nothing was read; the value names the words that say so, after `not_read_`."""

    EMPTY = "empty"
    """Opened, and no word is on it."""
    TOO_LARGE = "too_large"
    """More bytes than are taken."""
    TOO_MANY_PIXELS = "too_many_pixels"
    """More pixels than are decoded, whatever the bytes."""
    ENCRYPTED = "encrypted"
    """It asks for a password."""
    SOUND = "sound"
    VIDEO = "video"
    OLD_WORD = "old_word"
    """Word's format of before 2007."""
    PHONE_PICTURE = "phone_picture"
    """HEIC and AVIF, in which phones keep their photos; sent as a photo it is read."""
    OTHER_KIND = "other_kind"
    """Neither a picture nor a PDF nor a Word file."""
    DAMAGED = "damaged"
    """Of a kind that is read, but it cannot be opened."""
    TOO_SLOW = "too_slow"
    BUSY = "busy"
    """Too many others wait to be read."""
    DOWN = "down"
    """The recogniser is missing, or ended in the middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """One line as it stands on the paper; `confidence` from 0 to 1.

    `goes_on` when the sentence runs into the next line for want of room.
    """

    text: str
    confidence: float = 1.0
    goes_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The lines of one paper in the order of reading.

    `pages` is how many pages or pictures were read, `is_cut` whether there were more.
    """

    lines: tuple[ReadLine, ...]
    pages: int = 1
    is_cut: bool = False

    @property
    def text(self) -> str:
        """The words, one paragraph a line: a number broken at the margin is whole again."""
        ends = ("" if line.goes_on else "\n" for line in self.lines)
        return "".join(
            part for line, end in zip(self.lines, ends, strict=True) for part in (line.text, end)
        ).strip()
