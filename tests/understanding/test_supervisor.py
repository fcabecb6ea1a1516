"""The Rasa server is started, started again when it dies, and ended with the bot."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from shutil import copy
from typing import Any

import httpx
import pytest

from bot.errors import RasaUnavailableError
from bot.understanding.client import RasaClient
from bot.understanding.supervisor import RasaCommand, RasaSupervisor
from tests.fakes import FakePause

_STAND_IN = Path(__file__).with_name("stand_in_server.py")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds the stand-in where the real server would be."""
    package = tmp_path / "rasa_project"
    package.mkdir()
    (package / "__init__.py").touch()
    copy(_STAND_IN, package / "server.py")
    return tmp_path


@pytest.fixture
def command(folder: Path) -> RasaCommand:
    return RasaCommand(
        python=Path(sys.executable),
        folder=folder,
        port=free_port(),
        token="made-up-token",
        log_file=folder / "logs" / "rasa.log",
    )


@pytest.fixture
async def client(command: RasaCommand) -> AsyncIterator[RasaClient]:
    base_url = f"http://127.0.0.1:{command.port}"
    async with httpx.AsyncClient(base_url=base_url, trust_env=False) as http:
        yield RasaClient(http)


@pytest.fixture
def pause() -> FakePause:
    return FakePause()


@pytest.fixture
async def supervisor(
    command: RasaCommand, client: RasaClient, pause: FakePause
) -> AsyncIterator[RasaSupervisor]:
    made = RasaSupervisor(command, client, pause)
    yield made
    await made.stop()


def starts(folder: Path) -> Sequence[Mapping[str, Any]]:
    """What each start of the stand-in told."""
    file = folder / "started"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return [json.loads(line) for line in lines]


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended and was not yet buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def until(is_so: Callable[[], bool]) -> None:
    """Look until another process has done what it should."""
    async with asyncio.timeout(10):
        while not is_so():  # noqa: ASYNC110 nothing tells us
            await asyncio.sleep(0.01)


async def until_ready(supervisor: RasaSupervisor) -> None:
    async with asyncio.timeout(10):
        await supervisor.wait_until_ready()


async def test_a_server_is_starting_until_it_has_its_model(
    folder: Path, supervisor: RasaSupervisor
) -> None:
    (folder / "loading").touch()
    supervisor.start()
    await until(lambda: len(starts(folder)) == 1)
    assert supervisor.is_starting
    (folder / "loading").unlink()
    await until_ready(supervisor)
    assert not supervisor.is_starting


async def test_a_server_waits_for_the_door_to_open(
    folder: Path, supervisor: RasaSupervisor
) -> None:
    is_open = asyncio.Event()
    supervisor.start(after=is_open)
    await asyncio.sleep(0)
    assert supervisor.is_starting
    assert not (folder / "logs").exists()
    is_open.set()
    await supervisor.wait_until_ready()
    assert (folder / "logs").exists()


async def test_a_killed_server_is_started_again(
    folder: Path, supervisor: RasaSupervisor, client: RasaClient, pause: FakePause
) -> None:
    supervisor.start()
    await until_ready(supervisor)
    os.kill(starts(folder)[0]["pid"], signal.SIGKILL)
    await until(lambda: supervisor.is_starting)
    await until_ready(supervisor)
    assert await client.is_ready()
    first, second = starts(folder)
    assert first["pid"] != second["pid"]
    assert pause.seconds == [1.0]


async def test_a_server_may_die_again_and_again_when_it_was_ready_between(
    folder: Path, supervisor: RasaSupervisor, pause: FakePause
) -> None:
    supervisor.start()
    for deaths in range(1, 5):
        await until_ready(supervisor)
        os.kill(starts(folder)[-1]["pid"], signal.SIGKILL)
        await until(lambda deaths=deaths: len(pause.seconds) == deaths)
    await until_ready(supervisor)
    assert pause.seconds == [1.0, 1.0, 1.0, 1.0]


async def test_whoever_waits_for_a_server_that_cannot_start_is_told_where_to_look(
    folder: Path, supervisor: RasaSupervisor, command: RasaCommand
) -> None:
    (folder / "broken").touch()
    supervisor.start()
    with pytest.raises(RasaUnavailableError) as raised:
        await until_ready(supervisor)
    assert str(command.log_file) in str(raised.value)
    assert not supervisor.is_starting


async def test_the_pauses_grow_while_a_server_cannot_start(
    folder: Path, supervisor: RasaSupervisor, pause: FakePause
) -> None:
    (folder / "broken").touch()
    supervisor.start()
    await until(lambda: len(pause.seconds) >= 6)
    assert pause.seconds[:6] == [2.0, 5.0, 15.0, 30.0, 30.0, 30.0]


