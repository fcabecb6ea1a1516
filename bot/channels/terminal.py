"""A conversation in the terminal: the same words, and buttons with numbers."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol, TextIO

from bot.concepts.choice import Choice
from bot.concepts.message import IncomingMessage
from bot.concepts.reply import Button, Document, Reply
from bot.rendering.plain_text import render_plain_text

SENDER = "terminal"
TEXT_LIMIT = 2000
"""Characters of one message that are read, as on Telegram."""


class Say(Protocol):
    """Gives an utterance by its name."""

    def __call__(self, name: str) -> Reply:
        """Give it without values."""


class Terminal:
    """Reads lines, prints replies, and remembers which buttons were shown last."""

    def __init__(
        self,
        *,
        respond: Callable[[IncomingMessage], Awaitable[Reply]],
        say: Say,
        labels: Mapping[str, str],
        clock: Callable[[], datetime],
        out: TextIO,
        echoes: bool,
        save: Callable[[Document], Path],
    ) -> None:
        """`echoes` repeats each line before its reply, for input that is not typed.

        `save` puts a document where the person finds it.
        """
        self._respond = respond
        self._say = say
        self._labels = labels
        self._clock = clock
        self._out = out
        self._echoes = echoes
        self._save = save
        self._shown: list[Button] = []

    async def run(self, lines: AsyncIterator[str]) -> None:
        """Answer line after line until the input ends."""
        async for line in lines:
            text = line.strip()
            if not text:
                continue
            if self._echoes:
                self._print(f"{self._labels['you']}：{text}\n")
            self.show(await self.answer(text))

    async def answer(self, text: str) -> Reply:
        """The reply to one line: a number taps a button, a slash gives a command."""
        if text.startswith("/"):
            name = text[1:].split(maxsplit=1)[0] if text[1:].strip() else ""
            is_known = f"command_{name}" in self._labels
            return self._say(name if is_known else "unknown_command")
        if text.isdecimal() and 0 < int(text) <= len(self._shown):
            choice = self._shown[int(text) - 1].choice
            return await self._respond(self._message(choice=choice))
        reply = await self._respond(self._message(text=text[:TEXT_LIMIT]))
        if len(text) > TEXT_LIMIT:
            self.show(self._say("too_long"))
        return reply

    def show(self, reply: Reply) -> None:
        """Print a reply with its buttons numbered."""
        self._shown = [button for row in reply.buttons for button in row]
        self._print(f"{self._labels['bot']}：{render_plain_text(reply.blocks)}\n")
        for document in reply.documents:
            self._print(self._labels["saved"].format(path=self._save(document)))
        if self._shown:
            numbered = "  ".join(
                f"[{number}] {button.label}" for number, button in enumerate(self._shown, start=1)
            )
            self._print(f"{self._labels['choose']}{numbered}\n")

    def _message(self, text: str = "", choice: Choice | None = None) -> IncomingMessage:
        return IncomingMessage(sender_id=SENDER, sent_on=self._clock(), text=text, choice=choice)

    def _print(self, text: str) -> None:
        print(text, file=self._out, flush=True)
