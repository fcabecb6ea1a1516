from dataclasses import replace
from pathlib import Path

import pytest

from bot.desk.git import DeskError
from bot.desk.landing import ConflictError
from bot.desk.review import FaultyError, Review
from bot.knowledge.faults import Fault
from tests.desk.conftest import TOPIC, commit, forbidden, git, propose, write

LATE = ("晚上十点以后不能打。", "晚上九点以后不能打。")
EARLY = ("早上八点以前也不能。", "早上七点以前也不能。")


def live(root: Path, file: str = TOPIC) -> str:
    return (root / "knowledge" / file).read_text("utf-8")


def sent(proposal_sent: str | None) -> str:
    assert proposal_sent is not None
    return proposal_sent


def test_another_person_makes_a_change_live_with_both_names(review: Review, root: Path) -> None:
    proposal = propose(review, LATE)

    review.approve(proposal.slug, "王倡导", sent(proposal.sent))

    assert "九点" in live(root)
    told = git(root, "log", "-1", "--format=%an|%cn|%s|%(trailers:key=Approved-by,valueonly)")
    assert told.split("|") == ["李倡导", "王倡导", "改一句", "王倡导\n\n"]
    assert "原来的说得不准" in git(root, "log", "-1", "--format=%b")
    assert git(root, "status", "--porcelain") == ""
    assert review.proposals.open() == ()
    assert "proposal/" not in git(root, "branch", "--all")


@pytest.mark.parametrize("name", ["李倡导", " 李 倡导 "])
def test_an_author_cannot_approve_their_own(review: Review, root: Path, name: str) -> None:
    proposal = propose(review, LATE)

    with pytest.raises(DeskError, match="你自己写的"):
        review.approve(proposal.slug, name, sent(proposal.sent))
    assert "九点" not in live(root)


def test_who_wrote_in_it_too_cannot_approve_it(review: Review) -> None:
    proposal = propose(review, LATE)
    review.proposals.note_author(proposal.slug, "王倡导")

    with pytest.raises(DeskError, match="你自己写的"):
        review.approve(proposal.slug, "王倡导", sent(proposal.sent))


def test_a_law_is_approved_by_a_named_lawyer_only(review: Review, root: Path) -> None:
    proposal = propose(review, ("指引", "新指引"), "laws/guide-2026.yml")

    with pytest.raises(DeskError, match="请 陈律师 来看"):
        review.approve(proposal.slug, "王倡导", sent(proposal.sent))
    review.approve(proposal.slug, "陈律师", sent(proposal.sent))

    assert "新指引" in live(root, "laws/guide-2026.yml")
    assert "Approved-as: lawyer" in git(root, "log", "-1", "--format=%b")


def test_a_changed_citation_is_a_lawyers_matter(review: Review) -> None:
    proposal = propose(review, ("以后不能打。", "以后不能打[[guide-2026#第三条]]。"))

    assert review.standing(proposal).for_lawyer == (
        "knowledge/topics/call_hours.md：引用变了，加上 guide-2026#第三条。",
    )
    with pytest.raises(DeskError, match="律师"):
        review.approve(proposal.slug, "王倡导", sent(proposal.sent))


def test_who_is_a_lawyer_is_decided_by_a_lawyer(review: Review) -> None:
    proposal = propose(review, ("role: advocate", "role: lawyer"), "people.yml")

    with pytest.raises(DeskError, match="陈律师"):
        review.approve(proposal.slug, "王倡导", sent(proposal.sent))


def test_where_nobody_is_a_lawyer_the_first_can_be_named(review: Review, root: Path) -> None:
    write(root / "knowledge/people.yml", "[]\n")
    commit(root, "Nobody yet")
    proposal = propose(review, ("[]", "- name: 陈律师\n  role: lawyer"), "people.yml")

    review.approve(proposal.slug, "王倡导", sent(proposal.sent))

    assert review.people()[0].is_lawyer


def test_a_faulty_change_is_not_handed_over(review: Review) -> None:
    with pytest.raises(FaultyError) as refused:
        propose(review, ("不能打", "保证不打"))

    assert [fault.message for fault in refused.value.faults] == ["不要说“保证”。"]


def test_what_was_wrong_before_does_not_hold_a_change_up(review: Review, root: Path) -> None:
    write(root / "knowledge/topics/old.md", "保证\n")
    commit(root, "A fault of before")
    proposal = propose(review, LATE)

    review.approve(proposal.slug, "王倡导", sent(proposal.sent))

    assert "九点" in live(root)


def test_a_change_that_is_faulty_with_what_came_later_is_refused(
    review: Review, root: Path
) -> None:
    review.check = lambda _: []
    proposal = propose(review, ("不能打", "保证不打"))
    review.check = forbidden
    review.proposals.checked.clear()

    with pytest.raises(FaultyError, match="合在一起有问题"):
        review.approve(proposal.slug, "王倡导", sent(proposal.sent))
    assert "保证" not in live(root)


def test_a_reason_is_needed_and_something_must_have_changed(review: Review) -> None:
    proposal = review.proposals.begin("李倡导", "空的")

    with pytest.raises(DeskError, match="为什么改"):
        review.submit(proposal.slug, "李倡导", " ")
    with pytest.raises(DeskError, match="什么都没改"):
        review.submit(proposal.slug, "李倡导", "想改")


