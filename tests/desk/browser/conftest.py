"""One browser and one desk for the tests of a module."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from bot.concepts.missed import MissKind
from tests.chromium import chromium
from tests.desk.browser.house import PATIENCE, House, house_with, served


@pytest.fixture(scope="module")
def asked() -> dict[str, MissKind]:
    """What was asked in vain before the desk is opened; a module says so with its own."""
    return {}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, asked: dict[str, MissKind]) -> Iterator[House]:
    root = tmp_path_factory.mktemp("zhiquan")
    house_with(root, asked)
    with served(root) as house:
        yield house


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One that waits for the whole check."""
    expect.set_options(timeout=PATIENCE)
    with chromium() as launched:
        yield launched
