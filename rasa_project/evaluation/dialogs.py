"""Conversations of several turns: what each reply must say, must not say, how long it may be."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Optional

import yaml

from bot.concepts.case import Case
from bot.concepts.choice import Choice
from bot.concepts.clock import SHANGHAI
from bot.concepts.reply import Button
from bot.rendering.plain_text import render_plain_text
from rasa_project.actions.converse import Turn, converse
from rasa_project.understanding import Understanding

HALVES = ("seen", "unseen")
"""`unseen` was written by somebody who saw neither code nor knowledge, and is not looked at."""

_CHECKED = ("topic", "aspect", "case", "danger", "files", "buttons")


@dataclass(frozen=True)
class Dialog:
    """One conversation; `turns` are as they stand in the file."""

    id: str
    kind: str
    half: str
    turns: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Answered:
    """What came back, in the words of `zhiquan talk`."""

    text: str
    buttons: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    topic: Optional[str] = None
    aspect: Optional[str] = None
    case: Mapping[str, Any] = field(default_factory=dict)
    danger: Optional[str] = None


@dataclass(frozen=True)
class Measured:
    """A turn and what was wrong with its reply; nothing when it passes."""

    dialog: Dialog
    number: int
    answered: Answered
    problems: tuple[str, ...]


def load_dialogs(folder: Path) -> tuple[Dialog, ...]:
    """All conversations below a folder, by half."""
    found = []
    for half in HALVES:
        for path in sorted((folder / half).glob("*.yml")):
            for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
                turns = tuple(entry["turns"])
                found.append(Dialog(entry["id"], entry.get("kind", path.stem), half, turns))
    return tuple(found)


def problems(turn: Mapping[str, Any], answered: Answered, earlier: Sequence[str]) -> list[str]:
    """What a reply lacks, or says that it must not."""
    text = answered.text
    found = [f"does not say {each}" for each in turn.get("says", ()) if not re.search(each, text)]
    found += [f"says {each}" for each in turn.get("never", ()) if re.search(each, text)]
    if len(text) > turn.get("at_most", len(text)):
        found.append(f"{len(text)} characters")
    if turn.get("is_new") and text in earlier:
        found.append("was said before")
    return found + [
        each for name in _CHECKED if name in turn for each in _fact(name, turn, answered)
    ]


def _fact(name: str, turn: Mapping[str, Any], answered: Answered) -> Iterator[str]:
    """What is wrong with one thing that is no text."""
    wanted, got = turn[name], getattr(answered, name)
    if name == "case":
        for fact, value in wanted.items():
            if not _is_fact(value, got.get(fact)):
                yield f"{fact} is {got.get(fact)}"
    elif name in {"files", "buttons"}:
        if len(got) < int(wanted):
            yield f"{len(got)} {name}"
    elif name == "danger":
        if wanted != (got or "none"):
            yield f"danger {got}"
    elif got not in (wanted if isinstance(wanted, list) else [wanted]):
        yield f"{name} is {got}"


def _is_fact(wanted: Any, got: Any) -> bool:
    if isinstance(wanted, str) and isinstance(got, list):
        return any(wanted in str(each) for each in got)
    if isinstance(wanted, list) and isinstance(got, list):
        return all(any(str(each) in str(one) for one in got) for each in wanted)
    if isinstance(wanted, int | float) and isinstance(got, int | float):
        return abs(wanted - got) < 0.05
    return str(wanted) == str(got) or (wanted is None and got in (None, []))


def measure_dialogs(dialogs: Sequence[Dialog], understanding: Understanding) -> list[Measured]:
    """Hold every conversation with the dialogue, as the action of `rasa shell` does."""
    return [each for dialog in dialogs for each in _held(dialog, understanding)]


def _held(dialog: Dialog, understanding: Understanding) -> Iterator[Measured]:
    stored: dict[str, Any] = {}
    shown: tuple[Button, ...] = ()
    earlier: list[str] = []
    for number, turn in enumerate(dialog.turns, start=1):
        choice = _pressed(turn, shown)
        if "press" in turn and choice is None:
            labels = tuple(button.label for button in shown)
            yield Measured(dialog, number, Answered("", labels), ("no such button",))
            continue
        try:
            held = asyncio.run(_turn(dialog, turn, stored, choice, understanding))
        except Exception as error:  # noqa: BLE001 whatever it is, the others are measured
            fault = f"{type(error).__name__}: {error}"
            yield Measured(dialog, number, Answered(""), (fault,))
            continue
        stored = held.stored
        shown = tuple(button for row in held.reply.buttons for button in row)
        answered = _answered(held, shown)
        yield Measured(dialog, number, answered, tuple(problems(turn, answered, earlier)))
        earlier.append(answered.text)


async def _turn(
    dialog: Dialog,
    turn: Mapping[str, Any],
    stored: Mapping[str, Any],
    choice: Optional[Choice],
    understanding: Understanding,
) -> Turn:
    text = "" if choice else str(turn.get("say", ""))
    told = turn.get("now")
    now = datetime.fromisoformat(str(told)) if told else datetime.now(SHANGHAI)
    parsed = None if choice else understanding.parse(text)
    return await converse(
        text, sender=dialog.id, stored=stored, now=now, choice=choice, parsed=parsed
    )


def _pressed(turn: Mapping[str, Any], shown: Sequence[Button]) -> Optional[Choice]:
    wanted = str(turn.get("press", ""))
    return next((each.choice for each in shown if wanted and wanted in each.label), None)


def _answered(held: Turn, shown: Sequence[Button]) -> Answered:
    reply, about = held.reply, held.reply.about
    stored = held.stored.get("case")
    return Answered(
        text=render_plain_text(reply.blocks),
        buttons=tuple(button.label for button in shown),
        files=tuple(document.name for document in reply.documents),
        topic=about.topic if about else None,
        aspect=about.aspect if about else None,
        case=Case.of_stored(stored if isinstance(stored, dict) else {}).as_json(),
        danger=held.danger.level.value if held.danger else None,
    )


def shares(measured: Sequence[Measured]) -> dict[str, dict[str, float]]:
    """The share of turns that pass, by half and kind, and of all of a half."""
    groups: dict[str, dict[str, list[bool]]] = {}
    for each in measured:
        for kind in (each.dialog.kind, "all"):
            kinds = groups.setdefault(each.dialog.half, {})
            kinds.setdefault(kind, []).append(not each.problems)
    return {
        half: {kind: sum(passed) / len(passed) for kind, passed in sorted(kinds.items())}
        for half, kinds in groups.items()
    }
