"""What is due, under revision or on one source is told with all that rests on it."""

from datetime import date
from pathlib import Path

from bot.knowledge.law_uses import Use, uses_of_articles
from bot.knowledge.law_watch import as_json, as_text, due_laws, watch_laws
from bot.knowledge.loader import load_knowledge, read_knowledge
from tests.knowledge.folder import REAL, copy_of_real, faults_of, real_knowledge, replace_in

_TODAY = date(2026, 11, 29)
_COMPLAINTS = "bank-insurance-complaints-measures-2020"


def test_no_law_is_due_on_the_day_it_was_compared() -> None:
    assert due_laws(real_knowledge(), _TODAY) == ()


def test_a_law_is_due_once_its_day_has_passed() -> None:
    law = real_knowledge().laws[_COMPLAINTS]
    assert law not in due_laws(real_knowledge(), law.compared.again_by)
    assert law in due_laws(real_knowledge(), date(2027, 1, 1))


def test_a_comparison_that_is_due_is_no_fault(tmp_path: Path) -> None:
    folder = copy_of_real(tmp_path / "knowledge")
    before = list(faults_of(folder, _TODAY))
    replace_in(folder, f"laws/{_COMPLAINTS}.yml", "again_by: 2026-12-31", "again_by: 2026-11-30")
    assert list(faults_of(folder, date(2026, 12, 5))) == before


def test_the_measures_on_complaints_are_under_revision_and_due_soon() -> None:
    watched = {each.law.id: each for each in watch_laws(real_knowledge(), REAL, _TODAY)}
    found = watched[_COMPLAINTS]
    assert found.law.revision is not None
    assert "正在修订" in found.law.revision
    assert found.law.compared.again_by == date(2026, 12, 31)
    kinds = {use.kind for use in found.all_uses}
    assert {"answer", "letter", "step", "deadline", "figure", "complaint_route"} <= kinds


def test_what_rests_on_an_article_is_found_in_every_kind_of_file() -> None:
    uses = {str(article): found for article, found in uses_of_articles(REAL).items()}
    fees = uses["litigation-fees-measures-2006#第十三条"]
    assert Use("calculator", "court_fees", "court_fees", "court_fees.yml") in fees
    answer_days = {(use.kind, use.id) for use in uses["civil-procedure-law#第一百二十八条"]}
    assert {
        ("answer", "lawsuit"),
        ("deadline", "answer_to_suit"),
        ("figure", "answer_to_suit_days"),
        ("step", "suit_answer"),
    } <= answer_days
    small_loan = uses["microloan-company-measures-2024#第三十七条"]
    assert ("conduct_rule", "third_party_small_loan") in {(use.kind, use.id) for use in small_loan}


def test_every_article_of_the_folder_that_is_named_is_one_that_stands_in_laws() -> None:
    laws = real_knowledge().laws
    assert [
        str(article)
        for article in uses_of_articles(REAL)
        if article.law_id not in laws or article.article not in laws[article.law_id].articles
    ] == []


def test_text_and_data_tell_the_same_law() -> None:
    knowledge = real_knowledge()
    watched = watch_laws(knowledge, REAL, _TODAY)
    found = next(
        each for each in watched if each.law.id == "consumer-finance-company-measures-2024"
    )
    text, plain = as_text(knowledge, found), as_json(knowledge, found)
    assert "只见于一处网页：催收条款" in text
    assert plain["on_one_source"] == ["催收条款"]
    assert plain["again_by"] == found.law.compared.again_by.isoformat()
    assert f"最迟 {plain['again_by']} 再比" in text


def test_a_text_in_two_libraries_does_not_rest_on_one_source() -> None:
    watched = watch_laws(real_knowledge(), REAL, _TODAY)
    code = next(each for each in watched if each.law.id == "civil-code")
    assert "第一百八十八条" not in code.on_one_source


def test_sources_and_levels_that_do_not_fit_are_faults(tmp_path: Path) -> None:
    folder = copy_of_real(tmp_path / "knowledge")
    file = "laws/consumer-finance-company-measures-2024.yml"
    line = replace_in(folder, file, "with: [page]", "with: [pages]")
    replace_in(folder, file, "again_by: 2027-02-23", "again_by: 2026-11-23")
    other = "laws/lawyers-law.yml"
    unknown = replace_in(folder, other, "library_1, library_2", "library_1, library_9")
    faults = [str(fault) for fault in faults_of(folder, _TODAY)]
    assert f"{file} 第 {line + 1} 行：again_by 要在 on 之后。" in faults
    assert any(fault.startswith(file) and "对不上" in fault for fault in faults)
    assert any(
        fault.startswith(f"{other} 第 {unknown} 行：sources.yml 里没有 library_9")
        for fault in faults
    )


def test_the_folder_is_read_alike_by_both_readers() -> None:
    assert load_knowledge(REAL).sources == read_knowledge(REAL)[0].sources
