"""A told call: what was heard, the rules with their rank, and what follows from them."""

from dataclasses import replace

import pytest

from bot.answering.layers import LAYER_LIMIT
from bot.answering.tasks.call_check_words import RULES_NAMED
from bot.concepts.clauses import HeardClause
from bot.concepts.reply import Reply, shown_length
from tests.answering.tasks.desk import (
    Desk,
    Office,
    buttons,
    choices,
    facts_of,
    leads_somewhere,
    words,
)

STORY = "昨天晚上十一点半招商银行信用卡外包的人打我妈电话骂她不要脸，说我欠了两万，今天又打了九个"


async def told_rules(desk: Desk) -> str:
    """All rules that the checked story may touch, screen after screen."""
    told, deed = [], "rules_0"
    while deed:
        reply = await desk.tap_deed(deed)
        told.append(words(reply))
        assert shown_length(reply.blocks) <= LAYER_LIMIT
        further = (each for each in choices(reply) if each.startswith("d:rules_"))
        deed = next(further, "").removeprefix("d:")
    return "\n".join(told)


async def test_what_was_heard_is_shown_for_correction(desk: Desk) -> None:
    reply = await desk.finish("check_call", story=STORY)
    said = words(reply)
    for line in (
        "时间：23:30",
        "次数：一天 9 次",
        "找了谁：家人",
        "机构：招商银行",
        "方式：电话",
    ):
        assert line in said
    assert "辱骂、把欠款告诉别人、打得很密、夜间打来、找了别人" in said
    assert "d:amend" in choices(reply)


async def test_everything_that_was_heard_can_be_taken_back(desk: Desk, office: Office) -> None:
    await desk.finish("check_call", story=STORY)
    reply = await desk.tap_deed("amend")
    offered = choices(reply)
    for each in ("time", "count", "contacted_family", "act_insult", "lender", "channel"):
        assert f"d:unhear_{each}" in offered
    assert offered[-2:] == ["d:recheck", "s:check_call"]
    assert all(leads_somewhere(each.choice, office) for each in buttons(reply))
    assert all(len(each.encode()) <= 64 for each in offered)


async def test_what_was_taken_back_touches_no_rule_and_fills_no_letter(desk: Desk) -> None:
    await desk.finish("check_call", story=STORY)
    assert "辱骂" not in words(await desk.tap_deed("unhear_act_insult"))
    await desk.tap_deed("unhear_contacted_family")
    checked = words(await desk.tap_deed("recheck"))
    rules = await told_rules(desk)
    assert "夜间催收" in rules
    assert "催收无关第三人" not in checked + rules
    assert "辱骂" not in checked + rules
    facts = facts_of(desk)
    assert "insult" not in facts["acts"]


async def test_a_story_of_which_something_was_not_so_is_told_again_in_a_letter(desk: Desk) -> None:
    await desk.finish("check_call", story=STORY)
    await desk.tap_deed("unhear_act_insult")
    facts = facts_of(desk)
    assert "story" not in facts
    assert STORY in words(await desk.ask("complain_to_lender", "facts", {"lender": "招商银行"}))


async def test_a_story_of_which_only_the_lender_was_misheard_is_taken_over(desk: Desk) -> None:
    await desk.finish("check_call", story=STORY)
    await desk.tap_deed("unhear_lender")
    facts = facts_of(desk)
    assert facts["story"] == STORY
    assert "lender" not in facts


def says(desk: Desk, text: str) -> Reply | None:
    """What is written below a check, where it puts the story right."""
    said = desk.office.tasks.call_check.correct(desk.request(text))
    if said is None:
        return None
    desk.talk = said.conversation
    return said.reply


async def test_what_is_written_after_a_check_puts_the_story_right(desk: Desk) -> None:
    await desk.finish("check_call", story=STORY)
    reply = says(desk, "没有骂人，是我记错了，不是招行，是交通银行")
    assert reply is not None
    said = words(reply)
    assert "机构：交通银行" in said
    assert "辱骂" not in said
    assert "夜间打来" in said
    reply = says(desk, "其实是晚上八点打的，还打给了我同事")
    assert reply is not None
    said = words(reply)
    assert "时间：20:00" in said
    assert "找了谁：家人、同事；" in said
    assert "夜间打来" not in said
    facts = facts_of(desk)
    assert "story" not in facts
    assert "insult" not in facts["acts"]


