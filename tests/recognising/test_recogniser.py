"""The process that reads: whatever becomes of it, there is an answer, and others wait for none."""

import asyncio
import io
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path

import pytest
from PIL import Image

from bot.concepts.recognition import NotRead, Reading, ReadLine
from bot.recognising import worker
from bot.recognising.files import read_file
from bot.recognising.limits import Limits
from bot.recognising.messages import LENGTH, packed_files, packed_reading, read_reading
from bot.recognising.recogniser import Recogniser
from tests.papers import pictures

ROOT = Path(__file__).parents[2]
READ = Reading(lines=(ReadLine(text="传票", confidence=0.9, goes_on=True),), pages=2, is_cut=True)
SAYS = "【某某法院】李小明：您有一份传票，案号（2026）沪0115民初98765号。"

# A stand-in for the worker: reads one paper after another and does as its line says.
STAND_IN = """
import os, struct, sys, time
answer = bytes.fromhex(sys.argv[1])
def file():
    return sys.stdin.buffer.read(struct.unpack(">Q", sys.stdin.buffer.read(8))[0])
while count := sys.stdin.buffer.read(8):
    content = b"".join(file() for _ in range(struct.unpack(">Q", count)[0]))
    if content == b"crash":
        os._exit(7)
    if content == b"hang":
        time.sleep(600)
    if content == b"nonsense":
        answer = b"\\xff" * 99
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
"""


def stand_in(_: Limits) -> Sequence[str]:
    return (sys.executable, "-c", STAND_IN, packed_reading(READ).hex())


@asynccontextmanager
async def recogniser(
    limits: Limits, command: Callable[[Limits], Sequence[str]] = stand_in, **how: object
) -> AsyncIterator[Recogniser]:
    made = Recogniser(limits, command=command, **how)  # type: ignore[arg-type]
    yield made
    await made.stop()
    assert not made.is_running


async def test_the_process_is_started_when_first_needed_and_then_kept() -> None:
    async with recogniser(Limits()) as reads:
        assert not reads.is_running
        assert await reads.read([b"one", b"two"]) == READ
        assert reads.is_running
        assert await reads.read([b"three"]) == READ


async def test_a_crash_costs_one_reading_and_the_next_has_a_new_process() -> None:
    async with recogniser(Limits()) as reads:
        assert await reads.read([b"crash"]) is NotRead.DOWN
        assert await reads.read([b"fine"]) == READ


async def test_what_hangs_is_ended() -> None:
    async with recogniser(Limits(kill_seconds=0.5)) as reads:
        assert await reads.read([b"hang"]) is NotRead.TOO_SLOW
        assert not reads.is_running
    async with recogniser(Limits()) as reads:
        assert await reads.read([b"fine"]) == READ


async def test_nonsense_is_no_reading() -> None:
    async with recogniser(Limits()) as reads:
        assert await reads.read([b"nonsense"]) is NotRead.DOWN
        assert await reads.read([b"fine"]) == READ


@pytest.mark.parametrize(
    "command", [("/no/such/program",), (sys.executable, "-c", "raise OSError")]
)
async def test_a_process_that_cannot_start_is_said_to_be_down(command: Sequence[str]) -> None:
    async with recogniser(Limits(), lambda _: command) as reads:
        assert await reads.read([b"fine"]) is NotRead.DOWN


async def test_too_many_bytes_reach_no_process() -> None:
    async with recogniser(Limits(file_bytes=5)) as reads:
        assert await reads.read([b"abc", b"def"]) is NotRead.TOO_LARGE
        assert not reads.is_running


async def test_papers_wait_for_their_turn_and_beyond_the_last_place_nobody_waits() -> None:
    async with recogniser(Limits(waiting=2)) as reads:
        answers = await asyncio.gather(*(reads.read([b"fine"]) for _ in range(3)))
        assert answers == [READ, READ, NotRead.BUSY]
        assert await reads.read([b"fine"]) == READ


async def test_a_reading_that_nobody_waits_for_any_more_is_not_given_to_the_next() -> None:
    async with recogniser(Limits()) as reads:
        left = asyncio.create_task(reads.read([b"hang"]))
        while not reads.is_running:  # noqa: ASYNC110 there is nothing to be told by
            await asyncio.sleep(0)
        left.cancel()
        await asyncio.gather(left, return_exceptions=True)
        assert await reads.read([b"fine"]) == READ


