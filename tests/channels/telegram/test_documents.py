"""Documents of a reply: after the words, once each, as they are."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.telegram.delivery import PAUSES, delivery_of
from bot.concepts.reply import Document, Reply
from bot.inbox import Inbox
from bot.storage.database import Database
from bot.storage.update_records import UpdateRecords
from tests.bot_api_server import BotApiServer
from tests.channels.telegram.talk import LETTERS, BotUnderTest, FakeTalk

PERSON = 8


@pytest.fixture
async def stored(bot: BotUnderTest, tmp_path: Path) -> AsyncIterator[BotUnderTest]:
    """The channel with the real inbox, running."""
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'zhiquan.db'}")
    bot.inbox_of = lambda handle: Inbox(UpdateRecords(database), handle, bot.clock, bot.pause)
    async with bot.running():
        yield bot
    await database.close()


@pytest.mark.usefixtures("polling")
async def test_documents_follow_the_words_and_the_buttons_stay_with_the_words(
    server: BotApiServer,
) -> None:
    await server.person_says(PERSON, "函件")
    await server.wait_for_messages(3)

    assert server.texts() == ["函件\n\n全文", "", ""]
    assert [message.labels for message in server.messages] == [["全部主题"], [], []]
    assert [_named(each.name, each.content) for each in server.documents()] == list(LETTERS)


@pytest.mark.usefixtures("polling")
async def test_a_document_keeps_its_type_and_has_no_caption(server: BotApiServer) -> None:
    await server.person_says(PERSON, "函件")
    await server.wait_for_messages(3)

    for call in server.calls_of("sendDocument"):
        assert call.parameters["disable_content_type_detection"] == "true"
        assert not {"caption", "protect_content", "disable_notification"} & set(call.parameters)
    actions = [call.parameters["action"] for call in server.calls_of("sendChatAction")]
    assert actions.count("upload_document") == 2


@pytest.mark.usefixtures("polling")
async def test_a_picture_is_shown_in_the_chat(server: BotApiServer) -> None:
    await server.person_says(PERSON, "图")
    await server.wait_for_messages(2)

    assert not server.calls_of("sendDocument")
    (call,) = server.calls_of("sendPhoto")
    assert "protect_content" not in call.parameters
    assert [each.content for each in server.documents()] == [b"\x89PNG"]


@pytest.mark.usefixtures("polling")
async def test_a_document_may_come_without_words(server: BotApiServer) -> None:
    await server.person_says(PERSON, "只要文件")
    await server.wait_for_messages(1)

    assert [each.name for each in server.documents()] == ["函件.docx"]


async def test_a_bad_line_repeats_neither_words_nor_documents(
    stored: BotUnderTest, server: BotApiServer, talk: FakeTalk
) -> None:
    server.fail("sendDocument", times=len(PAUSES) + 3)
    server.drop("sendDocument")
    server.flood("sendDocument", retry_after=7)
    await server.person_says(PERSON, "函件")
    await server.wait_for_messages(3)
    await server.person_says(PERSON, "后来")
    await server.wait_for_messages(4)

    assert server.texts() == ["函件\n\n全文", "", "", "回答\n\n后来"]
    assert [each.name for each in server.documents()] == ["函件.docx", "函件.txt"]
    assert talk.texts() == ["函件", "后来"]
    assert 7.0 in stored.pause.seconds


@pytest.mark.usefixtures("polling")
async def test_a_document_that_telegram_refuses_keeps_the_others_from_nothing(
    server: BotApiServer,
) -> None:
    server.fail("sendDocument", status=400)
    await server.person_says(PERSON, "函件")
    await server.wait_for_messages(2)

    assert [each.name for each in server.documents()] == ["函件.txt"]


@pytest.mark.usefixtures("polling")
async def test_a_document_that_cannot_be_sent_ends_in_an_apology(server: BotApiServer) -> None:
    await server.person_says(PERSON, "空文件")

    assert await server.wait_for_messages(1) == ["[apology]"]


def test_a_document_beyond_telegram_s_limit_is_refused_before_it_is_sent() -> None:
    document = Document("export.zip", b"x" * 50_000_001)
    with pytest.raises(ValueError, match="larger than Telegram takes"):
        delivery_of(Reply(blocks=(), documents=(document,)), PERSON, 1)


@pytest.mark.usefixtures("polling")
async def test_a_group_is_handed_no_document(server: BotApiServer) -> None:
    await server.member_says(-100, 5, "@zhiquan_test_bot 函件")
    await server.person_says(PERSON, "后来")
    await server.wait_for_messages(2)
    await server.wait_until_confirmed()

    assert sorted(server.texts()) == ["函件\n\n全文", "回答\n\n后来"]
    assert server.documents() == []


def _named(name: str, content: bytes) -> Document:
    return Document(name, content)
