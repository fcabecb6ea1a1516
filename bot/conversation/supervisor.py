"""Starts the Rasa server as a child, starts it again when it dies, and stops it with the bot."""

import asyncio
import contextlib
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import structlog

_LOG = structlog.get_logger()
_PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0)
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

    def arguments(self) -> tuple[str, ...]:
        """The command line."""
        return (str(self.python), "-m", "rasa_project.server", "--port", str(self.port))

    def environment(self, own: Mapping[str, str]) -> dict[str, str]:
        """What the child may know of our environment."""
        kept = {name: own[name] for name in _PASSED_ON if name in own}
        return kept | {
            "PYTHONUTF8": "1",
            "RASA_TELEMETRY_ENABLED": "false",
            "RASA_TOKEN": self.token,
        }


class RasaSupervisor:
    """Keeps one Rasa server running from `start` to `stop`."""

    def __init__(self, command: RasaCommand, is_ready: Callable[[], Awaitable[bool]]) -> None:
        self._command = command
        self._is_ready = is_ready
        self._ready = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | None = None

    @property
    def is_starting(self) -> bool:
        """Not ready yet, and never gave up: it will be."""
        return not self._ready.is_set()

    def start(self) -> None:
        """Begin; returns at once, long before the server is ready."""
        self._task = asyncio.create_task(self._keep_running())

    async def wait_until_ready(self) -> None:
        """Return when the server has loaded its model."""
        await self._ready.wait()

    async def stop(self) -> None:
        """End the server and wait for its end."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self._end_process()

    async def _keep_running(self) -> None:
        deaths = 0
        while True:
            was_ready = await self._run_once()
            deaths = 0 if was_ready else deaths + 1
            pause = _PAUSES[min(deaths, len(_PAUSES) - 1)]
            code = self._process.returncode if self._process else None
            _LOG.warning("rasa_ended", exit_code=code, again_in_seconds=pause)
            await asyncio.sleep(pause)

    async def _run_once(self) -> bool:
        """Run the server to its end; return whether it ever became ready."""
        self._command.log_file.parent.mkdir(parents=True, exist_ok=True)
        with self._command.log_file.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command.arguments(),
                cwd=self._command.folder,
                env=self._command.environment(os.environ),
                # The server ends when this pipe closes, however the bot dies.
                stdin=asyncio.subprocess.PIPE,
                stdout=log,
                stderr=log,
            )
        process = self._process
        readiness = asyncio.create_task(self._note_readiness())
        try:
            await process.wait()
        finally:
            was_ready = self._ready.is_set()
            self._ready.clear()
            readiness.cancel()
        return was_ready

    async def _note_readiness(self) -> None:
        # Another process becomes ready: there is nothing to be told by, only to look.
        while not await self._is_ready():  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_EVERY)
        self._ready.set()
        _LOG.info("rasa_ready")

    async def _end_process(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), timeout=5)
        except TimeoutError:
            process.kill()
            await process.wait()
