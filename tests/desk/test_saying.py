"""Where a figure, an article, a hotline is said, in marks and in words."""

from pathlib import Path

import pytest

from bot.desk.entries import entries_of
from bot.desk.saying import How, Saying, of_article, of_contact, of_figure, sayings
from bot.desk.shelves import Shelves
from tests.knowledge.folder import copy_of_real, real_knowledge, replace_in

FIGURE = "bank_complaint_reply_days"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_of_real(tmp_path_factory.mktemp("said") / "knowledge")
    replace_in(folder, "topics/complain_bank.md", "## 注意\n", "## 注意\n\n- 等半个月没信就问。\n")
    replace_in(
        folder, "topics/mortgage.md", "## 注意\n", "## 注意\n\n- 打 12378 或 12 378 都行。\n"
    )
    replace_in(folder, "topics/mortgage.md", "## 大家这样问\n", "## 大家这样问\n\n- 12378 管吗\n")
    return folder


def said(folder: Path, what: str) -> list[Saying]:
    knowledge = real_knowledge()
    sought, own = {
        "figure": (of_figure(knowledge.figures[FIGURE], "15"), ("figure", FIGURE)),
        "contact": (
            of_contact(knowledge.contacts["financial_regulator"]),
            ("contact", "financial_regulator"),
        ),
        "article": (
            of_article(knowledge.laws["credit-card-business-measures-2011"], "第七十条"),
            ("article", "credit-card-business-measures-2011#第七十条"),
        ),
    }[what]
    shelf = Shelves().of(folder)
    return sayings(shelf, entries_of(shelf), sought, own)


def test_a_figure_written_out_must_be_followed_by_hand(folder: Path) -> None:
    by_hand = {
        (each.entry.file, each.said) for each in said(folder, "figure") if each.how is How.WORDS
    }
    assert ("topics/complain_bank.md", "半个月") in by_hand
    assert ("topics/complaint_progress.md", "十五日") in by_hand
    assert ("laws/bank-insurance-complaints-measures-2020.yml", "15日") in by_hand


def test_a_figure_that_stands_as_a_mark_follows_by_itself(folder: Path) -> None:
    marks = {each.entry.file for each in said(folder, "figure") if each.how is How.MARK}
    assert "topics/complain_bank.md" in marks
    assert "deadlines.yml" in marks
    assert f"figures/{FIGURE}.yml" not in marks


def test_the_same_number_in_another_matter_is_only_shown(folder: Path) -> None:
    maybe = [each for each in said(folder, "figure") if each.how is How.MAYBE]
    assert any(each.entry.file == "topics/payment_order.md" for each in maybe)


def test_a_hotline_is_found_by_its_mark_and_its_number_but_not_in_what_people_ask(
    folder: Path,
) -> None:
    found = [each for each in said(folder, "contact") if each.entry.file == "topics/mortgage.md"]
    assert [(each.how, each.said) for each in found if "都行" in each.after] == [
        (How.WORDS, "12378")
    ]
    assert not any("管吗" in each.after for each in found)


def test_an_article_is_found_in_answers_letters_and_word_templates(folder: Path) -> None:
    files = {each.entry.file for each in said(folder, "article")}
    assert {
        "topics/negotiate_instalment.md",
        "letters/apply_instalment/letter.yml",
        "letters/apply_instalment/template.docx",
    } <= files
