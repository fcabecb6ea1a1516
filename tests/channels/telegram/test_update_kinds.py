"""Everything that people and Telegram send besides plain text."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.bot_api_server import BotApiServer
from tests.bot_api_server.people import BOT, chat, person
from tests.channels.telegram.talk import BotUnderTest, FakeTalk

PERSON = 8
FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 1}
STICKER = {
    **FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False,
}  # fmt: skip
ANIMATION = {**FILE, "width": 1, "height": 1, "duration": 1}
LOCATION = {"latitude": 31.2, "longitude": 121.5}
POLL = {
    "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
    "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
    "allows_revoting": False, "members_only": False,
}  # fmt: skip
FORWARD = {"type": "hidden_user", "sender_user_name": "某人", "date": 1}

WORDLESS = [
    ({"sticker": STICKER}, "sticker"),
    ({"animation": ANIMATION, "document": FILE}, "sticker"),
    ({"voice": {**FILE, "duration": 1}}, "not_read_sound"),
    ({"audio": {**FILE, "duration": 1}}, "not_read_sound"),
    ({"video_note": {**FILE, "duration": 1, "length": 1}}, "not_read_video"),
    ({"video": {**FILE, "duration": 1, "width": 1, "height": 1}}, "not_read_video"),
    ({"document": {**FILE, "mime_type": "video/mp4"}}, "not_read_video"),
    ({"document": {**FILE, "mime_type": "audio/amr"}}, "not_read_sound"),
    ({"contact": {"phone_number": "1", "first_name": "张"}}, "contact"),
    ({"location": LOCATION}, "location"),
    ({"venue": {"location": LOCATION, "title": "t", "address": "a"}, "location": LOCATION},
     "location"),
    ({"poll": POLL}, "other_kind"),
    ({"dice": {"emoji": "🎲", "value": 1}}, "other_kind"),
    ({"story": {"id": 1, "chat": chat(PERSON)}}, "other_kind"),
    ({"something_of_next_year": {"a": 1}}, "other_kind"),
]  # fmt: skip

SPOKEN = [
    {"text": "转发的话", "forward_origin": FORWARD},
    {"caption": "转发的话", "voice": {**FILE, "duration": 1}},
    {"caption": "转发的话", "document": {**FILE, "mime_type": "video/mp4"}},
]

SILENT: list[dict[str, Any]] = [
    {"message": {"new_chat_title": "新名"}},
    {"message": {"pinned_message": {"message_id": 1, "date": 1, "chat": chat(PERSON)}}},
    {"message": {"text": "卡片", "via_bot": BOT}},
    {"edited_message": {"location": LOCATION, "edit_date": 2_000_000_000}},
    {"channel_post": {"text": "频道"}},
    {"poll": POLL},
]


@pytest.mark.usefixtures("polling")
@pytest.mark.parametrize(("fields", "utterance"), WORDLESS, ids=[str(x[1]) for x in WORDLESS])
async def test_what_has_no_words_gets_a_polite_reply_with_something_to_do(
    fields: Mapping[str, Any], utterance: str, server: BotApiServer, talk: FakeTalk
) -> None:
    await server.person_sends(PERSON, **fields)

    assert await server.wait_for_messages(1) == [f"[{utterance}]"]
    assert server.messages[0].labels == ["全部主题"]
    assert talk.heard == []


@pytest.mark.usefixtures("polling")
@pytest.mark.parametrize("fields", SPOKEN)
async def test_forwards_and_captions_are_answered_as_text(
    fields: Mapping[str, Any], server: BotApiServer
) -> None:
    await server.person_sends(PERSON, **fields)

    assert await server.wait_for_messages(1) == ["回答\n\n转发的话"]


@pytest.mark.usefixtures("polling")
@pytest.mark.parametrize(
    "content", SILENT, ids=lambda content: "-".join(next(iter(content.items()))[1])
)
async def test_what_nobody_said_to_us_is_not_answered(
    content: dict[str, Any], server: BotApiServer, talk: FakeTalk
) -> None:
    kind, fields = next(iter(content.items()))
    if kind != "poll":
        fields = server.updates.message(PERSON, **fields)
    server.allowed_updates = []
    await server.deliver(server.updates.number(**{kind: fields}))
    await server.person_says(PERSON, "后来")

    await server.wait_for_messages(1)
    await server.wait_until_confirmed()
    assert server.texts() == ["回答\n\n后来"]
    assert talk.texts() == ["后来"]


@pytest.mark.usefixtures("polling")
async def test_an_edit_within_five_minutes_is_answered_anew(server: BotApiServer) -> None:
    await _edit(server, "改好了", after=timedelta(minutes=5))

    assert await server.wait_for_messages(1) == ["回答\n\n改好了"]


@pytest.mark.usefixtures("polling")
async def test_an_edit_of_what_was_said_last_takes_its_place(
    server: BotApiServer, talk: FakeTalk
) -> None:
    said = (await server.person_says(PERSON, "欠三万"))["message"]
    await server.wait_for_messages(1)
    await server.deliver(server.updates.number(edited_message={**said, "text": "欠四万"}))

    assert await server.wait_for_messages(2) == ["回答\n\n欠三万", "回答\n\n欠四万"]
    assert [heard.is_edit for heard in talk.heard] == [False, True]


@pytest.mark.usefixtures("polling")
async def test_an_edit_of_something_before_the_last_is_answered_by_advice(
    server: BotApiServer, talk: FakeTalk
) -> None:
    first = (await server.person_says(PERSON, "欠三万"))["message"]
    await server.person_says(PERSON, "后来")
    await server.wait_for_messages(2)
    await server.deliver(server.updates.number(edited_message={**first, "text": "欠四万"}))
    await server.wait_for_messages(3)
    second = (await server.person_says(PERSON, "/menu"))["message"]
    await server.wait_for_messages(4)
    await server.person_taps("时间")
    await server.wait_until(lambda: "时间" in server.texts())
    await server.deliver(server.updates.number(edited_message={**second, "text": "欠五万"}))

    await server.wait_for_messages(5)
    assert server.texts().count("[edited]") == 2
    assert [text for text in talk.texts() if text] == ["欠三万", "后来"]


@pytest.mark.usefixtures("polling")
async def test_an_edit_that_changes_no_word_is_not_answered(
    server: BotApiServer, talk: FakeTalk
) -> None:
    said = (await server.person_says(PERSON, "看 example.org"))["message"]
    await server.wait_for_messages(1)
    await server.deliver(
        server.updates.number(edited_message={**said, "edit_date": 2_000_000_000})
    )
    await server.person_says(PERSON, "后来")

    await server.wait_for_messages(2)
    assert talk.texts() == ["看 example.org", "后来"]


@pytest.mark.usefixtures("polling")
async def test_a_later_edit_is_answered_once_by_advice(
    server: BotApiServer, talk: FakeTalk
) -> None:
    message = await _edit(server, "改了", after=timedelta(minutes=6))
    await server.deliver(server.updates.number(edited_message={**message, "text": "又改了"}))
    await server.person_says(PERSON, "后来")

    await server.wait_for_messages(2)
    assert sorted(server.texts()) == ["[edited]", "回答\n\n后来"]
    assert talk.texts() == ["后来"]


@pytest.mark.usefixtures("polling")
async def test_a_person_who_blocks_us_is_noted_by_number_only(
    server: BotApiServer, talk: FakeTalk, log: list[Mapping[str, object]]
) -> None:
    update = await server.deliver(_membership(server, PERSON, "member", "kicked"))
    await server.wait_until_confirmed()
    await server.person_says(PERSON, "后来")
    await server.wait_for_messages(1)

    assert {"event": "chat_is_closed", "update": update["update_id"], "log_level": "info"} in log
    assert server.texts() == ["回答\n\n后来"]
    assert talk.forgotten == [str(PERSON)]


@pytest.mark.usefixtures("polling")
async def test_a_group_that_sends_us_away_is_no_person_to_forget(
    server: BotApiServer, talk: FakeTalk
) -> None:
    await server.deliver(_membership(server, -100, "member", "kicked"))
    await server.person_says(PERSON, "后来")
    await server.wait_for_messages(1)
    await server.wait_until_confirmed()

    assert talk.forgotten == []


@pytest.mark.usefixtures("polling")
async def test_a_reply_to_someone_who_has_blocked_us_is_dropped(
    server: BotApiServer, log: list[Mapping[str, object]]
) -> None:
    server.block(PERSON)
    update = await server.person_says(PERSON, "你好")
    await server.wait_for_call("sendMessage")
    await server.person_says(9, "后来")

    assert await server.wait_for_messages(1) == ["回答\n\n后来"]
    assert len(server.calls_of("sendMessage")) == 2
    assert {"event": "chat_is_closed", "update": update["update_id"], "log_level": "info"} in log


async def test_a_malformed_update_between_good_ones_blocks_nothing(
    bot: BotUnderTest, server: BotApiServer, log: list[Mapping[str, object]]
) -> None:
    await server.person_says(PERSON, "之前")
    broken = await server.deliver(server.updates.number(message={"message_id": "?", "from": 3}))
    await server.deliver(server.updates.number(callback_query="不是对象"))
    await server.deliver(server.updates.number(edited_message=[]))
    await server.person_says(PERSON, "之后")
    async with bot.running():
        await server.wait_for_messages(2)
        await server.wait_until_confirmed()

    assert sorted(server.texts()) == ["回答\n\n之前", "回答\n\n之后"]
    noted = [line["update"] for line in log if line["event"] == "update_not_understood"]
    assert broken["update_id"] in noted


@pytest.mark.usefixtures("polling")
async def test_a_message_that_the_library_cannot_read_still_gets_a_reply(
    server: BotApiServer,
) -> None:
    await server.person_sends(PERSON, poll={"of": "next year"})

    assert await server.wait_for_messages(1) == ["[other_kind]"]


@pytest.mark.parametrize("hours", [-25, 25])
async def test_where_our_clock_is_wrong_by_a_day_people_are_answered(
    hours: int, bot: BotUnderTest, server: BotApiServer
) -> None:
    server.clock = lambda: datetime.now(UTC) - timedelta(hours=hours)
    async with bot.running():
        await server.person_says(PERSON, "你好")
        await server.person_says(PERSON, "昨天问的", age=timedelta(hours=25))
        await server.wait_for_messages(2)
    assert sorted(server.texts()) == ["[expired]", "回答\n\n你好"]


@pytest.mark.parametrize("hours", [-25, 25])
async def test_what_came_while_our_clock_was_wrong_is_answered(
    hours: int, bot: BotUnderTest, server: BotApiServer
) -> None:
    bot.clock = lambda: datetime.now(UTC) + timedelta(hours=hours)
    async with bot.running():
        await server.person_says(PERSON, "你好")
        assert await server.wait_for_messages(1) == ["回答\n\n你好"]


async def test_without_a_list_of_tasks_a_deep_link_opens_topics_alone(
    bot: BotUnderTest, server: BotApiServer, talk: FakeTalk
) -> None:
    talk.knows_tasks = False
    async with bot.running():
        await server.person_says(PERSON, "/start write_letter")
        await server.person_says(PERSON, "/start call_hours")
        await server.wait_for_messages(2)

    assert sorted(server.texts()) == ["ANSWER call_hours", "[start]"]


def _membership(server: BotApiServer, chat_id: int, old: str, new: str) -> dict[str, Any]:
    return server.updates.number(
        my_chat_member={
            "chat": chat(chat_id),
            "from": person(PERSON),
            "date": 1,
            "old_chat_member": _member(old),
            "new_chat_member": _member(new),
        }
    )


def _member(status: str) -> dict[str, Any]:
    return {"status": status, "user": BOT, "until_date": 0}


async def _edit(server: BotApiServer, text: str, *, after: timedelta) -> dict[str, Any]:
    message = server.updates.message(PERSON, text=text, age=timedelta(hours=1))
    message["edit_date"] = message["date"] + int(after.total_seconds())
    await server.deliver(server.updates.number(edited_message=message))
    return message
