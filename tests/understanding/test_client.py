"""What the Rasa server says becomes frozen things; whatever else it does is one kind of error."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.concepts.danger import DangerLevel, Opinion
from bot.concepts.understanding import Candidate, Understanding
from bot.errors import RasaUnavailableError
from bot.understanding.client import AT_ONCE, RasaClient
from tests.fakes import FakeRasa

_PARSED = {
    "intent": {"name": "call_hours", "confidence": 0.9},
    "intent_ranking": [
        {"name": "call_hours", "confidence": 0.9},
        {"name": "call_frequency", "confidence": 0.05},
    ],
    "matters": ["call_hours", "home_visit"],
}
_UNDERSTOOD = Understanding(
    topic="call_hours",
    confidence=0.9,
    accepted=True,
    ranking=(Candidate("call_hours", 0.9), Candidate("call_frequency", 0.05)),
    matters=("call_hours", "home_visit"),
)


@pytest.fixture
def rasa() -> FakeRasa:
    return FakeRasa(_PARSED)


@pytest.fixture
async def client(rasa: FakeRasa) -> AsyncIterator[RasaClient]:
    transport = httpx.MockTransport(rasa)
    async with httpx.AsyncClient(transport=transport, base_url="http://rasa") as http:
        yield RasaClient(http)


async def test_a_text_goes_out_alone_and_its_meaning_comes_back(
    rasa: FakeRasa, client: RasaClient
) -> None:
    assert await client.understand("半夜打电话") == _UNDERSTOOD
    assert (rasa.paths, rasa.bodies) == (["/model/parse"], [{"text": "半夜打电话"}])


@pytest.mark.parametrize(
    "typed",
    [
        "/call_hours",
        "  /call_hours",
        "//call_hours",
        "/ /call_hours",
        "\\/call_hours",
        "\n\t/ \\ /call_hours",
        "\u3000/call_hours",
        "\u00a0/\u2003/call_hours",
    ],
)
async def test_nobody_can_type_an_intent(rasa: FakeRasa, client: RasaClient, typed: str) -> None:
    await client.understand(typed)
    assert rasa.bodies == [{"text": "call_hours"}]


async def test_a_slash_within_a_text_stays(rasa: FakeRasa, client: RasaClient) -> None:
    await client.understand("11/23 打来的")
    assert rasa.bodies[0]["text"] == "11/23 打来的"


async def test_half_a_character_does_no_harm(rasa: FakeRasa, client: RasaClient) -> None:
    await client.understand("半夜\ud83d打")
    assert rasa.bodies[0]["text"] == "半夜?打"


async def test_the_side_of_a_matter_is_told_with_its_confidence(
    rasa: FakeRasa, client: RasaClient
) -> None:
    rasa.answer = {**_PARSED, "aspect": {"name": "why", "confidence": 0.8}}
    understood = await client.understand("凭什么")
    assert (understood.aspect, understood.aspect_confidence) == ("why", 0.8)


@pytest.mark.parametrize("aspect", [{}, None, {"name": None, "confidence": None}])
async def test_a_message_that_stands_alone_asks_for_no_side(
    rasa: FakeRasa, client: RasaClient, aspect: object
) -> None:
    rasa.answer = {**_PARSED, "aspect": aspect}
    assert await client.understand("半夜打电话") == _UNDERSTOOD


async def test_questions_asked_next_come_with_how_alike_they_are(
    rasa: FakeRasa, client: RasaClient
) -> None:
    near = [{"name": "call_hours#2", "likeness": 0.7}, {"name": "call_hours#4>lawsuit"}]
    rasa.answer = {**_PARSED, "asked_next": near[:1]}
    assert (await client.understand("要等多久")).asked_next == {"call_hours#2": 0.7}
    rasa.answer = {**_PARSED, "asked_next": near}
    with pytest.raises(RasaUnavailableError):
        await client.understand("要等多久")


@pytest.mark.parametrize(
    ("told", "opinion"),
    [
        ({}, Opinion()),
        ({"danger": None, "is_harmless": False}, Opinion()),
        ({"danger": "weak"}, Opinion(DangerLevel.WEAK)),
        ({"danger": "strong"}, Opinion(DangerLevel.STRONG)),
        ({"is_harmless": True}, Opinion(is_harmless=True)),
    ],
)
async def test_what_the_model_makes_of_danger_is_told(
    rasa: FakeRasa, client: RasaClient, told: dict[str, object], opinion: Opinion
) -> None:
    rasa.answer = {**_PARSED, **told}
    assert (await client.understand("甲")).danger == opinion


async def test_below_the_threshold_the_best_guess_is_told_and_not_accepted(
    rasa: FakeRasa, client: RasaClient
) -> None:
    fallback = {"name": "nlu_fallback", "confidence": 0.5}
    rasa.answer = {
        "intent": fallback,
        "intent_ranking": [fallback, *_PARSED["intent_ranking"]],
    }
    understood = await client.understand("嗯那个")
    assert (understood.topic, understood.accepted) == ("call_hours", False)
    assert understood.matters == ("call_hours",)
    assert all(candidate.topic != "nlu_fallback" for candidate in understood.ranking)


async def test_only_the_five_best_are_told(rasa: FakeRasa, client: RasaClient) -> None:
    many = [{"name": f"t{number}", "confidence": 0.1} for number in range(9)]
    rasa.answer = {**_PARSED, "intent_ranking": many}
    assert len((await client.understand("甲")).ranking) == 5


@pytest.mark.parametrize("parsed", [{}, {"intent": None}, {"intent_ranking": []}])
async def test_nothing_understood_is_out_of_scope(
    rasa: FakeRasa, client: RasaClient, parsed: object
) -> None:
    rasa.answer = parsed
    understood = await client.understand("？")
    assert (understood.topic, understood.accepted) == ("out_of_scope", False)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (httpx.ConnectError("秘密的话"), 200),
        (httpx.ReadTimeout("秘密的话"), 200),
        (httpx.RemoteProtocolError("秘密的话"), 200),
        ({"error": "秘密的话"}, 500),
        ({"error": "token"}, 401),
        (b"<html>\xe7\xa7\x98", 200),
        (b"\xff\xfe", 200),
        (b"", 200),
        ([1, 2], 200),
        (None, 200),
    ],
)
async def test_whatever_goes_wrong_is_one_kind_of_error_without_words(
    rasa: FakeRasa,
    client: RasaClient,
    answer: object,
    status: int,
) -> None:
    rasa.answer, rasa.status = answer, status
    with pytest.raises(RasaUnavailableError) as raised:
        await client.understand("秘密的话")
    assert "秘密" not in str(raised.value)


@pytest.mark.parametrize(
    "answer",
    [
        {"intent": "call_hours", "intent_ranking": [1]},
        {"intent_ranking": [{"name": "call_hours"}]},
        {"intent_ranking": [{"name": "a", "confidence": "high"}]},
        {**_PARSED, "intent": "call_hours"},
        {**_PARSED, "matters": 7},
        {**_PARSED, "aspect": "why"},
        {**_PARSED, "danger": "mild"},
    ],
)
async def test_an_answer_of_another_shape_is_the_same_error(
    rasa: FakeRasa, client: RasaClient, answer: object
) -> None:
    rasa.answer = answer
    with pytest.raises(RasaUnavailableError):
        await client.understand("甲")


@pytest.mark.parametrize(
    ("answer", "status", "is_ready"),
    [
        ({"model_file": "models/a.tar.gz"}, 200, True),
        ({"model_file": ""}, 200, False),
        ({"model_file": None}, 200, False),
        ({}, 200, False),
        ({"model_file": "a"}, 409, False),
        ({"model_file": "a"}, 401, False),
        (b"another program on this port", 200, False),
        ([], 200, False),
        (httpx.ConnectError("refused"), 200, False),
        (httpx.ReadTimeout("slow"), 200, False),
    ],
)
async def test_the_server_is_ready_when_it_has_a_model(
    rasa: FakeRasa, client: RasaClient, answer: object, status: int, is_ready: bool
) -> None:
    rasa.answer, rasa.status = answer, status
    assert await client.is_ready() == is_ready


async def test_a_bounded_number_of_questions_is_with_the_server_the_oldest_first() -> None:
    server = SlowRasa()
    transport = httpx.MockTransport(server)
    async with httpx.AsyncClient(transport=transport, base_url="http://rasa") as http:
        client = RasaClient(http)
        asked = [asyncio.create_task(client.understand(str(number))) for number in range(12)]
        await server.is_full.wait()
        server.go_on.set()
        assert await asyncio.gather(*asked) == [_UNDERSTOOD] * 12
    assert server.most == AT_ONCE
    assert server.heard == [str(number) for number in range(12)]


async def test_a_question_that_waits_too_long_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.understanding.client.PATIENCE", 0.01)
    transport = httpx.MockTransport(SlowRasa())
    async with httpx.AsyncClient(transport=transport, base_url="http://rasa") as http:
        with pytest.raises(RasaUnavailableError, match="too many"):
            await RasaClient(http).understand("半夜打电话")


@pytest.mark.parametrize(("status", "refuses"), [(200, False), (401, True), (403, True)])
async def test_a_server_that_refuses_our_token_is_found_out(
    rasa: FakeRasa, client: RasaClient, status: int, refuses: bool
) -> None:
    rasa.status = status
    assert await client.refuses_us() is refuses


async def test_a_server_that_is_away_refuses_nothing(rasa: FakeRasa, client: RasaClient) -> None:
    rasa.answer = httpx.ConnectError("away")
    assert not await client.refuses_us()


class SlowRasa:
    """Answers nobody before it is told to go on, and notes how many wait with it."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.most = self._now = 0
        self.is_full, self.go_on = asyncio.Event(), asyncio.Event()

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.heard.append(json.loads(request.content)["text"])
        self._now += 1
        self.most = max(self.most, self._now)
        if self._now == AT_ONCE:
            self.is_full.set()
        await self.go_on.wait()
        self._now -= 1
        return httpx.Response(200, json=_PARSED)
