"""What a button stands for: a short ASCII id that fits Telegram's 64 bytes."""

import re
from dataclasses import dataclass
from enum import Enum

_FORM = re.compile(r"([a-z]):([a-z0-9_]{0,60})")


class Verb(Enum):
    """What happens when a button is tapped."""

    ANSWER = "t"
    """A topic's answer, or a task: the target is their id."""
    GROUP = "g"
    MENU = "m"
    SOURCES = "l"
    USEFUL = "u"
    USELESS = "n"
    LAYER = "y"
    """A deeper layer of an answer, as <topic>__<layer>."""
    FACT = "f"
    """A fact of the person's case, as <product, role or stage>_<value>."""
    TOOL = "s"
    """Begin a tool: a letter, a form, a kind of deadline."""
    CONTROL = "c"
    """back, skip, stop, preview, finish, review or fix_<question>, while filling in."""
    PICK = "k"
    """One of the choices of a question, as <question>_<number from 1>: of no other question."""
    DEED = "d"
    """Something that the bot does at once: remind_…, export_log, erase …"""


@dataclass(frozen=True, slots=True)
class Choice:
    """One tap: a verb and the id that it applies to (empty for the menu)."""

    verb: Verb
    target: str = ""

    def __str__(self) -> str:
        return f"{self.verb.value}:{self.target}"

    @classmethod
    def parse(cls, text: str) -> "Choice | None":
        """Read what a button sent back; None for anything that no button of ours says."""
        match = _FORM.fullmatch(text)
        if match is None:
            return None
        try:
            return cls(Verb(match[1]), match[2])
        except ValueError:
            return None
