"""Brings an approved change into the work tree that the bot reads: merged, checked, committed."""

import io
import re
import tarfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.desk.git import DeskError, Git, GitError
from bot.desk.proposals import KNOWLEDGE, Proposals
from bot.knowledge.faults import Fault

Check = Callable[[Path], Sequence[Fault]]
"""The faults of a knowledge folder."""

_TESTS = "tests"
_TRIES = 3
_NOTE = "landing"
_OVERWRITTEN = re.compile(r"^\t(.+)$", re.MULTILINE)


class ConflictError(DeskError):
    """Two changes of the same place: somebody must choose."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What stands now and a change together: the tree, and the files that clash."""

    head: str
    tree: str
    clashing: tuple[str, ...]


def merge(git: Git, commit: str) -> Merged:
    """Put a commit and what stands now together; no file is touched."""
    head = git.run("rev-parse", "HEAD").strip()
    code, told = git.asked("merge-tree", "--write-tree", "--name-only", "-z", head, commit)
    if code not in (0, 1):
        raise GitError(f"git merge-tree: {told.strip()}")
    tree, *rest = told.split("\0")
    clashing = rest[: rest.index("")] if "" in rest else []
    return Merged(head, tree, tuple(dict.fromkeys(clashing)) if code else ())


def new_faults(proposals: Proposals, check: Check, before: str, after: str) -> list[Fault]:
    """The faults that a change brings; what was wrong before does not hold it up."""
    found = _faults(proposals, check, after)
    if not found:
        return []
    # Lines move when other lines change.
    known = {(fault.file, fault.message) for fault in _faults(proposals, check, before)}
    return [fault for fault in found if (fault.file, fault.message) not in known]


def land(proposals: Proposals, commit: str) -> None:
    """Move the work tree to this commit; DeskError when somebody's own changes are in the way.

    The caller holds the lock. A crash on the way is mended by the next `land` or `finish`.
    """
    finish(proposals)
    note = proposals.home.parent / _NOTE
    note.write_text(commit, encoding="utf-8")
    try:
        proposals.git.run("merge", "--quiet", "--ff-only", commit)
    except GitError as error:
        files = "、".join(_OVERWRITTEN.findall(str(error)))
        if not files:
            raise
        raise DeskError(
            f"主文件夹里的 {files} 有人直接改过、还没有提交，合进来会盖掉它。"
            "请先把那些改动也写成提议，或者还原，再来同意。"
        ) from error
    finally:
        note.unlink(missing_ok=True)


def finish(proposals: Proposals) -> None:
    """Where a crash left some files of a commit written and others not: take the written back.

    Only what is exactly as the commit has it is taken back: the next `land` writes it again.
    """
    note, git = proposals.home.parent / _NOTE, proposals.git
    if not note.exists():
        return
    commit = note.read_text(encoding="utf-8").strip()
    if commit and not git.answers("merge-base", "--is-ancestor", commit, "HEAD"):
        lock = Path(git.run("rev-parse", "--path-format=absolute", "--git-path", "index.lock"))
        Path(str(lock).strip()).unlink(missing_ok=True)
        written = [path for path in _changed(git, "HEAD", commit) if _is_as(git, commit, path)]
        for path in written:
            if git.answers("cat-file", "-e", f"HEAD:{path}"):
                git.run("checkout", "--quiet", "HEAD", "--", path)
            else:
                (git.folder / path).unlink(missing_ok=True)
                git.asked("rm", "--quiet", "--cached", "--ignore-unmatch", "--", path)
    note.unlink(missing_ok=True)


def write_commit(
    git: Git, tree: str, parents: Sequence[str], message: str, names: tuple[str, str]
) -> str:
    """A commit of a tree, by an author and a committer; no branch moves."""
    author, committer = names
    by: Mapping[str, str] = {
        "GIT_AUTHOR_NAME": author,
        "GIT_COMMITTER_NAME": committer,
    }
    through = [word for parent in parents for word in ("-p", parent)]
    return git.run("commit-tree", tree, *through, told=message, by=by).strip()


def changed_files(git: Git, before: str, after: str) -> list[str]:
    """The files that differ between two trees or commits."""
    return _changed(git, before, after)


def text_at(git: Git, commit: str, path: str) -> str | None:
    """A text as a commit or tree has it; None where it has none."""
    content = bytes_at(git, commit, path)
    return None if content is None else content.decode(errors="replace")


def bytes_at(git: Git, commit: str, path: str) -> bytes | None:
    """The same for any file."""
    if not git.answers("cat-file", "-e", f"{commit}:{path}"):
        return None
    return git.bytes_of("cat-file", "blob", f"{commit}:{path}")


def tries() -> range:
    """How often a merge is made anew when somebody else was quicker."""
    return range(_TRIES)


def _faults(proposals: Proposals, check: Check, tree: str) -> Sequence[Fault]:
    git = proposals.git
    parts = [
        part for part in (KNOWLEDGE, _TESTS) if git.answers("cat-file", "-e", f"{tree}:{part}")
    ]
    # What was checked when it was handed over need not be checked once more when it is approved.
    state = git.run("rev-parse", *(f"{tree}:{part}" for part in parts)) + str(
        proposals.clock().date()
    )
    if state not in proposals.checked:
        with TemporaryDirectory() as folder:
            content = io.BytesIO(git.bytes_of("archive", tree, *parts))
            with tarfile.open(fileobj=content) as archive:
                archive.extractall(folder, filter="data")
            proposals.checked[state] = tuple(check(Path(folder) / KNOWLEDGE))
    return proposals.checked[state]


def _changed(git: Git, before: str, after: str) -> list[str]:
    told = git.run("diff", "--name-only", "--no-renames", "-z", before, after)
    return [path for path in told.split("\0") if path]


def _is_as(git: Git, commit: str, path: str) -> bool:
    """Whether the file in the work tree is the one of the commit."""
    file = git.folder / path
    code, wanted = git.asked("rev-parse", "--verify", "--quiet", f"{commit}:{path}")
    if not file.is_file() or code:
        return not file.exists() and bool(code)
    return git.run("hash-object", "--", path).strip() == wanted.strip()
