"""`zhiquan desk`: serves the desk on this machine and prints how to get in."""

import secrets
import socket
from urllib.parse import urlsplit

import uvicorn

from bot.bootstrap import keep_private, read_or_make_key
from bot.concepts.clock import now
from bot.desk.app import desk_app
from bot.desk.git import DeskError
from bot.desk.guard import Addresses
from bot.desk.page import Desk
from bot.desk.sessions import Sessions
from bot.errors import SettingsError
from bot.settings import Settings

_HOST = "127.0.0.1"


async def serve_desk(settings: Settings, port: int, behind: str | None) -> None:
    """Serve until stopped; `behind` is the address of a proxy with a login, if there is one."""
    proxy = None if behind is None else _origin(behind)
    keep_private(settings.data)
    key = read_or_make_key(settings.data / "desk" / "key")
    token = secrets.token_urlsafe(32)
    desk = Desk(
        settings=settings,
        knowledge=settings.knowledge,
        data=settings.data / "desk",
        clock=now,
        sessions=Sessions(key, token, port),
    )
    app = desk_app(desk, Addresses.on(port, proxy))
    config = uvicorn.Config(
        app, host=_HOST, port=port, log_level="warning", access_log=False, server_header=False
    )
    address = f"{proxy or f'http://{_HOST}:{port}'}/?token={token}"
    await _Server(config, address).serve(sockets=[_bound(port)])


class _Server(uvicorn.Server):
    """Tells how to get in once it is ready: the first look at all texts takes a while."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(f"编辑台：{self._address}", flush=True)
            print("在这台机器的浏览器里打开上面这一行。", flush=True)
            print("地址里有钥匙，不要转发。按 Ctrl+C 结束。", flush=True)


def _bound(port: int) -> socket.socket:
    """A socket on loopback; DeskError when somebody else has the port."""
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((_HOST, port))
    except OSError as error:
        bound.close()
        raise DeskError(
            f"端口 {port} 已经有程序在用：也许编辑台已经开着。"
            f"回到那个窗口，或者换一个：zhiquan desk --port {port + 1}"
        ) from error
    return bound


def _origin(address: str) -> str:
    """The scheme and host of the proxy's address; SettingsError when it is none."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError("--behind must be the proxy's address, like https://desk.example.org.")
    return f"{parts.scheme}://{parts.netloc}"
