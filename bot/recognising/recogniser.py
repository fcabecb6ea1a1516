"""Has papers read by a process of its own: started when needed, one paper at a time."""

import asyncio
import contextlib
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import structlog

from bot.concepts.recognition import NotRead, Reading
from bot.recognising.limits import Limits
from bot.recognising.messages import LENGTH, packed_files, read_reading

_ROOT = Path(__file__).parents[2]
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")
_LARGEST_ANSWER = 4 * 1024 * 1024

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def worker_command(limits: Limits) -> tuple[str, ...]:
    """How the process that reads is started."""
    module = ("-m", "bot.recognising.worker", json.dumps(asdict(limits)))
    return (sys.executable, *module)


class Recogniser:
    """Reads pictures, PDF and Word files. Whatever happens to the process, there is an answer."""

    def __init__(
        self,
        limits: Limits,
        *,
        command: Callable[[Limits], Sequence[str]] = worker_command,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`pause` waits so many seconds before the idle process is ended."""
        self._limits = limits
        self._command = command(limits)
        self._pause = pause
        self._turn = asyncio.Lock()
        self._in_hand = 0
        self._process: Process | None = None
        self._resting: asyncio.Task[None] | None = None

    @property
    def is_running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.returncode is None

    async def read(self, contents: Sequence[bytes]) -> Reading | NotRead:
        """The files as one paper, or why they were not read."""
        if sum(map(len, contents)) > self._limits.file_bytes:
            return NotRead.TOO_LARGE
        if self._in_hand >= self._limits.waiting:
            return NotRead.BUSY
        self._in_hand += 1
        try:
            async with self._turn:
                return await self._read_in_turn(contents)
        finally:
            self._in_hand -= 1

    async def stop(self) -> None:
        """End the process; what is being read is not read."""
        self._stay_awake()
        await self._end()

    async def _read_in_turn(self, contents: Sequence[bytes]) -> Reading | NotRead:
        self._stay_awake()
        is_done = False
        try:
            async with asyncio.timeout(self._limits.kill_seconds):
                read = await self._ask(contents)
            is_done = True
        except TimeoutError:
            read = NotRead.TOO_SLOW
        except (OSError, ValueError, EOFError) as error:
            code = self._process.returncode if self._process else None
            _LOG.warning("recogniser_ended", error=type(error).__name__, exit_code=code)
            read = NotRead.DOWN
        finally:
            # Also when we are cancelled: half an answer would be taken for the next one's.
            if not is_done:
                await self._end()
        if self.is_running:
            self._resting = asyncio.create_task(self._end_after_rest())
        if isinstance(read, NotRead):
            _LOG.info("not_read", because=read.value)
        return read

    async def _ask(self, contents: Sequence[bytes]) -> Reading | NotRead:
        process = self._process
        if process is None or process.returncode is not None:
            process = self._process = await self._start()
        assert process.stdin is not None  # noqa: S101 both are pipes, see `_start`
        assert process.stdout is not None  # noqa: S101
        process.stdin.write(packed_files(contents))
        await process.stdin.drain()
        (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
        if length > _LARGEST_ANSWER:
            raise ValueError("no reading is so long")
        return read_reading(await process.stdout.readexactly(length))

    async def _start(self) -> Process:
        return await asyncio.create_subprocess_exec(
            *self._command,
            cwd=_ROOT,
            env=_environment(os.environ),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
        )

    def _stay_awake(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None

    async def _end_after_rest(self) -> None:
        await self._pause(self._limits.idle_seconds)
        async with self._turn:
            await self._end()

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _environment(own: Mapping[str, str]) -> dict[str, str]:
    """What the process may know of ours: neither the bot's token nor its database."""
    return {name: own[name] for name in _PASSED_ON if name in own} | {"PYTHONUTF8": "1"}
