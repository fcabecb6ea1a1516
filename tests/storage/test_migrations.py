"""The steps of migrations/ and tables.py say the same."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, make_url, text

import bot
from bot.concepts.conversation import Conversation, Draft
from bot.errors import StorageError
from bot.storage.contact_records import ContactRecords
from bot.storage.conversations import Conversations
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.faults import place_of
from bot.storage.migrations.upgrade import configuration, upgrade
from bot.storage.preferences import Preferences
from bot.storage.reminders import Reminders
from bot.storage.tables import FeedbackTable, Table
from tests.databases import ON_SQLITE
from tests.postgres import Server
from tests.storage.days import NOON
from tests.storage.people import CALL, LI, WANG


def content_of(file: Path) -> bytes:
    return file.read_bytes()


async def tables_of(database: Database) -> dict[str, set[str]]:
    """The columns of each table that there is."""

    def look(connection: Connection) -> dict[str, set[str]]:
        found = inspect(connection)
        return {
            name: {column["name"] for column in found.get_columns(name)}
            for name in found.get_table_names()
        }

    async with database.transaction() as connection:
        return await connection.run_sync(look)


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, kind: str, file: Path) -> Iterator[str]:
    """A place without any table."""
    if kind == "sqlite":
        yield f"sqlite+aiosqlite:///{file}"
        return
    with request.getfixturevalue("postgres").database(is_empty=True) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_an_empty_place_gets_every_table(empty_url: str) -> None:
    database = await Database.open(empty_url)
    found = await tables_of(database)
    await database.close()
    assert found == {
        "alembic_version": {"version_num"},
        "update": {
            "update_id",
            "chat",
            "payload",
            "received_on",
            "attempts",
            "set_aside_because",
            "answered_on",
        },
        "feedback": {"id", "topic", "is_useful", "given_on"},
        "missed": {"id", "sender", "kind", "body", "asked_on", "decision"},
        "record_counter": {"sender", "last"},
        "contact_record": {"id", "sender", "number", "noted_on", "happened_on", "body"},
        "attachment": {
            "id",
            "record_id",
            "kind",
            "reference",
            "size",
            "media_type",
            "sha256",
            "received_on",
        },
        "reminder": {
            "id",
            "sender",
            "address",
            "kind",
            "due_on",
            "remind_at",
            "words",
            "attempts",
            "claimed_on",
            "sent_on",
        },
        "conversation": {"sender", "body", "changed_on"},
        "preference": {"sender", "is_discreet"},
        "sent_message": {"sender", "message_id", "sent_on"},
        "waiting_person": {"sender", "address", "question", "asked_on", "claimed_on"},
        "serving_bot": {"name", "alive_until"},
        "claim": {"name", "holder"},
    }


def test_a_database_of_the_first_version_keeps_its_rows() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        command.upgrade(configuration(connection), "0001")
        connection.execute(text("INSERT INTO feedback VALUES (1, 'call_hours', 1, '2026-11-23')"))
        upgrade(connection, "in memory")
        assert connection.scalar(text("SELECT topic FROM feedback")) == "call_hours"
        assert connection.scalar(text("SELECT count(*) FROM contact_record")) == 0
    engine.dispose()


DRAFT_OF_BEFORE = {
    "tool": "log_contact",
    "answers": {"channel": "phone", "time": ""},
    "asking": "reached",
    "is_review": False,
    "is_open": True,
    "case": {"story": "半夜打来骂人", "unheard": "count", "more": "还打给我妈"},
    "aside": {"police_statement": {"happened": "昨天"}},
}
"""What the version of step 0002 kept of a half-filled form."""


def fill_as_of_step_0002(connection: Connection, cipher: FreeTextCipher) -> None:
    """A person's rows as they were written before conversations were kept."""
    noon = NOON.replace(tzinfo=None).isoformat(" ")
    for sender, draft in (
        (LI, DRAFT_OF_BEFORE),
        (WANG, {**DRAFT_OF_BEFORE, "case": {}, "aside": {}, "is_open": False}),
    ):
        row = {"sender": sender, "body": cipher.seal(draft), "noon": noon}
        connection.execute(text("INSERT INTO draft VALUES (:sender, :body, :noon)"), row)
    record = {"said": CALL.said, "lender": CALL.lender, "reached": list(CALL.reached)}
    row = {"sender": LI, "body": cipher.seal(record), "noon": noon}
    connection.execute(text("INSERT INTO record_counter VALUES (:sender, 3)"), row)
    connection.execute(
        text("INSERT INTO contact_record VALUES (1, :sender, 3, :noon, '2026-11-22', :body)"), row
    )
    reminder = {"utterance": "reminder", "values": {"due": "2026-11-30"}}
    row |= {"body": cipher.seal(reminder), "address": cipher.encrypt("771122334455")}
    connection.execute(
        text(
            "INSERT INTO reminder VALUES "
            "(7, :sender, :address, 'appeal', '2026-11-30', :noon, :body, 0, NULL, NULL)"
        ),
        row,
    )
    connection.execute(text("INSERT INTO preference VALUES (:sender, 1)"), row)


