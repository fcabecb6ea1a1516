"""Which tool a wish means: by its name, or by the matter in hand."""

from dataclasses import replace
from datetime import date

import pytest

from bot.concepts.case import Case
from bot.concepts.choice import Choice, Verb
from bot.concepts.clauses import HeardClause
from bot.concepts.conversation import Conversation, Draft
from bot.dialogue.step import answer, follow, task
from bot.dialogue.wishes import reminder_offered, wished_tool
from bot.knowledge.tools import Tool
from tests.answering.tasks.desk import real_book
from tests.dialogue.talking import Talker, meaning

BOOK = real_book()
LETTERS = [tool for tool in BOOK.tools.values() if tool.task == "write_letter"]
HOURS = Conversation(topic="call_hours")


def wished(wish: str, text: str, talk: Conversation | None = None) -> str | None:
    tool = wished_tool(wish, text, talk or Conversation(), BOOK)
    return None if tool is None else tool.id


@pytest.mark.parametrize("tool", LETTERS, ids=lambda tool: tool.id)
def test_every_letter_is_meant_by_its_own_title(tool: Tool) -> None:
    assert wished("write_letter", f"帮我写一份{tool.title}") == tool.id


def test_a_tool_of_its_own_task_needs_no_name() -> None:
    assert wished("log_contact", "帮我记下来") == "log_contact"


def test_a_wish_that_names_none_or_several_is_not_guessed() -> None:
    assert wished("write_letter", "帮我写一份") is None
    assert wished("set_deadline", "算算日子") is None
    assert wished("write_letter", "帮我写一份异议") is None


def test_a_wish_without_a_name_means_what_belongs_to_the_matter_in_hand() -> None:
    assert BOOK.knowledge.answers["call_hours"].letter is not None
    assert wished("write_letter", "帮我写", HOURS) == BOOK.knowledge.answers["call_hours"].letter
    assert wished("write_letter", "帮我写支付令异议书", HOURS) == "payment_order_objection"
    deadline = BOOK.knowledge.answers["credit_record"].deadline
    record = Conversation(topic="credit_record")
    assert wished("set_deadline", "哪天到期", record) == f"deadline_{deadline}"
    assert wished("set_deadline", "哪天到期", HOURS) is None


@pytest.mark.parametrize("topic", ["arbitration", "lawsuit", "limitation_period"])
def test_who_holds_an_arbitration_notice_is_written_the_answer_to_it(topic: str) -> None:
    talk = Conversation(topic=topic, case=Case(stage="sued", paper="arbitration_notice"))
    for text in ("写个东西交上去", "写答辩", "写份答辩书", "写答辩状", "写仲裁答辩书"):
        assert wished("write_letter", f"帮我{text}", talk) == "arbitration_defence"
    assert wished("write_letter", "帮我写撤销仲裁裁决", talk) == "set_aside_award"


@pytest.mark.parametrize(
    ("case", "letter"),
    [
        (Case(), "arbitration_defence"),
        (Case(paper="award", stage="judgment"), "set_aside_award"),
        (Case(paper="award_execution", stage="enforcement"), "resist_award"),
        (Case(stage="enforcement"), "resist_award"),
        (Case(paper="arbitration_notice", stage="enforcement"), "arbitration_defence"),
    ],
)
def test_the_letter_of_an_arbitration_fits_how_far_it_has_come(case: Case, letter: str) -> None:
    talk = Conversation(topic="arbitration", case=case)
    assert wished("write_letter", "帮我写个东西交上去", talk) == letter


@pytest.mark.parametrize(
    ("paper", "letter"),
    [
        ("award", "set_aside_award"),
        ("award_execution", "resist_award"),
        ("execution_notice", "enforcement_objection"),
    ],
)
def test_who_is_executed_upon_an_award_is_written_what_is_against_it(
    paper: str, letter: str
) -> None:
    talk = Conversation(topic="enforcement", case=Case(stage="enforcement", paper=paper))
    assert wished("write_letter", "帮我写个东西交上去", talk) == letter


def test_who_is_sued_is_written_the_answer_to_the_court() -> None:
    for talk in (Conversation(), Conversation(topic="lawsuit", case=Case(paper="summons"))):
        for text in ("写答辩", "写份答辩书", "写答辩状"):
            assert wished("write_letter", f"帮我{text}", talk) == "defence_to_suit"


