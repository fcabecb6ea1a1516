"""A desk over a folder of one's own, and browsers to visit it with."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette

from bot.desk.app import desk_app
from bot.desk.guard import Addresses
from bot.desk.page import Desk, Page
from bot.desk.pages import PAGES
from bot.desk.sessions import Sessions
from bot.desk.shelves import Shelves
from bot.desk.workplace import Workplace, _Base
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.faults import Fault
from bot.settings import read_settings
from tests.knowledge.folder import REAL, real_knowledge

PORT = 8765
HOST = f"http://127.0.0.1:{PORT}"
TOKEN = "token-of-the-test"
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
"""Noon in Shanghai on the day of the tests."""


def desk_over(knowledge: Path, data: Path, pages: Sequence[Page] = PAGES) -> Starlette:
    """A desk over these folders."""
    settings = read_settings({"ZHIQUAN_DATA": str(data)}, data / "no.env")
    desk = Desk(
        settings=settings,
        knowledge=knowledge,
        data=data / "desk",
        clock=lambda: NOON,
        sessions=Sessions(b"k" * 32, TOKEN, PORT),
    )
    return desk_app(desk, Addresses.on(PORT), pages)


def working_desk(knowledge: Path, data: Path, faults: Sequence[Fault] = ()) -> Starlette:
    """A desk that is open, whose whole check finds these faults; most texts are read already."""
    app = desk_over(knowledge, data)

    async def whole_check(_: Path, __: date) -> tuple[Fault, ...]:
        return tuple(faults)

    workplace = Workplace(app.state.desk, whole_check)
    workplace._bases[knowledge] = _Base(Shelves().of(REAL).texts, real_knowledge(), ())
    app.state.opened["start"] = workplace
    return app


def knowledge_in(folder: Path) -> tuple[KnowledgeBase, tuple[Fault, ...]]:
    """What a copy of the real folder says, and what cannot be read of what differs."""
    base = _Base(Shelves().of(REAL).texts, real_knowledge(), ()).moved_to(Shelves().of(folder))
    return base.knowledge, base.faults


def stranger(app: Starlette, address: str = HOST) -> AsyncClient:
    """A browser that does not have the token."""
    return AsyncClient(transport=ASGITransport(app=app), base_url=address)


async def visitor(app: Starlette, person: str | None = "方敏") -> AsyncClient:
    """A browser that came in with the token, and whose forms are believed."""
    browser = stranger(app)
    assert (await browser.get("/", params={"token": TOKEN})).status_code == 303
    sessions = app.state.desk.sessions
    if person is not None:
        response = _CookieJar()
        sessions.remember_person(response, person)
        browser.cookies.update(response.cookies)
    session = sessions.of(browser.cookies)
    assert session is not None
    browser.headers.update({"Origin": HOST, "X-CSRF-Token": sessions.csrf(session)})
    return browser


class _CookieJar:
    """Takes cookies in the place of a response."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}

    def set_cookie(self, name: str, value: str, **_: object) -> None:
        self.cookies[name] = value
