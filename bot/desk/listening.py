"""Ears for trying: a server of its own for a model, begun when first needed, ended when idle."""

import asyncio
import contextlib
import os
import secrets
import socket
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.settings import ROOT
from bot.understanding.client import RasaClient
from bot.understanding.supervisor import RasaCommand

IDLE_SECONDS = 300.0
_LOOK_EVERY = 15.0


@dataclass(slots=True)
class _Ear:
    client: RasaClient
    http: httpx.AsyncClient
    process: asyncio.subprocess.Process
    made: int
    used: float


class Ears:
    """At most two at a time: what is served, and what is tried."""

    def __init__(self, data: Path, python: Path = ROOT / ".venv-rasa" / "bin" / "python") -> None:
        self._data = data
        self._python = python
        self._ears: dict[Path, _Ear] = {}

    async def of(self, model: Path) -> RasaClient | None:
        """Who understands by this model; None while it is being loaded. OSError without Rasa."""
        ear = self._ears.get(model)
        made = model.stat().st_mtime_ns  # noqa: ASYNC240 one look at one file
        if ear is not None and (ear.made != made or ear.process.returncode is not None):
            await self._close(model)
            ear = None
        if ear is None:
            for other in [each for each in self._ears if len(self._ears) > 1]:
                await self._close(other)
            ear = self._ears[model] = await self._begin(model, made)
        ear.used = time.monotonic()
        return ear.client if await ear.client.is_ready() else None

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator["Ears"]:
        """While this lasts, idle ears are closed; at its end all are."""
        watching = asyncio.create_task(self._watch())
        try:
            yield self
        finally:
            watching.cancel()
            await asyncio.wait([watching])
            for model in list(self._ears):
                await self._close(model)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            now = time.monotonic()
            for model in [m for m, ear in self._ears.items() if now - ear.used > IDLE_SECONDS]:
                await self._close(model)

    async def _begin(self, model: Path, made: int) -> _Ear:
        command = RasaCommand(
            python=self._python,
            folder=ROOT,
            port=_free_port(),
            token=secrets.token_urlsafe(32),
            log_file=self._data / "trying.log",
        )
        with command.log_file.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *command.arguments(),
                *("--model", str(model)),
                cwd=command.folder,
                env=command.environment(os.environ),
                # The server ends when this pipe closes, however the desk dies.
                stdin=asyncio.subprocess.PIPE,
                stdout=log,
                stderr=log,
            )
        http = httpx.AsyncClient(
            base_url=command.address, params={"token": command.token}, trust_env=False, timeout=15
        )
        return _Ear(RasaClient(http), http, process, made, time.monotonic())

    async def _close(self, model: Path) -> None:
        ear = self._ears.pop(model)
        await ear.http.aclose()
        if ear.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                ear.process.kill()
        await ear.process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
