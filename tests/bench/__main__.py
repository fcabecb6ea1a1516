"""Runs the bench, alternating between the bots, and prints one table with ratios."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.bench import stock
from tests.bench.load import Ask, People, says, taps
from tests.bench.processes import RunningBot, SyncCounter
from tests.bench.turns import PLACES, cpu_of_turns
from tests.bot_api_server import BotApiServer

MENU, QUESTION, WORD = "/menu", "催收半夜打电话合法吗？", "hello"
TOPIC = "t:call_hours"
"""The data of a button that opens an answer."""


@dataclass(slots=True)
class Figures:
    """What was measured of one way to use one bot, a value for each round."""

    name: str
    people: People
    bot: RunningBot
    ask: Ask
    bot_cpu: list[float] = field(default_factory=list)
    rasa_cpu: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    syncs: float | None = None

    async def measure(self, users: int, each: int) -> None:
        """One round under full load: CPU milliseconds a message, messages a second."""
        before = self.bot.cpu_seconds()
        rate = await self.people.saturate(self.ask, users, each)
        # The marks of the last answers are still being written.
        await asyncio.sleep(0.5)
        after = self.bot.cpu_seconds()
        self.rate.append(rate)
        self.bot_cpu.append((after[0] - before[0]) * 1000 / (users * each))
        self.rasa_cpu.append((after[1] - before[1]) * 1000 / (users * each))

    async def count_syncs(self, folder: Path, turns: int) -> None:
        """Fsyncs a message of one person who waits for each answer: nothing to batch with."""
        counter = SyncCounter(self.bot.pid, folder / f"{self.name}.strace")
        await counter.open()
        for _ in range(turns):
            await self.people.act(1, self.ask)
        await asyncio.sleep(1)
        found = await counter.close()
        self.syncs = None if found is None else found / turns


async def main() -> None:
    """Start both bots, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--each", type=int, default=6, help="messages of each user in a round")
    parser.add_argument("--turns", type=int, default=1000, help="of one person, of stock Rasa")
    arguments = parser.parse_args()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        echo = await _start(stack, "echo", ("tests.bench.echo_bot",), folder)
        ours = await _start(stack, "zhiquan", ("bot", "run"), folder)
        lines = [await _first(people, ask, bot) for people, bot, ask in (
            (echo[0], echo[1], says(echo[1].server, WORD)),
            (ours[0], ours[1], says(ours[1].server, MENU)),
        )]  # fmt: skip
        lines.append(await _first_understood(ours[0], ours[1]))
        figures = _contenders(echo, ours)
        for number in range(arguments.rounds):
            for each in figures:
                _note(f"round {number + 1}: {each.name}")
                is_typed = each.name == "zhiquan, question"
                await each.measure(arguments.users, 1 if is_typed else arguments.each)
        for each in figures:
            _note(f"20 who think: {each.name}")
            each.waits = await each.people.think(each.ask, 20, 2)
        for each in figures:
            await each.count_syncs(folder, 10)
        memory = [(bot.name, bot.megabytes()) for _, bot in (echo, ours)]
        _note("one person's thousand turns")
        costs = await cpu_of_turns(folder / "turns", QUESTION, "call_hours")
        told = ", ".join(f"{cost:.1f}" for cost in costs)
        lines.append(f"zhiquan: one person's turns {PLACES}: {told} ms of CPU without the model")
    _note("stock Rasa; the first time it is trained")
    compared = await stock.measure(QUESTION, arguments.users, 1, arguments.turns)
    _print(figures, lines, memory)
    _print_stock(compared, figures[-1])


def _contenders(echo: tuple[People, RunningBot], ours: tuple[People, RunningBot]) -> list[Figures]:
    echoed, said = echo[1].server, ours[1].server
    return [
        Figures("echo, message", *echo, says(echoed, WORD)),
        Figures("zhiquan, menu", *ours, says(said, MENU)),
        Figures("echo, button", *echo, taps(echoed, echoed.messages[-1], "again")),
        Figures("zhiquan, button", *ours, taps(said, said.messages[-1], TOPIC)),
        Figures("zhiquan, question", *ours, says(said, QUESTION)),
    ]


