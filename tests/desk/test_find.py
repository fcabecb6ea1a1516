"""Whatever is in the folder is found by its words, by what it cites, and by its state."""

import asyncio
from datetime import date
from pathlib import Path

import pytest
from starlette.applications import Starlette

from bot.desk.entries import KINDS, entries_of
from bot.desk.finding import State, Wish, find, snippets
from bot.desk.shelves import Shelf, Shelves
from bot.knowledge.faults import Fault
from tests.desk.desks import visitor, working_desk
from tests.knowledge.folder import REAL, REVIEW_DAY


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelves().of(REAL)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    return working_desk(REAL, tmp_path_factory.mktemp("data"))


def test_every_kind_of_thing_can_be_found(shelf: Shelf) -> None:
    assert {entry.kind for entry in entries_of(shelf)} == set(KINDS)


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("支付令 异议", "letter", "payment_order_objection"),
        ("12378", "contact", "financial_regulator"),
        ("答辩 一页", "step", "suit_answer"),
        ("半夜来电", "answer", "call_hours"),
        ("第七十条 分期", "article", "credit-card-business-measures-2011#第七十条"),
        ("银行答复投诉", "deadline", "bank_complaint_reply"),
        ("ＢＡＮＫ_complaint_REPLY_days", "deadline", "bank_complaint_reply"),
    ],
)
def test_words_find_what_holds_all_of_them(shelf: Shelf, words: str, kind: str, name: str) -> None:
    found = find(entries_of(shelf), Wish(words=words, kind=kind), (), REVIEW_DAY)
    assert name in [each.entry.id for each in found]


def test_a_law_or_an_article_finds_what_cites_it(shelf: Shelf) -> None:
    entries = entries_of(shelf)
    article = {each.entry.id for each in find(
        entries, Wish(cites="civil-procedure-law#第一百四十七条"), (), REVIEW_DAY
    )}  # fmt: skip
    law = {
        each.entry.id for each in find(entries, Wish(cites="civil-procedure-law"), (), REVIEW_DAY)
    }
    assert {"suit_go", "suit_answer_late"} <= article < law


def test_what_must_be_read_again_is_found_by_its_day(shelf: Shelf) -> None:
    entries = entries_of(shelf)
    late = find(entries, Wish(state=State.LATE), (), date(2027, 12, 1))
    soon = find(entries, Wish(state=State.SOON), (), date(2027, 5, 20))
    assert "call_hours" in [each.entry.id for each in late]
    assert "call_hours" in [each.entry.id for each in soon]
    assert find(entries, Wish(state=State.LATE), (), REVIEW_DAY) == []


def test_a_fault_is_told_with_the_one_thing_that_it_stands_in(shelf: Shelf) -> None:
    entries = entries_of(shelf)
    step = next(each for each in entries if each.id == "suit_go")
    fault = Fault(step.file, step.line + 2, "错了")
    found = find(entries, Wish(state=State.FAULTY), [fault], REVIEW_DAY)
    assert [(each.entry.id, each.faults) for each in found] == [("suit_go", (fault,))]


def test_the_words_are_shown_where_they_stand(shelf: Shelf) -> None:
    wish = Wish(words="十五日", kind="answer")
    entry = find(entries_of(shelf), wish, (), REVIEW_DAY)[0].entry
    for snippet in snippets(entry, wish):
        line = (shelf.text(entry.file) or "").splitlines()[snippet.line - 1]
        assert "十五日" in [text for text, is_hit in snippet.pieces if is_hit]
        assert "".join(text for text, _ in snippet.pieces).strip("…") in line


async def test_the_page_shows_what_is_found_and_escapes_what_was_asked(
    app: Starlette,
) -> None:
    browser = await visitor(app)
    page = await browser.get("/find", params={"q": "停息挂账"})
    assert "协商分期、延期" in page.text
    script = "<script>alert(1)</script>"
    page = await browser.get("/find", params={"q": script, "kind": script, "in": "../.."})
    assert page.status_code == 200
    assert script not in page.text
    assert "&lt;script&gt;" in page.text


async def test_where_it_is_said_is_shown_for_a_figure_a_hotline_an_article(
    app: Starlette,
) -> None:
    browser = await visitor(app)
    for what, words in (
        ("figure:bank_complaint_reply_days", "要逐一改"),
        ("contact:financial_regulator", "topics/complain_how.md"),
        ("article:civil-procedure-law#第一百四十七条", "advice/court.yml"),
        ("article:civil-procedure-law", "deadlines.yml"),
        ("figure:../../etc", "哪里说到"),
    ):
        page = await browser.get("/where", params={"what": what})
        assert page.status_code == 200
        assert words in page.text


async def test_the_first_page_tells_what_the_check_found(tmp_path: Path) -> None:
    browser = await visitor(working_desk(REAL, tmp_path, [Fault("menu.yml", 3, "改一改")]))
    assert "正在检查" in (await browser.get("/")).text
    await asyncio.sleep(0)
    page = (await browser.get("/")).text
    assert "改一改" in page
    assert "正在检查" not in page
    assert "menu.yml" in (await browser.get("/find", params={"state": "faulty"})).text


async def test_who_comes_the_first_time_is_led_and_named(app: Starlette) -> None:
    newcomer = await visitor(app, None)
    assert "一步一步做一遍" in (await newcomer.get("/")).text
    assert "先写上你的名字" in (await newcomer.get("/first")).text

    named = await newcomer.post("/name", data={"name": "李倡导", "then": "https://elsewhere"})

    assert named.headers["location"] == "/"
    newcomer.cookies.update(named.cookies)
    assert "先写上你的名字" not in (await newcomer.get("/first")).text
