"""The marks of content.

[[law_id#article]] cites, {{figure_id}} stands for a dated value, [[contact:12378]] for a hotline
or an office, {{ask:product}} asks one question about the case.
"""

import re
from collections.abc import Iterator

CITATION = re.compile(r"\[\[(?!contact:)([^\[\]]+)\]\]")
CONTACT = re.compile(r"\[\[contact:([a-z0-9_]+)\]\]")
ASK = re.compile(r"\s*\{\{\s*ask:([a-z]+)\s*\}\}")
FIGURE = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")
QUOTATION = re.compile(r"「([^」]*)」(?:\[\[([^\[\]]+)\]\])?")


def lines_with_numbers(text: str) -> Iterator[tuple[int, str]]:
    """Each line of a file with its number from 1."""
    yield from enumerate(text.splitlines(), start=1)
