"""The model of a running bot: trained anew in the background, exchanged without a gap."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable
from pathlib import Path

import structlog

from bot.understanding.client import RasaClient
from bot.understanding.supervisor import RasaCommand, RasaSupervisor

_LOG = structlog.get_logger()
_POLITE = 15
"""People who write are answered first."""


class Models:
    """Has a model trained when examples have changed, and lets a server with it take over."""

    def __init__(
        self,
        command: RasaCommand,
        supervisor: RasaSupervisor,
        client: RasaClient,
        free_port: Callable[[], int],
    ) -> None:
        """`command` tells which Python and which project train."""
        self._command = command
        self._folder = command.folder / "rasa_project" / "models"
        self._supervisor = supervisor
        self._client = client
        self._training: asyncio.Task[None] | None = None
        self._is_wanted = False
        self._free_port = free_port
        self._seen: tuple[str, int, int] | None = None
        self._tried: tuple[str, int, int] | None = None

    async def look(self) -> None:
        """Renew when the newest model is whole and is not the one that is served."""
        newest = _newest(self._folder)
        seen, self._seen = self._seen, newest
        # While it grows it is still being written; what failed once fails again.
        if newest is None or newest != seen or newest == self._tried:
            return
        served = await self._client.model_at()
        if served is None or Path(served).name == newest[0]:
            return
        self._tried = newest
        if await self._supervisor.renew(self._free_port()):
            self._tried = None
            _LOG.info("model_renewed", model=newest[0])
        else:
            _LOG.error("model_not_renewed", model=newest[0], because="rasa.log says why")

    def learn(self) -> None:
        """Have it trained in the background, if what it learns from is new; returns at once."""
        self._is_wanted = True
        if self._training is None or self._training.done():
            self._training = asyncio.create_task(self._train())

    async def stop(self) -> None:
        """End a training that runs; the next start does it again."""
        if self._training is not None:
            self._training.cancel()
            await asyncio.wait({self._training})

    async def _train(self) -> None:
        # What changes while one training runs is learnt by the next.
        while self._is_wanted:
            self._is_wanted = False
            try:
                await self._train_once()
            except OSError as error:
                _LOG.error("model_not_trained", because=error.strerror)

    async def _train_once(self) -> None:
        command = self._command
        with command.log_file.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *("nice", "-n", str(_POLITE)),
                *(str(command.python), "-m", "rasa_project.training"),
                cwd=command.folder,
                env=command.environment(os.environ),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # With all that it starts, it is ended together.
                start_new_session=True,
            )
        try:
            code = await process.wait()
        except asyncio.CancelledError:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            await process.wait()
            raise
        if code:
            _LOG.error("model_not_trained", exit_code=code, because="rasa.log says why")


def _newest(folder: Path) -> tuple[str, int, int] | None:
    """The model that a server would load now, with its size and time; None before the first."""
    found = [(path.name, path.stat()) for path in folder.glob("zhiquan-*.tar.gz")]
    if not found:
        return None
    name, known = max(found, key=lambda each: each[1].st_mtime_ns)
    return name, known.st_size, known.st_mtime_ns
