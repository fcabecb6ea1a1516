"""Saving: shows the difference, refuses what the check refuses, writes one proposal's files.

Nothing is written over: a file that changed meanwhile is put together with what was typed, or the
two are shown.
"""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk.difference import difference
from bot.desk.edit import NEW, drafts_of, keep, text_of, word
from bot.desk.entries import entries_in
from bot.desk.git import DeskError, Git
from bot.desk.lessons import TITLE as LESSONS
from bot.desk.page import Page, desk_of, render, session_of
from bot.desk.proposals import Proposal
from bot.desk.shelves import Shelf, content_mark
from bot.desk.trial import saved
from bot.desk.workplace import Place, Workplace, workplace_of
from bot.knowledge.people import load_people

_MODE = 0o644


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Some files as they are to be, each with the text that it was written from; None if new."""

    texts: Mapping[str, str]
    bases: Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """Where a change goes: a proposal by its slug, or a new one by its title; who saves it.

    `tab` is the tab whose draft is done with, `then` the address to go on to.
    """

    title: str
    into: str
    name: str
    tab: str = ""
    then: str = ""

    @classmethod
    def told(cls, form: FormData, title: str, then: str = "") -> "Aim":
        """What was filled in below the difference; `title` where nothing was."""
        return cls(
            title=word(form, "proposal_title") or title,
            into=word(form, "into"),
            name=word(form, "person_name"),
            tab=word(form, "tab"),
            then=then,
        )


class MeanwhileError(DeskError):
    """A file is no longer what the change was written from."""

    def __init__(self, file: str, now: str) -> None:
        super().__init__(f"{file} 在你写的时候变了。")
        self.file = file
        self.now = now


async def save(request: Request) -> Response:
    """The difference and what the check says; with `confirm` it is written."""
    workplace, form = workplace_of(request), await request.form()
    place, file, text = workplace.place(word(form, "in")), word(form, "file"), text_of(form)
    shelf = workplace.shelf(place)
    now = shelf.text(file)
    if file not in shelf.texts or now is None:
        return render(request, "not_found.html", status=404)
    keep(workplace, place, file, form, session_of(request).person)
    if content_mark(now) != word(form, "base"):
        draft = drafts_of(workplace).one(place.slug, file, word(form, "tab"))
        base = draft.base if draft else ""
        return meanwhile(request, file, base, text, now)
    change = Change(texts={file: text}, bases={file: now})
    title = f"改“{entries_in(file, now)[0].title}”"
    if word(form, "confirm"):
        origin = word(form, "from")  # Who came from a list of places goes on with the next one.
        then = f"/where?{urlencode({'what': origin})}" if origin else ""
        return await confirmed(request, place, change, Aim.told(form, title, then))
    return await asked(request, place, change, title=title)


async def asked(request: Request, place: Place, change: Change, *, title: str) -> Response:
    """What would change, what the check says, and into which proposal it goes."""
    workplace = workplace_of(request)
    trial = await saved(workplace, place, change.texts)
    differences = {
        file: difference(change.bases[file] or "", text) for file, text in change.texts.items()
    }
    return render(
        request,
        "save.html",
        differences={file: lines for file, lines in differences.items() if lines},
        told="",
        faults=trial.faults,
        **saving_choices(request, place, title),
    )


def saving_choices(request: Request, place: Place, title: str) -> dict[str, Any]:
    """Into which proposal something may go, for the template; `title` is that of a new one."""
    workplace, person = workplace_of(request), session_of(request).person
    mine = [each for each in workplace.proposals.open() if person in each.authors]
    return {
        "place": place,
        "title": title,
        "mine": mine,
        "usual": next((each.slug for each in mine if _goes_on(each)), ""),
        "people": load_people(workplace.desk.knowledge),
        "why_not": workplace.proposals.why_not(),
    }


async def confirmed(request: Request, place: Place, change: Change, aim: Aim) -> Response:
    """Write it into a proposal, unless the check refuses it; then go on."""
    workplace, person = workplace_of(request), session_of(request).person or aim.name.strip()
    try:
        goes_to = workplace.place(place.slug or aim.into)
        moved = _moved(change, workplace.shelf(goes_to)) if aim.into else change
        if (await saved(workplace, goes_to, moved.texts)).faults:
            return await asked(request, goes_to, moved, title=aim.title)
        proposal = goes_to.proposal or workplace.proposals.begin(person, aim.title)
        write(workplace, proposal, moved)
        workplace.proposals.note_author(proposal.slug, person)
    except MeanwhileError as error:
        base = change.bases[error.file] or ""
        return meanwhile(
            request, error.file, base, change.texts[error.file], error.now, into=aim.into
        )
    except DeskError as error:
        return render(request, "refused.html", why=str(error))
    first = next(iter(change.texts))
    if aim.tab:
        drafts_of(workplace).drop(place.slug, first, aim.tab)
    onwards = f"{aim.then}&" if aim.then else f"/edit/{first}?"
    response = Response(headers={"HX-Redirect": f"{onwards}in={proposal.slug}&saved=1"})
    if session_of(request).person is None:
        desk_of(request).sessions.remember_person(response, person)
    return response


def write(workplace: Workplace, proposal: Proposal, change: Change) -> None:
    """Put the texts into the proposal's folder, and nothing else; MeanwhileError before any is."""
    with workplace.proposals.locked():
        shelf = workplace.shelves.of(proposal.folder)
        for file, base in change.bases.items():
            if content_mark(shelf.text(file)) != content_mark(base):
                raise MeanwhileError(file, shelf.text(file) or "")
        for file, text in change.texts.items():
            write_whole(proposal.folder / file, text.encode())


def meanwhile(
    request: Request, file: str, base: str, mine: str, now: str, into: str = ""
) -> Response:
    """That the file changed, what is different, and both put together where that can be."""
    together = put_together(base, mine, now) if base else None
    return render(
        request,
        "meanwhile.html",
        file=file,
        lines=difference(now, mine),
        now_mark=content_mark(now) if now else NEW,
        together=together,
        mine=mine,
        into=into,
    )


def put_together(base: str, mine: str, now: str) -> str | None:
    """Both changes of one text; None where they touch the same lines."""
    with tempfile.TemporaryDirectory() as made:
        names = []
        for name, text in (("mine", mine), ("base", base), ("now", now)):
            path = Path(made) / name
            path.write_text(text, encoding="utf-8")
            names.append(str(path))
        code, told = Git(Path(made)).asked("merge-file", "-p", "-q", *names)
    return told if code == 0 else None


def _moved(change: Change, shelf: Shelf) -> Change:
    """The change for texts in which more is changed already; MeanwhileError where both touch."""
    texts, bases = dict(change.texts), dict(change.bases)
    for file, base in change.bases.items():
        now = shelf.text(file)
        if now == base:
            continue
        both = put_together(base, texts[file], now) if base and now else None
        if both is None:
            raise MeanwhileError(file, now or "")
        texts[file], bases[file] = both, now
    return Change(texts=texts, bases=bases)


def _goes_on(proposal: Proposal) -> bool:
    """Whether one goes on writing in it: nobody was asked to read it, it is not for lessons."""
    return proposal.sent is None and not proposal.title.startswith(LESSONS)


def write_whole(path: Path, content: bytes) -> None:
    """In one step, and onto the disk: a crash leaves the old content or the new one."""
    path.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as fresh:
        fresh.write(content)
        fresh.flush()
        os.fsync(fresh.fileno())
    written = Path(fresh.name)
    written.chmod(_MODE)
    written.replace(path)


PAGE = Page(id="save", path="/save", menu="", routes=[Route("/save", save, methods=["POST"])])
