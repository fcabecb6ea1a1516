"""When a law has changed: everything that touches it, set to be read again."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk.edit import word
from bot.desk.entries import KINDS, Entry
from bot.desk.finding import names
from bot.desk.git import DeskError
from bot.desk.page import Page, render
from bot.desk.save import Aim, Change, asked, confirmed
from bot.desk.workplace import Place, Workplace, place_of, workplace_of

_REVIEWED = re.compile(r"^([ ]*reviewed_on: )(\d{4}-\d{2}-\d{2})", re.MULTILINE)
_BY = re.compile(r"^([ ]*review_by: )(\d{4}-\d{2}-\d{2})", re.MULTILINE)
_UNTOUCHED = ("law", "article", "learning")


async def show(request: Request) -> Response:
    """What would be set to be read again, to be ticked."""
    workplace, place = workplace_of(request), place_of(request)
    what = request.query_params.get("what", "")
    touched = touched_by(workplace, place, what)
    if not touched:
        return render(request, "not_found.html", status=404)
    return render(
        request, "again.html", what=what, touched=touched, kinds=KINDS, place=place,
        law=workplace.knowledge(place).laws.get(what.partition("#")[0]),
    )  # fmt: skip


async def send(request: Request) -> Response:
    """Set the day in each of the texts that are ticked."""
    workplace, form = workplace_of(request), await request.form()
    place, what = workplace.place(word(form, "in")), word(form, "what")
    chosen = set(form.getlist("thing"))
    touched = [
        each for each in touched_by(workplace, place, what) if f"{each.file}#{each.id}" in chosen
    ]
    if not touched:
        raise DeskError("请至少勾一样。")
    shelf = workplace.shelf(place)
    texts = set_to_be_read(shelf.texts, touched, workplace.today)
    if not texts:
        raise DeskError("勾的这些都已经到了要再读的日子。")
    change = Change(texts=texts, bases={file: shelf.text(file) for file in texts})
    title = f"{what} 改了，要再读"
    if word(form, "confirm"):
        then = "/find?state=late"
        return await confirmed(request, place, change, Aim.told(form, title, then))
    return await asked(request, place, change, title=title)


def touched_by(workplace: Workplace, place: Place, what: str) -> list[Entry]:
    """Every thing that cites this article, or any of this law, by kind."""
    order = list(KINDS)
    if not what or what.partition("#")[0] not in workplace.knowledge(place).laws:
        return []
    found = [
        each
        for each in workplace.entries(place)
        if each.kind not in _UNTOUCHED and each.review_by is not None and names(each, what)
    ]
    return sorted(found, key=lambda each: (order.index(each.kind), each.file, each.line))


def set_to_be_read(
    texts: Mapping[str, str | None], things: Sequence[Entry], today: date
) -> dict[str, str]:
    """The files as they are with these things due: by file, where anything changes."""
    changed: dict[str, str] = {}
    for each in things:
        text = changed.get(each.file, texts[each.file] or "")
        # A day takes as many characters as another: lines and places stay.
        start = sum(len(line) + 1 for line in text.split("\n")[: each.line - 1])
        end = start + len(each.text)
        if (own := _BY.search(text, start, end)) is None:
            start, own = 0, _BY.search(text)
        if own is None:
            continue
        reviewed = _REVIEWED.search(text, start, end) or _REVIEWED.search(text)
        day = today if reviewed is None else max(today, _after(reviewed[2]))
        if str(day) < own[2]:
            changed[each.file] = f"{text[: own.start(2)]}{day}{text[own.end(2) :]}"
    return changed


def _after(day: str) -> date:
    """The check wants the day after the last reading at least."""
    return date.fromisoformat(day) + timedelta(days=1)


PAGE = Page(
    id="again",
    path="/again",
    menu="",
    routes=[Route("/again", show), Route("/again", send, methods=["POST"])],
)
