"""The page Learn: what failed is shown in company, one decision is one line in a proposal."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
import pytest_asyncio
from httpx import AsyncClient, Response
from starlette.applications import Starlette

from bot.concepts.missed import Missed, MissKind
from bot.desk.learning import Learning, open_learning
from tests.desk.conftest import commit, git
from tests.desk.desks import visitor, working_desk
from tests.knowledge.folder import QUESTIONS, REAL

pytestmark = pytest.mark.asyncio(loop_scope="module")
DAY = date(2026, 11, 23)
SCRIPT = "<script>alert('喂')</script>催收半夜敲我窗户"


@dataclass
class Room:
    """A desk over a repository of its own, whose training does nothing."""

    root: Path
    app: Starlette
    learning: Learning

    async def ask(self, text: str, people: str = "abc", **more: object) -> None:
        kind = more.get("kind", MissKind.ASKED_BACK)
        guesses = more.get("guesses", ("home_visit",))
        for person in people:
            missed = Missed(sender=person, kind=kind, text=text, guesses=guesses, on=DAY)  # type: ignore[arg-type]
            await self.learning.misses._records.add(missed)

    async def forget_all(self) -> None:
        await self.learning.misses._records.forget_before(date(2100, 1, 1))
        for proposal in self.learning.proposals.open():
            self.learning.proposals.forget(proposal)
        await self.learning.misses.refresh()

    def tree(self) -> Path:
        (proposal,) = self.learning.proposals.open()
        return proposal.tree


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("zhiquan")
    copytree(REAL, root / "knowledge")
    copytree(QUESTIONS / "seen", root / "tests" / "questions" / "seen")
    (root / ".gitignore").write_text("/.data/\n", encoding="utf-8")
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root, "Begin")
    return root


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(root: Path) -> AsyncIterator[Room]:
    app = working_desk(root / "knowledge", root / ".data")
    async with open_learning(app.state.desk) as learning:
        app.state.opened["learn"] = learning
        yield Room(root, app, learning)


@pytest_asyncio.fixture(loop_scope="module")
async def room(house: Room) -> AsyncIterator[Room]:
    yield house
    await house.forget_all()


@pytest_asyncio.fixture(loop_scope="module")
async def browser(room: Room) -> AsyncIterator[AsyncClient]:
    browser = await visitor(room.app)
    yield browser
    await browser.aclose()


def groups_in(page: Response) -> Iterator[int]:
    return map(int, re.findall(r'action="/learn/(\d+)"', page.text))


async def decide(browser: AsyncClient, decision: str, **more: str) -> Response:
    page = await browser.get("/learn")
    group = next(groups_in(page))
    return await browser.post(f"/learn/{group}", data={"decision": decision, **more})


async def test_what_two_people_wrote_is_not_on_the_page(room: Room, browser: AsyncClient) -> None:
    await room.ask("车被他们拖走了", "ab")
    assert "车被他们拖走了" not in (await browser.get("/learn")).text
    await room.ask("车被他们拖走了", "c")
    page = await browser.get("/learn")
    assert page.status_code == 200
    assert "车被他们拖走了" in page.text


async def test_no_pseudonym_is_on_the_page(room: Room, browser: AsyncClient) -> None:
    for person in ("PSEUDONYM1", "PSEUDONYM2", "PSEUDONYM3"):
        missed = Missed(sender=person, kind=MissKind.USELESS, text="车被拖走", guesses=(), on=DAY)
        await room.learning.misses._records.add(missed)
    page = await browser.get("/learn")
    assert "车被拖走" in page.text
    assert "PSEUDONYM" not in page.text


async def test_script_in_what_people_wrote_is_only_text(room: Room, browser: AsyncClient) -> None:
    await room.ask(SCRIPT, guesses=("<b>x</b>",))
    page = await browser.get("/learn")
    assert "<script>alert" not in page.text
    assert "<b>x</b>" not in page.text
    assert "&lt;script&gt;" in page.text


async def test_an_example_is_one_line_more_in_a_proposal(room: Room, browser: AsyncClient) -> None:
    await room.ask("晚上来敲我家窗户喊还钱")
    done = await decide(browser, "example", text="夜里敲窗户喊我还钱", matter="催收上门怎么办")
    titles = (await browser.get("/learn")).text
    if done.status_code == 422:  # The title of the topic may be another by now.
        done = await decide(browser, "example", text="夜里敲窗户喊我还钱", matter="home_visit")
    assert done.status_code == 303, titles
    file = "knowledge/topics/home_visit.md"
    was = (room.root / file).read_text(encoding="utf-8")
    assert (room.tree() / file).read_text(
        encoding="utf-8"
    ) == f"{was.rstrip()}\n- 夜里敲窗户喊我还钱\n"
    page = await browser.get("/learn")
    assert not list(groups_in(page))
    assert "这次学了 1 条" in page.text


async def test_a_lesson_that_is_taken_back_leaves_everything_as_it_was(
    room: Room, browser: AsyncClient
) -> None:
    await room.ask("晚上来敲我家窗户喊还钱")
    await decide(browser, "example", text="夜里敲窗户喊我还钱", matter="home_visit")
    page = (await browser.get("/learn")).text
    slug, lesson = (
        found[1]
        for name in ("slug", "lesson")
        if (found := re.search(rf'name="{name}" value="([^"]+)"', page))
    )
    await browser.post("/learn/take-back", data={"slug": slug, "lesson": lesson})
    file = "knowledge/topics/home_visit.md"
    same = (room.root / file).read_text(encoding="utf-8").rstrip()
    assert (room.tree() / file).read_text(encoding="utf-8").rstrip() == same
    assert len(list(groups_in(await browser.get("/learn")))) == 1


async def test_what_resembles_a_test_question_cannot_be_an_example(
    room: Room, browser: AsyncClient
) -> None:
    question = "国庆放假期间照常催，这符合规定不"
    await room.ask(question)
    refused = await decide(browser, "example", text=question, matter="call_hours")
    assert refused.status_code == 422
    assert "和一条测试题太像" in refused.text
    assert len(list(groups_in(refused))) == 1


async def test_what_resembles_an_example_cannot_be_a_test_question(
    room: Room, browser: AsyncClient
) -> None:
    await room.ask("下了班还不停打")
    example = (
        (REAL / "topics/call_hours.md").read_text(encoding="utf-8").rstrip().split("\n- ")[-1]
    )
    refused = await decide(browser, "test", text=example, matter="call_hours")
    assert refused.status_code == 422
    assert "差不多的问法" in refused.text


async def test_a_test_question_is_kept_from_the_examples_from_then_on(
    room: Room, browser: AsyncClient
) -> None:
    text = "窗户外面有人喇叭喊我名字叫还钱"
    await room.ask(text)
    await decide(browser, "test", text=text, matter="home_visit")
    written = room.tree() / "tests/questions/asked/home_visit.yml"
    assert text in written.read_text(encoding="utf-8")
    await room.ask(text, "def")
    refused = await decide(browser, "example", text=text, matter="home_visit")
    assert "和一条测试题太像" in refused.text


async def test_a_follow_up_joins_a_side_of_an_answer(room: Room, browser: AsyncClient) -> None:
    await room.ask("这个有没有文件依据给我看")
    await decide(browser, "follow_up", text="文件依据给我看看", matter="call_hours", aspect="why")
    text = (room.tree() / "knowledge/topics/call_hours.md").read_text(encoding="utf-8")
    assert re.search(r"^### why：.* · 文件依据给我看看$", text, re.MULTILINE)


async def test_what_is_not_ours_is_learnt_as_such(room: Room, browser: AsyncClient) -> None:
    await room.ask("股票亏了能告券商赔钱吗老师")
    await decide(browser, "not_ours", text="股票亏了能告券商赔钱吗老师")
    assert "股票亏了能告券商赔钱吗老师" in (room.tree() / "knowledge/talk.yml").read_text("utf-8")


async def test_what_is_refused_rightly_or_set_aside_changes_no_file(
    room: Room, browser: AsyncClient
) -> None:
    await room.ask("股票亏了能告券商赔钱吗老师", kind=MissKind.REFUSED, guesses=())
    await decide(browser, "not_ours", text="股票亏了能告券商赔钱吗老师")
    await room.ask("啊啊啊啊")
    await decide(browser, "nothing", text="")
    assert room.learning.proposals.open() == ()
    assert not list(groups_in(await browser.get("/learn")))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"text": ""}, "先写上"),
        ({"text": "敲窗户", "matter": "没有这个"}, "没有叫“没有这个”的主题"),
        ({"text": "敲窗户", "matter": ""}, "先选好"),
        ({"text": "敲窗户", "matter": "../../etc/passwd"}, "没有叫"),
        ({"text": "敲<b>窗户", "matter": "home_visit"}, "&lt;"),
    ],
)
async def test_a_wrong_form_is_told_and_keeps_what_was_typed(
    room: Room, browser: AsyncClient, wrong: dict[str, str], told: str
) -> None:
    await room.ask("晚上来敲我家窗户喊还钱")
    refused = await decide(browser, "example", **wrong)
    assert refused.status_code == 422
    assert told in refused.text
    if wrong["text"] == "敲窗户":
        assert 'value="敲窗户"' in refused.text


async def test_nobody_decides_without_a_name(room: Room) -> None:
    await room.ask("晚上来敲我家窗户喊还钱")
    nobody = await visitor(room.app, person=None)
    refused = await decide(nobody, "nothing")
    await nobody.aclose()
    assert refused.status_code == 422
    assert "你的名字" in refused.text


async def test_a_group_that_is_gone_is_told(room: Room, browser: AsyncClient) -> None:  # noqa: ARG001
    refused = await browser.post("/learn/99999", data={"decision": "nothing"})
    assert refused.status_code == 422
    assert "已经有人处理过" in refused.text


async def test_many_groups_stand_on_several_pages(room: Room, browser: AsyncClient) -> None:
    for number in range(23):
        word = chr(0x4E00 + 37 * number) * 3
        await room.ask(f"{word}{word}")
    first, second = await browser.get("/learn"), await browser.get("/learn?page=2")
    assert (len(list(groups_in(first))), len(list(groups_in(second)))) == (20, 3)
    assert not set(groups_in(first)) & set(groups_in(second))


async def test_lessons_of_a_proposal_that_was_withdrawn_wait_again(
    room: Room, browser: AsyncClient
) -> None:
    await room.ask("晚上来敲我家窗户喊还钱")
    await decide(browser, "example", text="夜里敲窗户喊我还钱", matter="home_visit")
    (proposal,) = room.learning.proposals.open()
    room.learning.proposals.forget(proposal)
    assert len(list(groups_in(await browser.get("/learn")))) == 1
