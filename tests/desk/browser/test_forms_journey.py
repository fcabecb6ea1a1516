"""What is changed and added by forms goes into a proposal, and lives once a lawyer agrees.

The whole check runs for every proposal: all forms share one, which a lawyer then reads.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.answering.layers import NOTHING_KNOWN
from bot.answering.pages import Pages
from bot.concepts.clock import now
from bot.edition import Edition, Editions
from bot.knowledge.library import Book
from bot.knowledge.version import Version, version_of
from bot.renewing import ReadAhead, Renewal
from tests.chromium import NEEDS_CHROMIUM
from tests.desk.browser.house import House, enter
from tests.desk.browser.reading import approve, hand_over
from tests.desk.filled import (
    CONTACT,
    CONTACT_ANSWERS,
    FIGURE,
    FIGURE_ANSWERS,
    FOLLOW_UP,
    FOLLOW_UP_ANSWERS,
    STEP,
    STEP_ANSWERS,
    TOPIC,
    TOPIC_ANSWERS,
)

pytestmark = NEEDS_CHROMIUM
PROPOSAL = "用表单改的"
LAW = "laws/bank-insurance-complaints-measures-2020.yml"


@pytest.fixture(scope="module")
def author(house: House, browser: Browser) -> Page:
    return enter(browser, house)


@pytest.fixture(scope="module")
def spoken(house: House, browser: Browser, author: Page) -> Edition:
    """What a bot of this folder speaks after the lawyer agreed."""
    bot = running(house)
    hand_over(author, house, PROPOSAL)
    approve(enter(browser, house), house, PROPOSAL, "陈律师")
    # A loop of the browser's own runs in this thread.
    with ThreadPoolExecutor() as beside:
        beside.submit(asyncio.run, look_twice(bot.renewal)).result()
    speaks: Edition = bot.editions.current
    return speaks


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


def fill(page: Page, house: House, form: str, answers: dict[str, str]) -> None:
    """Fill a form in as a person does, and see what would change."""
    page.goto(f"{house.address}/forms/{form}")
    for name, value in answers.items():
        field = page.locator(f"#form [name='{name}']")
        if field.first.get_attribute("type") == "checkbox":
            page.locator(f"#form [name='{name}'][value='{value}']").check()
        elif field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name="看改动，再存……").click()
    save(page)


def save(page: Page) -> None:
    """Into the proposal of these tests: the first to save begins it."""
    saving = page.locator("#saving")
    expect(saving).to_contain_text("检查没有发现新的问题。")
    into = saving.get_by_label("放进哪个提议")
    if into.count():
        known = into.locator("option", has_text=PROPOSAL)
        if known.count():
            into.select_option(label=PROPOSAL)
        else:
            saving.get_by_label("新提议叫什么").fill(PROPOSAL)
    if saving.get_by_label("你的名字").count():
        saving.get_by_label("你的名字").fill("李倡导")
    saving.get_by_role("button", name="存进提议").click()
    expect(page.get_by_role("status").filter(has_text="存好了")).to_be_visible()


def proposed(house: House, file: str) -> str:
    """A file as the one open proposal has it."""
    (tree,) = (house.root / ".data/desk/proposals").glob("*/knowledge")
    return (tree / file).read_text(encoding="utf-8")


def asked_next(spoken: Edition, topic: str, asks: str) -> str:
    """What the bot says to a question about a topic."""
    entries = spoken.book.knowledge.answers[topic].follow_ups
    (entry,) = (each for each in entries if asks in each.asks)
    return "".join(
        span.text
        for block in spoken.pages.layers.follow_up(entry, NOTHING_KNOWN, now().date()).blocks
        for span in block.spans
    )


def test_a_figure_is_changed_with_everything_that_states_it(house: House, author: Page) -> None:
    fill(author, house, f"figure/{FIGURE}", FIGURE_ANSWERS)
    by_hand = author.locator("section[aria-labelledby='how-words']")
    expect(by_hand.locator("h2")).to_contain_text("1 处")
    listed = author.url
    by_hand.get_by_role("link").click()
    author.wait_for_url("**/edit/**")
    text = author.locator("#text")
    text.fill(text.input_value().replace("7个工作日", "10个工作日"))
    author.get_by_role("button", name="存……").click()
    save(author)
    author.goto(listed)
    expect(by_hand.locator("h2")).to_contain_text("0 处")
    assert "10个工作日" in proposed(house, LAW)
    assert "2026-11-01: {value: 10," in proposed(house, f"figures/{FIGURE}.yml")


def test_a_contact_is_added(house: House, author: Page) -> None:
    fill(author, house, "contact", CONTACT_ANSWERS)
    assert "租客咨询处" in proposed(house, "contacts.yml")


def test_a_follow_up_is_added(house: House, author: Page) -> None:
    fill(author, house, "follow-up", FOLLOW_UP_ANSWERS)
    assert "### how_long：房贷投诉银行多久回" in proposed(house, f"topics/{FOLLOW_UP}.md")


def test_a_topic_with_its_sources_is_added(house: House, author: Page) -> None:
    fill(author, house, "topic", TOPIC_ANSWERS)
    assert "  - bank-insurance-complaints-measures-2020#第十八条\n" in proposed(
        house, f"topics/{TOPIC}.md"
    )


def test_a_step_is_added(house: House, author: Page) -> None:
    fill(author, house, "step", STEP_ANSWERS)
    assert f"- id: {STEP}" in proposed(house, "advice/court.yml")


def test_the_bot_says_the_new_figure_once_a_lawyer_agreed(spoken: Edition) -> None:
    assert "监管 10 个工作日内转给" in asked_next(spoken, "complain_regulator", "监管几天转过去")


def test_the_bot_knows_the_new_contact(spoken: Edition) -> None:
    assert spoken.book.knowledge.contacts[CONTACT].name == "租客咨询处"


def test_the_bot_answers_the_new_follow_up(spoken: Edition) -> None:
    assert "15 日内答复投诉" in asked_next(spoken, FOLLOW_UP, "房贷的事几天给答复")


def test_the_bot_speaks_the_new_topic(spoken: Edition) -> None:
    assert "先要书面的说法。" in str(spoken.pages.answer(TOPIC, now().date()))


def test_the_bot_has_the_new_step(spoken: Edition) -> None:
    assert "向法院要一份起诉状副本。" in str(spoken.book.advice)
