"""What a message asks of the answer given before: by its words, by a model, or nothing of it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.concepts.passages import Passage
from bot.concepts.reply import paragraph
from bot.concepts.understanding import Understanding
from bot.dialogue.follow_ups import (
    LONGEST,
    Following,
    asked_at_once,
    following,
    guessed_entry,
)
from bot.dialogue.short_words import ShortWords
from bot.knowledge.base import Answer, FollowUp
from tests.answering.tasks.desk import real_book
from tests.dialogue.talking import meaning, next_of, unclear

_SAYS = (Passage(paragraph("甲。")),)
_HOURS = real_book().knowledge.answers["call_hours"]


def entry(aspect: str, *asks: str, leads: Mapping[str, tuple[str, ...]] | None = None) -> FollowUp:
    return FollowUp(aspect=aspect, asks=asks, says=_SAYS if asks else (), leads=leads or {})


def answer_with(*entries: FollowUp) -> Answer:
    kept = {name: getattr(_HOURS, name) for name in Answer.__slots__}
    return Answer(**{**kept, "follow_ups": entries})


ANSWER = answer_with(
    entry("why", "钟点写在哪份文件", "这规矩有多硬"),
    entry("how_long", "投诉夜里打电话几天有结果", "半夜来电几天能停"),
    entry("how_long", "书面答复最晚哪天寄到"),
    entry("other_case", leads={"home_visit": ("晚上十点半上门", "夜里来敲门")}),
)
WHY, FIRST, SECOND = Following("why", 0), Following("how_long", 1), Following("how_long", 2)
VISIT = Following("other_case", lead="home_visit")
MATTERS = {"call_hours", "home_visit", "lawsuit", "write_letter"}
OTHER = meaning("lawsuit", 0.95)


def asks(text: str, meant: Understanding | None = None) -> Following | None:
    words = ShortWords(real_book().talk)
    return following(text, ANSWER, meant, words, MATTERS)


def test_a_matter_that_is_named_alone_is_the_question_that_speaks_of_it() -> None:
    assert asks("书面答复的话呢", OTHER) == SECOND
    assert asks("钟点的话呢", OTHER) == WHY
    assert asks("执行法官呢", OTHER) is None


@pytest.mark.parametrize(("sure", "place"), [(0.55, FIRST), (0.8, WHY)])
def test_a_question_far_more_alike_counts_more_than_an_unsure_aspect(
    sure: float, place: Following
) -> None:
    meant = next_of("why", sure, asked_next={"call_hours#1": 0.7, "call_hours#0": 0.4})
    assert asks("那样响过一回也要紧", meant) == place


@pytest.mark.parametrize(("confidence", "place"), [(0.7, FIRST), (0.9, None)])
def test_a_question_that_is_alike_counts_more_than_a_topic_that_is_not_clear(
    confidence: float, place: Following | None
) -> None:
    meant = meaning("lawsuit", confidence, asked_next={"call_hours#1": 0.7})
    assert asks("那样响过一回也要紧", meant) == place


def test_another_case_is_the_one_that_is_asked_about_in_these_words() -> None:
    assert asks("那要是上门呢") == VISIT
    assert asks("那要是我妈呢") == Following("other_case")


# By words, without a model.


@pytest.mark.parametrize("meant", [None, OTHER, unclear()], ids=["no model", "another", "unclear"])
@pytest.mark.parametrize(
    ("text", "meant_by_it"),
    [
        ("钟点写在哪份文件", WHY),
        ("钟点写在哪份文件呢？", WHY),
        ("半夜来电几天能停", FIRST),
        ("书面答复最晚哪天寄到", SECOND),
        ("夜里来敲门", VISIT),
    ],
)
def test_words_of_a_next_question_are_that_question_whatever_a_model_says(
    text: str, meant_by_it: Following, meant: Understanding | None
) -> None:
    assert asks(text, meant) == meant_by_it


@pytest.mark.parametrize(
    ("text", "aspect", "number"),
    [
        ("为什么", "why", 0),
        ("凭什么呢？", "why", 0),
        ("要多久", "how_long", None),
        ("要花钱吗", "cost", None),
        ("怎么做", "how", None),
    ],
)
def test_a_short_word_asks_for_its_aspect(text: str, aspect: str, number: int | None) -> None:
    found = asks(text)
    assert found is not None
    assert found.aspect == aspect
    assert number is None or found.entry == number


@pytest.mark.parametrize(
    ("text", "aspect"),
    [("说简单点", "simpler"), ("再说一遍", "again"), ("还有吗", "more"), ("下一步", "next")],
)
def test_what_asks_for_the_same_in_another_way_names_no_entry(text: str, aspect: str) -> None:
    assert asks(text) == Following(aspect)


@pytest.mark.parametrize("text", ["那如果是网贷呢", "换成我老婆", "我妈也一样吗"])
def test_another_case_is_known_by_its_frame(text: str) -> None:
    assert asks(text) == Following("other_case")
    assert asks(text, unclear()) == Following("other_case")


def test_without_a_model_likely_words_are_enough() -> None:
    assert asks("投诉夜里打电话，几天结果") == FIRST
    assert asks("今天天气不错") is None


# By a model.


def test_of_several_entries_the_most_like_one_is_meant() -> None:
    assert asks("书面的最晚哪天", next_of("how_long")) == SECOND
    assert asks("夜里打电话几天结果", next_of("how_long")) == FIRST


def test_an_aspect_that_a_model_hears_is_asked_for() -> None:
    assert asks("这个有没有什么讲究", next_of("cost")) == Following("cost")
    assert asks("这个有没有什么讲究", next_of("cost", 0.49)) is None


def test_a_question_that_means_nearly_the_same_is_meant() -> None:
    near = {"call_hours#1": 0.8, "call_hours#3>home_visit": 0.2, "lawsuit#1": 0.9}
    assert asks("啥时候才消停", unclear()) is None
    assert asks("啥时候才消停", meaning("lawsuit", 0.5, asked_next=near)) == FIRST
    near = {"call_hours#3>home_visit": 0.9}
    assert asks("堵到屋门口咋整", meaning("lawsuit", 0.5, asked_next=near)) == VISIT


def test_another_matter_that_is_clearly_meant_is_that_matter() -> None:
    assert asks("收到法院传票该怎么应诉才好呢", OTHER) is None
    sounds_alike = meaning("lawsuit", 0.95, aspect="how", aspect_confidence=0.5)
    assert asks("收到法院传票该怎么应诉才好呢", sounds_alike) is None


def test_a_short_message_that_sounds_like_an_aspect_is_one() -> None:
    sounds_alike = meaning("lawsuit", 0.9, aspect="cost", aspect_confidence=0.8)
    assert asks("那得多少花费", sounds_alike) == Following("cost")


def test_the_same_matter_or_small_talk_is_no_other_matter() -> None:
    same = meaning("call_hours", 0.95, aspect="why", aspect_confidence=0.6)
    assert asks("半夜打来凭的什么道理", same) == WHY
    talk = meaning("thank", 0.95, aspect="why", aspect_confidence=0.8)
    assert asks("半夜打来凭的什么道理", talk) == WHY


def test_another_case_is_not_taken_from_a_model_alone() -> None:
    assert asks("他们上门了", next_of("other_case")) is None


def test_a_framed_text_that_is_understood_by_itself_stands_alone() -> None:
    assert asks("那我被法院起诉了怎么办", OTHER) is None
    assert asks("那我被起诉了", meaning("lawsuit", 0.7)) is None


# What stands alone.


@pytest.mark.parametrize("meant", [None, next_of("why")])
def test_a_long_message_stands_alone(meant: Understanding | None) -> None:
    assert asks("为什么" + "呀" * LONGEST, meant) is None


def test_an_answer_without_next_questions_still_has_aspects() -> None:
    words = ShortWords(real_book().talk)
    assert following("为什么", answer_with(), None, words, MATTERS) == Following("why")
    assert following("钟点写在哪份文件", answer_with(), None, words, MATTERS) is None


@pytest.mark.parametrize("topic", real_book().knowledge.answers)
def test_every_way_of_asking_next_is_heard_without_a_model(topic: str) -> None:
    answer = real_book().knowledge.answers[topic]
    words = ShortWords(real_book().talk)
    astray = []
    for entry in answer.follow_ups:
        ways = [(None, ask) for ask in entry.asks if entry.says and len(ask) <= LONGEST]
        ways += [(lead, ask) for lead, each in entry.leads.items() for ask in each]
        for lead, ask in ways:
            found = following(ask, answer, None, words, MATTERS)
            if found is None or (found.lead != lead and found.entry is None):
                astray.append(ask)
    assert astray == []


def test_where_the_words_mean_nothing_surely_a_half_alike_question_is_not_answered() -> None:
    near = replace(unclear(), asked_next={"call_hours#1": 0.51})
    assert asks("对面能这样搞吗", near) is None


# Where the topic itself is meant, or nothing is clear.


@pytest.mark.parametrize(
    ("aspect", "confidence", "alike", "place"),
    [
        ("how_long", 0.6, 0.7, FIRST),
        ("how_long", 0.4, 0.7, None),
        ("why", 0.6, 0.7, None),
        ("how_long", 0.6, 0.6, None),
    ],
)
def test_a_side_that_is_heard_and_alike_is_asked_for_at_once(
    aspect: str, confidence: float, alike: float, place: Following | None
) -> None:
    meant = meaning(
        "call_hours",
        aspect=aspect,
        aspect_confidence=confidence,
        asked_next={"call_hours#1": alike},
    )
    assert asked_at_once("那样要等好几天吗", ANSWER, meant) == place


@pytest.mark.parametrize(
    ("text", "alike", "rival", "place"),
    [
        ("夜里响铃咋回事", 0.5, None, FIRST),
        ("夜里响铃咋回事", 0.3, None, FIRST),
        ("那他咋不说呢", 0.1, None, None),
        ("夜里响铃真烦人", 0.3, None, None),
        ("夜里响铃真烦人", 0.5, None, FIRST),
        ("夜里响铃咋回事", 0.5, "home_visit", None),
        ("夜里响铃咋回事", 0.7, "home_visit", FIRST),
        ("夜里响铃咋回事" * 6, 0.9, None, None),
    ],
)
def test_of_unclear_words_the_nearest_question_is_guessed(
    text: str, alike: float, rival: str | None, place: Following | None
) -> None:
    meant = replace(unclear(), asked_next={"call_hours#1": alike})
    assert guessed_entry(text, ANSWER, meant, rival) == place
