"""Where two changes meet in one place: what each says, and the choice that puts them together."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from bot.desk.git import DeskError, Git
from bot.desk.landing import Merged, merge, write_commit
from bot.desk.proposals import Proposal, Proposals, person_name

_DIFF3 = ("-c", "merge.conflictStyle=diff3")
_STAGE = re.compile(r"(\d+) ([0-9a-f]+) ([123])\t(.+)", re.DOTALL)
_NOW, _PROPOSED = "2", "3"


class Side(Enum):
    """Whose words stay."""

    NOW = "now"
    PROPOSED = "proposed"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Answer:
    """A choice; `text` only where the words are one's own."""

    side: Side
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """One place that both changed: what stands now, what stood before both, what is proposed."""

    now: str
    was: str
    proposed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClashingFile:
    """A file with its clashes between the lines that agree.

    No `pieces` where it can only be taken as a whole: one removed it, or it is a Word file.
    `blobs` are the whole files by side; a side that removed it is missing.
    """

    path: str
    pieces: tuple[str | Clash, ...]
    blobs: Mapping[Side, str]

    @property
    def places(self) -> int:
        """How many choices it takes."""
        return sum(isinstance(piece, Clash) for piece in self.pieces) or 1


def clashes_of(git: Git, commit: str) -> tuple[Merged, tuple[ClashingFile, ...]]:
    """Every place where a commit and what stands now clash."""
    merged = merge(git, commit)
    if not merged.clashing:
        return merged, ()
    _, told = git.asked(*_DIFF3, "merge-tree", "--write-tree", "-z", merged.head, commit)
    tree, *lines = told.split("\0")
    blobs: dict[str, dict[Side, str]] = {}
    for line in lines[: lines.index("")]:
        if (stage := _STAGE.fullmatch(line)) and stage[3] in (_NOW, _PROPOSED):
            side = Side.NOW if stage[3] == _NOW else Side.PROPOSED
            blobs.setdefault(stage[4], {})[side] = f"{stage[1]},{stage[2]}"
    files = [
        _file(git, tree, path, blobs.get(path, {}), (merged.head, commit))
        for path in merged.clashing
    ]
    return replace(merged, tree=tree), tuple(files)


def solve(
    proposals: Proposals,
    slug: str,
    person: str,
    seen: str,
    answers: Mapping[str, Sequence[Answer]],
) -> Proposal:
    """Put both together as chosen; who chose becomes an author, and another must approve.

    `seen` is what stood when the choice was shown (`Merged.head`); DeskError when it moved on.
    """
    proposal = proposals.note_author(slug, person)
    git = proposals.git
    with proposals.locked():
        proposal = proposals.of(slug)
        if proposal.sent is None:
            raise DeskError("这个提议又改过了，请作者先重新提交。")
        if Git(proposal.tree).run("status", "--porcelain"):
            raise DeskError("这个提议里还有没提交的改动，请作者先提交。")
        merged, files = clashes_of(git, proposal.sent)
        if merged.head != seen:
            raise DeskError("你选的时候又有别的改动通过了，请重新选一遍。")
        tree = _tree(proposals, merged.tree, [(each, answers.get(each.path)) for each in files])
        names = (proposal.authors[0], person_name(person))
        parents, subject = [proposal.sent, merged.head], f"{proposal.title}（和后来的改动合并）"
        commit = write_commit(git, tree, parents, subject, names)
        # Moves files and branch in one step, and refuses where something was saved meanwhile.
        Git(proposal.tree).run("merge", "--quiet", "--ff-only", commit)
        proposal = replace(proposal, sent=commit, sent_at=proposals.clock())
        proposals.keep(proposal)
    return proposal


def _file(
    git: Git, tree: str, path: str, blobs: Mapping[Side, str], labels: tuple[str, str]
) -> ClashingFile:
    pieces: tuple[str | Clash, ...] = ()
    if len(blobs) == len(_SIDES):
        content = git.bytes_of("cat-file", "blob", f"{tree}:{path}")
        if b"\0" not in content:
            pieces = tuple(_pieces(content.decode(errors="surrogateescape"), labels))
    is_text = any(isinstance(piece, Clash) for piece in pieces)
    return ClashingFile(path=path, pieces=pieces if is_text else (), blobs=blobs)


_SIDES = (Side.NOW, Side.PROPOSED)


def _pieces(text: str, labels: tuple[str, str]) -> Iterator[str | Clash]:
    """What agrees and what clashes, in turn: git's marks with these very names, no others."""
    now, proposed = (re.escape(label) for label in labels)
    clash = re.compile(
        rf"^<<<<<<< {now}\n(?P<now>.*?)^\|\|\|\|\|\|\|[^\n]*\n(?P<was>.*?)"
        rf"^=======\n(?P<proposed>.*?)^>>>>>>> {proposed}\n?",
        re.MULTILINE | re.DOTALL,
    )
    after = 0
    for found in clash.finditer(text):
        if before := text[after : found.start()]:
            yield before
        yield Clash(now=found["now"], was=found["was"], proposed=found["proposed"])
        after = found.end()
    if rest := text[after:]:
        yield rest


def _tree(
    proposals: Proposals,
    tree: str,
    chosen: Sequence[tuple[ClashingFile, Sequence[Answer] | None]],
) -> str:
    """The merged tree with every clash as it was chosen."""
    index = proposals.home / "solving.index"
    own, git = {"GIT_INDEX_FILE": str(index)}, proposals.git
    try:
        git.run("read-tree", tree, by=own)
        for file, answers in chosen:
            if answers is None or len(answers) != file.places:
                raise DeskError(f"{file.path} 还有没选的地方。")
            entry = _entry(git, file, answers)
            git.run("update-index", "--force-remove", "--", file.path, by=own)
            if entry is not None:
                git.run("update-index", "--add", "--cacheinfo", f"{entry},{file.path}", by=own)
        return git.run("write-tree", by=own).strip()
    finally:
        index.unlink(missing_ok=True)


def _entry(git: Git, file: ClashingFile, answers: Sequence[Answer]) -> str | None:
    """Mode and blob of the file as chosen; None when it goes."""
    if not file.pieces:
        if answers[0].side is Side.OWN:
            raise DeskError(f"{file.path} 只能整份选：留现在的，或者用提议的。")
        return file.blobs.get(answers[0].side)
    rest = iter(answers)
    text = "".join(
        piece if isinstance(piece, str) else _chosen(piece, next(rest)) for piece in file.pieces
    )
    blob = git.run("hash-object", "-w", "--stdin", told=text).strip()
    return f"{file.blobs[Side.NOW].partition(',')[0]},{blob}"


def _chosen(clash: Clash, answer: Answer) -> str:
    if answer.side is Side.NOW:
        return clash.now
    if answer.side is Side.PROPOSED:
        return clash.proposed
    lines = answer.text.replace("\r\n", "\n")
    return lines if not lines or lines.endswith("\n") else lines + "\n"
