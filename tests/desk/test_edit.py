"""A text is written beside its reply; nothing that was typed is lost, nothing is written over."""

from pathlib import Path

import pytest
from httpx import AsyncClient, Response
from starlette.applications import Starlette

from bot.desk.difference import difference
from bot.desk.git import Git
from bot.desk.preview import layer_at
from bot.desk.proposals import Proposals
from bot.desk.save import put_together
from bot.desk.shelves import content_mark
from tests.desk.desks import visitor, working_desk
from tests.knowledge.folder import REAL, copy_of_real

TOPIC = "topics/call_hours.md"
OLD, NEW = "午休、周末、节假日，没查到统一的禁止规定。", "午休、周末，没查到统一的禁止规定。"


def text_of(tree: Path, file: str = TOPIC) -> str:
    return (tree / "knowledge" / file).read_text(encoding="utf-8")


def fields(tree: Path, text: str, **more: str) -> dict[str, str]:
    """What the editor sends, with the line ends of a browser."""
    base = content_mark(text_of(tree, more.get("file", TOPIC)))
    typed = text.replace("\n", "\r\n")
    return {"file": TOPIC, "in": "", "base": base, "tab": "a" * 12, "text": typed, **more}


async def save(browser: AsyncClient, sent: dict[str, str]) -> Response:
    return await browser.post("/save", data={**sent, "confirm": "1", "proposal_title": "改钟点"})


async def test_the_reply_is_shown_as_the_bot_says_it_for_a_chosen_case(
    app: Starlette, tree: Path
) -> None:
    browser = await visitor(app)
    page = (await browser.get(f"/edit/{TOPIC}")).text
    assert "这笔钱欠的是哪一种？" in page
    sent = fields(tree, text_of(tree), product="credit_card")
    page = (await browser.post("/look", data=sent)).text
    assert "22:00 到次日 8:00 不该来催" in page
    assert "行业自律，不是法律" in page
    assert "最多 300 个" in page
    assert "这笔钱欠的是哪一种？" not in page


async def test_every_layer_can_be_looked_at(app: Starlette, tree: Path) -> None:
    browser = await visitor(app)
    for layer, words in (
        ("how", "截图留证"),
        ("notes", "· "),
        ("entry_0", "最多 500"),
        ("full", "《"),
    ):
        page = (await browser.post("/look", data=fields(tree, text_of(tree), layer=layer))).text
        assert words in page


async def test_faults_are_told_at_their_line_while_one_types(app: Starlette, tree: Path) -> None:
    text = text_of(tree).replace(OLD, "见《信用卡办法》第六十八条。{{no_such}}")
    line = text[: text.index("{{no_such}}")].count("\n") + 1
    page = (await (await visitor(app)).post("/look", data=fields(tree, text))).text
    assert page.count(f'data-line="{line}"') == 2
    assert "请改写成引用标记" in page
    assert "figures/ 里没有 no_such" in page


@pytest.mark.parametrize(
    ("written", "layer"),
    [
        ("title: ", "first"),
        ("## 简答", "first"),
        ("1. ", "how"),
        ("> ", "say"),
        ("## 注意", "notes"),
        ("### ", "entry_0"),
        ("## 大家这样问", "first"),
    ],
)
def test_the_layer_in_which_one_writes_is_the_one_that_is_shown(written: str, layer: str) -> None:
    lines = (REAL / TOPIC).read_text("utf-8").splitlines()
    line = next(number for number, each in enumerate(lines, 1) if each.startswith(written))
    assert layer_at("\n".join(lines), line) == layer


