"""The form of a step of 接下来做什么."""

import re
from collections.abc import Mapping, Sequence

from bot.concepts.advice import RANKS
from bot.concepts.case import PRODUCTS, ROLES, STAGES
from bot.concepts.case_papers import PAPERS
from bot.desk.entries import Entry, entries_in
from bot.desk.form_contact import in_place_of, piece_length
from bot.desk.forms import Answers, Desktop, Field, Form, Options
from bot.desk.git import DeskError
from bot.knowledge.yaml_writer import yaml_scalar

_RANK_WORDS = ("人的安全", "法院和仲裁的日子", "钱快出去", "留证据", "不欠钱却被找的人",
               "和放款方谈", "收入", "先还哪一笔", "其余")  # fmt: skip
_BY = (("now", "现在"), ("today", "今天"), ("next_call", "下次来电"), ("three_days", "三天内"),
       ("on_notice", "按通知"), ("this_week", "这周"), ("first_hearing", "首次开庭前"),
       ("hearing", "开庭时"), ("with_answer", "和答辩一起"), ("this_month", "这个月"))  # fmt: skip
_KEY = re.compile(r"    ([a-z_]+):(.*)")
_PAPER = re.compile(r"^  ([a-z_]+):\n    name: (.+)$", re.MULTILINE)
_KNOWN_PRODUCTS = [each for each in PRODUCTS if each != "unknown"]
_FORMED = ("rank", "who", "when", "by", "says", "because", "source", "button")


def _title(desktop: Desktop, name: str) -> str:
    entry = _entry(desktop, name)
    return f"改下一步：{entry.title[:30]}" if entry else "加一个下一步"


def _fields(desktop: Desktop, name: str) -> Sequence[Field] | None:
    entry = _entry(desktop, name)
    if name and entry is None:
        return None
    told = _told(entry)
    files = [(file, _about(text)) for file, text in desktop.shelf.texts.items()
             if file.startswith("advice/") and text]  # fmt: skip
    own = [] if entry else [
        Field(id="file", label="放在哪一组", kind="choice", options=files),
        Field(id="id", label="编号",
              hint="人看不到：几个小写英文词，用下划线连起来，例如 suit_ask_copy"),
    ]  # fmt: skip
    conditions = _conditions(desktop) if entry is None else [
        Field(id="when", label="什么情况下说", value=told.get("when", ""),
              hint="上面选不出来时才写，不会写就空着；"
                   "写法见 advice/README.md，例如 {stage: sued, paper: [summons]}"),
    ]  # fmt: skip
    sources = [*told.get("source", "").strip("[]").split(","), ""]
    ranks = list(zip(RANKS, _RANK_WORDS, strict=True))
    return [
        *own,
        Field(id="says", label="做什么", kind="text", value=_words(told.get("says", "")),
              hint="一两句短话，最多 70 字，尽量 45 字以内"),
        Field(id="because", label="为什么现在做", kind="text",
              value=_words(told.get("because", "")), hint="一句话，以句号结尾，最多 45 字"),
        Field(id="source", label="依据（没有法律陈述的空着）", kind="article", is_optional=True,
              value=sources[0].strip()),
        Field(id="source_2", label="第二条依据", kind="article", is_optional=True,
              value=sources[1].strip()),
        Field(id="rank", label="有多急", kind="choice", options=ranks, value=told.get("rank", "")),
        Field(id="who", label="对谁说（不选就只对欠款人）", kind="choices", is_optional=True,
              options=[("everyone", "所有人"), *_labels(desktop, "role", ROLES)],
              value=told.get("who", "").strip("[]").replace(",", " ")),
        *conditions,
        Field(id="by", label="什么时候做", kind="choice", options=[("", "不写（有期限的）"), *_BY],
              value=told.get("by", ""), is_optional=True),
        Field(id="button", label="点了就办", kind="choice", options=_ends(desktop),
              value=told.get("button", "")),
    ]  # fmt: skip


def _conditions(desktop: Desktop) -> list[Field]:
    named = dict(_PAPER.findall(desktop.shelf.text("papers.yml") or ""))
    papers = [(each, named.get(each, each)) for each in PAPERS]
    return [
        Field(id="stage", label="走到哪一步时说（其中一种）", kind="choices", is_optional=True,
              options=_labels(desktop, "stage", STAGES)),
        Field(id="product", label="欠的是哪一种时说（其中一种）", kind="choices", is_optional=True,
              options=_labels(desktop, "product", _KNOWN_PRODUCTS)),
        Field(id="paper", label="收到哪样东西时说（其中一种）", kind="choices", is_optional=True,
              options=papers),
        Field(id="more", label="其他条件", is_optional=True,
              hint="上面选不出来时才写，不会写就空着；"
                   "写法见 advice/README.md，例如 done: {has: complained}"),
    ]  # fmt: skip


