"""The whole program as a process of its own, as an operator starts it."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Callable
from pathlib import Path

from bot.settings import ROOT
from tests.bot_api_server import BotApiServer
from tests.knowledge.folder import lend_book
from tests.rasa_stand_in import TOKEN as RASA_TOKEN
from tests.rasa_stand_in import RasaStandIn

GUARD = 120.0
"""Seconds after which a wait is a failure; no test waits that long when all is well."""


class RunningBot:
    """Starts `zhiquan run` over a Bot API server on loopback; kills it when told.

    It starts a Rasa server of its own unless a stand-in is given.
    """

    def __init__(
        self, server: BotApiServer, data: Path, token: str, rasa: RasaStandIn | None = None
    ) -> None:
        self._data = data
        self._is_ready = "rasa_ready" if rasa is None else "telegram_polling"
        self._environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            "TELEGRAM_BOT_TOKEN": token,
            "TELEGRAM_API_URL": server.url,
            "ZHIQUAN_DATA": str(data),
            "PYTHONUTF8": "1",
            **({"RASA_URL": rasa.url, "RASA_TOKEN": RASA_TOKEN} if rasa is not None else {}),
        }
        self._process: Process | None = None

    @property
    def log(self) -> str:
        """Everything that the bot and its Rasa server have written."""
        return "".join(
            path.read_text(encoding="utf-8", errors="replace")
            for path in sorted(self._data.glob("*.log"))
        )

    async def start(self) -> None:
        """Start, and return when messages are understood."""
        ready_before = self.log.count(self._is_ready)
        lend_book(self._data)
        with (self._data / "bot.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=ROOT, env=self._environment,
                stdout=log, stderr=log,
            )  # fmt: skip
        await self.wait_until(lambda: self.log.count(self._is_ready) > ready_before)

    async def kill(self) -> None:
        """End at once, as a power cut would."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> int:
        """End as an operator does; the exit code."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        return await self._process.wait()

    async def kill_rasa(self) -> None:
        """Kill the Rasa server behind the bot's back."""
        for process in _children(self._process.pid if self._process else 0):
            os.kill(process, signal.SIGKILL)

    async def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Look until it is so; the guard names what was logged."""
        try:
            async with asyncio.timeout(GUARD):
                while not is_so():  # noqa: ASYNC110 another process writes a file
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise AssertionError(self.log[-3000:]) from None


def _children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(status.parent.name))
    return found
