"""Whatever is delivered: the bot lives, logs no word of it, answers kindly or not at all."""

import asyncio
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from io import StringIO
from itertools import count
from pathlib import Path

import pytest
import structlog
from hypothesis import example, given
from hypothesis import strategies as st

from bot.bootstrap import Program, open_program
from bot.logs import configure_logs
from tests.anything import MARK, bounded, changed, huge_texts, json_values, nested, texts
from tests.bot_api_server import BotApiServer
from tests.bot_api_server.people import BOT, chat, person
from tests.rasa_stand_in import RasaStandIn
from tests.test_canaries import on_telegram

_TOKEN = "770456:canary-of-the-token"
_FAULTS = ("update_failed", "update_set_aside", "inbox_stumbled", "overtaking_stumbled")
_CHATS = st.sampled_from([7, 8, -100, 2**40, 2**63])
_NUMBERS = count(1_000_000)
_FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 1, "mime_type": MARK}

Content = Mapping[str, object]


def message(words: str, chat_id: int) -> dict[str, object]:
    """A message of words, with all that may stand beside them."""
    origin = {"type": "hidden_user", "sender_user_name": MARK, "date": 1}
    return {
        "message_id": 3,
        "from": person(7),
        "chat": chat(chat_id),
        "date": 1_795_000_000,
        "edit_date": 1_795_000_100,
        "text": words,
        "caption": words,
        "entities": [{"type": "bot_command", "offset": 0, "length": 99}],
        "reply_to_message": {"message_id": 1, "from": BOT, "chat": chat(chat_id), "date": 1},
        "forward_origin": origin,
        "document": _FILE,
        "photo": [{**_FILE, "width": 1, "height": 1}],
        "sticker": {"emoji": words},
        "web_app_data": {"data": words, "button_text": words},
        "contact": {"phone_number": words, "first_name": words},
        "new_chat_title": words,
    }


words_of_any_kind = texts | huge_texts
data_of_any_kind = (
    st.from_regex(r"[a-z]:[a-z0-9_]{0,60}", fullmatch=True) | texts | st.just("t:" + "x" * 900)
)
messages = st.builds(message, words_of_any_kind, _CHATS).flatmap(
    lambda full: st.sets(
        st.sampled_from(sorted(set(full) - {"message_id", "chat", "date"})), min_size=8
    ).map(lambda gone: {name: value for name, value in full.items() if name not in gone})
)
taps = st.builds(
    lambda data, about: {
        "id": "1", "from": person(7), "message": about, "chat_instance": "1", "data": data,
        "inline_message_id": MARK, "game_short_name": MARK,
    },
    data_of_any_kind,
    messages | st.none(),
)  # fmt: skip
queries = st.builds(
    lambda words: {"id": "1", "from": person(7), "query": words, "offset": words}, texts
)
_OTHER_PARTS = ["poll_answer", "channel_post", "my_chat_member", "business_message", "new_one"]
strange: st.SearchStrategy[Content] = st.one_of(
    st.fixed_dictionaries({"message": messages}),
    st.fixed_dictionaries({"edited_message": messages}),
    st.fixed_dictionaries({"channel_post": messages}),
    st.fixed_dictionaries({"callback_query": taps}),
    st.fixed_dictionaries({"inline_query": queries}),
)
"""As Telegram may send them: every field has the type that it should have."""

impossible: st.SearchStrategy[Content] = st.one_of(
    st.fixed_dictionaries({"message": messages.flatmap(changed)}),
    st.fixed_dictionaries({"edited_message": messages.flatmap(changed)}),
    st.fixed_dictionaries({"callback_query": taps.flatmap(changed)}),
    st.fixed_dictionaries({"inline_query": queries.flatmap(changed)}),
    st.dictionaries(
        st.sampled_from(["message", "edited_message", "callback_query", *_OTHER_PARTS]),
        messages | json_values,
        min_size=1,
        max_size=2,
    ),
)


class House:
    """A bot with everything but Rasa's model, which runs as long as the tests of this file."""

    def __init__(self, folder: Path) -> None:
        self.log = StringIO()
        self._folder = folder
        self._loop = asyncio.new_event_loop()
        self._stack = AsyncExitStack()
        self._people = count(50_000)
        self.server = BotApiServer(token=_TOKEN)
        self.server.known_chats |= {7, 8, -100}

    def open(self) -> None:
        """Let it run."""
        configure_logs("DEBUG", self.log)
        self._loop.run_until_complete(self._open())

    async def _open(self) -> None:
        rasa = RasaStandIn()
        self._stack.push_async_callback(rasa.die)
        await self._stack.enter_async_context(self.server)
        opening = open_program(rasa.settings(self._folder))
        program: Program = await self._stack.enter_async_context(opening)
        await self._stack.enter_async_context(on_telegram(program, self.server))

    def close(self) -> None:
        """End it in order."""
        self._loop.run_until_complete(self._stack.aclose())
        self._loop.close()

    def deliver(self, contents: Sequence[Content]) -> str:
        """What is logged of updates with these contents, once somebody after them was answered."""
        begins = self.log.tell()
        self._loop.run_until_complete(self._deliver(contents))
        return self.log.getvalue()[begins:]

    async def _deliver(self, contents: Sequence[Content]) -> None:
        for content in contents:
            # By the back door: the server would look into it.
            self.server.pending.append({"update_id": next(_NUMBERS), **content})
        someone = next(self._people)
        await self.server.deliver(
            {
                "update_id": next(_NUMBERS),
                "message": self.server.updates.message(someone, text="/menu"),
            }
        )
        self.server.known_chats.add(someone)
        await self.server.wait_until(lambda: bool(self.server.texts(someone)))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    root = logging.getLogger()
    before = root.level, root.handlers[:]
    made = House(tmp_path_factory.mktemp("house"))
    made.open()
    yield made
    made.close()
    structlog.reset_defaults()
    root.setLevel(before[0])
    root.handlers[:] = before[1]


@bounded(30)
@given(st.lists(strange, min_size=1, max_size=6))
@example([{"callback_query": {"id": "1", "from": person(7), "data": "t:" + "x" * 5000}}])
@example([{"message": message("\ud83d" + MARK + "\x00", 7)}])
def test_whatever_people_send_is_answered_without_a_fault_and_not_logged(
    house: House, contents: Sequence[Content]
) -> None:
    logged = house.deliver(contents)
    assert MARK not in logged
    assert [fault for fault in (*_FAULTS, "answer_failed") if fault in logged] == [], logged


@bounded(30)
@given(st.lists(impossible, min_size=1, max_size=6))
@example([{"message": {**message(MARK, 7), "text": nested(20)}}])
@example([{"message": {**message(MARK, 7), "chat": {"id": 2**70}}}])
def test_what_telegram_never_sends_keeps_nobody_from_an_answer_and_is_not_logged(
    house: House, contents: Sequence[Content]
) -> None:
    logged = house.deliver(contents)
    assert MARK not in logged
    assert [fault for fault in _FAULTS if fault in logged] == [], logged


@pytest.mark.parametrize("depth", [50, 400])
def test_what_is_nested_deeply_is_taken_like_anything_else(house: House, depth: int) -> None:
    fields = message(MARK, 7)
    for where in ("text", "from", "chat", "document", "reply_to_message"):
        logged = house.deliver([{"message": {**fields, where: nested(depth)}}])
        assert MARK not in logged
        assert [fault for fault in _FAULTS if fault in logged] == [], logged
