"""The pages of versions: what is spoken now, what was, each text's history, and the way back."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk.errands import BACK, Errand, ErrandKind, State
from bot.desk.git import DeskError
from bot.desk.page import Page, desk_of, render
from bot.desk.proposals import KNOWLEDGE
from bot.desk.reviewing import file_changes, gone_to, review_of, who
from bot.desk.versions import Versions
from bot.desk.workplace import workplace_of
from bot.live_note import read_live_note


def versions_of(request: Request) -> Versions:
    """The versions of the desk that a request came to."""
    workplace = workplace_of(request)
    return Versions(workplace.proposals, workplace.check)


async def show_all(request: Request, why: DeskError | None = None) -> Response:
    """What is spoken now, every version before it, and one step back."""
    versions, workplace = versions_of(request), workplace_of(request)
    why_not, errand = workplace.proposals.why_not(), workplace.errands.of(BACK)
    live = [] if why_not else await asyncio.to_thread(versions.live)
    is_running = errand is not None and errand.state is State.RUNNING
    refused = errand if errand is not None and errand.state is State.REFUSED else None
    return render(
        request,
        "versions.html",
        status=200 if why is None else 409,
        note=read_live_note(desk_of(request).settings.data),
        versions=live,
        before=None if why_not or is_running else await asyncio.to_thread(versions.before),
        people=review_of(request).people(),
        why=str(why) if why else (refused.told if refused else ""),
        why_not=why_not,
        faults=refused.faults if refused and not why else (),
        errand=errand if is_running else None,
        progress=workplace.errands.progress(BACK) if is_running else None,
        did=request.query_params.get("did", ""),
    )


async def show_one(request: Request) -> Response:
    """What one version changed."""
    versions, git = versions_of(request), workplace_of(request).proposals.git
    version = versions.one(request.path_params["commit"])
    before, after = versions.trees_of(version)
    changes = await asyncio.to_thread(file_changes, git, before, after)
    changes = [each for each in changes if each.path.startswith(f"{KNOWLEDGE}/")]
    return render(request, "version.html", version=version, changes=changes)


async def step_back(request: Request) -> Response:
    """Speak the version before again, once the check agrees."""
    form = await request.form()
    try:
        name = who(request, form)
        why, seen = str(form.get("why", "")), str(form.get("seen", ""))
        errand = Errand(key=BACK, kind=ErrandKind.BACK, person=name, words=why, seen=seen)
        errand = await workplace_of(request).errands.start(errand)
    except DeskError as error:
        return await show_all(request, error)
    return gone_to(request, _after(request, errand), name)


async def progress(request: Request) -> Response:
    """How far the way back is; where to go on once it is over."""
    errands = workplace_of(request).errands
    errand = errands.of(BACK)
    if errand is not None and errand.state is State.RUNNING:
        now = errands.progress(BACK)
        return render(request, "errand.html", errand=errand, progress=now)
    return Response(headers={"HX-Redirect": _after(request, errand)})


def _after(request: Request, errand: Errand | None) -> str:
    """The page that tells how it stands; a good end is told but once."""
    if errand is None or errand.state is not State.DONE:
        return "/versions"
    workplace_of(request).errands.forget(BACK)
    return "/versions?did=back"


async def history(request: Request, why: DeskError | None = None) -> Response:
    """The versions of one text."""
    file = request.path_params["file"]
    found = await asyncio.to_thread(versions_of(request).of, f"{KNOWLEDGE}/{file}")
    if not found:
        return render(request, "not_found.html", status=404)
    return render(
        request,
        "history.html",
        status=200 if why is None else 409,
        file=file,
        versions=found,
        people=review_of(request).people(),
        why=str(why) if why else "",
    )


async def restore(request: Request) -> Response:
    """Propose a text as it was."""
    form, file = await request.form(), request.path_params["file"]
    try:
        name, commit = who(request, form), str(form.get("commit", ""))
        path = f"{KNOWLEDGE}/{file}"
        proposal = await asyncio.to_thread(versions_of(request).restore, path, commit, name)
    except DeskError as error:
        return await history(request, error)
    return gone_to(request, f"/proposals/{proposal.slug}?did=restored", name)


PAGE = Page(
    id="versions",
    path="/versions",
    menu="版本",
    routes=[
        Route("/versions", show_all),
        Route("/versions/back", step_back, methods=["POST"]),
        Route("/versions/back/progress", progress),
        Route("/versions/{commit}", show_one),
        Route("/history/{file:path}", history, methods=["GET"]),
        Route("/history/{file:path}", restore, methods=["POST"]),
    ],
)
