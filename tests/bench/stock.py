"""Stock `rasa run` with the usual Chinese pipeline, asked over REST, to compare with."""

import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter

import httpx

from bot.settings import ROOT
from tests.bench.load import GUARD
from tests.bench.processes import cpu_seconds, resident_megabytes
from tests.torture.victim import free_port

PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
FOLDER = ROOT / "rasa_project" / ".results" / "stock"
"""Its project and model stay there: training takes minutes."""

_TRIES = 3000


@dataclass(frozen=True, slots=True)
class StockFigures:
    """Seconds, milliseconds of CPU a message, messages a second, megabytes."""

    ready: float
    ready_cpu: float
    cpu: float
    rate: float
    waits: list[float]
    turns: tuple[float, ...]
    megabytes: tuple[float, float]


class StockRasa:
    """A running server; every person is a sender of their own."""

    def __init__(self, process: Process, port: int, client: httpx.AsyncClient) -> None:
        self._process, self._client = process, client
        self._url = f"http://127.0.0.1:{port}/webhooks/rest/webhook"

    @property
    def pid(self) -> int:
        """Of the server."""
        return self._process.pid

    async def ask(self, person: int, text: str) -> float:
        """The seconds until it answered."""
        began = perf_counter()
        told = {"sender": str(person), "message": text}
        answer = await self._client.post(self._url, json=told)
        answer.raise_for_status()
        assert answer.json()
        return perf_counter() - began

    async def until_ready(self, text: str) -> None:
        """Return when it has answered once."""
        for _ in range(_TRIES):
            try:
                await self.ask(0, text)
            except httpx.HTTPError:
                await asyncio.sleep(0.1)
            else:
                return
        raise AssertionError("stock Rasa did not start")


async def _started(*arguments: str | Path, folder: Path) -> Process:
    """A process of Rasa's Python, silent."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    return await asyncio.create_subprocess_exec(
        PYTHON, "-m", *arguments, cwd=folder, env=environment, stdout=DEVNULL, stderr=DEVNULL
    )


async def train() -> None:
    """Make its model, unless one is there."""
    training = await _started("tests.bench.stock_model", FOLDER, folder=ROOT)
    if await training.wait():
        raise AssertionError("stock Rasa could not be trained")


@asynccontextmanager
async def _running() -> AsyncIterator[StockRasa]:
    port = free_port()
    process = await _started(
        *("rasa", "run", "--model", FOLDER / "models" / "stock.tar.gz", "--port", str(port)),
        *("--credentials", FOLDER / "credentials.yml", "--interface", "127.0.0.1"),
        folder=FOLDER,
    )
    async with httpx.AsyncClient(trust_env=False, timeout=GUARD) as client:
        try:
            yield StockRasa(process, port, client)
        finally:
            process.send_signal(signal.SIGINT)
            await process.wait()


async def measure(text: str, users: int, each: int, turns: int) -> StockFigures:
    """The same load that the bots get, from its start on."""
    await train()
    began = perf_counter()
    async with _running() as rasa:
        await rasa.until_ready(text)
        ready, ready_cpu = perf_counter() - began, cpu_seconds(rasa.pid)
        megabytes = resident_megabytes(rasa.pid)

        async def many(person: int) -> None:
            for _ in range(each):
                await rasa.ask(person, text)

        began, before = perf_counter(), cpu_seconds(rasa.pid)
        await asyncio.gather(*(many(person) for person in range(1, users + 1)))
        rate = users * each / (perf_counter() - began)
        cpu = (cpu_seconds(rasa.pid) - before) * 1000 / (users * each)
        waits = await _think(rasa, text)
        times = [await rasa.ask(9999, text) for _ in range(turns)]
        marks = tuple(times[place - 1] for place in (1, 100, 1000) if place <= turns)
        grown = resident_megabytes(rasa.pid)
    return StockFigures(ready, ready_cpu, cpu, rate, waits, marks, (megabytes, grown))


async def _think(rasa: StockRasa, text: str) -> list[float]:
    """Twenty who think for half a second to one and a half; the waits, sorted."""
    chance, waits = Random(1), list[float]()

    async def one(person: int) -> None:
        for _ in range(2):
            await asyncio.sleep(chance.uniform(0.5, 1.5))
            waits.append(await rasa.ask(1000 + person, text))

    await asyncio.gather(*(one(person) for person in range(20)))
    return sorted(waits)
