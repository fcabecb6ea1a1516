"""Everything that was ever live: the history of each text, and the ways back."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.desk.git import DeskError, Git
from bot.desk.landing import Check, finish, land, new_faults, write_commit
from bot.desk.proposals import KNOWLEDGE, Proposal, Proposals, person_name
from bot.desk.review import FaultyError

_FIELDS = (
    "%H",
    "%ct",
    "%an",
    "%(trailers:key=Approved-by,valueonly,separator=%x2C)",
    "%(trailers:key=Back-to,valueonly,separator=%x2C)",
    "%s",
    "%b",
)
_FORMAT = "%x1e" + "%x1f".join(_FIELDS)
_MOST = 100
_EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One state that was live: when, by whom, approved by whom ("" where it was no proposal)."""

    commit: str
    on: datetime
    author: str
    approver: str
    back_to: str
    title: str
    reason: str


class Versions:
    """The history of one repository, and what brings older words back."""

    def __init__(self, proposals: Proposals, check: Check) -> None:
        """`check` gives the faults of a knowledge folder."""
        self._proposals = proposals
        self._check = check
        self._git = proposals.git

    def of(self, path: str) -> tuple[Version, ...]:
        """The versions of one text, the newest first; as many as a page holds."""
        return self._read("HEAD", "--", f":(literal){path}")

    def live(self) -> tuple[Version, ...]:
        """What was live of the whole folder, the newest first; as many as a page holds."""
        return self._read("--first-parent", "HEAD", "--", KNOWLEDGE)

    def one(self, commit: str) -> Version:
        """One version; DeskError when there is none."""
        if commit not in self._git.run("log", "--format=%H", "HEAD", "--", KNOWLEDGE).split():
            raise DeskError("没有这一版，请回到历史里重新选。")
        return self._read("--max-count=1", commit)[0]

    def trees_of(self, version: Version) -> tuple[str, str]:
        """What stood before a version and what it made of it, to be compared."""
        code, before = self._git.asked("rev-parse", "--verify", "--quiet", f"{version.commit}^1")
        return (before.strip() if not code else _EMPTY_TREE), version.commit

    def restore(self, path: str, commit: str, person: str) -> Proposal:
        """Propose a file as it was; DeskError when that version has no such file."""
        version = self.one(commit)
        files = self._git.run("ls-tree", "-r", "--name-only", "-z", commit, "--", KNOWLEDGE)
        if path not in files.split("\0"):
            raise DeskError("那一版里没有这个文件。")
        name = path.removeprefix(f"{KNOWLEDGE}/")
        title = f"恢复 {name} 到 {version.on:%Y-%m-%d %H:%M} 的样子"
        proposal = self._proposals.begin(person, title)
        Git(proposal.tree).run("checkout", "--quiet", commit, "--", f":(literal){path}")
        return proposal

    def before(self) -> Version | None:
        """The version that one step back leads to; None where there is none."""
        versions = self.live()
        by_commit = {each.commit: place for place, each in enumerate(versions)}
        place = 0
        # What was itself a way back stands where it led to: a second step goes further.
        while place < len(versions) and (back_to := versions[place].back_to):
            place = by_commit.get(back_to, len(versions))
        return versions[place + 1] if place + 1 < len(versions) else None

    def step_back(self, person: str, why: str, seen: str) -> str:
        """Make the version before live again at once; the commit. It was approved in its time.

        `seen` is the newest version that the person saw; DeskError when it is another.
        """
        name, why = person_name(person), why.strip() or "没有写原因"
        with self._proposals.locked():
            finish(self._proposals)
            newest, target = self.live()[0], self.before()
            if newest.commit != seen:
                raise DeskError("又有新的改动通过了，请重新打开这一页看一看。")
            if target is None:
                raise DeskError("没有更早的一版了。")
            tree = self._tree_with(target.commit)
            if faults := new_faults(self._proposals, self._check, "HEAD", tree):
                raise FaultyError("那一版放到今天通不过检查，回不去：", faults)
            title = f"回到 {target.on:%Y-%m-%d %H:%M} 的样子：{target.title}"
            message = f"{title}\n\n{why}\n\nBack-to: {target.commit}\n"
            commit = write_commit(self._git, tree, ["HEAD"], message, (name, name))
            land(self._proposals, commit)
        return commit

    def _tree_with(self, commit: str) -> str:
        """What stands now, with the knowledge folder as that commit has it."""
        folder = self._git.run("rev-parse", f"{commit}:{KNOWLEDGE}").strip()
        entries = self._git.run("ls-tree", "-z", "HEAD").split("\0")
        kept = [each for each in entries if each and not each.endswith(f"\t{KNOWLEDGE}")]
        kept.append(f"040000 tree {folder}\t{KNOWLEDGE}")
        return self._git.run("mktree", "-z", told="\0".join(kept) + "\0").strip()

    def _read(self, *words: str) -> tuple[Version, ...]:
        told = self._git.run("log", f"--max-count={_MOST}", f"--format={_FORMAT}", *words)
        zone = self._proposals.clock().tzinfo
        return tuple(_version(each, zone) for each in told.split("\x1e")[1:])


def _version(told: str, zone: tzinfo | None) -> Version:
    commit, seconds, author, approver, back_to, title, body = told.rstrip("\n").split("\x1f")
    return Version(
        commit=commit,
        on=datetime.fromtimestamp(int(seconds), zone),
        author=author,
        approver=approver.strip(),
        back_to=back_to.strip(),
        title=title,
        reason=_without_trailers(body),
    )


def _without_trailers(body: str) -> str:
    *paragraphs, last = body.strip().split("\n\n")
    is_trailers = all(": " in line for line in last.splitlines())
    return "\n\n".join(paragraphs if is_trailers else [*paragraphs, last])
