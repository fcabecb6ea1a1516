"""What went wrong is kept sealed, can be decided on, and is forgotten in time."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.concepts.missed import Decision, Missed, MissKind
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.missed_records import MissedRecords
from tests.databases import ON_SQLITE
from tests.storage.days import MONDAY, SATURDAY, SUNDAY
from tests.storage.people import LI, WANG


@pytest.fixture
def records(database: Database, cipher: FreeTextCipher) -> MissedRecords:
    return MissedRecords(database, cipher)


def missed(text: str, on: date = MONDAY, sender: str = LI) -> Missed:
    return Missed(
        sender=sender,
        kind=MissKind.ASKED_BACK,
        text=text,
        guesses=("lawsuit", "home_visit"),
        on=on,
    )


async def test_what_was_kept_comes_back_in_order(records: MissedRecords) -> None:
    first, second = missed("外地的判决能执行吗"), missed("“上门”😀是真的吗", sender=WANG)
    await records.add(first)
    await records.add(second)
    found = await records.after(0, 10)
    assert [each.missed for each in found] == [first, second]
    assert [each.missed for each in await records.after(found[0].number, 10)] == [second]
    assert len(await records.after(0, 1)) == 1


@ON_SQLITE
async def test_no_word_of_it_stands_readable_in_the_file(
    records: MissedRecords, database: Database, file: Path
) -> None:
    await records.add(missed("CANARY 外地"))
    await database.close()
    written = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert b"CANARY" not in written
    assert b"home_visit" not in written


async def test_a_decision_is_noted_and_can_be_taken_back(records: MissedRecords) -> None:
    for number in range(3):
        await records.add(missed(str(number)))
    one, two, three = await records.decisions()
    await records.decide([one, three], Decision.NOT_OURS)
    assert await records.decisions() == {
        one: Decision.NOT_OURS,
        two: None,
        three: Decision.NOT_OURS,
    }
    assert [each.decision for each in await records.after(two, 9)] == [Decision.NOT_OURS]
    await records.decide([one], None)
    assert (await records.decisions())[one] is None


async def test_a_mark_changes_with_every_change(records: MissedRecords) -> None:
    marks = [await records.mark()]
    await records.add(missed("一"))
    marks.append(await records.mark())
    await records.decide(await records.decisions(), Decision.NOTHING)
    marks.append(await records.mark())
    await records.forget_before(date(2100, 1, 1))
    marks.append(await records.mark())
    assert marks[0] == marks[3]
    assert len(set(marks)) == 3


async def test_messages_are_forgotten_before_a_day(records: MissedRecords) -> None:
    for day in (SATURDAY, SUNDAY, MONDAY):
        await records.add(replace(missed("一"), on=day))
    await records.forget_before(SUNDAY)
    assert [each.missed.on for each in await records.after(0, 9)] == [SUNDAY, MONDAY]
