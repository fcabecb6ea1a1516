"""Three answers lead to the right body, in the right order."""

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from bot.answering.complaint_routes import ComplaintGuide
from bot.concepts.reply import BlockKind
from bot.knowledge.complaints import Stage, load_complaints
from bot.knowledge.loader import read_knowledge

_FOLDER = Path(__file__).parents[2] / "knowledge"
_TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def guide() -> ComplaintGuide:
    knowledge, _ = read_knowledge(_FOLDER)
    return ComplaintGuide(knowledge, load_complaints(_FOLDER))


def bodies(guide: ComplaintGuide, **answers: str) -> list[tuple[str, str]]:
    return [(route.stage.value, route.contact) for route in guide.routes(answers)]


def test_three_questions_are_enough(guide: ComplaintGuide) -> None:
    answers: dict[str, str] = {}
    asked = []
    while question := guide.next_question(answers, _TODAY):
        asked.append(question.id)
        answers[question.id] = question.choices[1].id
    assert asked == ["matter", "lender", "progress"]


@pytest.mark.parametrize("matter", ["danger", "scam", "spam"])
def test_what_is_urgent_or_clear_needs_one_question(guide: ComplaintGuide, matter: str) -> None:
    assert guide.next_question({"matter": matter}, _TODAY) is None


def test_questions_name_the_days_of_the_figures(guide: ComplaintGuide) -> None:
    progress = guide.questions(_TODAY)[2]
    assert "15 日内" in progress.asks
    assert "{{" not in progress.asks


def test_danger_goes_to_the_police_first(guide: ComplaintGuide) -> None:
    first = guide.routes({"matter": "danger"})[0]
    assert (first.contact, first.letter) == ("police_emergency", "police_statement")


def test_threats_go_to_the_police_before_the_lender(guide: ComplaintGuide) -> None:
    assert bodies(guide, matter="threats", lender="bank", progress="none")[:3] == [
        ("now", "police_emergency"),
        ("then", "lender"),
        ("then", "financial_regulator"),
    ]


def test_the_lender_comes_before_the_regulator(guide: ComplaintGuide) -> None:
    routes = guide.routes({"matter": "harassment", "lender": "bank", "progress": "none"})
    assert [(route.stage, route.contact) for route in routes[:2]] == [
        (Stage.NOW, "lender"),
        (Stage.THEN, "financial_regulator"),
    ]
    assert routes[0].letter == "complain_to_lender"
    assert routes[0].deadline == "bank_complaint_reply"


def test_while_the_lender_has_time_one_waits(guide: ComplaintGuide) -> None:
    first = guide.routes({"matter": "harassment", "lender": "bank", "progress": "waiting"})[0]
    assert (first.id, first.deadline) == ("wait_for_bank", "bank_complaint_reply")


@pytest.mark.parametrize("progress", ["overdue", "refused"])
def test_after_silence_or_refusal_comes_the_regulator(
    guide: ComplaintGuide, progress: str
) -> None:
    first = guide.routes({"matter": "harassment", "lender": "bank", "progress": progress})[0]
    assert (first.contact, first.letter) == ("financial_regulator", "complain_to_regulator")


def test_a_refusal_may_be_reviewed_above(guide: ComplaintGuide) -> None:
    routes = guide.routes({"matter": "account", "lender": "bank", "progress": "refused"})
    assert "complaint_review_request" in [route.deadline for route in routes]


def test_after_the_regulator_come_mediation_and_court(guide: ComplaintGuide) -> None:
    assert bodies(guide, matter="account", lender="bank", progress="regulator") == [
        ("now", "mediation_center"),
        ("then", "legal_service"),
    ]


@pytest.mark.parametrize("lender", ["bank", "small_loan", "assigned", "unknown"])
def test_who_owes_nothing_is_not_sent_to_mediation_with_an_offer(
    guide: ComplaintGuide, lender: str
) -> None:
    routes = guide.routes({"matter": "not_debtor", "lender": lender, "progress": "regulator"})
    assert [route.id for route in routes] == ["not_debtor_after_regulator"]


def test_a_small_lender_leads_to_the_local_authority_and_not_to_the_regulator_of_banks(
    guide: ComplaintGuide,
) -> None:
    for progress in ("none", "waiting", "overdue", "refused"):
        found = bodies(guide, matter="harassment", lender="small_loan", progress=progress)
        assert "local_financial_authority" in [contact for _, contact in found]
        assert "financial_regulator" not in [contact for _, contact in found]


def test_no_deadline_of_banks_is_given_for_other_lenders(guide: ComplaintGuide) -> None:
    for question in guide.book.questions[0].choices:
        for lender in ("small_loan", "assigned", "unknown"):
            for route in guide.routes({"matter": question.id, "lender": lender}):
                assert route.deadline != "bank_complaint_reply"


@pytest.mark.parametrize("matter", ["account", "instalment", "not_debtor", "credit", "scam"])
def test_a_letter_about_the_manner_of_collection_is_only_for_that(
    guide: ComplaintGuide, matter: str
) -> None:
    questions = {each.id: [choice.id for choice in each.choices] for each in guide.book.questions}
    for lender, progress in product(questions["lender"], questions["progress"]):
        routes = guide.routes({"matter": matter, "lender": lender, "progress": progress})
        assert not {route.letter for route in routes} & {
            "complain_to_lender",
            "complain_to_regulator",
            "police_statement",
        }


def test_an_error_in_the_credit_record_has_its_own_road(guide: ComplaintGuide) -> None:
    first = guide.routes({"matter": "credit", "progress": "none"})[0]
    assert (first.letter, first.deadline) == ("credit_report_objection", "credit_objection")
    assert bodies(guide, matter="credit", progress="overdue") == [("now", "central_bank_consumer")]


def test_the_association_is_never_first(guide: ComplaintGuide) -> None:
    routes = [route for route in guide.book.routes if route.contact == "banking_association"]
    assert {route.stage for route in routes} == {Stage.ALSO}


def test_an_unanswered_question_counts_as_its_default(guide: ComplaintGuide) -> None:
    assert guide.routes({"matter": "account"}) == guide.routes(
        {"matter": "account", "lender": "unknown", "progress": "none"}
    )


def test_every_way_of_answering_leads_somewhere_now(guide: ComplaintGuide) -> None:
    names = [question.id for question in guide.book.questions]
    ways = product(*([choice.id for choice in each.choices] for each in guide.book.questions))
    for way in ways:
        routes = guide.routes(dict(zip(names, way, strict=True)))
        assert routes[0].stage is Stage.NOW
        assert len(routes) <= guide.book.at_most


def test_every_route_is_reached(guide: ComplaintGuide) -> None:
    names = [question.id for question in guide.book.questions]
    ways = product(*([choice.id for choice in each.choices] for each in guide.book.questions))
    reached = {
        route.id for way in ways for route in guide.routes(dict(zip(names, way, strict=True)))
    }
    assert reached == {route.id for route in guide.book.routes}


def test_a_route_is_told_without_marks(guide: ComplaintGuide) -> None:
    for route in guide.book.routes:
        blocks = guide.blocks(route, _TODAY)
        assert blocks[0].kind is BlockKind.HEADING
        assert not [block.text for block in blocks if "[[" in block.text or "{{" in block.text]
