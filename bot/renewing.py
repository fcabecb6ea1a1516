"""Keeps a running bot at the words and the model that lie on the disk.

Words are read and checked in a process of their own, then spoken from the next message on. What
is faulty is kept back, with a reason for the operator, while the former words go on.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import structlog

from bot.concepts.clock import now
from bot.edition import Edition, Editions
from bot.knowledge.faults import Fault
from bot.knowledge.kept_book import (
    code_fingerprint,
    fingerprint,
    kept_book,
    last_kept_book,
    open_kept_book,
)
from bot.knowledge.library import Book
from bot.knowledge.version import Version, version_of
from bot.live_note import KeptBack, LiveNote, read_live_note, write_live_note
from bot.understanding.models import Models

_LOG = structlog.get_logger()
_LOOK_EVERY = 1.5
"""Seconds between looks at the disk."""
_SETTLED_AFTER = 20
"""Looks until what was wrong at the start is found out: people who wait are answered first."""
_REASONS_AT_MOST = 50
_OTHER_CODE = "程序本身也换过了：重新启动之后才会用新的文字。"
_UNREADABLE = "没能读完，原因在日志里。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What was found when the folder was read ahead; `mark` names the state that was read."""

    mark: str
    faults: tuple[Fault, ...]
    is_usable: bool


