"""What people asked in vain."""

from bot.concepts.stored import UnansweredQuestion
from bot.storage.database import Database
from bot.storage.unanswered_records import UnansweredRecords
from tests.storage.days import MONDAY, SATURDAY, SUNDAY


async def test_the_newest_questions_come_first(database: Database) -> None:
    unanswered = UnansweredRecords(database)
    await unanswered.add("外地的判决能执行吗", ("enforcement", "lawsuit"), SATURDAY)
    await unanswered.add("他们说的“上门”😀是真的吗", (), SUNDAY)
    await unanswered.add("卡号 **** 怎么办", ("card_fraud",), MONDAY)
    assert await unanswered.recent(2) == (
        UnansweredQuestion(text="卡号 **** 怎么办", guesses=("card_fraud",), asked_on=MONDAY),
        UnansweredQuestion(text="他们说的“上门”😀是真的吗", guesses=(), asked_on=SUNDAY),
    )


async def test_questions_are_forgotten_before_a_day(database: Database) -> None:
    unanswered = UnansweredRecords(database)
    for number, day in enumerate((SATURDAY, SUNDAY, MONDAY)):
        await unanswered.add(str(number), (), day)
    await unanswered.forget_before(SUNDAY)
    assert [question.asked_on for question in await unanswered.recent(9)] == [
        MONDAY,
        SUNDAY,
    ]
