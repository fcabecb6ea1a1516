"""Questions that nobody could understand yet are answered once, the longest waiting first."""

from datetime import UTC, datetime

from bot.concepts.message import IncomingMessage
from bot.concepts.reply import Reply, paragraph
from bot.waiting import WaitingQuestions

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def asked(sender: str, text: str) -> IncomingMessage:
    return IncomingMessage(sender_id=sender, sent_on=NOON, text=text)


class Post:
    """Answers with the words of the question, and notes what is sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    async def answer(self, message: IncomingMessage) -> Reply:
        """The words again."""
        return Reply(blocks=(paragraph(message.text),))

    async def send(self, sender: str, reply: Reply) -> bool:
        """Note it."""
        self.sent.append((sender, reply.blocks[0].text))
        return True


async def test_each_is_answered_once_the_longest_waiting_first() -> None:
    waiting, post = WaitingQuestions(), Post()
    waiting.note(asked("1", "一"))
    waiting.note(asked("2", "二"))
    assert waiting
    await waiting.answer_all(post.answer, post.send)
    await waiting.answer_all(post.answer, post.send)
    assert post.sent == [("1", "一"), ("2", "二")]
    assert not waiting


async def test_the_newest_question_of_a_person_takes_the_place_of_the_former() -> None:
    waiting, post = WaitingQuestions(), Post()
    waiting.note(asked("1", "一"))
    waiting.note(asked("2", "二"))
    waiting.note(asked("1", "一\n还有"))
    await waiting.answer_all(post.answer, post.send)
    assert post.sent == [("2", "二"), ("1", "一\n还有")]


async def test_who_was_answered_meanwhile_waits_no_more() -> None:
    waiting, post = WaitingQuestions(), Post()
    waiting.note(asked("1", "一"))
    waiting.drop("1")
    waiting.drop("a stranger")
    await waiting.answer_all(post.answer, post.send)
    assert post.sent == []


async def test_who_is_answered_while_others_are_is_not_answered_again() -> None:
    waiting, post = WaitingQuestions(), Post()
    waiting.note(asked("1", "一"))
    waiting.note(asked("2", "二"))

    async def answer(message: IncomingMessage) -> Reply:
        waiting.drop("2")
        return await post.answer(message)

    await waiting.answer_all(answer, post.send)
    assert post.sent == [("1", "一")]


async def test_what_waits_again_is_kept_for_the_next_time() -> None:
    waiting, post = WaitingQuestions(), Post()
    waiting.note(asked("1", "一"))

    async def not_yet(message: IncomingMessage) -> Reply:
        waiting.note(message)
        return await post.answer(message)

    await waiting.answer_all(not_yet, post.send)
    assert waiting
    assert post.sent == [("1", "一")]


async def test_of_very_many_the_longest_waiting_is_forgotten() -> None:
    waiting, post = WaitingQuestions(), Post()
    for number in range(1001):
        waiting.note(asked(str(number), "喂"))
    await waiting.answer_all(post.answer, post.send)
    assert (len(post.sent), post.sent[0]) == (1000, ("1", "喂"))
