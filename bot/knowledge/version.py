"""Which state of knowledge/ is read: a short name that a person can tell us, and its day."""

import shutil
import subprocess
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

_SHORT = 8
_GIT = ("git", "-c", "core.hooksPath=/dev/null")


@dataclass(frozen=True, slots=True)
class Version:
    """A commit, or a fingerprint where words stand there that were never committed."""

    name: str
    day: date

    def __str__(self) -> str:
        return f"{self.name}（{self.day}）"


def version_of(folder: Path) -> Version:
    """The version of a knowledge folder, by git where it knows the very words that stand there."""
    if shutil.which("git") is not None:
        committed = _told(folder, "log", "-1", f"--abbrev={_SHORT}", "--format=%h %cs", "--", ".")
        if committed and _told(folder, "status", "--porcelain", "--", ".") == "":
            name, day = committed.split()
            return Version(name, date.fromisoformat(day))
    return _fingerprint(folder)


def _told(folder: Path, *words: str) -> str | None:
    """What git says; None where it says no."""
    done = subprocess.run(
        [*_GIT, "-C", str(folder), *words],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout.strip() if done.returncode == 0 else None


def _fingerprint(folder: Path) -> Version:
    whole, newest = sha256(), 0.0
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            whole.update(f"{path.relative_to(folder)}\0".encode(errors="surrogateescape"))
            whole.update(path.read_bytes())
            newest = max(newest, path.stat().st_mtime)
    return Version(whole.hexdigest()[:_SHORT], datetime.fromtimestamp(newest).astimezone().date())