async def test_a_server_that_was_given_up_may_still_come_back(
    folder: Path, supervisor: RasaSupervisor, pause: FakePause
) -> None:
    (folder / "broken").touch()
    supervisor.start()
    await until(lambda: len(pause.seconds) >= 3)
    (folder / "broken").unlink()
    async with asyncio.timeout(10):
        while True:
            try:
                await supervisor.wait_until_ready()
            except RasaUnavailableError:
                await asyncio.sleep(0.01)
            else:
                break
    assert not supervisor.is_starting


async def test_a_missing_python_is_told_and_tried_again(
    folder: Path, client: RasaClient, pause: FakePause
) -> None:
    command = RasaCommand(
        python=folder / "no" / "python",
        folder=folder,
        port=free_port(),
        token="made-up-token",
        log_file=folder / "rasa.log",
    )
    supervisor = RasaSupervisor(command, client, pause)
    supervisor.start()
    with pytest.raises(RasaUnavailableError):
        await until_ready(supervisor)
    assert len(pause.seconds) >= 2
    await supervisor.stop()


async def test_stopping_ends_the_server(folder: Path, supervisor: RasaSupervisor) -> None:
    supervisor.start()
    await until_ready(supervisor)
    await supervisor.stop()
    assert not is_alive(starts(folder)[0]["pid"])
    assert len(starts(folder)) == 1


async def test_stopping_before_it_is_ready_ends_the_server(
    folder: Path, supervisor: RasaSupervisor
) -> None:
    (folder / "loading").touch()
    supervisor.start()
    await until(lambda: len(starts(folder)) == 1)
    await supervisor.stop()
    assert not is_alive(starts(folder)[0]["pid"])


async def test_stopping_what_never_started_is_nothing(supervisor: RasaSupervisor) -> None:
    await supervisor.stop()
    await supervisor.stop()


async def test_the_server_knows_neither_the_bots_token_nor_its_database(
    folder: Path, supervisor: RasaSupervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "DATABASE_URL", "PYTHONPATH"):
        monkeypatch.setenv(name, "secret of the bot")
    supervisor.start()
    await until_ready(supervisor)
    environment = starts(folder)[0]["environment"]
    assert "secret of the bot" not in environment.values()
    assert environment["RASA_TOKEN"] == "made-up-token"
    assert environment["RASA_TELEMETRY_ENABLED"] == "false"


async def test_the_token_is_not_on_the_command_line(
    folder: Path, supervisor: RasaSupervisor, command: RasaCommand
) -> None:
    supervisor.start()
    await until_ready(supervisor)
    assert starts(folder)[0]["arguments"] == ["--port", str(command.port), "--with-parent"]
    assert "made-up-token" not in " ".join(command.arguments())


async def test_what_the_server_says_goes_into_its_log(
    supervisor: RasaSupervisor, command: RasaCommand
) -> None:
    supervisor.start()
    await until_ready(supervisor)
    assert command.log_file.read_text("utf-8") == "hello from the stand-in\n"


_PARENT = """
import asyncio, sys
from pathlib import Path
from bot.understanding.supervisor import RasaCommand, RasaSupervisor

class Never:
    async def model_at(self, server=None):
        return None

async def main():
    folder = Path(sys.argv[1])
    RasaSupervisor(
        RasaCommand(python=Path(sys.executable), folder=folder, port=int(sys.argv[2]),
                    token="made-up-token", log_file=folder / "rasa.log"),
        Never(),
    ).start()
    await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_the_server_ends_when_the_bot_is_killed(folder: Path) -> None:
    arguments = [sys.executable, "-c", _PARENT, str(folder), str(free_port())]
    with subprocess.Popen(arguments, cwd=Path(__file__).parents[2]) as parent:  # noqa: ASYNC220
        await until(lambda: len(starts(folder)) == 1)
        child = starts(folder)[0]["pid"]
        assert is_alive(child)
        parent.kill()
    await until(lambda: not is_alive(child))


async def test_a_second_server_takes_over_and_the_first_ends(
    supervisor: RasaSupervisor, client: RasaClient, folder: Path
) -> None:
    supervisor.start()
    await until_ready(supervisor)
    port = free_port()

    assert await supervisor.renew(port)

    first, second = starts(folder)
    assert str(port) in second["arguments"]
    assert not is_alive(first["pid"])
    assert await client.model_at() == "models/stand_in.tar.gz"
    assert not supervisor.is_starting


async def test_the_first_goes_on_when_the_second_does_not_become_ready(
    supervisor: RasaSupervisor, client: RasaClient, folder: Path
) -> None:
    supervisor.start()
    await until_ready(supervisor)
    (folder / "broken").touch()

    assert not await supervisor.renew(free_port())

    assert is_alive(starts(folder)[0]["pid"])
    assert await client.is_ready()


async def test_who_took_over_is_started_again_when_it_dies(
    supervisor: RasaSupervisor, client: RasaClient, folder: Path
) -> None:
    supervisor.start()
    await until_ready(supervisor)
    assert await supervisor.renew(free_port())

    os.kill(starts(folder)[1]["pid"], signal.SIGKILL)
    await until(lambda: len(starts(folder)) == 3)
    await until_ready(supervisor)

    assert await client.is_ready()
