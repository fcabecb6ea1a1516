"""The first page: what there is to do."""

from collections import Counter

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk.edit import drafts_of
from bot.desk.finding import STATES, State, states_of
from bot.desk.page import Page, render
from bot.desk.workplace import open_workplace, place_of, workplace_of

_FAULTS_SHOWN = 20
_DRAFTS_SHOWN = 8


async def show(request: Request) -> Response:
    """What is stale, due or faulty, and the ways to begin; only the check when htmx asks."""
    workplace, place = workplace_of(request), place_of(request)
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
        why_not=workplace.proposals.why_not(),
    )


PAGE = Page(id="start", path="/", menu="开始", routes=[Route("/", show)], opens=open_workplace)
