"""What is said of every topic to every kind of case: short, whole, and never the same twice."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.answering.layers import FIRST_LIMIT, FULL, LAYER_LIMIT
from bot.answering.pages import Pages
from bot.answering.tasking import Said
from bot.answering.topic_replies import TopicReplies, known_of
from bot.answering.voice import in_voice
from bot.concepts.case import Case
from bot.concepts.choice import Verb
from bot.concepts.conversation import Conversation
from bot.concepts.passages import KINDS, Passages, variants
from bot.concepts.reply import Matter, Reply
from bot.knowledge.base import Answer
from bot.rendering.plain_text import render_plain_text
from tests.knowledge.folder import REVIEW_DAY, real_knowledge

TOPICS = sorted(real_knowledge().answers)
_MARKS = ("[[", "]]", "{{", "}}", "〔{", "〔产品", "〔身份", "〔阶段")
_PAGES = Pages(real_knowledge())
_REPLIES = TopicReplies(pages=_PAGES, knowledge=real_knowledge())


def shown(reply: Reply) -> str:
    return render_plain_text(reply.blocks)


def first(topic: str, talk: Conversation, **arguments: object) -> Said:
    return _REPLIES.first(topic, talk, REVIEW_DAY, arguments)


def layer(topic: str, talk: Conversation, name: str, **arguments: object) -> Said:
    return _REPLIES.layer(topic, talk, REVIEW_DAY, {"layer": name, **arguments})


def talks(passages: Passages) -> Iterator[Conversation]:
    """A conversation with every case that the passages tell apart."""
    for told in variants(passages):
        yield Conversation(case=Case(**told))  # type: ignore[arg-type]


def passages_of(answer: Answer, name: str) -> Passages:
    own = {"how": answer.steps, "say": answer.sayings, "notes": answer.cautions}
    if own.get(name):
        return own[name]
    said = (each for each in answer.follow_ups if each.says)
    return next((each.says for each in said if each.aspect == name), ())


def choices(reply: Reply) -> list[str]:
    return [str(button.choice) for row in reply.buttons for button in row]


def assert_whole(reply: Reply, limit: int) -> None:
    """Something is said, within the limit, nothing of it twice, and no mark is left."""
    text = shown(reply)
    assert 0 < len(text) <= limit, text
    assert [mark for mark in _MARKS if mark in text] == [], text
    said = [block.text for block in reply.blocks]
    assert all(each.strip() for each in said), text
    assert len(set(said)) == len(said), text


@pytest.mark.parametrize("topic", TOPICS)
def test_a_first_reply_is_short_and_whole_for_every_case(topic: str) -> None:
    for talk in talks(real_knowledge().answers[topic].short):
        said = first(topic, talk)
        assert_whole(said.reply, FIRST_LIMIT)
        assert said.reply.about == Matter(topic)
        assert said.conversation.topic == topic
        assert said.conversation.has_shown(topic, "first")


@pytest.mark.parametrize("topic", TOPICS)
def test_a_first_reply_has_a_few_ways_on(topic: str) -> None:
    for talk in talks(real_knowledge().answers[topic].short):
        said = first(topic, talk)
        ways = [each for each in choices(said.reply) if not each.startswith("f:")]
        assert 1 <= len(ways) <= 4
        assert len(set(choices(said.reply))) == len(choices(said.reply))
        is_asked = said.conversation.asked is not None
        assert is_asked == any(each.startswith("f:") for each in choices(said.reply))


@pytest.mark.parametrize("topic", TOPICS)
def test_what_is_known_of_a_case_is_not_asked(topic: str) -> None:
    for talk in talks(real_knowledge().answers[topic].short):
        asked = first(topic, talk).conversation.asked
        assert asked is None or not known_of(talk)[asked]


@pytest.mark.parametrize("topic", TOPICS)
def test_said_again_it_is_shorter_and_asks_nothing(topic: str) -> None:
    for talk in talks(real_knowledge().answers[topic].short):
        once = first(topic, talk)
        again = first(topic, once.conversation, is_shorter=True, aspect="again")
        assert_whole(again.reply, FIRST_LIMIT)
        assert again.conversation.asked is None
        assert shown(once.reply).startswith(shown(again.reply))
        is_one = len(once.reply.blocks) == 1
        assert is_one or len(shown(again.reply)) < len(shown(once.reply))


def test_who_is_newly_sued_or_a_guarantor_hears_so_once_below_whatever_is_said() -> None:
    overdue = first("collection_process", Conversation(case=Case(stage="overdue"))).conversation
    sued = replace(overdue, case=Case(stage="sued"))
    said = layer("collection_process", sued, "how_long")
    assert "起诉状 15 日内答辩" in shown(said.reply)
    next_said = layer("collection_process", said.conversation, "effect")
    assert "起诉状 15 日内答辩" not in shown(next_said.reply)
    guarantor = replace(said.conversation, case=Case(stage="sued", role="guarantor"))
    again = first("collection_process", guarantor, is_shorter=True)
    assert "保证期间" in shown(again.reply)


def test_below_the_next_topic_it_is_not_said_again() -> None:
    said = first("call_hours", Conversation(case=Case(stage="sued")))
    assert "日子照走" in shown(said.reply)
    assert "日子照走" not in shown(first("ai_calls", said.conversation).reply)
    assert "日子照走" in shown(first("ai_calls", Conversation(case=Case(stage="sued"))).reply)


def test_below_a_last_day_it_waits_for_the_next_topic() -> None:
    said = first("call_hours", Conversation(case=Case(stage="sued")), is_dated=True)
    assert "日子照走" not in shown(said.reply)
    assert "日子照走" in shown(first("ai_calls", said.conversation).reply)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_deeper_layer_is_short_and_whole_for_every_case(topic: str) -> None:
    answer = real_knowledge().answers[topic]
    for name in _PAGES.layers.names(answer):
        if name == FULL:
            continue
        for talk in talks(passages_of(answer, name)):
            said = layer(topic, talk, name)
            assert_whole(said.reply, LAYER_LIMIT)
            whole = _PAGES.layers.layer(answer, name, known_of(talk), REVIEW_DAY)
            assert whole is not None
            left = whole.blocks[len(said.reply.blocks) :]
            is_left = f"y:{topic}__{name}_rest" in choices(said.reply)
            assert is_left or set(whole.blocks) <= set(said.reply.blocks)
            if is_left:
                rest = layer(topic, said.conversation, f"{name}_rest").reply
                assert_whole(rest, LAYER_LIMIT)
                assert left[0].text in shown(rest)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_question_asked_next_has_a_short_and_whole_reply(topic: str) -> None:
    for number, entry in enumerate(real_knowledge().answers[topic].follow_ups):
        if not entry.says:
            continue
        for talk in talks(entry.says):
            said = layer(topic, talk, entry.aspect, entry=number)
            assert_whole(said.reply, LAYER_LIMIT)
            assert said.reply.about == Matter(topic, entry.aspect)


@pytest.mark.parametrize("topic", TOPICS)
def test_going_on_says_each_layer_once_and_then_that_it_is_all(topic: str) -> None:
    answer, talk = real_knowledge().answers[topic], first(topic, Conversation()).conversation
    texts = []
    for _ in _PAGES.layers.names(answer):
        said = layer(topic, talk, "more")
        texts.append(shown(said.reply))
        talk = said.conversation
    assert len(set(texts)) == len(texts)
    end = layer(topic, talk, "more").reply
    assert end.blocks == _PAGES.utterance("nothing_more").blocks
    assert end.buttons or not answer.related


@pytest.mark.parametrize("topic", TOPICS)
def test_the_whole_page_is_the_page_of_the_case(topic: str) -> None:
    for talk in talks(real_knowledge().answers[topic].short):
        said = layer(topic, talk, FULL)
        page = _PAGES.answer(topic, REVIEW_DAY, known_of(talk))
        assert said.reply == replace(page, about=Matter(topic, FULL))
        assert [mark for mark in _MARKS if mark in shown(said.reply)] == []


@pytest.mark.parametrize("topic", TOPICS)
def test_in_plain_words_no_law_is_named(topic: str) -> None:
    for talk in talks(real_knowledge().answers[topic].short):
        plain = in_voice(first(topic, talk).reply, replace(talk, is_plain=True))
        assert shown(plain).strip()
        assert "《" not in shown(plain)


@pytest.mark.parametrize("topic", TOPICS)
def test_another_case_is_told_what_differs_or_that_nothing_does(topic: str) -> None:
    answer = real_knowledge().answers[topic]
    talk = first(topic, Conversation()).conversation
    usual = _PAGES.layers.first(answer, known_of(talk), REVIEW_DAY).blocks
    same = _PAGES.utterance("same_in_other_case").blocks
    for told in variants(answer.short):
        other = {kind: told[kind] for kind in KINDS if told.get(kind)}
        if not other:
            continue
        said = first(topic, talk, other=other)
        assert_whole(said.reply, FIRST_LIMIT)
        differs = _PAGES.layers.first(answer, {**known_of(talk), **other}, REVIEW_DAY).blocks
        assert (said.reply.blocks[:1] == same) == (differs == usual)
        assert said.conversation.case == talk.case, "it was only supposed"
        assert said.reply.about == Matter(topic, "other_case")


def test_who_does_not_understand_the_short_form_either_hears_one_sentence() -> None:
    plain = first("workplace_contact", Conversation(), is_shorter=True, aspect="simpler")
    plainest = first("workplace_contact", plain.conversation, is_shorter=True, aspect="simpler")
    said, again = shown(plain.reply), shown(plainest.reply)
    assert again.startswith(said[: said.index("。") + 1])
    assert "哪个词不明白" in again
    assert "12348" in again


def test_what_was_said_is_said_again_only_to_who_asks_for_it() -> None:
    entries = real_knowledge().answers["call_hours"].follow_ups
    number, entry = next((n, each) for n, each in enumerate(entries) if each.says)
    once = layer("call_hours", Conversation(), entry.aspect, entry=number)
    again = layer("call_hours", once.conversation, entry.aspect, entry=number, is_asked=True).reply
    opening = _PAGES.utterance("said_before").blocks
    assert again.blocks[: len(opening)] == opening
    assert again.blocks[len(opening) :] == once.reply.blocks
    other = layer("call_hours", once.conversation, entry.aspect, entry=number).reply
    assert shown(other) != shown(once.reply)


def test_of_what_nothing_is_known_it_says_so_and_who_would_know() -> None:
    said = layer("call_hours", Conversation(), "no_such_side")
    assert said.reply.blocks == _PAGES.utterance("no_word_on_aspect").blocks
    assert "12348" in shown(said.reply)
    assert said.reply.buttons


def test_a_guess_says_what_it_took_the_words_for_and_what_else_they_may_mean() -> None:
    said = first("call_hours", Conversation(), others=["home_visit", "threats_and_insults"])
    assert real_knowledge().answers["call_hours"].button in said.reply.blocks[0].text
    assert_whole(said.reply, FIRST_LIMIT)
    assert "t:home_visit" in choices(said.reply)


def test_what_is_too_long_for_one_layer_goes_on_at_a_tap() -> None:
    answer = real_knowledge().answers["call_hours"]
    longer = replace(answer, steps=answer.steps * 4)
    knowledge = replace(real_knowledge(), answers={longer.id: longer})
    replies = TopicReplies(pages=Pages(knowledge), knowledge=knowledge)
    once = replies.layer(longer.id, Conversation(), REVIEW_DAY, {"layer": "how"})
    assert "y:call_hours__how_rest" in choices(once.reply)
    rest = replies.layer(longer.id, once.conversation, REVIEW_DAY, {"layer": "how_rest"})
    assert "y:call_hours__how_rest" not in choices(rest.reply)
    for said in (once, rest):
        assert len(shown(said.reply)) <= LAYER_LIMIT
    assert rest.reply.blocks[0].number == once.reply.blocks[-1].number + 1


def test_what_was_said_is_not_offered_again() -> None:
    talk = first("call_hours", Conversation(case=Case(product="credit_card"))).conversation
    said = layer("call_hours", talk, "how")
    layers = [
        button.choice.target
        for row in said.reply.buttons
        for button in row
        if button.choice.verb is Verb.LAYER
    ]
    assert "call_hours__how" not in layers
    assert layers != []


@pytest.mark.parametrize(("able", "said"), [(None, "能还＿元"), (1250, "能还1,250元")])
def test_what_was_told_stands_in_the_words_to_say(able: int | None, said: str) -> None:
    talk = Conversation(case=Case(monthly_ability=able))
    assert said in shown(layer("negotiate_instalment", talk, "say").reply)
