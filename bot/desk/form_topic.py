"""The forms of a new topic, and of what is asked next about one."""

import re
from collections.abc import Mapping, Sequence

from bot.concepts.aspects import ANSWERED_ASPECTS
from bot.desk.entries import entries_in
from bot.desk.forms import Answers, Desktop, Field, Form, Options, review_days
from bot.desk.git import DeskError
from bot.knowledge.marks import CITATION
from bot.knowledge.text_checks import EXAMPLES_HEADING
from bot.knowledge.yaml_writer import yaml_scalar

_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
_ASPECT_WORDS = ("凭什么、哪条写的", "具体怎么做", "怎么说、怎么写", "要多久、几天", "要带什么",
                 "去哪里、打哪个电话", "要花多少钱", "不管用怎么办", "会怎样、有什么影响",
                 "真的吗、可他说……", "那如果是……")  # fmt: skip
_ASPECTS: Options = list(zip(ANSWERED_ASPECTS, _ASPECT_WORDS, strict=True))
_FOLLOW_UPS = 6
_NEEDED_FOLLOW_UPS = 5
_GAP = re.compile(r"\n\s*\n")


def _topic_fields(desktop: Desktop, name: str) -> Sequence[Field] | None:
    if name:
        return None
    knowledge = desktop.knowledge
    topics = [(each.id, each.title) for each in knowledge.answers.values()]
    related = [*topics, *((each.id, f"办：{each.title}") for each in knowledge.tasks.values())]
    groups = [(group.id, group.title) for group in knowledge.menu]
    letters = [("", "没有"), *_of_kind(desktop, "letter")]
    deadlines = [("", "没有"), *_of_kind(desktop, "deadline")]
    return [
        Field(id="id", label="编号",
              hint="人看不到：几个小写英文词，用下划线连起来，例如 rent_deposit；"
                   "以后不能改"),
        Field(id="topic_title", label="题目", hint="最多 20 字"),
        Field(id="button", label="按钮上的字", hint="最多 10 字"),
        Field(id="group", label="放在菜单的哪一组", kind="choice", options=groups),
        Field(id="difference", label="一句话说清它问的是什么", hint="最多 24 字，听不准时给人选"),
        Field(id="short", label="简答", kind="text",
              hint="每个人看到的最多 180 字，第一句就回答问题；空一行另起一段"),
        Field(id="steps", label="怎么做：一行一步", kind="lines", hint="三到六步"),
        Field(id="sayings", label="可以这样说：一行一句", kind="lines", is_optional=True),
        Field(id="cautions", label="注意：一行一条", kind="lines", hint="二到五条"),
        *(each for number in range(1, _FOLLOW_UPS + 1)
          for each in _follow_up_fields(str(number), is_optional=number > _NEEDED_FOLLOW_UPS)),
        Field(id="examples", label="大家这样问：一行一句", kind="lines",
              hint="至少 40 句，写法各不相同：短的、口语的、讲经过的、家属替问的"),
        *(Field(id=f"related_{number}", label=f"接着可以看 {number}", kind="choice",
                options=[("", "没有")] * (number == 3) + related, is_optional=number == 3)
          for number in (1, 2, 3)),
        Field(id="letter", label="帮他写哪封信", kind="choice", options=letters, is_optional=True),
        Field(id="deadline", label="帮他算哪个期限", kind="choice", options=deadlines,
              is_optional=True),
    ]  # fmt: skip


def _follow_up_fields(number: str, *, is_optional: bool = False) -> list[Field]:
    name = f"接着会问{f' {number}' if number else ''}"
    return [
        Field(id=f"aspect{number}", label=f"{name}：哪一面", kind="choice", options=_ASPECTS,
              value=ANSWERED_ASPECTS[int(number) - 1] if number else "", is_optional=is_optional),
        Field(id=f"asks{number}", label=f"{name}：至少三种问法，一行一种", kind="lines",
              is_optional=is_optional),
        Field(id=f"says{number}", label=f"{name}：怎么答", kind="text", is_optional=is_optional,
              hint="最多 150 字"),
    ]  # fmt: skip


def _topic_change(desktop: Desktop, _: str, answers: Answers) -> Mapping[str, str]:
    own = answers.needed("id", "编号")
    if not _ID.fullmatch(own):
        raise DeskError("编号只用小写英文、数字和下划线，最多 60 个，以英文开头。")
    if own in desktop.knowledge.matters:
        raise DeskError(f"已经有叫 {own} 的了，换一个编号。")
    difference = yaml_scalar(answers.needed("difference", "一句话说清它问的是什么"))
    differences = desktop.text("differences.yml").rstrip()
    return {
        f"topics/{own}.md": _topic_text(desktop, answers),
        "menu.yml": _in_group(desktop.text("menu.yml"), answers.needed("group", "菜单"), own),
        "differences.yml": f"{differences}\n{own}: {difference}\n",
    }


