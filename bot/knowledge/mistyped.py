"""What was typed with the wrong keys, or left by a tool, where YAML wants its own signs."""

import re

MERGED_BADLY = "“{0}”是没有合好的改动：选留一边，删去这样的三行。"
WIDE_SPACE = "这一行开头用了全角空格，请改成普通的空格。"
_LOOKED_BACK = 3
_MISTYPED = (
    (re.compile(r"(<{7}|={7}|>{7})"), MERGED_BADLY),
    (re.compile(r"( *\u3000)"), WIDE_SPACE),
    (re.compile(r"( *\t)"), "这一行开头用了制表符（Tab 键），请改成空格。"),
    (
        re.compile(r" *(?:- )?[{]?([a-z][a-z0-9_]*)："),
        "“{0}”后面的冒号是中文的，请改成英文冒号加一个空格：“{0}: ”。",
    ),
    (re.compile(r" *(?:- )?([a-z][a-z0-9_]*):[^ /]"), "“{0}:”的冒号后面要有一个空格。"),
    (re.compile(r" *([－—–])"), "列表的“{0}”请改成英文的减号加一个空格：“- ”。"),
    (re.compile(r" *(?:- )?[a-z][a-z0-9_]*: ([｛［])"), "“{0}”请改成英文的括号。"),
)
"""How a line begins that was typed with the wrong keys, and what to do."""


def mistyped_in(text: str, near: int) -> tuple[int, str] | None:
    """A tab or a Chinese sign where YAML wants its own, on or before the line that broke.

    The first of the last lines counts: what follows a wrong line is read as a part of it.
    """
    lines = text.splitlines()
    for number in range(max(0, near - _LOOKED_BACK), min(len(lines), near + 2)):
        for written, message in _MISTYPED:
            if found := written.match(lines[number]):
                return number, message.format(found[1])
    return None
