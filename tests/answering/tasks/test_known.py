"""What was told once is not asked again: from a story, a record or a plan into a letter."""

from dataclasses import replace

from bot.answering.letters import prefill
from tests.answering.tasks.desk import Desk

STORY = "昨天晚上十一点半招商银行信用卡外包的人打我妈电话骂她不要脸，说我欠了两万"
CALL = {
    "channel": "phone", "day": "2026-11-20", "time": "23:10", "reached": "self,family",
    "caller": "自称某某资产公司", "said": "浦发银行的，说再不还就去我单位闹", "evidence": "录音",
}  # fmt: skip


def known(desk: Desk, tool: str, said: str = "") -> dict[str, str]:
    """What a tool would take over of facts."""
    on = desk.request().on
    facts = desk.office.tasks.known.facts_for(tool, desk.talk, on, said)
    return prefill(desk.office.book.tools[tool].questions, facts, on)


async def test_a_checked_story_fills_a_complaint(desk: Desk) -> None:
    await desk.finish("check_call", story=STORY)
    assert known(desk, "complain_to_lender") == {
        "lender": "招商银行",
        "product": "credit_card",
        "problems": "night,third_party,abuse,leak",
        "happened_when": "2026年11月22日 23:30",
        "facts": STORY,
    }


async def test_a_checked_story_fills_a_record(desk: Desk) -> None:
    await desk.finish("check_call", story=STORY)
    assert known(desk, "log_contact") == {
        "channel": "phone",
        "day": "2026-11-22",
        "time": "23:30",
        "reached": "family",
        "caller": "招商银行",
        "said": STORY,
    }


async def test_the_next_record_is_of_another_contact(desk: Desk) -> None:
    await desk.finish("check_call", story=STORY)
    await desk.finish("log_contact", **{**CALL, "said": STORY})
    assert known(desk, "log_contact") == {}
    await desk.finish("complain_to_lender", lender="招商银行", facts=STORY)
    assert known(desk, "log_contact") == {}


async def test_a_story_told_after_a_record_fills_the_next(desk: Desk) -> None:
    await desk.finish("log_contact", **CALL)
    await desk.finish("check_call", story=STORY)
    assert known(desk, "log_contact")["said"] == STORY


async def test_a_sentence_that_asks_for_a_record_is_nearer_than_a_story(desk: Desk) -> None:
    await desk.finish("check_call", story=STORY)
    told = known(desk, "log_contact", "帮我记一笔，今天下午三点发短信骂我")
    assert told == {
        "channel": "sms", "day": "2026-11-23", "time": "15:00", "reached": "self",
        "said": "今天下午三点发短信骂我",
    }  # fmt: skip


async def test_what_was_told_and_answered_fills_a_record_once(desk: Desk) -> None:
    desk.talk = replace(desk.talk, question=STORY)
    assert known(desk, "log_contact", "记下来")["said"] == STORY
    await desk.finish("log_contact", **{**CALL, "said": STORY})
    desk.talk = replace(desk.talk, question=STORY)
    assert known(desk, "log_contact", "记下来") == {}


async def test_a_short_wish_is_not_what_the_collector_said(desk: Desk) -> None:
    told = known(desk, "log_contact", "记录一下昨晚十点的电话")
    assert told["time"] == "22:00"
    assert "said" not in told


async def test_the_newest_record_fills_a_complaint(desk: Desk) -> None:
    await desk.finish("log_contact", **{**CALL, "said": "老的一条"})
    desk.wait(minutes=1)
    await desk.finish("log_contact", **CALL)
    filled = known(desk, "complain_to_lender")
    assert filled["lender"] == "浦发银行"
    assert filled["facts"] == CALL["said"]
    assert filled["happened_when"] == "2026年11月20日 23:10"
    assert filled["collector"] == "自称某某资产公司"


async def test_a_story_is_nearer_than_a_record(desk: Desk) -> None:
    await desk.finish("log_contact", **CALL)
    await desk.finish("check_call", story=STORY)
    assert known(desk, "complain_to_lender")["lender"] == "招商银行"


async def test_one_letter_fills_the_next(desk: Desk) -> None:
    told = {
        "lender": "招商银行", "product": "credit_card", "problems": "night",
        "happened_when": "2026年11月22日 23:30", "facts": STORY, "collector": "某某公司",
    }  # fmt: skip
    await desk.finish("complain_to_lender", **told)
    filled = known(desk, "complain_to_regulator")
    assert (filled["lender"], filled["product"]) == ("招商银行", "credit_card")
    assert STORY in filled.values()


async def test_a_story_outlives_the_tools_that_follow_it(desk: Desk) -> None:
    await desk.finish("check_call", story=STORY)
    await desk.finish("make_complaint", matter="third_party", lender="bank", progress="none")
    assert known(desk, "complain_to_lender")["facts"] == STORY
    await desk.finish("complain_to_lender", lender="交通银行", facts=STORY)
    record = known(desk, "log_contact")
    assert (record["time"], record["reached"], record["said"]) == ("23:30", "family", STORY)
    assert known(desk, "complain_to_regulator")["lender"] == "交通银行"


async def test_what_was_taken_back_stays_so_in_the_tools_that_follow(desk: Desk) -> None:
    await desk.finish("check_call", story=STORY)
    await desk.tap_deed("unhear_act_insult")
    await desk.finish("make_complaint", matter="harassment", lender="bank", progress="none")
    filled = known(desk, "complain_to_lender")
    assert "abuse" not in filled["problems"]
    assert "facts" not in filled


async def test_what_was_left_half_told_is_known_too(desk: Desk) -> None:
    told = {"channel": "phone", "day": "2026-11-20", "said": STORY, "caller": "自称某委外"}
    await desk.leave("log_contact", "evidence", told)
    filled = known(desk, "complain_to_lender")
    assert (filled["facts"], filled["collector"]) == (STORY, "自称某委外")
    assert "lender" not in filled


async def test_a_plan_fills_the_application(desk: Desk) -> None:
    month = {"income": "5200", "housing": "1200", "food": "1200", "medical": "0", "support": "0",
             "other_costs": "300", "total_debt": "30000", "lender_debt": "30000"}  # fmt: skip
    await desk.finish("plan_budget", **month)
    filled = known(desk, "apply_instalment")
    assert (filled["amount"], filled["income"]) == ("30000.00", "5200.00")


async def test_of_a_stranger_nothing_is_known(desk: Desk) -> None:
    assert known(desk, "complain_to_lender") == {}


async def test_what_another_told_is_not_known(desk: Desk) -> None:
    await Desk(desk.office).finish("check_call", story=STORY)
    assert known(desk, "complain_to_lender") == {}
