"""The page on which a text is written, beside its reply; what is typed is kept as a draft."""

import secrets
from pathlib import PurePosixPath
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.desk.difference import difference
from bot.desk.drafts import Draft, Drafts
from bot.desk.entries import KINDS, entries_in, kind_of
from bot.desk.page import Page, render, session_of
from bot.desk.preview import Shown, choices, layers_of, preview
from bot.desk.shelves import content_mark
from bot.desk.trial import Trial, typed
from bot.desk.workplace import Place, Workplace, place_of, workplace_of
from bot.knowledge.base import Answer, KnowledgeBase

FORMS = {"figures": "figure"}
"""Folders whose files have a form of their own."""
NEW = ""
"""The mark of a file that is not there yet."""


async def show(request: Request) -> Response:
    """A file with its text, or with a draft of it."""
    workplace, place = workplace_of(request), place_of(request)
    file = request.path_params["file"]
    shelf = workplace.shelf(place)
    if file not in shelf.texts:
        return render(request, "not_found.html", status=404)
    if (text := shelf.text(file)) is None:
        return render(request, "unreadable.html", status=200, file=file, place=place)
    drafts = [each for each in drafts_of(workplace).of(place.slug, file) if each.text != text]
    chosen = next((e for e in drafts if e.tab == request.query_params.get("draft")), None)
    shown = chosen.text if chosen else text
    base = chosen.base if chosen else text
    trial = typed(workplace, place, {file: shown})
    return render(
        request,
        "edit.html",
        file=file,
        kind=KINDS[kind_of(file)],
        title=entries_in(file, shown)[0].title,
        text=shown,
        base=content_mark(base),
        tab=chosen.tab if chosen else secrets.token_hex(12),
        drafts=[(each, difference(text, each.text)) for each in drafts if each is not chosen],
        chosen=chosen,
        place=place,
        choices=choices(trial.knowledge),
        is_saved="saved" in request.query_params,
        origin=request.query_params.get("from", ""),
        word_file=file.split("/")[1] if kind_of(file) == "letter" else "",
        form=FORMS.get(PurePosixPath(file).parts[0]),
        name=PurePosixPath(file).stem,
        **beside(workplace, trial, file, shown, Shown(known={})),
    )


async def look(request: Request) -> Response:
    """What is beside the text while it is typed; the text is kept."""
    workplace, form = workplace_of(request), await request.form()
    place = workplace.place(word(form, "in"))
    file, text = word(form, "file"), text_of(form)
    if file not in workplace.shelf(place).texts:
        return render(request, "not_found.html", status=404)
    keep(workplace, place, file, form, session_of(request).person)
    known = {kind: word(form, kind) or None for kind in ("product", "role", "stage")}
    line = word(form, "line")
    shown = Shown(
        layer=word(form, "layer"),
        known=known,
        line=int(line) if line.isdecimal() else 1,
    )
    trial = typed(workplace, place, {file: text})
    return render(request, "beside.html", file=file, **beside(workplace, trial, file, text, shown))


async def drop(request: Request) -> Response:
    """Forget a draft that is not wanted."""
    workplace, form = workplace_of(request), await request.form()
    place, file = workplace.place(word(form, "in")), word(form, "file")
    if file in workplace.shelf(place).texts:
        drafts_of(workplace).drop(place.slug, file, word(form, "tab"))
        return RedirectResponse(f"/edit/{file}{place.query}", status_code=303)
    return render(request, "not_found.html", status=404)


def beside(
    workplace: Workplace, trial: Trial, file: str, text: str, shown: Shown
) -> dict[str, Any]:
    """The faults, the look in the chat and the layers, for the template."""
    answer = _answer(trial.knowledge, file)
    return {
        "faults": [fault for fault in trial.faults if fault.file == file],
        "elsewhere": [fault for fault in trial.faults if fault.file != file],
        "preview": preview(trial.knowledge, file, text, shown, workplace.today),
        "layers": layers_of(trial.knowledge, answer) if answer else [],
        "layer": shown.layer,
        "is_talk": file in ("talk.yml", "utterances.yml", "crisis.yml"),
        "is_answer": file.startswith("topics/"),
    }


def keep(
    workplace: Workplace, place: Place, file: str, form: FormData, person: str | None
) -> None:
    """Keep what was typed, unless it is what stands in the file; ValueError for no tab."""
    drafts, tab, text = drafts_of(workplace), word(form, "tab"), text_of(form)
    now = workplace.shelf(place).text(file) or ""
    if text == now:
        drafts.drop(place.slug, file, tab)
        return
    before = drafts.one(place.slug, file, tab)
    base = before.base if before else (now if content_mark(now) == word(form, "base") else "")
    drafts.keep(
        Draft(
            file=file,
            slug=place.slug,
            tab=tab,
            person=person or "",
            base=base,
            text=text,
            kept_at=workplace.desk.clock().isoformat(),
        )
    )


def drafts_of(workplace: Workplace) -> Drafts:
    """The drafts of a desk."""
    return Drafts(workplace.desk.data / "drafts")


def word(form: FormData, name: str) -> str:
    """A field of a form as one piece of text."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def text_of(form: FormData) -> str:
    """The text of the editor with LF at its line ends, and one at its end."""
    text = word(form, "text").replace("\r\n", "\n").replace("\r", "\n")
    return f"{text}\n" if text and not text.endswith("\n") else text


def _answer(knowledge: KnowledgeBase, file: str) -> Answer | None:
    folder, _, name = file.partition("/")
    return knowledge.answers.get(name.removesuffix(".md")) if folder == "topics" else None


PAGE = Page(
    id="edit",
    path="/edit",
    menu="",
    routes=[
        Route("/edit/{file:path}", show),
        Route("/look", look, methods=["POST"]),
        Route("/drop", drop, methods=["POST"]),
    ],
)
