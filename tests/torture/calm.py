"""How long others wait while one person floods, chats are told to wait, or groups talk."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bot_api_server.people import BOT
from tests.bot_api_server.records import Call, Fault
from tests.bot_api_server.rules import Refused
from tests.torture.session import Stage

_FLOODER, _PATIENT, _GROUP = 900_000, 910_000, -920_000
"""The first numbers of those whose own waits are not measured."""

_WORDS = "半夜打电话合法吗？"
_WAIT = 30


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds until others were answered, and how many answers that is about."""

    median: float
    p99: float
    answers: int


async def calm(folder: Path, seed: int, seconds: float, people: int) -> Mapping[str, Waits]:
    """The waits of people who think, in each trouble, after a time of quiet."""
    troubles: dict[str, Callable[[Stage], Awaitable[None]]] = {
        "quiet": _quiet,
        "one sends 2,000": _flood,
        "32 told to wait": _tell_to_wait,
        "40 groups": _groups,
        "quiet again": _quiet,
    }
    found = {}
    async with Stage(folder, seed) as stage:
        living = [asyncio.create_task(stage.crowd.live(pause=1)) for _ in range(people)]
        await asyncio.sleep(3)
        for name, trouble in troubles.items():
            first = len(stage.crowd.deeds)
            troubling = asyncio.create_task(trouble(stage))
            await asyncio.sleep(seconds / len(troubles))
            last = len(stage.crowd.deeds)
            await troubling
            await asyncio.sleep(2)
            found[name] = _waits(
                [deed.answers[0] - deed.done_at for deed in stage.crowd.deeds[first:last]]
            )
        stage.crowd.end()
        await asyncio.gather(*living)
    return found


def _waits(seconds: Sequence[float]) -> Waits:
    waits = sorted(seconds)
    return Waits(waits[len(waits) // 2], waits[int(len(waits) * 0.99)], len(waits))


async def _quiet(_: Stage) -> None:
    """Nothing."""


async def _flood(stage: Stage) -> None:
    """As fast as no client of Telegram can: a hundred a second."""
    for _ in range(200):
        for _ in range(10):
            await stage.server.person_says(_FLOODER, _WORDS)
        await asyncio.sleep(0.1)


async def _tell_to_wait(stage: Stage) -> None:
    chats = range(_PATIENT, _PATIENT + 32)
    told = {str(chat) for chat in chats}
    wait = Fault(Refused(429, f"Too Many Requests: retry after {_WAIT}", _WAIT))

    def weather(call: Call) -> Fault | None:
        is_told = call.method == "sendMessage" and call.parameters.get("chat_id") in told
        return wait if is_told else None

    stage.server.weather = weather
    for chat in chats:
        await stage.server.person_says(chat, "/menu")


async def _groups(stage: Stage) -> None:
    stage.server.weather = lambda _: None
    for number in range(800):
        group = _GROUP - number % 40
        await stage.server.member_says(group, 5, f"@{BOT['username']} {_WORDS}")
        await asyncio.sleep(0.01)
