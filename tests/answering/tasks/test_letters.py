"""Every letter as a person takes it away: in the chat, as Word, as text, with what to do next."""

from dataclasses import replace

import pytest

from bot.answering.tasking import TaskRequest
from bot.concepts.choice import Choice, Verb
from bot.knowledge.answer_check import check_answer
from bot.knowledge.tools import Tool
from tests.answering.tasks.desk import (
    MONDAY_MORNING,
    PAGE,
    Desk,
    Office,
    all_pages,
    buttons,
    choices,
    leads_somewhere,
    paragraphs_of_docx,
    words,
)
from tests.knowledge.folder import real_book

LETTERS = real_book().letters
every_letter = pytest.mark.parametrize("letter_id", LETTERS)


def examples(letter_id: str) -> dict[str, str]:
    on = MONDAY_MORNING.date()
    answers = {
        each.id: check_answer(each, each.example, on).value
        for each in LETTERS[letter_id].questions
    }
    return {name: value for name, value in answers.items() if value is not None}


@every_letter
async def test_a_letter_is_said_first_and_then_handed_over_as_two_files(
    desk: Desk, letter_id: str
) -> None:
    reply = await desk.finish(letter_id, **examples(letter_id))
    word, text = reply.documents
    assert word.name.startswith(LETTERS[letter_id].document)
    assert word.name.endswith("-2026-11-23.docx")
    assert text.name == word.name.replace(".docx", ".txt")
    written = text.content.decode("utf-8-sig")
    in_chat = {block.text for block in reply.blocks}
    for line in filter(None, (each.strip() for each in written.splitlines())):
        assert line in in_chat
    squeezed = "".join(written.split())
    for paragraph in paragraphs_of_docx(word.content):
        assert "".join(paragraph.split()) in squeezed


@every_letter
async def test_a_letter_says_where_to_send_it_and_what_proof_to_keep(
    desk: Desk, letter_id: str
) -> None:
    said = words(await desk.finish(letter_id, **examples(letter_id)))
    for line in (*LETTERS[letter_id].send_to, *LETTERS[letter_id].proof):
        assert line[:6] in said
    assert "{{" not in said
    assert "[[" not in said


@every_letter
async def test_every_button_below_a_letter_leads_somewhere(
    desk: Desk, office: Office, letter_id: str
) -> None:
    reply = await desk.finish(letter_id, **examples(letter_id))
    assert f"s:{letter_id}" in choices(reply)
    assert "t:write_letter" in choices(reply)
    assert all(leads_somewhere(each.choice, office) for each in buttons(reply))


@every_letter
async def test_what_was_skipped_is_named_as_blank_and_kept_as_skipped(
    desk: Desk, letter_id: str
) -> None:
    optional = {each.id: each.label for each in LETTERS[letter_id].questions if each.is_optional}
    answers = {**examples(letter_id), **dict.fromkeys(optional, "")}
    reply = await desk.finish(letter_id, **answers)
    if optional:
        assert f"空着要自己补的：{'、'.join(optional.values())}。" in words(reply)
    draft = desk.talk.draft
    assert draft is not None
    assert draft.answers == answers
    assert (draft.tool, draft.asking, draft.is_open) == (letter_id, "summary", False)


@every_letter
async def test_a_preview_says_what_the_letter_is_for_and_goes_on(
    desk: Desk, office: Office, letter_id: str
) -> None:
    reply = await desk.effect("preview_tool", tool=letter_id)
    said = words(reply)
    assert LETTERS[letter_id].purpose[:8] in said
    assert "〔" in said
    assert "{{" not in said
    assert Choice(Verb.TOOL, letter_id) in [each.choice for each in buttons(reply)]
    assert reply.documents == ()
    assert desk.talk.draft is None
    assert all(leads_somewhere(each.choice, office) for each in buttons(reply))


async def test_what_is_no_letter_has_no_preview(desk: Desk, office: Office) -> None:
    form: Tool = office.book.tools["log_contact"]
    assert "log_contact" not in LETTERS
    request: TaskRequest = desk.request(tool=form.id)
    reply = await office.tasks.handlers["preview_tool"](request)
    assert reply == office.pages.utterance("no_preview")


async def test_warnings_stand_beside_the_letter(desk: Desk) -> None:
    answers = {**examples("payment_order_objection"), "received_on": "2026-11-01"}
    said = words(await desk.finish("payment_order_objection", **answers))
    assert "⚠️" in said
    assert "15 日" in said


async def test_a_letter_without_answers_is_a_form_to_fill_in_by_hand(desk: Desk) -> None:
    reply = await desk.effect("write_letter", tool="police_statement", answers=None)
    assert "＿＿＿＿" in words(reply)
    assert len(reply.documents) == 2


async def test_the_choice_of_letters_has_a_button_for_each(desk: Desk) -> None:
    first = await desk.effect("choose_write_letter")
    assert len(buttons(first)) == PAGE + 2
    shown = await all_pages(desk, first, "letters_")
    assert [str(each.choice) for each in shown] == [f"s:{letter_id}" for letter_id in LETTERS]


async def test_the_letter_of_the_matter_in_hand_is_offered_first(desk: Desk) -> None:
    book = desk.office.book
    topic = next(each for each in book.knowledge.answers.values() if each.letter is not None)
    desk.talk = replace(desk.talk, topic=topic.id)
    shown = await all_pages(desk, await desk.effect("choose_write_letter"), "letters_")
    assert str(shown[0].choice) == f"s:{topic.letter}"
    assert {str(each.choice) for each in shown} == {f"s:{letter_id}" for letter_id in LETTERS}
