"""Who waits for somebody who understands."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.waiting_people import WaitingPeople, WaitingPerson
from tests.storage.days import NOON
from tests.storage.people import LI, WANG

LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def people(database: Database, cipher: FreeTextCipher) -> WaitingPeople:
    return WaitingPeople(database, cipher)


async def test_the_longest_waiting_is_the_first(people: WaitingPeople, database: Database) -> None:
    await people.add(LI, "771122", LATER)
    await people.add(WANG, "881122", NOON)
    await database.flush()
    assert await people.all() == (
        WaitingPerson(WANG, "881122", NOON),
        WaitingPerson(LI, "771122", LATER),
    )


async def test_who_asks_again_waits_once_and_from_then_on(
    people: WaitingPeople, database: Database
) -> None:
    await people.add(LI, "771122", NOON)
    await people.add(LI, "771122", LATER)
    await database.flush()
    assert await people.all() == (WaitingPerson(LI, "771122", LATER),)


@pytest.mark.parametrize("is_urgent", [True, False])
async def test_who_was_answered_waits_no_more(
    people: WaitingPeople, database: Database, *, is_urgent: bool
) -> None:
    await people.add(LI, "771122", NOON)
    await people.remove(LI, is_urgent=is_urgent)
    await database.flush()
    assert await people.all() == ()


async def test_who_asked_long_ago_is_forgotten(people: WaitingPeople, database: Database) -> None:
    await people.add(LI, "771122", NOON)
    await people.add(WANG, "881122", LATER)
    await people.forget_before(LATER)
    await database.flush()
    assert await people.all() == (WaitingPerson(WANG, "881122", LATER),)


async def test_the_address_cannot_be_read_in_the_file(
    people: WaitingPeople, database: Database, file: Path
) -> None:
    await people.add(LI, "771122334455", NOON)
    await database.close()
    assert b"771122334455" not in b"".join(each.read_bytes() for each in file.parent.iterdir())
