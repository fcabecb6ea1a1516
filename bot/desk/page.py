"""What a page of the desk is made of: routes, a menu entry, a template, what it works on."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute

from bot.desk.sessions import Session, Sessions
from bot.settings import Settings

_HERE = Path(__file__).parent
STATIC = _HERE / "static"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the pages work on. `knowledge` is the folder that the running bot reads."""

    settings: Settings
    knowledge: Path
    data: Path
    clock: Callable[[], datetime]
    sessions: Sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One part of the desk: where it stands, its routes, its words in the menu ("" for none).

    `opens` is entered when the desk starts and left when it ends; `opened(request, page_id)`
    gives what it yields.
    """

    id: str
    path: str
    menu: str
    routes: Sequence[BaseRoute]
    opens: Callable[[Desk], AbstractAsyncContextManager[Any]] | None = None


def desk_of(request: Request) -> Desk:
    """The desk that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


def session_of(request: Request) -> Session:
    """Whose request it is; the guard has proved it."""
    session: Session = request.state.session
    return session


def opened(request: Request, page_id: str) -> Any:
    """What the `opens` of a page yielded when the desk was started."""
    return request.app.state.opened[page_id]


def templates() -> Environment:
    """The templates of templates/; whatever is put in is escaped."""
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A template with the menu, the CSRF token and who sits there beside its own values."""
    state = request.app.state
    text = state.templates.get_template(template).render(
        menu=state.menu,
        here=request.url.path,
        csrf=request.state.csrf,
        person=session_of(request).person,
        **values,
    )
    return HTMLResponse(text, status_code=status)
