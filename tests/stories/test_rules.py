"""Every conduct rule is reached by stories: one that no story can reach is a finding."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.stories.test_stories import ON, checker

FOLDER = Path(__file__).parent
_AT_LEAST = 5
_ANNOTATED = ("stories.yml", "further_stories.yml", "unseen_stories.yml")


@cache
def _entries(file: str) -> list[Mapping[str, Any]]:
    return list(yaml.safe_load((FOLDER / file).read_text(encoding="utf-8")))


def _touched_by_annotated() -> Iterator[str]:
    """The rules that follow from the annotated acts of each story."""
    for story in (each for file in _ANNOTATED for each in _entries(file)):
        facts = replace(checker().read(story["text"], ON), acts=tuple(story["facts"]["acts"]))
        yield from (rule.id for rule in checker().evaluate(facts, ON).rules)


def _touched(text: str) -> set[str]:
    return {rule.id for rule in checker().check(text, ON).rules}


@pytest.mark.parametrize("entry", _entries("rule_stories.yml"), ids=lambda entry: entry["text"])
def test_a_story_reaches_the_rules_that_it_was_written_for(entry: Mapping[str, Any]) -> None:
    assert set(entry["touches"]) <= _touched(entry["text"])


def test_each_rule_is_reached_by_five_stories() -> None:
    reached = Counter(_touched_by_annotated())
    for entry in _entries("rule_stories.yml"):
        reached.update(_touched(entry["text"]))
    assert {rule: reached[rule] for rule in checker().conduct.rules
            if reached[rule] < _AT_LEAST} == {}  # fmt: skip
