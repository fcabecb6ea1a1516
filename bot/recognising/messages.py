"""How the bot and the process that reads speak over a pipe: files one way, a reading the other."""

import json
import struct
from collections.abc import Sequence
from typing import Any

from bot.concepts.recognition import NotRead, Reading, ReadLine

LENGTH = struct.Struct(">Q")
"""A number of bytes, or of files, before what it counts."""


def packed_files(contents: Sequence[bytes]) -> bytes:
    """How many files there are, then each after its length."""
    parts = [LENGTH.pack(len(contents))]
    for content in contents:
        parts += [LENGTH.pack(len(content)), content]
    return b"".join(parts)


def packed_reading(read: Reading | NotRead) -> bytes:
    """A reading, or the reason for none, after its length."""
    body: dict[str, Any]
    if isinstance(read, NotRead):
        body = {"not_read": read.value}
    else:
        lines = [[line.text, line.confidence, line.goes_on] for line in read.lines]
        body = {"lines": lines, "pages": read.pages, "is_cut": read.is_cut}
    content = json.dumps(body).encode()
    return LENGTH.pack(len(content)) + content


def read_reading(content: bytes) -> Reading | NotRead:
    """What `packed_reading` packed, without its length; ValueError for anything else."""
    try:
        body = json.loads(content)
        if "not_read" in body:
            return NotRead(body["not_read"])
        lines = tuple(
            ReadLine(text=str(text), confidence=float(confidence), goes_on=bool(goes_on))
            for text, confidence, goes_on in body["lines"]
        )
        return Reading(lines=lines, pages=int(body["pages"]), is_cut=bool(body["is_cut"]))
    except (KeyError, TypeError) as error:
        raise ValueError("no reading") from error
