"""Questions as they are shown: progress, examples, choices, controls, and what was filled in."""

import pytest

from bot.concepts.choice import Choice, Verb
from bot.knowledge.questions import QuestionKind
from bot.knowledge.tools import load_tools
from tests.answering.tasks.desk import Desk, Office, buttons, choices, words
from tests.knowledge.folder import REAL

TOOLS = load_tools(REAL)
LETTER = TOOLS["complain_to_lender"]
every_tool = pytest.mark.parametrize("tool_id", TOOLS)


@every_tool
async def test_every_question_is_shown_with_all_that_is_needed_to_answer_it(
    desk: Desk, tool_id: str
) -> None:
    tool = TOOLS[tool_id]
    for number, question in enumerate(tool.questions, start=1):
        reply = await desk.ask(tool_id, question.id)
        said, offered = words(reply), choices(reply)
        assert "{" not in said
        assert "[[" not in said
        assert ("c:back" in offered) == (number > 1)
        assert ("c:skip" in offered) == question.is_optional
        assert "c:stop" in offered
        assert ("c:preview" in offered) == (tool.task == "write_letter")
        picks = [each for each in offered if each.startswith("k:")]
        assert picks == [f"k:{question.id}_{n}" for n in range(1, len(question.choices) + 1)]
        assert all(Choice.parse(each) is not None for each in offered)
        assert all(len(each.encode()) <= 64 for each in offered)
        if not question.choices:
            assert "例如：" in said


@every_tool
async def test_a_summary_offers_to_change_each_answer(desk: Desk, tool_id: str) -> None:
    tool = TOOLS[tool_id]
    reply = await desk.ask(tool_id, "summary", is_review=True)
    assert choices(reply)[:2] == ["c:finish", "c:stop"]
    assert choices(reply)[2:] == [f"c:fix_{question.id}" for question in tool.questions]
    assert all(Choice.parse(each) is not None for each in choices(reply))


async def test_the_first_question_says_how_many_there_are_and_what_is_left_blank(
    desk: Desk,
) -> None:
    said = words(await desk.ask(LETTER.id, LETTER.questions[0].id))
    assert f"一共 {len(LETTER.questions)} 个问题" in said
    assert "身份证号、卡号不用写" in said
    assert f"1/{len(LETTER.questions)}" in said


async def test_what_was_filled_in_beforehand_is_named(desk: Desk) -> None:
    known = {"product": "credit_card", "facts": "昨晚打来"}
    said = words(await desk.ask(LETTER.id, "lender", known))
    assert "已经替你填好：业务、经过。" in said


async def test_a_refused_answer_is_told_why_and_asked_again(desk: Desk, office: Office) -> None:
    reply = await desk.ask("log_contact", "day", problem="answer_not_a_date")
    said = words(reply)
    assert said.startswith(words(office.pages.utterance("answer_not_a_date")))
    assert TOOLS["log_contact"].question("day").asks in said


async def test_a_warning_does_not_stop_the_questions(desk: Desk) -> None:
    said = words(await desk.ask("log_contact", "day", warnings=["当心"]))
    assert said.startswith("⚠️ 当心")


async def test_every_problem_that_an_answer_can_have_has_words(desk: Desk, office: Office) -> None:
    problems = [
        *(f"answer_{each}" for each in ("empty", "too_long", "not_an_amount", "not_a_count")),
        *(f"answer_{each}" for each in ("not_a_date", "in_the_future", "not_a_tail")),
        *(f"answer_{each}" for each in ("not_a_choice", "choose_what_to_change")),
        *(f"answer_{each}" for each in ("is_needed", "is_first")),
        "stale_button",
    ]
    for problem in problems:
        said = words(await desk.ask("log_contact", "day", problem=problem))
        assert said.startswith(words(office.pages.utterance(problem)))


async def test_answers_are_summed_up_in_words_and_not_in_ids(desk: Desk) -> None:
    answers = {"channel": "phone", "reached": "self,family", "caller": ""}
    said = words(await desk.ask("log_contact", "summary", answers, is_review=True))
    assert "方式：电话" in said
    assert "找了谁：本人、家人" in said
    assert "对方：（空着）" in said


async def test_each_question_keeps_the_draft(desk: Desk) -> None:
    await desk.ask(LETTER.id, "product", {"lender": "某某银行"})
    draft = await desk.records.drafts.of(desk.sender)
    assert draft is not None
    assert (draft.tool, draft.asking, draft.is_open) == (LETTER.id, "product", True)
    assert draft.answers == {"lender": "某某银行"}


async def test_a_tool_that_is_left_can_be_taken_up_again(desk: Desk) -> None:
    reply = await desk.effect(
        "leave_tool", tool=LETTER.id, answers={"lender": "某某银行"}, asking="product"
    )
    assert Choice(Verb.TOOL, LETTER.id) in [each.choice for each in buttons(reply)]
    assert "30 天" in words(reply)
    draft = await desk.records.drafts.of(desk.sender)
    assert draft is not None
    assert not draft.is_open
    assert draft.answers == {"lender": "某某银行"}


def test_every_example_answers_its_own_question() -> None:
    from bot.answering.letters import check_answer
    from tests.answering.tasks.desk import MONDAY_MORNING

    on = MONDAY_MORNING.date()
    refused = [
        (tool.id, question.id)
        for tool in TOOLS.values()
        for question in tool.questions
        if question.kind is not QuestionKind.DATE
        and check_answer(question, question.example, on).value is None
    ]
    assert refused == []
