"""Inline mode: cards to share in any chat."""

import pytest

from tests.bot_api_server import BotApiServer

pytestmark = pytest.mark.usefixtures("polling")


async def test_a_query_gives_the_cards_that_fit(server: BotApiServer) -> None:
    query_id = await server.person_searches("半夜")
    await server.wait_until(lambda: query_id in server.inline_answers)

    (card,) = server.inline_answers[query_id]
    assert (card["id"], card["title"], card["description"]) == (
        "call_hours",
        "半夜来电",
        "行业规则说夜里不打。",
    )
    content = card["input_message_content"]
    assert isinstance(content, dict)
    assert content["message_text"] == "<b>半夜来电</b>\n\n行业规则说夜里不打。 &lt;1 &amp; 2&gt;"
    url = "https://t.me/zhiquan_test_bot?start=call_hours"
    assert card["reply_markup"] == {"inline_keyboard": [[{"text": "私聊继续", "url": url}]]}
    assert server.calls_of("answerInlineQuery")[0].parameters["cache_time"] == "300"


@pytest.mark.parametrize("query", ["", "   ", "没有这样的主题"])
async def test_without_a_match_there_are_suggestions(query: str, server: BotApiServer) -> None:
    query_id = await server.person_searches(query)
    await server.wait_until(lambda: query_id in server.inline_answers)

    ids = [card["id"] for card in server.inline_answers[query_id]]
    assert ids == ["call_hours", "home_visit"]


async def test_a_query_that_waited_too_long_is_let_go(server: BotApiServer) -> None:
    server.fail("answerInlineQuery", status=400)
    await server.person_searches("半夜")
    await server.person_says(8, "后来")

    assert await server.wait_for_messages(1) == ["回答\n\n后来"]
