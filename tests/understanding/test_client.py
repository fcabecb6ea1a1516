"""What the Rasa server says becomes frozen things; whatever else it does is one kind of error."""

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from bot.concepts.turn import Candidate, Effect, EffectKind, Turn, Understanding
from bot.conversation.client import RasaClient
from bot.errors import RasaUnavailableError
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
    return FakeRasa({"messages": [], "understanding": _PARSED})


@pytest.fixture
async def client(rasa: FakeRasa) -> AsyncIterator[RasaClient]:
    transport = httpx.MockTransport(rasa)
    async with httpx.AsyncClient(transport=transport, base_url="http://rasa") as http:
        yield RasaClient(http)


async def test_a_message_goes_out_and_a_turn_comes_back(
    rasa: FakeRasa, client: RasaClient
) -> None:
    rasa.answer = {
        "messages": [
            {"text": "shown in the shell"},
            {"custom": {"answer": "call_hours"}},
            {"custom": {"utterance": "second"}},
            {"custom": {"task": "write_letter", "letter": "stop", "number": 2}},
            {"custom": {"unknown": "thing"}},
            {"custom": "nothing"},
        ],
        "understanding": _PARSED,
    }
    assert await client.take_turn("abc", "半夜打电话") == Turn(
        understanding=_UNDERSTOOD,
        effects=(
            Effect(EffectKind.ANSWER, "call_hours"),
            Effect(EffectKind.UTTERANCE, "second"),
            Effect(EffectKind.TASK, "write_letter", {"letter": "stop", "number": 2}),
        ),
    )
    assert rasa.bodies[0]["sender"] == "abc"
    assert rasa.bodies[0]["text"] == "半夜打电话"


async def test_a_button_goes_out_as_an_intent(rasa: FakeRasa, client: RasaClient) -> None:
    turn = await client.choose("abc", "call_hours")
    assert turn.understanding == _UNDERSTOOD
    assert (rasa.bodies[0]["sender"], rasa.bodies[0]["intent"]) == ("abc", "call_hours")
    assert "text" not in rasa.bodies[0]


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
    await client.take_turn("abc", typed)
    rasa.answer = _PARSED
    await client.understand(typed)
    assert [body["text"] for body in rasa.bodies] == ["call_hours", "call_hours"]


async def test_a_slash_within_a_text_stays(rasa: FakeRasa, client: RasaClient) -> None:
    await client.take_turn("abc", "11/23 打来的")
    assert rasa.bodies[0]["text"] == "11/23 打来的"


async def test_half_a_character_does_no_harm(rasa: FakeRasa, client: RasaClient) -> None:
    await client.take_turn("abc", "半夜\ud83d打")
    assert rasa.bodies[0]["text"] == "半夜?打"


async def test_a_text_is_understood_without_a_conversation(
    rasa: FakeRasa, client: RasaClient
) -> None:
    rasa.answer = _PARSED
    assert await client.understand("半夜打电话") == _UNDERSTOOD
    assert rasa.paths == ["/model/parse"]


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


async def test_a_person_can_be_forgotten(rasa: FakeRasa, client: RasaClient) -> None:
    rasa.answer = {}
    await client.forget("abc")
    assert rasa.paths == ["/webhooks/turns/forget"]
    assert rasa.bodies == [{"sender": "abc"}]


CALLS: list[Callable[[RasaClient], Awaitable[object]]] = [
    lambda client: client.take_turn("abc", "秘密的话"),
    lambda client: client.choose("abc", "call_hours"),
    lambda client: client.understand("秘密的话"),
    lambda client: client.forget("abc"),
]


@pytest.mark.parametrize("call", CALLS)
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
    call: Callable[[RasaClient], Awaitable[object]],
    answer: object,
    status: int,
) -> None:
    rasa.answer, rasa.status = answer, status
    with pytest.raises(RasaUnavailableError) as raised:
        await call(client)
    assert "秘密" not in str(raised.value)


@pytest.mark.parametrize(
    "answer",
    [
        {"messages": None},
        {"messages": 7},
        {"messages": ["text"]},
        {"messages": [], "understanding": "call_hours"},
        {"messages": [], "understanding": {"intent": "call_hours", "intent_ranking": [1]}},
        {"messages": [], "understanding": {"intent_ranking": [{"name": "call_hours"}]}},
        {
            "messages": [],
            "understanding": {"intent_ranking": [{"name": "a", "confidence": "high"}]},
        },
        {"messages": [], "understanding": {**_PARSED, "intent": "call_hours"}},
        {"messages": [], "understanding": {**_PARSED, "matters": 7}},
    ],
)
async def test_an_answer_of_another_shape_is_the_same_error(
    rasa: FakeRasa, client: RasaClient, answer: object
) -> None:
    rasa.answer = answer
    with pytest.raises(RasaUnavailableError):
        await client.take_turn("abc", "甲")


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
