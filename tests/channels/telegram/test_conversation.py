"""A private talk by polling: commands, words, buttons, deep links."""

from datetime import timedelta

import pytest

from bot.concepts.choice import Choice, Verb
from tests.bot_api_server import BotApiServer
from tests.channels.telegram.talk import TASK, FakeTalk

pytestmark = pytest.mark.usefixtures("polling")

PERSON = 8


async def test_a_question_is_answered_with_markup_and_buttons(server: BotApiServer) -> None:
    await server.person_says(PERSON, "夜里打电话 <违法> & 怎么办")

    assert await server.wait_for_messages(1) == ["回答\n\n夜里打电话 <违法> & 怎么办"]
    message = server.messages[0]
    assert message.html == "<b>回答</b>\n\n夜里打电话 &lt;违法&gt; &amp; 怎么办"
    assert message.rows == [
        [
            {"text": "依据", "callback_data": "l:call_hours"},
            {"text": "全部主题", "callback_data": "m:"},
        ]
    ]
    assert '"is_disabled": true' in message.parameters["link_preview_options"]


async def test_what_reaches_the_pipeline_is_who_when_and_what(
    server: BotApiServer, talk: FakeTalk
) -> None:
    update = await server.person_says(PERSON, "  你好  ")
    await server.wait_for_messages(1)

    message = update["message"]
    assert isinstance(message, dict)
    (heard,) = talk.heard
    assert (heard.sender_id, heard.text, heard.choice) == ("8", "你好", None)
    assert heard.sent_on.timestamp() == message["date"]


async def test_a_menu_is_walked_in_one_message_and_the_answer_comes_below(
    server: BotApiServer,
) -> None:
    await server.person_says(PERSON, "/menu")
    await server.wait_for_messages(1)
    await server.person_taps("时间")
    await server.wait_until(lambda: server.texts() == ["时间"])
    await server.person_taps("« 返回")
    await server.wait_until(lambda: server.texts() == ["菜单"])
    await server.person_taps("时间")
    await server.wait_until(lambda: server.texts() == ["时间"])
    await server.person_taps("半夜来电")

    assert await server.wait_for_messages(2) == ["时间", "ANSWER call_hours"]
    assert len(server.tap_answers) == 4
    assert {answer.get("text", "") for answer in server.tap_answers.values()} == {""}


async def test_a_second_tap_that_changes_nothing_is_no_fault(server: BotApiServer) -> None:
    await server.person_says(PERSON, "/menu")
    await server.wait_for_messages(1)
    message = server.messages[0]
    await server.person_taps_data(message, "m:")
    await server.wait_for_call("editMessageText")
    await server.person_says(PERSON, "后来")

    assert await server.wait_for_messages(2) == ["菜单", "回答\n\n后来"]


async def test_a_message_too_old_to_edit_is_sent_anew(server: BotApiServer) -> None:
    await server.person_says(PERSON, "/menu")
    await server.wait_for_messages(1)
    server.messages[0].is_too_old = True
    await server.person_taps("时间")

    assert await server.wait_for_messages(2) == ["菜单", "时间"]
    assert server.calls_of("editMessageText") == []


async def test_an_edit_that_telegram_refuses_is_sent_anew(server: BotApiServer) -> None:
    await server.person_says(PERSON, "/menu")
    await server.wait_for_messages(1)
    server.fail("editMessageText", status=400)
    await server.person_taps("时间")

    assert await server.wait_for_messages(2) == ["菜单", "时间"]


@pytest.mark.parametrize("data", ["x:strange", "T:call_hours", "old button", "t:大", "{}"])
async def test_a_stranger_s_button_is_answered_in_a_box(
    data: str, server: BotApiServer, talk: FakeTalk
) -> None:
    await server.person_says(PERSON, "你好")
    await server.wait_for_messages(1)
    query_id = await server.person_taps_data(server.messages[0], data)
    await server.wait_until(lambda: query_id in server.tap_answers)

    answer = server.tap_answers[query_id]
    assert (answer["text"], answer["show_alert"]) == ("[stale_button]", "true")
    assert talk.texts() == ["你好"]


async def test_a_tap_that_waited_too_long_is_followed_all_the_same(server: BotApiServer) -> None:
    await server.person_says(PERSON, "/menu")
    await server.wait_for_messages(1)
    server.fail("answerCallbackQuery", status=400)
    await server.person_taps("时间")

    await server.wait_until(lambda: server.texts() == ["时间"])


async def test_a_deep_link_opens_its_topic(server: BotApiServer, talk: FakeTalk) -> None:
    await server.person_says(PERSON, "/start call_hours")

    assert await server.wait_for_messages(1) == ["ANSWER call_hours"]
    assert talk.heard[0].choice == Choice(Verb.ANSWER, "call_hours")


