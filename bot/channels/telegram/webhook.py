"""The webhook: proves the sender by the secret, stores the update, and only then answers 200."""

import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from socket import AF_INET, AF_INET6, create_server
from urllib.parse import urlsplit

import structlog
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.channels.telegram.settings import TelegramSettings
from bot.channels.telegram.words import Receive
from bot.errors import ChannelError, StorageError

BODY_AT_MOST = 1_048_576
"""Bytes; an update of Telegram has a few thousand."""

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 the name of a header

_log = structlog.stdlib.get_logger(__name__)


class WebhookHandler(RequestHandler):
    """Takes one update."""

    def initialize(self, receive: Receive, secret: str) -> None:
        """Take what the server was built with."""
        self._receive = receive
        self._secret = secret

    async def post(self) -> None:
        """Answer 200 when the update is stored; anything else makes Telegram send it again."""
        given = self.request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            _log.warning("webhook_refused")
            self.set_status(403)
            return
        try:
            update = json.loads(self.request.body)
        except ValueError:
            update = None
        if not isinstance(update, dict):
            _log.warning("webhook_got_nonsense")
            self.set_status(400)
            return
        try:
            await self._receive([update])
        except StorageError:
            _log.error("update_not_stored", update=update.get("update_id"))
            self.set_status(503)


@asynccontextmanager
async def webhook_server(settings: TelegramSettings, receive: Receive) -> AsyncIterator[None]:
    """Listens while it is open; ChannelError when the port is taken."""
    path = urlsplit(settings.webhook_url or "").path or "/"
    parts = {"receive": receive, "secret": settings.webhook_secret or ""}
    try:
        family = AF_INET6 if ":" in settings.webhook_host else AF_INET
        # tornado's own `listen` leaves its socket open when the port is taken.
        socket = create_server((settings.webhook_host, settings.webhook_port), family=family)
    except OSError as error:
        raise ChannelError(
            f"The webhook cannot listen on {settings.webhook_host}:{settings.webhook_port} "
            f"({error.strerror}): choose another TELEGRAM_WEBHOOK_LISTEN."
        ) from error
    socket.setblocking(False)
    server = HTTPServer(
        Application([(_exactly(path), WebhookHandler, parts)]),
        max_body_size=BODY_AT_MOST,
        max_buffer_size=BODY_AT_MOST,
    )
    server.add_socket(socket)
    try:
        yield
    finally:
        server.stop()
        await server.close_all_connections()


def _exactly(path: str) -> str:
    escaped = "".join(f"\\{each}" if not each.isalnum() else each for each in path)
    return f"{escaped}/?"
