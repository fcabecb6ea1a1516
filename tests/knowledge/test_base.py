"""Figures by day, reviews by day, and what buttons say."""

from datetime import date, timedelta

import pytest

from bot.concepts.citation import ArticleId
from bot.knowledge.base import Figure, FigureValue, Review
from tests.knowledge.folder import real_knowledge

_SOURCE = ArticleId("a-law", "第一条")
_OLD = FigureValue(date(2024, 1, 1), "21:00", _SOURCE)
_NEW = FigureValue(date(2026, 1, 30), "22:00", _SOURCE)
_REVIEW = Review(date(2026, 11, 23), date(2027, 5, 23))
_FIGURE = Figure(id="a", description="甲", history=(_OLD, _NEW), review=_REVIEW)
_A_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2023, 12, 31), None),
        (date(2024, 1, 1), _OLD),
        (date(2026, 1, 29), _OLD),
        (date(2026, 1, 30), _NEW),
        (date(2099, 1, 1), _NEW),
    ],
)
def test_a_figure_is_the_one_in_force_on_the_given_day(day: date, value: FigureValue) -> None:
    assert _FIGURE.value_on(day) == value


def test_a_review_is_due_the_day_after_its_day() -> None:
    assert not _REVIEW.is_due(_REVIEW.review_by)
    assert _REVIEW.is_due(_REVIEW.review_by + _A_DAY)


def test_a_review_is_late_after_thirty_days_more() -> None:
    assert not _REVIEW.is_late(_REVIEW.review_by + 30 * _A_DAY)
    assert _REVIEW.is_late(_REVIEW.review_by + 31 * _A_DAY)


def test_a_button_speaks_of_topics_tasks_and_talk() -> None:
    knowledge = real_knowledge()
    matters = ("call_hours", "write_letter", "greet")
    assert [knowledge.button_label(each) for each in matters] == [
        knowledge.answers["call_hours"].button,
        knowledge.tasks["write_letter"].title,
        knowledge.talk["greet"].title,
    ]


def test_there_is_no_button_to_nowhere() -> None:
    with pytest.raises(KeyError):
        real_knowledge().button_label("no_such_topic")


def test_the_examples_of_all_matters_are_gathered() -> None:
    knowledge = real_knowledge()
    assert set(knowledge.examples()) == {*knowledge.answers, *knowledge.talk, *knowledge.tasks}


def test_only_an_article_with_its_words_may_be_quoted() -> None:
    articles = [each for law in real_knowledge().laws.values() for each in law.articles.values()]
    assert {article.is_quotable for article in articles} == {True, False}
    assert all((article.text is not None) == article.is_quotable for article in articles)
