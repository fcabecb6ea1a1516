"""One chat cannot send without end; it is told so once, and danger is always heard."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.concepts.stored import StoredUpdate
from bot.limits import GROUP, PERSON, TOO_MANY, Limits

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DANGER = "不想活了"
MANY = 200


@pytest.fixture
def limits() -> Limits:
    return Limits(lambda words: words == DANGER)


def update(number: int, chat: str = "1", text: str = "喂", **other: object) -> StoredUpdate:
    kind = "group" if chat.startswith("-") else "private"
    message = {"chat": {"id": int(chat), "type": kind}, "text": text}
    payload = {"update_id": number, **(other or {"message": message})}
    return StoredUpdate(update_id=number, chat=chat, payload=json.dumps(payload), received_on=NOON)


def many(first: int = 0, **how: str) -> list[StoredUpdate]:
    return [update(number, **how) for number in range(first, first + MANY)]


def notes(admitted: list[StoredUpdate]) -> list[dict[str, object]]:
    found = [json.loads(each.payload) for each in admitted]
    return [each for each in found if TOO_MANY in each]


def test_what_one_person_sends_at_once_is_kept_up_to_the_limit(limits: Limits) -> None:
    admitted = limits.admit(many(), NOON)
    assert [each.update_id for each in admitted] == list(range(PERSON.at_once + 1))
    assert admitted[:-1] == many()[: PERSON.at_once]


def test_what_is_beyond_is_told_once_in_its_place_and_without_words(limits: Limits) -> None:
    admitted = limits.admit([*many(), *many(MANY)], NOON)
    assert notes(admitted) == [{"update_id": PERSON.at_once, TOO_MANY: 1}]
    assert admitted[-1].chat == "1"


def test_others_are_not_touched(limits: Limits) -> None:
    limits.admit(many(), NOON)
    others = [update(1000 + number, chat=str(number)) for number in range(2, 100)]
    assert limits.admit(others, NOON) == others


def test_with_time_more_may_be_sent(limits: Limits) -> None:
    limits.admit(many(), NOON)
    later = NOON + timedelta(seconds=10 * PERSON.seconds)
    assert len(limits.admit(many(MANY), later)) == 10


def test_after_a_rest_it_is_told_anew(limits: Limits) -> None:
    limits.admit(many(), NOON)
    soon = NOON + timedelta(seconds=PERSON.seconds)
    assert notes(limits.admit(many(MANY), soon)) == []
    rested = soon + timedelta(seconds=PERSON.seconds * PERSON.at_once)
    assert len(notes(limits.admit(many(2 * MANY), rested))) == 1


def test_a_clock_that_goes_back_takes_nothing_away(limits: Limits) -> None:
    limits.admit([update(1)], NOON)
    earlier = NOON - timedelta(hours=1)
    assert limits.admit([update(2)], earlier) == [update(2)]


def test_words_of_danger_are_always_kept(limits: Limits) -> None:
    limits.admit(many(), NOON)
    danger = update(MANY, text=DANGER)
    assert limits.admit([danger], NOON) == [danger]


def test_who_leaves_or_blocks_is_always_heard(limits: Limits) -> None:
    limits.admit(many(), NOON)
    gone = update(MANY, my_chat_member={"chat": {"id": 1, "type": "private"}})
    assert limits.admit([gone], NOON) == [gone]


def test_a_group_has_less_and_is_told_nothing(limits: Limits) -> None:
    admitted = limits.admit(many(chat="-5"), NOON)
    assert len(admitted) == GROUP.at_once
    assert notes(admitted) == []


def test_who_types_after_our_name_in_another_chat_is_told_nothing(limits: Limits) -> None:
    typed = [update(number, inline_query={"query": "半"}) for number in range(MANY)]
    admitted = limits.admit(typed, NOON)
    assert len(admitted) == PERSON.at_once
    assert notes(admitted) == []


def test_who_taps_too_much_is_told(limits: Limits) -> None:
    tap = {"message": {"chat": {"id": 1, "type": "private"}}, "data": "m:"}
    taps = [update(number, callback_query=tap) for number in range(MANY)]
    assert len(notes(limits.admit(taps, NOON))) == 1


def test_what_could_not_be_stored_does_not_count(limits: Limits) -> None:
    for _ in range(5):
        admitted = limits.admit(many(), NOON)
        assert len(admitted) == PERSON.at_once + 1
        limits.give_back(admitted)


def test_of_very_many_chats_the_quiet_are_forgotten(limits: Limits) -> None:
    limits.admit(many(), NOON)
    later = NOON + timedelta(seconds=1)
    for number in range(2, 10_002):
        limits.admit([update(number, chat=str(number))], later)
    # The one that is beyond its limit is still known.
    assert limits.admit(many(20_000), later) == []
