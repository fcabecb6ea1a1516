"""Strict YAML: duplicate keys refused, every fault with its line, the shape checked by schema."""

import json
import re
import sys
from collections.abc import Hashable, Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from bot.knowledge.faults import Fault
from bot.knowledge.kept_work import kept
from bot.knowledge.mistyped import WIDE_SPACE, mistyped_in

Path = tuple[str | int, ...]

_TYPE_NAMES = {
    "array": "列表",
    "boolean": "true 或 false",
    "date": "日期（年-月-日）",
    "integer": "整数",
    "null": "空",
    "object": "若干“键: 值”",
    "string": "文字",
}


class _Refused(yaml.MarkedYAMLError):
    """YAML that could be read and is not wanted here; `problem` is a sentence for writers."""

    def __init__(self, problem: str, mark: Any) -> None:
        super().__init__(problem=problem, problem_mark=mark)


class _Strict(yaml.constructor.SafeConstructor):
    """Keeps keys as they are written and refuses what is written by mistake."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Tell the line of a value that looks like a date or number and is none."""
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            problem = f"“{str(node.value)[:20]}”读不懂，请检查日期和数字的写法，或加上引号。"
            raise _Refused(problem, node.start_mark) from error

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = True,  # noqa: ARG002 always deep
    ) -> dict[Hashable, Any]:
        mapping: dict[Hashable, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _Refused("以 { 或 [ 开头的文字要加引号。", key.start_mark)
            if key.value in mapping:
                raise _Refused(f"“{key.value}”写了两次，请删去一个。", key.start_mark)
            mapping[key.value] = self.construct_object(value, deep=True)
        return mapping


class _FastLoader(_Strict, yaml.CSafeLoader):
    """Reads with libyaml, which is ten times faster and says less of what is wrong."""


class _Loader(_Strict, yaml.SafeLoader):
    """Reads in Python, and tells every fault by its line."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse `*name`: content repeats nothing by reference, and references can go in rings."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise _Refused("以 * 开头的文字要加引号。", mark)
        return super().compose_node(parent, index)


def read_yaml(
    text: str, file: str, schema: str, first_line: int = 1
) -> tuple[Any, dict[Path, int], list[Fault]]:
    """Return the data (None when unusable), the line of each path in it, and the faults.

    `schema` names a file in schemas/; `first_line` is where the text starts in its file. Nobody
    may change the data, which may be kept for who reads the same text again.
    """
    data, lines, faults = kept(
        lambda: _read_yaml(text, file, schema, first_line),
        "yaml", file, schema, str(first_line), text,
    )  # fmt: skip
    return data, lines, [*faults]


def _read_yaml(
    text: str, file: str, schema: str, first_line: int
) -> tuple[Any, dict[Path, int], list[Fault]]:
    try:
        node, data = _read(text)
    except (yaml.YAMLError, RecursionError) as error:
        return None, {}, [_syntax_fault(error, text, file, first_line)]
    lines: dict[Path, int] = {(): first_line}
    if node is not None:
        _note_lines(node, (), lines, first_line)
    faults = {
        Fault(file, _line_of(error, lines), _explain(error))
        for error in _validator(schema).iter_errors(data)
    }
    return (None if faults else data), lines, sorted(faults)


def read_plainly(text: str) -> Any:
    """The data of a text, whatever its shape; None when it cannot be read."""
    try:
        return kept(lambda: _read(text)[1], "plain yaml", text)
    except (yaml.YAMLError, RecursionError):
        return None


def _read(text: str) -> tuple[yaml.Node | None, Any]:
    """The nodes and the data of a text; YAMLError or RecursionError when it cannot be read."""
    # An alias needs an anchor; libyaml follows it, so where both may be, it is not asked.
    if "&" not in text or "*" not in text:
        with suppress(yaml.YAMLError, RecursionError):
            return _loaded(_FastLoader(text))
    return _loaded(_Loader(text))


def _loaded(loader: _FastLoader | _Loader) -> tuple[yaml.Node | None, Any]:
    node = loader.get_single_node()
    return node, loader.construct_document(node) if node is not None else None


@cache
def _validator(schema: str) -> Any:
    """The validator of one file in schemas/; definitions.json holds what several refer to."""
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    types = Draft202012Validator.TYPE_CHECKER.redefine(
        "date", lambda _, value: type(value) is date
    )
    whole = Draft202012Validator.VALIDATORS["items"]

    def items(validator: Any, wanted: Any, found: Any, own: Any) -> Iterator[Any]:
        """Thousands of plain texts need no validator each, unless one of them is wrong."""
        if not _are_plain_texts(wanted, found):
            yield from whole(validator, wanted, found, own)

    validator: Any = extend(  # type: ignore[no-untyped-call]
        Draft202012Validator, {"items": items}, type_checker=types
    )
    shared = _read_schema("definitions")
    own = _read_schema(schema)
    return validator(
        {**own, "$defs": {**shared, **own.get("$defs", {})}},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def _are_plain_texts(wanted: Any, found: Any) -> bool:
    """Whether the items are all texts as they are wanted, where no more is said of them."""
    if not isinstance(found, list) or not isinstance(wanted, dict):
        return False
    if wanted.get("type") != "string" or wanted.keys() - {"type", "minLength", "maxLength"}:
        return False
    least, most = wanted.get("minLength", 0), wanted.get("maxLength", sys.maxsize)
    return all(isinstance(each, str) and least <= len(each) <= most for each in found)


def _read_schema(name: str) -> dict[str, Any]:
    text = files("bot.knowledge").joinpath(f"schemas/{name}.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def _syntax_fault(error: Exception, text: str, file: str, first_line: int) -> Fault:
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + first_line
        return Fault(file, line, "有一个看不见的控制字符。请删去这一行，重新打一遍。")
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    line = mark.line + first_line if mark else first_line
    if isinstance(error, _Refused):
        return Fault(file, line, str(error.problem))
    if (opened := _unclosed(error)) is not None:
        return Fault(file, opened + first_line, "这里的引号没有成对，请补上或删去。")
    if mistyped := mistyped_in(text, line - first_line):
        return Fault(file, mistyped[0] + first_line, mistyped[1])
    return Fault(
        file,
        line,
        "格式读不懂。常见原因：冒号后没有空格、缩进没有对齐、文字里有冒号或 # 却没有加引号。",
    )


def _unclosed(error: Exception) -> int | None:
    """The line of a quotation mark that has no second one, from 0; None where all have."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.context_mark is None:
        return None
    if "quoted scalar" in (error.context or ""):
        return int(error.context_mark.line)
    return None


def _note_lines(node: yaml.Node, path: Path, lines: dict[Path, int], first_line: int) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = str(key.value)
            lines[(*path, name)] = key.start_mark.line + first_line
            _note_lines(value, (*path, name), lines, first_line)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            lines[(*path, index)] = value.start_mark.line + first_line
            _note_lines(value, (*path, index), lines, first_line)


def _line_of(error: Any, lines: dict[Path, int]) -> int:
    path: Path = tuple(str(key) if not isinstance(key, int) else key for key in error.path)
    if error.validator == "additionalProperties" and (names := _unknown_keys(error)):
        path = (*path, names[0])
    if error.validator == "format":
        path = (*path, str(error.instance))  # It is the key itself that is wrong.
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _unknown_keys(error: Any) -> list[str]:
    known = error.schema.get("properties", {})
    patterns = error.schema.get("patternProperties", {})
    return [
        str(key)
        for key in error.instance
        if key not in known and not any(re.search(each, str(key)) for each in patterns)
    ]


def _wrong_type(error: Any) -> str:
    if isinstance(error.instance, str) and error.instance.startswith(tuple("－—–•·")):
        return f"列表的“{error.instance[0]}”请改成英文的减号加一个空格：“- ”。"
    wanted = error.validator_value
    names = [wanted] if isinstance(wanted, str) else wanted
    return f"应当是{'或'.join(_TYPE_NAMES[name] for name in names)}。"


def _unknown_key(names: list[str]) -> str:
    if any(name.startswith("\u3000") for name in names):
        return WIDE_SPACE
    name, colon, _ = next((each for each in names if "：" in each), "").partition("：")
    if colon:
        return f"“{name}”后面的冒号是中文的，请改成英文冒号加一个空格：“{name}: ”。"
    return f"不认识的键：{'、'.join(names)}。请改正拼写或删去。"


def _explain(error: Any) -> str:
    """Say in Chinese what a schema error means and how to mend it."""
    where = f"“{error.path[-1]}”" if error.path else "这里"
    match error.validator:
        case "required":
            missing = [key for key in error.validator_value if key not in error.instance]
            return f"{where}缺少 {'、'.join(missing)}，请补上。"
        case "additionalProperties":
            return _unknown_key(_unknown_keys(error))
        case "type":
            return where + _wrong_type(error)
        case "enum":
            return f"{where}只能是 {'、'.join(map(str, error.validator_value))} 之一。"
        case "maxLength":
            return f"{where}太长：{len(error.instance)} 个字，最多 {error.validator_value} 个。"
        case "minItems" | "maxItems":
            limit = "至少要有" if error.validator == "minItems" else "最多"
            now = len(error.instance)
            return f"{where}{limit} {error.validator_value} 项，现在 {now} 项。"
        case "uniqueItems":
            return f"{where}里有重复的项，请删去。"
        case "format":
            return f"“{error.instance}”不是日历上有的日期（年-月-日）。"
        case "pattern":
            return f"{where}的写法不对，应当符合 {error.validator_value}。"
        case "minLength" | "minProperties":
            return f"{where}不能是空的。"
    return f"{where}不合要求：{error.message}"
