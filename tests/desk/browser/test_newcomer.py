"""Who never saw the project does everything once in a browser, and another lets it live."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, expect

from bot.answering.layers import NOTHING_KNOWN
from bot.answering.pages import Pages
from bot.concepts.clock import now
from bot.concepts.missed import MissKind
from bot.edition import Edition, Editions
from bot.knowledge.library import Book
from bot.knowledge.version import Version, version_of
from bot.renewing import ReadAhead, Renewal
from tests.chromium import NEEDS_CHROMIUM
from tests.desk.browser.house import ATTACK, House, enter
from tests.desk.browser.newcomer import LEARNING, LEARNT, PROPOSAL, SENTENCE, Newcomer
from tests.desk.filled import CONTACT, FIGURE, FOLLOW_UP, STEP, TOPIC

pytestmark = NEEDS_CHROMIUM
ASKED = {
    f"夜里拿喇叭在楼下喊我名字{ATTACK}": MissKind.NOT_UNDERSTOOD,
    "他们把欠条贴我家防盗门": MissKind.ASKED_BACK,
    "村口小卖部都传我欠钱": MissKind.USELESS,
}
LAW = "laws/bank-insurance-complaints-measures-2020.yml"


@pytest.fixture(scope="module")
def asked() -> dict[str, MissKind]:
    return ASKED


async def look_twice(renewal: Renewal) -> None:
    """What two looks see alike is taken up."""
    for _ in range(2):
        await renewal.look()


def running(house: House) -> Any:
    """A bot that has been speaking from this folder, without a model and a chat."""
    folder, data = house.root / "knowledge", house.root / ".data"
    editions = Editions(edition(cast("Book", None), version_of(folder)))
    renewal = Renewal(
        folder=folder,
        data=data,
        editions=editions,
        make=edition,
        read_ahead=ReadAhead(folder, data / "book.kept", data / "parses.kept"),
        models=None,
    )
    return SimpleNamespace(editions=editions, renewal=renewal)


def edition(book: Book, version: Version) -> Edition:
    pages = Pages(book.knowledge, version) if book else None
    return cast("Edition", SimpleNamespace(book=book, version=version, pages=pages))


def spoken_by(bot: Any) -> Edition:
    """What the bot speaks after it has looked at its folder."""
    # A loop of the browser's own runs in this thread.
    with ThreadPoolExecutor() as beside:
        beside.submit(asyncio.run, look_twice(bot.renewal)).result()
    speaks: Edition = bot.editions.current
    return speaks


def asked_next(spoken: Edition, topic: str, asks: str) -> str:
    """What the bot says to a question about a topic."""
    entries = spoken.book.knowledge.answers[topic].follow_ups
    (entry,) = (each for each in entries if asks in each.asks)
    return "".join(
        span.text
        for block in spoken.pages.layers.follow_up(entry, NOTHING_KNOWN, now().date()).blocks
        for span in block.spans
    )


def everything_is_proposed(house: House) -> None:
    """Nothing lives yet: all of it lies in the one proposal."""
    tree = next(
        each.parent.parent
        for each in (house.root / ".data/desk/proposals").glob("*/knowledge/topics")
        if (each / f"{TOPIC}.md").is_file()
    )

    def text(file: str) -> str:
        return (tree / "knowledge" / file).read_text(encoding="utf-8")

    assert SENTENCE in text("topics/call_hours.md")
    assert "2026-11-01: {value: 10," in text(f"figures/{FIGURE}.yml")
    assert "10个工作日" in text(LAW)
    assert "租客咨询处" in text("contacts.yml")
    assert "### how_long：房贷投诉银行多久回" in text(f"topics/{FOLLOW_UP}.md")
    assert "  - bank-insurance-complaints-measures-2020#第十八条\n" in text(f"topics/{TOPIC}.md")
    assert f"- id: {STEP}" in text("advice/court.yml")
    assert SENTENCE not in house.text("knowledge/topics/call_hours.md")


def everything_is_spoken(spoken: Edition) -> None:
    """What a bot of this folder says by now."""
    knowledge = spoken.book.knowledge
    assert SENTENCE in knowledge.texts["topics/call_hours.md"]
    assert "监管 10 个工作日内转给" in asked_next(spoken, "complain_regulator", "监管几天转过去")
    assert knowledge.contacts[CONTACT].name == "租客咨询处"
    assert "15 日内答复投诉" in asked_next(spoken, FOLLOW_UP, "房贷的事几天给答复")
    assert "先要书面的说法。" in str(spoken.pages.answer(TOPIC, now().date()))
    assert "向法院要一份起诉状副本。" in str(spoken.book.advice)
    assert set(LEARNT) <= set(knowledge.examples()["home_visit"])


def test_what_a_newcomer_changes_is_spoken_once_a_lawyer_agrees(
    house: House, browser: Browser
) -> None:
    bot = running(house)
    newcomer = Newcomer(enter(browser, house), house)
    newcomer.tell_name("李倡导")
    newcomer.change_a_sentence()
    newcomer.change_a_figure()
    newcomer.add_a_contact()
    newcomer.add_a_follow_up()
    newcomer.add_a_step()
    newcomer.add_a_topic()
    newcomer.learn_three()
    assert newcomer.page.evaluate("window.hacked") is None
    everything_is_proposed(house)
    lawyer = Newcomer(enter(browser, house), house)
    for title in (PROPOSAL, LEARNING):
        newcomer.hand_over(title)
        lawyer.approve(title, "陈律师")
    everything_is_spoken(spoken_by(bot))
    lawyer.page.get_by_role("link", name="版本", exact=True).click()
    for name in ("陈律师", "李倡导"):
        expect(lawyer.page.locator("main")).to_contain_text(name)


def test_without_the_token_nothing_is_shown(house: House, browser: Browser) -> None:
    page = browser.new_context().new_page()
    answer = page.goto(f"{house.address}/learn")
    assert answer is not None
    assert answer.status == 403
