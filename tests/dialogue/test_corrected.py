"""Words that put a fact right say what is right now, and what it changes."""

from bot.concepts.case import Case
from bot.concepts.conversation import Conversation, Draft
from bot.dialogue.step import task
from bot.dialogue.sums_asked import PLAN_LINE
from tests.dialogue.talking import Talker, meaning, names

CASE = Case(product="credit_card", lenders=("浦发",), amount=24000, monthly_ability=300)
TOLD = task("case_corrected", before=CASE.as_stored())


def test_another_sum_of_the_plan_gives_another_plan() -> None:
    talker = Talker(Conversation(case=CASE, topic="negotiate_instalment"))
    assert talker.says("说错了 能拿400") == (TOLD, task(PLAN_LINE))
    assert talker.talk.case.monthly_ability == 400
    assert names(talker.says("不是两万四 两万六")) == ["case_corrected", PLAN_LINE]
    assert talker.talk.case.amount == 26000


def test_what_changes_no_plan_is_only_said() -> None:
    talker = Talker(Conversation(case=CASE))
    assert talker.says("不是浦发是兴业银行") == (TOLD,)


def test_what_can_be_paid_is_no_answer_of_a_form_that_does_not_ask_for_it() -> None:
    draft = Draft(tool="plan_budget", answers={"owed_here": "24000"}, asking="income")
    talker = Talker(Conversation(case=CASE, draft=draft))
    effects = talker.says("哦说错了 能拿400")
    assert names(effects) == ["case_corrected", PLAN_LINE, "ask"]
    assert talker.talk.case.monthly_ability == 400
    assert talker.form.answers == draft.answers


def test_a_sum_after_a_plan_begins_no_form() -> None:
    talker = Talker(Conversation(case=CASE, topic="negotiate_instalment"))
    effects = talker.says("按二百五来吧", meaning("plan_budget", 0.99))
    assert names(effects) == ["next_step"]
    assert talker.talk.case.monthly_ability == 250
    begun = talker.says("帮我算每月能还多少", meaning("plan_budget", 0.99))
    assert names(begun) == ["begin"]


def test_few_words_in_a_matter_begin_no_form_by_chance() -> None:
    talker = Talker(Conversation(topic="enforcement"))
    assert "begin" not in names(talker.says("里头有买菜的钱", meaning("plan_budget", 0.99)))


SEVERAL = Case(
    lenders=("浦发", "京东白条"),
    amount=17000,
    shares={"浦发": 12000, "京东白条": 5000},
    debts=2,
    role="debtor",
)


def test_a_debt_that_is_paid_off_is_taken_away_from_several() -> None:
    talker = Talker(Conversation(case=SEVERAL))
    effects = talker.says("京东那个上周我哥帮我还清了", meaning("settlement_certificate"))
    assert names(effects) == ["debt_paid", "settlement_certificate"]
    case = talker.talk.case
    assert (case.lenders, case.amount, case.debts) == (("浦发",), 12000, 1)


def test_no_debt_goes_by_a_question_or_where_it_is_the_only_one() -> None:
    asking = Talker(Conversation(case=SEVERAL))
    asking.says("京东那个还清了征信会好吗", meaning("credit_record"))
    assert asking.talk.case.amount == 17000
    only = Talker(Conversation(case=CASE))
    assert "debt_paid" not in names(only.says("浦发的还清了", meaning("settlement_certificate")))


def test_a_further_debt_is_told_with_the_total() -> None:
    talker = Talker(Conversation(case=SEVERAL, topic="budget_advice"))
    effects = talker.says("哦还有中信的两万一", meaning("out_of_scope"))
    assert effects == (task("debt_added", lender="中信"), task("next_step"))
    assert talker.talk.case.amount == 38000
