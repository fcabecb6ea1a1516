"""Every combination of answers leads to a body to go to now, and to buttons that work."""

from itertools import product

import pytest

from bot.knowledge.complaints import Stage
from tests.answering.tasks.desk import Desk, Office, buttons, choices, leads_somewhere, words
from tests.knowledge.folder import real_book

BOOK = real_book().complaints
MATTER, LENDER, PROGRESS = BOOK.questions
ANSWERS = list(
    product(
        [choice.id for choice in MATTER.choices],
        ["", *(choice.id for choice in LENDER.choices)],
        ["", *(choice.id for choice in PROGRESS.choices)],
    )
)


def test_at_most_three_questions_are_asked() -> None:
    assert len(BOOK.questions) == 3


@pytest.mark.parametrize("matter", [choice.id for choice in MATTER.choices])
async def test_every_answer_has_something_to_do_now_and_buttons_that_work(
    desk: Desk, office: Office, matter: str
) -> None:
    for _, lender, progress in (each for each in ANSWERS if each[0] == matter):
        reply = await desk.finish(
            "make_complaint", matter=matter, lender=lender, progress=progress
        )
        said = words(reply)
        assert said.startswith(f"{BOOK.words.now}："), (lender, progress)
        assert BOOK.words.general in said
        assert "{{" not in said
        assert "[[" not in said
        assert all(leads_somewhere(each.choice, office) for each in buttons(reply))
        assert choices(reply)[-1] == "m:"
        assert len(buttons(reply)) <= 10


async def test_danger_leads_to_the_police_and_not_to_a_letter_first(desk: Desk) -> None:
    reply = await desk.finish("make_complaint", matter="danger")
    assert "公安报警 110" in reply.blocks[0].text


async def test_a_bank_that_was_not_told_yet_comes_before_the_regulator(desk: Desk) -> None:
    reply = await desk.finish(
        "make_complaint", matter="harassment", lender="bank", progress="none"
    )
    assert "s:complain_to_lender" in choices(reply)
    assert "s:deadline_bank_complaint_reply" in choices(reply)
    stages = [block.text.split("：")[0] for block in reply.blocks if "：" in block.text]
    order = [each for each in stages if each in {BOOK.words.now, BOOK.words.then, BOOK.words.also}]
    assert order == sorted(order, key=[BOOK.words.now, BOOK.words.then, BOOK.words.also].index)


async def test_a_bank_that_did_not_answer_leads_to_the_regulator(desk: Desk) -> None:
    reply = await desk.finish(
        "make_complaint", matter="harassment", lender="bank", progress="overdue"
    )
    assert "12378" in reply.blocks[0].text
    assert "s:complain_to_regulator" in choices(reply)


async def test_skipped_questions_have_an_answer_of_their_own(desk: Desk) -> None:
    skipped = await desk.finish("make_complaint", matter="harassment", lender="", progress="")
    told = await desk.finish("make_complaint", matter="harassment", **BOOK.defaults)
    assert skipped == told


async def test_a_letter_and_its_deadline_have_different_buttons(desk: Desk) -> None:
    reply = await desk.finish("make_complaint", matter="credit", lender="bank", progress="none")
    labels = [each.label for each in buttons(reply)]
    assert labels[:2] == ["征信异议", "算期限：征信异议"]
    assert len(labels) == len(set(labels))


async def test_what_was_told_can_be_put_right(desk: Desk) -> None:
    told = {"matter": "harassment", "lender": "bank", "progress": ""}
    reply = await desk.finish("make_complaint", **told)
    assert "s:make_complaint" in choices(reply)
    draft = desk.talk.draft
    assert draft is not None
    assert (draft.tool, draft.answers, draft.is_open) == ("make_complaint", told, False)


def test_every_route_can_be_reached() -> None:
    from bot.answering.complaint_routes import routes

    reached = set()
    for matter, lender, progress in ANSWERS:
        told = {"matter": matter, "lender": lender, "progress": progress}
        answers = {name: value for name, value in told.items() if value}
        found = routes(BOOK, answers)
        assert found[0].stage is Stage.NOW
        reached |= {route.id for route in found}
    assert reached == {route.id for route in BOOK.routes}
