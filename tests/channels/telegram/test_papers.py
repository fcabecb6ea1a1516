"""Pictures and documents that are to be read: as one paper, with kind words where they are not."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram.files import LARGEST
from bot.concepts.message import Origin
from bot.concepts.recognition import NotRead, Reading, ReadLine
from bot.inbox import Inbox
from bot.storage.database import Database
from bot.storage.update_records import UpdateRecords
from tests.bot_api_server import BotApiServer
from tests.bot_api_server.documents import DOWNLOAD
from tests.channels.telegram.talk import BotUnderTest, FakeTalk
from tests.fakes import FakePause

PERSON = 8
READ = Reading(lines=(ReadLine(text="某某区人民法院传票"),))
FORWARD = {"type": "hidden_user", "sender_user_name": "某人", "date": 1}
LATER: dict[str, Any] = {"media_type": "application/pdf", "name": "传票.pdf"}


@pytest.fixture
def reading(talk: FakeTalk) -> None:
    """Whatever is sent, the same words are read."""
    talk.reading = READ


@pytest.mark.usefixtures("polling", "reading")
async def test_a_photo_is_answered_by_what_stands_on_it(
    server: BotApiServer, talk: FakeTalk
) -> None:
    await server.person_sends_file(PERSON, b"picture", "photo")

    assert await server.wait_for_messages(1) == ["回答\n\n某某区人民法院传票"]
    (heard,) = talk.heard
    assert (heard.text, heard.beside, heard.origin) == (READ.text, "", Origin.PICTURE)
    assert heard.reading == READ
    assert [file.digest for file in heard.files] == [sha256(b"picture").hexdigest()]
    assert talk.read_files == [(b"picture",)]


@pytest.mark.usefixtures("polling", "reading")
@pytest.mark.parametrize(
    ("media_type", "origin"),
    [("application/pdf", Origin.DOCUMENT), ("image/png", Origin.PICTURE)],
)
async def test_a_document_is_read_and_a_caption_stands_beside_it(
    media_type: str, origin: Origin, server: BotApiServer, talk: FakeTalk
) -> None:
    await server.person_sends_file(PERSON, b"%PDF", media_type=media_type, caption="/这是真的吗")
    await server.wait_for_messages(1)

    (heard,) = talk.heard
    assert (heard.text, heard.beside, heard.origin) == (READ.text, "这是真的吗", origin)


@pytest.mark.usefixtures("polling", "reading")
async def test_the_caption_of_a_forwarded_picture_is_part_of_the_paper(
    server: BotApiServer, talk: FakeTalk
) -> None:
    await server.person_sends_file(
        PERSON, b"p", "photo", caption="今天必须还", forward_origin=FORWARD, beside="他发给我的"
    )
    await server.wait_for_messages(1)

    (heard,) = talk.heard
    assert (heard.text, heard.beside) == ("今天必须还\n某某区人民法院传票", "他发给我的")


@pytest.mark.usefixtures("polling")
async def test_a_forwarded_message_is_known_as_one(server: BotApiServer, talk: FakeTalk) -> None:
    await server.person_says(
        PERSON, "/start 【某法院】您有传票", forward_origin=FORWARD, beside="真的吗"
    )
    await server.wait_for_messages(1)

    (heard,) = talk.heard
    assert (heard.text, heard.beside) == ("start 【某法院】您有传票", "真的吗")
    assert heard.origin is Origin.FORWARDED


@pytest.mark.usefixtures("polling")
@pytest.mark.parametrize("reason", NotRead)
async def test_whatever_is_not_read_is_said_with_something_to_do(
    reason: NotRead, server: BotApiServer, talk: FakeTalk
) -> None:
    talk.reading = reason
    await server.person_sends_file(PERSON, b"x", "photo")
    assert await server.wait_for_messages(1) == [f"[not_read_{reason.value}]"]
    assert server.messages[0].labels == ["全部主题"]
    assert talk.heard == []
    await server.person_sends_file(PERSON, b"x", "photo", caption="怎么办")

    assert (await server.wait_for_messages(2))[1] == f"回答\n\n怎么办\n\n[not_read_{reason.value}]"


@pytest.mark.usefixtures("polling")
async def test_what_was_read_in_part_is_said_below_the_answer(
    server: BotApiServer, talk: FakeTalk
) -> None:
    talk.reading = Reading(lines=READ.lines, is_cut=True)
    await server.person_sends_file(PERSON, b"x", **LATER)

    assert await server.wait_for_messages(1) == ["回答\n\n某某区人民法院传票\n\n[reading_cut]"]


@pytest.mark.usefixtures("polling", "reading")
async def test_a_file_that_is_too_large_is_neither_fetched_nor_read(
    server: BotApiServer, talk: FakeTalk
) -> None:
    await server.person_sends_file(PERSON, b"x", claimed_size=LARGEST + 1, **LATER)

    assert await server.wait_for_messages(1) == ["[not_read_too_large]"]
    assert (server.calls_of(DOWNLOAD), talk.read_files) == ([], [])


@pytest.mark.usefixtures("polling", "reading")
async def test_pictures_beyond_what_is_taken_together_are_left_out_and_that_is_said(
    server: BotApiServer, talk: FakeTalk
) -> None:
    half = b"x" * (LARGEST // 2 + 1)
    rest = [server.updates.message(PERSON, **server.keeps_file(half, "photo"))]
    await server.person_sends_file(PERSON, half, "photo", album=rest)

    assert await server.wait_for_messages(1) == ["回答\n\n某某区人民法院传票\n\n[reading_cut]"]
    assert [len(contents) for contents in talk.read_files] == [1]


@pytest.mark.usefixtures("polling", "reading")
async def test_words_of_danger_under_a_picture_do_not_wait_for_the_reading(
    server: BotApiServer, talk: FakeTalk
) -> None:
    await server.person_sends_file(PERSON, b"x", "photo", caption="我不想活了")

    assert await server.wait_for_messages(1) == ["回答\n\n我不想活了"]
    assert (server.calls_of("getFile"), talk.read_files) == ([], [])


@pytest.mark.usefixtures("polling", "reading")
async def test_typing_is_shown_while_a_picture_is_read_and_others_are_answered(
    server: BotApiServer, talk: FakeTalk
) -> None:
    talk.may_read.clear()
    await server.person_sends_file(PERSON, b"x", "photo")
    await server.wait_until(lambda: bool(talk.read_files))
    await server.wait_for_call("sendChatAction", 2)
    await server.person_says(9, "你好")
    assert await server.wait_for_messages(1) == ["回答\n\n你好"]
    talk.may_read.set()

    assert len(await server.wait_for_messages(2)) == 2


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/inbox.db")
    yield opened
    await opened.close()


@pytest.mark.usefixtures("reading")
async def test_an_album_and_the_words_before_it_are_one_paper(
    bot: BotUnderTest, database: Database, server: BotApiServer, talk: FakeTalk
) -> None:
    seconds = count()

    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=next(seconds))

    bot.inbox_of = lambda handle: Inbox(UpdateRecords(database), handle, clock, FakePause())
    await server.person_says(PERSON, "帮我看看")
    for content in (b"first", b"second", b"third"):
        await server.person_sends_file(PERSON, content, "photo", media_group_id="album")
    async with bot.running():
        await server.wait_for_messages(1)
        await server.wait_until_confirmed()
        await asyncio.sleep(0)

    assert talk.read_files == [(b"first", b"second", b"third")]
    assert [message.beside for message in talk.heard] == ["帮我看看"]
    assert server.texts() == ["回答\n\n帮我看看\n某某区人民法院传票"]
