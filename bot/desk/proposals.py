"""Proposals: changes that wait for another person, each in a folder of its own beneath git."""

import fcntl
import json
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.concepts.clock import now
from bot.desk.git import DeskError, Git, why_no_git
from bot.knowledge.faults import Fault
from bot.private_files import make_private_folder

KNOWLEDGE = "knowledge"
_SLUG = re.compile(r"\d{8}-[0-9a-f]{8}")
_TITLE_LIMIT = 60
_NAME_LIMIT = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One change on its way: who wrote it, why, and the folder that holds its texts.

    `sent` is the commit that was handed over to be read; None while nobody was asked.
    `answer` is what a reader asked for, with their name.
    """

    slug: str
    title: str
    authors: tuple[str, ...]
    begun_at: datetime
    tree: Path
    reason: str = ""
    sent: str | None = None
    sent_at: datetime | None = None
    answer: str = ""

    @property
    def folder(self) -> Path:
        """Its knowledge folder: write here, nowhere else."""
        return self.tree / KNOWLEDGE

    @property
    def branch(self) -> str:
        """Its branch."""
        return f"proposal/{self.slug}"


class Proposals:
    """All proposals of one repository. Safe against a crash at any line, and for many at once."""

    def __init__(
        self, root: Path, data: Path | None = None, clock: Callable[[], datetime] = now
    ) -> None:
        """`root` holds knowledge/ and is the repository; `data` is the data folder."""
        self.root = root
        self.git = Git(root)
        self.clock = clock
        self.home = (data or root / ".data") / "desk" / "proposals"
        self.checked: dict[str, tuple[Fault, ...]] = {}
        """What the check said of a state, as long as the desk runs."""

    def why_not(self) -> str | None:
        """Why one may only look here, in Chinese; None when proposals can be made."""
        return why_no_git(self.root)

    def begin(self, author: str, title: str) -> Proposal:
        """Open a folder for a change, from what stands now; DeskError says what is missing."""
        if missing := self.why_not():
            raise DeskError(missing)
        begun_at = self.clock()
        slug = f"{begun_at:%Y%m%d}-{secrets.token_hex(4)}"
        proposal = Proposal(
            slug=slug,
            title=_one_line(title, _TITLE_LIMIT, "请用几个字说这次改什么。"),
            authors=(person_name(author),),
            begun_at=begun_at,
            tree=self.home / slug,
        )
        with self.locked():
            self._sweep_leftovers()
            self.git.run("branch", proposal.branch, "HEAD")
            self._make_tree(proposal)
            self.keep(proposal)
        return proposal

    def of(self, slug: str) -> Proposal:
        """The proposal of this name; DeskError when there is none (any longer)."""
        path = self.home / f"{slug}.json"
        if not _SLUG.fullmatch(slug) or not path.is_file():
            raise DeskError("没有这个提议：它已经通过、被收回，或者地址写错了。")
        proposal = _from_json(json.loads(path.read_text(encoding="utf-8")), self.home / slug)
        if not proposal.tree.is_dir():
            self._mend(proposal)
        return proposal

    def open(self) -> tuple[Proposal, ...]:
        """Every proposal that is neither approved nor taken back, the newest first."""
        slugs = [path.stem for path in self.home.glob("*.json") if _SLUG.fullmatch(path.stem)]
        found = [self.of(slug) for slug in slugs]
        return tuple(sorted(found, key=lambda each: each.begun_at, reverse=True))

    def note_author(self, slug: str, name: str) -> Proposal:
        """Remember that this person wrote in it too: they cannot approve it any more."""
        with self.locked():
            proposal, name = self.of(slug), person_name(name)
            if name not in proposal.authors:
                proposal = replace(proposal, authors=(*proposal.authors, name))
                self.keep(proposal)
        return proposal

    def keep(self, proposal: Proposal) -> None:
        """Write down what is known of it, in one step."""
        path = self.home / f"{proposal.slug}.json"
        known = {key: value for key, value in asdict(proposal).items() if key != "tree"}
        fresh = path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(known, file, ensure_ascii=False, default=datetime.isoformat)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)

    def forget(self, proposal: Proposal) -> None:
        """Remove its folder and branch; what it says is lost unless it was merged."""
        # First the note: a crash after it leaves a folder that the next `begin` sweeps away.
        (self.home / f"{proposal.slug}.json").unlink(missing_ok=True)
        self._sweep(proposal.tree)
        self.git.asked("branch", "--delete", "--force", proposal.branch)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One change at a time, whoever makes it: threads, and other desks on this machine."""
        make_private_folder(self.home)
        with (self.home.parent / "lock").open("a", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make_tree(self, proposal: Proposal) -> None:
        """Check out beside its place first: a folder at its place is always whole."""
        fresh = proposal.tree.with_suffix(".new")
        self._sweep(fresh)
        self.git.run("worktree", "add", "--quiet", str(fresh), proposal.branch)
        self.git.run("worktree", "move", str(fresh), str(proposal.tree))

    def _mend(self, proposal: Proposal) -> None:
        """Its folder was removed by hand: take it from its branch, as it was handed over."""
        self.git.asked("worktree", "prune")
        if not self.git.answers("rev-parse", "--verify", "--quiet", proposal.branch):
            self.git.run("branch", proposal.branch, proposal.sent or "HEAD")
        self._make_tree(proposal)

    def _sweep_leftovers(self) -> None:
        """Folders without a note: a crash while they were begun, or while they were removed."""
        for tree in self.home.iterdir():
            if _SLUG.fullmatch(tree.name) and not (self.home / f"{tree.name}.json").exists():
                self._sweep(tree)

    def _sweep(self, tree: Path) -> None:
        if tree.exists():
            self.git.asked("worktree", "remove", "--force", "--force", str(tree))
            shutil.rmtree(tree, ignore_errors=True)
        self.git.asked("worktree", "prune")


def person_name(name: str) -> str:
    """A name in one line, without what git or a trailer would misread; DeskError."""
    plain = re.sub(r"[<>\x00-\x1f\x7f]", "", name)
    return _one_line(plain, _NAME_LIMIT, "请先写上你的名字。")


def _one_line(text: str, limit: int, remedy: str) -> str:
    line = " ".join(text.split())[:limit].strip()
    if not line:
        raise DeskError(remedy)
    return line


def _from_json(known: dict[str, str], tree: Path) -> Proposal:
    return Proposal(
        slug=known["slug"],
        title=known["title"],
        authors=tuple(known["authors"]),
        begun_at=datetime.fromisoformat(known["begun_at"]),
        tree=tree,
        reason=known["reason"],
        sent=known["sent"],
        sent_at=datetime.fromisoformat(known["sent_at"]) if known["sent_at"] else None,
        answer=known["answer"],
    )
