"""Stands in for the Rasa server over loopback: what it means by a message is told beforehand."""

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from socket import socket
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

from bot.channels.telegram.settings import TelegramSettings
from bot.settings import Settings
from tests.knowledge.folder import lend_book

TOKEN = "token of the stand-in"

Parsed = Mapping[str, object]


class RasaStandIn:
    """`meant` holds what it makes of a text; anything else is not understood.

    `harmless` holds the texts that surely mean no harm.

    `nonsense` makes it answer with that instead, `seconds` makes it think so long.
    """

    def __init__(self) -> None:
        logging.getLogger("tornado.access").setLevel(logging.CRITICAL)
        listening, self.port = bind_unused_port()
        self._listen([listening])

    def _listen(self, sockets: Sequence[socket]) -> None:
        self.meant: dict[str, Parsed] = {}
        self.harmless: set[str] = set()
        self.seen: dict[str, str] = {}
        self.heard: list[Mapping[str, Any]] = []
        self.nonsense: bytes | None = None
        self.status = 200
        self.seconds = 0.0
        self._server = HTTPServer(Application([(r"/(.*)", _Door, {"stand_in": self})]))
        self._server.add_sockets(sockets)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def settings(self, folder: Path, telegram: TelegramSettings | None = None) -> Settings:
        """Settings of a program that talks to it and keeps everything in a folder."""
        lend_book(folder)
        return Settings(
            telegram=telegram,
            data=folder,
            key=folder / "secret",
            database_url=f"sqlite+aiosqlite:///{folder / 'zhiquan.db'}",
            rasa_url=self.url,
            rasa_token=TOKEN,
            log_level="DEBUG",
        )

    def means(self, text: str, topic: str, confidence: float = 0.95, **more: object) -> None:
        """From now on a text means a topic; `more` is what else is parsed from it."""
        best = {"name": topic, "confidence": confidence}
        self.meant[text] = {"intent": best, "intent_ranking": [best], "matters": [topic], **more}

    def sees(self, part: str, kind: str) -> None:
        """From now on a text that holds these words is a paper of a kind."""
        self.seen[part] = kind

    async def die(self) -> None:
        """Answer nobody any more."""
        self._server.stop()
        await self._server.close_all_connections()

    def live_again(self) -> None:
        """Listen once more, having forgotten everything."""
        self._server.stop()
        self._listen(bind_sockets(self.port, "127.0.0.1"))

    def answer(self, path: str, body: Mapping[str, Any]) -> bytes:
        """What it says to a request."""
        self.heard.append({"path": path, **body})
        if self.nonsense is not None:
            return self.nonsense
        text = str(body.get("text"))
        nothing = {
            "intent": {"name": "nlu_fallback"},
            "intent_ranking": [{"name": "call_hours", "confidence": 0.2}],
        }
        kind = next((kind for part, kind in self.seen.items() if part in text), None)
        paper = {"paper": {"kind": kind, "confidence": 0.95, "is_paper": 0.98}} if kind else {}
        parsed = self.meant.get(text, {**nothing, **paper})
        told = {"model_file": "a", "is_harmless": text in self.harmless, **parsed}
        return json.dumps(told).encode()


class _Door(RequestHandler):
    def initialize(self, stand_in: RasaStandIn) -> None:
        self._stand_in = stand_in

    def get(self, path: str) -> None:
        self._answer(path, {})

    async def post(self, path: str) -> None:
        await asyncio.sleep(self._stand_in.seconds)
        self._answer(path, json.loads(self.request.body))

    def _answer(self, path: str, body: Mapping[str, Any]) -> None:
        assert self.get_query_argument("token") == TOKEN
        self.set_status(self._stand_in.status)
        self.finish(self._stand_in.answer(path, body))
