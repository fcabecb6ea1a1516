"""A pasted paper is taken up unasked; what people tell and ask themselves is not."""

from dataclasses import replace
from datetime import date

import pytest

from bot.concepts.conversation import Conversation
from bot.concepts.paper_reading import PaperOpinion
from tests.dialogue.talking import Talker, filling, meaning, names
from tests.papers.reading import FORGED_COURT, PAYMENT_ORDER, REMINDER

PASTED = PaperOpinion("sms_agency", 0.9, 0.99)


@pytest.mark.parametrize("text", [FORGED_COURT, PAYMENT_ORDER, REMINDER])
def test_a_pasted_paper_is_taken_up_unasked(text: str) -> None:
    talker = Talker()
    assert names(talker.says(text, meaning("lawsuit"))) == ["show_paper"]
    assert talker.talk.paper["text"]


def test_what_a_model_surely_takes_for_a_paper_is_one() -> None:
    text = (
        "我是外访专员，就您逾期4870元一事，本周内到您登记住址核实，"
        "已处理请回电0551-62870000，谢谢您的配合"
    )
    assert names(Talker().says(text, meaning("home_visit", paper=PASTED))) == ["show_paper"]


@pytest.mark.parametrize(
    "text",
    [
        "收到法院传票了，说我欠中信信用卡的钱，怎么办",
        "昨晚十点四十打来，说再不还就去我老家找我爸妈，你看看这算不算违规",
        "支付令收到了十五天内不写异议会怎么样",
        "律师函是真的假的怎么看",
    ],
)
def test_what_people_tell_and_ask_is_no_paper(text: str) -> None:
    assert "show_paper" not in names(Talker().says(text, meaning("lawsuit")))


def test_own_words_beside_a_paper_are_left_out_of_it() -> None:
    talker = Talker()
    said = f"我收到一条短信，是真的吗\n{FORGED_COURT}"
    assert names(talker.says(said, meaning("impersonation"))) == ["show_paper"]
    assert talker.talk.paper["text"].startswith("【法院执行中心】")


def test_a_message_that_is_quoted_in_ones_own_words_is_the_paper() -> None:
    talker = Talker()
    quoted = "【某某法院】您有一份传票，请点击 http://fy-gov.example/a1 查收"
    said = talker.says(f"刚收到个短信说“{quoted}”，是真的不", meaning("impersonation"))
    assert names(said) == ["show_paper"]
    assert talker.talk.paper["text"].startswith("【某某法院】您有一份传票")


@pytest.mark.parametrize(
    ("said", "leads"),
    [
        (
            "收到一条短信 说我的案子下午3点前不处理就移交 链接 http://fy-12368.cn/a1",
            ["show_paper"],
        ),
        ("短信让我点 zx-xiufu.top 能点吗", ["show_paper"]),
        ("建行发短信让我去 ccb.com 还款", []),
        ("我在 zhihu-jiaocheng.top 看到说可以停息挂账", []),
    ],
)
def test_a_message_that_is_told_of_is_read_where_its_link_is_of_nobody_known(
    said: str, leads: list[str]
) -> None:
    found = names(Talker().says(said, meaning("impersonation")))
    assert [each for each in found if each == "show_paper"] == leads


def test_words_of_a_collector_that_are_quoted_are_no_paper() -> None:
    said = "他在电话里说“今天再不还就去你单位找你们领导谈谈”，算不算违规"
    assert "show_paper" not in names(Talker().says(said, meaning("check_call")))


def test_a_story_that_was_asked_for_is_the_story() -> None:
    talker = filling("check_call", "story")
    assert "show_paper" not in names(talker.says(FORGED_COURT, meaning("impersonation")))


def test_the_day_of_arrival_and_a_misread_line_are_put_right_by_words() -> None:
    talker = Talker()
    talker.says(PAYMENT_ORDER, meaning("payment_order"))
    talker.talk = _with_buttons(talker)
    assert names(talker.says("11月20日收到的")) == ["show_paper"]
    assert talker.talk.paper["received"] == date(2026, 11, 20).isoformat()
    talker.talk = _with_buttons(talker)
    assert names(talker.says("不是1,204.77元，是1,024.77元")) == ["mend_paper"]
    assert "1,024.77" in talker.talk.paper["text"]


def _with_buttons(talker: Talker) -> Conversation:
    return replace(talker.talk, offered=(("凭什么这样看", "d:paper_why"),))


SUMMONS = (
    "南充市高坪区人民法院\n传票\n（2026）川1303民初2981号\n被传唤人：税某某\n传唤事由：开庭\n"
    "应到时间：2026年12月22日14时30分\n应到处所：第五审判庭\n2026年11月20日"
)


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("这是真的吗", "d:paper_why"),
        ("真的假的？", "d:paper_why"),
        ("那这个靠谱吗", "d:paper_why"),
        ("链接能点吗", "d:paper_why"),
        ("怎么核实", "d:paper_check"),
        ("那个电话能打吗", "d:paper_check"),
        ("最后一天是哪天", "d:paper_law"),
        ("我刚才点进去填了身份证和银行卡", "paper_opened"),
        ("验证码也给了他 软件也装了", "paper_opened"),
        ("没填密码", "paper_opened"),
        ("我人在外地去不了", "paper_absent"),
        ("不去行吗", "paper_absent"),
        ("那我要不要还钱", "show_paper"),
    ],
)
def test_what_is_asked_right_below_a_paper_is_about_that_paper(asked: str, leads: str) -> None:
    talker = Talker()
    opinion = PaperOpinion("summons", 0.95, 0.99)
    talker.says(SUMMONS, meaning("lawsuit", paper=opinion))
    talker.talk = _with_buttons(talker)
    assert names(talker.says(asked, meaning("verify_collector"))) == [leads]


@pytest.mark.parametrize(
    "said", ["今天又打了九个电话来骂我", "律师函是真的吗", "去不了银行怎么办"]
)
def test_what_is_no_question_about_the_paper_is_heard_as_ever(said: str) -> None:
    talker = Talker()
    talker.says(REMINDER, meaning("collection_letter", paper=PASTED))
    talker.talk = _with_buttons(talker)
    told = names(talker.says(said, meaning("lawyer_letter")))
    assert not {"d:paper_why", "paper_absent", "show_paper"} & {*told}


def test_long_after_a_paper_such_words_are_no_longer_about_it() -> None:
    talker = Talker()
    talker.says(SUMMONS, meaning("lawsuit", paper=PaperOpinion("summons", 0.95, 0.99)))
    talker.talk = replace(talker.talk, offered=())
    assert names(talker.says("这是真的吗", meaning("verify_collector"))) != ["d:paper_why"]
