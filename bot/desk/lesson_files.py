"""Where a lesson is written: a way of asking into a topic, a task, a follow-up, the tests.

Works on the texts of one file; it neither checks nor commits. Every method raises DeskError with a
sentence for who asked where a lesson cannot be written so.
"""

import re
from pathlib import Path

from bot.desk.git import DeskError
from bot.knowledge.yaml_writer import yaml_scalar

_ASKS = "## 大家这样问"
_NO_SIGNS = re.compile(r"[`<>\[\]{}|*_#\x00-\x1f]")
_LONGEST = 120
_ASPECT = re.compile(r"^### +(?P<aspect>[a-z_]+)：(?P<ways>.*)$")


def clean(text: str) -> str:
    """A way of asking in one line; DeskError when it is none."""
    line = " ".join(text.split()).removeprefix("- ").strip()
    if not line:
        raise DeskError("先写上这句话。")
    if len(line) > _LONGEST:
        raise DeskError(f"一句问法最多 {_LONGEST} 个字，现在 {len(line)} 个。留下最要紧的那一句。")
    if found := _NO_SIGNS.search(line):
        raise DeskError(f"问法里不能有“{found[0]}”这样的符号，请删掉。")
    return line


def with_example(text: str, line: str) -> str:
    """A topic's file with one more way of asking at its end."""
    if not re.search(rf"^{_ASKS}\s*$", text, re.MULTILINE):
        raise DeskError("这一篇没有“大家这样问”这一节，先到编辑页补上。")
    return f"{text.rstrip()}\n- {line}\n"


def with_ask(text: str, matter: str, line: str) -> str:
    """tasks.yml or talk.yml with one more way of asking for a matter."""
    lines = text.splitlines()
    if f"{matter}:" not in lines:
        raise DeskError(f"没有找到 {matter}。")
    place = lines.index(f"{matter}:") + 1
    is_in_asks, last = False, None
    while place < len(lines) and (not lines[place].strip() or lines[place].startswith((" ", "#"))):
        each = lines[place]
        if each.startswith("  asks:"):
            is_in_asks = True
        elif re.match(r"  \S", each) and not each.startswith("  -"):
            is_in_asks = False
        if is_in_asks and each.lstrip().startswith("- "):
            last = place
        place += 1
    if last is None:
        raise DeskError(f"{matter} 还没有问法，先到编辑页写一句。")
    indent = lines[last][: len(lines[last]) - len(lines[last].lstrip())]
    lines.insert(last + 1, f"{indent}- {yaml_scalar(line)}")
    return "\n".join(lines) + "\n"


def with_follow_up(text: str, aspect: str, line: str) -> str:
    """A topic's file with one more way of asking for one side of it."""
    if any(sign in line for sign in ("·", "→", "：")):
        raise DeskError("接着会问的一句里不能有“·”“→”“：”，请删掉。")
    lines = text.splitlines()
    for place, each in enumerate(lines):
        if (found := _ASPECT.match(each)) and found["aspect"] == aspect:
            lines[place] = f"{each.rstrip()} · {line}" if found["ways"].strip() else each + line
            return "\n".join(lines) + "\n"
    raise DeskError("这一篇还没有写这一面，先到编辑页在“接着会问”里写上答案。")


def aspects_in(text: str) -> list[str]:
    """The sides of a topic for which it has an answer, in order."""
    found = (_ASPECT.match(line) for line in text.splitlines())
    return list(dict.fromkeys(each["aspect"] for each in found if each))


def with_test(text: str, matter: str, line: str) -> str:
    """A file of test questions of one matter with one more."""
    begun = text.rstrip() or f"- topic: {matter}\n  asks:"
    return f"{begun}\n    - {yaml_scalar(line)}\n"


def without(text: str, line: str) -> str:
    """The text of a file without the last line, or the last way of asking, that says just this."""
    lines = text.splitlines()
    for place in range(len(lines) - 1, -1, -1):
        each = lines[place]
        if each.strip() in (f"- {line}", f"- {yaml_scalar(line)}"):
            return "\n".join(lines[:place] + lines[place + 1 :]) + "\n"
        if each.startswith("### ") and f" · {line}" in each:
            lines[place] = each.replace(f" · {line}", "", 1)
            return "\n".join(lines) + "\n"
    return text


def write(path: Path, text: str) -> None:
    """Whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
