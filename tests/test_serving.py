"""Telegram is served by one copy at a time, with the words of the knowledge base."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.bootstrap import open_program
from bot.concepts.clock import now
from bot.concepts.reply import Reply
from bot.concepts.stored import StoredUpdate
from bot.errors import ChannelError, SettingsError
from bot.serving import Apology, only_copy, serve_telegram, telegram_words
from tests.rasa_stand_in import RasaStandIn


def test_a_second_copy_is_told_what_to_do(tmp_path: Path) -> None:
    lock = tmp_path / "folder" / "telegram.lock"
    with only_copy(lock):
        with pytest.raises(ChannelError) as raised, only_copy(lock):
            pytest.fail("two copies")
        assert str(lock.parent) in str(raised.value)
        assert "ZHIQUAN_DATA" in str(raised.value)


def test_after_the_first_copy_has_ended_another_may_run(tmp_path: Path) -> None:
    for _ in range(2):
        with only_copy(tmp_path / "telegram.lock"):
            pass


def test_copies_with_folders_of_their_own_may_run(tmp_path: Path) -> None:
    with only_copy(tmp_path / "a" / "lock"), only_copy(tmp_path / "b" / "lock"):
        pass


async def test_without_a_token_there_is_a_sentence(tmp_path: Path) -> None:
    rasa = RasaStandIn()
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN is missing"):
        await serve_telegram(rasa.settings(tmp_path))
    await rasa.die()


async def test_the_channel_is_given_words_for_all_that_it_says(tmp_path: Path) -> None:
    rasa = RasaStandIn()
    async with open_program(rasa.settings(tmp_path)) as program:
        words = telegram_words(program)
        topics = words.find("半夜打电话")
        assert "call_hours" in topics
        assert words.find(" ") == [group.topics[0] for group in program.book.knowledge.menu]
        assert words.titles("call_hours")[0] == program.book.knowledge.answers["call_hours"].title
        assert isinstance(words.brief("call_hours"), Reply)
        assert all(words.commands.values())
        assert all(isinstance(words.say(name), Reply) for name in words.commands)
    await rasa.die()


async def test_what_telegram_limits_is_short_enough(tmp_path: Path) -> None:
    rasa = RasaStandIn()
    async with open_program(rasa.settings(tmp_path)) as program:
        words = telegram_words(program)
        assert len(words.description) <= 512
        assert len(words.short_description) <= 120
        assert [name for name, says in words.commands.items() if len(says) > 256] == []
    await rasa.die()


async def test_an_apology_goes_to_who_wrote_in_private_and_to_nobody_else() -> None:
    sent: list[tuple[str, Reply]] = []

    async def send(address: str, reply: Reply) -> bool:
        sent.append((address, reply))
        return True

    apology = Apology(lambda: SORRY)
    await apology.send(given_up("42"))
    apology.connect(send)
    for chat in ("42", "-7", "update:3"):
        await apology.send(given_up(chat))
    assert sent == [("42", SORRY)]


async def test_an_apology_that_does_not_go_out_stops_nothing() -> None:
    async def fail(_address: str, _reply: Reply) -> bool:
        raise ChannelError("the line is down")

    apology = Apology(lambda: SORRY)
    apology.connect(fail)
    with capture_logs() as log:
        await apology.send(given_up("42"))
    assert [line["event"] for line in log] == ["apology_not_sent"]


SORRY = Reply(blocks=())


def given_up(chat: str) -> StoredUpdate:
    return StoredUpdate(update_id=1, chat=chat, payload="{}", received_on=now())
