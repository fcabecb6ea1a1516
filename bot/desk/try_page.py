"""The page Try: what a message or a conversation would be answered, why, before and after."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk.learn import learning_of
from bot.desk.learning import titles_of
from bot.desk.listening import Ears
from bot.desk.page import Desk, Page, desk_of, opened, render
from bot.desk.trying import Tried, try_messages
from bot.desk.words import ASPECTS, FACTS
from bot.desk.workplace import Place, Workplace, place_of, workplace_of
from bot.errors import RasaUnavailableError, ZhiquanError
from bot.knowledge.kept_book import fingerprint, open_kept_book
from bot.knowledge.library import Book
from bot.knowledge.version import version_of

ID = "try"
_LINES, _LONGEST = 12, 2000
_NO_MODEL = "还没有训练过的模型，只能看字面认得的。请开发者运行一次 make train。"


@dataclass(slots=True)
class Bench:
    """The Book that is live, opened when first needed and after each change, and the ears."""

    desk: Desk
    ears: Ears
    _book: Book | None = None
    _mark: bytes = b""
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def book(self, workplace: Workplace, place: Place) -> Book:
        """The words of a place with the tools of what is live."""
        async with self._lock:
            folder, kept = self.desk.knowledge, self.desk.settings.kept_book
            mark = await asyncio.to_thread(fingerprint, folder)
            if self._book is None or mark != self._mark:
                self._book = await asyncio.to_thread(open_kept_book, folder, kept)
                self._mark = mark
        return replace(self._book, knowledge=workplace.knowledge(place))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one model and its words make of the conversation; "" as `fault` where it could."""

    title: str
    tried: tuple[Tried, ...] = ()
    fault: str = ""
    is_waiting: bool = False


@contextlib.asynccontextmanager
async def open_bench(desk: Desk) -> AsyncIterator[Bench]:
    """With ears that end with the desk."""
    async with Ears(desk.data).open() as ears:
        yield Bench(desk, ears)


async def show(request: Request) -> Response:
    """An empty conversation."""
    place = place_of(request)
    return render(request, "try.html", place=place, said="", columns=())


async def tried(request: Request) -> Response:
    """What is answered; asked again by itself while a model is being loaded."""
    form = await request.form()
    said = str(form.get("said", ""))[:_LONGEST]
    texts = [line.strip() for line in said.splitlines() if line.strip()][:_LINES]
    workplace, place = workplace_of(request), place_of(request)
    columns = [await _column(request, "现在", workplace.place(""), None, texts)]
    if place.proposal is not None:
        trial = learning_of(request).trainer.trial_of(place.slug)
        model = trial if trial.is_file() else None
        title = "改了以后（问法也试着学过）" if model else "改了以后（问法还没有试着学）"
        columns.append(await _column(request, title, place, model, texts))
    return render(
        request,
        "tried.html" if "HX-Request" in request.headers else "try.html",
        place=place,
        said=said,
        columns=columns,
        titles=titles_of(workplace.knowledge(place)),
        facts=FACTS,
        aspects=ASPECTS,
        waits=any(each.is_waiting for each in columns),
    )


async def _column(
    request: Request, title: str, place: Place, model: Path | None, texts: list[str]
) -> Column:
    bench: Bench = opened(request, ID)
    model = model or learning_of(request).trainer.served_model()
    if not texts:
        return Column(title=title, fault="先写一句话。")
    if model is None:
        return Column(title=title, fault=_NO_MODEL)
    try:
        ear = await bench.ears.of(model)
        if ear is None:
            return Column(title=title, is_waiting=True)
        now: datetime = desk_of(request).clock()
        book = await bench.book(workplace_of(request), place)
        found = await try_messages(book, version_of(place.folder), ear, texts, now)
    except RasaUnavailableError:
        return Column(title=title, fault="理解文字的部分没有应答，请再试一次。")
    except ZhiquanError as error:
        return Column(title=title, fault=f"知识库里有错，改好了再试：{error}")
    except OSError:
        return Column(title=title, fault="这里没有装理解文字的环境（.venv-rasa），请开发者装好。")
    return Column(title=title, tried=tuple(found))


PAGE = Page(
    id=ID,
    path="/try",
    menu="试一试",
    opens=open_bench,
    routes=[Route("/try", show, methods=["GET"]), Route("/try", tried, methods=["POST"])],
)
