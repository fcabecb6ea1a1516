"""What a newcomer does at the desk, link by link, from the page for who comes the first time."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.desk.browser.house import House
from tests.desk.filled import (
    CONTACT_ANSWERS,
    FIGURE,
    FIGURE_ANSWERS,
    FOLLOW_UP_ANSWERS,
    STEP_ANSWERS,
    TOPIC_ANSWERS,
)

PROPOSAL = "第一次改"
LEARNING = "从没办好的话里学"
SENTENCE = "- 手机有勿扰时段，睡觉前打开，来电记录照样留着。"
LEARNT = [
    "夜里拿喇叭在楼下喊我名字叫还钱",
    "他们把欠条贴在我家防盗门上",
    "来人站在村口小卖部讲我欠钱",
]
_OLD, _NEW = "7个工作日", "10个工作日"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody at a browser. `pace` is the milliseconds from key to key; 0 fills in at once."""

    page: Page
    house: House
    pace: int = 0

    def tell_name(self, name: str) -> None:
        """From the first page to the one for who comes the first time."""
        self.page.get_by_role("link", name="一步一步做一遍").click()
        self._write(self.page.get_by_label("先写上你的名字"), name)
        self.page.get_by_role("button", name="记住").click()
        expect(self.page.locator(".who")).to_have_text(name)

    def change_a_sentence(self) -> None:
        """One that cites nothing: where a source goes, a lawyer would be asked."""
        self._go("改一句话")
        self._write(self.page.get_by_label("里面有这些字"), "半夜 打电话")
        self.page.locator("#found a.title[href^='/edit/topics/call_hours.md']").first.click()
        text = self.page.locator("#text")
        before = text.input_value()
        cautions = before.partition("## 注意\n\n")[2].splitlines()
        bare = next(each for each in cautions if each.startswith("- ") and "[[" not in each)
        self._replace(text, bare, SENTENCE)
        self.page.get_by_role("button", name="看改动，再存……").click()
        self._save()

    def change_a_figure(self) -> None:
        """With the one text that says it in words of its own."""
        self._go("改一个会变的数")
        self.page.locator(f"a[href*='what=figure:{FIGURE}']").click()
        self.page.get_by_role("link", name="改这个数").click()
        self._fill(FIGURE_ANSWERS)
        by_hand = self.page.locator("section[aria-labelledby='how-words']")
        expect(by_hand.locator("h2")).to_contain_text("1 处")
        by_hand.get_by_role("link").click()
        self.page.wait_for_url("**/edit/**")
        self._replace(self.page.locator("#text"), _OLD, _NEW)
        self.page.get_by_role("button", name="看改动，再存……").click()
        self._save()
        expect(by_hand.locator("h2")).to_contain_text("0 处")

    def add_a_contact(self) -> None:
        """By its form."""
        self._go("加一个热线")
        self._fill(CONTACT_ANSWERS)

    def add_a_follow_up(self) -> None:
        """By its form."""
        self._go("加一个“接着会问”")
        self._fill(FOLLOW_UP_ANSWERS)

    def add_a_step(self) -> None:
        """By its form."""
        self._go("加一个“下一步”")
        self._fill(STEP_ANSWERS)

    def add_a_topic(self) -> None:
        """By its form, with what it cites."""
        self._go("加一个新主题")
        self._fill(TOPIC_ANSWERS)

    def learn_three(self) -> None:
        """Each with one key."""
        self._go(LEARNING)
        self.page.wait_for_url("**/learn*")  # Until all is there: a key is deaf before its script.
        for line in LEARNT:
            group = self.page.locator("form.group").first
            self._write(group.get_by_label("写成"), line)
            group.get_by_label("写成").press("Escape")
            with self.page.expect_navigation():
                self.page.keyboard.press("1")
            expect(self.page.locator("#learnt")).to_contain_text(line)
        expect(self.page.locator("form.group")).to_have_count(0)

    def hand_over(self, title: str) -> None:
        """With a reason; whoever wrote it cannot agree to it."""
        self._open(title)
        self._write(self.page.get_by_label("为什么改"), "好几个人这样问")
        self.page.get_by_role("button", name="提交").click()
        assert "提交了" in self._told()
        expect(self.page.get_by_role("button", name="同意，让它生效")).to_be_disabled()

    def approve(self, title: str, name: str) -> None:
        """As somebody who did not write it, after reading the difference."""
        self._open(title)
        form = self.page.locator("form[action$='/approve']")
        if form.get_by_label("你的名字").count():
            self._write(form.get_by_label("你的名字"), name)
        form.get_by_role("button").click()
        assert "通过了" in self._told()

    def _go(self, title: str) -> None:
        """To one of the things that a newcomer does, over the first page."""
        self.page.get_by_role("link", name="开始", exact=True).click()
        self.page.get_by_role("link", name="第一次来").click()
        self.page.locator("ol.tasks").get_by_role("link", name=title).click()

    def _fill(self, answers: dict[str, str]) -> None:
        """A form, as a person fills it in, and what would change is seen."""
        for name, value in answers.items():
            field = self.page.locator(f"#form [name='{name}']")
            if field.first.get_attribute("type") == "checkbox":
                self.page.locator(f"#form [name='{name}'][value='{value}']").check()
            elif field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            else:
                self._write(field, value)
        self.page.get_by_role("button", name="看改动，再存……").click()
        self._save()

    def _save(self) -> None:
        """Into the one proposal: the first to save begins it, later ones find it chosen."""
        saving = self.page.locator("#saving")
        expect(saving).to_contain_text("检查没有发现新的问题。")
        into = saving.get_by_label("放进哪个提议")
        if into.count() and not into.input_value():
            self._write(saving.get_by_label("新提议叫什么"), PROPOSAL)
        saving.get_by_role("button", name="存进提议").click()
        expect(self.page.get_by_role("status").filter(has_text="存好了")).to_be_visible()

    def _open(self, title: str) -> None:
        """A proposal, from the first page."""
        self.page.get_by_role("link", name="开始", exact=True).click()
        self.page.locator("main section").get_by_role("link", name=title).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(title)

    def _told(self) -> str:
        """What the next page says, once the check has run: that it was done, or why not."""
        told = self.page.locator("main .note[role]").first
        told.wait_for()
        return told.inner_text()

    def _write(self, field: Locator, words: str) -> None:
        """In the place of what stands there."""
        if self.pace and field.get_attribute("type") != "date":
            field.press("ControlOrMeta+a")
            field.press_sequentially(words, delay=self.pace)
        else:
            field.fill(words)

    def _replace(self, text: Locator, old: str, new: str) -> None:
        """Some words of a long text by others, selected first."""
        text.evaluate(
            "(each, old) => { const at = each.value.indexOf(old); each.focus();"
            " each.setSelectionRange(at, at + old.length); }",
            old,
        )
        if self.pace:
            self.page.keyboard.type(new, delay=self.pace)
        else:
            self.page.keyboard.insert_text(new)
