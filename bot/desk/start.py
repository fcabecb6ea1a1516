"""The first page: what there is to do; and the way through it for who comes the first time."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk.edit import drafts_of
from bot.desk.finding import STATES, State, states_of
from bot.desk.page import Page, render, session_of
from bot.desk.proposals import Proposal
from bot.desk.reviewing import gone_to, who
from bot.desk.workplace import open_workplace, place_of, workplace_of
from bot.knowledge.people import load_people

_AFTER_NAME = ("/first", "/learn")
_FAULTS_SHOWN = 20
_DRAFTS_SHOWN = 8


async def show(request: Request) -> Response:
    """What is stale, due or faulty, and the ways to begin; only the check when htmx asks."""
    workplace, place = workplace_of(request), place_of(request)
    proposals = await asyncio.to_thread(workplace.proposals.open)
    checked = workplace.checked(place)
    today = workplace.today
    states = Counter(
        state for entry in workplace.entries(place) for state in states_of(entry, (), today)
    )
    return render(
        request,
        "checked.html" if "HX-Request" in request.headers else "start.html",
        place=place,
        counts=[(state, STATES[state], states[state]) for state in (State.LATE, State.SOON)],
        checked=checked,
        shown=checked.faults[:_FAULTS_SHOWN] if checked else (),
        drafts=drafts_of(workplace).all()[:_DRAFTS_SHOWN],
        to_read=[each for each in proposals if each.sent],
        mine=_not_sent(proposals, session_of(request).person),
        why_not=workplace.proposals.why_not(),
    )


async def first_time(request: Request) -> Response:
    """Everything that a newcomer will want to do, in order, each with its link."""
    return render(request, "first.html", people=load_people(workplace_of(request).desk.knowledge))


async def name(request: Request) -> Response:
    """Remember who sits there."""
    form = await request.form()
    then = str(form.get("then", "/"))
    return gone_to(request, then if then in _AFTER_NAME else "/", who(request, form))


def _not_sent(proposals: Sequence[Proposal], person: str | None) -> list[Proposal]:
    """What this person is still writing."""
    return [each for each in proposals if person in each.authors and not each.sent]


PAGE = Page(
    id="start",
    path="/",
    menu="开始",
    routes=[
        Route("/", show),
        Route("/first", first_time),
        Route("/name", name, methods=["POST"]),
    ],
    opens=open_workplace,
)
