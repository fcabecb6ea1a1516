"""The words of a case are read, and what cannot be used is named with its line."""

from pathlib import Path

from bot.concepts.case import DEEDS, EVENTS, PRODUCTS, ROLES, STAGES
from bot.knowledge.case_words import FILE, parse_case_words, read_case_words

FOLDER = Path(__file__).parents[2] / "knowledge"


def _text() -> str:
    return (FOLDER / FILE).read_text(encoding="utf-8")


def test_the_words_of_the_project_have_no_fault_and_name_every_value() -> None:
    words, faults = read_case_words(FOLDER)
    assert faults == []
    assert words is not None
    assert set(words.products.entries) == set(PRODUCTS)
    assert set(words.stages.entries) == set(STAGES)
    assert set(words.roles.entries) == {*ROLES, "implied"}
    assert set(words.deeds.entries) == set(DEEDS)
    assert {*words.events.entries, "danger"} == set(EVENTS)


def test_a_broken_pattern_is_named_with_its_line() -> None:
    broken = (
        _text()
        .replace("    - 信用卡|卡债", "    - (信用卡|卡债")
        .replace("      - 信用卡|卡债", "      - (信用卡|卡债")
    )
    assert broken != _text()
    words, faults = parse_case_words(broken)
    assert words is None
    assert any("不是有效的匹配式" in fault.message and fault.line for fault in faults)


def test_an_unknown_list_is_named() -> None:
    _, faults = parse_case_words(_text().replace("<court_paper>", "<no_such_list>"))
    assert any("<no_such_list> 不在 parts" in fault.message for fault in faults)


def test_a_missing_list_is_told() -> None:
    _, faults = parse_case_words(_text().replace("\nothers_do:", "\nothers_does:"))
    assert faults


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    words, faults = read_case_words(tmp_path)
    assert words is None
    assert [fault.message for fault in faults] == ["找不到这个文件。"]
