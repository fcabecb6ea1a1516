"""The door of the server: HTTP with a token, one text after another, from the standard library.

A server that is made for the internet takes half a second longer to import; who knows no token
is refused, and the bot is the only one who asks.
"""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from select import select
from socketserver import TCPServer, ThreadingMixIn
from threading import Condition
from typing import TYPE_CHECKING, Any, Optional
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from rasa_project.understanding import Understanding

_LARGEST = 1 << 20
"""Bytes of a question: a message has a hundredth of it."""

_IDLE = 75
"""Seconds after which a line is closed on which nobody asks."""

_LONGEST_END = 5.0
"""Seconds that the questions in hand have when the server is to end."""


class Listening(ThreadingMixIn, TCPServer):
    """A thread for each line; texts are understood one by one, in the order in which they come."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self, address: tuple[str, int], understanding: Understanding, model: str, token: str
    ) -> None:
        host, port = address
        self.address_family = socket.getaddrinfo(host, port)[0][0]
        self.understanding, self.model, self.token = understanding, model, token
        self.one_by_one = ThreadPoolExecutor(max_workers=1)
        self._changed = Condition()
        self._in_hand = 0
        super().__init__(address, _Door)

    @contextmanager
    def in_hand(self) -> Iterator[None]:
        """A question, until its answer was sent."""
        self._count(+1)
        try:
            yield
        finally:
            self._count(-1)

    def answer_the_rest(self) -> None:
        """Wait, when no more come, until every question in hand was answered."""
        with self._changed:
            self._changed.wait_for(lambda: not self._in_hand, _LONGEST_END)

    def _count(self, more: int) -> None:
        with self._changed:
            self._in_hand += more
            self._changed.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of faults, not of who hung up."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Door(BaseHTTPRequestHandler):
    server: Listening
    protocol_version = "HTTP/1.1"
    timeout = _IDLE
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Which model is served."""
        if not self._is_refused("/status"):
            model_id = self.server.understanding.model_id
            self._say({"model_file": self.server.model, "model_id": model_id})

    def do_POST(self) -> None:
        """What a text means."""
        with self.server.in_hand():
            self._answer()

    def _answer(self) -> None:
        body = self._body()
        if self._is_refused("/model/parse"):
            return
        text = body.get("text") if isinstance(body, dict) else None
        if not isinstance(text, str):
            self._fail(HTTPStatus.BAD_REQUEST, "ParsingError")
            return
        meant = self.server.one_by_one.submit(self._understood, text).result()
        if meant is None:
            self.close_connection = True
        else:
            self._say(meant)
            self.wfile.flush()

    def _understood(self, text: str) -> Optional[dict[str, Any]]:
        """None when nobody waits for it any more."""
        return None if self._is_gone() else self.server.understanding.parse(text)

    def _is_gone(self) -> bool:
        try:
            # Who still waits sends nothing meanwhile; who is gone can be read to the end.
            is_said, *_ = select([self.connection], [], [], 0)
            return bool(is_said) and not self.connection.recv(1, socket.MSG_PEEK)
        except (OSError, ValueError):
            return True

    def _is_refused(self, path: str) -> bool:
        """Every way wants the token, as Rasa's own server does."""
        asked = urlsplit(self.path)
        (given, *_) = parse_qs(asked.query).get("token", [""])
        if not compare_digest(given.encode(errors="replace"), self.server.token.encode()):
            self._fail(HTTPStatus.UNAUTHORIZED, "NotAuthenticated")
            return True
        if asked.path != path:
            self._fail(HTTPStatus.NOT_FOUND, "NotFound")
            return True
        return False

    def _body(self) -> Any:
        """What was sent along; None where it is no JSON, or too long to be read."""
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit() and int(length) <= _LARGEST):
            self.close_connection = True
            return None
        try:
            return json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            return None

    def _fail(self, status: HTTPStatus, reason: str) -> None:
        self._say({"status": "failure", "reason": reason}, status)

    def _say(self, told: Any, status: HTTPStatus = HTTPStatus.OK) -> None:
        body = json.dumps(told, separators=(",", ":")).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: a log of questions would tell who asks when."""
