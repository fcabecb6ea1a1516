"""Questions as they are shown: progress, examples, choices, controls, and what was filled in."""

from dataclasses import replace

import pytest

from bot.concepts.case import Case
from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import Draft
from bot.knowledge.questions import QuestionKind
from tests.answering.tasks.desk import Desk, Office, buttons, choices, words
from tests.knowledge.folder import real_book

TOOLS = real_book().tools
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


async def test_a_tool_that_is_begun_says_how_many_questions_there_are_and_what_is_left_blank(
    desk: Desk,
) -> None:
    said = words(await desk.begin(LETTER.id))
    assert f"一共 {len(LETTER.questions)} 个问题" in said
    assert "身份证号、卡号不用写" in said
    assert f"1/{len(LETTER.questions)}" in said


async def test_the_first_question_asked_again_does_not_introduce_itself_again(desk: Desk) -> None:
    await desk.begin(LETTER.id)
    assert "一共" not in words(await desk.effect("ask"))


async def test_a_tool_of_one_question_asks_it_without_progress(desk: Desk) -> None:
    said = words(await desk.ask("deadline_appeal", "day"))
    assert said.startswith(TOOLS["deadline_appeal"].question("day").asks)


async def test_what_was_made_of_an_answer_is_said_in_words(desk: Desk) -> None:
    noted = [["matter", ""]]
    reply = await desk.ask("make_complaint", "lender", {"matter": "harassment"}, noted=noted)
    assert words(reply).startswith("记下：")
    assert "电话太多太晚、骂人" in words(reply).splitlines()[0]
    assert "应该是" in words(reply)
    assert "c:review" in choices(reply)


async def test_an_amount_that_was_noted_has_its_unit(desk: Desk) -> None:
    told = {"income": "5000.00", "months": "36"}
    noted = [["income", ""], ["months", "三年"]]
    said = words(await desk.ask("plan_budget", "housing", told, noted=noted)).splitlines()[0]
    assert "5,000 元" in said
    assert "：三年" in said


@every_tool
async def test_what_is_taken_over_is_shown_once_with_a_way_to_correct_it(
    desk: Desk, tool_id: str
) -> None:
    tool = TOOLS[tool_id]
    if len(tool.questions) == 1:
        return
    *told, last = tool.questions
    known = {each.id: each.choices[0].id if each.choices else "说过的" for each in told}
    reply = await desk.ask(tool_id, last.id, known, opening="ask_taken_over")
    said = words(reply)
    assert f"有 {len(told)} 项按你先前说的填好了" in said
    left = 0 if last.id in tool.needless(known) else 1
    assert f"还剩 {left} 个问题" in said
    for each in told:
        assert f"{each.label}：{each.choices[0].label if each.choices else '说过的'}" in said
    assert "c:review" in choices(reply)
    again = await desk.ask(tool_id, last.id, known)
    assert "填好了" not in words(again)
    assert "c:review" not in choices(again)


async def test_a_long_answer_that_is_taken_over_is_shown_in_short(desk: Desk) -> None:
    told = {"facts": "打" * 300}
    said = words(await desk.ask(LETTER.id, "lender", told, opening="ask_taken_over"))
    assert f"{'打' * 40}…" in said
    assert "打" * 41 not in said


async def test_a_tool_that_is_taken_up_again_says_what_it_has(desk: Desk) -> None:
    answers = {"lender": "某某银行"}
    await desk.leave(LETTER.id, "product", answers)
    said = words(await desk.begin(LETTER.id))
    assert said.startswith(f"接着上次的填（{LETTER.title}）：有 1 项已经填了")
    assert "先前说的" not in said


async def test_an_answer_that_stands_is_shown_and_can_be_kept(desk: Desk) -> None:
    await desk.ask("log_contact", "channel")
    reply = await desk.ask("log_contact", "channel", {"channel": "phone"})
    assert "现在填的是：电话" in words(reply)
    assert "c:keep" in choices(reply)


async def test_while_answers_are_corrected_there_is_a_way_back_from_the_first(desk: Desk) -> None:
    reply = await desk.ask("log_contact", "channel", {"channel": "phone"}, is_review=True)
    assert "c:back" in choices(reply)


async def test_a_refused_answer_is_told_why_and_asked_again(desk: Desk, office: Office) -> None:
    reply = await desk.ask("log_contact", "day", problem="answer_not_a_date")
    said = words(reply)
    assert said.startswith(words(office.pages.utterance("answer_not_a_date")))
    assert TOOLS["log_contact"].question("day").asks in said


async def test_a_warning_does_not_stop_the_questions(desk: Desk) -> None:
    said = words(await desk.ask("log_contact", "day", warnings=["当心"]))
    assert said.startswith("⚠️ 当心")


