"""Files from people: proved by their hash when somebody wants them, never kept."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram.files import LARGEST
from bot.concepts.message import ReceivedFile
from tests.bot_api_server import BotApiServer
from tests.bot_api_server.documents import DOWNLOAD
from tests.channels.telegram.talk import BotUnderTest, FakeTalk

PERSON = 8
CONTENT = bytes(range(256)) * 1000
DIGEST = sha256(CONTENT).hexdigest()
KINDS = [
    ("photo", "photo", None),
    ("document", "document", "application/pdf"),
    ("audio", "audio", "application/pdf"),
    ("voice", "voice", "application/pdf"),
    ("video", "video", "application/pdf"),
    ("video_note", "video", None),
    ("animation", "video", "application/pdf"),
]
pytestmark = pytest.mark.usefixtures("polling")


@pytest.fixture(autouse=True)
def wanted(talk: FakeTalk) -> None:
    """The person fills in something that a file can be attached to."""
    talk.wanting.add(str(PERSON))


@pytest.mark.parametrize(("sent_as", "kind", "media_type"), KINDS, ids=[each[0] for each in KINDS])
async def test_a_wanted_file_is_passed_on_with_its_hash_and_caption(
    sent_as: str, kind: str, media_type: str | None, server: BotApiServer, talk: FakeTalk
) -> None:
    await server.person_sends_file(
        PERSON, CONTENT, sent_as, media_type="application/pdf", caption="/昨晚的截图"
    )

    assert await server.wait_for_messages(1) == [f"收到 {kind} {len(CONTENT)} 昨晚的截图"]
    (heard,) = talk.heard
    assert (heard.sender_id, heard.words) == (str(PERSON), "昨晚的截图")
    proof = ReceivedFile(
        kind=kind, reference="file0", size=len(CONTENT), media_type=media_type, digest=DIGEST
    )
    assert (heard.files, heard.reading) == ((proof,), None)


async def test_pictures_that_the_inbox_joined_are_taken_together(
    server: BotApiServer, talk: FakeTalk
) -> None:
    rest = [
        server.updates.message(PERSON, **server.keeps_file(content, "photo"), caption=caption)
        for content, caption in ((b"two", "第二张"), (b"three", ""))
    ]
    await server.person_sends_file(PERSON, b"1", "photo", album=rest)

    assert await server.wait_for_messages(1) == ["收到 photo 1 photo 3 photo 5 第二张"]
    digests = [file.digest for message in talk.heard for file in message.files]
    assert digests == [sha256(each).hexdigest() for each in (b"1", b"two", b"three")]


@pytest.mark.parametrize("claimed_size", [LARGEST + 1, None])
async def test_a_file_that_is_too_large_gets_a_word_below_the_answer_to_its_caption(
    claimed_size: int | None, server: BotApiServer, talk: FakeTalk
) -> None:
    content = b"x" * (LARGEST + 1) if claimed_size is None else b"x"
    more: dict[str, Any] = {"claimed_size": claimed_size}
    await server.person_sends_file(PERSON, content, **more)
    assert await server.wait_for_messages(1) == ["[file_too_large]"]
    await server.person_sends_file(PERSON, content, **more, caption="怎么办")

    assert await server.wait_for_messages(2) == [
        "[file_too_large]",
        "回答\n\n怎么办\n\n[file_too_large]",
    ]
    assert [message.files for message in talk.heard] == [()]
    assert server.calls_of(DOWNLOAD) == []


async def test_a_file_that_telegram_no_longer_has_gets_the_same_word(
    server: BotApiServer,
) -> None:
    file = await server.person_sends_file(PERSON, CONTENT)
    del server.files[file.file_id]

    assert await server.wait_for_messages(1) == ["[file_too_large]"]


async def test_words_of_danger_under_a_file_do_not_wait_for_it(server: BotApiServer) -> None:
    server.fail(DOWNLOAD, times=99)
    await server.person_sends_file(PERSON, CONTENT, "photo", caption="我不想活了")

    assert await server.wait_for_messages(1) == ["回答\n\n我不想活了"]
    assert server.calls_of("getFile") == []


async def test_a_bad_line_is_borne_and_half_a_file_is_not_taken_for_the_whole(
    server: BotApiServer, talk: FakeTalk
) -> None:
    server.fail("getFile")
    server.flood("getFile", retry_after=9)
    server.fail(DOWNLOAD)
    server.drop(DOWNLOAD, is_done=True)
    await server.person_sends_file(PERSON, CONTENT)
    await server.wait_for_messages(1)

    assert [file.digest for message in talk.heard for file in message.files] == [DIGEST]
    assert len(server.calls_of(DOWNLOAD)) == 3


async def test_a_long_line_fault_is_left_to_the_inbox(
    server: BotApiServer, bot: BotUnderTest, talk: FakeTalk
) -> None:
    server.drop(DOWNLOAD, times=9)
    await server.person_sends_file(PERSON, CONTENT)

    assert await server.wait_for_messages(1) == [f"收到 document {len(CONTENT)}"]
    assert bot.pause.seconds == [0.5, 1.0, 2.0, 5.0] * 2
    assert len(talk.heard) == 1


async def test_a_file_that_cannot_be_had_ends_in_an_apology_and_the_talk_goes_on(
    server: BotApiServer,
) -> None:
    server.fail(DOWNLOAD, times=15)
    await server.person_sends_file(PERSON, CONTENT)
    assert await server.wait_for_messages(1) == ["[apology]"]
    await server.person_sends_file(PERSON, CONTENT)

    assert await server.wait_for_messages(2) == ["[apology]", f"收到 document {len(CONTENT)}"]


async def test_a_bot_api_server_in_local_mode_names_a_file_on_the_shared_disk(
    server: BotApiServer, tmp_path: Path, talk: FakeTalk
) -> None:
    server.local_folder = tmp_path
    await server.person_sends_file(PERSON, CONTENT, name="函件 <1>.pdf")
    await server.wait_for_messages(1)

    assert [file.digest for message in talk.heard for file in message.files] == [DIGEST]
    assert server.calls_of(DOWNLOAD) == []


async def test_a_local_server_whose_disk_we_do_not_see_is_named_in_the_log(
    server: BotApiServer, tmp_path: Path, log: list[Mapping[str, object]]
) -> None:
    server.local_folder = tmp_path / "elsewhere"
    await server.person_sends_file(PERSON, CONTENT)

    assert await server.wait_for_messages(1) == ["[file_too_large]"]
    event = "bot_api_server_runs_with_local_but_its_files_cannot_be_read_here"
    assert event in [line["event"] for line in log]


@pytest.mark.parametrize("media_type", ["=cmd()", "text/html; x", "a/" + "b" * 90, "文/件"])
async def test_a_strange_media_type_is_not_passed_on(
    media_type: str, server: BotApiServer, talk: FakeTalk
) -> None:
    await server.person_sends_file(PERSON, CONTENT, media_type=media_type)
    await server.wait_for_messages(1)

    assert [file.media_type for message in talk.heard for file in message.files] == [None]
