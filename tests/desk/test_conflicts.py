from pathlib import Path

import pytest

from bot.desk.conflicts import Answer, Clash, Side, clashes_of, solve
from bot.desk.git import DeskError
from bot.desk.proposals import Proposal
from bot.desk.review import Review
from tests.desk.conftest import TOPIC, git, propose, write

FILE = f"knowledge/{TOPIC}"
OLD = "晚上十点以后不能打。"


@pytest.fixture
def clashing(review: Review) -> Proposal:
    """A proposal that another one has overtaken at the same line."""
    first, second = (
        propose(review, (OLD, "晚上九点以后不能打。")),
        propose(review, (OLD, "晚上不能打。")),
    )
    assert first.sent
    review.approve(first.slug, "王倡导", first.sent)
    return second


def head(root: Path) -> str:
    return git(root, "rev-parse", "HEAD").strip()


def answered(review: Review, proposal: Proposal, root: Path, *answers: Answer) -> Proposal:
    return solve(review.proposals, proposal.slug, "李倡导", head(root), {FILE: answers})


def test_a_clash_shows_what_each_says_and_what_was(review: Review, clashing: Proposal) -> None:
    assert clashing.sent
    _, files = clashes_of(review.proposals.git, clashing.sent)

    assert [file.path for file in files] == [FILE]
    assert [piece for piece in files[0].pieces if isinstance(piece, Clash)] == [
        Clash(now="晚上九点以后不能打。\n", was=f"{OLD}\n", proposed="晚上不能打。\n")
    ]


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (Answer(Side.NOW), "晚上九点以后不能打。"),
        (Answer(Side.PROPOSED), "晚上不能打。"),
        (Answer(Side.OWN, "晚上九点以后都不能打。"), "晚上九点以后都不能打。"),
    ],
)
def test_a_choice_puts_both_together(
    review: Review, clashing: Proposal, root: Path, answer: Answer, line: str
) -> None:
    solved = answered(review, clashing, root, answer)

    text = (solved.folder / TOPIC).read_text("utf-8")
    assert text.splitlines()[4] == line
    assert "早上八点以前也不能。" in text
    assert not review.has_changes(solved)
    assert solved.sent
    review.approve(solved.slug, "王倡导", solved.sent)
    assert (root / FILE).read_text("utf-8") == text


def test_who_chose_cannot_approve(review: Review, clashing: Proposal, root: Path) -> None:
    answers = {FILE: [Answer(Side.NOW)]}
    solved = solve(review.proposals, clashing.slug, "王倡导", head(root), answers)

    assert solved.sent
    with pytest.raises(DeskError, match="你自己写的"):
        review.approve(solved.slug, "王倡导", solved.sent)


def test_a_choice_for_what_has_moved_on_is_refused(review: Review, clashing: Proposal) -> None:
    with pytest.raises(DeskError, match="请重新选一遍"):
        solve(review.proposals, clashing.slug, "李倡导", "0" * 40, {FILE: [Answer(Side.NOW)]})


def test_every_place_wants_a_choice(review: Review, clashing: Proposal, root: Path) -> None:
    with pytest.raises(DeskError, match="还有没选的地方"):
        answered(review, clashing, root)


def test_what_was_saved_meanwhile_is_not_run_over(
    review: Review, clashing: Proposal, root: Path
) -> None:
    write(clashing.folder / TOPIC, "刚写的\n")

    with pytest.raises(DeskError, match="还有没提交的"):
        answered(review, clashing, root, Answer(Side.NOW))
    assert (clashing.folder / TOPIC).read_text("utf-8") == "刚写的\n"


@pytest.mark.parametrize("side", [Side.NOW, Side.PROPOSED])
def test_a_removed_file_is_kept_or_goes(review: Review, root: Path, side: Side) -> None:
    removing = review.proposals.begin("李倡导", "不要这篇了")
    (removing.folder / TOPIC).unlink()
    removing = review.submit(removing.slug, "李倡导", "不要了")
    other = propose(review, (OLD, "晚上不能打。"))
    assert other.sent
    review.approve(other.slug, "王倡导", other.sent)

    solved = answered(review, removing, root, Answer(side))

    assert (solved.folder / TOPIC).exists() == (side is Side.NOW)


def test_a_text_that_looks_like_gits_marks_stays_as_it_is(review: Review, root: Path) -> None:
    marks = "<<<<<<< 甲\n=======\n>>>>>>> 乙\n"
    first = propose(review, (OLD, f"{marks}晚上九点。"))
    second = propose(review, (OLD, "晚上不能打。"))
    assert first.sent
    review.approve(first.slug, "王倡导", first.sent)

    solved = answered(review, second, root, Answer(Side.NOW))

    assert marks in (solved.folder / TOPIC).read_text("utf-8")
