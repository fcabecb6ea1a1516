"""The page that finds: by words, by what is cited, by kind and by state."""

from collections import Counter

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk.entries import KINDS
from bot.desk.finding import STATES, State, Wish, find, snippets
from bot.desk.page import Page, render
from bot.desk.workplace import place_of, workplace_of

_SHOWN = 40


async def show(request: Request) -> Response:
    """The search with its results; only these when htmx asks."""
    workplace, place = workplace_of(request), place_of(request)
    wish = _wish(request)
    checked = workplace.checked(place)
    faults = checked.faults if checked else ()
    entries = workplace.entries(place)
    is_asked = bool(wish.words or wish.cites or wish.kind or wish.state)
    found = find(entries, wish, faults, workplace.today) if is_asked else []
    shown = [(each, snippets(each.entry, wish)) for each in found[:_SHOWN]]
    laws = [entry for entry in entries if entry.kind == "law"]
    return render(
        request,
        "found.html" if "HX-Request" in request.headers else "find.html",
        wish=wish,
        kinds=KINDS,
        states={state.value: words for state, words in STATES.items()},
        state_words=STATES,
        is_asked=is_asked,
        shown=shown,
        total=len(found),
        by_kind=Counter(each.entry.kind for each in found),
        laws=laws,
        place=place,
        checked=checked,
    )


def _wish(request: Request) -> Wish:
    asked = request.query_params
    state = asked.get("state", "")
    return Wish(
        words=asked.get("q", "").strip()[:100],
        cites=asked.get("cites", "").strip()[:100],
        kind=asked.get("kind", "") if asked.get("kind") in KINDS else "",
        state=State(state) if state in [each.value for each in State] else None,
    )


PAGE = Page(id="find", path="/find", menu="查找", routes=[Route("/find", show)])
