"""The table of stories, annotated from the law and the topics list by somebody who saw no code."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.answering.call_check import CallChecker
from bot.answering.tasks.all_tasks import load_checker
from tests.knowledge.folder import REAL, real_knowledge

ON = date(2026, 11, 23)
FOLDER = Path(__file__).parent
SHARES_AT_LEAST = {"contacted": 0.9, "acts": 0.9}
"""Of the stories, for each field; 0.95 for all others."""


@cache
def stories() -> list[Mapping[str, Any]]:
    return list(yaml.safe_load((FOLDER / "stories.yml").read_text(encoding="utf-8")))


@cache
def known_failures() -> Mapping[str, list[str]]:
    return dict(yaml.safe_load((FOLDER / "known_failures.yml").read_text(encoding="utf-8")))


@cache
def checker() -> CallChecker:
    return load_checker(real_knowledge(), REAL)


@cache
def failures(text: str) -> list[str]:
    """The fields of a story that are read otherwise than by its annotator."""
    story = next(each for each in stories() if each["text"] == text)
    told = checker().check_as_json(text, ON)
    facts, rules = told["facts"], told["rules"]
    assert isinstance(facts, dict)
    assert isinstance(rules, list)
    named = {rule["law"] for rule in rules}
    is_right = {
        **{name: facts[name] == value for name, value in story["facts"].items()},
        "clean": told["clean"] is story["clean"],
        "urgent": told["urgent"] is story["urgent"],
        "laws": set(story["laws"]) <= named,
        "never_laws": not set(story["never_laws"]) & named,
    }
    return [name for name, right in is_right.items() if not right]


def test_the_table_is_large_enough() -> None:
    assert len(stories()) >= 60
    assert len({story["text"] for story in stories()}) == len(stories())


@pytest.mark.parametrize("text", [story["text"] for story in stories()])
def test_a_story_is_read_as_a_careful_person_reads_it(text: str) -> None:
    known = next((each for start, each in known_failures().items() if text.startswith(start)), [])
    assert failures(text) == known, "mend it, or correct tests/stories/known_failures.yml"


def test_every_known_failure_is_one_of_the_table() -> None:
    starts = [
        [story["text"] for story in stories() if story["text"].startswith(start)]
        for start in known_failures()
    ]
    assert [len(each) for each in starts] == [1] * len(starts)
    assert all(known_failures().values())


def test_each_field_is_right_for_most_stories() -> None:
    wrong = Counter(name for story in stories() for name in failures(story["text"]))
    fields = [*stories()[0]["facts"], "clean", "urgent", "laws", "never_laws"]
    shares = {name: 1 - wrong[name] / len(stories()) for name in fields}
    assert {name: share for name, share in shares.items()
            if share < SHARES_AT_LEAST.get(name, 0.95)} == {}  # fmt: skip
