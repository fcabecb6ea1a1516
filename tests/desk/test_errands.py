"""What the whole check runs for is done beside the pages, and outlives the desk."""

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from httpx import AsyncClient
from starlette.applications import Starlette

from bot.desk import live, reviewing
from bot.desk.errands import BACK, Errand, ErrandKind, Errands, State
from bot.desk.git import DeskError
from bot.desk.proposals import Proposal, Proposals
from bot.desk.review import Review
from bot.desk.workplace import Workplace
from bot.knowledge.faults import Fault
from tests.desk.conftest import HOURS, TOPIC, forbidden, propose, write
from tests.desk.desks import desk_over, visitor

LATE = ("晚上十点以后不能打。", "晚上九点以后不能打。")
LONG = 600.0


class SlowCheck:
    """A check that goes on until it is let go, or stopped with the desk."""

    def __init__(self) -> None:
        self.begun, self.let_go = threading.Event(), threading.Event()
        self.is_stopped = False

    def __call__(self, folder: Path) -> list[Fault]:
        self.begun.set()
        self.let_go.wait(LONG)
        if self.is_stopped:
            raise DeskError("检查没能跑完")
        return forbidden(folder)

    def stop(self) -> None:
        self.is_stopped = True
        self.let_go.set()


def draft(proposals: Proposals, change: tuple[str, str] = LATE) -> Proposal:
    proposal = proposals.begin("李倡导", "改一句")
    write(proposal.folder / TOPIC, HOURS.replace(*change))
    return proposal


def handing_over(slug: str) -> Errand:
    return Errand(key=slug, kind=ErrandKind.SUBMIT, person="李倡导", words="不准")


def errands_of(proposals: Proposals, check: SlowCheck, patience: float = 0) -> Errands:
    return Errands(proposals, check, proposals.home.parent / "errands", patience)


async def test_other_pages_answer_while_a_proposal_is_checked(root: Path) -> None:
    check = SlowCheck()
    app = desk_over(root / "knowledge", root / ".data", (reviewing.PAGE, live.PAGE))
    workplace = Workplace(app.state.desk, check=check)
    workplace.errands = errands_of(workplace.proposals, check)
    app.state.opened["start"] = workplace
    proposal, author = draft(workplace.proposals), await visitor(app, "李倡导")
    path = f"/proposals/{proposal.slug}"

    sent = await author.post(f"{path}/submit", data={"reason": "不准"})
    await asyncio.to_thread(check.begun.wait)

    assert sent.headers["location"] == path
    assert "检查改好以后的整个知识库" in (await author.get(path)).text
    assert "正在检查" in (await author.get("/proposals")).text
    assert (await author.get(f"{path}/progress")).text.startswith("<section")
    twice = await author.post(f"{path}/submit", data={"reason": "不准"})
    assert "已经在检查了" in twice.text
    await let_go(author, app, check, path)


async def test_a_proposal_that_is_gone_meanwhile_breaks_no_page(root: Path) -> None:
    app = desk_over(root / "knowledge", root / ".data", (reviewing.PAGE, live.PAGE))
    workplace = Workplace(app.state.desk, check=SlowCheck())
    app.state.opened["start"] = workplace
    reader, path = await visitor(app, "王倡导"), "/proposals/20261130-abcdef01"
    approving = Errand(key=path[11:], kind=ErrandKind.APPROVE, person="王倡导", seen="x")
    workplace.errands._keep(approving)
    assert "正在检查" in (await reader.get(path)).text
    workplace.errands._keep(replace(approving, state=State.DONE))
    assert (await reader.get(path)).headers["location"] == "/proposals?did=approved"
    assert workplace.errands.of(approving.key) is None


async def let_go(author: AsyncClient, app: Starlette, check: SlowCheck, path: str) -> None:
    check.let_go.set()
    await app.state.opened["start"].errands.wait()
    told = await author.get(f"{path}/progress")
    assert told.headers["HX-Redirect"] == f"{path}?did=sent"
    assert "等另一个人来看" in (await author.get(told.headers["HX-Redirect"])).text


async def test_what_the_end_of_the_desk_cut_short_is_done_when_it_opens_again(
    proposals: Proposals,
) -> None:
    proposal, check = draft(proposals), SlowCheck()
    errands = errands_of(proposals, check)
    await errands.start(handing_over(proposal.slug))
    await asyncio.to_thread(check.begun.wait)
    stopping = asyncio.create_task(errands.stop())
    await asyncio.sleep(0)
    check.stop()
    await stopping
    assert proposals.of(proposal.slug).sent is None

    check = SlowCheck()
    check.let_go.set()
    again = errands_of(proposals, check)
    again.resume()
    await again.wait()

    assert proposals.of(proposal.slug).sent is not None
    assert proposals.of(proposal.slug).reason == "不准"


async def test_what_was_typed_after_handing_over_is_not_handed_over(proposals: Proposals) -> None:
    proposal, check = draft(proposals), SlowCheck()
    check.let_go.set()
    seen = Review(proposals, check).ready_to_submit(proposal.slug, "李倡导", "不准")
    write(proposal.folder / TOPIC, HOURS + "再加一句。\n")
    errands = errands_of(proposals, check, LONG)

    ended = await errands.start(
        Errand(key=proposal.slug, kind=ErrandKind.SUBMIT, person="李倡导", words="好", seen=seen)
    )

    assert ended.state is State.REFUSED
    assert "又有人改了" in ended.told


async def test_what_was_approved_when_the_desk_was_killed_is_not_approved_twice(
    review: Review, proposals: Proposals
) -> None:
    proposal, check = propose(review, LATE), SlowCheck()
    check.let_go.set()
    errands = errands_of(proposals, check, LONG)
    approving = Errand(
        key=proposal.slug, kind=ErrandKind.APPROVE, person="王倡导", seen=proposal.sent or ""
    )
    ended = await errands.start(approving)
    assert ended.state is State.DONE
    errands._keep(approving)  # As it stood when the desk was killed before it was noted.

    again = errands_of(proposals, check, LONG)
    again.resume()

    assert [*again.all()] == []


async def test_errands_wait_for_each_other(proposals: Proposals) -> None:
    first, second, check = draft(proposals), draft(proposals), SlowCheck()
    errands = errands_of(proposals, check)
    await errands.start(handing_over(first.slug))
    await asyncio.to_thread(check.begun.wait)
    await errands.start(handing_over(second.slug))

    assert "等前面的一件做完" in errands.progress(second.slug).says

    check.let_go.set()
    await errands.wait()
    assert all(each.sent for each in proposals.open())


async def test_the_way_back_tells_why_it_cannot_be_gone(proposals: Proposals) -> None:
    check = SlowCheck()
    check.let_go.set()
    errands = errands_of(proposals, check, LONG)

    ended = await errands.start(Errand(key=BACK, kind=ErrandKind.BACK, person="王倡导", seen="x"))

    assert ended.state is State.REFUSED
    assert "又有新的改动" in ended.told


@pytest.mark.parametrize("key", ["../x", "", "A" * 50])
async def test_a_key_is_no_way_out_of_the_folder(proposals: Proposals, key: str) -> None:
    with pytest.raises(DeskError):
        errands_of(proposals, SlowCheck()).of(key)
