"""A person's own data: all of it in one file, all of it gone, and a phone that others see."""

import json

from bot.concepts.conversation import Conversation
from bot.concepts.message import ReceivedFile
from bot.concepts.missed import Missed, MissKind
from tests.answering.tasks.desk import Desk, Office, buttons, choices, leads_somewhere, words

CALL = {
    "channel": "phone", "day": "2026-11-22", "time": "23:30", "reached": "self",
    "caller": "某委外", "said": "CANARY 骂我不要脸", "evidence": "录音",
}  # fmt: skip
FILE = ReceivedFile(
    kind="photo", reference="AgAC", size=7, media_type="image/jpeg", digest="cd" * 32
)


async def fill(desk: Desk) -> None:
    """Keep something of every kind."""
    await desk.finish("log_contact", **CALL)
    await desk.attach(FILE)
    await desk.ask("police_statement", "facts", {"office": "CANARY 派出所"})
    await desk.records.conversations.keep(desk.sender, desk.talk, desk.now)
    await desk.tap_deed("remind_appeal_20261120")
    await desk.tap_deed("discreet_on")
    await desk.records.sent.add(desk.sender, [11, 12], desk.now)
    await desk.records.waiting.add(desk.sender, "42", "CANARY 半夜打电话", desk.now)
    await desk.records.missed.add(
        Missed(
            sender=desk.sender,
            kind=MissKind.NOT_UNDERSTOOD,
            text="CANARY 那个咋整",
            guesses=(),
            on=desk.now.date(),
        )
    )


async def test_the_export_has_everything_in_words_that_can_be_read(desk: Desk) -> None:
    await fill(desk)
    reply = await desk.effect("export_my_data")
    (document,) = reply.documents
    assert document.name == "my-data-2026-11-23.json"
    told = json.loads(document.content)
    assert set(told) >= {
        "contact_record", "attachment", "conversation", "reminder", "preference", "sent_message",
        "missed",
    }  # fmt: skip
    assert all(told[table] for table in told if table != "update")
    text = document.content.decode()
    for canary in ("CANARY 那个咋整", "CANARY 骂我不要脸", "CANARY 派出所", "cd" * 32, "23:30"):
        assert canary in text


async def test_the_export_has_nothing_of_others(desk: Desk, office: Office) -> None:
    await fill(desk)
    other = Desk(office)
    (document,) = (await other.effect("export_my_data")).documents
    assert b"CANARY" not in document.content


async def test_erasing_is_asked_first_with_an_export_beside_it(desk: Desk, office: Office) -> None:
    await fill(desk)
    before = await desk.everything()
    reply = await desk.effect("delete_my_data")
    assert choices(reply)[:2] == ["d:erase", "t:export_my_data"]
    assert await desk.everything() == before
    assert all(leads_somewhere(each.choice, office) for each in buttons(reply))


async def test_who_has_second_thoughts_keeps_everything(desk: Desk, office: Office) -> None:
    await fill(desk)
    before = await desk.everything()
    assert "d:keep_data" in choices(await desk.effect("delete_my_data"))
    reply = await desk.tap_deed("keep_data")
    assert reply == office.pages.utterance("data_kept")
    assert await desk.everything() == before


async def test_on_a_shared_phone_it_is_said_that_files_in_the_chat_go_too(desk: Desk) -> None:
    assert "先存到手机里" not in words(await desk.effect("delete_my_data"))
    await fill(desk)
    assert "先存到手机里" in words(await desk.effect("delete_my_data"))


async def test_erasing_leaves_nothing_anywhere(desk: Desk, office: Office) -> None:
    await fill(desk)
    bystander = Desk(office)
    await fill(bystander)
    kept = await bystander.everything()
    reply = await desk.tap_deed("erase")
    assert reply == office.pages.utterance("erased")
    assert not any((await desk.everything()).values())
    assert desk.talk == Conversation()
    assert office.chat.deleted[-1] == (desk.address, (11, 12))
    assert await bystander.everything() == kept


async def test_a_shared_phone_is_remembered_until_it_is_not_one(
    desk: Desk, office: Office
) -> None:
    on = await desk.tap_deed("discreet_on")
    assert choices(on)[:2] == ["d:delete_messages", "d:discreet_off"]
    assert "仍然看得见的" in words(on)
    assert (await desk.records.preferences.of(desk.sender)).is_discreet
    assert await desk.tap_deed("discreet_off") == office.pages.utterance("discreet_off")
    assert not (await desk.records.preferences.of(desk.sender)).is_discreet


async def test_our_messages_of_two_days_are_deleted_on_demand(desk: Desk, office: Office) -> None:
    await desk.records.sent.add(desk.sender, [1], desk.now)
    desk.wait(hours=49)
    await desk.records.sent.add(desk.sender, [2, 3], desk.now)
    said = words(await desk.tap_deed("delete_messages"))
    assert "删掉了我发的 2 条消息" in said
    assert office.chat.deleted[-1] == (desk.address, (2, 3))
    assert "0 条" in words(await desk.tap_deed("delete_messages"))
