"""A change goes from one person to another and back, on pages, without a word of git."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from httpx import AsyncClient, Response
from starlette.applications import Starlette

from bot.desk import live, reviewing
from bot.desk.errands import Errands
from bot.desk.landing import Check
from bot.desk.proposals import Proposal
from bot.desk.review import Review
from bot.desk.workplace import Workplace
from bot.knowledge.version import Version
from bot.live_note import KeptBack, LiveNote, write_live_note
from tests.desk.conftest import TOPIC, forbidden, propose, write
from tests.desk.desks import desk_over, visitor

LATE = ("晚上十点以后不能打。", "晚上九点以后不能打。")


@pytest.fixture
def app(root: Path) -> Starlette:
    app = desk_over(root / "knowledge", root / ".data", (reviewing.PAGE, live.PAGE))
    app.state.opened["start"] = workplace_of(app, forbidden)
    return app


def workplace_of(app: Starlette, check: Check, patience: float = 600) -> Workplace:
    """A workplace whose pages wait until what is done beside is over."""
    workplace = Workplace(app.state.desk, check=check)
    workplace.errands = Errands(
        workplace.proposals, check, app.state.desk.data / "errands", patience
    )
    return workplace


def text(root: Path) -> str:
    return (root / "knowledge" / TOPIC).read_text("utf-8")


async def posted(browser: AsyncClient, path: str, **form: str) -> Response:
    return await browser.post(path, data=form)


async def test_a_proposal_goes_from_its_author_to_a_reader_and_is_live(
    app: Starlette, review: Review, root: Path
) -> None:
    author, reader = await visitor(app, "李倡导"), await visitor(app, "王倡导")
    proposal = review.proposals.begin("李倡导", "改时间")
    path = f"/proposals/{proposal.slug}"
    write(proposal.folder / TOPIC, text(root).replace(*LATE))

    shown = await author.get(path)
    assert "<mark>九</mark>" in shown.text
    sent = await posted(author, f"{path}/submit", reason="原来的说得不准")
    assert sent.headers["location"] == f"{path}?did=sent"
    assert "改时间" in (await reader.get("/proposals")).text
    seen = review.proposals.of(proposal.slug).sent or ""
    done = await posted(reader, f"{path}/approve", seen=seen)

    assert done.headers["location"] == "/proposals?did=approved"
    assert "九点" in text(root)
    versions = await reader.get("/versions")
    assert "改时间" in versions.text
    assert "<td>李倡导</td><td>王倡导</td>" in versions.text


async def test_an_author_is_told_that_another_must_approve(
    app: Starlette, review: Review, root: Path
) -> None:
    proposal = propose(review, LATE)
    author = await visitor(app, "李倡导")
    path = f"/proposals/{proposal.slug}"

    assert "disabled>同意" in (await author.get(path)).text
    refused = await posted(author, f"{path}/approve", seen=proposal.sent or "")

    assert refused.status_code == 409
    assert "要由另一个人看过" in refused.text
    assert "九点" not in text(root)


async def test_faults_are_listed_where_it_was_handed_over(app: Starlette, review: Review) -> None:
    proposal = review.proposals.begin("李倡导", "承诺")
    write(proposal.folder / TOPIC, "保证没事\n")
    author = await visitor(app, "李倡导")

    path = f"/proposals/{proposal.slug}"
    sent = await posted(author, f"{path}/submit", reason="好")

    assert sent.headers["location"] == path
    assert "不要说“保证”" in (await author.get(path)).text
    assert "没有通过检查" in (await author.get("/proposals")).text


async def test_who_has_no_name_yet_types_one(app: Starlette, review: Review) -> None:
    proposal = propose(review, LATE)
    reader = await visitor(app, None)
    path = f"/proposals/{proposal.slug}"

    assert 'name="name"' in (await reader.get(path)).text
    nameless = await posted(reader, f"{path}/approve", seen=proposal.sent or "")
    assert "请先写上你的名字" in nameless.text
    done = await posted(reader, f"{path}/approve", seen=proposal.sent or "", name="王倡导")

    assert done.status_code == 303
    assert "zhiquan_person" in done.headers["set-cookie"]


async def test_a_law_says_that_a_lawyer_is_needed(app: Starlette, review: Review) -> None:
    proposal = propose(review, ("指引", "新指引"), "laws/guide-2026.yml")
    reader = await visitor(app, "王倡导")

    shown = await reader.get(f"/proposals/{proposal.slug}")

    assert "要由律师同意" in shown.text


async def test_two_changes_of_one_place_are_put_together_on_a_page(
    app: Starlette, review: Review, root: Path
) -> None:
    first, second = propose(review, LATE), propose(review, (LATE[0], "晚上不能打。"))
    reader, author = await visitor(app, "王倡导"), await visitor(app, "李倡导")
    await posted(reader, f"/proposals/{first.slug}/approve", seen=first.sent or "")
    path = f"/proposals/{second.slug}"

    assert "碰在一处" in (await author.get(path)).text
    shown = await author.get(f"{path}/clashes")
    assert "晚上九点以后不能打。" in shown.text
    assert "晚上不能打。" in shown.text
    head = review.proposals.git.run("rev-parse", "HEAD").strip()
    choice = {"head": head, "side-0-0": "own", "own-0-0": "晚上九点到早上不能打。"}
    done = await posted(author, f"{path}/clashes/choose", **choice)
    assert done.headers["location"] == f"{path}?did=solved"
    solved = review.proposals.of(second.slug)
    await posted(reader, f"{path}/approve", seen=solved.sent or "")

    assert "晚上九点到早上不能打。" in text(root)


async def test_a_choice_that_was_not_made_is_asked_for_again(
    app: Starlette, review: Review
) -> None:
    first, second = propose(review, LATE), propose(review, (LATE[0], "晚上不能打。"))
    reader = await visitor(app, "王倡导")
    await posted(reader, f"/proposals/{first.slug}/approve", seen=first.sent or "")
    head = review.proposals.git.run("rev-parse", "HEAD").strip()

    again = await posted(reader, f"/proposals/{second.slug}/clashes/choose", head=head)

    assert again.status_code == 409
    assert "还有没选的地方" in again.text


async def test_one_click_goes_back_to_the_version_before(
    app: Starlette, review: Review, root: Path
) -> None:
    proposal = propose(review, LATE)
    reader = await visitor(app, "王倡导")
    await posted(reader, f"/proposals/{proposal.slug}/approve", seen=proposal.sent or "")
    newest = review.proposals.git.run("rev-parse", "HEAD").strip()

    done = await posted(reader, "/versions/back", seen=newest, why="改错了")

    assert done.headers["location"] == "/versions?did=back"
    assert "十点" in text(root)


async def test_a_text_has_its_history_and_comes_back_as_a_proposal(
    app: Starlette, review: Review
) -> None:
    proposal = propose(review, LATE)
    reader = await visitor(app, "王倡导")
    await posted(reader, f"/proposals/{proposal.slug}/approve", seen=proposal.sent or "")
    oldest = review.proposals.git.run("log", "--format=%H").split()[-1]

    shown = await reader.get(f"/history/{TOPIC}")
    assert "原来的说得不准" in shown.text
    done = await posted(reader, f"/history/{TOPIC}", commit=oldest)

    restored = opened_by(review, done)
    assert "十点" in (restored.folder / TOPIC).read_text("utf-8")


def opened_by(review: Review, done: Response) -> Proposal:
    slug = done.headers["location"].removeprefix("/proposals/").partition("?")[0]
    return review.proposals.of(slug)


async def test_what_was_kept_back_is_told_with_its_reason(app: Starlette, root: Path) -> None:
    since = datetime(2026, 11, 30, tzinfo=UTC)
    back = KeptBack(mark="", since=since, reasons=("topics/a.md 第 3 行：不要说“保证”。",))
    note = LiveNote(Version("abcd1234", date(2026, 11, 30)), since, "", (), back)
    write_live_note(root / ".data", note)

    shown = await (await visitor(app)).get("/versions")

    assert "abcd1234" in shown.text
    assert "topics/a.md 第 3 行" in shown.text


@pytest.mark.parametrize(
    "path", ["/proposals/20261130-00000000", "/proposals/x", "/versions/HEAD", "/versions/--all"]
)
async def test_what_is_not_there_is_told(app: Starlette, path: str) -> None:
    shown = await (await visitor(app)).get(path)
    assert shown.status_code == 409
    assert "没有这" in shown.text


@pytest.mark.parametrize("path", ["/history/../../etc/passwd", "/history/no.md"])
async def test_a_history_outside_the_knowledge_does_not_exist(app: Starlette, path: str) -> None:
    assert (await (await visitor(app)).get(path)).status_code == 404


async def test_a_title_or_reason_with_script_is_shown_as_text(
    app: Starlette, review: Review, root: Path
) -> None:
    proposal = review.proposals.begin("李倡导", "<script>alert(1)</script>")
    write(proposal.folder / TOPIC, text(root) + "<script>alert(2)</script>\n")
    review.submit(proposal.slug, "李倡导", "<img src=x onerror=alert(3)>")

    shown = await (await visitor(app)).get(f"/proposals/{proposal.slug}")

    assert "<script>alert" not in shown.text
    assert "<img" not in shown.text