async def test_the_reply_follows_the_cursor(app: Starlette, tree: Path) -> None:
    browser, text = await visitor(app), text_of(tree)
    line = str(text[: text.index("\n## 注意")].count("\n") + 4)
    page = (await browser.post("/look", data=fields(tree, text, line=line))).text
    assert "午休、周末、节假日，没查到" not in page
    assert "容易被一句话挡回" in page


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("advice/court.yml", "rank: court_day", "rank: court_dya", "只能是"),
        (
            "deadlines.yml",
            "civil-procedure-law#第八十八条",
            "civil-procedure-law#第几条",
            "里没有“第几条”",
        ),
        (
            "letters/apply_instalment/letter.yml",
            "civil-code#第五百四十三条",
            "civil-code#第x条",
            "没有",
        ),
        ("conduct/night_industry.yml", "title: ", "titel: ", "titel"),
        ("laws/civil-code.yml", "quotable: true", "quotable: false", "可引用"),
        ("talk.yml", "next: [ask_capabilities", "next: [nowhere", "nowhere"),
        ("facts.yml", "\n", "\nnonsense: 1\n", "nonsense"),
    ],
)
async def test_faults_of_every_kind_of_file_are_told(
    app: Starlette, tree: Path, file: str, old: str, new: str, words: str
) -> None:
    text = text_of(tree, file).replace(old, new, 1)
    page = (await (await visitor(app)).post("/look", data=fields(tree, text, file=file))).text
    assert words in page
    assert "没有发现问题" not in page


async def test_saving_shows_the_difference_and_writes_the_proposals_file_and_nothing_else(
    app: Starlette, tree: Path
) -> None:
    browser, before = await visitor(app), text_of(tree)
    sent = fields(tree, before.replace(OLD, NEW))
    asked = (await browser.post("/save", data=sent)).text
    assert "<mark>、节假日</mark>" in asked
    assert Proposals(tree).open() == ()
    done = await save(browser, sent)
    (proposal,) = Proposals(tree).open()
    assert done.headers["HX-Redirect"] == f"/edit/{TOPIC}?in={proposal.slug}&saved=1"
    assert (proposal.title, proposal.authors) == ("改钟点", ("方敏",))
    assert (proposal.folder / TOPIC).read_text(encoding="utf-8") == before.replace(OLD, NEW)
    assert text_of(tree) == before
    changed = Git(proposal.tree).run("status", "--porcelain")
    assert changed == f" M knowledge/{TOPIC}\n"
    page = (await browser.get(f"/edit/{TOPIC}", params={"in": proposal.slug})).text
    assert NEW in page
    assert "草稿" not in page


async def test_what_the_check_refuses_is_not_saved_and_not_lost(
    app: Starlette, tree: Path
) -> None:
    browser = await visitor(app)
    wrong = text_of(tree).replace(OLD, "法律规定每天催收不得超过三次。{{no_such}}")
    page = (await save(browser, fields(tree, wrong))).text
    assert "还不能存" in page
    assert "no_such" in page
    assert Proposals(tree).open() == ()
    assert "no_such" in (await browser.get(f"/edit/{TOPIC}?draft={'a' * 12}")).text


async def test_a_law_whose_article_others_cite_cannot_lose_it(app: Starlette, tree: Path) -> None:
    file = "laws/gbt-45251-2025.yml"
    text = text_of(tree, file).replace("  催收时间:", "  催收的时间:")
    page = (await save(await visitor(app), fields(tree, text, file=file))).text
    assert "topics/call_hours.md" in page
    assert Proposals(tree).open() == ()


async def test_two_tabs_do_not_write_over_one_another(app: Starlette, tree: Path) -> None:
    browser, before = await visitor(app), text_of(tree)
    first = await save(browser, fields(tree, before.replace(OLD, NEW)))
    slug = first.headers["HX-Redirect"].partition("in=")[2].partition("&")[0]
    one = fields(tree, before, **{"in": slug, "base": content_mark(before.replace(OLD, NEW))})
    mine = before.replace(OLD, "甲")
    late = {**one, "text": mine, "base": content_mark(before), "tab": "b" * 12}
    page = (await save(browser, late)).text
    assert "在你写的时候变了" in page
    folder = Proposals(tree).of(slug).folder
    assert (folder / TOPIC).read_text(encoding="utf-8") == before.replace(OLD, NEW)
    # Seen and wanted all the same: now it is saved.
    again = await save(browser, {**late, "base": content_mark(before.replace(OLD, NEW))})
    assert "HX-Redirect" in again.headers
    assert (folder / TOPIC).read_text(encoding="utf-8") == mine


