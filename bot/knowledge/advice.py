"""The reader of knowledge/advice/: steps of advice with their conditions. Chooses none of them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.concepts.advice import (
    DEBTOR,
    NOT_TOLD,
    SERVED,
    TOLD,
    AdviceStep,
    Condition,
    Day,
    Has,
    OneOf,
    Test,
    Within,
)
from bot.concepts.case import DEEDS, EVENTS, PRODUCTS, ROLES, STAGES
from bot.concepts.case_papers import PAPERS
from bot.concepts.citation import ArticleId
from bot.knowledge.base import Review
from bot.knowledge.faults import Fault, raise_if_any
from bot.knowledge.file_reader import files_of, read_text
from bot.knowledge.marks import CONTACT, FIGURE
from bot.knowledge.yaml_reader import Path as YamlPath
from bot.knowledge.yaml_reader import read_yaml

FOLDER = "advice"
_NAMED: Mapping[str, Collection[str] | None] = MappingProxyType(
    {"product": PRODUCTS, "stage": STAGES, "paper": PAPERS, "region": None, "lenders": ()}
)
"""Facts with one value, and the values that there are; None where any word may be one."""
_COUNTED = ("amount", "overdue_months", "monthly_ability", "income", "surplus", "debts", "left",
            "years_needed", "years_overdue")  # fmt: skip
_SEVERAL: Mapping[str, Collection[str]] = MappingProxyType({"events": EVENTS, "done": DEEDS})
_SINCE = tuple(f"since_{each}" for each in (SERVED, *DEEDS))
_BOUNDS = ("at_least", "at_most", "above")
_EVERYONE = "everyone"
_LONGEST = MappingProxyType({"says": 70, "because": 40, "fails": 50})
"""Characters as they are shown: three steps fit on a screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceBook:
    """All steps in the order of the files; where each stands; the files as they are written."""

    steps: tuple[AdviceStep, ...]
    places: Mapping[str, tuple[str, int]]
    reviews: Mapping[str, Review]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Where reading has come to, and what was wrong so far."""

    steps: list[AdviceStep]
    places: dict[str, tuple[str, int]]
    faults: list[Fault]


def load_advice(folder: Path) -> AdviceBook:
    """Read knowledge/advice/; KnowledgeError with every fault when it cannot be used."""
    book, faults = read_advice(folder)
    raise_if_any(faults)
    return book


def read_advice(folder: Path) -> tuple[AdviceBook, list[Fault]]:
    """The steps that can be read, and what is wrong with the rest."""
    shelf = _Shelf([], {}, [])
    texts: dict[str, str] = {}
    reviews: dict[str, Review] = {}
    for file in files_of(folder, f"{FOLDER}/*.yml"):
        if (text := read_text(folder, file, shelf.faults)) is None:
            continue
        texts[file] = text
        data, lines, faults = read_yaml(text, file, "advice")
        shelf.faults.extend(faults)
        if data is None:
            continue
        reviews[file] = Review(data["reviewed_on"], data["review_by"])
        groups = data.get("groups", {})
        for index, entry in enumerate(data["steps"]):
            spelled = {**entry, "when": _spelled(entry["when"], groups)}
            _put(spelled, file, lines, index, shelf)
    if not texts:
        shelf.faults.append(Fault(f"{FOLDER}/*.yml", 0, "一个能用的文件也没有。"))
    book = AdviceBook(steps=tuple(shelf.steps), places=shelf.places, reviews=reviews, texts=texts)
    return book, shelf.faults


def _spelled(wanted: Any, groups: Mapping[str, Sequence[str]]) -> Any:
    """A condition with the values of each group in the place of its name."""
    if isinstance(wanted, Mapping):
        return {name: _spelled(each, groups) for name, each in wanted.items()}
    if isinstance(wanted, list):
        return [value for each in wanted for value in _values(each, groups)]
    return groups.get(wanted, wanted) if isinstance(wanted, str) else wanted


def _values(each: Any, groups: Mapping[str, Sequence[str]]) -> Sequence[Any]:
    """What one place of a list stands for: itself, or all values of the group that it names."""
    spelled = _spelled(each, groups)
    return spelled if isinstance(each, str) and each in groups else [spelled]


def _put(
    entry: Mapping[str, Any], file: str, lines: Mapping[YamlPath, int], index: int, shelf: _Shelf
) -> None:
    """Add one step, or what is wrong with it."""
    line = lines["steps", index]
    problems: list[tuple[int, str]] = []
    if entry["id"] in shelf.places:
        problems.append((line, f"编号 {entry['id']} 用了两次，请改掉一个。"))
    if ("by" in entry) == ("deadline" in entry and _day(entry) is Day.AHEAD):
        message = "有日子的步骤（deadline，day 是 ahead）不写 by；其余的都要写 by。"
        problems.append((line, message))
    for name, longest in _LONGEST.items():
        length = _shown(entry.get(name, ""))
        if length > longest:
            message = f"{entry['id']} 的 {name} 太长：{length} 个字，最多 {longest} 个。"
            problems.append((lines["steps", index, name], message))
    given = entry["when"] if isinstance(entry["when"], list) else [entry["when"]]
    conditions: list[Condition] = []
    for number, condition in enumerate(given):
        path: YamlPath = ("steps", index, "when")
        path = (*path, number) if isinstance(entry["when"], list) else path
        tests: dict[str, Test] = {}
        for name, wanted in condition.items():
            read = _test(name, wanted)
            if isinstance(read, str):
                problems.append((lines.get((*path, name), line), read))
            else:
                tests[name] = read
        conditions.append(MappingProxyType(tests))
    shelf.faults.extend(Fault(file, *each) for each in problems)
    if not problems:
        shelf.places[entry["id"]] = (file, line)
        shelf.steps.append(_step(entry, tuple(conditions)))


def _shown(text: str) -> int:
    """Characters that a phone shows, about: a number in the place of each mark."""
    return len(FIGURE.sub("00", CONTACT.sub("00000", text)))


def _step(entry: Mapping[str, Any], conditions: tuple[Condition, ...]) -> AdviceStep:
    who = frozenset(entry.get("who", (DEBTOR,)))
    deadline = entry.get("deadline", {})
    return AdviceStep(
        id=entry["id"],
        rank=entry["rank"],
        says=entry["says"],
        because=entry["because"],
        button=entry["button"],
        by=entry.get("by", "this_week"),
        who=frozenset(ROLES) if _EVERYONE in who else who,
        when=conditions or (MappingProxyType({}),),
        sources=tuple(ArticleId.parse(each) for each in entry["source"]),
        kind=deadline.get("kind"),
        starts=deadline.get("from"),
        day=_day(entry),
        plan=entry.get("plan"),
        fails=entry.get("fails"),
        silences=frozenset(entry.get("silences", ())),
        is_alone=entry.get("alone", False),
    )


def _day(entry: Mapping[str, Any]) -> Day:
    return Day(entry.get("deadline", {}).get("day", Day.AHEAD.value))


def _test(name: str, wanted: object) -> Test | str:
    """A test of one fact, or what is wrong with it."""
    if name == "role":
        return "对谁说，写在 who 里，不写在 when 里。"
    if name in _SEVERAL:
        return _has(name, wanted)
    if name in (*_COUNTED, *_SINCE) and isinstance(wanted, Mapping):
        return _within(name, wanted)
    if name in _NAMED or name in (*_COUNTED, *_SINCE, SERVED):
        return _one_of(name, wanted)
    known = "、".join((*_NAMED, SERVED, *_COUNTED, *_SEVERAL, "since_…"))
    return f"没有叫 {name} 的事实；可以用的有：{known}。"


def _one_of(name: str, wanted: object) -> Test | str:
    is_denied = isinstance(wanted, Mapping)
    if isinstance(wanted, Mapping):
        if set(wanted) != {"not"}:
            return f"{name} 写成一个值、几个值，或者 {{not: 值}}。"
        wanted = wanted["not"]
    values = tuple(_names(wanted))
    allowed = _NAMED.get(name, ())
    if not values:
        return f"{name} 写成一个值、几个值，或者 {{not: 值}}。"
    if allowed is not None and (wrong := _unknown(values, (TOLD, NOT_TOLD, *allowed))):
        return f"{name} 没有叫 {wrong} 的值，请改正拼写。"
    return OneOf(frozenset(values), is_denied)


def _within(name: str, wanted: Mapping[object, object]) -> Test | str:
    if wrong := _unknown(map(str, wanted), (*_BOUNDS, "or_not_told")):
        return f"{name} 里不认识 {wrong}；可以写 at_least、at_most、above、or_not_told。"
    bounds = {each: wanted[each] for each in _BOUNDS if each in wanted}
    if not bounds or any(not isinstance(each, (int, float, str)) for each in bounds.values()):
        return f"{name} 的界限写成数字，或者 figures/ 里的编号。"
    least, most = bounds.get("at_least", bounds.get("above")), bounds.get("at_most")
    if isinstance(least, (int, float)) and isinstance(most, (int, float)) and least > most:
        return f"{name} 的上限比下限小，永远不会成立。"
    return Within(**bounds, or_not_told=wanted.get("or_not_told") is True)  # type: ignore[arg-type]


def _has(name: str, wanted: object) -> Test | str:
    if not isinstance(wanted, Mapping) or not wanted or set(wanted) - {"has", "has_not"}:
        return f"{name} 写成 {{has: …}} 或 {{has_not: …}}。"
    any_of, none_of = (tuple(_names(wanted.get(each, ()))) for each in ("has", "has_not"))
    if wrong := _unknown((*any_of, *none_of), _SEVERAL[name]):
        return f"{name} 没有叫 {wrong} 的值，请改正拼写。"
    if any_of and set(any_of) <= set(none_of):
        return f"{name} 又要有又要没有，永远不会成立。"
    return Has(any_of=frozenset(any_of), none_of=frozenset(none_of))


def _names(wanted: object) -> Iterator[str]:
    if isinstance(wanted, str):
        yield wanted
    elif isinstance(wanted, (list, tuple)):
        yield from map(str, wanted)


def _unknown(names: Iterator[str] | Collection[str], known: Collection[str]) -> str:
    return "、".join(sorted(set(names) - set(known)))
