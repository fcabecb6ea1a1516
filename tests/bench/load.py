"""People who write, tap and wait for their answers."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from time import perf_counter

from tests.bot_api_server import BotApiServer, SentMessage

Ask = Callable[[int], Awaitable[object]]
"""What a person of this number does."""

_ANSWERS = frozenset({"sendMessage", "editMessageText"})
GUARD = 120.0
"""Seconds after which an answer that did not come ends the bench."""


class People:
    """Everybody's answers on one server: the first message that comes after an act counts."""

    def __init__(self, server: BotApiServer) -> None:
        self.server = server
        self._answers: Counter[int] = Counter()
        self._waiting: dict[int, asyncio.Event] = {}
        self._seen = 0

    async def watch(self) -> None:
        """Note answers until cancelled."""
        while True:
            change = self.server.change
            for call in self.server.calls[self._seen :]:
                if call.method in _ANSWERS:
                    person = int(call.parameters["chat_id"])
                    if person in self._waiting:
                        self._waiting[person].set()
            self._seen = len(self.server.calls)
            await change.wait()

    async def act(self, person: int, ask: Ask) -> float:
        """Do something and wait for the answer; the seconds that it took."""
        answered = self._waiting[person] = asyncio.Event()
        began = perf_counter()
        await ask(person)
        async with asyncio.timeout(GUARD):
            await answered.wait()
        return perf_counter() - began

    async def saturate(self, ask: Ask, people: int, each: int) -> float:
        """Everybody acts again as soon as answered; messages a second."""
        began = perf_counter()

        async def one(person: int) -> None:
            for _ in range(each):
                await self.act(person, ask)

        await asyncio.gather(*(one(person) for person in range(1, people + 1)))
        return people * each / (perf_counter() - began)

    async def think(self, ask: Ask, people: int, each: int, seed: int = 1) -> list[float]:
        """Everybody thinks for half a second to one and a half between acts; the waits, sorted."""
        chance = random.Random(seed)
        pauses = [[chance.uniform(0.5, 1.5) for _ in range(each)] for _ in range(people)]
        waits: list[float] = []

        async def one(person: int) -> None:
            for pause in pauses[person - 1]:
                await asyncio.sleep(pause)
                waits.append(await self.act(person, ask))

        await asyncio.gather(*(one(person) for person in range(1, people + 1)))
        return sorted(waits)


def says(server: BotApiServer, text: str) -> Ask:
    """Writing this."""
    return lambda person: server.person_says(person, text)


def taps(server: BotApiServer, message: SentMessage, data: str) -> Ask:
    """Tapping this button under a message like this one."""

    def ask(person: int) -> Awaitable[object]:
        own = SentMessage(person, message.message_id, message.text, "", message.rows, {})
        return server.person_taps_data(own, data)

    return ask
