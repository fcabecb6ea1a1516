"""`zhiquan desk`: serves the desk on this machine and prints how to get in."""

import secrets
from urllib.parse import urlsplit

import uvicorn

from bot.bootstrap import keep_private, read_or_make_key
from bot.concepts.clock import now
from bot.desk.app import desk_app
from bot.desk.guard import Addresses
from bot.desk.page import Desk
from bot.desk.sessions import Sessions
from bot.errors import SettingsError
from bot.settings import Settings

_HOST = "127.0.0.1"


async def serve_desk(settings: Settings, port: int, behind: str | None) -> None:
    """Serve until stopped; `behind` is the address of a proxy with a login, if there is one."""
    address = None if behind is None else _origin(behind)
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
    app = desk_app(desk, Addresses.on(port, address))
    config = uvicorn.Config(
        app, host=_HOST, port=port, log_level="warning", access_log=False, server_header=False
    )
    print(f"编辑台：{address or f'http://{_HOST}:{port}'}/?token={token}", flush=True)
    print(
        "在这台机器的浏览器里打开上面这一行。地址里有钥匙，不要转发。按 Ctrl+C 结束。", flush=True
    )
    await uvicorn.Server(config).serve()


def _origin(address: str) -> str:
    """The scheme and host of the proxy's address; SettingsError when it is none."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError("--behind must be the proxy's address, like https://desk.example.org.")
    return f"{parts.scheme}://{parts.netloc}"
