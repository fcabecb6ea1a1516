"""The form of a figure: a new value from a day on, or a mistake put right."""

from collections.abc import Mapping, Sequence

from bot.concepts.citation import ArticleId
from bot.desk.forms import Answers, Desktop, Field, Form, review_days
from bot.desk.git import DeskError
from bot.knowledge.yaml_writer import yaml_scalar

_NEW, _MEND = "new", "mend"


def _file(name: str) -> str:
    return f"figures/{name}.yml" if name else ""


def _title(desktop: Desktop, name: str) -> str:
    figure = desktop.knowledge.figures.get(name)
    return f"改数值：{figure.description[:30]}" if figure else "加一个数值"


def _fields(desktop: Desktop, name: str) -> Sequence[Field] | None:
    if not name:
        return [
            Field(
                id="id", label="编号", hint="小写英文和下划线，最后一个词是单位，例如 reply_days"
            ),
            *_shared("", "", ""),
            Field(id="since", label="哪天起生效", kind="day", value=str(desktop.today)),
        ]
    figure = desktop.knowledge.figures.get(name)
    if figure is None:
        return None
    now = figure.value_on(desktop.today) or figure.history[-1]
    ways = [(_NEW, f"规定变了：从一天起是新的数（现在的 {now.value} 留在历史里）"),
            (_MEND, f"原来写错了：把 {now.value} 改正，生效日不变")]  # fmt: skip
    return [
        Field(id="way", label="为什么改", kind="choice", options=ways, value=_NEW),
        *_shared(figure.description, now.value, str(now.source)),
        Field(id="since", label="新的数哪天起生效", kind="day", value=str(desktop.today),
              hint="改正写错的，不用管这一天"),
    ]  # fmt: skip


def _shared(description: str, value: str, source: str) -> list[Field]:
    return [
        Field(id="description", label="说的是什么", kind="text", value=description),
        Field(id="value", label="数", value=value, hint="只写数，不写单位；钟点写成 22:00"),
        Field(id="source", label="出处", kind="article", value=source),
    ]


def _change(desktop: Desktop, name: str, answers: Answers) -> Mapping[str, str]:
    value, since = answers.needed("value", "数"), answers.needed("since", "哪天起生效")
    source = answers.needed("source", "出处")
    try:
        ArticleId.parse(source)
    except ValueError as error:
        raise DeskError("出处要从列表里选，写成 文件编号#条号。") from error
    figure = desktop.knowledge.figures.get(name)
    history = (
        {str(each.since): (each.value, str(each.source)) for each in figure.history}
        if figure
        else {}
    )
    if figure and answers.line("way") == _MEND:
        since = str((figure.value_on(desktop.today) or figure.history[-1]).since)
    history[since] = (value, source)
    own = name or answers.needed("id", "编号")
    if not name and desktop.shelf.text(_file(own)) is not None:
        raise DeskError(f"已经有叫 {own} 的数值了，换一个编号。")
    lines = [
        f"  {day}: {{value: {_value(told)}, source: {at}}}"
        for day, (told, at) in sorted(history.items())
    ]
    text = "\n".join(
        [
            f"description: {yaml_scalar(answers.needed('description', '说的是什么'))}",
            "values:",
            *lines,
        ]
    )
    return {_file(own): f"{text}\n{review_days(desktop.today)}"}


def _value(told: str) -> str:
    """A number as it is, everything else in quotes: 22:00 would be read as sixty times."""
    return told if told.isdecimal() else f'"{told}"'


FIGURE = Form(
    id="figure",
    title=_title,
    fields=_fields,
    change=_change,
    raw=_file,
    then=lambda name: f"/where?what=figure:{name}" if name else "",
    intro="存好以后，会列出所有说到它、要逐一跟着改的话。",
)
