"""What is done to the bot: one blow after the other, each mended before the next."""

import asyncio
import signal
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing
from random import Random

from tests.rasa_stand_in import RasaStandIn
from tests.torture.crowd import Crowd
from tests.torture.victim import Victim

_WEIGHTS = {
    "kill": 12,
    "kill in the start": 4,
    "stop": 2,
    "rasa gone": 2,
    "rasa gone, kill": 2,
    "rasa slow": 2,
    "disk full": 1,
    "read-only": 1,
    "database locked": 1,
    "burst": 2,
    "clock": 2,
    "clock, kill": 1,
}

CLOCKS = (-24.0, -1.0, 1.0, 25.0)
"""Hours by which a clock is wrong: back, ahead, and beyond the day that talk is kept for."""


class Blows:
    """Chooses by chance; `given` counts what was done."""

    def __init__(self, victim: Victim, crowd: Crowd, rasa: RasaStandIn, chance: Random) -> None:
        self._victim, self._crowd, self._rasa, self._chance = victim, crowd, rasa, chance
        self.given: Counter[str] = Counter()
        self._ways: dict[str, Callable[[], Awaitable[None]]] = {
            "kill": self._kill,
            "kill in the start": self._kill_in_the_start,
            "stop": self._stop,
            "rasa gone": self._rasa_gone,
            "rasa gone, kill": self._rasa_gone_and_kill,
            "rasa slow": self._rasa_slow,
            "disk full": lambda: self._limit_files(beyond_now=True),
            "read-only": lambda: self._limit_files(beyond_now=False),
            "database locked": self._lock_database,
            "burst": lambda: self._crowd.burst(10),
            "clock": self._leap,
            "clock, kill": self._leap_and_kill,
        }

    async def give(self, name: str | None = None) -> None:
        """One blow, by its name or by chance; returns when it is mended."""
        names, weights = list(_WEIGHTS), list(_WEIGHTS.values())
        name = name or self._chance.choices(names, weights)[0]
        self.given[name] += 1
        await self._ways[name]()

    async def _wait(self, least: float, most: float) -> None:
        await asyncio.sleep(self._chance.uniform(least, most))

    async def _start(self) -> None:
        await self._victim.start(by_webhook=self._chance.random() < 0.5)

    async def _kill(self) -> None:
        await self._victim.kill()
        await self._start()
        await self._wait(1, 4)

    async def _kill_in_the_start(self) -> None:
        await self._victim.kill()
        await self._start()
        await self._wait(0, 1.5)

    async def _stop(self) -> None:
        await self._victim.kill(signal.SIGTERM)
        await self._start()
        await self._wait(1, 3)

    async def _rasa_gone(self) -> None:
        await self._rasa.die()
        await self._wait(1, 5)
        self._rasa_comes_back()

    async def _rasa_gone_and_kill(self) -> None:
        await self._rasa.die()
        await self._wait(1, 3)
        await self._kill()
        self._rasa_comes_back()

    def _rasa_comes_back(self) -> None:
        meant = self._rasa.meant
        self._rasa.live_again()
        self._rasa.meant = meant

    async def _rasa_slow(self) -> None:
        self._rasa.seconds = self._chance.choice((1.0, 5.0))
        await self._wait(1, 5)
        self._rasa.seconds = 0.0

    async def _limit_files(self, *, beyond_now: bool) -> None:
        size = self._victim.database.stat().st_size if beyond_now else 0
        self._victim.limit_files(size)
        await self._wait(1, 3)
        self._victim.limit_files(None)
        # What was answered and could not be marked is marked now; a kill would have it repeated.
        await self._wait(3, 4)

    async def _leap(self) -> None:
        self._victim.set_clock(self._chance.choice(CLOCKS))
        await self._wait(1, 4)
        self._victim.set_clock(0)

    async def _leap_and_kill(self) -> None:
        self._victim.set_clock(self._chance.choice(CLOCKS))
        await self._wait(0, 2)
        await self._kill()
        self._victim.set_clock(0)

    async def _lock_database(self) -> None:
        with closing(sqlite3.connect(self._victim.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await self._wait(1, 7)
            other.execute("ROLLBACK")
        await self._wait(3, 4)
