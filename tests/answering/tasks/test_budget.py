"""A plan: what is left, what can be offered, what cannot work, and a page for the bank."""

from tests.answering.tasks.desk import (
    Desk,
    Office,
    buttons,
    choices,
    facts_of,
    leads_somewhere,
    rows_of_docx,
    words,
)
from tests.knowledge.folder import real_book

BOOK = real_book().budget
MONTH = {
    "income": "5200", "housing": "1200", "food": "1200", "medical": "200", "support": "800",
    "other_costs": "300", "court_payments": "0", "secured_payments": "0",
    "agreed_payments": "400", "total_debt": "48000", "lender_debt": "30000", "months": "48",
}  # fmt: skip


async def test_a_month_that_works_has_an_offer_and_a_sentence(desk: Desk, office: Office) -> None:
    reply = await desk.finish("plan_budget", **MONTH)
    said = words(reply)
    assert "每月大约剩 1,100 元" in said
    assert "每月 625 元，约 48 期" in said
    assert "{" not in said
    assert "s:apply_instalment" in choices(reply)
    assert all(leads_somewhere(each.choice, office) for each in buttons(reply))


async def test_the_statement_is_a_page_for_the_bank(desk: Desk) -> None:
    (document,) = (await desk.finish("plan_budget", **MONTH)).documents
    assert document.name == "document-2026-11-23.docx"
    rows = dict(rows_of_docx(document.content))
    assert list(rows) == [row.label for row in BOOK.statement.rows]
    assert any("5,200" in value for value in rows.values())
    assert all(value.strip() for value in rows.values())


async def test_with_everything_skipped_nothing_is_invented(desk: Desk) -> None:
    reply = await desk.finish("plan_budget", **dict.fromkeys(MONTH, ""))
    said = words(reply)
    assert "算不出每月能还多少" in said
    assert BOOK.sentences.without in said
    (document,) = reply.documents
    values = {row[1] for row in rows_of_docx(document.content)}
    assert values == {BOOK.words["unknown"]}


async def test_figures_that_cannot_work_are_warned_of_with_somebody_to_ask(desk: Desk) -> None:
    reply = await desk.finish("plan_budget", **{**MONTH, "income": "3000"})
    said = words(reply)
    assert "不要承诺任何固定的还款数" in said
    assert "每月 625 元" not in said
    assert "12348" in said
    assert "t:ask_human" in choices(reply)


async def test_a_debt_that_sixty_months_do_not_pay_is_warned_of(desk: Desk) -> None:
    said = words(await desk.finish("plan_budget", **{**MONTH, "total_debt": "900000"}))
    assert "照这样分期还不完" in said


async def test_the_plan_is_known_to_the_application(desk: Desk) -> None:
    await desk.finish("plan_budget", **MONTH)
    facts = facts_of(desk)
    assert facts == {
        "amount": "30000", "income": "5200", "living_costs": "3700", "other_debts": "400",
        "monthly_payment": "625.00", "months": "48",
    }  # fmt: skip


async def test_the_figures_that_were_told_can_be_put_right(desk: Desk) -> None:
    told = {"income": "5200.00", "housing": "", "food": "1200.00"}
    reply = await desk.finish("plan_budget", **told)
    assert "s:plan_budget" in choices(reply)
    draft = desk.talk.draft
    assert draft is not None
    assert told.items() <= draft.answers.items()


async def test_where_nothing_is_left_no_instalments_are_listed(desk: Desk) -> None:
    said = words(
        await desk.finish("plan_budget", income="1500.00", food="1800.00", total_debt="200000.00")
    )
    assert "已经不剩" in said
    assert "每期" not in said
