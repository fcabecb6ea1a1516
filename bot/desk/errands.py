"""What is done beside the pages because the whole check runs for it: handing over, approving.

Each errand is written down before it begins. One that the end of the desk cut short begins anew
when the desk is opened again; what it works on was saved before.
"""

import asyncio
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from enum import Enum
from pathlib import Path
from time import monotonic
from typing import Any

from bot.desk.git import DeskError
from bot.desk.landing import Check, ConflictError
from bot.desk.proposals import Proposals
from bot.desk.review import FaultyError, Review
from bot.desk.versions import Versions
from bot.errors import ZhiquanError
from bot.knowledge.faults import Fault
from bot.private_files import write_private

BACK = "back"
"""The key of the one errand that is about no proposal."""
_KEY = re.compile(r"[a-z0-9-]{1,40}")
_FIRST_GUESS = 30.0
_CHECKS = ("检查改好以后的整个知识库", "再检查原来的，分清哪些问题早就有")


class ErrandKind(Enum):
    """What is done."""

    SUBMIT = "submit"
    APPROVE = "approve"
    BACK = "back"


class State(Enum):
    """How far an errand is."""

    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    CLASHING = "clashing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One for a proposal (`key` is its slug). `words` is the reason, `seen` what the person saw.

    `told` and `faults` are why it was refused.
    """

    key: str
    kind: ErrandKind
    person: str
    words: str = ""
    seen: str = ""
    state: State = State.RUNNING
    told: str = ""
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """What is done now, for how many seconds, and the share that is done, from 0 to 1."""

    says: str
    seconds: int
    share: float


class Errands:
    """One after another, in the order in which they were asked for."""

    def __init__(
        self, proposals: Proposals, check: Check, home: Path, patience: float = 0.5
    ) -> None:
        """`patience` is how many seconds a page waits for what is quickly done."""
        self._proposals = proposals
        self._check = check
        self._home = home
        self._patience = patience
        self._turn = asyncio.Lock()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._says: dict[str, tuple[str, float]] = {}
        self._usual = _FIRST_GUESS
        self._is_ending = False

    def of(self, key: str) -> Errand | None:
        """The last errand of this key, unless its end was told."""
        path = self._path(key)
        return _read(path) if path.is_file() else None

    def all(self) -> Iterator[Errand]:
        """Whatever is not told yet."""
        for path in sorted(self._home.glob("*.json")):
            yield _read(path)

    def progress(self, key: str) -> Progress:
        """How far a running errand is."""
        says, since = self._says.get(key, ("等前面的一件做完", monotonic()))
        seconds = monotonic() - since
        return Progress(says, int(seconds), min(0.95, seconds / self._usual))

    async def start(self, errand: Errand) -> Errand:
        """Begin it; how it stands after a moment. DeskError when one of this key runs already."""
        if errand.key in self._tasks:
            raise DeskError("已经在检查了，等它做完。")
        self._keep(errand)
        self._begin(errand)
        await asyncio.wait([self._tasks[errand.key]], timeout=self._patience)
        return self.of(errand.key) or errand

    def forget(self, key: str) -> None:
        """Its end was told; one that runs goes on."""
        if key not in self._tasks:
            self._path(key).unlink(missing_ok=True)

    def resume(self) -> None:
        """Begin anew what was cut short."""
        for errand in [*self.all()]:
            is_asked = self._is_still_asked(errand)
            if errand.state is State.RUNNING and is_asked:
                self._begin(errand)
            elif errand.state is not State.REFUSED or not is_asked:
                self._path(errand.key).unlink()

    async def wait(self) -> None:
        """Return when nothing is done any more."""
        while self._tasks:
            await asyncio.wait([*self._tasks.values()])

    async def stop(self) -> None:
        """Let what runs be done when the desk is opened again; its check was stopped before."""
        self._is_ending = True
        await self.wait()

    def _is_still_asked(self, errand: Errand) -> bool:
        """Whether it was not all but done: an approved proposal is there no more."""
        if errand.kind is ErrandKind.BACK:
            return True
        return any(each.slug == errand.key for each in self._proposals.open())

    def _begin(self, errand: Errand) -> None:
        task = asyncio.create_task(self._run(errand))
        self._tasks[errand.key] = task
        task.add_done_callback(lambda _: self._tasks.pop(errand.key, None))

    async def _run(self, errand: Errand) -> None:
        async with self._turn:
            if self._is_ending:
                return
            began = monotonic()
            ended = await asyncio.to_thread(self._ended, errand)
            self._says.pop(errand.key, None)
            if not (self._is_ending and ended.state is State.REFUSED):
                self._keep(ended)
            if ended.state is State.DONE:
                self._usual = max(1.0, monotonic() - began)

    def _ended(self, errand: Errand) -> Errand:
        """What became of it, for a thread that may wait."""
        try:
            self._do(errand)
        except ConflictError:
            return replace(errand, state=State.CLASHING)
        except DeskError as error:
            faults = error.faults if isinstance(error, FaultyError) else ()
            return replace(errand, state=State.REFUSED, told=str(error), faults=faults)
        except (ZhiquanError, OSError):
            told = (
                "没有做成：这台机器上的 git 或磁盘出了问题。请再试一次；还不行，请告诉管机器的人。"
            )
            return replace(errand, state=State.REFUSED, told=told)
        return replace(errand, state=State.DONE)

    def _do(self, errand: Errand) -> None:
        checks = iter(_CHECKS)

        def check(folder: Path) -> Sequence[Fault]:
            self._note(errand, next(checks, _CHECKS[0]))
            found = self._check(folder)
            self._note(errand, "写进去")
            return found

        self._note(errand, "比对改了什么")
        acts: dict[ErrandKind, Callable[[], Any]] = {
            ErrandKind.SUBMIT: lambda: Review(self._proposals, check).submit(
                errand.key, errand.person, errand.words, errand.seen
            ),
            ErrandKind.APPROVE: lambda: Review(self._proposals, check).approve(
                errand.key, errand.person, errand.seen
            ),
            ErrandKind.BACK: lambda: Versions(self._proposals, check).step_back(
                errand.person, errand.words, errand.seen
            ),
        }
        acts[errand.kind]()

    def _note(self, errand: Errand, says: str) -> None:
        _, since = self._says.get(errand.key, ("", monotonic()))
        self._says[errand.key] = (says, since)

    def _keep(self, errand: Errand) -> None:
        known = asdict(errand) | {"kind": errand.kind.value, "state": errand.state.value}
        write_private(self._path(errand.key), json.dumps(known, ensure_ascii=False).encode())

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise DeskError("没有这个提议：它已经通过、被收回，或者地址写错了。")
        return self._home / f"{key}.json"


def _read(path: Path) -> Errand:
    known = json.loads(path.read_text(encoding="utf-8"))
    faults = tuple(Fault(**each) for each in known.pop("faults"))
    kind, state = ErrandKind(known.pop("kind")), State(known.pop("state"))
    return Errand(**known, kind=kind, state=state, faults=faults)