@pytest.mark.parametrize(
    ("stage", "letter"),
    [("judgment", "legal_aid_application"), ("enforcement", "enforcement_objection")],
)
def test_after_a_judgment_no_answer_to_the_suit_is_written(stage: str, letter: str) -> None:
    talk = Conversation(topic="lawsuit", case=Case(stage=stage))
    assert wished("write_letter", "帮我写", talk) == letter


ORDER = Case(paper="payment_order", served_on=date(2026, 11, 20))


@pytest.mark.parametrize("topic", ["payment_order", "interest_and_fees", "dispute_debt", None])
def test_the_paper_in_hand_chooses_the_letter_that_answers_it(topic: str | None) -> None:
    talk = Conversation(topic=topic, case=ORDER)
    assert wished("write_letter", "帮我写", talk) == "payment_order_objection"
    assert wished("write_letter", "帮我写一份异议", talk) == "payment_order_objection"


@pytest.mark.parametrize(
    ("topic", "letter"),
    [("payment_order", "payment_order_objection"), ("call_hours", "reply_as_non_debtor")],
)
def test_a_relative_answers_the_paper_whose_days_run_while_it_is_the_matter(
    topic: str, letter: str
) -> None:
    talk = Conversation(topic=topic, case=replace(ORDER, role="relative"))
    assert wished("write_letter", "帮我写", talk) == letter


def test_another_matter_keeps_its_own_letter_beside_a_paper() -> None:
    talk = Conversation(topic="third_party_contact", case=ORDER)
    own = BOOK.knowledge.answers["third_party_contact"].letter
    assert own is not None
    assert wished("write_letter", "帮我写", talk) == own


@pytest.mark.parametrize("said", ["到时候提醒我", "那到时候提醒我一下", "设个提醒吧"])
def test_a_reminder_is_set_for_the_paper_whose_day_is_known(said: str) -> None:
    remind = Choice(Verb.DEED, "remind_payment_order_objection_20261120")
    assert Talker(Conversation(case=ORDER)).says(said) == (follow(remind),)
    assert follow(remind) not in Talker().says(said)


def test_a_reminder_in_the_middle_of_a_letter_goes_back_to_it() -> None:
    draft = Draft(tool="payment_order_objection", answers={}, asking="court")
    effects = Talker(Conversation(case=ORDER).with_draft(draft)).says("到时候提醒我")
    assert [each.name for each in effects[1:]] == ["ask"]


def test_a_short_wish_after_an_answer_begins_its_letter() -> None:
    talker = Talker(HOURS)
    (effect,) = talker.says("帮我写", meaning("write_letter"))
    assert (effect.name, effect.arguments["tool"]) == (
        "begin", BOOK.knowledge.answers["call_hours"].letter
    )  # fmt: skip


def test_a_wish_that_names_its_tool_is_done_whatever_else_is_told() -> None:
    said = "帮我写一份支付令异议书，我11月20日收到的，欠招行三万"
    effects = Talker().says(said, meaning("lawsuit"))
    assert effects == (task("begin", tool="payment_order_objection", said=said),)


def test_where_others_read_along_no_tool_is_begun_by_a_sign() -> None:
    effects = Talker(is_public=True).says("帮我写一份支付令异议书", meaning("payment_order"))
    assert effects == (answer("payment_order", is_shorter=False),)


REMIND = Choice(Verb.DEED, "remind_appeal_20261120")


def test_a_reminder_below_the_last_reply_is_found() -> None:
    offered = (("怎么做", "y:call_hours__how"), ("到时候提醒我", str(REMIND)), ("坏的", "?"))
    assert reminder_offered(Conversation(offered=offered)) == REMIND
    assert reminder_offered(Conversation(offered=offered[:1])) is None


@pytest.mark.parametrize("text", ["提醒我", "到时候提醒我"])
def test_a_wish_to_be_reminded_takes_the_reminder_that_is_offered(text: str) -> None:
    offered = (("记下", str(REMIND)),)
    effects = Talker(Conversation(offered=offered)).says(text, meaning("set_deadline"))
    assert effects == (follow(REMIND),)


def test_a_letter_against_what_is_told_beside_the_wish_needs_no_name() -> None:
    heard = (HeardClause(likely={"contact_third_party": 0.7}),)
    (effect,) = Talker().says(
        "帮我写个信 喊他们莫再打给我妈了", meaning("write_letter", heard=heard)
    )
    own = BOOK.knowledge.answers["third_party_contact"].letter
    assert (effect.name, effect.arguments.get("tool")) == ("begin", own)
    (unheard,) = Talker().says("帮我写个信", meaning("write_letter"))
    assert unheard.name == "choose_write_letter"
