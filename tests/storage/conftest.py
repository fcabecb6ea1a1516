"""A database of its own for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from tests.storage.people import SECRET


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "zhiquan.db"


@pytest.fixture
def url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = await Database.open(url)
    yield opened
    await opened.close()


@pytest.fixture
def cipher() -> FreeTextCipher:
    return FreeTextCipher(SECRET)
