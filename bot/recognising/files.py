"""Reads a file of this machine, for commands."""

import asyncio
from pathlib import Path

from bot.concepts.recognition import NotRead, Reading
from bot.recognising.limits import Limits
from bot.recognising.recogniser import Recogniser


def read_file(path: Path) -> Reading | NotRead:
    """The words of a picture, a PDF or a Word file; OSError for a file that cannot be opened."""
    limits = Limits()
    if path.stat().st_size > limits.file_bytes:
        return NotRead.TOO_LARGE
    return asyncio.run(_read(path.read_bytes(), limits))


async def _read(content: bytes, limits: Limits) -> Reading | NotRead:
    recogniser = Recogniser(limits)
    try:
        return await recogniser.read([content])
    finally:
        await recogniser.stop()
