"""The two marks of content: [[law_id#article]] cites, {{figure_id}} stands for a dated value."""

import re
from collections.abc import Iterator

CITATION = re.compile(r"\[\[([^\[\]]+)\]\]")
FIGURE = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")
QUOTATION = re.compile(r"「([^」]*)」(?:\[\[([^\[\]]+)\]\])?")


def lines_with_numbers(text: str) -> Iterator[tuple[int, str]]:
    """Each line of a file with its number from 1."""
    yield from enumerate(text.splitlines(), start=1)
