"""One message in, one reply out: danger first, then what it means, and always a way on."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import pytest_asyncio

from bot.bootstrap import Program, open_program
from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import Conversation, Draft
from bot.concepts.danger import Danger, DangerLevel
from bot.concepts.message import IncomingMessage, Origin, ReceivedFile
from bot.concepts.missed import Missed, MissKind
from bot.concepts.recognition import Reading, ReadLine
from bot.concepts.reply import Reply
from bot.concepts.retention import CONVERSATION_HOURS
from bot.turn import take_turn
from tests.rasa_stand_in import RasaStandIn

_NOW = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
"""Half past midnight of the 24th in Shanghai."""
_TODAY = "2026-11-24"
_NUMBERS = count(5000)
STORY = "昨天晚上十一点半招商银行信用卡外包的人打我妈电话骂她不要脸"
STRONG, WEAK = (Danger(level, is_other=False) for level in (DangerLevel.STRONG, DangerLevel.WEAK))

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


class Person:
    """Somebody new in each test."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self.now = _NOW
        self.address = str(next(_NUMBERS))
        self.sender = program.parts.pseudonyms.of(self.address)

    async def says(self, text: str, *, is_public: bool = False) -> Reply:
        """Write something."""
        return await self._do(text=text, is_public=is_public)

    async def taps(self, choice: str | Choice) -> Reply:
        """Tap a button."""
        chosen = Choice.parse(choice) if isinstance(choice, str) else choice
        assert chosen is not None
        return await self._do(choice=chosen)

    async def sends(self, file: ReceivedFile) -> Reply:
        """Send a file."""
        return await self._do(file=file)

    async def talk(self) -> Conversation:
        """What is kept of the conversation."""
        return await self._program.parts.conversations.of(self.sender, self.now)

    async def keeps(self, talk: Conversation) -> None:
        """Have a conversation from before."""
        await self._program.parts.conversations.keep(self.sender, talk, self.now)

    async def _do(
        self,
        text: str = "",
        choice: Choice | None = None,
        file: ReceivedFile | None = None,
        *,
        is_public: bool = False,
    ) -> Reply:
        message = IncomingMessage(
            sender_id=self.address,
            sent_on=self.now,
            text=text,
            choice=choice,
            files=(file,) if file else (),
            is_public=is_public,
        )
        return await self._program.respond(message)


class Post:
    """What one person gets out of turn."""

    def __init__(self, person: Person, program: Program) -> None:
        self._person, self._program = person, program
        self.replies: list[Reply] = []

    async def comes(self) -> None:
        """Everybody who waits is answered; what others get does not matter."""
        answer = self._program.answer_waiting
        await self._program.parts.waiting.answer_all(answer, self._send, lambda: self._person.now)

    async def _send(self, address: str, reply: Reply) -> bool:
        if address == self._person.address:
            self.replies.append(reply)
        return True


@pytest.fixture
def person(program: Program) -> Person:
    return Person(program)


async def misses_of(person: Person, program: Program) -> list[Missed]:
    kept = await program.records.missed.after(0, 1000)
    return [each.missed for each in kept if each.missed.sender == person.sender]


def words(reply: Reply) -> str:
    return "\n".join(block.text for block in reply.blocks)


def choices(reply: Reply) -> list[str]:
    return [str(button.choice) for row in reply.buttons for button in row]


