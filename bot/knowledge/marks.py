"""The marks of content.

[[law_id#article]] cites, {{figure_id}} stands for a dated value, [[contact:12378]] for a hotline
or an office, {{ask:product}} asks one question about the case, {{told:monthly_ability}} stands
for what was told of it.
"""

import re
from collections.abc import Iterator

CITATION = re.compile(r"\[\[(?!contact:)([^\[\]]+)\]\]")
CONTACT = re.compile(r"\[\[contact:([a-z0-9_]+)\]\]")
ASK = re.compile(r"\s*\{\{\s*ask:([a-z]+)\s*\}\}")
TOLD = re.compile(r"\{\{\s*told:([a-z_]+)\s*\}\}")
BLANK = "＿"
"""What stands for TOLD where nothing was told."""
TOLD_SUMS = ("amount", "monthly_ability")
"""What TOLD may name, in yuan."""
FIGURE = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")
QUOTATION = re.compile(r"「([^」]*)」(?:\[\[([^\[\]]+)\]\])?")


def lines_with_numbers(text: str) -> Iterator[tuple[int, str]]:
    """Each line of a file with its number from 1."""
    yield from enumerate(text.splitlines(), start=1)