async def test_a_deep_link_opens_a_task_too(server: BotApiServer, talk: FakeTalk) -> None:
    await server.person_says(PERSON, f"/start {TASK}")

    assert await server.wait_for_messages(1) == [f"ANSWER {TASK}"]
    assert talk.heard[0].choice == Choice(Verb.ANSWER, TASK)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/start", "[start]"),
        ("/start unknown_topic", "[start]"),
        ("/start 不是编号", "[start]"),
        ("/help", "[help]"),
        ("/HELP", "[help]"),
        ("/about@zhiquan_test_bot", "[about]"),
        ("/privacy", "[privacy]"),
        ("/menu", "菜单"),
        ("/frobnicate", "[unknown_command]"),
        ("/", "[unknown_command]"),
        ("／／", "[unknown_command]"),
        ("/ask 半夜打电话", "回答\n\n半夜打电话"),
        ("/ask /self_harm", "回答\n\nself_harm"),
        ("/我不想活了", "回答\n\n我不想活了"),
        ("／我不想活了", "回答\n\n我不想活了"),
        ('  /crisis{"x":"1"}', '回答\n\ncrisis{"x":"1"}'),
        ("// //半夜", "回答\n\n半夜"),
    ],
)
async def test_each_command_and_slash_has_its_answer(
    said: str, answer: str, server: BotApiServer, talk: FakeTalk
) -> None:
    await server.person_says(PERSON, said)

    assert await server.wait_for_messages(1) == [answer]
    assert not any(text.startswith(("/", "／", " ")) for text in talk.texts())


async def test_typing_is_shown_while_the_answer_is_sought(
    server: BotApiServer, talk: FakeTalk
) -> None:
    await server.person_says(PERSON, "等")
    await server.wait_for_call("sendChatAction")
    assert server.texts() == []
    talk.gate.set()

    assert await server.wait_for_messages(1) == ["回答\n\n等"]


async def test_a_fault_in_the_pipeline_ends_in_an_apology_and_the_next_question_is_answered(
    server: BotApiServer,
) -> None:
    await server.person_says(PERSON, "出错")
    await server.wait_for_messages(1)
    await server.person_says(PERSON, "你好")

    assert await server.wait_for_messages(2) == ["[apology]", "回答\n\n你好"]


async def test_an_empty_reply_ends_in_an_apology(server: BotApiServer) -> None:
    await server.person_says(PERSON, "空")

    assert await server.wait_for_messages(1) == ["[apology]"]


async def test_a_long_reply_comes_in_parts_with_the_buttons_under_the_last(
    server: BotApiServer,
) -> None:
    await server.person_says(PERSON, "很长")
    await server.wait_until(lambda: bool(server.messages and server.messages[-1].rows))

    parts = server.messages
    assert [bool(part.rows) for part in parts] == [False, False, False, True]
    assert [part.text.split("：")[0] for part in parts] == ["0", "11", "22", "33"]
    assert "".join(part.text for part in parts).count("不还就抓人 & 上门") == 36 * 12


async def test_a_very_long_text_is_heard_whole_and_a_note_stands_below_the_answer(
    server: BotApiServer, talk: FakeTalk
) -> None:
    story = "他们天天打电话。" * 300
    await server.person_says(PERSON, story)

    assert await server.wait_for_messages(1) == [f"回答\n\n{story}\n\n[too_long]"]
    assert talk.texts() == [story]


async def test_what_waited_more_than_a_day_gets_one_apology(
    server: BotApiServer, talk: FakeTalk
) -> None:
    for _ in range(3):
        await server.person_says(PERSON, "昨天问的", age=timedelta(hours=25))
    await server.person_says(PERSON, "今天问的", age=timedelta(hours=23))

    await server.wait_for_messages(2)
    assert sorted(server.texts()) == ["[expired]", "回答\n\n今天问的"]
    assert talk.texts() == ["今天问的"]


async def test_words_of_danger_are_answered_at_any_age(server: BotApiServer) -> None:
    await server.person_says(PERSON, "昨天问的", age=timedelta(hours=25))
    await server.person_says(PERSON, "我不想活了", age=timedelta(hours=48))
    await server.person_sends(PERSON, caption="我不想活了", photo=[], age=timedelta(hours=48))

    await server.wait_for_messages(3)
    assert sorted(server.texts()) == ["[expired]", "回答\n\n我不想活了", "回答\n\n我不想活了"]


async def test_words_of_danger_put_into_an_old_message_are_answered(server: BotApiServer) -> None:
    message = server.updates.message(PERSON, text="我不想活了", age=timedelta(hours=30))
    message["edit_date"] = message["date"] + 3600 * 29
    await server.deliver(server.updates.number(edited_message=message))

    assert await server.wait_for_messages(1) == ["回答\n\n我不想活了"]


async def test_commands_and_descriptions_are_registered_in_chinese(server: BotApiServer) -> None:
    await server.wait_for_call("getUpdates")

    assert server.commands == [
        {"command": "menu", "description": "全部主题"},
        {"command": "help", "description": "怎么用"},
    ]
    assert server.calls_of("setMyDescription")[0].parameters["description"] == "免费说明催收规则"
    assert server.calls_of("setMyShortDescription")[0].parameters["short_description"] == "知权"