async def test_what_only_adds_to_a_story_is_copied_with_it(desk: Desk) -> None:
    await desk.finish("check_call", story=STORY)
    assert says(desk, "还有，他们群发短信给我同事说我欠钱")
    facts = facts_of(desk)
    assert facts["story"] == f"{STORY}\n还有，他们群发短信给我同事说我欠钱"


async def test_where_nothing_was_heard_the_story_may_simply_be_told(desk: Desk) -> None:
    await desk.finish("check_call", story="怕")
    reply = says(desk, "昨天打了我九个电话")
    assert reply is not None
    assert "一天 9 次" in words(reply)


@pytest.mark.parametrize("text", ["没有骂人算违规吗？", "我想投诉", "谢谢", "没有了"])
async def test_what_puts_nothing_right_is_for_others_to_answer(desk: Desk, text: str) -> None:
    await desk.finish("check_call", story=STORY)
    assert says(desk, text) is None


@pytest.mark.parametrize("deed", ["amend", "recheck", "unhear_time"])
async def test_where_no_story_was_checked_none_is_corrected(
    desk: Desk, office: Office, deed: str
) -> None:
    assert await desk.tap_deed(deed) == office.pages.utterance("stale_button")


async def test_nothing_else_can_be_taken_back(desk: Desk) -> None:
    await desk.finish("check_call", story=STORY)
    before = await desk.tap_deed("amend")
    assert await desk.tap_deed("unhear_story") == before


async def test_each_rule_stands_with_its_rank(desk: Desk) -> None:
    checked = words(await desk.finish("check_call", story=STORY))
    assert "催收无关第三人（信用卡）（部门规章）" in checked
    rules = await told_rules(desk)
    assert "《商业银行信用卡业务监督管理办法》第六十八条（部门规章）" in rules
    assert "行业自律，不是法律" in rules
    assert "违法" not in checked + rules


async def test_a_checked_call_is_told_on_one_screen(desk: Desk) -> None:
    reply = await desk.finish("check_call", story=STORY)
    said = words(reply)
    assert shown_length(reply.blocks) <= LAYER_LIMIT
    assert "可能碰到：" in said
    story = desk.office.tasks.call_check.checker.check(STORY, desk.request().on)
    assert len(story.rules) > RULES_NAMED
    assert f"另外还有 {len(story.rules) - RULES_NAMED} 条" in said
    assert said.count(story.rules[0].title) == 1


async def test_every_rule_is_told_once_by_the_screens_that_follow(desk: Desk) -> None:
    await desk.finish("check_call", story=STORY)
    rules = (await told_rules(desk)).splitlines()
    touched = desk.office.tasks.call_check.checker.check(STORY, desk.request().on).rules
    assert [line for line in rules if line in {each.title for each in touched}] == [
        each.title for each in touched
    ]


@pytest.mark.parametrize("deed", ["rules_99", "rules_", "rules_x"])
async def test_rules_that_are_not_there_any_more_say_so(
    desk: Desk, office: Office, deed: str
) -> None:
    await desk.finish("check_call", story=STORY)
    assert await desk.tap_deed(deed) == office.pages.utterance("stale_button")


async def test_without_a_story_there_are_no_rules_to_show(desk: Desk, office: Office) -> None:
    assert await desk.tap_deed("rules_0") == office.pages.utterance("stale_button")


async def test_evidence_and_next_steps_follow(desk: Desk, office: Office) -> None:
    reply = await desk.finish("check_call", story=STORY)
    assert "先做一件事：留好证据" in words(reply)
    assert choices(reply) == ["d:rules_0", "s:complain_to_lender", "s:log_contact", "d:amend"]
    assert all(leads_somewhere(each.choice, office) for each in buttons(reply))


async def test_danger_comes_first(desk: Desk) -> None:
    story = "刚才两个人拿着棍子堵在我家门口，踹门，说要打死我，现在还没走，我不敢出门"
    reply = await desk.finish("check_call", story=story)
    assert "110" in reply.blocks[0].text
    assert "s:log_contact" in choices(reply)
    assert desk.talk.topic == "call_police"


