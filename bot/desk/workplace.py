"""What pages that look up and change texts share: folders, texts, what the check says."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from starlette.requests import Request

from bot.concepts.clock import SHANGHAI
from bot.desk.apart import CheckApart
from bot.desk.entries import Entry, entries_of
from bot.desk.errands import Errands
from bot.desk.full_check import faults_of
from bot.desk.git import DeskError
from bot.desk.landing import Check
from bot.desk.page import Desk, opened
from bot.desk.proposals import Proposal, Proposals
from bot.desk.shelves import Shelf, Shelves, content_mark
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.faults import Fault
from bot.knowledge.loader import read_knowledge
from bot.knowledge.rereading import read_again

FullCheck = Callable[[Path, date], Awaitable[tuple[Fault, ...] | None]]


@dataclass(frozen=True, slots=True)
class Place:
    """The folder that one looks at: what is live, or a proposal."""

    folder: Path
    proposal: Proposal | None

    @property
    def slug(self) -> str:
        """The proposal's name; "" for what is live."""
        return self.proposal.slug if self.proposal else ""

    @property
    def query(self) -> str:
        """What keeps a link within this place."""
        return f"?in={self.slug}" if self.slug else ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the whole check said of a state of a folder; `is_now` when it still stands so."""

    faults: tuple[Fault, ...]
    is_now: bool


class Workplace:
    """One for a desk, as long as it runs."""

    def __init__(
        self, desk: Desk, full_check: FullCheck | None = None, check: Check | None = None
    ) -> None:
        """`full_check` waits as a page does, `check` as a thread does, which may be stopped."""
        self.desk = desk
        self.shelves = Shelves()
        self.proposals = Proposals(desk.knowledge.parent, desk.settings.data, desk.clock)
        parses = desk.settings.kept_parses
        self.full_check: FullCheck = full_check or partial(faults_of, parses=parses)
        self._apart = CheckApart(lambda: self.today, parses)
        self.check: Check = check or self._apart
        self.errands = Errands(self.proposals, self.check, desk.data / "errands")
        self.trials: dict[tuple[object, ...], tuple[KnowledgeBase, Any]] = {}
        """What was tried last, by what it was tried on; see trial.py."""
        self._bases: dict[Path, _Base] = {}
        self._checked: dict[Path, tuple[str, tuple[Fault, ...]]] = {}
        self._running: dict[Path, asyncio.Task[None]] = {}

    @property
    def today(self) -> date:
        """The day, in Shanghai."""
        return self.desk.clock().astimezone(SHANGHAI).date()

    def place(self, slug: str) -> Place:
        """What is live for "", or a proposal; DeskError when there is none (any longer)."""
        if not slug:
            return Place(self.desk.knowledge, None)
        proposal = self.proposals.of(slug)
        return Place(proposal.folder, proposal)

    def shelf(self, place: Place) -> Shelf:
        """The texts of a place as they stand."""
        return self.shelves.of(place.folder)

    def entries(self, place: Place) -> list[Entry]:
        """What can be found there."""
        return entries_of(self.shelf(place))

    def knowledge(self, place: Place) -> KnowledgeBase:
        """The words of a place, read as far as they can be; only what changed is read anew."""
        return self._base(place).knowledge

    def reading_faults(self, place: Place) -> tuple[Fault, ...]:
        """What could not be read there."""
        return self._base(place).faults

    def _base(self, place: Place) -> "_Base":
        shelf = self.shelf(place)
        known = self._bases.get(place.folder)
        if known is None and place.proposal is not None:
            # A proposal differs from what is live in a few files.
            known = self._base(self.place(""))
        if known is None:
            knowledge, faults = read_knowledge(place.folder)
            known = _Base(shelf.texts, knowledge, tuple(faults))
        elif known.texts is not shelf.texts:
            known = known.moved_to(shelf)
        self._bases[place.folder] = known
        return known

    def checked(self, place: Place) -> Checked | None:
        """What the whole check said last; a newer state is checked meanwhile, beside the desk."""
        state = self._state(place)
        known = self._checked.get(place.folder)
        is_now = known is not None and known[0] == state
        if not is_now and place.folder not in self._running:
            self._running[place.folder] = asyncio.create_task(self._check(place.folder, state))
        return Checked(known[1], is_now) if known is not None else None

    async def stop(self) -> None:
        """End what still runs."""
        self._apart.stop()
        await self.errands.stop()
        for task in self._running.values():
            task.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def _check(self, folder: Path, state: str) -> None:
        try:
            faults = await self.full_check(folder, self.today)
            if faults is not None:
                self._checked[folder] = (state, faults)
        finally:
            self._running.pop(folder, None)

    def _state(self, place: Place) -> str:
        shelf = self.shelf(place)
        texts = (
            f"{file}\0{hash(text)}" for file, text in {**shelf.texts, **shelf.templates}.items()
        )
        return content_mark("\0".join([str(self.today), *texts]))


@dataclass(frozen=True, slots=True)
class _Base:
    """The words of a folder, the texts that they were read from, and what could not be read."""

    texts: Mapping[str, str | None]
    knowledge: KnowledgeBase
    faults: tuple[Fault, ...]

    def moved_to(self, shelf: Shelf) -> "_Base":
        """The same with what differs on this shelf read anew."""
        files = {*self.texts, *shelf.texts}
        changed = [each for each in files if self.texts.get(each) != shelf.texts.get(each)]
        knowledge, more = read_again(self.knowledge, shelf.folder, shelf.texts, changed)
        faults = [fault for fault in self.faults if fault.file not in changed]
        return _Base(shelf.texts, knowledge, (*faults, *more))


@contextlib.asynccontextmanager
async def open_workplace(desk: Desk) -> AsyncIterator[Workplace]:
    """The workplace of a desk, its first look at the texts taken."""
    workplace = Workplace(desk)
    workplace.entries(workplace.place(""))
    workplace.knowledge(workplace.place(""))
    workplace.errands.resume()
    try:
        yield workplace
    finally:
        await workplace.stop()


def workplace_of(request: Request) -> Workplace:
    """The workplace of the desk that a request came to."""
    workplace: Workplace = opened(request, "start")
    return workplace


def place_of(request: Request) -> Place:
    """The place that a request names as `in`; what is live when that is gone."""
    try:
        return workplace_of(request).place(request.query_params.get("in", ""))
    except DeskError:
        return workplace_of(request).place("")
