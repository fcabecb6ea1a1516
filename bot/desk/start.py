"""The first page: what there is to do."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk.page import Page, render


async def show(request: Request) -> Response:
    """The start page."""
    return render(request, "start.html")


PAGE = Page(id="start", path="/", menu="开始", routes=[Route("/", show)])
