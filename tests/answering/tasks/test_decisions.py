"""Who tells which decision came is told its own last day and way, or is asked one thing."""

import pytest

from bot.concepts.conversation import Conversation
from bot.dialogue.wishes import wished_tool
from bot.facts.cases import read_case
from tests.answering.tasks.desk import Desk, choices, real_book, words
from tests.facts.vocabulary import NOW, vocabulary

TOLD = [
    ("欠网贷两万，11月20日收到仲裁裁决书了", "仲裁裁决不能上诉", "上诉状"),
    ("我给人担保，11月20日收到仲裁裁决书", "仲裁裁决不能上诉", "上诉状"),
    ("欠小贷两万，8月10日收到仲裁裁决书了", "还可以申请不予执行", "上诉期"),
    ("信用卡被起诉，11月20日收到驳回管辖异议的裁定书", "最晚11月30日", "12月7日"),
    ("判了在执行，11月20日收到驳回执行异议的裁定书", "写复议申请书", "12月7日"),
    ("信用卡在执行，11月20日收到驳回我异议的执行裁定书", "最晚11月30日", "不予执行"),
    ("我是案外人，11月20日收到驳回我执行异议的裁定书", "写起诉状", "上诉状"),
    ("11月20日收到追加我为被执行人的执行裁定书", "写复议的只有 10 日", "最晚"),
    ("11月20日收到法院准许拍卖抵押房的裁定书，房贷", "向作裁定的这家法院提异议", "上诉状"),
    ("11月20日收到法院的裁定书，信用卡", "看裁定书最后一段", "最晚"),
    ("信用卡，判了三年了才收到执行通知书", "过了两年多才申请的书面提异议", "最晚"),
    ("信用卡三万，11月20日收到法院的民事调解书", "签收就生效，不能上诉", "上诉状"),
    ("信用卡三万，法院调解完签了调解书", "签收就生效，不能上诉", "判决书哪天收到"),
    ("信用卡三万，11月20日收到二审判决书", "二审、小额诉讼的判决不能上诉", "最晚"),
    ("信用卡三万，11月20日收到终本裁定书", "", "上诉状"),
    ("信用卡三万，11月10日收到法院民事裁定书，说准许撤诉", "没有上诉期", "上诉期过了"),
    ("我妈被起诉了，信用卡三万，收到传票", "你别替他答应还", "每月能付多少的表"),
    ("我给朋友担保，银行把我起诉了，11月25日收到传票", "先写保证", "每月能付多少的表"),
    ("收到实现担保物权的通知书，房贷，11月27日收到", "最晚12月2日", "上诉"),
    ("收到评估报告，我的房子要拍卖，11月27日收到", "最晚12月2日", "上诉"),
    ("收到限制消费令，我妈病危要赶回去", "硬座硬卧", "先别买票"),
    ("私人借了五万高利贷，每月能还一千，对方放话要打断我的腿", "110", "当面谈"),
]


@pytest.mark.parametrize(("text", "says", "never"), TOLD)
async def test_who_tells_which_decision_came_is_told_its_own_way(
    desk: Desk, text: str, says: str, never: str
) -> None:
    desk.talk = Conversation(case=read_case(text, vocabulary(), NOW))
    told = words(await desk.effect("next_step"))
    assert says in told
    assert never not in told


async def test_where_it_is_not_known_which_ruling_came_one_thing_is_asked(desk: Desk) -> None:
    desk.talk = Conversation(case=read_case("11月20日收到法院的裁定书", vocabulary(), NOW))
    reply = await desk.effect("next_step")
    assert "裁定书最后一段写的是哪一种？" in words(reply)
    assert {"f:paper_review_ruling", "f:paper_final_ruling"} <= {*choices(reply)}


@pytest.mark.parametrize("text", ["收到法院的裁定书", "收到二审判决书", "收到调解书"])
def test_the_last_day_of_another_paper_is_not_put_in_its_place(text: str) -> None:
    case = read_case(text, vocabulary(), NOW)
    talk = Conversation(case=case, topic="lawsuit")
    assert wished_tool("set_deadline", "帮我算期限", talk, real_book()) is None
