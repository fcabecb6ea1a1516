from pathlib import Path

import pytest

from bot.desk.git import DeskError
from bot.desk.proposals import Proposals
from tests.desk.conftest import git, write


def test_a_proposal_has_a_whole_folder_of_its_own(proposals: Proposals, root: Path) -> None:
    proposal = proposals.begin("李倡导", "改时间")

    write(proposal.folder / "topics/call_hours.md", "新的话\n")

    assert (root / "knowledge/topics/call_hours.md").read_text("utf-8") != "新的话\n"
    assert (proposal.folder / "laws/guide-2026.yml").is_file()
    assert git(root, "status", "--porcelain") == ""


def test_what_is_open_survives_a_restart(proposals: Proposals, root: Path) -> None:
    first = proposals.begin("李倡导", "一")
    second = proposals.begin("王倡导", "二")

    again = Proposals(root)

    assert {each.slug for each in again.open()} == {first.slug, second.slug}
    assert again.of(first.slug) == first


def test_a_folder_that_was_removed_by_hand_comes_back(proposals: Proposals) -> None:
    proposal = proposals.begin("李倡导", "一")
    proposals.git.run("worktree", "remove", "--force", str(proposal.tree))

    assert (proposals.of(proposal.slug).folder / "topics/call_hours.md").is_file()


def test_what_a_crash_left_half_made_is_swept_away(proposals: Proposals) -> None:
    half = proposals.begin("李倡导", "一")
    (proposals.home / f"{half.slug}.json").unlink()

    proposals.begin("李倡导", "二")

    assert not half.tree.exists()


def test_who_wrote_in_it_too_becomes_an_author(proposals: Proposals) -> None:
    proposal = proposals.begin("李倡导", "一")

    proposals.note_author(proposal.slug, " 王倡导\n")

    assert proposals.of(proposal.slug).authors == ("李倡导", "王倡导")


@pytest.mark.parametrize("slug", ["", "../../etc", "20261130-00000000", "a/b", ".."])
def test_a_name_that_is_no_proposal_is_refused(proposals: Proposals, slug: str) -> None:
    with pytest.raises(DeskError, match="没有这个提议"):
        proposals.of(slug)


def test_without_a_name_or_a_title_nothing_begins(proposals: Proposals) -> None:
    with pytest.raises(DeskError, match="名字"):
        proposals.begin(" \n", "一")
    with pytest.raises(DeskError, match="这次改什么"):
        proposals.begin("李倡导", " ")


def test_without_a_repository_the_reason_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    write(tmp_path / "knowledge/a.md", "一\n")
    proposals = Proposals(tmp_path)

    assert "不是 git 仓库" in (proposals.why_not() or "")
    with pytest.raises(DeskError, match="只能看，不能改"):
        proposals.begin("李倡导", "一")
    assert proposals.open() == ()
