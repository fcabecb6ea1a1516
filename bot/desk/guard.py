"""Stands before every page of the desk: who may ask, from which page, and what goes out.

Without the token's cookie, under a foreign host name, or from a foreign page: 403, whatever is
asked for. No page behind it needs to think of this again.
"""

from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import HTTPConnection, cookie_parser
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.desk.sessions import Session, Sessions

BODY_AT_MOST = 2 * 1024 * 1024
_FORM = "application/x-www-form-urlencoded"
_SAFE, _UNSAFE = ("GET", "HEAD"), ("POST",)
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
_NO_ENTRY = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
<title>进不去</title></head><body><h1>进不去</h1><p>{why}</p></body></html>"""
_CLOSED = (
    "请从终端里打印的那一行地址打开编辑台（zhiquan desk 或 make desk），里面带着这一次的钥匙。"
)
_WRONG_HOST = "请用终端里打印的那个地址打开编辑台，不要用别的名字。"
_FOREIGN = "这个请求不是从编辑台的页面发出的，没有执行。请回到编辑台，刷新页面，再试一次。"
_TOO_LONG = "内容太长，一次最多 2 MB。"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The names under which the desk is reached, as in Host and Origin."""

    hosts: frozenset[str]
    origins: frozenset[str]

    @classmethod
    def on(cls, port: int, behind: str | None = None) -> "Addresses":
        """Loopback, and the address of the proxy that the desk stands behind, if any."""
        hosts = [f"127.0.0.1:{port}", f"localhost:{port}"]
        origins = [f"http://{host}" for host in hosts]
        if behind is not None:
            hosts.append(behind.partition("://")[2])
            origins.append(behind)
        return cls(frozenset(hosts), frozenset(origins))


class Guard:
    """ASGI middleware; puts the Session into `request.state.session`."""

    def __init__(self, app: ASGIApp, sessions: Sessions, addresses: Addresses) -> None:
        self._app = app
        self._sessions = sessions
        self._addresses = addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # The desk speaks nothing else: the connection is closed.
        send = _with_headers(send)
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self._addresses.hosts:
            await _refused(_WRONG_HOST)(scope, receive, send)
        elif (entry := self._entry(scope)) is not None:
            await entry(scope, receive, send)
        elif (session := self._sessions.of(cookie_parser(headers.get("cookie", "")))) is None:
            await _refused(_CLOSED)(scope, receive, send)
        elif not self._is_from_us(scope["method"], headers):
            await _refused(_FOREIGN)(scope, receive, send)
        elif scope["method"] in _UNSAFE:
            await self._pass_form(session, scope, receive, send)
        else:
            await self._pass(session, scope, receive, send)

    def _entry(self, scope: Scope) -> Response | None:
        """The way in with the printed token, which goes out of the address at once."""
        told = QueryParams(scope["query_string"]).get("token")
        if scope["method"] != "GET" or scope["path"] != "/" or told is None:
            return None
        if not self._sessions.is_token(told):
            return _refused(_CLOSED)
        response = RedirectResponse("/", status_code=303)
        if self._sessions.of(HTTPConnection(scope).cookies) is None:
            self._sessions.begin(response)
        return response

    def _is_from_us(self, method: str, headers: Headers) -> bool:
        """Whether a page of ours, or the person in the address line, asks for it.

        Other ports of this machine are the same *site*: their requests bring our cookies along.
        """
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if method in _SAFE:
            is_visit = headers.get("sec-fetch-mode") == "navigate"
            return site in (None, "none", "same-origin") or is_visit
        if site not in (None, "same-origin"):
            return False
        return origin in self._addresses.origins if origin is not None else site is not None

    async def _pass_form(
        self, session: Session, scope: Scope, receive: Receive, send: Send
    ) -> None:
        headers = Headers(scope=scope)
        body = await _read_body(receive)
        if body is None:
            await HTMLResponse(_NO_ENTRY.format(why=_TOO_LONG), 413)(scope, receive, send)
            return
        told = headers.get("x-csrf-token", "")
        if not told and headers.get("content-type", "").partition(";")[0].strip() == _FORM:
            told = parse_qs(body.decode("latin-1")).get("csrf", [""])[0]
        if not self._sessions.is_csrf(session, told):
            await _refused(_FOREIGN)(scope, receive, send)
            return
        await self._pass(session, scope, _replayed(body, receive), send)

    async def _pass(self, session: Session, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in (*_SAFE, *_UNSAFE):
            await Response(status_code=405)(scope, receive, send)
            return
        scope.setdefault("state", {})
        scope["state"]["session"] = session
        scope["state"]["csrf"] = self._sessions.csrf(session)
        await self._app(scope, receive, send)


def _refused(why: str) -> Response:
    return HTMLResponse(_NO_ENTRY.format(why=why), status_code=403)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


async def _read_body(receive: Receive) -> bytes | None:
    """The whole body; None when it is too long."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > BODY_AT_MOST:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body once more, then whatever comes after it."""
    is_given = False

    async def receiving() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving
