"""The proxy before several bots: each update goes to one of them, to another where one is away."""

from collections import Counter
from collections.abc import Sequence
from random import Random

from tornado.httpclient import AsyncHTTPClient, HTTPError
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

_PATIENCE = 20.0
_HEADERS = ("Content-Type", "X-Telegram-Bot-Api-Secret-Token")


class Proxy:
    """Listens while it is open. `passed` counts what each port took."""

    def __init__(self, ports: Sequence[int], chance: Random) -> None:
        self._ports, self._chance = ports, chance
        self._socket, self.port = bind_unused_port()
        self._server = HTTPServer(Application([(r"/.*", _Page, {"proxy": self})]))
        self.passed = Counter[int]()

    async def __aenter__(self) -> "Proxy":
        self._server.add_socket(self._socket)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.stop()
        await self._server.close_all_connections()

    async def post(self, path: str, headers: dict[str, str], body: bytes) -> int:
        """Hand it to one bot, or to the next; the status of who took it, or 502."""
        for port in self._chance.sample(self._ports, len(self._ports)):
            client = AsyncHTTPClient(force_instance=True)
            try:
                answer = await client.fetch(
                    f"http://127.0.0.1:{port}{path}",
                    method="POST",
                    headers=headers,
                    body=body,
                    raise_error=False,
                    connect_timeout=1,
                    request_timeout=_PATIENCE,
                )
            except (OSError, HTTPError):
                continue
            finally:
                client.close()
            if answer.code == 200:
                self.passed[self._ports.index(port)] += 1
                return 200
        return 502


class _Page(RequestHandler):
    def initialize(self, proxy: Proxy) -> None:
        self._proxy = proxy

    async def post(self) -> None:
        given = self.request.headers
        headers = {name: given[name] for name in _HEADERS if name in given}
        path = self.request.path
        self.set_status(await self._proxy.post(path, headers, self.request.body))
