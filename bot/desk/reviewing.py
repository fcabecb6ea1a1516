"""The pages of proposals: what is open, what each changes, and what the next person does."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.desk.conflicts import Answer, Side, clashes_of, solve
from bot.desk.difference import Line, difference
from bot.desk.errands import Errand, ErrandKind, State
from bot.desk.git import DeskError, Git
from bot.desk.landing import ConflictError, bytes_at, changed_files, text_at
from bot.desk.page import Page, desk_of, render, session_of
from bot.desk.proposals import Proposal
from bot.desk.review import Review
from bot.desk.workplace import workplace_of
from bot.knowledge.docx_reader import docx_words

_TEXTS = (".md", ".yml", ".jsonl", ".txt")


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a change makes of one file; no lines where it is neither a text nor a Word file."""

    path: str
    lines: Sequence[Line]
    is_text: bool
    is_word: bool = False


def review_of(request: Request) -> Review:
    """The reviews of the desk that a request came to."""
    workplace = workplace_of(request)
    return Review(workplace.proposals, workplace.check)


def file_changes(git: Git, before: str, after: str) -> list[FileChange]:
    """Every file that differs between two trees, with its lines."""
    return [_file_change(git, before, after, path) for path in changed_files(git, before, after)]


def who(request: Request, form: FormData) -> str:
    """Who sits there, or the name that was typed into the form; DeskError without one."""
    name = session_of(request).person or str(form.get("name", "")).strip()
    if not name:
        raise DeskError("请先写上你的名字。")
    return name


def gone_to(request: Request, path: str, name: str) -> Response:
    """The page that shows what became of it, with the name remembered."""
    response = RedirectResponse(path, status_code=303)
    if session_of(request).person is None:
        desk_of(request).sessions.remember_person(response, name)
    return response


async def show_all(request: Request) -> Response:
    """The open proposals, those that wait for a reader first."""
    proposals = workplace_of(request).proposals
    found = await asyncio.to_thread(proposals.open)
    return render(
        request,
        "proposals.html",
        waiting=[each for each in found if each.sent],
        drafts=[each for each in found if not each.sent],
        errands={each.key: each for each in workplace_of(request).errands.all()},
        why_not=proposals.why_not(),
        did=request.query_params.get("did", ""),
    )


async def show_one(request: Request, why: DeskError | None = None) -> Response:
    """One proposal: its difference, what can be done with it, and what became of it."""
    errands, slug = workplace_of(request).errands, request.path_params["slug"]
    errand = errands.of(slug)
    if errand is not None and errand.state is State.RUNNING:
        # What runs beside may take the proposal away while a page of it is made.
        now, told = errands.progress(slug), str(why or "")
        status = 200 if why is None else 409
        return render(
            request,
            "running.html",
            status=status,
            errand=errand,
            progress=now,
            why=told,
            faults=(),
        )
    if errand is not None and errand.state is not State.REFUSED and why is None:
        return RedirectResponse(_after(request, slug, errand), status_code=303)
    review, refused = review_of(request), errand
    proposal = review.proposals.of(slug)
    values = await asyncio.to_thread(_standing, review, proposal)
    return render(
        request,
        "proposal.html",
        status=200 if why is None else 409,
        proposal=proposal,
        people=review.people(),
        why=str(why) if why else (refused.told if refused else ""),
        faults=refused.faults if refused and not why else (),
        is_mine=session_of(request).person in proposal.authors,
        did=request.query_params.get("did", ""),
        **values,
    )


async def submit(request: Request) -> Response:
    """Hand it over to be read, once the check agrees."""

    def errand(review: Review, slug: str, name: str, form: FormData) -> Errand:
        reason = str(form.get("reason", ""))
        tree = review.ready_to_submit(slug, name, reason)
        return Errand(key=slug, kind=ErrandKind.SUBMIT, person=name, words=reason, seen=tree)

    return await _sent_beside(request, errand)


async def approve(request: Request) -> Response:
    """Make it live, once the check agrees."""

    def errand(review: Review, slug: str, name: str, form: FormData) -> Errand:
        seen = str(form.get("seen", ""))
        review.ready_to_approve(slug, name, seen)
        return Errand(key=slug, kind=ErrandKind.APPROVE, person=name, seen=seen)

    return await _sent_beside(request, errand)


async def progress(request: Request) -> Response:
    """How far what is done beside is; where to go on once it is over."""
    errands, slug = workplace_of(request).errands, request.path_params["slug"]
    errand = errands.of(slug)
    if errand is not None and errand.state is State.RUNNING:
        now = errands.progress(slug)
        return render(request, "errand.html", errand=errand, progress=now)
    return Response(headers={"HX-Redirect": _after(request, slug, errand)})


async def send_back(request: Request) -> Response:
    """Ask its author to go on with it."""

    def work(review: Review, slug: str, name: str, form: FormData) -> None:
        review.send_back(slug, name, str(form.get("why", "")))

    return await _done(request, work, "/proposals/{slug}?did=back")


async def withdraw(request: Request) -> Response:
    """Take it back for good."""

    def work(review: Review, slug: str, name: str, _: FormData) -> None:
        review.withdraw(slug, name)

    return await _done(request, work, "/proposals?did=withdrawn")


async def choose(request: Request, why: str = "") -> Response:
    """The places where it clashes with what was approved since."""
    proposals = workplace_of(request).proposals
    proposal = proposals.of(request.path_params["slug"])
    if proposal.sent is None:
        return RedirectResponse(f"/proposals/{proposal.slug}", status_code=303)
    merged, files = await asyncio.to_thread(clashes_of, proposals.git, proposal.sent)
    if not files:
        return RedirectResponse(f"/proposals/{proposal.slug}", status_code=303)
    status = 409 if why else 200
    return render(
        request,
        "clashes.html",
        status=status,
        proposal=proposal,
        files=files,
        head=merged.head,
        people=review_of(request).people(),
        why=why,
    )


async def chosen(request: Request) -> Response:
    """Put both together as chosen."""
    proposals, slug = workplace_of(request).proposals, request.path_params["slug"]
    form = await request.form()
    try:
        name, proposal = who(request, form), proposals.of(slug)
        _, files = await asyncio.to_thread(clashes_of, proposals.git, proposal.sent or "HEAD")
        answers = {
            file.path: _answers(form, place, file.places) for place, file in enumerate(files)
        }
        seen = str(form.get("head", ""))
        await asyncio.to_thread(solve, proposals, slug, name, seen, answers)
    except DeskError as error:
        return await choose(request, str(error))
    return gone_to(request, f"/proposals/{slug}?did=solved", name)


async def _done(
    request: Request, work: Callable[[Review, str, str, FormData], None], then: str
) -> Response:
    """Do it in a thread, then go there; or the proposal again, with why not."""
    form, slug = await request.form(), request.path_params["slug"]
    try:
        name = who(request, form)
        await asyncio.to_thread(work, review_of(request), slug, name, form)
    except DeskError as error:
        return await show_one(request, error)
    workplace_of(request).errands.forget(slug)
    return gone_to(request, then.format(slug=slug), name)


async def _sent_beside(
    request: Request, made: Callable[[Review, str, str, FormData], Errand]
) -> Response:
    """Begin an errand, and go where its progress or its end is told."""
    form, slug = await request.form(), request.path_params["slug"]
    errands = workplace_of(request).errands
    try:
        name = who(request, form)
        errand = await asyncio.to_thread(made, review_of(request), slug, name, form)
        errand = await errands.start(errand)
    except ConflictError:
        return RedirectResponse(f"/proposals/{slug}/clashes", status_code=303)
    except DeskError as error:
        return await show_one(request, error)
    return gone_to(request, _after(request, slug, errand), name)


def _after(request: Request, slug: str, errand: Errand | None) -> str:
    """The page that tells how an errand stands; a good end is told but once."""
    if errand is None or errand.state in (State.RUNNING, State.REFUSED):
        return f"/proposals/{slug}"
    workplace_of(request).errands.forget(slug)
    if errand.state is State.CLASHING:
        return f"/proposals/{slug}/clashes"
    is_handed_over = errand.kind is ErrandKind.SUBMIT
    return f"/proposals/{slug}?did=sent" if is_handed_over else "/proposals?did=approved"


def _standing(review: Review, proposal: Proposal) -> dict[str, Any]:
    git, standing = review.proposals.git, review.standing(proposal)
    if standing.merged is None:
        before, after = review.base_of(proposal), review.draft_tree(proposal)
    else:
        before, after = standing.merged.head, standing.merged.tree
    if standing.merged is not None and standing.merged.clashing:
        before, after = review.base_of(proposal), proposal.sent or "HEAD"
    return {"standing": standing, "changes": file_changes(git, before, after)}


def _file_change(git: Git, before: str, after: str, path: str) -> FileChange:
    if path.endswith(".docx"):
        old, new = (docx_words(bytes_at(git, at, path) or b"") for at in (before, after))
        return FileChange(path, difference(old, new), is_text=False, is_word=True)
    if not path.endswith(_TEXTS):
        return FileChange(path, (), is_text=False)
    was, now = text_at(git, before, path) or "", text_at(git, after, path) or ""
    return FileChange(path, difference(was, now), is_text=True)


def _answers(form: FormData, file: int, places: int) -> list[Answer]:
    """The choices of one file, as far as they were made."""
    found = []
    for place in range(places):
        with suppress(ValueError):
            side = Side(str(form.get(f"side-{file}-{place}", "")))
            found.append(Answer(side, str(form.get(f"own-{file}-{place}", ""))))
    return found


_ONE = "/proposals/{slug}"
PAGE = Page(
    id="proposals",
    path="/proposals",
    menu="提议",
    routes=[
        Route("/proposals", show_all),
        Route(_ONE, show_one),
        Route(f"{_ONE}/progress", progress),
        Route(f"{_ONE}/submit", submit, methods=["POST"]),
        Route(f"{_ONE}/approve", approve, methods=["POST"]),
        Route(f"{_ONE}/back", send_back, methods=["POST"]),
        Route(f"{_ONE}/withdraw", withdraw, methods=["POST"]),
        Route(f"{_ONE}/clashes", choose),
        Route(f"{_ONE}/clashes/choose", chosen, methods=["POST"]),
    ],
)
