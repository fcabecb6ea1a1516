"""A bot as a process of its own, and what it has used of the machine so far."""

import asyncio
import os
import re
import shutil
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import ROOT
from tests.bot_api_server import BotApiServer

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True, kw_only=True)
class RunningBot:
    """Started by `start`; `server` is its own, so that bots do not meet."""

    name: str
    module: tuple[str, ...]
    server: BotApiServer
    data: Path
    process: Process | None = field(default=None)

    async def start(self) -> None:
        """Start the process; it is not ready yet."""
        kept = {
            name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ
        }
        environment = kept | {
            "TELEGRAM_BOT_TOKEN": self.server.token,
            "TELEGRAM_API_URL": self.server.url,
            "ZHIQUAN_DATA": str(self.data),
            "PYTHONUTF8": "1",
        }
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *self.module,
            cwd=ROOT,
            env=environment,
            stdout=DEVNULL,
            stderr=DEVNULL,
        )

    async def stop(self) -> None:
        """End it as an operator does."""
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
            await self.process.wait()

    @property
    def pid(self) -> int:
        """Of the bot itself."""
        assert self.process is not None
        return self.process.pid

    def cpu_seconds(self) -> tuple[float, float]:
        """Of the bot, and of its children (Rasa)."""
        return cpu_seconds(self.pid), sum(map(cpu_seconds, _children(self.pid)))

    def megabytes(self) -> float:
        """Resident memory of the bot alone."""
        return resident_megabytes(self.pid)


class SyncCounter:
    """Counts fsyncs of a process with strace while it is open; None where there is no strace."""

    def __init__(self, pid: int, log: Path) -> None:
        self._pid, self._log = pid, log
        self._process: Process | None = None

    async def open(self) -> None:
        """Begin to count."""
        if shutil.which("strace") is None:
            return
        self._process = await asyncio.create_subprocess_exec(
            "strace", "-f", "-e", "trace=fsync,fdatasync", "-o", str(self._log), "-p",
            str(self._pid), stdout=DEVNULL, stderr=DEVNULL,
        )  # fmt: skip
        await asyncio.sleep(1)

    async def close(self) -> int | None:
        """How many there were."""
        if self._process is None:
            return None
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGINT)
        await self._process.wait()
        if not self._log.exists():
            return None
        return len(re.findall(r"fsync\(|fdatasync\(", self._log.read_text(encoding="utf-8")))


def resident_megabytes(pid: int) -> float:
    """Of one process."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def cpu_seconds(pid: int) -> float:
    """Of one process, so far; 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    fields = status.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(status.parent.name))
    return found
