"""Groups: only when addressed, briefly, with a way to a private talk."""

from typing import Any

import pytest

from tests.bot_api_server import BotApiServer
from tests.bot_api_server.people import BOT, chat, person
from tests.channels.telegram.talk import FakeTalk

pytestmark = pytest.mark.usefixtures("polling")

GROUP, MEMBER, PERSON = -100, 5, 8
NAME = "zhiquan_test_bot"


@pytest.mark.parametrize(
    "said",
    [
        f"@{NAME} 半夜打电话",
        f"半夜打电话 @{NAME.upper()}",
        f"/ask@{NAME} 半夜打电话",
        f"@{NAME} /半夜打电话",
    ],
)
async def test_a_group_is_answered_when_it_addresses_the_bot(
    said: str, server: BotApiServer, talk: FakeTalk
) -> None:
    update = await server.member_says(GROUP, MEMBER, said)

    assert await server.wait_for_messages(1) == ["回答\n\n半夜打电话"]
    message = server.messages[0]
    url = f"https://t.me/{NAME}?start=call_hours"
    assert message.rows == [[{"text": "私聊继续", "url": url}]]
    assert (
        f'"message_id": {update["message"]["message_id"]}'
        in message.parameters["reply_parameters"]
    )
    assert talk.heard[0].sender_id == "-100.5"


async def test_a_reply_to_the_bot_addresses_it(server: BotApiServer) -> None:
    ours = {"message_id": 1, "date": 1, "chat": chat(GROUP), "from": BOT, "text": "…"}
    await server.member_says(GROUP, MEMBER, "那网贷呢", reply_to_message=ours)

    assert await server.wait_for_messages(1) == ["回答\n\n那网贷呢"]


@pytest.mark.parametrize("said", [f"@{NAME}", f"/help@{NAME}", f"/start@{NAME}"])
async def test_an_empty_call_gets_the_invitation(said: str, server: BotApiServer) -> None:
    await server.member_says(GROUP, MEMBER, said)

    assert await server.wait_for_messages(1) == ["[group_invite]"]
    url = f"https://t.me/{NAME}?start=start"
    assert server.messages[0].rows == [[{"text": "私聊继续", "url": url}]]


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("半夜打电话", {}),
        ("/help", {}),
        ("/help@other_bot", {}),
        (f"@{NAME}2 半夜", {}),
        ("@other_bot 半夜", {}),
        (f"@{NAME} 半夜", {"from": {**person(3), "is_bot": True}}),
        ("好", {"reply_to_message": {
            "message_id": 1, "date": 1, "chat": chat(GROUP), "from": person(6), "text": "…"}}),
    ],
)  # fmt: skip
async def test_talk_among_members_is_none_of_our_business(
    said: str, fields: dict[str, Any], server: BotApiServer, talk: FakeTalk
) -> None:
    await server.member_says(GROUP, MEMBER, said, **fields)
    await server.person_says(PERSON, "后来")

    await server.wait_for_messages(1)
    await server.wait_until_confirmed()
    assert server.texts() == ["回答\n\n后来"]
    assert talk.texts() == ["后来"]


async def test_a_picture_in_a_group_is_not_answered(server: BotApiServer) -> None:
    picture = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    await server.deliver(
        server.updates.number(message=server.updates.message(GROUP, MEMBER, photo=picture))
    )
    await server.person_says(PERSON, "后来")

    await server.wait_for_messages(1)
    assert server.texts() == ["回答\n\n后来"]


async def test_a_fault_in_a_group_ends_in_an_apology_without_buttons(server: BotApiServer) -> None:
    await server.member_says(GROUP, MEMBER, f"@{NAME} 出错")

    assert await server.wait_for_messages(1) == ["[apology]"]
    assert server.messages[0].rows == []


async def test_a_group_that_takes_us_in_is_told_how_to_ask(server: BotApiServer) -> None:
    server.known_chats.add(GROUP)
    member = {"status": "member", "user": BOT}
    change = {
        "chat": chat(GROUP),
        "from": person(MEMBER),
        "date": 1,
        "old_chat_member": {"status": "left", "user": BOT},
        "new_chat_member": member,
    }
    await server.deliver(server.updates.number(my_chat_member=change))
    await server.deliver(
        server.updates.number(my_chat_member={**change, "old_chat_member": member})
    )
    await server.person_says(PERSON, "后来")

    await server.wait_for_messages(2)
    assert sorted(server.texts()) == ["[group_invite]", "回答\n\n后来"]


async def test_a_topic_thread_is_answered_in_the_thread(server: BotApiServer) -> None:
    await server.member_says(
        GROUP, MEMBER, f"@{NAME} 半夜", message_thread_id=77, is_topic_message=True
    )
    await server.wait_for_messages(1)

    assert server.messages[0].parameters["message_thread_id"] == "77"


async def test_an_old_button_in_a_group_is_answered_in_a_box(
    server: BotApiServer, talk: FakeTalk
) -> None:
    await server.member_says(GROUP, MEMBER, f"@{NAME} 半夜")
    await server.wait_for_messages(1)
    query_id = await server.person_taps_data(server.messages[0], "m:")
    await server.wait_until(lambda: query_id in server.tap_answers)

    assert server.tap_answers[query_id]["text"] == "[stale_button]"
    assert talk.texts() == ["半夜"]
