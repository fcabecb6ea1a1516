"""One office for all tests of the tasks, and a person of their own for each test."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.storage.database import Database
from tests.answering.tasks.desk import Desk, Office


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    file = tmp_path_factory.mktemp("office") / "zhiquan.db"
    database = await Database.open(f"sqlite+aiosqlite:///{file}")
    yield Office.over(database)
    await database.close()


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests run in the loop that the office was opened in."""
    for item in items:
        if "tests/answering/tasks/" in item.path.as_posix() and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
