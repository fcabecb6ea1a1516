"""Whether the bot lives and is ready, and how it does: in numbers, without words or ids."""

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.errors import SettingsError
from bot.health import State, Tally, health_server

GOOD = State(is_open=True, understands=True, waiting_chats=3)


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as client:
        yield client


async def answer(
    client: httpx.AsyncClient, path: str, state: State = GOOD, tally: Tally | None = None
) -> httpx.Response:
    async def look() -> State:
        return state

    async with health_server(("127.0.0.1", 0), look, tally or Tally()) as port:
        return await client.get(f"http://127.0.0.1:{port}{path}")


async def test_a_process_that_answers_lives(client: httpx.AsyncClient) -> None:
    shut = State(is_open=False, understands=False, waiting_chats=None)
    assert (await answer(client, "/healthz", shut)).status_code == 200


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (GOOD, 200),
        (State(is_open=True, understands=False, waiting_chats=0), 200),
        (State(is_open=False, understands=True, waiting_chats=0), 503),
        (State(is_open=True, understands=True, waiting_chats=None), 503),
        (State(is_open=True, understands=True, waiting_chats=0, is_heard=False), 503),
    ],
)
async def test_it_is_ready_when_messages_are_answered_also_without_rasa(
    client: httpx.AsyncClient, state: State, status: int
) -> None:
    assert (await answer(client, "/readyz", state)).status_code == status


async def test_turns_and_danger_are_counted(client: httpx.AsyncClient) -> None:
    tally = Tally()
    tally.note(0.02, None)
    tally.note(0.3, "strong")
    tally.note(60.0, None)
    lines = (await answer(client, "/metrics", GOOD, tally)).text.splitlines()
    assert {
        "zhiquan_waiting_chats 3",
        "zhiquan_rasa_ready 1",
        'zhiquan_turn_seconds_bucket{le="0.05"} 1',
        'zhiquan_turn_seconds_bucket{le="0.5"} 2',
        'zhiquan_turn_seconds_bucket{le="10.0"} 2',
        'zhiquan_turn_seconds_bucket{le="+Inf"} 3',
        "zhiquan_turn_seconds_sum 60.320000",
        'zhiquan_danger_total{level="strong"} 1',
    } <= set(lines)


async def test_a_database_that_does_not_answer_is_told_and_not_counted(
    client: httpx.AsyncClient,
) -> None:
    down = State(is_open=True, understands=True, waiting_chats=None)
    text = (await answer(client, "/metrics", down)).text
    assert "zhiquan_database_ready 0\n" in text
    assert "waiting_chats" not in text


async def test_without_an_address_nothing_listens() -> None:
    async def look() -> State:
        raise AssertionError

    async with health_server(None, look, Tally()) as port:
        assert port is None


async def test_a_taken_port_is_told_in_a_sentence() -> None:
    async def look() -> State:
        return GOOD

    async with health_server(("127.0.0.1", 0), look, Tally()) as port:
        assert port is not None
        with pytest.raises(SettingsError, match="ZHIQUAN_HEALTH_LISTEN"):
            async with health_server(("127.0.0.1", port), look, Tally()):
                pass
