"""What a person does in a browser with a proposal: hand it over, and agree to another's."""

from playwright.sync_api import Page, expect

from tests.desk.browser.house import House


def hand_over(page: Page, house: House, title: str) -> None:
    """With a reason; whoever wrote it cannot agree to it."""
    opened(page, house, title)
    page.get_by_label("为什么改").fill("好几个人这样问")
    page.get_by_role("button", name="提交").click()
    assert "提交了" in what_became_of_it(page)
    expect(page.get_by_role("button", name="同意，让它生效")).to_be_disabled()


def approve(page: Page, house: House, title: str, name: str) -> None:
    """As somebody who did not write it, after reading the difference."""
    opened(page, house, title)
    form = page.locator("form[action$='/approve']")
    if form.get_by_label("你的名字").count():
        form.get_by_label("你的名字").fill(name)
    form.get_by_role("button").click()
    assert "通过了" in what_became_of_it(page)


def opened(page: Page, house: House, title: str) -> None:
    """The page of a proposal, from the list."""
    page.goto(f"{house.address}/proposals")
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def what_became_of_it(page: Page) -> str:
    """What the next page says, once the check has run: that it was done, or why not."""
    told = page.locator("main .note[role]").first
    told.wait_for()
    return told.inner_text()
