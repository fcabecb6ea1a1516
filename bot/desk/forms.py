"""Forms for what has a structure: a figure, a hotline, a step, a topic, a follow-up.

A form makes the same texts that one could write by hand; they are shown, checked and saved in the
same way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk.edit import word
from bot.desk.entries import entries_of
from bot.desk.git import DeskError
from bot.desk.page import Page, render
from bot.desk.save import Aim, Change, asked, confirmed
from bot.desk.shelves import Shelf, content_mark
from bot.desk.workplace import Place, Workplace, place_of, workplace_of
from bot.knowledge.base import KnowledgeBase

REVIEWED_FOR = timedelta(days=181)
"""How long a fact that was read today may stand, a little under what the check allows."""

Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question of a form. `kind`: line, text, lines, day, choice, choices, article."""

    id: str
    label: str
    kind: str = "line"
    hint: str = ""
    value: str = ""
    options: Options = ()
    is_optional: bool = False
    is_fixed: bool = False

    @property
    def chosen(self) -> frozenset[str]:
        """The values that are ticked."""
        return frozenset(self.value.split())


@dataclass(frozen=True, slots=True)
class Desktop:
    """What a form is made from: the words and the texts of a place, and the day."""

    knowledge: KnowledgeBase
    shelf: Shelf
    today: date

    def text(self, file: str) -> str:
        """The text of a file; DeskError when it cannot be read."""
        text = self.shelf.text(file)
        if text is None:
            raise DeskError(f"{file} 读不了，先把它改好。")
        return text


class Answers:
    """What was filled in."""

    def __init__(self, form: FormData) -> None:
        self._form = form

    def line(self, name: str) -> str:
        """One line without blanks around it."""
        return " ".join(word(self._form, name).split())

    def needed(self, name: str, label: str) -> str:
        """The same; DeskError when nothing was filled in."""
        if not (value := self.line(name)):
            raise DeskError(f"请填写“{label}”。")
        return value

    def text(self, name: str) -> str:
        """Some paragraphs, with LF at their line ends."""
        return word(self._form, name).replace("\r\n", "\n").replace("\r", "\n").strip()

    def lines(self, name: str) -> list[str]:
        """Each line that says something."""
        return [line.strip() for line in self.text(name).split("\n") if line.strip()]

    def chosen(self, name: str) -> list[str]:
        """Everything that is ticked."""
        return [value for value in self._form.getlist(name) if isinstance(value, str) and value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One kind of form. `name` is the thing that is changed, "" for a new one.

    `has_marks` when its texts may hold marks, which are then picked from lists. `fields`
    is None where there is no such thing; `change` may raise DeskError. `raw` names the file in
    which a thing stands, where that can be told from its name.
    """

    id: str
    title: Callable[[Desktop, str], str]
    fields: Callable[[Desktop, str], Sequence[Field] | None]
    change: Callable[[Desktop, str, Answers], Mapping[str, str]]
    raw: Callable[[str], str] = field(default=lambda _: "")
    then: Callable[[str], str] | None = None
    intro: str = ""
    has_marks: bool = False


def routes_of(form: Form) -> list[Route]:
    """The addresses of a form: for a new thing, and for one that is there."""
    show, send = partial(_show, form), partial(_send, form)
    path = f"/forms/{form.id}"
    return [
        Route(path, show),
        Route(path, send, methods=["POST"]),
        Route(f"{path}/{{name}}", show),
        Route(f"{path}/{{name}}", send, methods=["POST"]),
    ]


async def _show(form: Form, request: Request) -> Response:
    name = request.path_params.get("name", "")
    place = place_of(request)
    desktop = _desktop(workplace_of(request), place)
    fields = form.fields(desktop, name)
    if fields is None:
        return render(request, "not_found.html", status=404)
    return render(
        request,
        "form.html",
        form=form,
        title=form.title(desktop, name),
        fields=fields,
        place=place,
        base=_mark(form, desktop, name),
        articles=_articles(desktop.knowledge),
        raw=form.raw(name) if name else "",
    )


async def _send(form: Form, request: Request) -> Response:
    name = request.path_params.get("name", "")
    workplace, filled = workplace_of(request), await request.form()
    # It is added to the texts as they stand where it goes: more may be written there already.
    goes_to = word(filled, "into") if word(filled, "confirm") else ""
    place = workplace.place(word(filled, "in") or goes_to)
    desktop = _desktop(workplace, place)
    if form.fields(desktop, name) is None:
        return render(request, "not_found.html", status=404)
    if _mark(form, desktop, name) != word(filled, "base"):
        told = f"在提议“{place.proposal.title}”里" if place.proposal else "刚刚"
        raise DeskError(f"这一项{told}改过了。请另开一页看看现在的样子，再把这里的抄过去。")
    texts = form.change(desktop, name, Answers(filled))
    change = Change(texts=texts, bases={each: desktop.shelf.text(each) for each in texts})
    title = form.title(desktop, name)
    if word(filled, "confirm"):
        then = form.then(name) if form.then else ""
        return await confirmed(request, place, change, Aim.told(filled, title, then))
    return await asked(request, place, change, title=title)


def _mark(form: Form, desktop: Desktop, name: str) -> str:
    """What tells a thing that is changed from what it was; "" for a new one.

    Others in the same file may change meanwhile.
    """
    found = (each for each in entries_of(desktop.shelf) if each.kind == form.id)
    entry = next((each for each in found if each.id == name), None)
    return content_mark(entry.text.strip() if entry else None)


def _desktop(workplace: Workplace, place: Place) -> Desktop:
    return Desktop(workplace.knowledge(place), workplace.shelf(place), workplace.today)


def _articles(knowledge: KnowledgeBase) -> Options:
    return [
        (str(article.id), f"《{law.short_title}》{name}")
        for law in knowledge.laws.values()
        for name, article in law.articles.items()
    ]


def review_days(today: date) -> str:
    """The two lines of front matter or of a file that was read today."""
    return f"reviewed_on: {today}\nreview_by: {today + REVIEWED_FOR}\n"


def page_of(forms: Sequence[Form]) -> Page:
    """All forms as one page of the desk."""
    return Page(
        id="forms",
        path="/forms",
        menu="",
        routes=[route for form in forms for route in routes_of(form)],
    )