class ReadAhead:
    """Reads and checks the folder in a process of its own."""

    def __init__(self, folder: Path, kept: Path, parses: Path) -> None:
        """`kept` is the file of the Book, `parses` the one of what was read of each text."""
        self._folder = folder
        self._parses = parses
        self.kept = kept.with_name(f"{kept.name}.next")
        self._final = kept

    async def __call__(self) -> Ahead | None:
        """What was found; None when the process failed, which is logged."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.knowledge.reading_ahead"),
            *map(str, (self._folder, self.kept, self._parses)),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=Path(__file__).parent.parent,
        )
        try:
            told, wrong = await process.communicate()
        except asyncio.CancelledError:
            process.kill()
            await process.wait()
            raise
        if process.returncode:
            _LOG.error("knowledge_not_read", because=wrong.decode(errors="replace")[-2000:])
            return None
        known: dict[str, Any] = json.loads(told)
        faults = tuple(Fault(*fault) for fault in known["faults"])
        return Ahead(mark=known["mark"], faults=faults, is_usable=known["is_usable"])

    def book(self) -> Book | None:
        """The Book that was read ahead; None when the folder has changed since."""
        book = kept_book(self._folder, self.kept)
        if book is not None:
            self.kept.replace(self._final)
        return book


class Renewal:
    """Looks at the disk again and again, from `start` to `stop`."""

    def __init__(  # noqa: PLR0913 the parts, each by its name
        self,
        *,
        folder: Path,
        data: Path,
        editions: Editions,
        make: Callable[[Book, Version], Edition],
        read_ahead: ReadAhead,
        models: Models | None,
        clock: Callable[[], datetime] = now,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`make` gives an edition of a book; `pause` waits between two looks."""
        self._folder = folder
        self._data = data
        self._editions = editions
        self._make = make
        self._read_ahead = read_ahead
        self._models = models
        self._clock = clock
        self._pause = pause
        self._code = code_fingerprint()
        self._done = _state(folder)
        self._seen = self._done
        self._task: asyncio.Task[None] | None = None
        note = read_live_note(data)
        if note is not None and note.kept_back is not None:
            self._done = ""  # Perhaps it was mended while nobody ran: look at it once more.

    def start(self) -> None:
        """Begin to look."""
        self._task = asyncio.create_task(self._keep_looking())

    async def stop(self) -> None:
        """Look no more; nothing is left half done."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
        if self._models is not None:
            await self._models.stop()

    async def note_start(self) -> None:
        """Find out what is wrong with the words spoken since the start: no reason later on."""
        note = read_live_note(self._data)
        mark = await asyncio.to_thread(fingerprint, self._folder)
        is_known = note is not None and (note.mark == mark.hex() or note.kept_back)
        if is_known or await asyncio.to_thread(_state, self._folder) != self._done:
            return
        ahead = await self._read_ahead()
        if ahead is not None and ahead.mark == mark.hex():
            version = self._editions.current.version
            write_live_note(self._data, LiveNote(version, self._clock(), ahead.mark, ahead.faults))

    async def look(self) -> bool:
        """Take up what has changed; whether other words are spoken now."""
        state = await asyncio.to_thread(_state, self._folder)
        seen, self._seen = self._seen, state
        # Somebody may be in the middle of writing: wait until two looks see the same.
        if state == self._done or state != seen:
            return False
        ahead = await self._read_ahead()
        if await asyncio.to_thread(_state, self._folder) != state:
            return False
        self._done = state
        reasons = await asyncio.to_thread(self._reasons, ahead)
        if ahead is None or reasons:
            self._keep_back(ahead, reasons)
            return False
        return await self._take_up(ahead)

    def _reasons(self, ahead: Ahead | None) -> list[str]:
        """Why it must not be spoken; what is wrong with the present words too is no reason."""
        if code_fingerprint() != self._code:
            return [_OTHER_CODE]
        if ahead is None:
            return [_UNREADABLE]
        note = read_live_note(self._data)
        known = {(fault.file, fault.message) for fault in note.faults} if note else set()
        new = [fault for fault in ahead.faults if (fault.file, fault.message) not in known]
        if ahead.is_usable and not new:
            return []
        return [str(fault) for fault in new or ahead.faults]

    async def _take_up(self, ahead: Ahead) -> bool:
        book = await asyncio.to_thread(self._read_ahead.book)
        if book is None:
            self._done = ""
            return False
        version = await asyncio.to_thread(version_of, self._folder)
        edition = await asyncio.to_thread(self._make, book, version)
        self._editions.swap(edition)
        note = LiveNote(version=version, since=self._clock(), mark=ahead.mark, faults=ahead.faults)
        write_live_note(self._data, note)
        _LOG.info("knowledge_renewed", version=str(version))
        if self._models is not None:
            self._models.learn()
        return True

    def _keep_back(self, ahead: Ahead | None, reasons: list[str]) -> None:
        version = self._editions.current.version
        _LOG.error(
            "knowledge_kept_back", spoken=str(version), faults=len(reasons), because=reasons[:10]
        )
        note = read_live_note(self._data) or LiveNote(version, self._clock(), "")
        back = KeptBack(
            mark=ahead.mark if ahead else "",
            since=self._clock(),
            reasons=tuple(reasons[:_REASONS_AT_MOST]),
        )
        write_live_note(self._data, replace(note, kept_back=back))

    async def _keep_looking(self) -> None:
        looks = 0
        while True:
            await self._pause(_LOOK_EVERY)
            looks += 1
            try:
                if looks == _SETTLED_AFTER:
                    await self.note_start()
                await self.look()
                if self._models is not None:
                    await self._models.look()
            except OSError as error:
                # A file that goes away beneath us, a full disk: the next look may do better.
                _LOG.warning("renewal_failed", because=str(error))


def open_book_to_speak(folder: Path, data: Path, kept: Path) -> tuple[Book, Version]:
    """The Book of a start; the last good one where a running bot has kept back what lies there."""
    note = read_live_note(data)
    if note is not None and note.kept_back is not None:
        is_same = note.kept_back.mark == fingerprint(folder).hex()
        if is_same and (last := last_kept_book(kept)) is not None:
            _LOG.error("knowledge_kept_back", spoken=str(note.version))
            return last, note.version
    book, version = open_kept_book(folder, kept), version_of(folder)
    return book, version


def _state(folder: Path) -> str:
    """What tells one state of the folder from another, without reading a file."""
    whole = sha256()
    for path in sorted(folder.rglob("*")):
        known = path.stat()
        whole.update(f"{path}\0{known.st_mtime_ns}\0{known.st_size}\0".encode())
    return whole.hexdigest()
