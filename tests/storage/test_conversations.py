"""All that a talk has left behind outlives a restart, and is forgotten in its time."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, text

from bot.concepts.conversation import Conversation, Draft
from bot.concepts.retention import CONVERSATION_HOURS
from bot.errors import StorageError
from bot.storage.conversations import Conversations
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.tables import ConversationTable
from tests.concepts.talks import WHOLE
from tests.databases import ON_POSTGRESQL
from tests.storage.days import NOON
from tests.storage.people import LI, WANG

DRAFT = Draft(
    tool="complaint_to_bank", answers={"lender": "招商银行", "amount": ""}, asking="said"
)
TALK = Conversation(topic="call_hours", draft=DRAFT)
SILENCE = timedelta(hours=CONVERSATION_HOURS)
A_MOMENT = timedelta(seconds=1)


@pytest.fixture
def conversations(database: Database, cipher: FreeTextCipher) -> Conversations:
    return Conversations(database, cipher)


async def test_who_is_new_has_said_nothing(conversations: Conversations) -> None:
    assert await conversations.of(LI, NOON) == Conversation()


async def test_a_conversation_comes_back_after_a_restart(
    conversations: Conversations, database: Database, url: str, cipher: FreeTextCipher
) -> None:
    await conversations.keep(LI, WHOLE, NOON)
    await database.close()
    other = await Database.open(url)
    assert await Conversations(other, cipher).of(LI, NOON) == WHOLE
    await other.close()


async def test_there_is_one_conversation_for_each_person(conversations: Conversations) -> None:
    await conversations.keep(LI, TALK, NOON)
    newer = Conversation(topic="home_visit")
    await conversations.keep(LI, newer, NOON)
    assert await conversations.of(LI, NOON) == newer
    assert await conversations.of(WANG, NOON) == Conversation()


async def test_nothing_is_kept_of_a_talk_that_left_nothing(
    conversations: Conversations, database: Database
) -> None:
    await conversations.keep(LI, TALK, NOON)
    await conversations.keep(LI, Conversation(), NOON)
    async with database.transaction() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM conversation")) == 0


@ON_POSTGRESQL
async def test_what_could_not_be_stored_hides_nothing_that_another_bot_stored(
    conversations: Conversations, database: Database, url: str, cipher: FreeTextCipher
) -> None:
    async with database.transaction() as connection:
        await connection.execute(text("ALTER TABLE conversation RENAME TO away"))
    with pytest.raises(StorageError):
        await conversations.keep(LI, TALK, NOON)
    async with database.transaction() as connection:
        await connection.execute(text("ALTER TABLE away RENAME TO conversation"))
    other = await Database.open(url)
    await Conversations(other, cipher).keep(LI, WHOLE, NOON)
    await other.close()
    assert await conversations.of(LI, NOON) == WHOLE


async def test_after_a_long_silence_the_talk_is_over_and_what_was_told_stays(
    conversations: Conversations,
) -> None:
    await conversations.keep(LI, WHOLE, NOON)
    assert await conversations.of(LI, NOON + SILENCE - A_MOMENT) == WHOLE
    assert await conversations.of(LI, NOON + SILENCE) == WHOLE.rested()


async def test_an_untouched_conversation_is_forgotten_in_its_time(
    conversations: Conversations,
) -> None:
    yesterday = NOON - timedelta(days=1)
    await conversations.keep(LI, TALK, yesterday)
    await conversations.keep(WANG, TALK, yesterday)
    await conversations.keep(WANG, TALK, NOON)
    await conversations.forget_before(NOON)
    assert await conversations.of(LI, NOON) == Conversation()
    assert await conversations.of(WANG, NOON) == TALK


async def test_what_was_told_is_unreadable_in_the_database(
    conversations: Conversations, database: Database
) -> None:
    await conversations.keep(LI, TALK, NOON)
    async with database.transaction() as connection:
        row = (await connection.execute(text("SELECT * FROM conversation"))).one()
    for told in ("招商银行", "\\u62db", "complaint_to_bank", "said", "call_hours"):
        assert told not in str(row)


async def test_a_row_that_somebody_changed_is_no_conversation(
    conversations: Conversations, database: Database
) -> None:
    await conversations.keep(LI, TALK, NOON)
    async with database.transaction() as connection:
        await connection.execute(text("UPDATE conversation SET body = 'x'"))
    with pytest.raises(StorageError):
        await conversations.of(LI, NOON)


async def test_the_row_of_the_version_before_is_read(
    conversations: Conversations, database: Database, cipher: FreeTextCipher
) -> None:
    body = cipher.seal({"tool": "log_contact", "answers": {"channel": "sms"}, "asking": "day",
                        "is_review": False, "is_open": True, "case": {}, "aside": {}})  # fmt: skip
    row = {"sender": LI, "body": body, "changed_on": NOON}
    async with database.transaction() as connection:
        await connection.execute(insert(ConversationTable).values(row))
    draft = Draft(tool="log_contact", answers={"channel": "sms"}, asking="day")
    assert await conversations.of(LI, NOON) == Conversation(draft=draft)
