"""Out of turn: reminders go out once, to those who are there; old messages can be deleted."""

import pytest

from bot.channels.telegram.outlet import DELETE_PAUSES, SEND_PAUSES
from bot.concepts.reply import Reply, paragraph
from bot.errors import ChannelError
from tests.bot_api_server import BotApiServer, SentMessage
from tests.channels.telegram.talk import LETTERS, BotUnderTest, FakeTalk

PERSON = 8
REMINDER = Reply(blocks=(paragraph("明天有一件事。"),))
pytestmark = pytest.mark.usefixtures("polling")


@pytest.fixture(autouse=True)
def known(server: BotApiServer) -> None:
    """The person has written once."""
    server.known_chats.add(PERSON)


async def test_a_reminder_comes_though_nobody_wrote(
    bot: BotUnderTest, server: BotApiServer
) -> None:
    assert await bot.outlet.send(str(PERSON), REMINDER) is True
    assert server.texts(PERSON) == ["明天有一件事。"]


@pytest.mark.parametrize("address", ["9", "-100.5", "", "nobody"])
async def test_an_unknown_chat_is_gone(
    address: str, bot: BotUnderTest, server: BotApiServer
) -> None:
    assert await bot.outlet.send(address, REMINDER) is False
    assert server.messages == []


async def test_a_chat_that_blocked_us_is_gone(bot: BotUnderTest, server: BotApiServer) -> None:
    server.block(PERSON)

    assert await bot.outlet.send(str(PERSON), REMINDER) is False


async def test_a_short_line_fault_is_borne(bot: BotUnderTest, server: BotApiServer) -> None:
    server.fail("sendMessage", times=2)
    server.flood("sendMessage", retry_after=5)

    assert await bot.outlet.send(str(PERSON), REMINDER) is True
    assert server.texts() == ["明天有一件事。"]
    assert bot.pause.seconds == [0.5, 1.0, 5.0]


async def test_what_could_not_be_sent_goes_on_later_where_it_stopped(
    bot: BotUnderTest, server: BotApiServer
) -> None:
    reply = Reply(blocks=REMINDER.blocks, documents=LETTERS)
    server.fail("sendDocument", times=len(SEND_PAUSES) + 1)
    with pytest.raises(ChannelError):
        await bot.outlet.send(str(PERSON), reply)
    assert await bot.outlet.send(str(PERSON), reply) is True
    assert server.texts() == ["明天有一件事。", "", ""]

    assert await bot.outlet.send(str(PERSON), reply) is True
    assert server.texts() == ["明天有一件事。", "", ""] * 2


async def test_another_reply_after_a_failure_is_sent_whole(
    bot: BotUnderTest, server: BotApiServer
) -> None:
    server.fail("sendMessage", times=len(SEND_PAUSES) + 1)
    with pytest.raises(ChannelError):
        await bot.outlet.send(str(PERSON), REMINDER)

    assert await bot.outlet.send(str(PERSON), Reply(blocks=(paragraph("今天"),))) is True
    assert server.texts() == ["今天"]


async def test_a_message_that_telegram_refuses_does_not_count_as_sent(
    bot: BotUnderTest, server: BotApiServer
) -> None:
    server.fail("sendMessage", status=400, times=2)
    with pytest.raises(ChannelError, match="refused"):
        await bot.outlet.send(str(PERSON), REMINDER)


async def test_a_reminder_to_a_discreet_person_is_silent_and_noted(
    bot: BotUnderTest, server: BotApiServer, talk: FakeTalk
) -> None:
    talk.discreet.add(str(PERSON))
    await bot.outlet.send(str(PERSON), REMINDER)

    (message,) = server.messages
    assert message.parameters["disable_notification"] == "true"
    assert talk.sent == [(str(PERSON), message.message_id)]


async def test_messages_are_deleted_a_hundred_at_a_time(
    bot: BotUnderTest, server: BotApiServer
) -> None:
    ours = _sent(server, 205)

    assert await bot.outlet.delete(str(PERSON), [*ours, *ours[:3]]) == 205
    assert server.messages == []
    assert len(server.calls_of("deleteMessages")) == 3


async def test_a_message_older_than_48_hours_keeps_no_other_alive(
    bot: BotUnderTest, server: BotApiServer
) -> None:
    ours = _sent(server, 11)
    server.messages[4].is_too_old = True

    assert await bot.outlet.delete(str(PERSON), ours) == 10
    assert [message.message_id for message in server.messages] == [ours[4]]


async def test_a_bad_line_and_a_flood_delay_the_deleting(
    bot: BotUnderTest, server: BotApiServer
) -> None:
    ours = _sent(server, 2)
    server.fail("deleteMessages")
    server.flood("deleteMessages", retry_after=3)

    assert await bot.outlet.delete(str(PERSON), ours) == 2
    assert bot.pause.seconds == [0.5, 3.0]


async def test_what_cannot_be_deleted_is_counted_and_raises_nothing(
    bot: BotUnderTest, server: BotApiServer
) -> None:
    ours = _sent(server, 101)
    server.fail("deleteMessages", times=len(DELETE_PAUSES) + 1)
    assert await bot.outlet.delete(str(PERSON), ours) == 0
    server.block(PERSON)
    assert await bot.outlet.delete(str(PERSON), ours) == 0
    assert await bot.outlet.delete("nobody", ours) == 0
    assert await bot.outlet.delete(str(PERSON), []) == 0
    assert len(server.messages) == 101


def _sent(server: BotApiServer, number: int) -> list[int]:
    """So many messages, as if the bot had sent them."""
    for message_id in range(1, number + 1):
        message = SentMessage(
            chat_id=PERSON, message_id=message_id, text="", html="", rows=[], parameters={}
        )
        server.messages.append(message)
    return [message.message_id for message in server.messages]