async def _start(
    stack: AsyncExitStack, name: str, module: tuple[str, ...], folder: Path
) -> tuple[People, RunningBot]:
    server = await stack.enter_async_context(BotApiServer(token=f"4711:{name}"))
    bot = RunningBot(name=name, module=module, server=server, data=folder / name)
    people = People(server)
    watching = asyncio.create_task(people.watch())
    stack.callback(watching.cancel)
    stack.push_async_callback(bot.stop)
    return people, bot


async def _first(people: People, ask: Ask, bot: RunningBot) -> str:
    """Start twice, since the first start of all makes what the next ones find."""
    for _ in range(2):
        await bot.stop()
        _note(f"starting {bot.name}")
        began = perf_counter()
        await bot.start()
        await people.act(1, ask)
    cpu = bot.cpu_seconds()[0]
    return f"{bot.name}: first answer after {perf_counter() - began:.1f} s, {cpu:.1f} s of CPU"


async def _first_understood(people: People, bot: RunningBot) -> str:
    server = bot.server
    began = perf_counter()
    while True:
        await people.act(1, says(server, QUESTION))
        if any("22:00" in message.text for message in server.messages):
            break
        await asyncio.sleep(1)
    took, cpu = perf_counter() - began, bot.cpu_seconds()
    return f"{bot.name}: first word understood {took:.1f} s later; Rasa {cpu[1]:.1f} s of CPU"


def _print(
    figures: Sequence[Figures], lines: Sequence[str], memory: Sequence[tuple[str, float]]
) -> None:
    _note("")
    out = sys.stdout.write
    out(f"{'':20}{'bot ms':>9}{'Rasa ms':>9}{'msg/s':>8}{'p50 ms':>8}{'p99 ms':>8}{'fsyncs':>8}\n")
    for each in figures:
        p50, p99 = (each.waits[int(len(each.waits) * part)] * 1000 for part in (0.5, 0.99))
        syncs = "—" if each.syncs is None else f"{each.syncs:.1f}"
        out(
            f"{each.name:20}{median(each.bot_cpu):9.1f}{median(each.rasa_cpu):9.1f}"
            f"{median(each.rate):8.0f}{p50:8.0f}{p99:8.0f}{syncs:>8}\n"
        )
    message, menu, tap, button = figures[:4]
    for ours, echo in ((menu, message), (button, tap)):
        cpu = _ratio(lambda each: median(each.bot_cpu), ours, echo)
        rate = _ratio(lambda each: median(each.rate), ours, echo)
        out(f"{ours.name} / {echo.name}: {cpu:.2f} times the CPU, {rate:.2f} times the rate\n")
    for line in (*lines, *(f"{name}: {size:.0f} MB" for name, size in memory)):
        out(f"{line}\n")


def _print_stock(compared: stock.StockFigures, question: Figures) -> None:
    out = sys.stdout.write
    p50, p99 = (compared.waits[int(len(compared.waits) * part)] * 1000 for part in (0.5, 0.99))
    out(f"{'stock Rasa, REST':29}{compared.cpu:9.1f}{compared.rate:8.0f}{p50:8.0f}{p99:8.0f}\n")
    cpu = (median(question.bot_cpu) + median(question.rasa_cpu)) / compared.cpu
    rate = median(question.rate) / compared.rate
    out(f"{question.name} / stock Rasa: {cpu:.2f} times the CPU, {rate:.2f} times the rate\n")
    out(
        f"stock Rasa: first word understood after {compared.ready:.1f} s,"
        f" {compared.ready_cpu:.1f} s of CPU; {compared.megabytes[0]:.0f} MB, at the end"
        f" {compared.megabytes[1]:.0f} MB\n"
    )
    turns = ", ".join(f"{seconds * 1000:.0f}" for seconds in compared.turns)
    out(f"stock Rasa: one person's turns 1, 100, 1000: {turns} ms\n")


def _ratio(value: Callable[[Figures], float], ours: Figures, echo: Figures) -> float:
    return value(ours) / value(echo)


def _note(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    asyncio.run(main())
