"""Trains beside the desk and the bot: one job at a time, nicely, with progress in Chinese.

A trial learns the topics of a proposal anew, measures what that changes, leaves a model to try.
A failure is a sentence: what is served stays as it is. The bot trains what it serves by itself.
"""

import asyncio
import contextlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.private_files import make_private_folder
from bot.settings import ROOT

_CRASHED = (
    "训练中断了（{why}）。正在用的还是原来的模型，什么也没有丢。可以再试一次；"
    "再中断，请把 {log} 交给开发者。"
)
_NO_PYTHON = "这里没有装训练用的环境（.venv-rasa）。请开发者运行一次 make train。"
_NO_MODEL = "还没有训练过的模型。请开发者运行一次 make train。"
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is to be trained: the proposal `slug` with its checkout `tree`.

    `texts` are sentences of which is said what the model makes of them, before and after.
    """

    tree: Path
    slug: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a job is: `share` from 0 to 1; at its end what it found, or the fault."""

    job: Job
    share: float = 0.0
    says: str = "准备"
    found: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""
    is_over: bool = False


class Trainer:
    """One for a desk. `python` runs the training; `models` is where the served ones are."""

    def __init__(
        self,
        data: Path,
        python: Path = ROOT / ".venv-rasa" / "bin" / "python",
        models: Path = ROOT / "rasa_project" / "models",
    ) -> None:
        self._data = data
        self._python = python
        self._models = models
        self._task: asyncio.Task[None] | None = None
        self._next: Job | None = None
        self._seen: dict[str, Progress] = {}
        self._process: asyncio.subprocess.Process | None = None

    @property
    def running(self) -> Progress | None:
        """The job in hand; None while nothing is trained."""
        return next((each for each in self._seen.values() if not each.is_over), None)

    def of(self, slug: str) -> Progress | None:
        """The last job of a proposal."""
        return self._seen.get(slug)

    def trial_of(self, slug: str) -> Path:
        """Where the model to try of a proposal stands, once it was made."""
        return self._data / "trials" / f"{slug}.tar.gz"

    def served_model(self) -> Path | None:
        """The newest trained model; None before the first training."""
        models = sorted(
            self._models.glob("zhiquan-*.tar.gz"), key=lambda each: each.stat().st_mtime
        )
        return models[-1] if models else None

    def start(self, job: Job) -> None:
        """Train this, or as soon as what is in hand is done; only the latest waits."""
        if self._task is not None and not self._task.done():
            self._next = job
            return
        self._seen[job.slug] = Progress(job=job)
        self._task = asyncio.create_task(self._run(job))

    async def wait(self) -> None:
        """Return when nothing is trained any more."""
        while self._task is not None and not self._task.done():
            await asyncio.wait([self._task])

    async def stop(self) -> None:
        """End what is in hand."""
        self._next = None
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        self._seen = {slug: replace(each, is_over=True) for slug, each in self._seen.items()}

    async def _run(self, job: Job) -> None:
        try:
            await self._train(job)
        finally:
            self._note(job, is_over=True, share=1.0)
            self._task = None
            if self._next is not None:
                following, self._next = self._next, None
                self.start(following)

    async def _train(self, job: Job) -> None:
        model = self.served_model()
        if not self._python.is_file():
            self._note(job, fault=_NO_PYTHON)
        elif model is None:
            self._note(job, fault=_NO_MODEL)
        else:
            await self._spawned(job, model)

    async def _spawned(self, job: Job, model: Path) -> None:
        log = self._data / "training.log"
        make_private_folder(self._data)
        with log.open("wb") as errors:
            process = await asyncio.create_subprocess_exec(
                *self._command(job, model),
                cwd=job.tree,
                env=_environment(job),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
            )
        try:
            await self._listen(job, process)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode != 0 and not self._seen[job.slug].fault:
            why = _ending(process.returncode or 0)
            self._note(job, fault=_CRASHED.format(why=why, log=log))

    async def _listen(self, job: Job, process: asyncio.subprocess.Process) -> None:
        if process.stdin is None or process.stdout is None:
            raise AssertionError(process)
        with contextlib.suppress(ConnectionError):
            process.stdin.write(json.dumps(job.texts, ensure_ascii=False).encode())
            await process.stdin.drain()
            process.stdin.close()
        async for line in process.stdout:
            with contextlib.suppress(ValueError):
                told = json.loads(line)
                if isinstance(told, dict):
                    self._hear(job, told)
        await process.wait()

    def _hear(self, job: Job, told: Mapping[str, Any]) -> None:
        if "progress" in told:
            self._note(job, share=float(told["progress"]), says=str(told.get("says", "")))
        if "fault" in told:
            self._note(job, fault=str(told["fault"]))
        if "done" in told:
            self._note(job, found=dict(told["done"]))

    def _note(self, job: Job, **what: Any) -> None:
        self._seen[job.slug] = replace(self._seen[job.slug], **what)

    def _command(self, job: Job, model: Path) -> Sequence[str]:
        put = self.trial_of(job.slug)
        trial = (str(self._python), "-m", "rasa_project.trial")
        return (*trial, "--model", str(model), "--put", str(put))


def _environment(job: Job) -> dict[str, str]:
    """Nothing of the bot's token and database; the code and the words of the tree alone."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return kept | {
        "PYTHONPATH": str(job.tree),
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": "ignore",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def _ending(code: int) -> str:
    if code == -9:
        return "被系统结束，多半是内存不够"
    return f"信号 {-code}" if code < 0 else f"代码 {code}"
