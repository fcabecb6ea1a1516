"""The page that tells where something is said, and so what must follow when it changes."""

from collections.abc import Sequence
from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk.entries import KINDS
from bot.desk.page import Page, render
from bot.desk.saying import HOW_WORDS, How, Saying, Sought, of_article, of_contact, of_figure
from bot.desk.saying import sayings as sayings_of
from bot.desk.workplace import Place, Workplace, place_of, workplace_of

_STATEMENTS = ("tests", "knowledge", "statements")


async def show(request: Request) -> Response:
    """Everything that may be asked for, or where one thing is said."""
    workplace, place = workplace_of(request), place_of(request)
    knowledge = workplace.knowledge(place)
    what, _, name = request.query_params.get("what", "").partition(":")
    if (asked := _asked(workplace, place, what, name)) is None:
        return render(
            request, "where.html", knowledge=knowledge, today=workplace.today, place=place
        )
    title, sought, own = asked
    found = sayings_of(workplace.shelf(place), workplace.entries(place), sought, own)
    return render(
        request,
        "where_said.html",
        title=title,
        what=what,
        name=name,
        groups=[(how, HOW_WORDS[how], _by_entry(found, how)) for how in How],
        how=How,
        kinds=KINDS,
        is_saved="saved" in request.query_params,
        guarded=_guarded(workplace, sought),
        place=place,
        law=knowledge.laws.get(name.partition("#")[0]) if what == "article" else None,
    )


def _asked(
    workplace: Workplace, place: Place, what: str, name: str
) -> tuple[str, Sought, tuple[str, str]] | None:
    """The title of what is asked for, how to find it, and the thing itself; None for nothing."""
    knowledge = workplace.knowledge(place)
    match what:
        case "figure" if name in knowledge.figures:
            values = _values(workplace, place, name)
            about = knowledge.figures[name].description
            words = " → ".join(dict.fromkeys(values))
            # What says the new value already has followed.
            sought = of_figure(knowledge.figures[name], values[0])
            return f"{words}（{about}）", sought, ("figure", name)
        case "contact" if name in knowledge.contacts:
            contact = knowledge.contacts[name]
            title = f"{contact.number or ''} {contact.name}".strip()
            return title, of_contact(contact), ("contact", name)
        case "article":
            law_id, _, article = name.partition("#")
            law = knowledge.laws.get(law_id)
            if law is not None and (not article or article in law.articles):
                own = ("article", name) if article else ("law", law_id)
                return f"《{law.title}》{article}", of_article(law, article), own
    return None


def _values(workplace: Workplace, place: Place, figure_id: str) -> list[str]:
    """What a figure is now, and after that what it would be in this proposal."""
    found = []
    for each in (workplace.place(""), place):
        figure = workplace.knowledge(each).figures.get(figure_id)
        if figure is not None:
            found.append((figure.value_on(workplace.today) or figure.history[-1]).value)
    return found


def _by_entry(found: Sequence[Saying], how: How) -> list[tuple[Saying, list[Saying]]]:
    """The places by the thing that they stand in, with the first of each."""
    of_this = [each for each in found if each.how is how]
    groups = [list(places) for _, places in groupby(of_this, lambda each: each.entry)]
    order = list(KINDS)
    groups.sort(key=lambda places: order.index(places[0].entry.kind))
    return [(places[0], places) for places in groups]


def _guarded(workplace: Workplace, sought: Sought) -> list[tuple[str, int, str]]:
    """Sentences that tests hold fast, beside the folder: they must change in the same proposal."""
    folder = workplace.desk.knowledge.parent.joinpath(*_STATEMENTS)
    found = []
    for path in sorted(folder.glob("*.yml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if sought.marks.search(line):
                found.append((path.name, number, line.strip()))
    return found


PAGE = Page(id="where", path="/where", menu="哪里说到", routes=[Route("/where", show)])
