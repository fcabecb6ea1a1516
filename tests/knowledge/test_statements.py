"""What an outside reading found wrong stays right: each statement with its source, by file."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.knowledge.docx_reader import docx_as_text
from bot.knowledge.text_checks import EXAMPLES_HEADING
from tests.knowledge.folder import REAL

_FOLDER = Path(__file__).parent / "statements"
_POINTS = range(1, 23)
"""The points of the outside reading."""


def _each() -> Iterator[Any]:
    for path in sorted(_FOLDER.glob("*.yml")):
        for number, entry in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))):
            yield pytest.param(entry, id=f"{path.stem}-{number}-{entry['file']}")


STATEMENTS = list(_each())


def written_in(place: Path) -> str:
    """The words of a file or of a letter's folder, without the ways people ask."""
    if place.is_dir():
        template = docx_as_text((place / "template.docx").read_bytes())
        return (place / "letter.yml").read_text(encoding="utf-8") + template
    return place.read_text(encoding="utf-8").partition(EXAMPLES_HEADING)[0]


def said_by_us(text: str) -> str:
    """A text without the lines that hold how people ask on."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("### "))


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_mended_statement_stands_with_its_source(statement: Mapping[str, Any]) -> None:
    text = written_in(REAL / statement["file"])
    missing = [each for each in statement.get("says", ()) if str(each) not in text]
    missing += [each for each in statement.get("cites", ()) if each not in text]
    said = [each for each in statement.get("never", ()) if str(each) in said_by_us(text)]
    assert (missing, said) == ([], [])


def test_every_point_of_the_reading_is_held() -> None:
    found = {parameter.values[0].get("point") for parameter in STATEMENTS}
    assert set(_POINTS) - found == set()