@ON_SQLITE
async def test_what_people_told_the_version_before_is_there_after_the_upgrade(
    url: str, file: Path, cipher: FreeTextCipher
) -> None:
    file.parent.mkdir()
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0002")
        fill_as_of_step_0002(connection, cipher)
    engine.dispose()
    database = await Database.open(url)
    conversations = Conversations(database, cipher)
    draft = Draft(tool="log_contact", answers={"channel": "phone", "time": ""}, asking="reached")
    assert await conversations.of(LI, NOON) == Conversation(
        draft=draft,
        story={"story": "半夜打来骂人", "unheard": "count", "more": "还打给我妈"},
        aside={"police_statement": {"happened": "昨天"}},
    )
    assert await conversations.of(WANG, NOON) == Conversation(draft=replace(draft, is_open=False))
    (kept,) = await ContactRecords(database, cipher).of(LI)
    assert (kept.number, kept.noted_on, kept.record.said) == (3, NOON, CALL.said)
    (reminder,) = await Reminders(database, cipher).of(LI)
    assert (reminder.id, reminder.kind, reminder.values) == (7, "appeal", {"due": "2026-11-30"})
    assert (await Preferences(database).of(LI)).is_discreet
    assert "draft" not in await tables_of(database)
    await database.close()


@ON_SQLITE
async def test_opening_again_changes_nothing(url: str, file: Path) -> None:
    await (await Database.open(url)).close()
    before = content_of(file)
    await (await Database.open(url)).close()
    assert content_of(file) == before


def test_feedback_has_no_sender() -> None:
    columns = set(FeedbackTable.__table__.columns.keys())
    assert columns.isdisjoint(
        {"sender", "sender_id", "chat", "chat_id", "user", "user_id", "name"}
    )


async def test_the_steps_make_the_tables_that_the_code_uses(database: Database) -> None:
    def differences(connection: Connection) -> object:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, Table.metadata)

    async with database.transaction() as connection:
        assert await connection.run_sync(differences) == []


async def test_the_steps_can_be_taken_back(database: Database) -> None:
    def back_and_forth(connection: Connection) -> object:
        command.downgrade(configuration(connection), "base")
        heads = MigrationContext.configure(connection).get_current_heads()
        upgrade(connection, "here")
        return heads

    async with database.transaction() as connection:
        assert await connection.run_sync(back_and_forth) == ()


def test_there_is_one_line_of_steps() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        script = ScriptDirectory.from_config(configuration(connection))
        assert len(script.get_heads()) == 1
    engine.dispose()


async def test_a_database_of_a_newer_version_is_left_alone(url: str) -> None:
    database = await Database.open(url)
    async with database.transaction() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()
    with pytest.raises(StorageError) as caught:
        await Database.open(url)
    assert str(caught.value) == (
        f"The database {place_of(make_url(url))} was made by another version of this program "
        "(Can't locate revision identified by '9999'). "
        "Install that version or a newer one, or put back a backup."
    )


async def test_bots_that_start_together_make_the_tables_once(postgres: Server) -> None:
    with postgres.database(is_empty=True) as address:
        opened = await asyncio.gather(*(Database.open(address) for _ in range(5)))
        counts = [len(await tables_of(each)) for each in opened]
        for each in opened:
            await each.close()
    assert set(counts) == {len(Table.metadata.tables) + 1}


def test_the_next_step_is_written_from_the_tables(tmp_path: Path) -> None:
    shutil.copytree(Path(bot.__file__).parent, tmp_path / "bot")
    tables = tmp_path / "bot" / "storage" / "tables.py"
    tables.write_text(
        tables.read_text(encoding="utf-8")
        + "\n\nclass NoteTable(Table):\n"
        + '    __tablename__ = "note"\n\n'
        + "    id: Mapped[int] = mapped_column(primary_key=True)\n"
        + "    made_on: Mapped[datetime] = mapped_column(AwareTime)\n",
        encoding="utf-8",
    )
    subprocess.run(
        [sys.executable, "-m", "bot.storage.migrations", "Keep notes"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    steps = tmp_path / "bot" / "storage" / "migrations" / "versions"
    written = max(steps.glob("r*.py"))
    assert written.name.endswith("_keep_notes.py")
    step = written.read_text(encoding="utf-8")
    assert "op.create_table('note'" in step
    assert "sa.DateTime(timezone=True)" in step
    assert "AwareTime" not in step
