"""Conversations as lines of JSON, for whoever measures them: one process, many people."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from bot.bootstrap import Program, open_program
from bot.concepts.choice import Choice
from bot.concepts.clock import now
from bot.concepts.message import IncomingMessage
from bot.concepts.reply import Button, Reply
from bot.rendering.plain_text import render_plain_text
from bot.settings import Settings
from bot.turn import Turn, take_turn

_TEXT_LIMIT = 2000


async def talk_by_lines(settings: Settings, lines: AsyncIterator[str], out: TextIO) -> None:
    """Answer line after line, in order; nothing is kept after the last."""
    with TemporaryDirectory() as folder:
        data = Path(folder)
        own = replace(
            settings,
            data=data,
            key=data / "secret",
            database_url=f"sqlite+aiosqlite:///{data}/talk.db",
        )
        async with open_program(own) as program:
            await program.wait_until_it_listens()
            host = _Host(program)
            async for line in lines:
                if line.strip():
                    print(json.dumps(await host.answer(line), ensure_ascii=False), file=out)
                    out.flush()


class _Host:
    """Remembers which buttons each person sees."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._shown: dict[str, tuple[Button, ...]] = {}

    async def answer(self, line: str) -> Mapping[str, object]:
        """The reply to one line; {"error"} for a line that says nothing."""
        try:
            asked = json.loads(line)
        except ValueError:
            return {"error": "not JSON"}
        if not isinstance(asked, dict) or not {"say", "press"} & set(asked):
            return {"error": 'a line is {"conversation", "say" or "press"}'}
        name = str(asked.get("conversation", ""))
        choice = self._pressed(name, asked)
        if "press" in asked and choice is None:
            return {"conversation": name, "error": "no such button"}
        moment = datetime.fromisoformat(asked["now"]) if asked.get("now") else now()
        message = IncomingMessage(
            sender_id=f"talk:{name}",
            sent_on=moment if moment.tzinfo else moment.replace(tzinfo=now().tzinfo),
            text="" if choice else str(asked.get("say", ""))[:_TEXT_LIMIT],
            choice=choice,
        )
        turn = await take_turn(message, self._program.parts)
        self._shown[name] = _buttons(turn.reply)
        return _as_json(name, turn)

    def _pressed(self, name: str, asked: Mapping[str, Any]) -> Choice | None:
        wanted = str(asked.get("press", ""))
        shown = self._shown.get(name, ())
        return next((each.choice for each in shown if wanted and wanted in each.label), None)


def _as_json(name: str, turn: Turn) -> Mapping[str, object]:
    reply, about = turn.reply, turn.reply.about
    return {
        "conversation": name,
        "text": render_plain_text(reply.blocks),
        "buttons": [button.label for button in _buttons(reply)],
        "files": [document.name for document in reply.documents],
        "topic": about.topic if about else None,
        "aspect": about.aspect if about else None,
        "case": turn.conversation.case.as_json(),
        "danger": turn.danger.level.value if turn.danger else None,
    }


def _buttons(reply: Reply) -> tuple[Button, ...]:
    return tuple(button for row in reply.buttons for button in row)