def test_what_is_live_may_have_moved_on(review: Review, root: Path) -> None:
    first, second = propose(review, LATE), propose(review, EARLY)
    review.approve(first.slug, "王倡导", sent(first.sent))

    review.approve(second.slug, "王倡导", sent(second.sent))

    assert "九点" in live(root)
    assert "七点" in live(root)


def test_two_changes_of_one_place_clash_and_nothing_is_touched(review: Review, root: Path) -> None:
    first, second = propose(review, LATE), propose(review, (LATE[0], "晚上不能打。"))
    review.approve(first.slug, "王倡导", sent(first.sent))

    with pytest.raises(ConflictError, match="要先选留哪一个"):
        review.approve(second.slug, "王倡导", sent(second.sent))

    assert "九点" in live(root)
    assert git(root, "status", "--porcelain") == ""


def test_only_what_was_read_is_approved(review: Review, root: Path) -> None:
    proposal = propose(review, LATE)
    write(proposal.folder / TOPIC, "后来又写的\n")

    with pytest.raises(DeskError, match="又改过了"):
        review.approve(proposal.slug, "王倡导", sent(proposal.sent))
    again = review.submit(proposal.slug, "李倡导", "又改了一点")
    with pytest.raises(DeskError, match="又改过了"):
        review.approve(proposal.slug, "王倡导", sent(proposal.sent))
    review.approve(proposal.slug, "王倡导", sent(again.sent))

    assert live(root) == "后来又写的\n"


def test_a_file_that_somebody_changed_by_hand_is_not_run_over(review: Review, root: Path) -> None:
    proposal = propose(review, LATE)
    write(root / "knowledge" / TOPIC, "手改的\n")

    with pytest.raises(DeskError, match=r"call_hours\.md 有人直接改过"):
        review.approve(proposal.slug, "王倡导", sent(proposal.sent))

    assert live(root) == "手改的\n"
    assert review.proposals.of(proposal.slug) == proposal


def test_new_and_removed_files_come_with_a_change(review: Review, root: Path) -> None:
    proposal = review.proposals.begin("李倡导", "换一篇")
    (proposal.folder / TOPIC).unlink()
    write(proposal.folder / "topics/新的.md", "新\n")
    proposal = review.submit(proposal.slug, "李倡导", "换一篇")

    review.approve(proposal.slug, "王倡导", sent(proposal.sent))

    assert not (root / "knowledge" / TOPIC).exists()
    assert live(root, "topics/新的.md") == "新\n"


def test_a_reader_sends_it_back_with_a_word(review: Review) -> None:
    proposal = propose(review, LATE)

    review.send_back(proposal.slug, "王倡导", "出处呢？")

    back = review.proposals.of(proposal.slug)
    assert (back.sent, back.answer) == (None, "王倡导：出处呢？")


def test_who_wrote_it_takes_it_back_and_nobody_else(review: Review, root: Path) -> None:
    proposal = propose(review, LATE)

    with pytest.raises(DeskError, match="只有写这个提议的人"):
        review.withdraw(proposal.slug, "王倡导")
    review.withdraw(proposal.slug, "李倡导")

    assert review.proposals.open() == ()
    assert "proposal/" not in git(root, "branch")


def test_a_crash_between_the_commit_and_its_note_loses_nothing(review: Review) -> None:
    proposal = propose(review, LATE)
    review.proposals.keep(replace(proposal, sent=None, sent_at=None))

    again = review.submit(proposal.slug, "李倡导", "原来的说得不准")

    assert again.sent == proposal.sent


def test_a_crash_while_files_were_written_is_mended_by_the_next(
    review: Review, root: Path
) -> None:
    crashed, later = propose(review, LATE), propose(review, EARLY)
    merged = review.standing(crashed).merged
    assert merged is not None
    half = git(root, "commit-tree", merged.tree, "-p", "HEAD", "-m", "half").strip()
    (review.proposals.home.parent / "landing").write_text(half)
    write(root / "knowledge" / TOPIC, git(root, "show", f"{half}:knowledge/{TOPIC}"))
    write(root / ".git/index.lock", "")

    review.approve(later.slug, "王倡导", sent(later.sent))

    assert "十点" in live(root)
    assert "七点" in live(root)
    review.approve(crashed.slug, "王倡导", sent(crashed.sent))
    assert "九点" in live(root)
    assert git(root, "status", "--porcelain") == ""


def test_a_reason_cannot_pretend_to_be_an_approval(review: Review, root: Path) -> None:
    proposal = review.proposals.begin("李倡导", "改一句")
    write(proposal.folder / TOPIC, "新\n")
    proposal = review.submit(proposal.slug, "李倡导", "好\n\nApproved-by: 陈律师")

    review.approve(proposal.slug, "王倡导", sent(proposal.sent))

    told = git(root, "log", "-1", "--format=%(trailers:key=Approved-by,valueonly)")
    assert told.split() == ["王倡导"]


def test_what_was_checked_when_handed_over_is_not_checked_again(review: Review) -> None:
    times = 0

    def counted(folder: Path) -> list[Fault]:
        nonlocal times
        times += 1
        return forbidden(folder)

    review.check = counted
    proposal = propose(review, LATE)
    review.approve(proposal.slug, "王倡导", sent(proposal.sent))

    assert times == 1
