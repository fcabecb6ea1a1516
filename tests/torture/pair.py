"""Two bots on one PostgreSQL behind one proxy: people live while one or the other is killed."""

import asyncio
import os
import signal
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic

from sqlalchemy import select

from bot.storage.database import Database
from bot.storage.tables import ClaimTable, UpdateTable
from tests.bot_api_server import BotApiServer
from tests.rasa_stand_in import RasaStandIn
from tests.torture.blows import CLOCKS
from tests.torture.counting import Count, counted
from tests.torture.crowd import Crowd
from tests.torture.proxy import Proxy
from tests.torture.session import TOKEN, calm_until_all_is_said
from tests.torture.victim import Victim, free_port, webhook_on
from tests.torture.weather import Weather

_WEIGHTS = {"kill": 4, "stop": 2, "stall": 2, "burst": 2, "clock": 2}
_STALLED_AT_MOST = 8.0
"""Seconds; who is silent for longer than the lease is taken for dead, and that would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSession:
    """What was done and what came of it."""

    count: Count
    blows: Counter[str]
    passed: Counter[int]
    """How many updates each bot took in."""

    claims_left: int
    events: Counter[str]
    log: tuple[str, ...]


class Pair:
    """Server, stand-in for Rasa, proxy, two bots and people, joined."""

    def __init__(self, folder: Path, url: str, seed: int) -> None:
        self.chance = Random(seed)
        self.weather = Weather(Random(seed + 1))
        self.server = BotApiServer(token=TOKEN, weather=self.weather)
        self.rasa = RasaStandIn()
        ports = [free_port() for _ in range(2)]
        self.proxy = Proxy(ports, Random(seed + 3))
        shared = {"DATABASE_URL": url, "ZHIQUAN_SECRET_FILE": str(folder / "secret")}
        self.bots = [
            Victim(
                self.server,
                folder / str(number),
                self.rasa,
                {**shared, **webhook_on(port, self.proxy.port)},
            )
            for number, port in enumerate(ports)
        ]
        self.crowd = Crowd(self.server, self.rasa, Random(seed + 2))
        self.blows = Counter[str]()
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "Pair":
        await self._stack.enter_async_context(self.server)
        self._stack.push_async_callback(self.rasa.die)
        await self._stack.enter_async_context(self.proxy)
        for bot in self.bots:
            await self._stack.enter_async_context(bot.nursery())
        watching = asyncio.create_task(self.crowd.watch())
        self._stack.callback(watching.cancel)
        for bot in self.bots:
            await bot.start()
        await self.server.wait_for_ever(lambda: self._have_started(2))
        await self.crowd.learn()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    def _have_started(self, count: int) -> bool:
        return len(self.server.calls_of("setWebhook")) >= count

    async def give(self, name: str | None = None) -> None:
        """One blow to one of the two; returns when it is mended."""
        name = name or self.chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
        self.blows[name] += 1
        bot = self.chance.choice(self.bots)
        if name == "burst":
            await self.crowd.burst(10)
        elif name == "clock":
            bot.set_clock(self.chance.choice(CLOCKS))
            await self._wait(1, 4)
            bot.set_clock(0)
        elif name == "stall":
            os.kill(bot.pid, signal.SIGSTOP)
            await self._wait(1, _STALLED_AT_MOST)
            os.kill(bot.pid, signal.SIGCONT)
        else:
            await bot.kill(signal.SIGKILL if name == "kill" else signal.SIGTERM)
            await self._wait(0, 3)
            await bot.start()
        await self._wait(1, 4)

    async def _wait(self, least: float, most: float) -> None:
        await asyncio.sleep(self.chance.uniform(least, most))


async def pair(
    folder: Path, url: str, seed: int, seconds: float, people: int, names: tuple[str, ...] = ()
) -> PairSession:
    """Blows by their names, then by chance, for so many seconds; then calm, until all is said."""
    async with Pair(folder, url, seed) as stage:
        stage.weather.is_calm = False
        living = [asyncio.create_task(stage.crowd.live(pause=1)) for _ in range(people)]
        ends_at, given = monotonic() + seconds, list(names)
        while given or monotonic() < ends_at:
            await stage.give(given.pop(0) if given else None)
        await calm_until_all_is_said(stage, living, stage.bots)
        set_aside, claims_left = await _left(url)
        first, second = stage.bots
        return PairSession(
            count=counted(
                stage.crowd.deeds,
                sorted((*first.deaths, *second.deaths)),
                stage.weather.lost,
                set_aside,
            ),
            blows=stage.blows,
            passed=stage.proxy.passed,
            claims_left=claims_left,
            events=first.events + second.events,
            log=(*first.log, *second.log),
        )


async def _left(url: str) -> tuple[int, int]:
    """How many updates were set aside, and how many chats are still in somebody's hands."""
    aside = select(UpdateTable.update_id).where(UpdateTable.set_aside_because.is_not(None))
    database = await Database.open(url)
    async with database.transaction() as connection:
        set_aside = (await connection.execute(aside)).all()
        claims = (await connection.execute(select(ClaimTable.name))).all()
    await database.close()
    return len(set_aside), len(claims)
