"""Which decision of a court or an arbitrator came, and what stays when it is told more exactly."""

from datetime import date

import pytest

from bot.concepts.case import Case
from bot.concepts.case_papers import most_exact
from bot.facts.cases import read_case
from tests.facts.stories import cases
from tests.facts.vocabulary import NOW, vocabulary

CAME = date(2026, 11, 20)


@pytest.mark.parametrize(("text", "paper"), cases("decisions"))
def test_a_message_tells_which_decision_came(text: str, paper: str | None) -> None:
    assert read_case(text, vocabulary(), NOW).paper == paper


def test_the_day_stays_when_it_is_told_which_ruling_it_is() -> None:
    known = Case(paper="ruling", served_on=CAME).updated(Case(paper="review_ruling"))
    assert (known.paper, known.served_on) == ("review_ruling", CAME)


def test_the_day_of_a_notice_is_not_that_of_the_award() -> None:
    known = Case(paper="arbitration_notice", served_on=CAME).updated(Case(paper="award"))
    assert (known.paper, known.served_on) == ("award", None)


def test_which_ruling_it_is_is_not_forgotten_when_it_is_named_by_less() -> None:
    told = Case(paper="ruling", served_on=CAME)
    known = Case(paper="appealable_ruling").updated(told)
    assert (known.paper, known.served_on) == ("appealable_ruling", CAME)


def test_of_two_names_of_one_paper_the_more_exact_counts() -> None:
    assert most_exact(["judgment", "final_judgment"]) == ("final_judgment",)


@pytest.mark.parametrize(
    ("paper", "text", "other"),
    [
        ("ruling", "判决书今天收到了", "judgment"),
        ("appealable_ruling", "又来了一份裁定书 昨天收到的", "ruling"),
        ("freeze_notice", "又来了一份裁定书 昨天收到的", "ruling"),
        ("final_judgment", "另一个案子的判决书今天收到了", "judgment"),
    ],
)
def test_a_paper_that_came_on_another_day_is_another_paper(
    paper: str, text: str, other: str
) -> None:
    told = read_case(text, vocabulary(), NOW)
    for before in (Case(paper=paper, served_on=date(2025, 1, 6)), Case(paper=paper)):
        known = before.updated(told)
        assert (known.paper, known.served_on) == (other, told.served_on)
    assert told.served_on is not None


def test_of_a_second_paper_without_a_day_the_day_of_the_first_is_not_told() -> None:
    told = read_case("又来了一份裁定书", vocabulary(), NOW)
    known = Case(paper="appealable_ruling", served_on=CAME).updated(told)
    assert (known.paper, known.served_on) == ("ruling", None)