def _topic_text(desktop: Desktop, answers: Answers) -> str:
    steps = [f"{number}. {line}" for number, line in enumerate(answers.lines("steps"), 1)]
    sayings = "\n\n".join(f"> {line}" for line in answers.lines("sayings"))
    body = [
        f"## 简答\n\n{answers.needed('short', '简答') and answers.text('short')}",
        "## 怎么做\n\n" + "\n".join(steps),
        *([f"## 可以这样说\n\n{sayings}"] if sayings else []),
        "## 注意\n\n" + "\n".join(f"- {line}" for line in answers.lines("cautions")),
        "## 接着会问",
        *(_follow_up(answers, str(number)) for number in range(1, _FOLLOW_UPS + 1)
          if answers.text(f"says{number}")),
        f"{EXAMPLES_HEADING}\n\n" + "\n".join(f"- {line}" for line in answers.lines("examples")),
    ]  # fmt: skip
    text = "\n\n".join(body) + "\n"
    return f"---\n{_front_matter(desktop, answers, text)}---\n\n{text}"


def _front_matter(desktop: Desktop, answers: Answers, text: str) -> str:
    laws = list(dict.fromkeys(CITATION.findall(text)))
    listed = "laws:\n" + "".join(f"  - {law}\n" for law in laws) if laws else "laws: []\n"
    related = [each for number in (1, 2, 3) if (each := answers.line(f"related_{number}"))]
    named = "".join(
        f"{key}: {each}\n" for key in ("letter", "deadline") if (each := answers.line(key))
    )
    return (
        f"title: {yaml_scalar(answers.needed('topic_title', '题目'))}\n"
        f"button: {yaml_scalar(answers.needed('button', '按钮上的字'))}\n"
        f"{listed}related: [{', '.join(related)}]\n{named}{review_days(desktop.today)}"
    )


def _follow_up(answers: Answers, number: str) -> str:
    aspect = answers.needed(f"aspect{number}", "哪一面")
    asks = " · ".join(answers.lines(f"asks{number}"))
    return f"### {aspect}：{asks}\n\n{answers.text(f'says{number}')}"


def _in_group(menu: str, group: str, topic: str) -> str:
    """The menu with a topic at the end of a group."""
    for entry in entries_in_menu(menu):
        start, end, name = entry
        if name == group:
            return f"{menu[:start]}{menu[start:end].rstrip()}\n    - {topic}\n{menu[end:]}"
    raise DeskError("请从列表里选一组菜单。")


def entries_in_menu(menu: str) -> list[tuple[int, int, str]]:
    """Where each group of the menu begins and ends, and its id."""
    starts = [
        (match.start(), match[1]) for match in re.finditer(r"^- id: (\w+)", menu, re.MULTILINE)
    ]
    ends = [*(start for start, _ in starts[1:]), len(menu)]
    return [(start, end, name) for (start, name), end in zip(starts, ends, strict=True)]


def _asked_next_fields(desktop: Desktop, name: str) -> Sequence[Field] | None:
    if name and name not in desktop.knowledge.answers:
        return None
    topics = [(each.id, each.title) for each in desktop.knowledge.answers.values()]
    return [
        Field(id="topic", label="哪个主题", kind="choice", options=topics, value=name),
        *_follow_up_fields(""),
    ]


def _asked_next_change(desktop: Desktop, _: str, answers: Answers) -> Mapping[str, str]:
    topic = answers.needed("topic", "哪个主题")
    if topic not in desktop.knowledge.answers:
        raise DeskError("请从列表里选一个主题。")
    file = f"topics/{topic}.md"
    text = desktop.text(file)
    if not (answers.lines("asks") and answers.text("says")):
        raise DeskError("请写上问法和怎么答。")
    before, heading, after = text.partition(EXAMPLES_HEADING)
    if not heading:
        raise DeskError("这一篇里没有“大家这样问”，先把它补好。")
    piece = _follow_up(answers, "")
    return {file: _with_laws(f"{before.rstrip()}\n\n{piece}\n\n{heading}{after}", piece)}


def _with_laws(text: str, piece: str) -> str:
    """What the piece cites stands in the opening, too."""
    opening, rest = text[: text.index("\n---\n", 4) + 1], text[text.index("\n---\n", 4) + 1 :]
    new = [law for law in dict.fromkeys(CITATION.findall(piece)) if f"- {law}\n" not in opening]
    if not new:
        return text
    lines = "".join(f"  - {law}\n" for law in new)
    opening = opening.replace("laws: []\n", "laws:\n", 1)
    last = [*re.finditer(r"^laws:\n(?: +- .*\n)*", opening, re.MULTILINE)]
    at = last[0].end() if last else len(opening)
    return f"{opening[:at]}{lines}{opening[at:]}{rest}"


def _of_kind(desktop: Desktop, kind: str) -> Options:
    return [
        (entry.id, entry.title)
        for file, text in desktop.shelf.texts.items()
        if text and (file.startswith("letters/") or file == "deadlines.yml")
        for entry in entries_in(file, text)
        if entry.kind == kind
    ]


TOPIC = Form(
    id="topic",
    title=lambda _, __: "加一个新主题",
    fields=_topic_fields,
    change=_topic_change,
    has_marks=True,
    intro="填好以后会写成三个文件：解答、菜单、一句话的区别。说法律的句子后面，用“引用条文”放进依据。",
)
FOLLOW_UP = Form(
    id="follow-up",
    title=lambda _, __: "加一个接着会问的",
    fields=_asked_next_fields,
    change=_asked_next_change,
    has_marks=True,
)
