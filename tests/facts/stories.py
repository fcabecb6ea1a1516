"""How the tests get a reader with the project's own words, and the cases of a data file."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.facts.reader import FactReader
from bot.facts.story import Story
from bot.knowledge.fact_words import read_fact_words
from bot.safety.normalizing import normalize

ROOT = Path(__file__).parents[2]


@cache
def reader() -> FactReader:
    """The words of knowledge/facts.yml."""
    words, faults = read_fact_words(ROOT / "knowledge")
    assert (words is not None, faults) == (True, [])
    assert words is not None
    return FactReader(words, normalize)


def story(text: str) -> Story:
    """A story as the reader prepares it."""
    return Story.of(text, normalize, reader().words.spellings)


def cases(name: str) -> Any:
    """The cases of tests/facts/cases/<name>.yml."""
    file = Path(__file__).parent / "cases" / f"{name}.yml"
    return yaml.safe_load(file.read_text(encoding="utf-8"))
