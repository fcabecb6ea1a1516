"""The whole check in a process of its own, for a thread that may wait; it ends with the desk."""

import subprocess
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from bot.desk.full_check import command, read_faults
from bot.desk.git import DeskError
from bot.knowledge.faults import Fault

_NOT_DONE = "检查没能跑完，请再试一次；还不行，请告诉管机器的人。"


class CheckApart:
    """One for a desk. What was begun when the desk ends is stopped, and raises DeskError."""

    def __init__(self, today: Callable[[], date], parses: Path) -> None:
        """`parses` is the file in which what was read is kept for the next check."""
        self._today = today
        self._parses = parses
        self._running: set[subprocess.Popen[str]] = set()
        self._is_stopped = False

    def __call__(self, folder: Path) -> Sequence[Fault]:
        """The faults of a folder."""
        if self._is_stopped:
            raise DeskError(_NOT_DONE)
        process = subprocess.Popen(
            command(folder, self._today(), self._parses),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        self._running.add(process)
        try:
            told, _ = process.communicate()
        finally:
            self._running.discard(process)
        if process.returncode:
            raise DeskError(_NOT_DONE)
        return read_faults(told)

    def stop(self) -> None:
        """End what still runs; nothing begins any more."""
        self._is_stopped = True
        for process in tuple(self._running):
            process.kill()
