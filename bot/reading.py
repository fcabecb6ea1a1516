"""Papers as lines of JSON, or from a file, for whoever measures how they are read."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from bot.answering.pages import Pages
from bot.answering.paper_page import PaperPages
from bot.answering.papers import PaperDesk, reading_as_json
from bot.answering.tasks.all_tasks import paper_desk_of
from bot.bootstrap import open_understanding
from bot.concepts.clock import now
from bot.concepts.recognition import NotRead
from bot.concepts.understanding import Understanding
from bot.knowledge.kept_book import open_kept_book
from bot.knowledge.library import Book
from bot.logs import configure_logs
from bot.recognising.files import read_file
from bot.rendering.plain_text import render_plain_text
from bot.safety.masking import mask_personal_data
from bot.settings import Settings

_LONGEST = 20_000

Understand = Callable[[str], Awaitable[Understanding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLines:
    """Answers each line by itself; a line that says nothing gets an error object."""

    desk: PaperDesk
    shown: PaperPages

    @classmethod
    def over(cls, book: Book) -> "PaperLines":
        """A desk over one book."""
        desk = paper_desk_of(book)
        pages = Pages(book.knowledge)
        return cls(desk=desk, shown=PaperPages(pages=pages, knowledge=book.knowledge, desk=desk))

    async def read(self, line: str, understand: Understand, on: date) -> Mapping[str, object]:
        """What a line's paper is; {"error"} where there is none."""
        try:
            asked = json.loads(line)
        except (ValueError, RecursionError):
            return {"error": "not JSON"}
        if not isinstance(asked, dict):
            return {"error": 'a line is {"id", "text", "received"}'}
        name, text = asked.get("id"), asked.get("text")
        if not isinstance(text, str) or not text.strip():
            return {"id": name, "error": "no text"}
        try:
            received = _day(asked.get("received"))
        except (TypeError, ValueError):
            return {"id": name, "error": "received is no day (YYYY-MM-DD)"}
        whole = text[:_LONGEST]
        meaning = await understand(mask_personal_data(whole))
        reading = self.desk.read(whole, meaning.paper, received, on)
        reply = self.shown.first(reading, received, received or on)
        return {
            "id": name,
            **reading_as_json(self.desk, reading, received),
            "text": render_plain_text(reply.blocks),
        }


async def read_papers(
    settings: Settings, lines: AsyncIterator[str], out: TextIO, indent: int | None
) -> None:
    """Print of each line's paper what it is and by when to act."""
    configure_logs("ERROR")
    desk = PaperLines.over(open_kept_book(settings.knowledge, settings.kept_book))
    async with open_understanding(settings) as understanding:
        async for line in lines:
            if line.strip():
                found = await desk.read(line, understanding.understand, now().date())
                print(json.dumps(found, ensure_ascii=False, indent=indent), file=out, flush=True)


async def read_paper_file(
    settings: Settings, path: Path, received: date | None, out: TextIO, indent: int | None
) -> None:
    """Print what a picture, a PDF or a Word file is; {"error", "text"} where nothing was read."""
    configure_logs("ERROR")
    book = open_kept_book(settings.knowledge, settings.kept_book)
    read = await asyncio.to_thread(read_file, path)
    if isinstance(read, NotRead):
        reason = Pages(book.knowledge).utterance(f"not_read_{read.value}")
        found: Mapping[str, object] = {
            "error": read.value,
            "text": render_plain_text(reason.blocks),
        }
    else:
        day = received.isoformat() if received else None
        line = json.dumps({"id": path.name, "text": read.text, "received": day})
        async with open_understanding(settings) as understanding:
            desk = PaperLines.over(book)
            found = await desk.read(line, understanding.understand, now().date())
    print(json.dumps(found, ensure_ascii=False, indent=indent), file=out, flush=True)


def _day(given: object) -> date | None:
    if given is None or given == "":
        return None
    if not isinstance(given, str):
        raise TypeError(given)
    return date.fromisoformat(given)
