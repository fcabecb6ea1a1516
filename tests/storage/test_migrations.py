"""The steps of migrations/ and tables.py say the same."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.schema import CreateTable

import bot
from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.migrations.upgrade import configuration, upgrade
from bot.storage.tables import FeedbackTable, Table, UnansweredTable

POSTGRESQL = PGDialect()  # type: ignore[no-untyped-call]


def content_of(file: Path) -> bytes:
    return file.read_bytes()


def tables_of(file: Path) -> dict[str, set[str]]:
    with closing(sqlite3.connect(file)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: {column[1] for column in connection.execute(f'PRAGMA table_info("{name}")')}
            for (name,) in names.fetchall()
        }


async def test_an_empty_place_gets_every_table(url: str, file: Path) -> None:
    await (await Database.open(url)).close()
    assert tables_of(file) == {
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
        "unanswered": {"id", "text", "guesses", "asked_on"},
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
        "sqlite_sequence": {"name", "seq"},
        "draft": {"sender", "body", "changed_on"},
        "preference": {"sender", "is_discreet"},
        "sent_message": {"sender", "message_id", "sent_on"},
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


async def test_opening_again_changes_nothing(url: str, file: Path) -> None:
    await (await Database.open(url)).close()
    before = content_of(file)
    await (await Database.open(url)).close()
    assert content_of(file) == before


@pytest.mark.parametrize("table", [FeedbackTable, UnansweredTable])
def test_feedback_and_unanswered_questions_have_no_sender(table: type[Table]) -> None:
    columns = set(table.__table__.columns.keys())
    assert columns.isdisjoint(
        {"sender", "sender_id", "chat", "chat_id", "user", "user_id", "name"}
    )


def test_the_steps_make_the_tables_that_the_code_uses() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        upgrade(connection, "in memory")
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []
    engine.dispose()


def test_the_steps_can_be_taken_back() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        upgrade(connection, "in memory")
        command.downgrade(configuration(connection), "base")
        context = MigrationContext.configure(connection)
        assert context.get_current_heads() == ()
        upgrade(connection, "in memory")
    engine.dispose()


def test_there_is_one_line_of_steps() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        script = ScriptDirectory.from_config(configuration(connection))
        assert len(script.get_heads()) == 1
    engine.dispose()


@pytest.mark.parametrize("name", sorted(Table.metadata.tables))
def test_the_tables_can_be_written_for_postgresql(name: str) -> None:
    sql = str(CreateTable(Table.metadata.tables[name]).compile(dialect=POSTGRESQL))
    assert sql.strip().startswith("CREATE TABLE")


async def test_a_database_of_a_newer_version_is_left_alone(url: str, file: Path) -> None:
    await (await Database.open(url)).close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(StorageError) as caught:
        await Database.open(url)
    assert str(caught.value) == (
        f"The database {file} was made by another version of this program "
        "(Can't locate revision identified by '9999'). "
        "Install that version or a newer one, or put back a backup."
    )


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
