"""The site holds all that people may read, leads nowhere else, and is found through offline."""

import json
import re
import stat
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from bot.errors import SettingsError
from bot.keeping import export_site
from bot.knowledge.version import Version
from tests.answering.tasks.desk import real_book
from tests.chromium import NEEDS_CHROMIUM, chromium
from tests.knowledge.folder import REVIEW_DAY

VERSION = Version("abcd1234", REVIEW_DAY)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    export_site(real_book(), VERSION, folder, REVIEW_DAY)
    return folder


class Page(HTMLParser):
    """Where a page leads, what it loads, and the names within it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.names: set[str] = set()
        self.text = path.read_text("utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(known["href"])
        elif tag in ("link", "script", "img"):
            self.loads.append(known.get("href") or known.get("src") or "inline")
        if "id" in known:
            self.names.add(known["id"])


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in site.rglob("*.html")}


def test_every_answer_law_letter_deadline_and_contact_is_there(
    pages: dict[Path, Page], site: Path
) -> None:
    book = real_book()
    for name in book.knowledge.answers:
        assert site / f"topics/{name}.html" in pages
    for name in book.letters:
        assert (site / f"letters/{name}.docx").read_bytes().startswith(b"PK")
    for law in book.knowledge.laws.values():
        articles = {article.article for article in (each.id for each in law.articles.values())}
        assert articles <= pages[site / f"laws/{law.id}.html"].names
    assert set(book.deadlines.kinds) <= pages[site / "deadlines.html"].names
    assert set(book.knowledge.contacts) <= pages[site / "contacts.html"].names


def test_every_link_leads_to_a_page_and_a_place_that_are_there(pages: dict[Path, Page]) -> None:
    dead = []
    for path, page in pages.items():
        for link in page.links:
            file, name = urldefrag(unquote(link))
            target = (path.parent / file).resolve() if file else path
            found = pages.get(target)
            is_there = target.is_file() and (not name or (found and name in found.names))
            if not is_there:
                dead.append((path.name, link))
    assert dead == []


def test_a_page_loads_only_what_lies_beside_it(pages: dict[Path, Page], site: Path) -> None:
    for path, page in pages.items():
        for each in page.loads:
            assert (path.parent / each).resolve().is_relative_to(site)
            assert (path.parent / each).is_file()


def test_no_mark_of_the_writers_is_left(pages: dict[Path, Page]) -> None:
    left = {
        path.name: found.group()
        for path, page in pages.items()
        if (found := re.search(r"\[\[.*?\]\]|\{\{.*?\}\}|\{%", page.text))
    }
    assert left == {}


def test_sources_stand_with_their_rank_and_their_dates(
    pages: dict[Path, Page], site: Path
) -> None:
    answer = pages[site / "topics/call_hours.html"].text
    review = real_book().knowledge.answers["call_hours"].review
    assert "行业自律，不是法律）</a>" in answer
    assert f"{review.reviewed_on} 核对，最迟 {review.review_by} 再核对" in answer
    law = pages[site / "laws/credit-card-business-measures-2011.html"].text
    assert "性质：部门规章" in law
    assert "和什么比对过：" in law
    assert str(VERSION) in law


def test_the_search_knows_every_page(pages: dict[Path, Page], site: Path) -> None:
    told = (site / "index.js").read_text("utf-8")
    entries = json.loads(told.removeprefix("window.PAGES = ").removesuffix(";\n"))
    found = {urldefrag(entry["u"])[0] for entry in entries}
    assert found == {str(path.relative_to(site)) for path in pages} - {"index.html"}


def test_another_export_takes_the_place_of_the_former(tmp_path: Path) -> None:
    export_site(real_book(), VERSION, tmp_path, REVIEW_DAY)
    old = tmp_path / "topics/gone.html"
    old.write_text("old", encoding="utf-8")

    export_site(real_book(), VERSION, tmp_path, REVIEW_DAY)

    assert not old.exists()
    assert (tmp_path / "topics/call_hours.html").exists()


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").touch()
    with pytest.raises(SettingsError, match="holds other files"):
        export_site(real_book(), VERSION, tmp_path, REVIEW_DAY)
    assert [path.name for path in tmp_path.iterdir()] == ["photo.jpg"]


def test_a_web_server_of_another_user_can_read_it(site: Path) -> None:
    assert all(stat.S_IMODE(path.stat().st_mode) & 0o004 for path in site.rglob("*.html"))


@NEEDS_CHROMIUM
def test_the_search_works_from_the_disk_without_a_network(site: Path) -> None:
    with chromium() as browser:
        page = browser.new_context(offline=True).new_page()
        errors: list[object] = []

        def note(error: object) -> None:
            errors.append(error)

        page.on("pageerror", note)
        page.goto((site / "index.html").as_uri())
        page.get_by_role("searchbox").fill("半夜 打电话")
        page.locator("#found a").first.click()
        page.wait_for_url("**/topics/call_hours.html")
        assert page.get_by_role("heading", level=1).inner_text() == (
            real_book().knowledge.answers["call_hours"].title
        )
        page.get_by_role("searchbox").fill("zzqqxx")
        page.locator("#found").get_by_text("没有找到").wait_for()
        assert errors == []
