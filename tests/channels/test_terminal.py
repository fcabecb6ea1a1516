"""The same conversation in the terminal: lines in, replies out, buttons by number."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from bot.channels.terminal import SENDER, TEXT_LIMIT, Terminal
from bot.concepts.choice import Choice, Verb
from bot.concepts.message import IncomingMessage
from bot.concepts.reply import Button, Document, Reply, heading, paragraph

_NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
_LABELS = {
    "you": "你",
    "bot": "知权",
    "choose": "可以点：",
    "saved": "已存到 {path}",
    "command_menu": "全部主题",
}
_HOURS = Button("半夜来电", Choice(Verb.ANSWER, "call_hours"))
_MENU = Button("全部主题", Choice(Verb.MENU))


class FakeConversation:
    """Answers with what it heard and two buttons; a text `函件` brings a document."""

    def __init__(self) -> None:
        self.heard: list[IncomingMessage] = []

    async def __call__(self, message: IncomingMessage) -> Reply:
        self.heard.append(message)
        papers = (Document("letter.txt", b"text"),) if message.text == "函件" else ()
        return Reply(
            blocks=(heading("回答"), paragraph(message.text or str(message.choice))),
            buttons=((_HOURS, _MENU),),
            documents=papers,
        )


class Screen:
    """A terminal whose output can be read."""

    def __init__(self, *, echoes: bool = False) -> None:
        self.conversation = FakeConversation()
        self.saved: list[Document] = []
        self.out = StringIO()
        self.terminal = Terminal(
            respond=self.conversation,
            say=lambda name: Reply(blocks=(paragraph(f"[{name}]"),)),
            labels=_LABELS,
            clock=lambda: _NOW,
            out=self.out,
            echoes=echoes,
            save=self._save,
        )

    def _save(self, document: Document) -> Path:
        self.saved.append(document)
        return Path("/papers") / document.name

    async def types(self, *lines: str) -> str:
        """What is printed after these lines."""

        async def each() -> AsyncIterator[str]:
            for line in lines:
                yield line

        await self.terminal.run(each())
        return self.out.getvalue()


@pytest.fixture
def screen() -> Screen:
    return Screen()


async def test_a_line_is_a_message_and_its_reply_is_printed(screen: Screen) -> None:
    assert await screen.types("半夜打电话\n") == (
        "知权：【回答】\n\n半夜打电话\n\n可以点：[1] 半夜来电  [2] 全部主题\n\n"
    )
    assert screen.conversation.heard == [
        IncomingMessage(sender_id=SENDER, sent_on=_NOW, text="半夜打电话")
    ]


@pytest.mark.parametrize(
    ("number", "choice"), [("1", _HOURS.choice), ("2", _MENU.choice), ("１", _HOURS.choice)]
)
async def test_a_number_taps_a_button(screen: Screen, number: str, choice: Choice) -> None:
    await screen.types("你好", number)
    assert screen.conversation.heard[1].choice == choice
    assert screen.conversation.heard[1].text == ""


@pytest.mark.parametrize("text", ["0", "3", "12378", "-1", "1.5", "①"])
async def test_a_number_without_a_button_is_a_message(screen: Screen, text: str) -> None:
    await screen.types("你好", text)
    assert (screen.conversation.heard[1].text, screen.conversation.heard[1].choice) == (text, None)


async def test_before_any_button_a_number_is_a_message(screen: Screen) -> None:
    await screen.types("1")
    assert screen.conversation.heard[0].text == "1"


async def test_a_reply_without_buttons_takes_the_old_ones_away(screen: Screen) -> None:
    await screen.types("你好", "/menu", "1")
    assert screen.conversation.heard[1].text == "1"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/menu", "[menu]"),
        ("/menu 再说", "[menu]"),
        ("/menus", "[unknown_command]"),
        ("/", "[unknown_command]"),
        ("/ menu", "[menu]"),
        ("/call_hours", "[unknown_command]"),
        ("/delete_my_data", "[unknown_command]"),
    ],
)
async def test_a_slash_gives_a_command_and_never_reaches_the_conversation(
    screen: Screen, typed: str, said: str
) -> None:
    assert said in await screen.types(typed)
    assert screen.conversation.heard == []


@pytest.mark.parametrize("line", ["", "\n", "   \n", "\t", "\u3000"])
async def test_an_empty_line_is_nothing(screen: Screen, line: str) -> None:
    assert await screen.types(line) == ""


async def test_only_the_first_characters_of_a_very_long_line_are_read(screen: Screen) -> None:
    printed = await screen.types("长" * (TEXT_LIMIT + 1))
    assert screen.conversation.heard[0].text == "长" * TEXT_LIMIT
    assert "[too_long]" in printed


async def test_piped_lines_are_repeated_before_their_replies() -> None:
    printed = await Screen(echoes=True).types("半夜\n", "上门\n")
    assert printed.index("你：半夜") < printed.index("【回答】") < printed.index("你：上门")


async def test_a_document_is_saved_and_its_place_told(screen: Screen) -> None:
    printed = await screen.types("函件")
    assert screen.saved == [Document("letter.txt", b"text")]
    assert "已存到 /papers/letter.txt" in printed
