"""Who waits for somebody who understands: claimed, answered, forgotten."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.waiting_people import CLAIM_MINUTES, WaitingPeople, WaitingPerson
from tests.databases import ON_SQLITE, age_claims
from tests.storage.days import NOON
from tests.storage.people import LI, WANG, minutes

LATER = NOON + timedelta(minutes=1)


def told(person: WaitingPerson | None) -> tuple[object, ...] | None:
    """All of it but the moment of the claim, which may be a server's."""
    return None if person is None else person[:-1]


@pytest.fixture
def people(database: Database, cipher: FreeTextCipher) -> WaitingPeople:
    return WaitingPeople(database, cipher)


async def test_the_longest_waiting_is_claimed_first_and_alone(people: WaitingPeople) -> None:
    await people.add(LI, "771122", "一", LATER)
    await people.add(WANG, "881122", "二", NOON)
    assert told(await people.claim(LATER)) == (WANG, "881122", "二", NOON)
    assert told(await people.claim(LATER)) == (LI, "771122", "一", LATER)
    assert await people.claim(LATER) is None
    assert not await people.are_any(LATER)


async def test_who_asks_again_waits_once_and_from_then_on(people: WaitingPeople) -> None:
    await people.add(LI, "771122", "一", NOON)
    await people.add(LI, "771122", "二", LATER)
    assert told(await people.claim(LATER)) == (LI, "771122", "二", LATER)
    assert await people.claim(LATER) is None


async def test_who_was_answered_waits_no_more(people: WaitingPeople, database: Database) -> None:
    await people.add(LI, "771122", "一", NOON)
    await people.remove(LI)
    assert await people.claim(NOON) is None
    await people.add(LI, "771122", "二", NOON)
    person = await people.claim(NOON)
    assert person is not None
    await people.note_answered(person)
    await age_claims(database, minutes(CLAIM_MINUTES))
    assert await people.claim(NOON + minutes(CLAIM_MINUTES)) is None


async def test_a_claim_runs_out_by_the_clock_that_all_bots_share(
    people: WaitingPeople, database: Database
) -> None:
    await people.add(LI, "771122", "一", NOON)
    await people.claim(NOON)
    assert await people.claim(NOON + minutes(CLAIM_MINUTES - 1)) is None
    # A bot whose own clock is fast takes nobody out of another's hands.
    assert database.is_shared == (await people.claim(NOON + minutes(CLAIM_MINUTES)) is None)
    await age_claims(database, minutes(CLAIM_MINUTES))
    assert not database.is_shared or await people.claim(NOON) is not None


async def test_a_claim_from_before_the_clock_was_set_back_is_given_out_again(
    people: WaitingPeople, database: Database
) -> None:
    await people.add(LI, "771122", "一", NOON)
    await people.claim(NOON + minutes(60))
    await age_claims(database, minutes(-60))
    assert await people.claim(NOON) is not None


async def test_what_was_asked_since_is_not_forgotten_with_the_answer(
    people: WaitingPeople,
) -> None:
    await people.add(LI, "771122", "一", NOON)
    person = await people.claim(NOON)
    assert person is not None
    await people.add(LI, "771122", "二", LATER)
    await people.note_answered(person)
    again = await people.claim(LATER)
    assert again is not None
    assert again.question == "二"


async def test_what_was_given_back_is_given_out_again(people: WaitingPeople) -> None:
    await people.add(LI, "771122", "一", NOON)
    person = await people.claim(NOON)
    assert person is not None
    await people.give_back(person)
    assert await people.are_any(NOON)
    assert told(await people.claim(NOON)) == told(person)


async def test_who_asked_long_ago_is_forgotten(people: WaitingPeople, database: Database) -> None:
    await people.add(LI, "771122", "一", NOON)
    await people.add(WANG, "881122", "二", LATER)
    await people.forget_before(LATER)
    await database.flush()
    person = await people.claim(LATER)
    assert person is not None
    assert person.sender == WANG
    assert await people.claim(LATER) is None


@ON_SQLITE
async def test_neither_address_nor_question_can_be_read_in_the_file(
    people: WaitingPeople, database: Database, file: Path
) -> None:
    await people.add(LI, "771122334455", "CANARY", NOON)
    await database.close()
    found = b"".join(each.read_bytes() for each in file.parent.iterdir())
    assert b"771122334455" not in found
    assert b"CANARY" not in found
