"""Numbers of messages that can still be deleted."""

from datetime import timedelta

import pytest

from bot.storage.database import Database
from bot.storage.sent_messages import SentMessages
from tests.storage.days import NOON
from tests.storage.people import LI, WANG

TWO_DAYS = timedelta(hours=48)
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def sent(database: Database) -> SentMessages:
    return SentMessages(database)


async def test_the_messages_of_the_last_two_days_are_known(sent: SentMessages) -> None:
    await sent.add(LI, [7, 5], NOON)
    await sent.add(LI, [9], NOON + A_MINUTE)
    await sent.add(WANG, [5], NOON)
    assert await sent.recent(LI, NOON + TWO_DAYS - A_MINUTE) == (5, 7, 9)
    assert await sent.recent(LI, NOON + TWO_DAYS) == (9,)


async def test_a_message_that_is_changed_in_place_is_as_old_as_before(sent: SentMessages) -> None:
    await sent.add(LI, [5, 5], NOON)
    await sent.add(LI, [5], NOON + A_MINUTE)
    assert await sent.recent(LI, NOON + TWO_DAYS) == ()


async def test_nothing_sent_is_nothing_noted(sent: SentMessages) -> None:
    await sent.add(LI, [], NOON)
    assert await sent.recent(LI, NOON) == ()


async def test_a_person_is_forgotten_alone(sent: SentMessages) -> None:
    await sent.add(LI, [5], NOON)
    await sent.add(WANG, [5], NOON)
    await sent.forget(LI)
    assert await sent.recent(LI, NOON) == ()
    assert await sent.recent(WANG, NOON) == (5,)


async def test_old_numbers_are_forgotten(sent: SentMessages) -> None:
    await sent.add(LI, [5], NOON)
    await sent.add(LI, [6], NOON + A_MINUTE)
    await sent.forget_before(NOON + A_MINUTE)
    assert await sent.recent(LI, NOON) == (6,)