async def test_a_question_gets_its_answer_in_the_first_layer(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    rasa.means("半夜打电话", "call_hours")
    reply = await person.says("半夜打电话")
    first = program.parts.adviser.composer.topics.first(
        "call_hours", Conversation(), _NOW.astimezone().date(), {}
    )
    assert reply == first.reply
    assert "y:call_hours__how" in choices(reply)


async def test_the_conversation_after_a_turn_is_kept(person: Person, rasa: RasaStandIn) -> None:
    rasa.means("半夜打电话", "call_hours")
    reply = await person.says("半夜打电话")
    talk = await person.talk()
    assert talk.topic == "call_hours"
    assert talk.has_shown("call_hours", "first")
    assert [choice for _, choice in talk.offered] == choices(reply)


async def test_a_turn_tells_the_conversation_and_the_danger(
    program: Program, person: Person, rasa: RasaStandIn
) -> None:
    rasa.means("半夜打电话", "call_hours")
    message = IncomingMessage(sender_id=person.address, sent_on=_NOW, text="半夜打电话")
    turn = await take_turn(message, program.parts)
    assert turn.conversation == await person.talk()
    assert turn.danger is None
    message = IncomingMessage(sender_id=person.address, sent_on=_NOW, text="我不想活了")
    assert (await take_turn(message, program.parts)).danger == STRONG


async def test_the_words_of_a_button_are_as_good_as_a_tap(
    person: Person, rasa: RasaStandIn
) -> None:
    menu = await person.taps("m:")
    label, group = next(
        (button.label, button.choice)
        for row in menu.buttons
        for button in row
        if button.choice.verb is Verb.GROUP
    )
    typed = await person.says(label)
    assert typed == await person.taps(group)
    assert rasa.heard == []


async def test_the_words_of_a_button_that_is_no_longer_there_are_just_words(
    person: Person, rasa: RasaStandIn
) -> None:
    rasa.means("半夜打电话", "call_hours")
    menu = await person.taps("m:")
    await person.says("半夜打电话")
    await person.says(menu.buttons[0][0].label)
    assert len(rasa.heard) == 2


async def test_where_others_read_along_the_answer_is_brief_and_nothing_is_kept(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    rasa.means("半夜打电话", "call_hours")
    brief = await person.says("半夜打电话", is_public=True)
    assert brief.blocks == program.pages.brief("call_hours", _NOW.date()).blocks
    assert await person.talk() == Conversation()


async def test_where_others_read_along_what_was_told_before_is_not_used(
    person: Person, rasa: RasaStandIn
) -> None:
    rasa.means("半夜打电话", "call_hours")
    await person.says("半夜打电话")
    kept = await person.talk()
    reply = await person.says("为什么", is_public=True)
    assert reply.blocks
    assert await person.talk() == kept


async def test_strong_danger_gets_its_card(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    reply = await person.says("我不想活了")
    assert reply == program.pages.crisis(STRONG)
    assert [each["path"] for each in rasa.heard] == ["model/parse"]
    assert (await person.talk()).is_after_card


async def test_after_the_card_who_takes_it_back_is_believed_and_the_form_goes_on(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    await person.taps("s:log_contact")
    await person.says("我不想活了")
    rasa.means("没有，就是气话", "deny")
    reply = await person.says("没有，就是气话")
    believed = program.pages.utterance("believed")
    assert reply.blocks[: len(believed.blocks)] == believed.blocks
    assert "k:channel_1" in choices(reply)
    talk = await person.talk()
    assert not talk.is_after_card
    assert talk.form is not None


async def test_words_that_surely_mean_no_harm_are_answered_after_a_gentle_card(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    text = "我家的花不想活了，半夜打电话"
    rasa.means(text, "call_hours")
    assert await person.says(text) == program.pages.crisis(STRONG)
    rasa.harmless.add(text)
    reply = await Person(program).says(text)
    card = program.pages.crisis(WEAK)
    assert reply.blocks[: len(card.blocks)] == card.blocks
    assert "y:call_hours__how" in choices(reply)


@pytest.mark.parametrize("nonsense", [b"", b"{", b"[]", b'{"intent_ranking": 7}'])
async def test_the_card_comes_whatever_rasa_says(
    person: Person, program: Program, rasa: RasaStandIn, nonsense: bytes
) -> None:
    rasa.nonsense = nonsense
    assert await person.says("我不想活了") == program.pages.crisis(STRONG)


async def test_the_card_does_not_wait_long_for_rasa(
    person: Person, program: Program, rasa: RasaStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.turn._PATIENCE", 0)
    rasa.harmless.add("我不想活了")
    assert await person.says("我不想活了") == program.pages.crisis(STRONG)


async def test_violence_that_goes_on_now_is_answered_with_the_police_first(
    person: Person, rasa: RasaStandIn
) -> None:
    told = "现在有人砸门还拿刀"
    rasa.means(told, "home_visit")
    reply = await person.says(told)
    assert "110" in reply.blocks[0].text
    assert len(reply.blocks) > 1
    rasa.means("半夜打电话", "call_hours")
    calm = await person.says("半夜打电话")
    assert calm.blocks[0].text != reply.blocks[0].text


async def test_violence_now_is_seen_while_rasa_is_down(person: Person, rasa: RasaStandIn) -> None:
    rasa.status = 500
    reply = await person.says("现在有人砸门还拿刀")
    assert "110" in reply.blocks[0].text


async def test_a_weak_sign_gets_its_card_before_the_answer(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    text = "真的撑不下去了，半夜打电话"
    assert program.parts.watch.look(text) == WEAK
    rasa.means(text, "call_hours")
    reply = await person.says(text)
    card = program.pages.crisis(WEAK)
    assert reply.blocks[: len(card.blocks)] == card.blocks
    assert "y:call_hours__how" in choices(reply)
    assert (await person.talk()).is_after_card


async def test_a_weak_sign_that_only_the_model_saw_gets_its_card_too(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    rasa.means("半夜打电话", "call_hours", danger="weak")
    plain = await Person(program).says("半夜打电话")
    reply = await person.says("半夜打电话")
    assert reply == plain
    assert (
        reply.blocks[: len(program.pages.crisis(WEAK).blocks)] == program.pages.crisis(WEAK).blocks
    )


async def test_where_the_model_sees_more_than_the_words_there_is_one_card(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    text = "真的撑不下去了，东西都分好了"
    rasa.means(text, "self_harm")
    assert (await person.says(text)).blocks == program.pages.crisis(STRONG).blocks


async def test_danger_is_answered_while_rasa_is_dead(person: Person, rasa: RasaStandIn) -> None:
    await rasa.die()
    assert "12356" in words(await person.says("我不想活了"))


async def test_rasa_hears_masked_words_and_nothing_of_the_person(
    person: Person, rasa: RasaStandIn
) -> None:
    await person.says("打我13800138000，身份证110101199003071234")
    assert rasa.heard == [
        {"path": "model/parse", "text": "打我***********，身份证******************"}
    ]


async def test_an_answer_is_masked_before_it_is_kept(person: Person) -> None:
    await person.taps("s:log_contact")
    await person.taps("k:channel_1")
    for text in ("今天", "上午", "打给我自己的", "他的号码13812345678"):
        await person.says(text)
    talk = await person.talk()
    assert talk.draft is not None
    assert talk.draft.answers["caller"] == "他的号码***********"


async def test_the_collectors_number_is_kept_as_evidence_and_rasa_does_not_hear_it(
    person: Person, rasa: RasaStandIn
) -> None:
    await person.says("对方号码13900001111一直打")
    assert rasa.heard == [{"path": "model/parse", "text": "对方号码***********一直打"}]
    await person.taps("s:log_contact")
    await person.taps("k:channel_1")
    for text in ("今天", "上午", "打给我自己的", "对方号码13900001111，我的13812345678"):
        await person.says(text)
    talk = await person.talk()
    assert talk.draft is not None
    assert talk.draft.answers["caller"] == "对方号码13900001111，我的***********"


async def test_nobody_can_type_an_intent(person: Person, rasa: RasaStandIn) -> None:
    await person.says("/delete_my_data")
    assert rasa.heard == [{"path": "model/parse", "text": "delete_my_data"}]


@pytest.mark.parametrize(
    "choice",
    [
        "m:", "g:conduct", "l:call_hours", "u:call_hours", "n:call_hours", "t:no_such_topic",
        "t:call_hours", "t:write_letter", "y:call_hours__how", "f:product_credit_card",
        "s:log_contact", "d:discreet_off",
    ],
)  # fmt: skip
async def test_taps_do_not_need_rasa(person: Person, rasa: RasaStandIn, choice: str) -> None:
    reply = await person.taps(choice)
    assert reply.blocks
    assert reply.buttons
    assert rasa.heard == []


@pytest.mark.parametrize("target", ["gone", "", "call_hours", "delete_my_data_", "x" * 60])
@pytest.mark.parametrize("verb", list(Verb))
async def test_no_tap_whatever_is_an_error(person: Person, verb: Verb, target: str) -> None:
    reply = await person.taps(Choice(verb, target))
    assert reply.blocks
    assert reply.buttons


@pytest.mark.parametrize(
    "draft",
    [
        Draft(tool="a_letter_that_is_gone", answers={"a": "b"}, asking="lender"),
        Draft(tool="log_contact", answers={"a": "b"}, asking="a_question_that_is_gone"),
    ],
)
@pytest.mark.parametrize(
    "tap",
    [
        "c:skip", "c:back", "c:keep", "c:resume", "c:stop", "k:day_1", "c:preview", "c:review",
        "c:finish", "s:log_contact",
    ],
)  # fmt: skip
async def test_no_tap_is_an_error_while_a_draft_no_longer_fits_the_knowledge(
    person: Person, draft: Draft, tap: str
) -> None:
    await person.keeps(Conversation(draft=draft))
    reply = await person.taps(tap)
    assert reply.blocks
    assert reply.buttons


@pytest.mark.parametrize("text", ["你好", "继续", "跳过", "返回", "不填了", "13800138000"])
async def test_a_draft_that_no_longer_fits_the_knowledge_is_not_gone_on_with(
    person: Person, text: str
) -> None:
    gone = Draft(tool="a_letter_that_is_gone", answers={"a": "b"}, asking="lender")
    await person.keeps(Conversation(draft=gone))
    reply = await person.says(text)
    assert not [each for each in choices(reply) if each.startswith(("k:", "c:"))]
    assert reply.blocks


async def test_while_rasa_is_dead_near_topics_are_offered_with_a_way_on(
    person: Person, rasa: RasaStandIn
) -> None:
    await rasa.die()
    reply = await person.says("半夜打电话")
    assert "t:call_hours" in choices(reply)
    assert "m:" in choices(reply)


async def test_while_rasa_is_dead_that_is_told_once_and_the_question_is_kept(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    await rasa.die()
    first = await person.says("半夜打电话")
    told = words(program.pages.utterance("not_listening"))
    assert words(first).startswith(told)
    assert (await person.talk()).waiting == "半夜打电话"
    again = await person.says("打到单位去了")
    assert told not in words(again)
    assert "m:" in choices(again)


async def test_a_question_that_waits_is_answered_when_somebody_listens_again(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    await rasa.die()
    await person.says("我的号码13800138000")
    await person.says("半夜打电话")
    waiting = "我的号码***********\n半夜打电话"
    assert (await person.talk()).waiting == waiting
    rasa.live_again()
    rasa.means(waiting, "call_hours")
    post = Post(person, program)
    await post.comes()
    await post.comes()
    assert ["y:call_hours__how" in choices(reply) for reply in post.replies] == [True]
    assert (await person.talk()).waiting == ""


async def test_a_tap_or_another_question_meanwhile_does_not_end_the_wait(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    await rasa.die()
    await person.says("半夜打电话")
    await person.taps("t:home_visit")
    rasa.live_again()
    rasa.means("打到单位去了", "workplace_contact")
    rasa.means("半夜打电话", "call_hours")
    assert "y:workplace_contact__how" in choices(await person.says("打到单位去了"))
    post = Post(person, program)
    await post.comes()
    assert ["y:call_hours__how" in choices(reply) for reply in post.replies] == [True]
    assert (await person.talk()).waiting == ""


async def test_what_is_asked_again_and_answered_waits_no_more(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    await rasa.die()
    await person.says("半夜打电话")
    await person.says("打到单位去了")
    rasa.live_again()
    rasa.means("半夜打电话", "call_hours")
    rasa.means("打到单位去了", "workplace_contact")
    await person.says("半夜打电话")
    assert (await person.talk()).waiting == "打到单位去了"
    await person.says("打到单位去了")
    await program.database.flush()
    assert not await program.parts.waiting.are_any(person.now)


async def test_a_message_that_comes_twice_after_a_crash_waits_once(
    person: Person, rasa: RasaStandIn
) -> None:
    await rasa.die()
    first = await person.says("半夜打电话")
    assert await person.says("半夜打电话") == first
    assert (await person.talk()).waiting == "半夜打电话"


async def test_when_rasa_is_gone_again_what_waits_goes_on_without_a_word(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    await rasa.die()
    await person.says("半夜打电话")
    post = Post(person, program)
    await post.comes()
    assert post.replies == []
    assert (await person.talk()).waiting == "半夜打电话"
    rasa.live_again()
    rasa.means("半夜打电话", "call_hours")
    await post.comes()
    assert ["y:call_hours__how" in choices(reply) for reply in post.replies] == [True]


async def test_danger_that_only_the_model_hears_in_what_waited_is_answered_once(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    await rasa.die()
    await person.says("我先去办点事")
    rasa.live_again()
    rasa.means("我先去办点事", "call_hours", danger="strong")
    post = Post(person, program)
    await post.comes()
    await post.comes()
    assert len(post.replies) == 1
    assert (await person.talk()).waiting == ""


async def test_where_others_read_along_no_question_waits(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    await rasa.die()
    reply = await person.says("半夜打电话", is_public=True)
    assert reply.blocks
    assert await person.talk() == Conversation()
    await program.database.flush()
    assert not await program.parts.waiting.are_any(person.now)


async def test_while_the_model_loads_it_is_said_so(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    await rasa.die()
    parts = replace(program.parts, is_starting=lambda: True)
    message = IncomingMessage(sender_id=person.address, sent_on=_NOW, text="半夜打电话")
    reply = (await take_turn(message, parts)).reply
    assert words(reply).startswith(words(program.pages.utterance("getting_ready")))


async def test_while_rasa_is_dead_forms_and_buttons_and_follow_ups_by_word_go_on(
    person: Person, rasa: RasaStandIn
) -> None:
    await rasa.die()
    answer = await person.taps("t:call_hours")
    assert "y:call_hours__how" in choices(answer)
    why = await person.says("为什么")
    assert why.about is not None
    assert (why.about.topic, why.about.aspect) == ("call_hours", "why")
    assert "k:channel_1" in choices(await person.taps("s:log_contact"))
    asked = await person.says("电话")
    talk = await person.talk()
    assert talk.form is not None
    assert (talk.form.asking, talk.form.answers) == ("day", {"channel": "phone"})
    assert "c:back" in choices(asked)


@pytest.mark.parametrize("nonsense", [b"", b"<html>", b"[]", b'{"intent_ranking": [7]}'])
async def test_nonsense_from_rasa_is_like_no_rasa(
    person: Person, program: Program, rasa: RasaStandIn, nonsense: bytes
) -> None:
    rasa.nonsense = nonsense
    reply = await person.says("半夜打电话")
    assert words(reply).startswith(words(program.pages.utterance("not_listening")))


@pytest.mark.parametrize("status", [401, 404, 500, 503])
async def test_a_refusal_of_rasa_is_like_no_rasa(
    person: Person, program: Program, rasa: RasaStandIn, status: int
) -> None:
    rasa.status = status
    reply = await person.says("半夜打电话")
    assert words(reply).startswith(words(program.pages.utterance("not_listening")))


async def test_what_was_not_understood_is_kept_masked(person: Person, program: Program) -> None:
    await person.says("那个13800138000咋整")
    (kept,) = await misses_of(person, program)
    assert (kept.kind, kept.text) == (MissKind.ASKED_BACK, "那个***********咋整")
    assert str(kept.on) == _TODAY


async def test_not_even_the_collectors_number_is_kept_among_what_went_wrong(
    person: Person, program: Program
) -> None:
    await person.says("来电13800138000咋整")
    (kept,) = await misses_of(person, program)
    assert kept.text == "来电***********咋整"


async def test_what_is_refused_as_out_of_scope_is_kept(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    rasa.means("股票跌了能起诉证券公司吗", "out_of_scope")
    await person.says("股票跌了能起诉证券公司吗")
    (kept,) = await misses_of(person, program)
    assert (kept.kind, kept.text) == (MissKind.REFUSED, "股票跌了能起诉证券公司吗")


async def test_a_question_back_is_kept_with_what_was_offered(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    best = {"name": "home_visit", "confidence": 0.2}
    fallback = {"intent": {"name": "nlu_fallback"}, "intent_ranking": [best]}
    rasa.meant["那个咋整啊"] = fallback
    reply = await person.says("那个咋整啊")
    await person.says("那个咋整啊")
    first, second = await misses_of(person, program)
    assert (first.kind, second.kind) == (MissKind.ASKED_BACK, MissKind.NOT_UNDERSTOOD)
    assert first.guesses == ("home_visit",)
    assert "t:home_visit" in choices(reply)


async def test_an_answer_marked_useless_is_kept_with_the_question_it_was_given_to(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    rasa.means("半夜打电话***********", "call_hours")
    await person.says("半夜打电话13800138000")
    await person.taps(Choice(Verb.USELESS, "call_hours"))
    (kept,) = await misses_of(person, program)
    assert (kept.kind, kept.text) == (MissKind.USELESS, "半夜打电话***********")
    assert kept.guesses == ("call_hours",)


async def test_an_answer_opened_by_a_button_and_marked_useless_has_no_words_to_keep(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    rasa.means("半夜打电话", "call_hours")
    await person.says("半夜打电话")
    await person.taps(Choice(Verb.ANSWER, "home_visit"))
    await person.taps(Choice(Verb.USELESS, "home_visit"))
    assert await misses_of(person, program) == []


async def test_what_is_taken_back_of_a_checked_story_is_kept_with_the_words_it_was_heard_in(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    rasa.means(STORY, "check_call")
    await person.says(STORY)
    await person.taps("d:unhear_act_insult")
    (kept,) = await misses_of(person, program)
    assert (kept.kind, kept.guesses) == (MissKind.CORRECTED, ("act_insult",))
    assert "骂" in kept.text


async def test_what_a_person_deletes_is_gone_from_what_went_wrong_too(
    person: Person, program: Program
) -> None:
    await person.says("那个咋整")
    assert await misses_of(person, program)
    await person.taps("d:erase")
    assert await misses_of(person, program) == []


@pytest.mark.parametrize(
    "text", ["", " ", "/", "///", "😭😭😭", "?", "a" * 4096, "\x00\x07", "半夜\ud83d", "1"]
)
async def test_no_text_whatever_is_an_error(person: Person, text: str) -> None:
    reply = await person.says(text)
    assert reply.blocks
    assert reply.buttons


async def test_after_a_long_silence_the_talk_begins_anew(
    person: Person, rasa: RasaStandIn
) -> None:
    rasa.means("半夜打电话", "call_hours")
    await person.says("半夜打电话")
    person.now += timedelta(hours=CONVERSATION_HOURS)
    reply = await person.says("为什么")
    assert reply.about is None or reply.about.topic != "call_hours"


async def test_a_file_belongs_to_the_record_noted_just_before(
    person: Person, program: Program
) -> None:
    file = ReceivedFile(
        kind="photo", reference="AgAC", size=9, media_type="image/jpeg", digest="ef" * 32
    )
    assert await person.sends(file) == program.pages.utterance("stale_file")
    await person.taps("s:log_contact")
    await person.taps("k:channel_1")
    for text in ("今天", "上午十点", "打给我自己的", "某银行", "骂人", "没有"):
        noted = await person.says(text)
    assert "第 1 条" in words(noted)
    assert "第 1 条" in words(await person.sends(file))


async def test_what_stands_on_a_picture_is_masked_and_answered_like_what_was_typed(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    reading = Reading(lines=(ReadLine(text="您的卡6217000012345678901已逾期"),))
    file = ReceivedFile(
        kind="photo", reference="AgAC", size=9, media_type="image/jpeg", digest="ef" * 32
    )
    message = IncomingMessage(
        sender_id=person.address,
        sent_on=person.now,
        text=reading.text,
        beside="这是真的吗",
        origin=Origin.PICTURE,
        reading=reading,
        files=(file,),
    )
    assert await program.respond(message) != program.pages.utterance("stale_file")
    texts = [each["text"] for each in rasa.heard]
    assert texts[0] == "这是真的吗\n您的卡*******************已逾期"
    assert "6217000012345678901" not in "".join(texts)


THREAT = "【华信资产】你再不还钱就去跳楼吧，今天下午五点前不还，我们通知你全家，后果自负。"
NOTE = "妈，我对不起你们，钱我还不上了，我不想活了，别找我，把孩子照顾好，卡里还有一点钱。"


def handed_on(person: Person, text: str, beside: str = "") -> IncomingMessage:
    return IncomingMessage(
        sender_id=person.address,
        sent_on=person.now,
        text=text,
        beside=beside,
        origin=Origin.FORWARDED,
    )


def seen_as(kind: str) -> dict[str, object]:
    return {"paper": {"kind": kind, "confidence": 0.9, "is_paper": 0.95}}


async def test_a_threat_in_a_collectors_message_stands_below_the_verdict(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    rasa.means(THREAT, "visit", 0.3, **seen_as("sms_agency"))
    turn = await take_turn(handed_on(person, THREAT), program.parts)
    card = program.pages.crisis(WEAK)
    assert turn.danger == replace(WEAK, is_quoted=True)
    assert "催收公司的短信" in words(turn.reply)
    assert turn.reply.blocks[-len(card.blocks) :] == card.blocks
    assert not turn.conversation.is_after_card


async def test_words_of_danger_beside_a_paper_come_before_everything(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    rasa.means(THREAT, "visit", 0.3, **seen_as("sms_agency"))
    turn = await take_turn(handed_on(person, THREAT, "我不想活了"), program.parts)
    assert turn.reply == program.pages.crisis(STRONG)


@pytest.mark.parametrize("kind", ["other", "wechat_excerpt", "sms_agency"])
async def test_a_relatives_note_gets_the_card_whatever_a_model_takes_it_for(
    kind: str, person: Person, program: Program, rasa: RasaStandIn
) -> None:
    rasa.means(NOTE, "visit", 0.3, **seen_as(kind))
    turn = await take_turn(handed_on(person, NOTE, "我弟发给我的"), program.parts)
    assert turn.danger is not None
    assert turn.danger.level is DangerLevel.STRONG
    assert turn.reply == program.pages.crisis(turn.danger)


async def test_a_paper_is_no_correction_of_the_story_before(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    rasa.means(STORY, "check_call")
    await person.says(STORY)
    paper = "【交通银行】不是招行，是交通银行提醒您：您的信用卡本期应还1,200.00元，请尽快还款。"
    turn = await take_turn(handed_on(person, paper), program.parts)
    assert turn.conversation.paper["text"] == paper


PHOTO = ReceivedFile(
    kind="photo", reference="AgAC", size=9, media_type="image/jpeg", digest="ef" * 32
)
BANK = ("【交通银行】您的信用卡本期应还", "1,2O0.00元，请尽快还款。", "如已还款请忽略。")


def photographed(person: Person, *lines: ReadLine) -> IncomingMessage:
    reading = Reading(lines=lines)
    return IncomingMessage(
        sender_id=person.address,
        sent_on=person.now,
        text=reading.text,
        origin=Origin.PICTURE,
        reading=reading,
        files=(PHOTO,),
    )


async def test_a_line_that_was_read_badly_is_shown_and_put_right_by_its_number(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    rasa.sees("交通银行", "sms_bank")
    lines = [ReadLine(text=text, confidence=0.6 if "O" in text else 0.99) for text in BANK]
    shown = (await take_turn(photographed(person, *lines), program.parts)).reply
    assert f"第2行“{BANK[1]}”" in words(shown)
    assert "d:paper_note" in choices(shown)

    mended = await person.says("第2行应该是1,200.00元，请尽快还款。")
    assert "没看清" not in words(mended)
    assert (await person.talk()).paper["text"].split("\n")[1] == "1,200.00元，请尽快还款。"


async def test_a_picture_is_noted_as_evidence_by_its_fingerprint(
    person: Person, program: Program, rasa: RasaStandIn
) -> None:
    rasa.sees("交通银行", "sms_bank")
    lines = [ReadLine(text=text) for text in BANK]
    await take_turn(photographed(person, *lines), program.parts)
    await person.taps("d:paper_note")
    (record,) = await program.records.contacts.of(person.sender)
    assert [each.sha256 for each in record.attachments] == [PHOTO.digest]


async def test_a_picture_without_a_paper_gets_one_sentence_with_what_was_read(
    person: Person, program: Program
) -> None:
    turn = await take_turn(photographed(person, ReadLine(text="西湖风景")), program.parts)
    (block,) = turn.reply.blocks
    assert "“西湖风景”" in block.text


async def test_words_in_a_foreign_script_on_a_picture_are_no_question_in_english(
    person: Person, program: Program
) -> None:
    line = ReadLine(text="Welcome to the beautiful lake")
    turn = await take_turn(photographed(person, line), program.parts)
    assert line.text in words(turn.reply)


async def test_a_typed_correction_below_a_check_puts_the_story_right(
    person: Person, rasa: RasaStandIn
) -> None:
    rasa.means(STORY, "check_call")
    await person.says(STORY)
    assert (await person.talk()).story["story"] == STORY
    corrected = await person.says("不是招行，是交通银行")
    assert "交通银行" in words(corrected)
    rasa.means("你好", "greet")
    await person.says("你好")
    story = (await person.talk()).story
    await person.says("不是招行，是交通银行")
    assert (await person.talk()).story == story


async def test_a_person_who_erases_everything_is_forgotten(person: Person) -> None:
    await person.taps("s:log_contact")
    await person.taps("k:channel_1")
    await person.taps("d:erase")
    talk = await person.talk()
    assert talk.draft is None
    assert [choice for _, choice in talk.offered if choice.startswith("k:")] == []
