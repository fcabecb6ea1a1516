"""A few words in a row are one story; what stands for itself, and danger, wait for nothing."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from bot.concepts.stored import StoredUpdate
from bot.gathering import TOGETHER_AT_MOST, joined, seconds_to_wait

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def never(text: str) -> bool:
    return not text


def is_danger(text: str) -> bool:
    return "不想活" in text


def update(number: int, content: Mapping[str, object], after: float = 0) -> StoredUpdate:
    payload = json.dumps({"update_id": number, **content})
    received = NOON + timedelta(seconds=after)
    return StoredUpdate(update_id=number, chat="1", payload=payload, received_on=received)


def said(*texts: str, kind: str = "private") -> list[StoredUpdate]:
    """One message a second."""
    chat = {"type": kind}
    return [
        update(number, {"message": {"message_id": number, "chat": chat, "text": text}}, number)
        for number, text in enumerate(texts)
    ]


def text_of(stored: StoredUpdate) -> object:
    return json.loads(stored.payload)["message"]["text"]


TAP = update(9, {"callback_query": {"data": "m:", "message": {"text": "喂"}}}, 9)
FILE = update(9, {"message": {"chat": {"type": "private"}, "document": {}, "caption": "喂"}}, 9)
FORWARD = {"type": "hidden_user", "sender_user_name": "某人", "date": 1}


def sent(number: int, after: float = 0, **fields: object) -> StoredUpdate:
    """A message of a private chat."""
    message = {"message_id": number, "chat": {"type": "private"}, **fields}
    return update(number, {"message": message}, after)


def photo(number: int, after: float = 0, **fields: object) -> StoredUpdate:
    return sent(number, after, photo=[{"file_id": f"f{number}"}], **fields)


def message_of(stored: StoredUpdate) -> dict[str, object]:
    message = json.loads(stored.payload)["message"]
    assert isinstance(message, dict)
    return message


def test_a_few_words_wait_for_what_may_follow() -> None:
    updates = said("我欠花呗", "一万二")
    assert seconds_to_wait(updates[:1], NOON, never) == 1.5
    assert seconds_to_wait(updates, NOON + timedelta(seconds=1), never) == 1.5
    assert seconds_to_wait(updates, NOON + timedelta(seconds=2), never) == 0.5
    assert seconds_to_wait(updates, NOON + timedelta(seconds=9), never) == 0


@pytest.mark.parametrize(
    "text", ["在吗", "怎么办", "会坐牢吗？", "12000", "他们昨天晚上十一点半还在打电话骂我"]
)
def test_what_stands_for_itself_does_not_wait(text: str) -> None:
    assert seconds_to_wait(said(text), NOON, never) == 0
    assert seconds_to_wait(said("我欠花呗", text), NOON, never) == 0


@pytest.mark.parametrize("text", ["/start", "／菜单"])
def test_a_command_neither_waits_nor_is_joined(text: str) -> None:
    updates = said("我欠花呗", text)
    assert seconds_to_wait(updates, NOON, never) == 0
    assert joined(updates, never) == (updates[0], 1)
    assert joined(updates[1:], never) == (updates[1], 1)


@pytest.mark.parametrize("other", [TAP, FILE])
def test_taps_and_files_neither_wait_nor_are_joined(other: StoredUpdate) -> None:
    updates = [*said("我欠花呗"), other]
    assert seconds_to_wait(updates, NOON, never) == 0
    assert seconds_to_wait([other], NOON, never) == 0
    assert joined(updates, never) == (updates[0], 1)
    assert joined([other, *said("我欠花呗")], never) == (other, 1)


def test_where_others_read_along_each_message_is_answered_at_once() -> None:
    updates = said("我欠花呗", "一万二", kind="supergroup")
    assert seconds_to_wait(updates, NOON, never) == 0
    assert joined(updates, never) == (updates[0], 1)


def test_a_few_words_in_a_row_are_one_message_under_the_first_number() -> None:
    updates = said("我欠花呗", "一万二", "逾期三个月")
    story, count = joined(updates, never)
    assert (story.update_id, story.received_on, count) == (0, NOON, 3)
    assert text_of(story) == "我欠花呗\n一万二\n逾期三个月"
    assert json.loads(story.payload)["message"]["message_id"] == 2


def test_a_few_words_belong_to_the_question_that_follows_them() -> None:
    story, count = joined(said("我欠花呗", "一万二", "怎么办", "还有借呗"), never)
    assert (text_of(story), count) == ("我欠花呗\n一万二\n怎么办", 3)


def test_what_stands_for_itself_is_not_joined_with_what_comes_after_it() -> None:
    updates = said("会坐牢吗？", "半夜打电话合法吗？")
    assert joined(updates, never) == (updates[0], 1)


def test_no_more_than_a_handful_is_joined() -> None:
    story, count = joined(said(*["喂"] * 20), never)
    assert count == TOGETHER_AT_MOST
    assert text_of(story) == "\n".join(["喂"] * TOGETHER_AT_MOST)


def test_the_places_of_words_in_the_last_message_are_dropped() -> None:
    first, last = said("我的号码", "13800000000是")
    payload = json.loads(last.payload)
    payload["message"]["entities"] = [{"type": "phone_number", "offset": 0, "length": 11}]
    marked = update(1, payload, 1)
    story, _ = joined([first, marked], never)
    assert "entities" not in json.loads(story.payload)["message"]
    assert joined([marked], never) == (marked, 1)


def test_words_of_danger_wait_for_nothing() -> None:
    assert seconds_to_wait(said("我不想活了"), NOON, never) == 1.5
    assert seconds_to_wait(said("我不想活了"), NOON, is_danger) == 0
    assert seconds_to_wait(said("喂", "我不想活了"), NOON, is_danger) == 0


def test_words_of_danger_end_the_story() -> None:
    story, count = joined(said("喂", "我不想活了", "算了"), is_danger)
    assert (text_of(story), count) == ("喂\n我不想活了", 2)


def test_a_picture_waits_for_the_next_one() -> None:
    assert seconds_to_wait([photo(1)], NOON, never) == 1.5
    assert seconds_to_wait([photo(1), photo(2, 1)], NOON + timedelta(seconds=1), never) == 1.5
    image = sent(1, document={"mime_type": "image/png"})
    assert seconds_to_wait([image], NOON, never) == 1.5
    assert seconds_to_wait([photo(1), TAP], NOON, never) == 0
    assert seconds_to_wait([photo(1), *said("喂")], NOON, never) == 0


def test_pictures_in_a_row_are_one_paper_with_all_their_captions() -> None:
    updates = [photo(1), photo(2, caption="第二页"), photo(3), *said("喂")]
    paper, count = joined(updates, never)
    assert (paper.update_id, count) == (1, 3)
    album = message_of(paper)["album"]
    assert album == [message_of(updates[1]), message_of(updates[2])]
    assert joined(updates[:1], never) == (updates[0], 1)


def test_a_picture_with_words_of_danger_is_answered_at_once_and_alone() -> None:
    updates = [photo(1), photo(2, caption="我不想活了"), photo(3)]
    assert seconds_to_wait(updates, NOON, is_danger) == 0
    assert joined(updates, is_danger) == (updates[0], 1)
    assert joined(updates[1:], is_danger) == (updates[1], 1)


def test_words_sent_along_with_a_forwarded_message_stand_beside_it() -> None:
    comment = sent(1, text="这是真的吗")
    forwarded = sent(2, 0.5, text="【某法院】您有传票", forward_origin=FORWARD)
    paper, count = joined([comment, forwarded, *said("后来")], never)
    assert (paper.update_id, count) == (1, 2)
    assert message_of(paper) == {**message_of(forwarded), "beside": "这是真的吗"}


def test_words_sent_along_with_pictures_stand_beside_all_of_them() -> None:
    paper, count = joined([*said("喂", "帮我看看"), photo(3, 2), photo(4, 2)], never)
    message = message_of(paper)
    assert (paper.update_id, count, message["beside"]) == (0, 4, "喂\n帮我看看")
    assert message["album"] == [message_of(photo(4))]


def test_words_long_before_a_picture_or_of_danger_are_answered_by_themselves() -> None:
    words = said("帮我看看")
    assert joined([*words, photo(2, 5)], never) == (words[0], 1)
    danger = said("我不想活了")
    assert joined([*danger, photo(2)], is_danger) == (danger[0], 1)


def test_what_is_forwarded_is_no_part_of_a_story() -> None:
    forwarded = sent(1, text="还钱", forward_origin=FORWARD)
    assert seconds_to_wait([forwarded], NOON, never) == 0
    assert joined([forwarded, *said("喂")], never) == (forwarded, 1)


def edit(number: int, text: str) -> StoredUpdate:
    """A change of the message of this number."""
    changed = {"message_id": number, "chat": {"type": "private"}, "text": text}
    return update(90 + number, {"edited_message": changed}, number)


def test_what_was_changed_before_it_was_answered_is_answered_once_as_it_is_now() -> None:
    first, second = said("我欠招行三万块钱现在怎么办啊", "后来呢")
    stored, count = joined([first, edit(0, "我欠招行四万块钱现在怎么办啊"), second], never)
    assert (text_of(stored), count) == ("我欠招行四万块钱现在怎么办啊", 2)
    assert joined([first, edit(7, "别的一句话"), second], never) == (first, 1)
    few, more = said("在吗", "我欠花呗")
    stored, count = joined([few, edit(0, "在"), more], never)
    assert (text_of(stored), count) == ("在\n我欠花呗", 3)


def test_danger_that_was_taken_back_before_it_was_answered_is_still_seen() -> None:
    (first,) = said("我不想活了")
    assert joined([first, edit(0, "没事了")], is_danger) == (first, 1)


def test_where_the_clock_was_set_back_nobody_waits_longer_than_the_pause() -> None:
    waiting = said("喂")
    assert seconds_to_wait(waiting, NOON - timedelta(days=1), never) == 1.5
    assert seconds_to_wait(waiting, NOON + timedelta(days=1), never) == 0
