"""The fake server refuses what Telegram refuses, in Telegram's words."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.bot_api_server import BotApiServer
from tests.bot_api_server.rules import Refused, parse_html

CHAT = 8
TEXT_BUTTON = (
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
)


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as running:
        running.known_chats.add(CHAT)
        yield running


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<b>好</b> &lt;b&gt; &amp; &nbsp; > &", "好 <b> & &nbsp; > &"),
        ('<a href="https://a.b/">x</a><span class="tg-spoiler">y</span>', "xy"),
        ("<blockquote><b>一</b>\n<i>二</i></blockquote>&#20320;", "一\n二你"),
    ],
)
def test_good_markup_gives_its_text(markup: str, text: str) -> None:
    assert parse_html(markup) == text


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<b>好", 'Can\'t find end tag corresponding to start tag "b"'),
        ("好</b>", "Unexpected end tag at byte offset 3"),
        ("<b><i>x</b></i>", 'Unmatched end tag, expected "</i>", found "</b>" at byte offset 7'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("<李四>", "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Unsupported start tag "span" at byte offset 0'),
    ],
)
def test_bad_markup_is_refused(markup: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_html(markup)
    assert caught.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"chat_id": 9, "text": "x"}, "chat not found"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n"}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[
            {"text": "a", "callback_data": ""}]]}}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[
            {"text": "a", "callback_data": "大" * 22}]]}}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]
            * 101}}, "REPLY_MARKUP_TOO_LONG"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
         TEXT_BUTTON),
        ({"text": "x", "reply_markup": "{"}, "can't parse parameter as JSON object"),
    ],
)  # fmt: skip
async def test_a_message_beyond_the_limits_is_refused(
    parameters: dict[str, Any], words: str, server: BotApiServer
) -> None:
    answer = await _call(server, "sendMessage", {"chat_id": CHAT, **parameters})

    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}


async def test_what_is_within_the_limits_is_taken(server: BotApiServer) -> None:
    keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "大" * 21}]] * 100}
    parameters = {"chat_id": CHAT, "text": "😀" * 2048, "reply_markup": keyboard}

    answer = await _call(server, "sendMessage", parameters)
    assert answer["ok"] is True


@pytest.mark.parametrize(
    ("token", "code"), [("4711:wrong", 401), ("nonsense", 404), ("4711:test-token", 404)]
)
async def test_a_wrong_token_and_an_unknown_method_are_refused(
    token: str, code: int, server: BotApiServer
) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{server.url}/bot{token}/doWonders")

    assert (answer.status_code, answer.json()["error_code"]) == (code, code)


async def test_updates_come_again_until_the_offset_confirms_them(server: BotApiServer) -> None:
    first = await server.person_says(CHAT, "一")
    second = await server.person_says(CHAT, "二")

    assert await _updates(server) == [first, second]
    assert await _updates(server) == [first, second]
    assert await _updates(server, limit=1) == [first]
    assert await _updates(server, offset=second["update_id"]) == [second]
    assert await _updates(server, offset=0) == [second]
    assert await _updates(server, offset=second["update_id"] + 1) == []


async def test_a_kind_that_was_not_asked_for_does_not_come(server: BotApiServer) -> None:
    await _updates(server, allowed_updates=["callback_query"])
    await server.person_says(CHAT, "一")

    assert await _updates(server) == []


async def test_no_polling_while_a_webhook_is_set(server: BotApiServer) -> None:
    await _call(server, "setWebhook", {"url": "http://127.0.0.1:9/"})
    refused = await _call(server, "getUpdates", {})
    await _call(server, "deleteWebhook", {})

    assert (refused["error_code"], "webhook is active" in refused["description"]) == (409, True)
    assert await _updates(server) == []


@pytest.mark.parametrize(
    ("method", "parameters", "words"),
    [
        ("setMyCommands", {"commands": [{"command": "菜单", "description": "x"}]},
         "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "menu", "description": ""}]},
         "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("editMessageText", {"chat_id": CHAT, "message_id": 99, "text": "x"},
         "message to edit not found"),
        ("answerCallbackQuery", {"callback_query_id": "old"},
         "query is too old and response timeout expired or query ID is invalid"),
        ("answerCallbackQuery", {"callback_query_id": "old", "text": "x" * 201},
         "MESSAGE_TOO_LONG"),
        ("answerInlineQuery", {"inline_query_id": "1", "results": [{"id": "大" * 22}]},
         "RESULT_ID_INVALID"),
        ("answerInlineQuery", {"inline_query_id": "1", "results": [{}] * 51}, "RESULTS_TOO_MUCH"),
        ("deleteMessages", {"chat_id": CHAT, "message_ids": []},
         "message identifiers are not specified"),
        ("deleteMessages", {"chat_id": CHAT, "message_ids": list(range(101))},
         "too many message identifiers specified"),
        ("deleteMessage", {"chat_id": CHAT, "message_id": 99}, "message to delete not found"),
        ("sendDocument", {"chat_id": CHAT, "document": "nothing"},
         "wrong remote file identifier specified: Wrong string length"),
        ("getFile", {"file_id": "unknown"}, "invalid file_id"),
        ("sendChatAction", {"chat_id": CHAT, "action": "dancing"},
         "wrong parameter action in request"),
    ],
)  # fmt: skip
async def test_other_calls_are_checked_too(
    method: str, parameters: dict[str, Any], words: str, server: BotApiServer
) -> None:
    answer = await _call(server, method, parameters)

    assert (answer["error_code"], answer["description"]) == (400, f"Bad Request: {words}")


async def test_a_document_arrives_under_its_chinese_name(server: BotApiServer) -> None:
    assert (await _send_document(server, "致银行的函.docx", b"PK"))["ok"] is True
    assert [(each.name, each.content) for each in server.documents(CHAT)] == [
        ("致银行的函.docx", b"PK")
    ]


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("a.txt", 0, "Bad Request: file must be non-empty"),
        ("a.txt", 50_000_001, "Request Entity Too Large"),
        ("a" * 61, 1, "Bad Request: the name of the file would be changed"),
        ("a:b.txt", 1, "Bad Request: the name of the file would be changed"),
    ],
)
async def test_a_document_beyond_the_limits_is_refused(
    name: str, size: int, words: str, server: BotApiServer
) -> None:
    assert (await _send_document(server, name, b"x" * size))["description"] == words
    assert server.messages == []


async def test_a_file_is_served_under_the_path_that_getfile_names(server: BotApiServer) -> None:
    file = await server.person_sends_file(CHAT, b"content", "photo", name="a.jpg")
    given = (await _call(server, "getFile", {"file_id": file.file_id}))["result"]
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{server.url}/file/bot{server.token}/{given['file_path']}")
        stranger = await client.get(f"{server.url}/file/bot1:x/{given['file_path']}")

    assert (answer.content, given["file_size"]) == (b"content", 7)
    assert stranger.status_code == 404


async def test_a_file_of_more_than_20_megabytes_is_not_given_out(server: BotApiServer) -> None:
    file = await server.person_sends_file(CHAT, b"x", claimed_size=20_000_001)
    answer = await _call(server, "getFile", {"file_id": file.file_id})

    assert answer["description"] == "Bad Request: file is too big"


async def test_one_message_older_than_48_hours_spoils_a_deleting(server: BotApiServer) -> None:
    for _ in range(2):
        await _call(server, "sendMessage", {"chat_id": CHAT, "text": "x"})
    numbers = [message.message_id for message in server.messages]
    server.messages[1].is_too_old = True
    refused = await _call(server, "deleteMessages", {"chat_id": CHAT, "message_ids": numbers})
    alone = await _call(
        server, "deleteMessages", {"chat_id": CHAT, "message_ids": [numbers[0], 99]}
    )

    assert refused["description"] == "Bad Request: message can't be deleted"
    assert alone["result"] is True
    assert [message.message_id for message in server.messages] == numbers[1:]


async def _send_document(server: BotApiServer, name: str, content: bytes) -> dict[str, Any]:
    async with httpx.AsyncClient(trust_env=False) as client:
        url = f"{server.url}/bot{server.token}/sendDocument"
        files = {"document": (name, content)}
        answer = await client.post(url, data={"chat_id": str(CHAT)}, files=files)
    body = answer.json()
    assert isinstance(body, dict)
    return body


async def _call(server: BotApiServer, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
    async with httpx.AsyncClient(trust_env=False) as client:
        url = f"{server.url}/bot{server.token}/{method}"
        answer = await client.post(url, content=json.dumps(parameters),
                                   headers={"Content-Type": "application/json"})  # fmt: skip
    body = answer.json()
    assert isinstance(body, dict)
    return body


async def _updates(server: BotApiServer, **parameters: Any) -> list[Any]:
    answer = await _call(server, "getUpdates", parameters)
    result = answer["result"]
    assert isinstance(result, list)
    return result
