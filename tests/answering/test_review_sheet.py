"""Sheets for a lawyer: drawn alike for one seed, whole, with every source and who read it."""

from datetime import date

import pytest

from bot.answering.pages import Pages
from bot.answering.review_sheet import Sheet, SheetMaker, draw
from bot.knowledge.readings import Reading
from bot.knowledge.wording import citation_words
from tests.knowledge.folder import real_knowledge

_ON = date(2026, 11, 29)
_READING = Reading(
    topic="call_hours",
    by="某律师",
    read_on=date(2026, 11, 1),
    result="imprecise",
    says="第二段要改",
    mended_on=None,
)


def maker(*readings: Reading) -> SheetMaker:
    knowledge = real_knowledge()
    return SheetMaker(knowledge=knowledge, pages=Pages(knowledge), readings=readings)


def every_sheet(*readings: Reading) -> dict[str, Sheet]:
    knowledge = real_knowledge()
    sheets = maker(*readings).book("all", len(knowledge.answers), _ON).sheets
    return dict(zip(sorted(knowledge.answers), sheets, strict=True))


def text_of(sheet: Sheet) -> str:
    return "\n".join(block.text for block in sheet.blocks)


def test_a_seed_draws_the_same_answers_and_another_month_others() -> None:
    topics = tuple(real_knowledge().answers)
    drawn = draw(topics, "2026-11", 30)
    assert drawn == draw(tuple(reversed(topics)), "2026-11", 30)
    assert len(set(drawn)) == 30
    assert drawn != draw(topics, "2026-12", 30)


def test_a_draw_of_more_than_there_are_is_all_of_them() -> None:
    assert draw(("b", "a"), "x", 30) == ("a", "b")


def test_a_sheet_has_every_source_with_its_rank_and_what_it_was_compared_with() -> None:
    knowledge = real_knowledge()
    for topic, sheet in every_sheet().items():
        said = text_of(sheet)
        for article_id in knowledge.answers[topic].laws:
            law, article = knowledge.laws[article_id.law_id], knowledge.article(article_id)
            assert article.plain in said
            assert (article.text or "") in said
            assert citation_words(knowledge, article_id) in said
            assert law.document_no in said
            assert f"最迟 {law.compared.again_by} 再比" in said


def test_a_sheet_has_the_parts_of_every_case_and_no_ways_of_asking() -> None:
    said = text_of(every_sheet()["call_hours"])
    assert "〔信用卡" in said or "〔其余〕" in said
    assert "大家这样问" not in said
    assert not [mark for mark in ("[[", "{{") if mark in said]


def test_a_sheet_says_who_read_it_before_and_with_which_result() -> None:
    sheets = every_sheet(_READING)
    assert "读过：2026-11-01，某律师，有不准的。第二段要改" in text_of(sheets["call_hours"])
    assert text_of(sheets["call_police"]).startswith("还没有人读过这一篇。")


@pytest.mark.parametrize("count", [1, 30])
def test_a_book_tells_its_seed_and_how_many_it_holds(count: int) -> None:
    book = maker().book("2026-11", count, _ON)
    assert book.title == f"知权 · 请律师阅读（2026-11，抽出 {count} 篇）"
    assert len(book.sheets) == count