async def test_a_file_that_changed_on_the_disk_is_put_together_with_what_was_typed(
    app: Starlette, tree: Path
) -> None:
    browser, before = await visitor(app), text_of(tree)
    sent = fields(tree, before.replace(OLD, NEW))
    await browser.post("/look", data=sent)
    (tree / "knowledge" / TOPIC).write_text(
        before.replace("半夜来电", "半夜电话"), encoding="utf-8"
    )
    page = (await browser.post("/save", data=sent)).text
    assert "可以合在一起" in page
    assert "半夜电话" in page
    assert NEW in page


async def test_what_is_written_from_what_lives_is_put_together_with_the_proposal(
    app: Starlette, tree: Path
) -> None:
    browser, before = await visitor(app), text_of(tree)
    await save(browser, fields(tree, before.replace(OLD, NEW)))
    (proposal,) = Proposals(tree).open()
    more = fields(tree, before.replace("title: 半夜", "title: 深夜"), into=proposal.slug)
    assert "HX-Redirect" in (await save(browser, more)).headers
    text = (proposal.folder / TOPIC).read_text(encoding="utf-8")
    assert NEW in text
    assert "title: 深夜" in text
    page = (await save(browser, fields(tree, before.replace(OLD, "甲"), into=proposal.slug))).text
    assert "这个提议里已经改过" in page
    assert (proposal.folder / TOPIC).read_text(encoding="utf-8") == text


async def test_what_was_typed_outlives_a_crash_of_browser_and_desk(
    app: Starlette, tree: Path
) -> None:
    typed = text_of(tree).replace(OLD, NEW)
    await (await visitor(app)).post("/look", data=fields(tree, typed))
    again = await visitor(working_desk(tree / "knowledge", tree / ".data"))
    assert f"/edit/{TOPIC}?draft={'a' * 12}" in (await again.get("/")).text
    page = (await again.get(f"/edit/{TOPIC}")).text
    assert "有一份没存的草稿" in page
    assert NEW in (await again.get(f"/edit/{TOPIC}?draft={'a' * 12}")).text
    await again.post("/drop", data=fields(tree, typed))
    assert "草稿" not in (await again.get(f"/edit/{TOPIC}")).text


@pytest.mark.parametrize(
    "file",
    [
        "../pyproject.toml",
        "topics/../../secret.yml",
        "/etc/passwd",
        "letters",
        "topics/new.md",
        "",
    ],
)
async def test_no_file_is_read_or_written_but_the_known_ones(
    app: Starlette, tree: Path, file: str
) -> None:
    browser = await visitor(app)
    (tree / "secret.yml").write_text("a: 1\n", encoding="utf-8")
    assert (await browser.get(f"/edit/{file.replace('/', '%2F')}")).status_code == 404
    for path in ("/look", "/save"):
        answer = await browser.post(
            path, data={**fields(tree, "x: 1\n"), "file": file, "confirm": "1"}
        )
        assert answer.status_code == 404
    assert (tree / "secret.yml").read_text(encoding="utf-8") == "a: 1\n"
    assert Proposals(tree).open() == ()


@pytest.mark.parametrize("link", ["topics/linked.md", "linked"])
async def test_no_link_in_the_folder_leads_out_of_it(
    app: Starlette, tree: Path, link: str
) -> None:
    outside = tree / "outside"
    outside.mkdir()
    secret = outside / "secret.md"
    secret.write_text("秘密的一句\n", encoding="utf-8")
    (tree / "knowledge" / link).symlink_to(secret if link.endswith(".md") else outside)
    file, browser = link if link.endswith(".md") else f"{link}/secret.md", await visitor(app)
    assert (await browser.get(f"/edit/{file}")).status_code == 404
    assert "没有找到" in (await browser.get("/find", params={"q": "秘密的一句"})).text
    sent = {**fields(tree, "甲"), "file": file, "confirm": "1"}
    assert (await browser.post("/save", data=sent)).status_code == 404
    assert secret.read_text(encoding="utf-8") == "秘密的一句\n"


async def test_a_tab_cannot_name_a_file(app: Starlette, tree: Path) -> None:
    answer = await (await visitor(app)).post("/look", data=fields(tree, "甲", tab="../../../x"))
    assert answer.status_code == 400


