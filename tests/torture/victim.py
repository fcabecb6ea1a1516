"""The bot that is tortured: born ready, killed at once, and read by its log."""

import asyncio
import json
import os
import re
import resource
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter, deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from time import monotonic

from tornado.testing import bind_unused_port

from bot.settings import ROOT
from tests.bot_api_server import BotApiServer
from tests.knowledge.folder import lend_book
from tests.rasa_stand_in import TOKEN as RASA_TOKEN
from tests.rasa_stand_in import RasaStandIn
from tests.torture import clock

_LIMIT = resource.RLIMIT_FSIZE
_KEPT = ("PATH", "HOME", "PYTHONPATH")
SECRET = "s" * 32


class Victim:
    """One bot at a time over one data folder, by polling or by webhook.

    `also` are settings that it has besides, or instead of ours.
    """

    def __init__(
        self,
        server: BotApiServer,
        data: Path,
        rasa: RasaStandIn,
        also: Mapping[str, str] | None = None,
    ) -> None:
        self._server, self._rasa, self._also = server, rasa, dict(also or {})
        self.data = data
        self._clock = data / "clock"
        self._nursery: Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self.pid = 0
        self.deaths: list[float] = []
        self.log: deque[str] = deque(maxlen=400)
        self.events: Counter[str] = Counter()

    @asynccontextmanager
    async def nursery(self) -> AsyncIterator[None]:
        """Open as long as bots are to be started; kills the last."""
        lend_book(self.data)
        self.set_clock(0)
        self._nursery = nursery = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.torture.born_ready", cwd=ROOT,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            stdin=PIPE, stdout=PIPE, stderr=PIPE,
        )  # fmt: skip
        self._reading = asyncio.create_task(self._read_log(nursery))
        try:
            await self._line()
            yield
        finally:
            await self.kill()
            nursery.terminate()
            await nursery.wait()
            await self._reading

    async def start(self, *, by_webhook: bool = False) -> None:
        """Start a bot; it is not ready yet."""
        settings = {
            "TELEGRAM_BOT_TOKEN": self._server.token,
            "TELEGRAM_API_URL": self._server.url,
            "ZHIQUAN_DATA": str(self.data),
            "RASA_URL": self._rasa.url,
            "RASA_TOKEN": RASA_TOKEN,
            "PYTHONUTF8": "1",
            clock.NAME: str(self._clock),
            **(webhook_on(free_port()) if by_webhook else {}),
            **self._also,
        }
        assert self._nursery is not None
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(f"{json.dumps(settings)}\n".encode())
        self.pid = int(await self._line())

    async def kill(self, sign: signal.Signals = signal.SIGKILL) -> None:
        """End it: at once, as a power cut would, or as an operator does; wait for its end."""
        if not self.pid:
            return
        with suppress(ProcessLookupError):
            os.kill(self.pid, sign)
        while self.is_alive:  # noqa: ASYNC110 it is no child of ours
            await asyncio.sleep(0.01)
        self.deaths.append(monotonic())
        self.pid = 0

    async def keep_alive(self) -> None:
        """Start it again whenever it has ended by itself, as a service manager does."""
        while True:
            if not self.is_alive:
                await self.start()
            await asyncio.sleep(1)

    @property
    def is_alive(self) -> bool:
        """Whether the process is still there."""
        return Path(f"/proc/{self.pid}").exists()

    def set_clock(self, hours: float) -> None:
        """Have its clock, and that of those which come after it, be wrong by so much."""
        clock.set_wrong(self._clock, hours)

    def limit_files(self, size: int | None) -> None:
        """Refuse writes beyond so many bytes of any file, as a full disk would; None for none."""
        # Loosening needs the hard limit: only the soft one is set.
        soft = resource.RLIM_INFINITY if size is None else size
        with suppress(ProcessLookupError):
            resource.prlimit(self.pid, _LIMIT, (soft, resource.RLIM_INFINITY))

    def megabytes(self) -> float:
        """Resident memory."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0

    @property
    def database(self) -> Path:
        """Its file."""
        return self.data / "zhiquan.db"

    def set_aside(self) -> list[str]:
        """Why updates were set aside."""
        with closing(sqlite3.connect(self.database)) as connection:
            wanted = "SELECT set_aside_because FROM 'update' WHERE set_aside_because IS NOT NULL"
            return [because for (because,) in connection.execute(wanted)]

    async def _line(self) -> str:
        assert self._nursery is not None
        assert self._nursery.stdout is not None
        line = (await self._nursery.stdout.readline()).decode().strip()
        if not line:
            raise AssertionError("\n".join(self.log))
        return line

    async def _read_log(self, nursery: Process) -> None:
        assert nursery.stderr is not None
        async for line in nursery.stderr:
            words = line.decode(errors="replace").rstrip()
            try:
                told = json.loads(words)
            except ValueError:
                self.log.append(words)
                continue
            self.events[told.get("event", "of a library")] += 1
            if told.get("level") != "info":
                self.log.append(words)


def webhook_on(port: int, public_port: int | None = None) -> dict[str, str]:
    """Settings of a bot that listens on a port, where Telegram posts to this or to another."""
    return {
        "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{public_port or port}/hook",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "TELEGRAM_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
    }


def free_port() -> int:
    """A port on which nobody listens at this moment."""
    socket, port = bind_unused_port()
    socket.close()
    return port
