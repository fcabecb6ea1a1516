"""The page on which advocates learn from what went wrong: one key decides on a group."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.concepts.missed import Decision, MissKind
from bot.desk.effects import effects_of
from bot.desk.git import DeskError
from bot.desk.learning import Learning, matter_named, open_learning, titles_of
from bot.desk.lessons import Wish
from bot.desk.misses import MissGroup
from bot.desk.page import Page, opened, render, session_of
from bot.desk.reviewing import gone_to, who
from bot.desk.words import ASPECTS, DECISIONS, KINDS
from bot.desk.workplace import workplace_of
from bot.errors import StorageError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.people import load_people

ID = "learn"
_A_PAGE = 20


def learning_of(request: Request) -> Learning:
    """What this page and Try work on."""
    learning: Learning = opened(request, ID)
    return learning


async def show(request: Request) -> Response:
    """The groups, a page at a time, and what was learnt in one's own proposal."""
    await learning_of(request).put_back_given_up()
    return await _page(request)


async def decide(request: Request) -> Response:
    """One key or button on a group."""
    form = await request.form()
    learning = learning_of(request)
    await learning.misses.look()
    group = learning.misses.group(request.path_params["group"])
    if group is None:
        return await _page(request, fault="这一组已经有人处理过了，或者问的人已经删掉了。")
    try:
        person = who(request, form)
        await _decided(request, group, form, person)
    except (DeskError, StorageError) as error:
        return await _page(request, fault=str(error), failed=(group.id, form))
    return gone_to(request, _back(form), person)


async def take_back(request: Request) -> Response:
    """A lesson was a mistake: it leaves the proposal, its messages come back."""
    form, learning = await request.form(), learning_of(request)
    try:
        slug = str(form.get("slug", ""))
        lesson = learning.lessons.take_back(slug, str(form.get("lesson", "")))
        await learning.misses.take_back(lesson.numbers)
        if learning.lessons.of(slug):
            learning.measure(slug)
    except (DeskError, StorageError) as error:
        return await _page(request, fault=str(error))
    return RedirectResponse("/learn", status_code=303)


async def measure(request: Request) -> Response:
    """Measure once more what one's lessons change."""
    form = await request.form()
    try:
        learning_of(request).measure(str(form.get("slug", "")))
    except DeskError as error:
        return await _page(request, fault=str(error))
    return RedirectResponse("/learn", status_code=303)


async def progress(request: Request) -> Response:
    """The lessons with what was measured: asked for again while something is trained."""
    return render(request, "learnt.html", **_learnt(request), titles=_titles(request))


async def _decided(request: Request, group: MissGroup, form: FormData, person: str) -> None:
    learning, workplace = learning_of(request), workplace_of(request)
    try:
        decision = Decision(str(form.get("decision", "")))
    except ValueError as error:
        raise DeskError("这个按钮编辑台不认得，请刷新页面。") from error
    is_refused = set(group.kinds) == {MissKind.REFUSED}
    if decision is not Decision.NOTHING and not (decision is Decision.NOT_OURS and is_refused):
        mine = learning.lessons.proposal_of(person)
        knowledge = workplace.knowledge(workplace.place(mine.slug if mine else ""))
        wish = Wish(
            decision=decision,
            text=str(form.get("text", "")),
            matter=matter_named(str(form.get("matter", "")), knowledge),
            aspect=str(form.get("aspect", "")),
        )
        proposal, _ = learning.lessons.learn(
            wish, group.numbers, person, knowledge, workplace.today
        )
        learning.measure(proposal.slug)
    await learning.misses.decide(group, decision)


async def _page(
    request: Request, fault: str = "", failed: tuple[int, FormData] | None = None
) -> Response:
    learning = learning_of(request)
    waiting = await learning.misses.look()
    asked = request.query_params
    kind = asked.get("kind", "")
    groups = [
        each
        for each in learning.misses.groups
        if not kind or kind in {every.value for every in each.kinds}
    ]
    number = max(1, int(asked["page"])) if asked.get("page", "").isdecimal() else 1
    return render(
        request,
        "learn.html",
        status=422 if fault else 200,
        groups=groups[(number - 1) * _A_PAGE : number * _A_PAGE],
        total=len(groups),
        number=number,
        pages=max(1, -(-len(groups) // _A_PAGE)),
        counts=_counts(learning),
        kind=kind,
        kinds={each.value: words for each, words in KINDS.items()},
        kind_words=KINDS,
        decisions={each.value: words for each, words in DECISIONS.items()},
        aspects=ASPECTS,
        titles=_titles(request),
        waiting=waiting,
        fault=fault,
        failed=failed,
        why_not=learning.proposals.why_not(),
        people=load_people(learning.proposals.root / "knowledge"),
        **_learnt(request),
    )


def _learnt(request: Request) -> dict[str, Any]:
    learning, person = learning_of(request), session_of(request).person
    mine = learning.lessons.proposal_of(person) if person is not None else None
    if mine is None:
        empty: dict[str, Any] = {
            "lessons": (),
            "progress": None,
            "decision_words": {},
            "effects": {},
        }
        return {"mine": None, **empty}
    lessons, progress_now = learning.measured(mine.slug)
    words = {each.value: said for each, said in DECISIONS.items()}
    return {
        "mine": mine,
        "lessons": lessons,
        "progress": progress_now,
        "decision_words": words,
        "effects": effects_of(progress_now.found, lessons) if progress_now else {},
    }


def _titles(request: Request) -> Mapping[str, str]:
    workplace = workplace_of(request)
    mine: KnowledgeBase = workplace.knowledge(workplace.place(""))
    person = session_of(request).person
    proposal = learning_of(request).lessons.proposal_of(person) if person else None
    if proposal is not None:
        mine = workplace.knowledge(workplace.place(proposal.slug))
    return titles_of(mine)


def _counts(learning: Learning) -> Mapping[str, int]:
    return Counter(kind.value for group in learning.misses.groups for kind in group.kinds)


def _back(form: FormData) -> str:
    """The same page of the list again."""
    number, kind = str(form.get("page", "1")), str(form.get("kind", ""))
    is_kind = kind in {each.value for each in MissKind}
    return f"/learn?page={int(number) if number.isdecimal() else 1}" + (
        f"&kind={kind}" if is_kind else ""
    )


PAGE = Page(
    id=ID,
    path="/learn",
    menu="学习",
    opens=open_learning,
    routes=[
        Route("/learn", show),
        Route("/learn/progress", progress),
        Route("/learn/measure", measure, methods=["POST"]),
        Route("/learn/take-back", take_back, methods=["POST"]),
        Route("/learn/{group:int}", decide, methods=["POST"]),
    ],
)
