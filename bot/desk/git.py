"""The one door to git: runs it beneath the desk, so that nobody who writes words ever types it."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ZhiquanError

_OPTIONS = (
    # Names of files and their texts stay as they are, whatever this machine's git is told.
    *("-c", "core.quotepath=off"),
    *("-c", "core.autocrlf=false"),
    *("-c", "commit.gpgsign=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "gc.auto=0"),
    *("-c", "advice.detachedHead=false"),
)
_KEPT = ("PATH", "HOME", "TMPDIR", "SYSTEMROOT")
_READABLE = 0o022
"""Files of the work tree are read by others than us: a bot may run as another user."""


class DeskError(ZhiquanError):
    """Something that the person at the desk can mend or decide. In Chinese."""


class GitError(ZhiquanError):
    """Git refused; the message is its own, for the log."""


@dataclass(frozen=True, slots=True)
class Git:
    """Runs git in one folder."""

    folder: Path

    def run(
        self, *words: str, told: str | None = None, by: Mapping[str, str] | None = None
    ) -> str:
        """What git prints; `told` is its input, `by` the names of a commit; GitError."""
        done = self._done(words, told, by)
        if done.returncode:
            raise GitError(f"git {words[0]}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def answers(self, *words: str) -> bool:
        """Whether git ends well."""
        return not self._done(words, None, None).returncode

    def asked(self, *words: str) -> tuple[int, str]:
        """How git ends, and what it prints: for questions whose answer is the code."""
        done = self._done(words, None, None)
        return done.returncode, done.stdout

    def bytes_of(self, *words: str) -> bytes:
        """What git prints, as it is; GitError."""
        done = subprocess.run(
            ["git", *_OPTIONS, *words],  # noqa: S607 whichever git the machine has
            cwd=self.folder,
            env=_environment({}),
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise GitError(f"git {words[0]}: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout

    def _done(
        self, words: tuple[str, ...], told: str | None, by: Mapping[str, str] | None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *_OPTIONS, *words],  # noqa: S607 whichever git the machine has
            cwd=self.folder,
            env=_environment(by or {}),
            input=told or "",
            encoding="utf-8",
            errors="surrogateescape",
            capture_output=True,
            check=False,
            umask=_READABLE,
        )


def why_no_git(root: Path) -> str | None:
    """Why nothing can be proposed here, in Chinese with the remedy; None when all is there."""
    if shutil.which("git") is None:
        return "这台机器没有装 git，所以只能看，不能改。请管机器的人装上 git 再打开。"
    git = Git(root)
    code, top = git.asked("rev-parse", "--show-toplevel")
    if code or Path(top.strip()).resolve() != root.resolve():
        return (
            f"{root} 不是 git 仓库，改了没有历史、也退不回去，所以只能看，不能改。"
            "请用 git clone 取得这个项目，再打开。"
        )
    if not git.answers("rev-parse", "--verify", "--quiet", "HEAD^{commit}"):
        return "这个 git 仓库还没有一次提交，所以只能看，不能改。请先提交一次。"
    return None


def _environment(by: Mapping[str, str]) -> dict[str, str]:
    """What git may know of ours: no GIT_DIR of a hook that started us, no other language."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    # Whoever commits is told each time; without these git would refuse on a bare machine.
    nobody = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "desk"), ("EMAIL", "desk@localhost"))
    }
    return kept | nobody | {"LC_ALL": "C.UTF-8", "GIT_TERMINAL_PROMPT": "0"} | dict(by)
