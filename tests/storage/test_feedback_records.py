"""What people thought of the answers."""

from bot.storage.database import Database
from bot.storage.feedback_records import FeedbackRecords
from tests.storage.days import MONDAY, SUNDAY


async def test_nothing_is_counted_before_the_first_tap(database: Database) -> None:
    assert await FeedbackRecords(database).counts() == {}


async def test_taps_are_counted_by_topic(database: Database) -> None:
    feedback = FeedbackRecords(database)
    await feedback.add("lawsuit", is_useful=False, on=SUNDAY)
    for is_useful in (True, False, True):
        await feedback.add("call_hours", is_useful=is_useful, on=MONDAY)
    counts = await feedback.counts()
    assert counts == {"call_hours": (2, 1), "lawsuit": (0, 1)}
    assert list(counts) == ["call_hours", "lawsuit"]
    assert (counts["call_hours"].useful, counts["call_hours"].useless) == (2, 1)
