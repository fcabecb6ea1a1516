"""A passage is said to whom it fits; whoever none of its neighbours fits gets the rest."""

from collections.abc import Mapping

import pytest

from bot.concepts.passages import Fit, Passage, Passages, fitting, variants
from bot.concepts.reply import paragraph

CARD = Fit({"product": frozenset({"credit_card"})})
BANK = Fit({"product": frozenset({"credit_card", "bank_loan"})})
SUED_CARD = Fit({"product": frozenset({"credit_card"}), "stage": frozenset({"sued"})})
RELATIVE = Fit({"role": frozenset({"relative"})})
REST = Fit(is_rest=True)


def said(passages: Passages, **known: str | None) -> str:
    return "".join(block.text for block in fitting(passages, known))


def passages(*parts: tuple[str, Fit | None]) -> Passages:
    return tuple(Passage(paragraph(text), fit) for text, fit in parts)


@pytest.mark.parametrize(
    ("fit", "known", "is_admitted"),
    [
        (CARD, {"product": "credit_card"}, True),
        (CARD, {"product": "bank_loan"}, False),
        (CARD, {"product": None}, False),
        (CARD, {}, False),
        (BANK, {"product": "bank_loan", "stage": "sued"}, True),
        (SUED_CARD, {"product": "credit_card", "stage": "sued"}, True),
        (SUED_CARD, {"product": "credit_card", "stage": "overdue"}, False),
        (SUED_CARD, {"stage": "sued"}, False),
        (Fit(), {}, True),
    ],
)
def test_of_each_kind_that_is_named_the_case_must_have_one_value(
    fit: Fit, known: Mapping[str, str | None], is_admitted: bool
) -> None:
    assert fit.admits(known) is is_admitted


def test_what_names_nobody_is_said_to_everybody() -> None:
    assert said(passages(("甲", None), ("乙", None))) == "甲乙"


def test_the_rest_is_said_where_nothing_before_it_fits() -> None:
    parts = passages(("头", None), ("卡", CARD), ("家", RELATIVE), ("余", REST), ("尾", None))
    assert said(parts, product="credit_card") == "头卡尾"
    assert said(parts, role="relative") == "头家尾"
    assert said(parts, product="credit_card", role="relative") == "头卡家尾"
    assert said(parts, product="mortgage") == "头余尾"
    assert said(parts) == "头余尾"


def test_the_rest_ends_a_run_but_may_have_several_parts() -> None:
    parts = passages(("卡", CARD), ("余", REST), ("二", REST), ("家", RELATIVE), ("他", REST))
    assert said(parts, product="credit_card") == "卡他"
    assert said(parts, role="relative") == "余二家"


def test_each_run_of_neighbours_has_a_rest_of_its_own() -> None:
    parts = passages(("卡", CARD), ("余", REST), ("中", None), ("家", RELATIVE), ("他", REST))
    assert said(parts, product="credit_card") == "卡中他"
    assert said(parts, role="relative") == "余中家"


def test_without_a_rest_nothing_is_said_where_nothing_fits() -> None:
    assert said(passages(("卡", CARD)), product="mortgage") == ""
    assert fitting((), {}) == ()


def test_the_variants_are_all_cases_that_the_passages_tell_apart() -> None:
    parts = passages(("头", None), ("银", BANK), ("家", RELATIVE), ("余", REST))
    told_apart = [(each["product"], each["role"], each["stage"]) for each in variants(parts)]
    assert told_apart == [
        (product, role, None)
        for product in (None, "bank_loan", "credit_card")
        for role in (None, "relative")
    ]


def test_what_tells_nobody_apart_has_one_variant() -> None:
    assert variants(passages(("甲", None))) == ({"product": None, "role": None, "stage": None},)
