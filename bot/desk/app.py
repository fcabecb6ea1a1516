"""Joins the pages of the desk behind their guard."""

import contextlib
from collections.abc import AsyncIterator, Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from bot.desk.git import DeskError
from bot.desk.guard import Addresses, Guard
from bot.desk.page import STATIC, Desk, Page, render, templates
from bot.desk.pages import PAGES


def desk_app(desk: Desk, addresses: Addresses, pages: Sequence[Page] = PAGES) -> Starlette:
    """The desk as an ASGI application."""

    @contextlib.asynccontextmanager
    async def opening(app: Starlette) -> AsyncIterator[None]:
        async with contextlib.AsyncExitStack() as stack:
            for page in pages:
                if page.opens is not None:
                    app.state.opened[page.id] = await stack.enter_async_context(page.opens(desk))
            yield

    app = Starlette(
        routes=[
            Mount("/static", StaticFiles(directory=STATIC)),
            *(route for page in pages for route in page.routes),
        ],
        middleware=[Middleware(Guard, sessions=desk.sessions, addresses=addresses)],
        exception_handlers={404: _not_found, DeskError: _refused, ValueError: _nonsense},
        lifespan=opening,
    )
    app.state.desk = desk
    app.state.menu = [page for page in pages if page.menu]
    app.state.templates = templates()
    app.state.opened = {}
    return app


async def _refused(request: Request, error: Exception) -> Response:
    """What the person can mend: said where the answer would have stood."""
    return render(request, "refused.html", status=409, why=str(error))


async def _nonsense(request: Request, _: Exception) -> Response:
    """A form that is none of ours."""
    return render(request, "refused.html", status=400, why="看不懂这个请求。请刷新页面再试。")


async def _not_found(request: Request, _: Exception) -> Response:
    return render(request, "not_found.html", status=404)