async def test_a_proposal_that_is_gone_is_told(app: Starlette, tree: Path) -> None:
    sent = fields(tree, text_of(tree), **{"in": "20260101-00000000"})
    answer = await (await visitor(app)).post("/look", data=sent)
    assert answer.status_code == 409
    assert "没有这个提议" in answer.text


async def test_a_script_in_a_text_is_shown_and_never_run(app: Starlette, tree: Path) -> None:
    script = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    text = text_of(tree).replace(OLD, script)
    browser = await visitor(app)
    for path in ("/look", "/save"):
        page = (await browser.post(path, data=fields(tree, text))).text
        assert "<script" not in page
        assert "<img" not in page
        assert "&lt;script&gt;" in page


async def test_without_a_repository_one_may_look_and_not_save(tmp_path: Path) -> None:
    copy_of_real(tmp_path / "knowledge")
    browser = await visitor(working_desk(tmp_path / "knowledge", tmp_path / ".data"))
    text = text_of(tmp_path).replace(OLD, NEW)
    answer = await save(browser, fields(tmp_path, text))
    assert "HX-Redirect" not in answer.headers
    assert "git" in answer.text
    assert text_of(tmp_path) == text_of(tmp_path).replace(NEW, OLD)


async def test_articles_are_picked_by_their_words_with_their_rank(app: Starlette) -> None:
    browser = await visitor(app)
    page = (await browser.get("/pick", params={"what": "article", "pick": "信用卡 六十八条"})).text
    assert "[[credit-card-business-measures-2011#第六十八条]]" in page
    assert "部门规章" in page
    for what, mark in (("figure", "{{quiet_hours_start}}"), ("contact", "[[contact:12378]]"),
                       ("part", "〔信用卡〕"), ("part", "{{ask:product}}")):  # fmt: skip
        sought = mark.strip("[]{}〔〕")
        asked = {"what": what, "pick": sought.partition(":")[2] or sought}
        assert mark in (await browser.get("/pick", params=asked)).text


async def test_what_nobody_wrote_so_is_picked_by_what_is_most_like_it(app: Starlette) -> None:
    browser = await visitor(app)
    page = (await browser.get("/pick", params={"what": "figure", "pick": "答复投诉"})).text
    assert "最像的是这些" in page
    assert "{{bank_complaint_reply_days}}" in page


async def test_who_came_from_a_list_of_places_goes_back_to_it(app: Starlette, tree: Path) -> None:
    browser = await visitor(app)
    sent = fields(tree, text_of(tree).replace(OLD, NEW))
    done = await save(browser, {**sent, "from": "figure:quiet_hours_start"})
    onwards = done.headers["HX-Redirect"]
    assert onwards.startswith("/where?what=figure%3Aquiet_hours_start&in=")
    page = (await browser.get(onwards)).text
    assert "存好了" in page


def test_changes_of_different_lines_are_put_together_and_of_the_same_are_not() -> None:
    base = "甲\n乙\n丙\n丁\n戊\n"
    assert (
        put_together(base, base.replace("甲", "一"), base.replace("戊", "五"))
        == "一\n乙\n丙\n丁\n五\n"
    )
    assert put_together(base, base.replace("丙", "三"), base.replace("丙", "叁")) is None


def test_a_difference_marks_the_changed_words_of_a_line() -> None:
    (gone, come) = [
        line for line in difference("甲\n打十天\n", "甲\n打十五天\n") if line.sign in "-+"
    ]
    assert "".join(text for text, _ in gone.pieces) == "打十天"
    assert [text for text, is_changed in come.pieces if is_changed] == ["五"]
    assert difference("甲\n", "甲\n") == []


async def test_a_file_that_is_no_utf_8_is_told_and_not_touched(app: Starlette, tree: Path) -> None:
    path = tree / "knowledge" / TOPIC
    path.write_bytes(text_of(tree).encode("gbk", "replace"))
    page = (await (await visitor(app)).get(f"/edit/{TOPIC}")).text
    assert "编码选 UTF-8" in page
    assert "<textarea" not in page
