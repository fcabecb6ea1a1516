"""Every mistake in the folder is told in one run, in Chinese, with its file and line."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
import yaml

from bot.knowledge.base import GRACE
from bot.knowledge.checks import reviews_are_kept
from bot.knowledge.faults import Fault
from bot.knowledge.folder_check import check_folder
from bot.knowledge.text_checks import figures_exist
from tests.knowledge.folder import (
    REVIEW_DAY,
    copy_of_real,
    faults_of,
    real_knowledge,
    replace_in,
)

Found = tuple[list[tuple[str, int, str]], Sequence[Fault]]
_DAMAGES: list[Mapping[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("damages.yml").read_text("utf-8")
)

_LONG = "一二三四五六七八九十" * 45


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of_real(tmp_path / "knowledge")


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """A folder with every mistake in it: how each fault must begin, and what was found."""
    folder = copy_of_real(tmp_path_factory.mktemp("damaged") / "knowledge")
    questions = folder.parent / "tests" / "questions" / "seen" / "lawsuit.yml"
    questions.parent.mkdir(parents=True)
    questions.write_text("- topic: lawsuit\n  asks: [只在测试里问的一句话]\n", "utf-8")
    expected = [do_damage(folder, damage) for damage in _DAMAGES]
    return expected, check_folder(folder, REVIEW_DAY)


def do_damage(folder: Path, damage: Mapping[str, Any]) -> tuple[str, int, str]:
    """Make one mistake; how its fault must begin."""
    if saved := damage.get("saved"):
        path = folder / damage["file"]
        content = b"PK spoilt" if saved == "spoilt" else path.read_text("utf-8").encode(saved)
        path.write_bytes(content)
    if original := damage.get("copy_of"):
        copy(folder / original, folder / damage["file"])
    if gone := damage.get("gone"):
        (folder / gone).unlink()
    if "change" not in damage:
        return damage["file"], damage.get("line", 0), damage["says"]
    old, new = damage["change"]
    changed = replace_in(folder, damage["file"], old, new.replace("很长很长", _LONG))
    return damage["file"], damage.get("line", changed + damage.get("after", 0)), damage["says"]


@pytest.mark.parametrize("number", range(len(_DAMAGES)), ids=[each["case"] for each in _DAMAGES])
def test_every_mistake_is_reported_in_one_run(damaged: Found, number: int) -> None:
    expected, found = damaged
    file, line, says = expected[number]
    assert (file, line, says) in [
        (fault.file, fault.line, fault.message[: len(says)]) for fault in found
    ]


def test_every_fault_is_told_in_chinese(damaged: Found) -> None:
    assert [fault for fault in damaged[1] if not re.search(r"[一-鿿]{2}", fault.message)] == []


def test_there_are_a_hundred_mistakes_of_different_kinds() -> None:
    assert len({damage["case"] for damage in _DAMAGES}) >= 100


def test_no_fault_is_told_twice(damaged: Found) -> None:
    assert len(set(damaged[1])) == len(damaged[1])


def test_what_cannot_be_read_is_told_before_what_is_wrong_with_the_rest(damaged: Found) -> None:
    files = [fault.file for fault in damaged[1]]
    first_readable = files.index("topics/call_frequency.md")
    unreadable = {
        damage["file"] for damage in _DAMAGES if damage.get("saved") in ("gbk", "utf-16")
    }
    assert unreadable
    assert all(files.index(file) < first_readable for file in unreadable)


def test_files_without_a_mistake_have_no_fault(damaged: Found) -> None:
    told = {fault.file for fault in damaged[1]}
    assert told == {damage["file"] for damage in _DAMAGES}


def test_what_cannot_be_read_is_reported_once_and_not_wherever_it_is_named(folder: Path) -> None:
    replace_in(folder, "laws/civil-code.yml", "issuer:", "isuer:")
    replace_in(folder, "topics/hardship.md", "button:", "buton:")
    assert [(fault.file, fault.message) for fault in faults_of(folder)] == [
        ("laws/civil-code.yml", "这里缺少 issuer，请补上。"),
        ("laws/civil-code.yml", "不认识的键：isuer。请改正拼写或删去。"),
        ("topics/hardship.md", "这里缺少 button，请补上。"),
        ("topics/hardship.md", "不认识的键：buton。请改正拼写或删去。"),
    ]


def test_two_hotlines_with_one_id_are_told_once_and_not_wherever_one_is_named(
    folder: Path,
) -> None:
    replace_in(folder, "contacts.yml", "- id: police_emergency", "- id: psychological_help")
    told = "编号 psychological_help 用了两次，请改掉一个。"
    assert [fault.message for fault in check_folder(folder, REVIEW_DAY)] == [told]


def test_a_copy_of_a_topic_is_told_by_its_name_alone(folder: Path) -> None:
    copy(folder / "topics/call_hours.md", folder / "topics/call_hours - 副本.md")
    (fault,) = check_folder(folder, REVIEW_DAY)
    assert fault.file == "topics/call_hours - 副本.md"


def test_the_line_ends_of_windows_are_no_fault(folder: Path) -> None:
    path = folder / "topics/mediation.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert check_folder(folder, REVIEW_DAY) == []


def test_a_topic_that_is_gone_is_missed_where_it_was_linked(folder: Path) -> None:
    (folder / "topics" / "mediation.md").unlink()
    found = {fault.message for fault in faults_of(folder)}
    assert found == {
        "菜单里的 mediation 没有解答文件。",
        "没有叫 mediation 的主题，请改正拼写。",
        "没有叫 mediation 的主题或任务，请改正拼写。",
    }


def test_a_topic_outside_the_menu_is_missed(folder: Path) -> None:
    replace_in(folder, "menu.yml", "    - mediation\n", "")
    assert list(map(str, faults_of(folder))) == ["menu.yml：mediation 还没有放进菜单的任何一组。"]


def test_a_file_name_that_no_button_can_carry_is_a_fault(folder: Path) -> None:
    names = ["打电话", "Call-Hours", "1_hours", "a" * 61]
    text = (folder / "topics" / "mediation.md").read_text("utf-8")
    for name in names:
        (folder / "topics" / f"{name}.md").write_text(text, "utf-8")
    found = [fault.file for fault in faults_of(folder) if fault.message.startswith("文件名只用")]
    assert sorted(found) == sorted(f"topics/{name}.md" for name in names)


def test_an_id_names_one_thing_only(folder: Path) -> None:
    text = (folder / "topics" / "mediation.md").read_text("utf-8")
    (folder / "topics" / "greet.md").write_text(text, "utf-8")
    assert "talk.yml：greet 在 topics/ 里已经有了，请换一个编号。" in map(str, faults_of(folder))


def test_a_fact_is_not_late_before_the_thirty_first_day() -> None:
    knowledge = real_knowledge()
    reviewed = [*knowledge.answers.values(), *knowledge.figures.values()]
    first = min(each.review.review_by for each in reviewed)
    assert not list(reviews_are_kept(knowledge, first + GRACE))
    assert list(reviews_are_kept(knowledge, first + GRACE + timedelta(days=1)))


def test_a_figure_that_is_not_yet_in_force_may_not_be_spoken_of() -> None:
    found = [fault.message for fault in figures_exist(real_knowledge(), date(1990, 1, 1))]
    assert "limitation_years 今天还没有生效的数值。" in found


def test_too_few_ways_to_ask_are_counted(folder: Path) -> None:
    answer = folder / "topics" / "mediation.md"
    head, heading, _ = answer.read_text("utf-8").partition("## 大家这样问\n")
    answer.write_text(f"{head}{heading}\n- 调解好吗？\n", "utf-8")
    line = head.count("\n") + 1
    assert faults_of(folder) == [
        Fault("topics/mediation.md", line, "问法只有 1 条，至少要 40 条。")
    ]


def test_too_few_sides_of_a_matter_are_counted(folder: Path) -> None:
    answer = folder / "topics" / "mediation.md"
    before, heading, after = answer.read_text("utf-8").partition("## 接着会问\n")
    asked, examples, rest = after.partition("## 大家这样问\n")
    kept = "### ".join(asked.split("### ")[:5])
    answer.write_text(f"{before}{heading}{kept}{examples}{rest}", "utf-8")
    line = before.count("\n") + 1
    told = Fault("topics/mediation.md", line, "“接着会问”至少要有 5 个方面。")
    assert told in faults_of(folder)


def test_an_error_may_be_denied_and_people_may_ask_what_they_like(folder: Path) -> None:
    replace_in(folder, "topics/enforcement.md", "## 注意\n\n- ", "## 注意\n\n- “一告就赢”是误传。")
    replace_in(
        folder,
        "topics/criminal_liability.md",
        "## 大家这样问\n\n",
        "## 大家这样问\n\n- 是不是一定会坐牢啊{{x}}[[y\n",
    )
    replace_in(folder, "talk.yml", "  asks:\n", "  asks:\n    - 你说停息挂账是权利吗\n")
    assert faults_of(folder) == []
