"""Somebody who never saw the project changes it in a browser, and another person lets it live."""

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.concepts.missed import MissKind
from tests.chromium import NEEDS_CHROMIUM
from tests.desk.browser.house import ATTACK, House, enter
from tests.desk.browser.reading import approve, hand_over

pytestmark = NEEDS_CHROMIUM
ASKED = {
    f"夜里拿喇叭在楼下喊我名字{ATTACK}": MissKind.NOT_UNDERSTOOD,
    "他们把欠条贴我家防盗门": MissKind.ASKED_BACK,
    "村口小卖部都传我欠钱": MissKind.USELESS,
}
LEARNT = [
    "夜里拿喇叭在楼下喊我名字叫还钱",
    "他们把欠条贴在我家防盗门上",
    "来人站在村口小卖部讲我欠钱",
]
TOPIC = "knowledge/topics/call_hours.md"
SENTENCE = "- 手机有勿扰时段，睡觉前打开，来电记录照样留着。"


@pytest.fixture(scope="module")
def asked() -> dict[str, MissKind]:
    return ASKED


def learn_three(page: Page) -> None:
    """Each with one key."""
    page.get_by_role("link", name="一步一步做一遍").click()
    page.get_by_label("先写上你的名字").fill("李倡导")
    page.get_by_role("button", name="记住").click()
    page.get_by_role("link", name="从没办好的话里学").click()
    page.wait_for_url("**/learn*")  # Until all is there: a key is deaf before its script.
    for line in LEARNT:
        group = page.locator("form.group").first
        group.get_by_label("写成").fill(line)
        group.get_by_label("写成").press("Escape")
        with page.expect_navigation():
            page.keyboard.press("1")
        expect(page.locator("#learnt")).to_contain_text(line)
    assert page.evaluate("window.hacked") is None
    expect(page.locator("form.group")).to_have_count(0)


def change_a_sentence(page: Page, house: House) -> None:
    page.goto(f"{house.address}/edit/topics/call_hours.md")
    text = page.locator("#text")
    before = text.input_value()
    head, _, rest = before.partition("## 注意\n\n")
    lines = rest.splitlines()
    # Not one that cites anything: where a source goes, a lawyer would be asked.
    bare = next(
        place for place, line in enumerate(lines) if line.startswith("- ") and "[[" not in line
    )
    lines[bare] = SENTENCE
    text.fill(f"{head}## 注意\n\n" + "\n".join(lines) + "\n")
    page.get_by_role("button", name="存……").click()
    page.get_by_label("新提议叫什么").fill("勿扰时段")
    page.get_by_role("button", name="存进提议").click()
    expect(page.get_by_role("status").filter(has_text="存好了")).to_be_visible()


def test_what_a_newcomer_changes_lives_once_another_person_agrees(
    house: House, browser: Browser
) -> None:
    newcomer = enter(browser, house)
    learn_three(newcomer)
    change_a_sentence(newcomer, house)
    assert SENTENCE not in house.text(TOPIC)
    for title in ("从没办好的话里学", "勿扰时段"):
        hand_over(newcomer, house, title)
    other = enter(browser, house)
    for title in ("从没办好的话里学", "勿扰时段"):
        approve(other, house, title, "王倡导")
    assert SENTENCE in house.text(TOPIC)
    learnt = house.text("knowledge/topics/home_visit.md")
    assert all(f"- {line}\n" in learnt for line in LEARNT)
    other.goto(f"{house.address}/versions")
    expect(other.locator("main")).to_contain_text("王倡导")
    expect(other.locator("main")).to_contain_text("李倡导")


def test_without_the_token_nothing_is_shown(house: House, browser: Browser) -> None:
    page = browser.new_context().new_page()
    answer = page.goto(f"{house.address}/learn")
    assert answer is not None
    assert answer.status == 403
