"""What is kept about a person can be handed over whole, and be deleted without a trace."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, MetaData, select, text

from bot.concepts.conversation import Conversation, Draft
from bot.concepts.missed import Missed, MissKind
from bot.concepts.records import ContactRecord, Preference
from bot.concepts.stored import StoredUpdate
from bot.concepts.stored_conversation import as_stored
from bot.errors import StorageError
from bot.storage.contact_records import ContactRecords
from bot.storage.conversations import Conversations
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.feedback_records import FeedbackRecords
from bot.storage.missed_records import MissedRecords
from bot.storage.personal_data import PersonalData
from bot.storage.preferences import Preferences
from bot.storage.reminders import Reminders
from bot.storage.sent_messages import SentMessages
from bot.storage.update_records import UpdateRecords
from bot.storage.waiting_people import WaitingPeople
from tests.databases import ON_SQLITE
from tests.storage.days import MONDAY, NOON
from tests.storage.people import CALL, LI, PHOTO, WANG, planned

LI_CHAT = "771122334455"
WANG_CHAT = "881122334455"
PERSONAL = {
    "attachment",
    "contact_record",
    "conversation",
    "missed",
    "preference",
    "record_counter",
    "reminder",
    "sent_message",
    "waiting_person",
}
OF_NOBODY = {"alembic_version", "feedback"}
OF_BOTS = {"serving_bot", "claim"}
"""Who has which chat in hand at this moment; empty while nobody serves."""
COUNTS = {
    "attachment": 2,
    "contact_record": 30,
    "conversation": 1,
    "missed": 2,
    "preference": 1,
    "record_counter": 1,
    "reminder": 2,
    "sent_message": 2,
    "update": 2,
    "waiting_person": 1,
}
type Tables = dict[str, list[dict[str, object]]]


@pytest.fixture
def personal(database: Database, cipher: FreeTextCipher) -> PersonalData:
    return PersonalData(database, cipher)


async def fill(
    database: Database, cipher: FreeTextCipher, sender: str, chat: str, first_update: int
) -> None:
    """Give a person rows in every table that can have some; each text holds their name."""
    records = ContactRecords(database, cipher)
    for number in range(30):
        said = f"CANARY {sender} {number} " + "一" * 40 * number
        await records.add(sender, ContactRecord(said=said, happened_on=MONDAY), NOON)
    await records.attach(sender, 1, PHOTO)
    await records.attach(sender, 30, PHOTO)
    reminders = Reminders(database, cipher)
    await reminders.add(sender, chat, planned(words=f"CANARY {sender}"))
    sent = await reminders.add(sender, chat, planned(words="CANARY again"))
    await reminders.mark_sent(sent.id, NOON)
    draft = Draft(tool="CANARY", answers={"said": "CANARY"}, asking="said")
    talk = Conversation(draft=draft, story={"story": "CANARY"}, waiting="CANARY")
    await Conversations(database, cipher).keep(sender, talk, NOON)
    for words in ("CANARY 天上有几颗星", "CANARY 没用"):
        kind = MissKind.NOT_UNDERSTOOD
        missed = Missed(sender=sender, kind=kind, text=words, guesses=(), on=MONDAY)
        await MissedRecords(database, cipher).add(missed)
    await Preferences(database).set(sender, Preference(is_discreet=True))
    await SentMessages(database).add(sender, [5, 6], NOON)
    await WaitingPeople(database, cipher).add(sender, chat, "CANARY", NOON)
    updates = UpdateRecords(database)
    await updates.add(
        StoredUpdate(
            update_id=first_update + number,
            chat=chat,
            payload=f'{{"text":"{number} of {chat}"}}',
            received_on=NOON,
        )
        for number in range(3)
    )
    await updates.mark_answered(first_update, NOON)
    await updates.set_aside(first_update + 1, "KeyError")


async def fill_both(database: Database, cipher: FreeTextCipher) -> None:
    await FeedbackRecords(database).add("call_hours", is_useful=True, on=MONDAY)
    await fill(database, cipher, LI, LI_CHAT, 100)
    await fill(database, cipher, WANG, WANG_CHAT, 200)


async def rows_of(database: Database) -> Tables:
    """Every row of every table that there is, by asking the database what it has."""

    def read(connection: Connection) -> Tables:
        schema = MetaData()
        schema.reflect(connection)
        found = {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in schema.sorted_tables
        }
        if connection.dialect.name == "sqlite":
            # No table of a schema: the last numbers that were given.
            counters = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
            found["sqlite_sequence"] = [dict(row) for row in counters.mappings()]
        return found

    async with database.transaction() as connection:
        return await connection.run_sync(read)


def bytes_of(file: Path) -> bytes:
    """The file, its -wal and its -shm."""
    names = sorted(each.name for each in file.parent.iterdir())
    assert names == ["zhiquan.db", "zhiquan.db-shm", "zhiquan.db-wal"]
    return b"".join((file.parent / name).read_bytes() for name in names)


def long_texts(rows: Tables, sender: str, chat: str) -> Iterator[bytes]:
    """Whatever identifies a person or what they wrote, as it stands in the file."""
    yield sender.encode()
    yield chat.encode()
    own = {row["id"] for row in rows["contact_record"] if row["sender"] == sender}
    for name in PERSONAL:
        for row in rows[name]:
            if row.get("sender") == sender or row.get("record_id") in own:
                # Long ones flow over several pages, so a piece must be enough.
                values = [each for each in row.values() if isinstance(each, str)]
                yield from (each[:24].encode() for each in values if each.startswith("1."))
                yield from (each[-24:].encode() for each in values if each.startswith("1."))


async def test_every_table_is_either_of_persons_or_of_nobody(
    personal: PersonalData, database: Database
) -> None:
    # A new table belongs in one of the sets; if it is of persons, also in `fill` and `COUNTS`.
    found = set(await rows_of(database)) - {"sqlite_sequence"}
    assert found == PERSONAL | OF_NOBODY | OF_BOTS | {"update"}
    assert set(await personal.export(LI, LI_CHAT)) == PERSONAL | {"update"}


async def test_after_erasing_no_table_has_anything_of_the_person(
    personal: PersonalData, database: Database, cipher: FreeTextCipher
) -> None:
    await fill_both(database, cipher)
    before = await rows_of(database)
    assert {name for name, rows in before.items() if rows} == set(before) - OF_BOTS
    assert await personal.erase(LI, LI_CHAT, NOON) == COUNTS
    after = await rows_of(database)
    everything = json.dumps(after, default=str)
    for trace in long_texts(before, LI, LI_CHAT):
        assert trace.decode() not in everything
    kept_records = {row["id"] for row in after["contact_record"]}
    assert {row["record_id"] for row in after["attachment"]} <= kept_records
    assert await personal.export(LI, LI_CHAT) == {name: [] for name in (*PERSONAL, "update")}


@ON_SQLITE
async def test_after_erasing_the_files_hold_no_trace(
    personal: PersonalData, database: Database, cipher: FreeTextCipher, file: Path
) -> None:
    await fill_both(database, cipher)
    traces = list(long_texts(await rows_of(database), LI, LI_CHAT))
    before = bytes_of(file)
    assert len(traces) > 70
    assert all(trace in before for trace in traces)
    assert b"CANARY" not in before
    await personal.erase(LI, LI_CHAT, NOON)
    after = bytes_of(file)
    assert [trace for trace in traces if trace in after] == []


async def test_erasing_one_person_leaves_the_others_as_they_were(
    personal: PersonalData, database: Database, cipher: FreeTextCipher
) -> None:
    await fill_both(database, cipher)
    before = await personal.export(WANG, WANG_CHAT)
    await personal.erase(LI, LI_CHAT, NOON)
    assert await personal.export(WANG, WANG_CHAT) == before
    assert await FeedbackRecords(database).counts() == {"call_hours": (1, 0)}


async def test_an_erased_update_is_not_answered_and_not_taken_for_new(
    personal: PersonalData, database: Database, cipher: FreeTextCipher
) -> None:
    await fill(database, cipher, LI, LI_CHAT, 100)
    await personal.erase(LI, LI_CHAT, NOON)
    updates = UpdateRecords(database)
    assert await updates.waiting() == ()
    again = [
        StoredUpdate(update_id=number, chat=LI_CHAT, payload="{}", received_on=NOON)
        for number in (100, 101, 102)
    ]
    assert await updates.add(again) == ()


async def test_in_a_group_the_updates_of_the_others_stay(
    personal: PersonalData, database: Database, cipher: FreeTextCipher
) -> None:
    await fill(database, cipher, LI, LI_CHAT, 100)
    counts = await personal.erase(LI, None, NOON)
    assert "update" not in counts
    assert counts["contact_record"] == 30
    assert len(await UpdateRecords(database).waiting(LI_CHAT)) == 1
    assert "update" not in await personal.export(LI, None)


async def test_erasing_twice_and_erasing_nobody_does_no_harm(
    personal: PersonalData, database: Database, cipher: FreeTextCipher
) -> None:
    await fill(database, cipher, LI, LI_CHAT, 100)
    await personal.erase(LI, LI_CHAT, NOON)
    assert set((await personal.erase(LI, LI_CHAT, NOON)).values()) == {0}
    assert set((await personal.erase(WANG, WANG_CHAT, NOON)).values()) == {0}


async def test_who_comes_back_after_erasing_begins_anew(
    personal: PersonalData, database: Database, cipher: FreeTextCipher
) -> None:
    await fill(database, cipher, LI, LI_CHAT, 100)
    await personal.erase(LI, LI_CHAT, NOON)
    kept = await ContactRecords(database, cipher).add(LI, CALL, NOON)
    assert kept.number == 1
    assert await Preferences(database).of(LI) == Preference()


@ON_SQLITE
async def test_a_program_that_reads_the_file_is_named_and_erasing_again_ends_the_work(
    url: str, file: Path, cipher: FreeTextCipher
) -> None:
    database = await Database.open(f"{url}?timeout=0")
    await fill(database, cipher, LI, LI_CHAT, 100)
    personal = PersonalData(database, cipher)
    traces = list(long_texts(await rows_of(database), LI, LI_CHAT))
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM contact_record").fetchone()
        with pytest.raises(StorageError, match="has the file open"):
            await personal.erase(LI, LI_CHAT, NOON)
        other.execute("ROLLBACK")
    assert set((await personal.erase(LI, LI_CHAT, NOON)).values()) == {0}
    after = bytes_of(file)
    assert [trace for trace in traces if trace in after] == []
    await database.close()


async def test_a_database_in_memory_can_be_wiped_too(cipher: FreeTextCipher) -> None:
    database = await Database.open("sqlite+aiosqlite://")
    await fill(database, cipher, LI, LI_CHAT, 100)
    assert await PersonalData(database, cipher).erase(LI, LI_CHAT, NOON) == COUNTS
    await database.close()


async def test_the_export_is_readable_and_one_file_of_json(
    personal: PersonalData, database: Database, cipher: FreeTextCipher
) -> None:
    await ContactRecords(database, cipher).add(LI, CALL, NOON)
    await ContactRecords(database, cipher).attach(LI, 1, PHOTO)
    await Reminders(database, cipher).add(LI, LI_CHAT, planned(day="11月30日"))
    draft = Draft(tool="complaint_to_bank", answers={"said": "骂人"}, asking="summary")
    talk = Conversation(topic="call_hours", draft=draft, story={"story": "骂我妈"})
    await Conversations(database, cipher).keep(LI, talk, NOON)
    await UpdateRecords(database).add(
        [StoredUpdate(update_id=1, chat=LI_CHAT, payload='{"a":"喂"}', received_on=NOON)]
    )
    await fill(database, cipher, WANG, WANG_CHAT, 200)
    exported = await personal.export(LI, LI_CHAT)
    assert json.loads(json.dumps(exported)) == exported
    noon = "2026-11-23T12:00:00+00:00"
    assert exported == {
        "record_counter": [{"sender": LI, "last": 1}],
        "contact_record": [
            {
                "id": 1,
                "sender": LI,
                "number": 1,
                "noted_on": noon,
                "happened_on": "2026-11-22",
                "body": {
                    "channel": "phone",
                    "time": "23:30",
                    "contact": "尾号 6688",
                    "claimed": "自称某银行委外",
                    "said": "今天不还就群发你通讯录",
                    "lender": "招商银行",
                    "evidence": "通话记录截图",
                    "reached": ["self", "family"],
                    "acts": ["threat_exposure", "call_night"],
                },
            }
        ],
        "attachment": [
            {
                "id": 1,
                "record_id": 1,
                "kind": "photo",
                "reference": "AgACAgUAAxkBAAIB",
                "size": 5 * 2**30,
                "media_type": "image/jpeg",
                "sha256": "ab" * 32,
                "received_on": noon,
            }
        ],
        "reminder": [
            {
                "id": 1,
                "sender": LI,
                "address": LI_CHAT,
                "kind": "payment_order_objection",
                "due_on": str(date(2026, 11, 30)),
                "remind_at": noon,
                "words": {"utterance": "deadline_is_near", "values": {"day": "11月30日"}},
                "attempts": 0,
                "claimed_on": None,
                "sent_on": None,
            }
        ],
        "conversation": [
            {
                "sender": LI,
                "body": as_stored(talk),
                "changed_on": noon,
            }
        ],
        "preference": [],
        "sent_message": [],
        "waiting_person": [],
        "missed": [],
        "update": [{"a": "喂"}],
    }


async def test_the_right_secret_is_accepted_also_beside_one_damaged_text(
    personal: PersonalData, database: Database, cipher: FreeTextCipher
) -> None:
    await personal.refuse_wrong_key()
    await fill_both(database, cipher)
    async with database.transaction() as connection:
        await connection.execute(text("UPDATE contact_record SET body = 'x' WHERE id = 60"))
    await personal.refuse_wrong_key()


async def test_another_secret_is_refused_at_the_start(
    database: Database, cipher: FreeTextCipher
) -> None:
    await fill(database, cipher, LI, LI_CHAT, 100)
    with pytest.raises(StorageError, match="is not the one"):
        await PersonalData(database, FreeTextCipher(b"x" * 32)).refuse_wrong_key()
