"""A person's log."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.concepts.records import Attachment, ContactRecord, KeptRecord
from bot.errors import StorageError
from bot.storage.contact_records import ContactRecords
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from tests.storage.days import NOON
from tests.storage.people import CALL, LI, PHOTO, VISIT, WANG

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def records(database: Database, cipher: FreeTextCipher) -> ContactRecords:
    return ContactRecords(database, cipher)


def numbers(kept: tuple[KeptRecord, ...]) -> list[int]:
    return [each.number for each in kept]


async def test_a_record_comes_back_as_it_was_told(records: ContactRecords) -> None:
    kept = await records.add(LI, CALL, NOON)
    assert kept == KeptRecord(number=1, noted_on=NOON, record=CALL)
    assert await records.of(LI) == (kept,)
    assert await records.one(LI, 1) == kept


async def test_a_record_may_say_next_to_nothing(records: ContactRecords) -> None:
    await records.add(LI, ContactRecord(), NOON)
    assert (await records.of(LI))[0].record == ContactRecord()


async def test_everyone_counts_from_one(records: ContactRecords) -> None:
    await records.add(LI, CALL, NOON)
    await records.add(LI, VISIT, NOON)
    await records.add(WANG, VISIT, NOON)
    assert numbers(await records.of(LI)) == [1, 2]
    assert numbers(await records.of(WANG)) == [1]


async def test_nobody_sees_or_changes_the_records_of_another(records: ContactRecords) -> None:
    await records.add(LI, CALL, NOON)
    assert await records.of(WANG) == ()
    assert await records.one(WANG, 1) is None
    assert await records.change(WANG, 1, VISIT) is None
    assert await records.attach(WANG, 1, PHOTO) is None
    assert await records.remove(WANG, 1) is False
    assert await records.one(LI, 1) == KeptRecord(number=1, noted_on=NOON, record=CALL)


async def test_a_number_is_never_given_twice(records: ContactRecords) -> None:
    for each in (CALL, VISIT, CALL):
        await records.add(LI, replace(each, said=each.said + "。"), NOON)
        await records.add(LI, each, NOON)
    assert await records.remove(LI, 2) is True
    last = (await records.of(LI))[-1].number
    await records.remove(LI, last)
    await records.add(LI, VISIT, LATER)
    assert numbers(await records.of(LI))[-1] == last + 1
    assert 2 not in numbers(await records.of(LI))


async def test_one_message_that_is_handled_twice_is_one_record(records: ContactRecords) -> None:
    first = await records.add(LI, CALL, NOON)
    assert await records.add(LI, CALL, NOON) == first
    assert numbers(await records.of(LI)) == [1]


async def test_the_same_call_told_again_later_is_another_record(records: ContactRecords) -> None:
    await records.add(LI, CALL, NOON)
    await records.add(LI, CALL, LATER)
    assert numbers(await records.of(LI)) == [1, 2]


async def test_a_changed_record_keeps_its_number_and_its_attachments(
    records: ContactRecords,
) -> None:
    await records.add(LI, CALL, NOON)
    await records.attach(LI, 1, PHOTO)
    changed = KeptRecord(number=1, noted_on=NOON, record=VISIT, attachments=(PHOTO,))
    assert await records.change(LI, 1, VISIT) == changed
    assert await records.of(LI) == (changed,)


async def test_a_file_is_attached_once_for_its_content(records: ContactRecords) -> None:
    await records.add(LI, CALL, NOON)
    recording = Attachment(
        kind="voice",
        reference="other",
        size=1,
        media_type="audio/ogg",
        sha256="cd" * 32,
        received_on=LATER,
    )
    await records.attach(LI, 1, PHOTO)
    await records.attach(LI, 1, recording)
    kept = await records.attach(LI, 1, replace(PHOTO, reference="again", received_on=LATER))
    assert kept is not None
    assert kept.attachments == (PHOTO, recording)
    assert await records.attach(LI, 2, PHOTO) is None


async def test_each_record_has_its_own_attachments(records: ContactRecords) -> None:
    await records.add(LI, CALL, NOON)
    await records.add(LI, VISIT, NOON)
    await records.attach(LI, 2, PHOTO)
    assert [each.attachments for each in await records.of(LI)] == [(), (PHOTO,)]


async def test_attachments_go_with_their_record(
    records: ContactRecords, database: Database
) -> None:
    await records.add(LI, CALL, NOON)
    await records.attach(LI, 1, PHOTO)
    await records.remove(LI, 1)
    async with database.transaction() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM attachment")) == 0


async def test_words_and_references_are_unreadable_in_the_database(
    records: ContactRecords, database: Database
) -> None:
    await records.add(LI, CALL, NOON)
    await records.attach(LI, 1, PHOTO)
    async with database.transaction() as connection:
        body = await connection.scalar(text("SELECT body FROM contact_record"))
        reference = await connection.scalar(text("SELECT reference FROM attachment"))
    for told in ("招商银行", "threat_exposure", "6688", "\\u62db", PHOTO.reference):
        assert told not in f"{body} {reference}"


async def test_another_secret_reads_nothing(records: ContactRecords, database: Database) -> None:
    await records.add(LI, CALL, NOON)
    with pytest.raises(StorageError, match="secret"):
        await ContactRecords(database, FreeTextCipher(b"x" * 32)).of(LI)


async def test_a_record_of_another_version_is_read_as_far_as_it_goes(
    records: ContactRecords, database: Database, cipher: FreeTextCipher
) -> None:
    await records.add(LI, CALL, NOON)
    body = cipher.seal({"said": "喂", "colour": "red", "acts": ["insult"], "reached": None})
    async with database.transaction() as connection:
        await connection.execute(text("UPDATE contact_record SET body = :body"), {"body": body})
    (kept,) = await records.of(LI)
    assert kept.record == ContactRecord(happened_on=CALL.happened_on, said="喂", acts=("insult",))
