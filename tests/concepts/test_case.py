"""A case grows message by message, and is stored and read again."""

from datetime import date

from bot.concepts.case import ALL, FURTHER, Case, Deed

CASE = Case(
    product="credit_card",
    lenders=("招行", "平安"),
    amount=30000,
    overdue_months=4.0,
    stage="sued",
    role="debtor",
    paper="summons",
    served_on=date(2026, 11, 25),
    done=(Deed("paid"), Deed("complained", date(2026, 11, 3))),
    events=("illness", "divorce"),
    sources={"amount": "欠招行3万", "role": "我欠"},
)


def test_newer_facts_win_and_the_rest_stays() -> None:
    assert CASE.updated(Case(overdue_months=5.0)).overdue_months == 5.0
    assert CASE.updated(Case(overdue_months=5.0)).product == "credit_card"


def test_nothing_told_changes_nothing() -> None:
    assert CASE.updated(Case()) == CASE


def test_a_stage_only_moves_on() -> None:
    assert CASE.updated(Case(stage="collection")).stage == "sued"
    assert CASE.updated(Case(stage="judgment")).stage == "judgment"


def test_lenders_and_events_are_added() -> None:
    newer = CASE.updated(Case(lenders=("平安", "花呗"), events=("income_lost",)))
    assert newer.lenders == ("招行", "平安", "花呗")
    assert newer.events == ("income_lost", "illness", "divorce")


def test_one_more_debt_is_added_up_and_keeps_the_product() -> None:
    newer = CASE.updated(Case(amount=5000, product="online_loan", covers=FURTHER))
    assert (newer.amount, newer.product) == (35000, "credit_card")
    assert CASE.updated(Case(amount=5000, lenders=("花呗",))).amount == 35000
    assert CASE.updated(Case(amount=32000, lenders=("招行",))).amount == 32000
    assert CASE.updated(Case(amount=80000, lenders=("花呗",), covers=ALL)).amount == 80000


def test_who_is_not_the_debtor_stays_so() -> None:
    relative = Case(role="relative")
    assert relative.updated(Case(role="debtor")).role == "relative"
    assert CASE.updated(Case(role="not_debtor")).role == "not_debtor"


def test_another_paper_has_another_day() -> None:
    newer = CASE.updated(Case(paper="judgment"))
    assert (newer.paper, newer.served_on) == ("judgment", None)
    assert CASE.updated(Case(served_on=date(2026, 11, 26))).paper == "summons"


def test_a_deed_without_a_day_gives_way_to_the_same_with_one() -> None:
    newer = CASE.updated(Case(done=(Deed("paid", date(2026, 11, 20)), Deed("complained"))))
    assert newer.done == (
        Deed("complained", date(2026, 11, 3)),
        Deed("paid", date(2026, 11, 20)),
    )


def test_facts_are_taken_out_by_name_and_one_by_one() -> None:
    left = CASE.without("amount", "lenders:招行", "events:illness", "done:paid", "nonsense")
    assert (left.amount, left.lenders, left.events) == (None, ("平安",), ("divorce",))
    assert left.done == (Deed("complained", date(2026, 11, 3)),)
    assert left.sources == {"role": "我欠"}
    assert CASE.without("lenders:招行", "lenders:平安").lenders == ()


def test_a_case_is_stored_and_read_again() -> None:
    again = Case.of_stored(CASE.as_stored())
    assert again == CASE
    assert again.sources == CASE.sources


def test_only_what_was_told_is_stored() -> None:
    assert Case(amount=100).as_stored() == {"amount": 100}
    assert Case.of_stored({}) == Case()


def test_unknown_keys_and_broken_values_of_a_store_are_dropped() -> None:
    stored = {
        "colour": "red",
        "product": "gold",
        "lenders": ["招行", 3, ""],
        "amount": "three",
        "debts": -1,
        "overdue_months": float("nan"),
        "monthly_ability": True,
        "surplus": -300,
        "stage": ["sued"],
        "served_on": "2026-02-30",
        "done": [{"kind": "paid", "on": 5}, {"kind": "danced"}, "paid", {"kind": ["paid"]}],
        "events": ["divorce", "party"],
        "sources": {"surplus": "差300", "amount": "3万", "lenders": 7},
    }
    read = Case.of_stored(stored)
    assert read == Case(lenders=("招行",), surplus=-300, done=(Deed("paid"),), events=("divorce",))
    assert read.sources == {"surplus": "差300"}


def test_as_json_names_every_fact() -> None:
    shown = CASE.as_json()
    assert shown["served_on"] == "2026-11-25"
    assert shown["done"] == [
        {"kind": "paid", "on": None},
        {"kind": "complained", "on": "2026-11-03"},
    ]
    assert shown["income"] is None
    assert shown["lender"] == ["招行", "平安"]
    assert shown["event"] == ["illness", "divorce"]
    assert "sources" not in shown
    assert Case(lenders=("招行",)).as_json()["lender"] == "招行"
    assert Case().as_json()["lender"] is None
