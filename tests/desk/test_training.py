"""Training beside the desk: one at a time, with progress; whatever happens to it is a sentence."""

import asyncio
import stat
import sys
from pathlib import Path

import pytest

from bot.desk.training import Job, Trainer

SCRIPT = """#!{python}
import json, os, sys
from pathlib import Path
texts = json.loads(sys.stdin.read())
with open({begun!r}, "a") as file:
    file.write(os.getcwd() + "\\n")
def tell(**what): print(json.dumps(what), flush=True)
{body}
"""


class Workshop:
    """A place to train, with a Python that does what a test says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.begun = folder / "begun"
        (folder / "models").mkdir()
        (folder / "tree").mkdir()
        self.model = folder / "models" / "zhiquan-1.tar.gz"
        self.model.touch()
        self.trainer = Trainer(folder / "data", python=folder / "python", models=folder / "models")

    def will(self, body: str) -> None:
        python = self.folder / "python"
        script = SCRIPT.format(python=sys.executable, begun=str(self.begun), body=body)
        python.write_text(script, encoding="utf-8")
        python.chmod(python.stat().st_mode | stat.S_IXUSR)

    def job(self, slug: str = "one") -> Job:
        return Job(tree=self.folder / "tree", slug=slug, texts=("上门吗",))

    @property
    def begun_times(self) -> int:
        return len(self.begun.read_text().splitlines()) if self.begun.exists() else 0


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


async def test_what_is_found_is_told_at_the_end(workshop: Workshop) -> None:
    workshop.will('tell(progress=0.5, says="学"); tell(done={"texts": texts})')
    workshop.trainer.start(workshop.job())
    running = workshop.trainer.running
    assert running is not None
    assert not running.is_over
    await workshop.trainer.wait()
    progress = workshop.trainer.of("one")
    assert progress is not None
    assert (progress.is_over, progress.fault) == (True, "")
    assert progress.found == {"texts": ["上门吗"]}
    assert workshop.trainer.running is None


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('tell(fault="知识库里有错：topics/x.md 第 3 行"); sys.exit(1)', "topics/x.md 第 3 行"),
        ('raise ValueError("CANARY")', "训练中断了（代码 1）"),
        ("os.kill(os.getpid(), 9)", "多半是内存不够"),
        ("os.kill(os.getpid(), 15)", "信号 15"),
        ('print("no json"); sys.exit(2)', "训练中断了（代码 2）"),
    ],
)
async def test_a_failure_is_one_sentence_in_chinese(
    workshop: Workshop, body: str, told: str
) -> None:
    workshop.will(body)
    workshop.trainer.start(workshop.job())
    await workshop.trainer.wait()
    progress = workshop.trainer.of("one")
    assert progress is not None
    assert told in progress.fault
    assert "CANARY" not in progress.fault
    assert progress.is_over
    assert workshop.model.exists()


async def test_after_a_failure_one_may_try_again(workshop: Workshop) -> None:
    workshop.will("sys.exit(3)")
    workshop.trainer.start(workshop.job())
    await workshop.trainer.wait()
    workshop.will('tell(done={"right": 1})')
    workshop.trainer.start(workshop.job())
    await workshop.trainer.wait()
    progress = workshop.trainer.of("one")
    assert progress is not None
    assert (progress.fault, progress.found) == ("", {"right": 1})


async def test_of_many_wishes_at_once_the_first_and_the_latest_are_done(
    workshop: Workshop,
) -> None:
    workshop.will('tell(done={"ok": 1})')
    for slug in ("one", "two", "three"):
        workshop.trainer.start(workshop.job(slug))
    await workshop.trainer.wait()
    assert workshop.begun_times == 2
    assert workshop.trainer.of("two") is None
    assert workshop.trainer.of("three") is not None


async def test_without_the_other_environment_it_says_so(workshop: Workshop) -> None:
    workshop.trainer.start(workshop.job())
    await workshop.trainer.wait()
    progress = workshop.trainer.of("one")
    assert progress is not None
    assert ".venv-rasa" in progress.fault


async def test_a_trial_wants_a_model_to_begin_with(workshop: Workshop) -> None:
    workshop.will("")
    workshop.model.unlink()
    workshop.trainer.start(workshop.job())
    await workshop.trainer.wait()
    progress = workshop.trainer.of("one")
    assert progress is not None
    assert "还没有训练过的模型" in progress.fault
    assert workshop.begun_times == 0


async def test_what_is_trained_ends_with_the_desk(workshop: Workshop) -> None:
    workshop.will("import time; time.sleep(600)")
    workshop.trainer.start(workshop.job())
    while not workshop.begun_times:  # noqa: ASYNC110 another process begins
        await asyncio.sleep(0.02)
    await workshop.trainer.stop()
    assert workshop.trainer.running is None


async def test_what_has_not_begun_yet_can_be_ended_too(workshop: Workshop) -> None:
    workshop.trainer.start(workshop.job())
    await workshop.trainer.stop()
    assert workshop.trainer.running is None


async def test_what_trains_knows_no_secret_of_the_bot(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:CANARY")
    monkeypatch.setenv("DATABASE_URL", "postgresql://CANARY")
    workshop.will("tell(done=dict(os.environ))")
    workshop.trainer.start(workshop.job())
    await workshop.trainer.wait()
    progress = workshop.trainer.of("one")
    assert progress is not None
    assert "CANARY" not in str(progress.found)
    assert progress.found["PYTHONPATH"].endswith("tree")
