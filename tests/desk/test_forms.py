"""What has a structure is changed and added by forms, without a mark typed."""

import re
from pathlib import Path

import pytest
from httpx import AsyncClient, Response
from starlette.applications import Starlette

from bot.desk.entries import entries_in
from bot.desk.proposals import Proposals
from bot.knowledge.yaml_reader import read_yaml
from bot.knowledge.yaml_writer import yaml_scalar
from tests.desk.desks import knowledge_in, visitor
from tests.desk.filled import TOPIC_ANSWERS
from tests.desk.test_edit import text_of

FIGURE = "bank_complaint_reply_days"
SOURCE = "bank-insurance-complaints-measures-2020#第十八条"


async def send(browser: AsyncClient, form: str, data: dict[str, str], into: str = "") -> Response:
    """Opened, filled in, and saved into a proposal, a new one where none is named."""
    (base,) = re.findall(r'name="base" value="(\w*)"', (await browser.get(f"/forms/{form}")).text)
    return await browser.post(
        f"/forms/{form}", data={**data, "base": base, "in": "", "into": into, "confirm": "1"}
    )


def saved_in(tree: Path) -> Path:
    (proposal,) = Proposals(tree).open()
    return proposal.folder


async def test_a_figure_gets_a_new_value_from_a_day_on_and_keeps_its_history(
    app: Starlette, tree: Path
) -> None:
    browser = await visitor(app)
    data = {
        "way": "new",
        "description": "答复期限",
        "value": "20",
        "source": SOURCE,
        "since": "2026-11-01",
    }
    done = await send(browser, f"figure/{FIGURE}", data)
    (proposal,) = Proposals(tree).open()
    assert done.headers["HX-Redirect"] == f"/where?what=figure:{FIGURE}&in={proposal.slug}&saved=1"
    figure = knowledge_in(proposal.folder)[0].figures[FIGURE]
    assert [(str(each.since), each.value) for each in figure.history] == [
        ("2020-03-01", "15"), ("2026-11-01", "20"),
    ]  # fmt: skip
    page = (await browser.get(done.headers["HX-Redirect"])).text
    assert "15 → 20" in page
    assert "十五日" in page


async def test_a_mistake_in_a_figure_is_put_right_without_a_new_day(
    app: Starlette, tree: Path
) -> None:
    source = "cba-personal-consumer-loan-collection-guidance-2026#催收时间"
    data = {"way": "mend", "description": "几点以后", "value": "21:30", "source": source,
            "since": "2026-11-23"}  # fmt: skip
    await send(await visitor(app), "figure/quiet_hours_start", data)
    figure = knowledge_in(saved_in(tree))[0].figures["quiet_hours_start"]
    assert [(str(each.since), each.value) for each in figure.history] == [("2026-01-30", "21:30")]


async def test_a_hotline_is_added_and_changed_and_the_others_stay_as_they_are(
    app: Starlette, tree: Path
) -> None:
    browser, before = await visitor(app), text_of(tree, "contacts.yml")
    data = {"id": "tenant_line", "name": "租客热线", "number": "12399", "for": "管租房: 押金",
            "not_for": "不管催收", "hours": "", "where": "", "caution": ""}  # fmt: skip
    await send(browser, "contact", data)
    folder = saved_in(tree)
    text = (folder / "contacts.yml").read_text(encoding="utf-8")
    assert text.startswith(before.rstrip())
    contact = knowledge_in(folder)[0].contacts["tenant_line"]
    assert (contact.number, contact.purpose, contact.where) == ("12399", "管租房: 押金", None)
    slug = Proposals(tree).open()[0].slug
    changed_one = {**data, "name": "报警", "number": "110"}
    await send(browser, "contact/police_emergency", changed_one, slug)
    changed = (folder / "contacts.yml").read_text(encoding="utf-8")
    was = {entry.id: entry.text for entry in entries_in("contacts.yml", text)}
    now = {entry.id: entry.text for entry in entries_in("contacts.yml", changed)}
    assert [name for name in was if was[name] != now[name]] == ["police_emergency"]


async def test_what_is_added_goes_behind_what_a_proposal_holds_already(
    app: Starlette, tree: Path
) -> None:
    browser = await visitor(app)
    told = {"number": "", "for": "押金", "not_for": "不管催收", "hours": "", "where": "街道",
            "caution": ""}  # fmt: skip
    await send(browser, "contact", {**told, "id": "tenant_desk", "name": "租客咨询处"})
    slug = Proposals(tree).open()[0].slug
    await send(browser, "contact", {**told, "id": "legal_desk", "name": "法律咨询处"}, slug)
    contacts = knowledge_in(saved_in(tree))[0].contacts
    assert [contacts[each].name for each in ("tenant_desk", "legal_desk")] == [
        "租客咨询处", "法律咨询处",
    ]  # fmt: skip


async def test_what_a_proposal_changed_already_is_not_changed_back_from_a_form_of_before(
    app: Starlette, tree: Path
) -> None:
    browser = await visitor(app)
    told = {"number": "110", "for": "人身安全", "not_for": "不管催收", "hours": "", "where": "",
            "caution": ""}  # fmt: skip
    await send(browser, "contact/police_emergency", {**told, "name": "报警"})
    slug = Proposals(tree).open()[0].slug
    answer = await send(browser, "contact/police_emergency", {**told, "name": "报警台"}, slug)
    assert "里改过了" in answer.text
    assert knowledge_in(saved_in(tree))[0].contacts["police_emergency"].name == "报警"


