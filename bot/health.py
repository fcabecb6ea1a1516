"""Tells a service manager whether the bot lives and is ready, and Prometheus how it does.

Numbers only: no words, no ids. Off unless ZHIQUAN_HEALTH_LISTEN says where to listen.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import accumulate
from socket import AF_INET, AF_INET6, create_server

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.errors import SettingsError

_UP_TO = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds; the bounds of the histogram of turns."""


class Tally:
    """Counts turns since the start."""

    def __init__(self) -> None:
        self._turns = [0] * (len(_UP_TO) + 1)
        self._seconds = 0.0
        self._danger: Counter[str] = Counter()

    def note(self, seconds: float, danger: str | None) -> None:
        """One more turn: how long it took, and the level of danger that was seen."""
        self._turns[bisect_left(_UP_TO, seconds)] += 1
        self._seconds += seconds
        if danger is not None:
            self._danger[danger] += 1

    def lines(self) -> list[str]:
        """In Prometheus' text format."""
        bounds = [*map(str, _UP_TO), "+Inf"]
        counts = list(accumulate(self._turns))
        return [
            "# HELP zhiquan_turn_seconds How long turns took.",
            "# TYPE zhiquan_turn_seconds histogram",
            *(
                f'zhiquan_turn_seconds_bucket{{le="{bound}"}} {count}'
                for bound, count in zip(bounds, counts, strict=True)
            ),
            f"zhiquan_turn_seconds_sum {self._seconds:.6f}",
            f"zhiquan_turn_seconds_count {counts[-1]}",
            "# HELP zhiquan_danger_total Turns in which danger was seen, by level.",
            "# TYPE zhiquan_danger_total counter",
            *(
                f'zhiquan_danger_total{{level="{level}"}} {count}'
                for level, count in sorted(self._danger.items())
            ),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How the parts are now. `waiting_chats` is None where the database does not answer."""

    is_open: bool
    """Whether the channel takes messages in."""

    understands: bool
    waiting_chats: int | None
    is_heard: bool = True
    """Whether the other bots on this database, if there are any, know that this one lives."""

    @property
    def is_ready(self) -> bool:
        """Whether messages are answered: also while Rasa is down, buttons and danger are."""
        return self.is_open and self.is_heard and self.waiting_chats is not None

    def lines(self) -> list[str]:
        """In Prometheus' text format."""
        numbers = {
            "open": self.is_open,
            "rasa_ready": self.understands,
            "database_ready": self.waiting_chats is not None,
            "waiting_chats": self.waiting_chats,
            "heard": self.is_heard,
        }
        return [
            line
            for name, number in numbers.items()
            if number is not None
            for line in (f"# TYPE zhiquan_{name} gauge", f"zhiquan_{name} {int(number)}")
        ]


Look = Callable[[], Awaitable[State]]


@asynccontextmanager
async def health_server(
    listen: tuple[str, int] | None, look: Look, tally: Tally
) -> AsyncIterator[int | None]:
    """Listens while it is open, and gives its port; SettingsError when that is taken."""
    if listen is None:
        yield None
        return
    try:
        listening = create_server(listen, family=AF_INET6 if ":" in listen[0] else AF_INET)
    except OSError as error:
        raise SettingsError(
            f"Health cannot be told on {listen[0]}:{listen[1]} ({error.strerror}): choose another "
            "ZHIQUAN_HEALTH_LISTEN."
        ) from error
    listening.setblocking(False)
    parts = {"look": look, "tally": tally}
    pages = [("/healthz", _Health), ("/readyz", _Ready), ("/metrics", _Metrics)]
    server = HTTPServer(Application([(path, page, parts) for path, page in pages]))
    server.add_socket(listening)
    try:
        yield int(listening.getsockname()[1])
    finally:
        server.stop()
        await server.close_all_connections()


class _Page(RequestHandler):
    def initialize(self, look: Look, tally: Tally) -> None:
        self._look, self._tally = look, tally
        self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")


class _Health(_Page):
    def get(self) -> None:
        """That this is answered is the answer."""
        self.write("alive\n")


class _Ready(_Page):
    async def get(self) -> None:
        """Whether messages are answered."""
        state = await self._look()
        self.set_status(200 if state.is_ready else 503)
        self.write("".join(f"{line}\n" for line in state.lines() if not line.startswith("#")))


class _Metrics(_Page):
    async def get(self) -> None:
        """Everything that is counted."""
        lines = [*(await self._look()).lines(), *self._tally.lines()]
        self.write("".join(f"{line}\n" for line in lines))