def _change(desktop: Desktop, name: str, answers: Answers) -> Mapping[str, str]:
    entry = _entry(desktop, name)
    file = entry.file if entry else answers.needed("file", "放在哪一组")
    if not file.startswith("advice/"):
        raise DeskError("请从列表里选一组。")
    own = name or answers.needed("id", "编号")
    if entry is None and _entry(desktop, own) is not None:
        raise DeskError(f"已经有叫 {own} 的一步了，换一个编号。")
    sources = [each for each in (answers.line("source"), answers.line("source_2")) if each]
    values = {
        "rank": answers.needed("rank", "有多急"),
        "who": f"[{', '.join(answers.chosen('who'))}]" if answers.chosen("who") else "",
        "when": answers.needed("when", "什么情况下说") if entry else _when(answers),
        "by": answers.line("by"),
        "says": yaml_scalar(answers.needed("says", "做什么")),
        "because": yaml_scalar(answers.needed("because", "为什么现在做")),
        "source": f"[{', '.join(sources)}]",
        "button": answers.needed("button", "点了就办"),
    }
    kept = _kept_lines(entry)
    lines = [f"  - id: {own}", *(f"    {key}: {value}" for key, value in values.items() if value)]
    piece = "\n".join([*lines, *kept]) + "\n"
    text = desktop.text(file)
    if entry is None:
        return {file: f"{text.rstrip()}\n{piece}"}
    return {file: in_place_of(text, entry, piece)}


def _when(answers: Answers) -> str:
    """The conditions as one mapping; with none the step is said whatever is told."""
    found = [f"{kind}: [{', '.join(values)}]" for kind in ("product", "stage", "paper")
             if (values := answers.chosen(kind))]  # fmt: skip
    more = answers.line("more").strip("{}").strip()
    return "{" + ", ".join([*found, *([more] if more else [])]) + "}"


def _entry(desktop: Desktop, name: str) -> Entry | None:
    found = (
        entry
        for file, text in desktop.shelf.texts.items()
        if file.startswith("advice/") and text
        for entry in entries_in(file, text)
    )
    return next((entry for entry in found if entry.kind == "step" and entry.id == name), None)


def _blocks(entry: Entry | None) -> dict[str, list[str]]:
    """The lines of each key of a step."""
    blocks: dict[str, list[str]] = {}
    key = ""
    for line in entry.text.splitlines()[1 : piece_length(entry)] if entry else ():
        if match := _KEY.match(line):
            key = match[1]
        blocks.setdefault(key, []).append(line)
    return blocks


def _told(entry: Entry | None) -> dict[str, str]:
    """The values as they are written, those of several lines in one."""
    return {
        key: " ".join(
            [lines[0].partition(":")[2].strip(), *(line.strip() for line in lines[1:])]
        ).strip()
        for key, lines in _blocks(entry).items()
    }


def _kept_lines(entry: Entry | None) -> list[str]:
    """What the form does not ask for stays as it is written."""
    return [line for key, lines in _blocks(entry).items() if key not in _FORMED for line in lines]


def _words(written: str) -> str:
    is_quoted = len(written) > 1 and written[0] == written[-1] and written[0] in "\"'"
    return written[1:-1] if is_quoted else written


def _labels(desktop: Desktop, kind: str, values: Sequence[str]) -> Options:
    words = {
        value: label for label, (of, value) in desktop.knowledge.parts.labels.items() if of == kind
    }
    return [(value, words.get(value, value)) for value in values]


def _about(text: str) -> str:
    return text.partition("\n")[0].lstrip("# ").partition("。")[0]


def _ends(desktop: Desktop) -> Options:
    """What a step may lead to: letters, tasks, answers."""
    knowledge = desktop.knowledge
    letters = [
        (entry.id, f"函件：{entry.title}")
        for file, text in desktop.shelf.texts.items()
        if file.startswith("letters/") and text
        for entry in entries_in(file, text)
    ]
    tasks = [(each.id, f"办：{each.title}") for each in knowledge.tasks.values()]
    answers = [(each.id, f"解答：{each.title}") for each in knowledge.answers.values()]
    return [*letters, *tasks, *answers]


STEP = Form(
    id="step",
    title=_title,
    fields=_fields,
    change=_change,
    has_marks=True,
    intro="检查要把每一种情况都试一遍，存之前会等一会儿。",
)