async def test_the_process_ends_after_a_rest_without_work() -> None:
    rested, seconds = asyncio.Event(), list[float]()

    async def pause(wait: float) -> None:
        seconds.append(wait)
        await rested.wait()

    async with recogniser(Limits(idle_seconds=99), pause=pause) as reads:
        await reads.read([b"fine"])
        await reads.read([b"fine"])
        assert reads.is_running
        rested.set()
        while reads.is_running:  # noqa: ASYNC110 as above
            await asyncio.sleep(0)
        assert set(seconds) == {99}
        assert await reads.read([b"fine"]) == READ


def test_a_reading_is_the_same_after_the_pipe() -> None:
    for read in (READ, NotRead.ENCRYPTED):
        packed = packed_reading(read)
        assert read_reading(packed[LENGTH.size :]) == read
    for nonsense in (b"{}", b"[]", b"\xff", b'{"lines": [1], "pages": 1, "is_cut": 0}'):
        with pytest.raises(ValueError):  # noqa: PT011 any of JSON's, or ours
            read_reading(nonsense)


def test_a_missing_package_is_said_by_the_worker_and_does_not_end_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Missing:
        def read(self, _: Sequence[bytes]) -> Reading:
            raise ImportError("rapidocr")

    # Otherwise the tests that follow would have to end within what one paper may take.
    allowed: list[float] = []
    monkeypatch.setattr(worker, "_allow_seconds", allowed.append)
    out = io.BytesIO()
    files = io.BytesIO(packed_files([b"a", b"b"]) + packed_files([b"c"]))
    worker.serve(files, out, Missing(), Limits())  # type: ignore[arg-type]
    assert out.getvalue() == packed_reading(NotRead.DOWN) * 2
    assert allowed == [Limits().kill_seconds] * 2


CONFINED = """
import json, os, socket, sys
from bot.recognising import worker
from bot.recognising.limits import Limits
worker.confine(Limits(memory_bytes=600 * 1024 * 1024))
def tried(what):
    try:
        what()
    except BaseException as error:
        return type(error).__name__
def write():
    with open(sys.argv[1], "wb", buffering=0) as file:
        file.write(b"x")
print(json.dumps([
    tried(lambda: socket.create_connection(("127.0.0.1", 9))),
    tried(lambda: socket.getaddrinfo("localhost", 9)),
    tried(lambda: bytearray(900 * 1024 * 1024)),
    tried(write),
    os.nice(0) >= 5,
]))
"""


def test_the_worker_reaches_no_network_writes_no_file_and_has_bounded_memory(
    tmp_path: Path,
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", CONFINED, str(tmp_path / "kept")],
        cwd=ROOT, capture_output=True, check=True, env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert json.loads(ran.stdout) == [
        "PermissionError", "PermissionError", "MemoryError", "OSError", True,
    ]  # fmt: skip


def test_a_screenshot_is_really_read_without_a_download(tmp_path: Path) -> None:
    """The whole way: another process, the models of the package, no network."""
    path = tmp_path / "picture.jpg"
    path.write_bytes(pictures.as_jpeg(pictures.screenshot(SAYS).crop((0, 240, 1080, 640))))
    read = read_file(path)
    assert isinstance(read, Reading)
    assert read.text.translate(str.maketrans("():", "（）：")) == SAYS
    assert min(line.confidence for line in read.lines) > 0.9


def test_a_file_of_too_many_bytes_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.truncate(Limits().file_bytes + 1)
    assert read_file(path) is NotRead.TOO_LARGE


def test_the_limits_reach_the_worker() -> None:
    limits = Limits(pages=3)
    assert Limits(**json.loads(json.dumps(asdict(limits)))) == limits


def test_no_picture_is_too_small_for_the_real_reader(tmp_path: Path) -> None:
    path = tmp_path / "empty.png"
    path.write_bytes(pictures.as_png(Image.new("RGB", (40, 40), "white")))
    assert read_file(path) is NotRead.EMPTY
