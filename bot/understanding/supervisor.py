"""Starts the Rasa server as a child, starts it again when it dies, and stops it with the bot."""

import asyncio
import contextlib
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import structlog

from bot.errors import RasaUnavailableError

_LOG = structlog.get_logger()
_PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0)
_HOPELESS_DEATHS = 3
"""So many ends in a row without having been ready, and nobody waits any longer."""
_LOOK_EVERY = 0.3
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")


@dataclass(frozen=True, slots=True, kw_only=True)
class RasaCommand:
    """How to start the server. Its environment holds neither the bot's token nor its database."""

    python: Path
    folder: Path
    port: int
    token: str
    log_file: Path

    @property
    def address(self) -> str:
        """Where the server listens."""
        return f"http://127.0.0.1:{self.port}"

    def arguments(self) -> tuple[str, ...]:
        """The command line."""
        module = ("-m", "rasa_project.server", "--port", str(self.port), "--with-parent")
        return (str(self.python), *module)

    def environment(self, own: Mapping[str, str]) -> dict[str, str]:
        """What the child may know of our environment."""
        kept = {name: own[name] for name in _PASSED_ON if name in own}
        return kept | {
            "PYTHONUTF8": "1",
            "RASA_TELEMETRY_ENABLED": "false",
            "RASA_TOKEN": self.token,
        }


class Client(Protocol):
    """Who asks the server; `bot.understanding.client.RasaClient` is one."""

    async def model_at(self, server: str | None = None) -> str | None:
        """The model that a server has loaded; None while it has none."""

    def lead_to(self, server: str) -> None:
        """Ask this server from now on."""

    async def is_done_with(self, server: str) -> bool:
        """Return when nobody waits for its answers any more, or it took too long."""


class RasaSupervisor:
    """Keeps one Rasa server running from `start` to `stop`."""

    def __init__(
        self,
        command: RasaCommand,
        client: Client,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`pause` waits so many seconds before the server is started again."""
        self._command = command
        self._client = client
        self._pause = pause
        self._ready = asyncio.Event()
        self._hopeless = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._next: asyncio.subprocess.Process | None = None

    @property
    def command(self) -> RasaCommand:
        """How the present server was started."""
        return self._command

    @property
    def is_starting(self) -> bool:
        """Not ready yet, and nothing speaks against it."""
        return not (self._ready.is_set() or self._hopeless.is_set())

    def start(self, after: asyncio.Event | None = None) -> None:
        """Begin, or once `after` is set; returns at once, long before the server is ready."""
        self._task = asyncio.create_task(self._keep_running(after))

    async def wait_until_ready(self) -> None:
        """Return when the server has loaded its model; RasaUnavailableError when it cannot."""
        waits = [asyncio.create_task(event.wait()) for event in (self._ready, self._hopeless)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        if not self._ready.is_set():
            raise RasaUnavailableError(
                f"The Rasa server ended {_HOPELESS_DEATHS} times before it was ready. "
                f"{self._command.log_file} says why; `make train` mends most of it."
            )

    async def renew(self, port: int) -> bool:
        """Let a second server with the newest model take over, without a gap.

        It listens on another port and answers once it is ready; the first ends when nobody waits
        for it any more. False, and the first goes on, when the second does not become ready.
        """
        old, former = self._process, self._command
        if old is None or not self._ready.is_set():
            return False
        command = replace(former, port=port)
        self._next = process = await self._spawn(command)
        try:
            if not await self._becomes_ready(process, command.address):
                return False
            if self._process is not old or old.returncode is not None:
                return False  # The first died meanwhile: who keeps it running starts the newest.
            self._client.lead_to(command.address)
            self._command, self._process, self._next = command, process, None
        finally:
            if self._next is not None:
                await _end(process)
                self._next = None
        await self._client.is_done_with(former.address)
        await _end(old)
        return True

    async def stop(self) -> None:
        """End the server and wait for its end."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        for process in (self._process, self._next):
            if process is not None:
                await _end(process)

    async def _keep_running(self, after: asyncio.Event | None) -> None:
        if after is not None:
            await after.wait()
        deaths = 0
        while True:
            was_ready = await self._run_once()
            deaths = 0 if was_ready else deaths + 1
            if deaths >= _HOPELESS_DEATHS:
                self._hopeless.set()
            pause = _PAUSES[min(deaths, len(_PAUSES) - 1)]
            code = self._process.returncode if self._process else None
            _LOG.warning("rasa_ended", exit_code=code, again_in_seconds=pause)
            await self._pause(pause)

    async def _run_once(self) -> bool:
        """Run the server to its end; return whether it ever became ready."""
        try:
            process = self._process = await self._spawn(self._command)
        except OSError as error:
            self._process = None
            _LOG.warning("rasa_cannot_start", because=error.strerror)
            return False
        readiness = asyncio.create_task(self._note_readiness())
        try:
            await process.wait()
            while self._process is not None and self._process is not process:
                process = self._process  # Another has taken over, and is looked after now.
                await process.wait()
        finally:
            was_ready = self._ready.is_set()
            self._ready.clear()
            readiness.cancel()
        return was_ready

    async def _becomes_ready(self, process: asyncio.subprocess.Process, address: str) -> bool:
        """Whether a server becomes ready before it ends."""
        while process.returncode is None:
            if await self._client.model_at(address) is not None:
                return True
            await asyncio.sleep(_LOOK_EVERY)
        return False

    async def _spawn(self, command: RasaCommand) -> asyncio.subprocess.Process:
        command.log_file.parent.mkdir(parents=True, exist_ok=True)
        with command.log_file.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *command.arguments(),
                cwd=command.folder,
                env=command.environment(os.environ),
                # The server ends when this pipe closes, however the bot dies.
                stdin=asyncio.subprocess.PIPE,
                stdout=log,
                stderr=log,
            )

    async def _note_readiness(self) -> None:
        # Another process becomes ready: there is nothing to be told by, only to look.
        while await self._client.model_at() is None:  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_EVERY)
        self._hopeless.clear()
        self._ready.set()
        _LOG.info("rasa_ready")


async def _end(process: asyncio.subprocess.Process) -> None:
    """Ask a server to end, and see to it."""
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), timeout=5)
    except TimeoutError:
        process.kill()
        await process.wait()
