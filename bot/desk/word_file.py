"""The page of a letter's Word template: its words, to take home, and another in its place.

Word files are written in Word; here they are checked, compared by their words, and proposed.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk.difference import difference
from bot.desk.edit import word
from bot.desk.entries import entries_in
from bot.desk.git import DeskError
from bot.desk.page import Page, desk_of, render, session_of
from bot.desk.save import Aim, saving_choices, write_whole
from bot.desk.trial import saved_document
from bot.desk.workplace import Place, Workplace, place_of, workplace_of
from bot.knowledge.docx_reader import docx_words

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class _Template:
    """A template as it stands in a place."""

    place: Place
    letter: str
    title: str
    document: bytes

    @property
    def file(self) -> str:
        """Its name beneath knowledge/."""
        return f"letters/{self.letter}/template.docx"

    @property
    def mark(self) -> str:
        """What tells it from what it was."""
        return sha256(self.document).hexdigest()


async def show(request: Request) -> Response:
    """Its words, and what to do to change it."""
    template = _template(workplace_of(request), place_of(request), request)
    if template is None:
        return render(request, "not_found.html", status=404)
    return render(
        request,
        "word_file.html",
        file=template,
        place=template.place,
        words=docx_words(template.document),
        is_saved="saved" in request.query_params,
    )


async def take(request: Request) -> Response:
    """The file itself."""
    template = _template(workplace_of(request), place_of(request), request)
    if template is None:
        return render(request, "not_found.html", status=404)
    name = f'attachment; filename="{template.letter}.docx"'
    return Response(template.document, media_type=_WORD, headers={"Content-Disposition": name})


async def send(request: Request) -> Response:
    """What another file would change and what the check says; with `confirm` it is written."""
    workplace, form = workplace_of(request), await request.form()
    goes_to = word(form, "into") if word(form, "confirm") else ""
    place = workplace.place(word(form, "in") or goes_to)
    template = _template(workplace, place, request)
    document = await _uploaded(form)
    if template is None:
        return render(request, "not_found.html", status=404)
    if template.mark != word(form, "base"):
        told = f"在提议“{place.proposal.title}”里" if place.proposal else "刚刚"
        raise DeskError(f"这个模板{told}换过了。请先看看现在的样子，再决定放哪一份。")
    faults = await saved_document(workplace, place, template.file, document)
    if faults or not word(form, "confirm"):
        now = difference(docx_words(template.document), docx_words(document))
        is_same = document == template.document
        return render(
            request,
            "save.html",
            differences={} if is_same else {template.file: now},
            told="" if now or is_same else "文字一个没变，变的是版式。",
            faults=faults,
            **saving_choices(request, place, f"换“{template.title}”的 Word 模板"),
        )
    return _saved(request, template, document, Aim.told(form, template.title))


def _saved(request: Request, template: _Template, document: bytes, aim: Aim) -> Response:
    """Write it into a proposal, and nothing else."""
    workplace, person = workplace_of(request), session_of(request).person or aim.name.strip()
    proposal = template.place.proposal or workplace.proposals.begin(person, aim.title)
    path = proposal.folder / template.file
    with workplace.proposals.locked():
        if path.is_symlink() or path.read_bytes() != template.document:
            raise DeskError("这个模板刚刚换过了。请刷新这一页再试。")
        write_whole(path, document)
    workplace.proposals.note_author(proposal.slug, person)
    address = f"/template/{template.letter}?in={proposal.slug}&saved=1"
    response = Response(headers={"HX-Redirect": address})
    if session_of(request).person is None:
        desk_of(request).sessions.remember_person(response, person)
    return response


def _template(workplace: Workplace, place: Place, request: Request) -> _Template | None:
    """The one that an address names, among those that the desk found in the folder."""
    letter = request.path_params["letter"]
    shelf = workplace.shelf(place)
    if f"letters/{letter}/template.docx" not in shelf.templates:
        return None
    description = f"letters/{letter}/letter.yml"
    title = entries_in(description, shelf.text(description) or "")[0].title
    folder: Path = place.folder / "letters" / letter
    return _Template(place, letter, title, (folder / "template.docx").read_bytes())


async def _uploaded(form: FormData) -> bytes:
    document = form.get("document")
    content = await document.read() if isinstance(document, UploadFile) else b""
    await form.close()
    if not content:
        raise DeskError("请先选好改过的 Word 文件。")
    return content


_ONE = "/template/{letter}"
PAGE = Page(
    id="template",
    path="/template",
    menu="",
    routes=[
        Route(_ONE, show, methods=["GET"]),
        Route(_ONE, send, methods=["POST"]),
        Route(f"{_ONE}/file", take),
    ],
)