POLITE = "昨天下午三点银行打了一个电话，态度客气，报了工号，提醒我还款"
CALM = HeardClause(likely={"reached:self": 0.9, "channel:phone": 0.9})
THREATENED = HeardClause(likely={"threat_exposure": 0.9, "improper": 0.9})
DOUBTFUL = HeardClause(likely={"reached:self": 0.9, "threat_exposure": 0.3})


async def test_nothing_improper_is_said_kindly(desk: Desk, office: Office) -> None:
    desk.heard = (CALM,)
    reply = await desk.finish("check_call", story=POLITE)
    assert office.tasks.call_check.checker.conduct.words.clean in words(reply)
    assert "s:complain_to_lender" not in choices(reply)
    assert "先做一件事" not in words(reply)


async def test_what_nobody_heard_is_asked_about_and_not_called_clean(
    desk: Desk, office: Office
) -> None:
    check_words = office.tasks.call_check.checker.conduct.words
    reply = await desk.finish("check_call", story=POLITE)
    assert check_words.asks["unheard"] in words(reply)
    assert check_words.clean not in words(reply)
    assert choices(reply)[:2] == ["d:settle", "s:check_call"]


async def test_one_question_decides_where_a_threat_is_possible(desk: Desk, office: Office) -> None:
    check_words = office.tasks.call_check.checker.conduct.words
    desk.heard = (CALM, DOUBTFUL)
    assert check_words.asks["threat"] in words(await desk.finish("check_call", story=POLITE))
    assert check_words.clean in words(await desk.tap_deed("settle"))


async def test_the_answer_to_the_question_decides(desk: Desk, office: Office) -> None:
    clean = office.tasks.call_check.checker.conduct.words.clean
    desk.heard = (CALM, DOUBTFUL)
    await desk.finish("check_call", story=POLITE)
    asked = desk.talk
    no = office.tasks.call_check.correct(desk.request("没有"), is_no=True)
    assert no is not None
    assert clean in words(no.reply)
    desk.talk, desk.heard = asked, (THREATENED,)
    reply = says(desk, "他说要告诉我全村的人我欠钱")
    assert reply is not None
    assert "扬言曝光" in words(reply)


async def test_a_product_that_nobody_named_is_asked_for_once(desk: Desk) -> None:
    reply = await desk.finish("check_call", story="他打电话骂我是废物")
    assert "f:product_credit_card" in choices(reply)
    assert desk.talk.asked == "product"
    desk.talk = replace(desk.talk, case=replace(desk.talk.case, product="credit_card"))
    again = await desk.tap_deed("recheck")
    assert "f:product_credit_card" not in choices(again)
    told = await told_rules(desk)
    assert "信用卡" in told
    assert "只管小额贷款公司" not in told


async def test_who_is_not_the_debtor_is_told_the_rules_for_strangers(desk: Desk) -> None:
    desk.talk = replace(desk.talk, case=replace(desk.talk.case, role="not_debtor"))
    await desk.finish("check_call", story="他们一天打我八个电话")
    assert "不是欠款人的号码" in await told_rules(desk)


@pytest.mark.parametrize(
    "story", ["", "催收刚刚跟我说这些，是不是违规了", "帮我分析一下这段聊天记录吧"]
)
async def test_where_nothing_was_told_it_is_asked_for_and_not_called_clean(
    desk: Desk, office: Office, story: str
) -> None:
    reply = await desk.finish("check_call", story=story)
    assert "没有听清" in words(reply)
    assert "。。" not in words(reply)
    assert office.tasks.call_check.checker.conduct.words.clean not in words(reply)


async def test_the_story_is_kept_for_what_follows(desk: Desk) -> None:
    await desk.finish("check_call", story=STORY)
    facts = facts_of(desk)
    assert facts["story"] == STORY
    assert facts["lender"] == "招商银行"
    assert facts["product"] == "credit_card"
    assert facts["happened_when"] == "2026年11月22日、2026年11月23日"
    assert desk.talk.form is None


async def test_what_was_not_counted_and_is_denied_is_told_so(desk: Desk) -> None:
    await desk.finish("check_call", story="昨晚十一点半捷信的人打给我妈说再不还就贴大字报")
    reply = says(desk, "没骂人哈 挺客气的")
    assert reply is not None
    assert words(reply).startswith("好，这一样本来就没有算进去")