async def test_every_problem_that_an_answer_can_have_has_words(desk: Desk, office: Office) -> None:
    utterances = office.book.knowledge.utterances
    problems = [each for each in utterances if each.startswith("answer_")]
    assert "answer_not_a_date" in problems
    for problem in problems:
        said = words(await desk.ask("log_contact", "day", problem=problem, candidate="5000.00"))
        beginning, _, _ = words(office.pages.utterance(problem)).partition("{")
        assert said.startswith(beginning)
        assert "{" not in said


async def test_answers_are_summed_up_in_words_and_not_in_ids(desk: Desk) -> None:
    answers = {"channel": "phone", "reached": "self,family", "caller": ""}
    said = words(await desk.ask("log_contact", "summary", answers, is_review=True))
    assert "方式：电话" in said
    assert "找了谁：本人、家人" in said
    assert "对方：（空着）" in said


async def test_where_nothing_is_filled_in_there_is_no_question(desk: Desk, office: Office) -> None:
    assert words(await desk.effect("ask")) == words(office.pages.utterance("stale_button"))


async def test_a_tool_that_is_left_can_be_taken_up_again(desk: Desk) -> None:
    reply = await desk.leave(LETTER.id, "product", {"lender": "某某银行"})
    assert Choice(Verb.TOOL, LETTER.id) in [each.choice for each in buttons(reply)]
    assert "30 天" in words(reply)


def test_every_example_answers_its_own_question() -> None:
    from bot.knowledge.answer_check import check_answer
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


async def test_a_day_that_is_long_gone_is_warned_of_at_once_and_once(desk: Desk) -> None:
    late = {"court": "某法院", "creditor": "某银行", "received_on": "2026-11-03"}
    before = {name: told for name, told in late.items() if name != "received_on"}
    said = words(await desk.ask("payment_order_objection", "case_number", late, before=before))
    assert "可能已经超过 15 日" in said
    said = words(await desk.ask("payment_order_objection", "claimed_amount", late, before=late))
    assert "超过" not in said


async def test_what_is_asked_back_is_not_asked_twice(desk: Desk) -> None:
    draft = Draft(
        tool="plan_budget", answers={}, asking="income", doubted="income", candidate="4500.00"
    )
    desk.talk = desk.talk.with_draft(draft)
    said = words(await desk.effect("ask", problem="answer_is_irregular", candidate="4500.00"))
    assert "4,500 元" in said
    assert TOOLS["plan_budget"].question("income").asks not in said


async def test_the_complaint_guide_takes_over_whom_and_what_the_wish_tells(desk: Desk) -> None:
    case = Case(product="credit_card", lenders=("光大",))
    desk.talk = replace(desk.talk, case=case)
    said = words(await desk.begin("make_complaint", "带我投诉吧 光大信用卡 催收打我前公司的人"))
    assert "欠哪家：光大" in said
    draft = desk.talk.draft
    assert draft is not None
    assert draft.answers == {"matter": "third_party", "lender": "bank"}


async def test_a_problem_among_ticks_still_shows_the_question(desk: Desk) -> None:
    told = {"channel": "phone", "day": "2026-11-22", "time": ""}
    ticked = Draft(
        tool="log_contact", answers=told, asking="reached", doubted="reached", candidate="self"
    )
    desk.talk = desk.talk.with_draft(ticked)
    said = words(await desk.effect("ask", problem="answer_is_needed", candidate="self"))
    assert TOOLS["log_contact"].question("reached").asks in said


async def test_ticked_choices_have_a_sign_and_the_message_is_edited(desk: Desk) -> None:
    told = {"channel": "phone", "day": "2026-11-22", "time": ""}
    before = await desk.ask("log_contact", "reached", told)
    assert "选好了 ›" not in [each.label for each in buttons(before)]
    assert not before.in_place
    draft = Draft(
        tool="log_contact", answers=told, asking="reached", doubted="reached", candidate="family"
    )
    desk.talk = desk.talk.with_draft(draft)
    reply = await desk.effect("ask", is_ticked=True)
    labels = [each.label for each in buttons(reply)]
    assert {"✓ 家人", "本人", "选好了 ›"} <= {*labels}
    assert reply.in_place


@pytest.mark.parametrize(
    ("role", "warning"), [("relative", "先别用你的名字"), ("guarantor", "先别寄，也别报数")]
)
async def test_who_did_not_borrow_is_warned_before_the_first_question(
    desk: Desk, role: str, warning: str
) -> None:
    desk.talk = replace(desk.talk, case=Case(role=role))
    assert warning in words(await desk.begin("apply_instalment"))
    assert warning in words(await desk.ask("apply_instalment", "summary", {"who": role}))


async def test_who_borrowed_is_not_warned(desk: Desk) -> None:
    desk.talk = replace(desk.talk, case=Case(role="debtor"))
    assert "先别" not in words(await desk.begin("apply_instalment"))
