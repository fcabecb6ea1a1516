"""One message in, one reply out: danger first, then what it means, and always a way on."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.answering.composer import join
from bot.bootstrap import Program, open_program
from bot.concepts.choice import Choice, Verb
from bot.concepts.danger import Danger, DangerLevel
from bot.concepts.message import IncomingMessage
from bot.concepts.reply import Reply
from bot.storage.unanswered_records import UnansweredRecords
from tests.rasa_stand_in import RasaStandIn

_NOW = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
"""Half past midnight of the 24th in Shanghai."""
_ANSWER = [{"custom": {"answer": "call_hours"}}]


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def program_and_rasa(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[tuple[Program, RasaStandIn]]:
    """One program for all tests: reading the knowledge base takes seconds."""
    stand_in = RasaStandIn()
    async with open_program(stand_in.settings(tmp_path_factory.mktemp("bot"))) as opened:
        yield opened, stand_in
    await stand_in.die()


@pytest_asyncio.fixture(loop_scope="module")
async def rasa(
    program_and_rasa: tuple[Program, RasaStandIn],
) -> AsyncIterator[RasaStandIn]:
    _, stand_in = program_and_rasa
    stand_in.live_again()
    yield stand_in
    await stand_in.die()


@pytest.fixture
def program(
    program_and_rasa: tuple[Program, RasaStandIn],
    rasa: RasaStandIn,  # noqa: ARG001 it must live
) -> Program:
    return program_and_rasa[0]


async def say(program: Program, text: str, *, is_public: bool = False) -> Reply:
    message = IncomingMessage(sender_id="42", sent_on=_NOW, text=text, is_public=is_public)
    return await program.respond(message)


async def tap(program: Program, verb: Verb, target: str = "") -> Reply:
    message = IncomingMessage(sender_id="42", sent_on=_NOW, choice=Choice(verb, target))
    return await program.respond(message)


def words(reply: Reply) -> str:
    return "\n".join(block.text for block in reply.blocks)


async def test_a_question_gets_its_answer(program: Program, rasa: RasaStandIn) -> None:
    rasa.says["半夜打电话"] = _ANSWER
    reply = await say(program, "半夜打电话")
    assert words(reply).startswith(program.knowledge.answers["call_hours"].title)


async def test_the_words_of_a_button_are_as_good_as_a_tap(
    program: Program, rasa: RasaStandIn
) -> None:
    await tap(program, Verb.MENU)
    assert words(await say(program, "法院、起诉、执行")) == "法院、起诉、执行："
    assert rasa.heard == []


async def test_the_words_of_a_button_that_is_no_longer_there_are_just_words(
    program: Program, rasa: RasaStandIn
) -> None:
    rasa.says["半夜打电话"] = _ANSWER
    await tap(program, Verb.MENU)
    await say(program, "半夜打电话")
    await say(program, "法院、起诉、执行")
    assert len(rasa.heard) == 2


async def test_where_others_read_along_the_answer_is_brief(
    program: Program, rasa: RasaStandIn
) -> None:
    rasa.says["半夜打电话"] = _ANSWER
    brief = await say(program, "半夜打电话", is_public=True)
    assert len(words(brief)) < len(words(await say(program, "半夜打电话")))


_STRONG_CARD = Danger(DangerLevel.STRONG, is_other=False)


async def test_strong_danger_gets_its_card_and_is_no_part_of_the_conversation(
    program: Program, rasa: RasaStandIn
) -> None:
    reply = await say(program, "我不想活了")
    assert reply == program.pages.crisis(_STRONG_CARD)
    assert [each["path"] for each in rasa.heard] == ["model/parse"]


async def test_words_that_surely_mean_no_harm_are_answered_after_a_gentle_card(
    program: Program, rasa: RasaStandIn
) -> None:
    text = "我家的花不想活了，半夜打电话"
    rasa.says[text] = _ANSWER
    assert await say(program, text) == program.pages.crisis(_STRONG_CARD)
    rasa.harmless.add(text)
    card = program.pages.crisis(Danger(DangerLevel.WEAK, is_other=False))
    answer = program.pages.answer("call_hours", _NOW.date())
    assert (await say(program, text)).blocks == join([card, answer]).blocks


@pytest.mark.parametrize("nonsense", [b"", b"{", b"[]", b'{"intent_ranking": 7}'])
async def test_the_card_comes_whatever_rasa_says(
    program: Program, rasa: RasaStandIn, nonsense: bytes
) -> None:
    rasa.nonsense = nonsense
    assert await say(program, "我不想活了") == program.pages.crisis(_STRONG_CARD)


async def test_the_card_does_not_wait_long_for_rasa(
    program: Program, rasa: RasaStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.pipeline._PATIENCE", 0)
    rasa.harmless.add("我不想活了")
    assert await say(program, "我不想活了") == program.pages.crisis(_STRONG_CARD)


async def test_violence_that_goes_on_now_is_answered_with_the_police_first(
    program: Program, rasa: RasaStandIn
) -> None:
    told = "现在有人砸门还拿刀"
    rasa.says[told] = _ANSWER
    first, *others = (await say(program, told)).blocks
    assert "110" in first.text
    assert others[0].text == program.knowledge.answers["call_hours"].title
    calm = await say(program, "半夜打电话")
    assert calm.blocks[0].text != first.text


async def test_violence_now_is_seen_while_rasa_is_down(
    program: Program, rasa: RasaStandIn
) -> None:
    rasa.status = 500
    reply = await say(program, "现在有人砸门还拿刀")
    assert "110" in reply.blocks[0].text


async def test_a_weak_sign_gets_its_card_before_the_answer(
    program: Program, rasa: RasaStandIn
) -> None:
    text = "真的撑不下去了，半夜打电话"
    rasa.says[text] = _ANSWER
    card = program.pages.crisis(Danger(DangerLevel.WEAK, is_other=False))
    answer = program.pages.answer("call_hours", _NOW.date())
    danger = program.parts.watch.look(text)
    assert danger is not None
    if danger.level is DangerLevel.WEAK:
        assert (await say(program, text)).blocks == join([card, answer]).blocks


async def test_where_the_model_sees_more_than_the_words_there_is_one_card(
    program: Program, rasa: RasaStandIn
) -> None:
    text = "真的撑不下去了，东西都分好了"
    rasa.says[text] = [{"custom": {"answer": "self_harm"}}]
    assert (await say(program, text)).blocks == program.pages.crisis(_STRONG_CARD).blocks


async def test_danger_is_answered_while_rasa_is_dead(program: Program, rasa: RasaStandIn) -> None:
    await rasa.die()
    reply = await say(program, "我不想活了")
    assert "12356" in words(reply)


async def test_rasa_hears_a_pseudonym_and_masked_words(
    program: Program, rasa: RasaStandIn
) -> None:
    await say(program, "打我13800138000，身份证110101199003071234")
    (heard,) = rasa.heard
    assert heard["text"] == "打我***********，身份证******************"
    assert heard["sender"] == program.parts.pseudonyms.of("42")


async def test_nobody_can_type_an_intent(program: Program, rasa: RasaStandIn) -> None:
    await say(program, "/delete_my_data")
    assert [heard.get("text") for heard in rasa.heard] == ["delete_my_data"]
    assert all("intent" not in heard for heard in rasa.heard)


async def test_a_tapped_topic_is_a_turn_of_the_conversation(
    program: Program, rasa: RasaStandIn
) -> None:
    rasa.says["call_hours"] = _ANSWER
    reply = await tap(program, Verb.ANSWER, "call_hours")
    assert rasa.heard[0]["intent"] == "call_hours"
    assert words(reply).startswith(program.knowledge.answers["call_hours"].title)


@pytest.mark.parametrize(
    ("verb", "target"),
    [
        (Verb.MENU, ""),
        (Verb.GROUP, "conduct"),
        (Verb.SOURCES, "call_hours"),
        (Verb.USEFUL, "call_hours"),
        (Verb.USELESS, "call_hours"),
        (Verb.ANSWER, "no_such_topic"),
    ],
)
async def test_other_taps_do_not_need_rasa(
    program: Program, rasa: RasaStandIn, verb: Verb, target: str
) -> None:
    reply = await tap(program, verb, target)
    assert reply.blocks
    assert reply.buttons
    assert rasa.heard == []


@pytest.mark.parametrize("target", ["gone", "", "call_hours", "delete_my_data_", "x" * 60])
@pytest.mark.parametrize("verb", list(Verb))
async def test_no_tap_whatever_is_an_error(program: Program, verb: Verb, target: str) -> None:
    reply = await tap(program, verb, target)
    assert reply.blocks
    assert reply.buttons


async def test_while_rasa_is_dead_answers_come_by_button(
    program: Program, rasa: RasaStandIn
) -> None:
    await rasa.die()
    reply = await tap(program, Verb.ANSWER, "call_hours")
    assert words(reply).startswith(program.knowledge.answers["call_hours"].title)


async def test_while_rasa_is_dead_near_topics_are_offered(
    program: Program, rasa: RasaStandIn
) -> None:
    await rasa.die()
    reply = await say(program, "半夜打电话")
    targets = [button.choice.target for row in reply.buttons for button in row]
    assert "call_hours" in targets
    assert Choice(Verb.MENU) in [button.choice for row in reply.buttons for button in row]


@pytest.mark.parametrize("nonsense", [b"", b"<html>", b"[]", b'{"messages": 7}'])
async def test_nonsense_from_rasa_is_like_no_rasa(
    program: Program, rasa: RasaStandIn, nonsense: bytes
) -> None:
    rasa.nonsense = nonsense
    reply = await say(program, "半夜打电话")
    assert reply.buttons


@pytest.mark.parametrize("status", [401, 404, 500, 503])
async def test_a_refusal_of_rasa_is_like_no_rasa(
    program: Program, rasa: RasaStandIn, status: int
) -> None:
    rasa.status = status
    assert (await say(program, "半夜打电话")).buttons


async def test_what_was_not_understood_is_kept_masked_and_without_the_person(
    program: Program,
) -> None:
    await say(program, "那个13800138000咋整")
    kept = (await UnansweredRecords(program.database).recent(5))[0]
    assert (kept.text, str(kept.asked_on)) == ("那个***********咋整", "2026-11-24")


@pytest.mark.parametrize(
    "text", ["", " ", "/", "///", "😭😭😭", "?", "a" * 4096, "\x00\x07", "半夜\ud83d", "1"]
)
async def test_no_text_whatever_is_an_error(program: Program, text: str) -> None:
    reply = await say(program, text)
    assert reply.blocks
    assert reply.buttons
