"""Reminders in the database: each given out to one process, and once more after a crash."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.concepts.records import Reminder
from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.reminders import CLAIM_MINUTES, Reminders
from tests.databases import age_claims
from tests.storage.days import NOON
from tests.storage.people import LI, WANG, minutes, planned

ADDRESS = "4242424242"
STALE = NOON + minutes(CLAIM_MINUTES)


@pytest.fixture
def reminders(database: Database, cipher: FreeTextCipher) -> Reminders:
    return Reminders(database, cipher)


@pytest.fixture
async def other_process(url: str, cipher: FreeTextCipher) -> AsyncIterator[Reminders]:
    opened = await Database.open(url)
    yield Reminders(opened, cipher)
    await opened.close()


def numbers(found: tuple[Reminder, ...]) -> list[int]:
    return [each.id for each in found]


async def test_a_reminder_comes_back_as_it_was_planned(reminders: Reminders) -> None:
    kept = await reminders.add(LI, ADDRESS, planned(day="11月30日"))
    assert kept == Reminder(
        id=kept.id,
        sender=LI,
        address=ADDRESS,
        kind="payment_order_objection",
        due_on=date(2026, 11, 30),
        remind_at=NOON,
        utterance="deadline_is_near",
        values={"day": "11月30日"},
    )
    assert await reminders.of(LI) == (kept,)
    assert await reminders.due(NOON, 9) == (kept,)


async def test_nothing_is_due_before_its_minute(reminders: Reminders) -> None:
    await reminders.add(LI, ADDRESS, planned(NOON))
    assert await reminders.due(NOON - minutes(1), 9) == ()
    assert len(await reminders.due(NOON, 9)) == 1


async def test_the_oldest_are_given_out_first_and_no_more_than_wanted(
    reminders: Reminders,
) -> None:
    late = await reminders.add(LI, ADDRESS, planned(NOON))
    early = await reminders.add(WANG, ADDRESS, planned(NOON - minutes(5)))
    middle = await reminders.add(LI, ADDRESS, planned(NOON - minutes(3)))
    assert numbers(await reminders.due(NOON, 2)) == [early.id, middle.id]
    assert numbers(await reminders.due(NOON, 2)) == [late.id]


async def test_what_is_claimed_is_given_to_nobody_else(
    reminders: Reminders, other_process: Reminders
) -> None:
    await reminders.add(LI, ADDRESS, planned())
    assert len(await reminders.due(NOON, 9)) == 1
    assert await reminders.due(NOON, 9) == ()
    assert await other_process.due(STALE - minutes(1), 9) == ()


async def test_a_process_whose_clock_is_fast_takes_nothing_out_of_anothers_hands(
    reminders: Reminders, other_process: Reminders, database: Database
) -> None:
    await reminders.add(LI, ADDRESS, planned())
    assert len(await reminders.due(NOON, 9)) == 1
    # With SQLite there is one process alone: a claim that is so old was left by a former one.
    assert len(await other_process.due(STALE, 9)) == (0 if database.is_shared else 1)


async def test_a_claim_from_before_the_clock_was_set_back_is_given_out_again(
    reminders: Reminders, database: Database
) -> None:
    await reminders.add(LI, ADDRESS, planned())
    assert len(await reminders.due(NOON + timedelta(days=1), 9)) == 1
    await age_claims(database, timedelta(days=-1))
    assert len(await reminders.due(NOON, 9)) == 1


async def test_two_processes_share_what_is_due(
    reminders: Reminders, other_process: Reminders
) -> None:
    for number in range(20):
        await reminders.add(LI, ADDRESS, planned(number=str(number)))
    rounds = [each.due(NOON, 1) for _ in range(15) for each in (reminders, other_process)]
    taken = [number for found in await asyncio.gather(*rounds) for number in numbers(found)]
    assert len(taken) == 20
    assert len(set(taken)) == 20


async def test_a_claim_that_ran_out_is_given_out_once_more_and_says_so(
    reminders: Reminders, database: Database
) -> None:
    await reminders.add(LI, ADDRESS, planned())
    (first,) = await reminders.due(NOON, 9)
    await age_claims(database, minutes(CLAIM_MINUTES))
    (second,) = await reminders.due(STALE, 9)
    assert (first.is_repeat, second.is_repeat) == (False, True)
    await age_claims(database, timedelta(days=1))
    assert await reminders.due(STALE + timedelta(days=1), 9) == ()


async def test_what_was_sent_is_never_given_out_again(
    reminders: Reminders, database: Database
) -> None:
    kept = await reminders.add(LI, ADDRESS, planned())
    await reminders.due(NOON, 9)
    await reminders.mark_sent(kept.id, NOON)
    await age_claims(database, minutes(CLAIM_MINUTES))
    assert await reminders.due(STALE, 9) == ()
    assert await reminders.of(LI) == ()


async def test_what_was_put_off_comes_again_as_often_as_needed(
    reminders: Reminders, database: Database
) -> None:
    kept = await reminders.add(LI, ADDRESS, planned())
    for attempt in range(5):
        now = NOON + attempt * minutes(CLAIM_MINUTES)
        (again,) = await reminders.due(now, 9)
        assert again.is_repeat is False
        await reminders.put_off(kept.id)
        assert await reminders.due(now + minutes(1), 9) == ()
        await age_claims(database, minutes(CLAIM_MINUTES))


async def test_the_same_wish_twice_is_one_reminder(reminders: Reminders) -> None:
    first = await reminders.add(LI, ADDRESS, planned(bank="甲"))
    assert await reminders.add(LI, ADDRESS, planned(bank="甲")) == first
    other_bank = await reminders.add(LI, ADDRESS, planned(bank="乙"))
    assert numbers(await reminders.of(LI)) == [first.id, other_bank.id]


async def test_a_person_cancels_their_own_reminders_only(reminders: Reminders) -> None:
    kept = await reminders.add(LI, ADDRESS, planned())
    assert await reminders.cancel(WANG, kept.id) is False
    assert await reminders.cancel(LI, kept.id) is True
    assert await reminders.cancel(LI, kept.id) is False
    assert await reminders.due(NOON, 9) == ()


async def test_an_old_button_never_cancels_a_newer_reminder(reminders: Reminders) -> None:
    old = await reminders.add(LI, ADDRESS, planned())
    await reminders.cancel(LI, old.id)
    new = await reminders.add(LI, ADDRESS, planned())
    assert new.id != old.id


async def test_a_sender_is_forgotten_with_all_reminders(reminders: Reminders) -> None:
    sent = await reminders.add(LI, ADDRESS, planned(NOON))
    await reminders.mark_sent(sent.id, NOON)
    await reminders.add(LI, ADDRESS, planned(STALE))
    other = await reminders.add(WANG, ADDRESS, planned(STALE))
    assert await reminders.forget_sender(LI) == 2
    assert numbers(await reminders.due(STALE, 9)) == [other.id]


async def test_what_was_sent_is_deleted_in_its_time(
    reminders: Reminders, database: Database
) -> None:
    sent = await reminders.add(LI, ADDRESS, planned())
    waiting = await reminders.add(LI, ADDRESS, planned(NOON + timedelta(days=3)))
    await reminders.mark_sent(sent.id, NOON)
    await reminders.forget_before(NOON)
    assert await count(database) == 2
    await reminders.forget_before(NOON + minutes(1))
    assert await count(database) == 1
    assert numbers(await reminders.of(LI)) == [waiting.id]


async def test_what_could_not_be_sent_is_deleted_when_its_day_is_long_past(
    reminders: Reminders, database: Database
) -> None:
    await reminders.add(LI, ADDRESS, planned(NOON, due_on=date(2026, 11, 30)))
    await reminders.forget_before(NOON + timedelta(days=7))
    assert await count(database) == 1
    await reminders.forget_before(NOON + timedelta(days=8))
    assert await count(database) == 0


async def test_address_and_words_are_unreadable_in_the_database(
    reminders: Reminders, database: Database
) -> None:
    await reminders.add(LI, ADDRESS, planned(day="CANARY"))
    async with database.transaction() as connection:
        row = (await connection.execute(text("SELECT * FROM reminder"))).one()
    for secret in (ADDRESS, "CANARY", "deadline_is_near"):
        assert secret not in str(row)


async def test_one_that_cannot_be_read_holds_up_no_other(
    reminders: Reminders, database: Database
) -> None:
    broken = await reminders.add(LI, ADDRESS, planned(NOON - minutes(1)))
    whole = await reminders.add(WANG, ADDRESS, planned(NOON))
    async with database.transaction() as connection:
        change = text("UPDATE reminder SET words = 'CANARY' WHERE id = :id")
        await connection.execute(change, {"id": broken.id})
    with capture_logs() as log:
        assert numbers(await reminders.due(NOON, 1)) == [whole.id]
    assert log == [{"event": "reminder_unreadable", "log_level": "error", "reminder": broken.id}]
    with pytest.raises(StorageError, match="cannot be read"):
        await reminders.of(LI)
    # It comes back as soon as it can be read, and did not use up its attempts.
    async with database.transaction() as connection:
        await connection.execute(
            text("UPDATE reminder SET words = (SELECT words FROM reminder WHERE id = :whole)"),
            {"whole": whole.id},
        )
    await age_claims(database, minutes(CLAIM_MINUTES))
    (mended,) = [each for each in await reminders.due(STALE, 9) if each.id == broken.id]
    assert mended.is_repeat is False


async def count(database: Database) -> object:
    async with database.transaction() as connection:
        return await connection.scalar(text("SELECT count(*) FROM reminder"))
