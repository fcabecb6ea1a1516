"""One parse of each text for all tests of the folder."""

from collections.abc import Iterator

import pytest

from bot.knowledge.kept_work import keeping


@pytest.fixture(autouse=True, scope="session")
def kept_parses() -> Iterator[None]:
    """What was read of a text stays known: a copy with one damage is read in a moment."""
    with keeping():
        yield
