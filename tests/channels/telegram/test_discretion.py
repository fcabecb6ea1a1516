"""On a shared phone: silent, protected, and known by number so that it can be deleted."""

import pytest

from bot.errors import StorageError
from tests.bot_api_server import BotApiServer
from tests.channels.telegram.talk import BotUnderTest, FakeTalk

PERSON = 8
GROUP = -100


@pytest.fixture(autouse=True)
def discreet(talk: FakeTalk) -> None:
    talk.discreet |= {str(PERSON), str(GROUP)}


@pytest.mark.usefixtures("polling")
async def test_messages_are_silent_protected_and_noted(
    server: BotApiServer, talk: FakeTalk
) -> None:
    await server.person_says(PERSON, "很长")
    await _until_noted(server)

    for message in server.messages:
        assert message.parameters["protect_content"] == "true"
        assert message.parameters["disable_notification"] == "true"
    numbers = [message.message_id for message in server.messages]
    assert talk.sent[:4] == [(str(PERSON), number) for number in numbers[:4]]


@pytest.mark.usefixtures("polling")
async def test_a_document_is_silent_and_noted_but_can_be_saved(
    server: BotApiServer, talk: FakeTalk
) -> None:
    await server.person_says(PERSON, "只要文件")
    await _until_noted(server)

    message = server.messages[0]
    assert message.parameters["disable_notification"] == "true"
    assert "protect_content" not in message.parameters
    assert talk.sent[0] == (str(PERSON), message.message_id)


@pytest.mark.usefixtures("polling")
async def test_others_and_groups_are_not_affected(server: BotApiServer, talk: FakeTalk) -> None:
    await server.person_says(9, "你好")
    await server.member_says(GROUP, 5, "@zhiquan_test_bot 你好")
    await server.wait_for_messages(2)

    for message in server.messages:
        assert not {"protect_content", "disable_notification"} & set(message.parameters)
    assert talk.sent == []


@pytest.mark.usefixtures("polling")
async def test_an_edit_is_no_new_message(server: BotApiServer, talk: FakeTalk) -> None:
    await server.person_says(PERSON, "/menu")
    await server.wait_for_messages(1)
    await server.person_taps("时间")
    await server.wait_until(lambda: server.texts() == ["时间"])

    assert talk.sent == [(str(PERSON), server.messages[0].message_id)]


async def test_a_failing_database_makes_it_silent_and_repeats_nothing(
    server: BotApiServer,
) -> None:
    class ForgetfulTalk(FakeTalk):
        async def _is_discreet(self, sender_id: str) -> bool:
            raise StorageError(sender_id)

        async def _note_sent(self, sender_id: str, message_id: int) -> None:
            raise StorageError(f"{sender_id} {message_id}")

    bot = BotUnderTest(server, talk=ForgetfulTalk())
    async with bot.running():
        await server.person_says(9, "我不想活了")
        await server.wait_for_messages(1)
        await server.person_says(9, "后来")
        await server.wait_for_messages(2)

    assert server.texts() == ["回答\n\n我不想活了", "回答\n\n后来"]
    assert server.messages[0].parameters["disable_notification"] == "true"


async def _until_noted(server: BotApiServer) -> None:
    """A later message is sent only when the former is noted."""
    await server.wait_for_messages(1)
    await server.person_says(PERSON, "后来")
    await server.wait_until(lambda: server.texts()[-1] == "回答\n\n后来")