async def test_the_proposal_that_one_goes_on_writing_is_chosen_already(
    app: Starlette, tree: Path
) -> None:
    browser = await visitor(app)
    data = {"id": "tenant_desk", "name": "租客咨询处", "number": "", "for": "押金",
            "not_for": "不管催收", "hours": "", "where": "街道", "caution": ""}  # fmt: skip
    await send(browser, "contact", data)
    slug = Proposals(tree).open()[0].slug
    shown = (await browser.post("/forms/contact", data={**data, "base": "", "in": ""})).text
    assert f'<option value="{slug}" selected>' in shown


async def test_a_topic_with_sources_is_added_and_the_check_finds_nothing(
    app: Starlette, tree: Path
) -> None:
    browser = await visitor(app)
    done = await send(browser, "topic", TOPIC_ANSWERS)
    assert done.headers.get("HX-Redirect", done.text).startswith("/edit/topics/rent_deposit.md")
    knowledge, faults = knowledge_in(saved_in(tree))
    assert faults == ()
    answer = knowledge.answers["rent_deposit"]
    assert [str(law) for law in answer.laws] == [SOURCE]
    assert "rent_deposit" in knowledge.menu[0].topics
    assert knowledge.differences["rent_deposit"] == "租房的押金要不回来"


async def test_what_is_missing_in_a_topic_is_told_and_nothing_is_written(
    app: Starlette, tree: Path
) -> None:
    browser = await visitor(app)
    for field, value, words in (
        ("examples", "只有一句", "至少要 40 条"),
        ("id", "../escape", "小写英文"),
        ("id", "call_hours", "已经有叫 call_hours 的了"),
        ("short", "法律规定每天催收不得超过三次。", "不要说"),
        ("difference", "", "请填写"),
    ):
        answer = await send(browser, "topic", {**TOPIC_ANSWERS, field: value})
        assert words in answer.text
    assert Proposals(tree).open() == ()


async def test_a_follow_up_is_added_and_its_source_listed(app: Starlette, tree: Path) -> None:
    data = {"topic": "mortgage", "aspect": "how_long", "asks": "银行多久回\n几天给答复\n要等几天",
            "says": f"一般 {{{{{FIGURE}}}}} 日[[gbt-45251-2025#催收时间]]。"}  # fmt: skip
    await send(await visitor(app), "follow-up", data)
    answer = knowledge_in(saved_in(tree))[0].answers["mortgage"]
    assert answer.follow_ups[-1].asks == ("银行多久回", "几天给答复", "要等几天")
    assert "gbt-45251-2025#催收时间" in [str(law) for law in answer.laws]


async def test_a_step_is_added_by_ticking_and_one_that_is_there_keeps_what_is_not_asked(
    app: Starlette, tree: Path
) -> None:
    browser = await visitor(app)
    data = {"file": "advice/court.yml", "id": "suit_ask_copy", "rank": "court_day",
            "who": "debtor", "stage": "sued", "by": "today",
            "says": "向法院要一份起诉状副本。", "because": "看了才知道怎么答。",
            "source": "civil-procedure-law#第一百二十八条", "button": "lawsuit"}  # fmt: skip
    shown = (await browser.post("/forms/step", data={**data, "base": "", "in": ""})).text
    assert "when: {stage: [sued]}" in shown
    await send(browser, "step", data)
    text = (saved_in(tree) / "advice/court.yml").read_text(encoding="utf-8")
    steps = read_yaml(text, "advice/court.yml", "advice")[0]["steps"]
    assert steps[-1]["says"] == "向法院要一份起诉状副本。"
    slug = Proposals(tree).open()[0].slug
    change = {**data, "who": "everyone", "when": "{events: {has: danger}}", "rank": "danger",
              "by": "now", "source": "", "button": "self_harm",
              "says": "先说你安全吗。"}  # fmt: skip
    await send(browser, "step/danger_first", change, slug)
    text = (saved_in(tree) / "advice/danger.yml").read_text(encoding="utf-8")
    step = read_yaml(text, "advice/danger.yml", "advice")[0]["steps"][0]
    assert (step["says"], step["alone"]) == ("先说你安全吗。", True)


async def test_what_rests_on_a_changed_law_is_set_to_be_read_again(
    app: Starlette, tree: Path
) -> None:
    browser, law = await visitor(app), "gbt-45251-2025"
    page = (await browser.get("/again", params={"what": law})).text
    assert "topics/call_hours.md#call_hours" in page
    data = {"what": law, "in": "", "confirm": "1", "thing": ["topics/call_hours.md#call_hours"]}
    await browser.post("/again", data=data)
    folder = saved_in(tree)
    review = knowledge_in(folder)[0].answers["call_hours"].review
    # It was read after the day of this test: the day after that is the first that may stand.
    assert (review.review_by - review.reviewed_on).days == 1
    assert text_of(tree) != (folder / "topics/call_hours.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path", ["/forms/figure/../x", "/forms/figure/nothing", "/forms/contact/x", "/again?what=x"]
)
async def test_a_form_of_what_is_not_there_is_not_found(app: Starlette, path: str) -> None:
    assert (await (await visitor(app)).get(path)).status_code == 404


@pytest.mark.parametrize(
    "words",
    [
        "半夜打来",
        "12378",
        "null",
        "a: b",
        "见 #3",
        "[甲]",
        "{{days}} 日",
        "- 甲",
        "“引号”",
        '"',
        "'",
        "22:00",
        "true",
        "甲#乙",
        "、",
        "1.5",
        "yes",
    ],
)
def test_words_written_as_yaml_are_read_back_as_they_are(words: str) -> None:
    data = read_yaml(f"x: {yaml_scalar(words)}\n", "x.yml", "differences")
    assert (data[0] or {"x": words})["x"] == words
    assert data[2] == [] or len(words) > 24
