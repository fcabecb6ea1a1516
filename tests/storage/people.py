"""The people of the tests, what they tell, and the secret of their bot."""

from datetime import date, datetime, timedelta

from bot.concepts.records import Attachment, ContactRecord, PlannedReminder
from tests.storage.days import NOON

SECRET = bytes(range(32))
LI = "11111111aaaaaaaa"
WANG = "22222222bbbbbbbb"

CALL = ContactRecord(
    channel="phone",
    happened_on=date(2026, 11, 22),
    time="23:30",
    contact="尾号 6688",
    claimed="自称某银行委外",
    said="今天不还就群发你通讯录",
    reached=("self", "family"),
    lender="招商银行",
    evidence="通话记录截图",
    acts=("threat_exposure", "call_night"),
)
VISIT = ContactRecord(channel="visit", said="来敲门")
PHOTO = Attachment(
    kind="photo",
    reference="AgACAgUAAxkBAAIB",
    size=5 * 2**30,
    media_type="image/jpeg",
    sha256="ab" * 32,
    received_on=NOON,
)


def planned(
    remind_at: datetime = NOON, due_on: date = date(2026, 11, 30), **values: str
) -> PlannedReminder:
    return PlannedReminder(
        kind="payment_order_objection",
        due_on=due_on,
        remind_at=remind_at,
        utterance="deadline_is_near",
        values=values,
    )


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)
