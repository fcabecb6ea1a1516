"""The tables of stories, annotated from the topics list by people who saw no code."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.answering.call_check import CallChecker
from bot.answering.tasks.all_tasks import checker_of
from tests.answering.tasks.desk import real_book

ON = date(2026, 11, 23)
FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Table:
    """Two files, and the share of stories whose field is right; of a field not named, 0.95."""

    stories: str
    known_failures: str
    shares_at_least: tuple[tuple[str, float], ...]


TABLES = (
    Table("stories.yml", "known_failures.yml", (("contacted", 0.9), ("acts", 0.9))),
    Table("further_stories.yml", "further_known_failures.yml", (("acts", 0.9),)),
)


@cache
def stories(table: Table) -> list[Mapping[str, Any]]:
    return list(yaml.safe_load((FOLDER / table.stories).read_text(encoding="utf-8")))


@cache
def known_failures(table: Table) -> Mapping[str, list[str]]:
    return dict(yaml.safe_load((FOLDER / table.known_failures).read_text(encoding="utf-8")) or {})


@cache
def checker() -> CallChecker:
    return checker_of(real_book())


@cache
def failures(table: Table, text: str) -> list[str]:
    """The fields of a story that are read otherwise than by its annotator."""
    story = next(each for each in stories(table) if each["text"] == text)
    told = checker().check_as_json(text, ON)
    facts, rules = told["facts"], told["rules"]
    assert isinstance(facts, dict)
    assert isinstance(rules, list)
    named = {rule["law"] for rule in rules}
    is_right = {
        **{name: facts[name] == value for name, value in story["facts"].items()},
        "clean": told["clean"] is story["clean"],
        "urgent": told["urgent"] is story["urgent"],
        "laws": set(story.get("laws", ())) <= named,
        "never_laws": not set(story.get("never_laws", ())) & named,
    }
    return [name for name, right in is_right.items() if not right]


@pytest.mark.parametrize("table", TABLES)
def test_the_table_is_large_enough(table: Table) -> None:
    assert len(stories(table)) >= 60
    assert len({story["text"] for story in stories(table)}) == len(stories(table))


@pytest.mark.parametrize(
    ("table", "text"), [(table, story["text"]) for table in TABLES for story in stories(table)]
)
def test_a_story_is_read_as_a_careful_person_reads_it(table: Table, text: str) -> None:
    failed = known_failures(table)
    known = next((each for start, each in failed.items() if text.startswith(start)), [])
    assert failures(table, text) == known, f"mend it, or correct {table.known_failures}"


@pytest.mark.parametrize("table", TABLES)
def test_every_known_failure_is_one_of_the_table(table: Table) -> None:
    starts = [
        [story["text"] for story in stories(table) if story["text"].startswith(start)]
        for start in known_failures(table)
    ]
    assert [len(each) for each in starts] == [1] * len(starts)
    assert all(known_failures(table).values())


@pytest.mark.parametrize("table", TABLES)
def test_each_field_is_right_for_most_stories(table: Table) -> None:
    wrong = Counter(name for story in stories(table) for name in failures(table, story["text"]))
    fields = [*stories(table)[0]["facts"], "clean", "urgent", "laws", "never_laws"]
    shares = {name: 1 - wrong[name] / len(stories(table)) for name in fields}
    at_least = dict(table.shares_at_least)
    assert {name: share for name, share in shares.items()
            if share < at_least.get(name, 0.95)} == {}  # fmt: skip
