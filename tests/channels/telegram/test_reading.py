"""What is read from a message, case by case."""

import pytest

from bot.channels.telegram.reading import Command, read_command, spoken


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("/start", Command("start", "", "")),
        ("/Start@Zhiquan_Bot  call_hours ", Command("start", "zhiquan_bot", "call_hours")),
        ("／menu", Command("menu", "", "")),
        ("/ask 第一行\n第二行", Command("ask", "", "第一行\n第二行")),
        ("/ask //x", Command("ask", "", "x")),
        ("/" + "a" * 32, Command("a" * 32, "", "")),
        ("/" + "a" * 33, None),
        ("/半夜", None),
        ('/crisis{"x":1}', None),
        ("半夜 /start", None),
        ("", None),
    ],
)
def test_a_command_is_a_slash_and_a_plain_name(words: str, command: Command | None) -> None:
    assert read_command(words) == command


@pytest.mark.parametrize("words", ["/半夜", "／半夜", " / ／/半夜", "\u3000/半夜", "半夜"])
def test_no_slash_is_left_before_the_words(words: str) -> None:
    assert spoken(words) == "半夜"
