"""Whole short messages are known without a model, however they are spaced and ended."""

import pytest

from bot.concepts.choice import Choice, Verb
from bot.dialogue.short_words import ShortWords, best_likeness, core_of, how_much_of, pairs_of
from bot.knowledge.talk_words import TalkWords
from tests.answering.tasks.desk import real_book


def likeness(one: str, two: str) -> float:
    return best_likeness(pairs_of(one), [two])


MADE_UP = TalkWords(
    ways={"why": ("凭什么",), "more": ("还有吗",)},
    leads={"write_letter": ("帮我写",)},
    wishes={"plain_on": ("说大白话",), "agreed": ("对",)},
    signs={"log_contact": ("记一笔",)},
    frames=("那如果是…", "…也一样", "换成…呢"),
    corrections=("写错了",),
    goes_on=("接着刚才",),
)
WORDS = ShortWords(MADE_UP)
REAL = real_book().talk


@pytest.mark.parametrize("text", ["凭什么", " 凭什么呢？", "凭 什 么", "凭什么啊！！", "凭什么…"])
def test_an_aspect_is_known_by_its_whole_words_alone(text: str) -> None:
    assert WORDS.aspect_in(text) == "why"


@pytest.mark.parametrize("text", ["凭什么打给我妈", "他凭什么", "", "？", "吗"])
def test_a_part_of_a_longer_text_is_no_aspect(text: str) -> None:
    assert WORDS.aspect_in(text) is None


def test_tasks_and_wishes_are_known_alike() -> None:
    assert (WORDS.task_in("帮我写吧。"), WORDS.task_in("凭什么")) == ("write_letter", None)
    assert (WORDS.wish_in("说大白话"), WORDS.wish_in("对的")) == ("plain_on", "agreed")
    assert WORDS.wish_in("帮我写") is None


def test_a_sign_of_a_wish_may_stand_anywhere() -> None:
    assert WORDS.wish_sign_in("麻烦你记一笔，昨天打的") == "log_contact"
    assert WORDS.wish_sign_in("记 一 笔") == "log_contact"
    assert WORDS.wish_sign_in("昨天打的") is None


def test_a_correction_may_stand_anywhere_and_going_on_at_the_beginning() -> None:
    assert WORDS.is_correction("刚才写错了，是950")
    assert not WORDS.is_correction("是950")
    assert WORDS.goes_on("接着刚才的预算")
    assert not WORDS.goes_on("我想接着刚才的预算")


@pytest.mark.parametrize(
    "text", ["那如果是网贷呢", "那如果是 网贷？", "我老婆也一样吗", "换成我妈呢"]
)
def test_a_frame_is_put_around_another_case(text: str) -> None:
    assert WORDS.is_other_case(text)


@pytest.mark.parametrize("text", ["那如果是", "也一样", "网贷呢", "凭什么"])
def test_an_empty_frame_asks_for_no_case(text: str) -> None:
    assert not WORDS.is_other_case(text)


def test_what_is_compared_has_no_signs_and_no_particle_at_its_end() -> None:
    assert core_of("为 什么呢？") == "为什"
    assert core_of("为什么") == "为什"
    assert core_of("吗吗") == core_of("吗吗")
    assert core_of("？") == ""


@pytest.mark.parametrize(
    ("one", "two", "is_alike"),
    [
        ("要等多久", "要等多久呢？", True),
        ("投诉要等多久", "要等多久", True),
        ("要等多久", "去哪里办", False),
        ("", "", False),
        ("？", "？", False),
    ],
)
def test_likeness_counts_what_two_texts_share(one: str, two: str, is_alike: bool) -> None:
    assert (likeness(one, two) > 0.5) is is_alike
    assert likeness(one, two) == likeness(two, one)


def test_likeness_goes_from_nothing_to_one() -> None:
    assert likeness("要等多久", "要等多久") == 1.0
    assert likeness("要等多久", "去哪里办") == 0.0
    assert best_likeness(pairs_of("要等多久"), ["去哪里办", "等多久"]) == likeness(
        "要等多久", "等多久"
    )
    assert best_likeness(pairs_of("要等多久"), []) == 0.0
    assert best_likeness(pairs_of("？"), ["等多久"]) == 0.0


def test_how_much_of_a_name_stands_in_a_text() -> None:
    assert how_much_of("支付令异议书", "帮我写支付令 异议书吧") == 1.0
    assert how_much_of("支付令异议书", "支付令异议") == 0.8
    assert how_much_of("支付令异议书", "投诉信") == 0.0
    assert how_much_of("函", "写一份函") == 1.0
    assert how_much_of("", "写一份函") == 0.0


