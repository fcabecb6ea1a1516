from pathlib import Path

import pytest

from bot.desk.git import DeskError
from bot.desk.review import FaultyError, Review
from bot.desk.versions import Versions
from tests.desk.conftest import TOPIC, commit, forbidden, git, propose, write

FILE = f"knowledge/{TOPIC}"


@pytest.fixture
def versions(review: Review) -> Versions:
    return Versions(review.proposals, forbidden)


def change(review: Review, old: str, new: str) -> None:
    proposal = propose(review, (old, new))
    assert proposal.sent
    review.approve(proposal.slug, "王倡导", proposal.sent)


def live(root: Path) -> str:
    return (root / FILE).read_text("utf-8")


def test_the_history_of_a_text_names_both_and_the_reason(
    review: Review, versions: Versions
) -> None:
    change(review, "十点", "九点")

    newest, first = versions.of(FILE)

    assert (newest.author, newest.approver) == ("李倡导", "王倡导")
    assert (newest.title, newest.reason) == ("改一句", "原来的说得不准")
    assert (first.author, first.approver) == ("dev", "")


def test_an_older_text_comes_back_as_a_proposal(review: Review, versions: Versions) -> None:
    change(review, "十点", "九点")
    oldest = versions.of(FILE)[-1]

    proposal = versions.restore(FILE, oldest.commit, "李倡导")

    assert "十点" in (proposal.folder / TOPIC).read_text("utf-8")
    assert proposal.title.startswith("恢复 topics/call_hours.md 到 ")
    review.submit(proposal.slug, "李倡导", "改错了")


@pytest.mark.parametrize("path", ["../secret", ".gitignore", "knowledge", "knowledge/no.md"])
def test_only_files_of_that_version_come_back(versions: Versions, path: str) -> None:
    with pytest.raises(DeskError, match="没有这个文件"):
        versions.restore(path, versions.live()[0].commit, "李倡导")


def test_one_step_back_is_live_at_once_and_told_in_the_history(
    review: Review, versions: Versions, root: Path
) -> None:
    change(review, "十点", "九点")

    versions.step_back("王倡导", "改错了", versions.live()[0].commit)

    assert "十点" in live(root)
    newest = versions.live()[0]
    assert (newest.author, newest.reason) == ("王倡导", "改错了")
    assert newest.title.startswith("回到 ")
    assert git(root, "status", "--porcelain") == ""


def test_a_second_step_goes_further_back(review: Review, versions: Versions, root: Path) -> None:
    change(review, "十点", "九点")
    change(review, "九点", "八点")

    versions.step_back("王倡导", "", versions.live()[0].commit)
    assert "九点" in live(root)
    versions.step_back("王倡导", "", versions.live()[0].commit)

    assert "十点" in live(root)
    with pytest.raises(DeskError, match="没有更早的一版了"):
        versions.step_back("王倡导", "", versions.live()[0].commit)


def test_what_is_no_knowledge_stays_when_words_go_back(
    review: Review, versions: Versions, root: Path
) -> None:
    change(review, "十点", "九点")
    write(root / "bot.py", "code\n")
    commit(root, "Code")

    versions.step_back("王倡导", "", versions.live()[0].commit)

    assert (root / "bot.py").exists()
    assert "十点" in live(root)


def test_a_step_back_for_another_version_than_the_one_seen_is_refused(
    review: Review, versions: Versions
) -> None:
    seen = versions.live()[0].commit
    change(review, "十点", "九点")

    with pytest.raises(DeskError, match="又有新的改动"):
        versions.step_back("王倡导", "", seen)


def test_a_version_that_is_faulty_today_stays_back(review: Review, root: Path) -> None:
    write(root / FILE, "保证\n")
    commit(root, "Of an older check")
    write(root / FILE, "好\n")
    commit(root, "Mended")
    versions = Versions(review.proposals, forbidden)

    with pytest.raises(FaultyError, match="通不过检查"):
        versions.step_back("王倡导", "", versions.live()[0].commit)
    assert live(root) == "好\n"
