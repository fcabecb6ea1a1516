"""Review: a change is handed over with a reason, read by another person, and approved or not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.desk.git import DeskError, Git
from bot.desk.landing import (
    Check,
    ConflictError,
    Merged,
    changed_files,
    finish,
    land,
    merge,
    new_faults,
    tries,
    write_commit,
)
from bot.desk.proposals import Proposal, Proposals, person_name
from bot.desk.who_may import lawyer_needed_for, refuse_unless_allowed
from bot.knowledge.faults import Fault
from bot.knowledge.people import Person, load_people

_PARTS = ("knowledge", "tests")
_REASON_LIMIT = 1000


class FaultyError(DeskError):
    """The check refuses a change; `faults` are what it says."""

    def __init__(self, told: str, faults: Sequence[Fault]) -> None:
        super().__init__(told)
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a proposal stands against what is live now."""

    merged: Merged | None
    files: tuple[str, ...]
    is_changed_since: bool
    for_lawyer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """A proposal that may be made live as `merged`, once the check agrees."""

    proposal: Proposal
    approver: Person
    merged: Merged
    has_files: bool


class Review:
    """Handing over, approving and taking back, for whoever sits at the desk."""

    def __init__(self, proposals: Proposals, check: Check) -> None:
        """`check` gives the faults of a knowledge folder."""
        self.proposals = proposals
        self.check = check
        self._git = proposals.git

    def people(self) -> tuple[Person, ...]:
        """Who is named in people.yml as it stands now."""
        return load_people(self.proposals.root / "knowledge")

    def has_changes(self, proposal: Proposal) -> bool:
        """Whether it holds something that was not handed over yet."""
        return bool(_in(proposal).run("status", "--porcelain", *self._paths()))

    def draft_tree(self, proposal: Proposal) -> str:
        """Everything that was saved in it so far, as a tree; nothing is handed over by it."""
        git = _in(proposal)
        # An index of its own: the one of the folder stays as it is.
        index = self.proposals.home / f"{proposal.slug}.index"
        own = {"GIT_INDEX_FILE": str(index)}
        try:
            git.run("read-tree", "HEAD", by=own)
            git.run("add", "--all", *self._paths(), by=own)
            return git.run("write-tree", by=own).strip()
        finally:
            index.unlink(missing_ok=True)

    def base_of(self, proposal: Proposal) -> str:
        """What it was written from."""
        return self._git.run("merge-base", "HEAD", proposal.branch).strip()

    def standing(self, proposal: Proposal) -> Standing:
        """What it would change today, whether it clashes, and whether a lawyer must read it."""
        is_changed = self.has_changes(proposal)
        if proposal.sent is None:
            base, tree = self.base_of(proposal), self.draft_tree(proposal)
            return Standing(
                merged=None,
                files=tuple(changed_files(self._git, base, tree)),
                is_changed_since=is_changed,
                for_lawyer=tuple(lawyer_needed_for(self._git, base, tree)),
            )
        merged = merge(self._git, proposal.sent)
        return Standing(
            merged=merged,
            files=tuple(changed_files(self._git, merged.head, merged.tree)),
            is_changed_since=is_changed,
            for_lawyer=tuple(lawyer_needed_for(self._git, merged.head, merged.tree)),
        )

    def ready_to_submit(self, slug: str, person: str, reason: str) -> str:
        """The tree that would be handed over; DeskError where not even the check is needed."""
        if not reason.strip():
            raise DeskError("请写上为什么改，看的人才知道要看什么。")
        proposal = self.proposals.note_author(slug, person)
        tree = self.draft_tree(proposal)
        if not changed_files(self._git, self.base_of(proposal), tree):
            raise DeskError("这个提议还什么都没改。")
        return tree

    def submit(self, slug: str, person: str, reason: str, seen: str = "") -> Proposal:
        """Hand it over to be read; FaultyError when the check refuses it.

        `seen` is the tree that the person saw, if it must be that one.
        """
        reason = reason.strip()[:_REASON_LIMIT]
        tree = self.ready_to_submit(slug, person, reason)
        base = self.base_of(self.proposals.of(slug))
        if seen and tree != seen:
            raise DeskError("检查的时候又有人改了这个提议，请再提交一次。")
        if faults := new_faults(self.proposals, self.check, base, tree):
            raise FaultyError("有些地方要先改好，才能请人看：", faults)
        with self.proposals.locked():
            proposal = self.proposals.of(slug)
            git = _in(proposal)
            git.run("add", "--all", *self._paths())
            if git.run("write-tree").strip() != tree:
                raise DeskError("检查的时候又有人改了这个提议，请再提交一次。")
            if not git.answers("diff", "--cached", "--quiet"):
                by = {"GIT_AUTHOR_NAME": proposal.authors[0], "GIT_COMMITTER_NAME": person}
                git.run("commit", "--quiet", "--message", f"{proposal.title}\n\n{reason}", by=by)
            sent = git.run("rev-parse", "HEAD").strip()
            proposal = replace(proposal, reason=reason, sent=sent, sent_at=self.proposals.clock())
            self.proposals.keep(proposal)
        return proposal

    def approve(self, slug: str, person: str, seen: str) -> str:
        """Make it live, with both names; the commit. DeskError says why not.

        `seen` is the commit that the person read: what came after it is not approved.
        """
        for _ in tries():
            if (commit := self._approve_once(slug, person, seen)) is not None:
                return commit
        raise DeskError("同时有别的改动一再合进来，请过一会儿再点一次。")

    def withdraw(self, slug: str, person: str) -> None:
        """Take it back for good; only who wrote in it may."""
        with self.proposals.locked():
            proposal = self.proposals.of(slug)
            if person_name(person) not in proposal.authors:
                raise DeskError("只有写这个提议的人能收回它。")
            self.proposals.forget(proposal)

    def send_back(self, slug: str, person: str, why: str) -> Proposal:
        """Ask its author to go on with it, with a reason that stands beside it."""
        why = why.strip()[:_REASON_LIMIT]
        if not why:
            raise DeskError("请写一句哪里要改。")
        with self.proposals.locked():
            proposal = self.proposals.of(slug)
            proposal = replace(
                proposal, sent=None, sent_at=None, answer=f"{person_name(person)}：{why}"
            )
            self.proposals.keep(proposal)
        return proposal

    def ready_to_approve(self, slug: str, person: str, seen: str) -> Ready:
        """What would be made live, and who approves; DeskError says why not, before the check."""
        proposal = self.proposals.of(slug)
        if proposal.sent is None or proposal.sent != seen or self.has_changes(proposal):
            raise DeskError("这个提议在你看的时候又改过了，请重新打开看一遍。")
        standing = self.standing(proposal)
        if standing.merged is None:
            raise AssertionError(slug)
        approver = refuse_unless_allowed(proposal, person, self.people(), standing.for_lawyer)
        if standing.merged.clashing:
            raise ConflictError("它和后来通过的改动碰在一处，要先选留哪一个。")
        return Ready(proposal, approver, standing.merged, bool(standing.files))

    def _approve_once(self, slug: str, person: str, seen: str) -> str | None:
        """The commit; None when what stands now moved on in the meantime."""
        ready = self.ready_to_approve(slug, person, seen)
        proposal, approver, merged = ready.proposal, ready.approver, ready.merged
        if faults := new_faults(self.proposals, self.check, merged.head, merged.tree):
            raise FaultyError("和现在的文字合在一起有问题，请作者改好：", faults)
        with self.proposals.locked():
            if self.proposals.of(slug) != proposal:
                return None
            finish(self.proposals)
            if self._git.run("rev-parse", "HEAD").strip() != merged.head:
                return None
            commit = merged.head
            if ready.has_files:
                names = (proposal.authors[0], approver.name)
                message = _message(proposal, approver)
                commit = write_commit(self._git, merged.tree, [merged.head], message, names)
                land(self.proposals, commit)
            self.proposals.forget(proposal)
        return commit

    def _paths(self) -> list[str]:
        there = (part for part in _PARTS if (self.proposals.root / part).is_dir())
        return ["--", *there]


def _in(proposal: Proposal) -> Git:
    """Git in the folder of a proposal."""
    return Git(proposal.tree)


def _message(proposal: Proposal, approver: Person) -> str:
    by = [f"Proposed-by: {name}" for name in proposal.authors]
    role = "lawyer" if approver.is_lawyer else "advocate"
    trailers = [*by, f"Approved-by: {approver.name}", f"Approved-as: {role}"]
    return f"{proposal.title}\n\n{proposal.reason}\n\n" + "\n".join(trailers) + "\n"