@pytest.mark.parametrize("group", ["ways", "leads", "wishes"])
def test_no_saying_of_the_knowledge_base_means_two_things(group: str) -> None:
    owners: dict[str, set[str]] = {}
    for name, sayings in getattr(REAL, group).items():
        for saying in sayings:
            owners.setdefault(core_of(saying), set()).add(name)
    assert {core: names for core, names in owners.items() if len(names) > 1} == {}


def test_every_saying_of_the_knowledge_base_is_heard() -> None:
    words = ShortWords(REAL)
    for group, hear in (
        (REAL.ways, words.aspect_in),
        (REAL.leads, words.task_in),
        (REAL.wishes, words.wish_in),
    ):
        missed = [say for name, each in group.items() for say in each if hear(say) != name]
        assert missed == []


SHAPED = ShortWords(real_book().talk, real_book().shapes)


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("那我该咋跟法官说", "say"),
        ("材料要带哪些", "needed"),
        ("这份东西交到哪里", "where"),
        ("请律师谁出钱", "cost"),
        ("客服不肯给怎么整", "fails"),
        ("会不会更凶", "effect"),
        ("我听群里说不用还", "doubt"),
        ("他们能这样吗", "why"),
        ("哦，然后呢", "next"),
        ("没看懂啥意思", "simpler"),
    ],
)
def test_a_short_message_is_known_by_its_shape(text: str, aspect: str) -> None:
    assert aspect in SHAPED.shapes_in(text)


@pytest.mark.parametrize("text", ["又接着来我公司闹", "现在接着来骂", "继续投诉到监管行不行"])
def test_what_others_go_on_with_takes_nothing_up(text: str) -> None:
    assert not SHAPED.goes_on(text)


@pytest.mark.parametrize("text", ["明天再来单位找我", "回头再说让我等着"])
def test_what_others_threaten_leaves_nothing(text: str) -> None:
    assert not SHAPED.leaves(text)


@pytest.mark.parametrize("text", ["接着来", "继续算 吃饭1200", "下班了 接着刚才的预算"])
def test_words_of_ones_own_take_up_what_was_left(text: str) -> None:
    assert SHAPED.goes_on(text)


@pytest.mark.parametrize(
    "text", ["晚上再来", "等会儿再填", "有空再弄吧", "回头再说", "我不想填了", "算了懒得写了"]
)
def test_words_of_ones_own_leave_it_for_now(text: str) -> None:
    assert SHAPED.leaves(text)


def test_a_long_message_has_no_shape() -> None:
    assert SHAPED.shapes_in("我想问一下他们天天打电话给我爸妈说我欠钱不还这样子到底合不合法") == ()


def test_a_button_below_is_meant_by_other_words() -> None:
    choices = (("清空", str(Choice(Verb.DEED, "clear_case"))),)
    assert SHAPED.deed_in("全都删掉吧", choices) == Choice(Verb.DEED, "clear_case")
    assert SHAPED.deed_in("全都删掉吧", ()) is None


@pytest.mark.parametrize(
    "text", ["好了，把信给我", "就这样写吧", "写好给我", "还能剩多少", "给我个方案"]
)
def test_the_result_may_be_asked_for_while_it_is_filled_in(text: str) -> None:
    assert SHAPED.finishes(text)


def test_a_deletion_that_was_asked_back_is_agreed_to_by_words_that_name_it() -> None:
    choices = (("全部删掉", "d:erase"), ("先不删", "m:"))
    for text in ("对 删", "好的，都删掉吧", "确定删除"):
        assert SHAPED.deed_in(text, choices) == Choice(Verb.DEED, "erase")
    for text in ("对", "先别删", "删不删都行"):
        assert SHAPED.deed_in(text, choices) is None


def test_who_is_told_to_pay_asks_no_doubt_about_the_matter_in_hand() -> None:
    words = ShortWords(real_book().talk, real_book().shapes)
    assert "doubt" in words.shapes_in("有人说这样不算数")
    assert "doubt" not in words.shapes_in("有人说交1200就能帮我把征信洗了")


@pytest.mark.parametrize(
    "text", ["头一天叫我一声", "提前1天提醒下我", "早一天喊我一下", "前三天通知我"]
)
def test_a_reminder_is_asked_for_some_days_before(text: str) -> None:
    assert SHAPED.asks_to_be_reminded(text)


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("我把验证码给他了", "card_fraud"),
        ("密码也告诉他们了", "card_fraud"),
        ("卡号刚发给客服了", "card_fraud"),
        ("验证码没给他", None),
        ("验证码给他会怎样", None),
        ("密码忘了", None),
    ],
)
def test_who_gave_a_code_away_is_led_to_stolen_cards(text: str, lead: str | None) -> None:
    assert SHAPED.lead_in(text) == lead
