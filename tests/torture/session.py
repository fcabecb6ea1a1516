"""One session: people live, blows fall, then all is calm until everybody is answered."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic
from typing import Protocol

from tests.bot_api_server import BotApiServer
from tests.rasa_stand_in import RasaStandIn
from tests.torture.blows import Blows
from tests.torture.counting import Count, counted
from tests.torture.crowd import Crowd
from tests.torture.victim import Victim
from tests.torture.weather import Weather

CALM_AT_MOST = 600.0
"""Seconds in calm after which what has no answer is lost; a busy machine needs many."""

TOKEN = "4711:torture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What was done and what came of it."""

    count: Count
    blows: Counter[str]
    faults: int
    megabytes: Sequence[float]
    events: Counter[str]
    others: Counter[str]
    log: Sequence[str]

    @property
    def kills(self) -> int:
        """How often the bot was killed at once."""
        return sum(number for name, number in self.blows.items() if "kill" in name)


class Stage:
    """Server, stand-in for Rasa, bot and people, joined."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = Random(seed)
        self.weather = Weather(Random(seed + 1))
        self.server = BotApiServer(token=TOKEN, weather=self.weather)
        self.rasa = RasaStandIn()
        self.victim = Victim(self.server, folder, self.rasa)
        self.crowd = Crowd(self.server, self.rasa, Random(seed + 2))
        self.blows = Blows(self.victim, self.crowd, self.rasa, self.chance)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "Stage":
        await self._stack.enter_async_context(self.server)
        self._stack.push_async_callback(self.rasa.die)
        await self._stack.enter_async_context(self.victim.nursery())
        self._watching = asyncio.create_task(self.crowd.watch())
        self._stack.callback(self._watching.cancel)
        await self.victim.start()
        await self.server.wait_for_ever(lambda: bool(self.server.calls_of("getUpdates")))
        await self.crowd.learn()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()


async def torture(
    folder: Path, seed: int, seconds: float, people: int, names: Sequence[str] = ()
) -> Session:
    """Blows by their names, then by chance, for so many seconds."""
    async with Stage(folder, seed) as stage:
        stage.weather.is_calm = False
        living = [asyncio.create_task(stage.crowd.live(pause=1)) for _ in range(people)]
        ends_at, given = monotonic() + seconds, list(names)
        while given or monotonic() < ends_at:
            await stage.blows.give(given.pop(0) if given else None)
        return await _end(stage, living, [])


async def soak(folder: Path, seed: int, seconds: float, people: int) -> Session:
    """People who think, a line that goes wrong at times, and nothing else, for long."""
    async with Stage(folder, seed) as stage:
        stage.weather.is_calm = False
        living = [asyncio.create_task(stage.crowd.live(pause=5)) for _ in range(people)]
        megabytes = []
        for _ in range(10):
            await asyncio.sleep(seconds / 10)
            megabytes.append(stage.victim.megabytes())
        return await _end(stage, living, megabytes)


class Joined(Protocol):
    """What a session has joined: whatever the number of its bots."""

    weather: Weather
    crowd: Crowd
    server: BotApiServer


async def calm_until_all_is_said(
    joined: Joined, living: Sequence[asyncio.Task[None]], bots: Sequence[Victim]
) -> None:
    """No more blows: people end, and what is owed to them is waited for, for so long."""
    joined.weather.is_calm = True
    # A blow may have met one in its start, which it then ends with a sentence.
    keeping = [asyncio.create_task(bot.keep_alive()) for bot in bots]
    joined.crowd.end()
    await asyncio.gather(*living)
    with suppress(TimeoutError):
        async with asyncio.timeout(CALM_AT_MOST):
            await joined.server.wait_for_ever(lambda: not joined.crowd.open_deeds)
    # What would be said twice is said soon.
    await asyncio.sleep(2)
    for task in keeping:
        task.cancel()


async def _end(
    stage: Stage, living: Sequence[asyncio.Task[None]], megabytes: Sequence[float]
) -> Session:
    await calm_until_all_is_said(stage, living, [stage.victim])
    victim, crowd = stage.victim, stage.crowd
    return Session(
        count=counted(crowd.deeds, victim.deaths, stage.weather.lost, len(victim.set_aside())),
        blows=stage.blows.given,
        faults=stage.weather.faults,
        megabytes=megabytes,
        events=victim.events,
        others=Counter(crowd.others),
        log=tuple(victim.log),
    )
