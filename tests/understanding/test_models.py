"""A newly trained model is taken up once it is whole, and a failing one is not tried again."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest

from bot.understanding.client import RasaClient
from bot.understanding.models import Models
from bot.understanding.supervisor import RasaCommand, RasaSupervisor


class FakeServers:
    """Supervisor and client in one: what is served, and each renewal that was asked for."""

    def __init__(self, models: Path) -> None:
        self.models = models
        self.served: str | None = "zhiquan-old.tar.gz"
        self.renewed: list[int] = []
        self.fails = False

    async def model_at(self, _: str | None = None) -> str | None:
        return self.served

    async def renew(self, port: int) -> bool:
        self.renewed.append(port)
        if not self.fails:
            newest = max(self.models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime_ns)
            self.served = newest.name
        return not self.fails


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rasa_project/models").mkdir(parents=True)
    (tmp_path / "rasa_project/__init__.py").touch()
    put(tmp_path / "rasa_project/models/zhiquan-old.tar.gz", b"old", 1)
    return tmp_path


@pytest.fixture
def servers(folder: Path) -> FakeServers:
    return FakeServers(folder / "rasa_project/models")


@pytest.fixture
def models(folder: Path, servers: FakeServers) -> Models:
    command = RasaCommand(
        python=Path(sys.executable), folder=folder, port=1, token="t", log_file=folder / "log"
    )
    both = cast("RasaSupervisor", servers), cast("RasaClient", servers)
    return Models(command, *both, lambda: 7)


def put(path: Path, content: bytes, at: int) -> None:
    path.write_bytes(content)
    os.utime(path, (at, at))


async def looks(models: Models, times: int = 3) -> None:
    for _ in range(times):
        await models.look()


async def test_the_model_that_is_served_stays(models: Models, servers: FakeServers) -> None:
    await looks(models)
    assert servers.renewed == []


async def test_a_new_model_takes_over_once(
    models: Models, servers: FakeServers, folder: Path
) -> None:
    put(folder / "rasa_project/models/zhiquan-new.tar.gz", b"new", 2)
    await looks(models)
    assert servers.renewed == [7]


async def test_a_model_that_is_still_being_written_waits(
    models: Models, servers: FakeServers, folder: Path
) -> None:
    path = folder / "rasa_project/models/zhiquan-new.tar.gz"
    for size in range(1, 5):
        put(path, b"x" * size, 2)
        await models.look()
    assert servers.renewed == []
    await models.look()
    assert servers.renewed == [7]


async def test_a_model_that_fails_is_tried_again_only_when_it_has_changed(
    models: Models, servers: FakeServers, folder: Path
) -> None:
    servers.fails = True
    path = folder / "rasa_project/models/zhiquan-new.tar.gz"
    put(path, b"bad", 2)
    await looks(models, 5)
    assert len(servers.renewed) == 1

    put(path, b"good", 3)
    await looks(models, 5)
    assert len(servers.renewed) == 2


async def test_words_of_before_bring_their_model_back(
    models: Models, servers: FakeServers, folder: Path
) -> None:
    put(folder / "rasa_project/models/zhiquan-new.tar.gz", b"new", 2)
    await looks(models)
    os.utime(folder / "rasa_project/models/zhiquan-old.tar.gz", (3, 3))
    await looks(models)
    assert servers.served == "zhiquan-old.tar.gz"


def write_training(folder: Path, code: str) -> None:
    (folder / "rasa_project/training.py").write_text(code, encoding="utf-8")


async def until_trained(models: Models) -> None:
    assert models._training is not None
    await models._training


async def test_examples_are_learnt_in_a_process_of_its_own(models: Models, folder: Path) -> None:
    write_training(folder, "open('trained', 'a').write('once ')")
    models.learn()
    await until_trained(models)
    assert (folder / "trained").read_text("utf-8") == "once "


async def test_what_changes_while_one_training_runs_is_learnt_by_one_more(
    models: Models, folder: Path
) -> None:
    write_training(folder, "open('trained', 'a').write('once ')")
    told: Sequence[None] = [models.learn() for _ in range(4)]
    await until_trained(models)
    assert len(told) == 4
    assert (folder / "trained").read_text("utf-8").split() == ["once"]


async def test_a_training_that_fails_is_told_and_ends_nothing(
    models: Models, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_training(folder, "raise SystemExit(3)")
    models.learn()
    await until_trained(models)
    assert "model_not_trained" in capsys.readouterr().out


async def test_a_training_ends_with_the_bot(models: Models, folder: Path) -> None:
    write_training(folder, "import time; time.sleep(600)")
    models.learn()
    await models.stop()
    assert models._training is not None
    assert models._training.cancelled()
