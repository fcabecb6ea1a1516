"""The answers that came last are asked in as many ways as the old ones, and measured on enough.

The questions are only counted here; nobody reads them while improving.
"""

import pytest
import yaml

from tests.knowledge.folder import QUESTIONS, real_knowledge

_NEW = (
    "ai_calls",
    "arbitration",
    "bad_debt_mark",
    "bank_account_limits",
    "business_loan",
    "car_repossession",
    "court_costs",
    "debt_after_death",
    "divorce_debt",
    "electronic_service",
    "enforcement_ended",
    "job_travel_effects",
    "living_costs_in_enforcement",
    "mortgage",
    "notarised_enforcement",
    "phone_rental_and_training_loans",
    "pre_suit_mediation",
    "preservation",
    "private_lending",
    "report_misconduct",
    "student_and_minor",
)
_WAYS, _QUESTIONS = 60, 12


@pytest.mark.parametrize("topic", _NEW)
def test_a_new_answer_has_ways_of_asking_and_questions_that_nobody_trained_on(topic: str) -> None:
    text = (QUESTIONS / "added" / f"{topic}.yml").read_text(encoding="utf-8")
    asked = sum(len(entry["asks"]) for entry in yaml.safe_load(text))
    assert len(real_knowledge().answers[topic].examples) >= _WAYS
    assert asked >= _QUESTIONS
