"""What a stranger may send in the place of a button ends in words, and changes nothing."""

import pytest

from bot.concepts.choice import Choice, Verb
from tests.answering.tasks.desk import Desk, Office

FORGED = [
    "write_letter", "log_contact", "check_call", "plan_budget", "make_complaint", "set_deadline",
    "ask", "ask_back", "give_up", "leave_tool", "preview_tool", "remind", "remind_", "remind_x",
    "remind_appeal", "remind_appeal_", "remind_appeal_99999999", "remind_appeal_99991231",
    "remind_no_kind_20261120", "drop_record", "drop_record_", "drop_record_x", "drop_record_0",
    "drop_record_7", "drop_record_99999999999999999999999999", "erase_", "erase_everything",
    "export_log_1", "discreet", "discreet_on_", "", "_", "x" * 60,
]  # fmt: skip


async def keep_something(desk: Desk) -> None:
    await desk.finish("log_contact", channel="phone", day="2026-11-22", reached="self", said="骂")
    await desk.ask("police_statement", "facts", {"office": "某派出所"})
    await desk.tap_deed("remind_appeal_20261120")


@pytest.mark.parametrize("deed", FORGED)
async def test_a_forged_deed_is_a_stale_button(desk: Desk, office: Office, deed: str) -> None:
    await keep_something(desk)
    before = await desk.everything()
    assert await desk.tap_deed(deed) == office.pages.utterance("stale_button")
    assert await desk.everything() == before


@pytest.mark.parametrize("text", ["s:../../etc", "d:erase;", "k:９", "d:remind_x\n", "x:erase"])
def test_what_has_not_the_form_of_a_button_is_none(text: str) -> None:
    assert Choice.parse(text) is None


def test_every_deed_of_a_page_is_a_deed_of_ours(office: Office) -> None:
    from tests.knowledge.folder import real_knowledge

    pages = [*real_knowledge().utterances.values(), *real_knowledge().talk.values()]
    deeds = {deed for page in pages for deed in page.deeds}
    assert deeds
    assert deeds <= set(office.tasks.deeds)


def test_no_task_of_rasa_is_a_deed(office: Office) -> None:
    assert not set(office.tasks.handlers) & set(office.tasks.deeds)
    assert len(str(Choice(Verb.DEED, max(office.tasks.deeds, key=len)))) < 64
