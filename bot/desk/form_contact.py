"""The form of a hotline or office."""

from collections.abc import Mapping, Sequence

from bot.desk.entries import Entry, entries_in
from bot.desk.forms import REVIEWED_FOR, Answers, Desktop, Field, Form
from bot.desk.git import DeskError
from bot.knowledge.yaml_writer import yaml_scalar

_FILE = "contacts.yml"


def _title(desktop: Desktop, name: str) -> str:
    contact = desktop.knowledge.contacts.get(name)
    return f"改热线：{contact.name}" if contact else "加一个热线或机构"


def _fields(desktop: Desktop, name: str) -> Sequence[Field] | None:
    contact = desktop.knowledge.contacts.get(name)
    if name and contact is None:
        return None
    own = [] if contact else [
        Field(id="id", label="编号",
              hint="人看不到：几个小写英文词，用下划线连起来，例如 legal_aid_hotline")
    ]  # fmt: skip

    def told(key: str) -> str:
        return str(getattr(contact, key) or "") if contact else ""

    return [
        *own,
        Field(id="name", label="名称", value=told("name")),
        Field(id="number", label="号码", value=told("number"), is_optional=True,
              hint="两个互不转载的官方来源对得上才写；没有号码就空着"),
        Field(id="where", label="在哪里办、怎么找", value=told("where"), is_optional=True),
        Field(id="for", label="管什么", kind="text", value=told("purpose")),
        Field(id="not_for", label="不管什么", kind="text", value=told("not_for")),
        Field(id="hours", label="时间", value=told("hours"), is_optional=True),
        Field(id="caution", label="要当心的", kind="text", value=told("caution"),
              is_optional=True),
    ]  # fmt: skip


def _change(desktop: Desktop, name: str, answers: Answers) -> Mapping[str, str]:
    own = name or answers.needed("id", "编号")
    text = desktop.text(_FILE)
    entries = {entry.id: entry for entry in entries_in(_FILE, text)}
    if not name and own in entries:
        raise DeskError(f"已经有叫 {own} 的了，换一个编号。")
    number = answers.line("number")
    lines = [
        f"- id: {own}",
        f"  name: {yaml_scalar(answers.needed('name', '名称'))}",
        f'  number: "{number}"' if number.replace("-", "").isdecimal() else
        f"  number: {yaml_scalar(number)}",
        f"  where: {yaml_scalar(answers.line('where'))}",
        f"  for: {yaml_scalar(answers.needed('for', '管什么'))}",
        f"  not_for: {yaml_scalar(answers.needed('not_for', '不管什么'))}",
        f"  hours: {yaml_scalar(answers.line('hours'))}",
        f"  caution: {yaml_scalar(answers.line('caution'))}",
        f"  checked_on: {desktop.today}",
        f"  review_by: {desktop.today + REVIEWED_FOR}",
    ]  # fmt: skip
    piece = "\n".join(lines) + "\n"
    return {_FILE: in_place_of(text, entries.get(name), piece)}


def in_place_of(text: str, entry: Entry | None, piece: str) -> str:
    """The text with a piece in the place of a thing, or after an empty line at its end."""
    if entry is None:
        return f"{text.rstrip()}\n\n{piece}"
    lines = text.splitlines(keepends=True)
    # What stands between this thing and the next belongs to neither, and stays.
    after = lines[entry.line - 1 + piece_length(entry) :]
    return "".join([*lines[: entry.line - 1], piece, *after])


def piece_length(entry: Entry) -> int:
    """The lines of a thing without the empty ones and comments after it."""
    lines = entry.text.splitlines()
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return len(lines)


CONTACT = Form(
    id="contact",
    title=_title,
    fields=_fields,
    change=_change,
    raw=lambda _: _FILE,
    then=lambda name: f"/where?what=contact:{name}" if name else "",
    intro="号码写进热线以后，各处写成标记的会自动跟着变；直接写出来的，存好以后会列出来。",
)
