"""Filling in a tool as the pipeline sees it: what Rasa is told, and what is kept of a draft."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import count

import pytest
import pytest_asyncio

from bot.bootstrap import Program, open_program
from bot.concepts.choice import Choice, Verb
from bot.concepts.message import IncomingMessage, ReceivedFile
from bot.concepts.records import Draft
from bot.concepts.reply import Reply
from tests.rasa_stand_in import RasaStandIn

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
STORY = "昨天晚上十一点半招商银行信用卡外包的人打我妈电话骂她不要脸"
RECORD = {
    "channel": "phone", "day": "2026-11-20", "time": "", "reached": "self", "caller": "",
    "said": "浦发银行的，说要群发我通讯录", "evidence": "",
}  # fmt: skip
HALF_A_STATEMENT = {
    "tool": "police_statement",
    "answers": {"happened": "昨天"},
    "asking": "persons",
}
GONE_ON_WITH = {"tool": "police_statement", "answers": {"happened": "昨天"}}
ASKED = {
    "task": "ask", "tool": "log_contact", "asking": "day", "answers": {"channel": "phone"},
    "is_review": False, "problem": None, "warnings": [],
}  # fmt: skip
NUMBERS = count(5000)

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def rasa() -> AsyncIterator[RasaStandIn]:
    stand_in = RasaStandIn()
    yield stand_in
    await stand_in.die()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def program(
    rasa: RasaStandIn, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Program]:
    async with open_program(rasa.settings(tmp_path_factory.mktemp("bot"))) as opened:
        yield opened


class Person:
    """Somebody new in each test."""

    def __init__(self, program: Program, rasa: RasaStandIn) -> None:
        self._program = program
        self._rasa = rasa
        self._address = str(next(NUMBERS))
        self.sender = program.parts.pseudonyms.of(self._address)

    async def says(self, text: str, *effects: object) -> Reply:
        """Write something that Rasa answers with these effects."""
        self._rasa.says[text] = [{"custom": effect} for effect in effects]
        return await self._do(text=text)

    async def taps(self, choice: str, *effects: object) -> Reply:
        """Tap a button that Rasa, if it is asked, answers with these effects."""
        parsed = Choice.parse(choice)
        assert parsed is not None
        target = parsed.target if parsed.verb is Verb.ANSWER else "button"
        self._rasa.says[target] = [{"custom": effect} for effect in effects]
        return await self._do(choice=parsed)

    async def sends(self, file: ReceivedFile) -> Reply:
        """Send a file."""
        return await self._do(file=file)

    async def draft(self) -> Draft | None:
        """What is kept of a half-filled tool."""
        return await self._program.parts.drafts.of(self.sender)

    async def keeps(self, draft: Draft) -> None:
        """Have a draft from before."""
        await self._program.parts.drafts.keep(self.sender, draft, NOW)

    async def _do(
        self, text: str = "", choice: Choice | None = None, file: ReceivedFile | None = None
    ) -> Reply:
        message = IncomingMessage(
            sender_id=self._address, sent_on=NOW, text=text, choice=choice, file=file
        )
        return await self._program.respond(message)


@pytest.fixture
def person(program: Program, rasa: RasaStandIn) -> Person:
    rasa.heard.clear()
    return Person(program, rasa)


def words(reply: Reply) -> str:
    return "\n".join(block.text for block in reply.blocks)


async def test_a_question_of_a_tool_is_kept_as_an_open_draft(person: Person) -> None:
    await person.says("记一笔", ASKED)
    assert await person.draft() == Draft(
        tool="log_contact", answers={"channel": "phone"}, asking="day", is_open=True
    )


async def test_rasa_is_told_of_an_open_draft_with_whatever_comes(
    person: Person, rasa: RasaStandIn
) -> None:
    await person.says("记一笔", ASKED)
    rasa.heard.clear()
    await person.says("今天", ASKED)
    await person.taps("c:back", ASKED)
    await person.taps("t:call_hours", {"answer": "call_hours"})
    told = {"tool": "log_contact", "answers": {"channel": "phone"}, "asking": "day",
            "is_review": False}  # fmt: skip
    assert [heard["draft"] for heard in rasa.heard] == [told] * 3


async def test_rasa_is_not_told_of_what_was_left(person: Person, rasa: RasaStandIn) -> None:
    await person.says(
        "不填了", {"task": "leave_tool", "tool": "log_contact", "answers": {}, "asking": "day"}
    )
    rasa.heard.clear()
    await person.says("你好", {"utterance": "greet"})
    assert rasa.heard[0]["draft"] is None


@pytest.mark.parametrize(
    "draft",
    [
        Draft(tool="a_letter_that_is_gone", answers={}, asking="lender"),
        Draft(tool="log_contact", answers={}, asking="a_question_that_is_gone"),
    ],
)
async def test_a_draft_that_no_longer_fits_the_knowledge_is_not_put_back(
    person: Person, rasa: RasaStandIn, draft: Draft
) -> None:
    await person.keeps(draft)
    await person.says("你好", {"utterance": "greet"})
    assert rasa.heard[0]["draft"] is None


async def test_a_draft_is_dropped_when_its_tool_ends(person: Person) -> None:
    await person.says("记一笔", ASKED)
    done = {"task": "log_contact", "tool": "log_contact", "answers": RECORD}
    assert "第 1 条" in words(await person.says("没有证据", done))
    assert await person.draft() is None


async def test_a_finished_letter_stays_to_be_corrected(person: Person, rasa: RasaStandIn) -> None:
    answers = {"office": "某某派出所", "request": ""}
    await person.says("写完了", {"task": "write_letter", "tool": "police_statement",
                               "answers": answers})  # fmt: skip
    rasa.heard.clear()
    await person.taps("s:police_statement", ASKED)
    assert rasa.heard[0]["entities"] == {"tool": "police_statement", "answers": answers}
    assert rasa.heard[0]["draft"] is None


async def test_a_left_tool_is_taken_up_with_its_answers(person: Person, rasa: RasaStandIn) -> None:
    left = {"task": "leave_tool", "tool": "log_contact", "answers": {"channel": "sms"},
            "asking": "day"}  # fmt: skip
    await person.says("不填了", left)
    rasa.heard.clear()
    await person.taps("s:log_contact", ASKED)
    assert rasa.heard[0]["entities"] == {"tool": "log_contact", "answers": {"channel": "sms"}}


@pytest.mark.parametrize("word", ["继续", "接着填。"])
async def test_a_word_takes_up_what_was_left(person: Person, rasa: RasaStandIn, word: str) -> None:
    left = {"task": "leave_tool", "tool": "log_contact", "answers": {"channel": "sms"},
            "asking": "day"}  # fmt: skip
    await person.says("不填了", left)
    rasa.heard.clear()
    await person.says(word, ASKED)
    assert rasa.heard[0]["entities"] == {"tool": "log_contact", "answers": {"channel": "sms"}}


async def test_what_was_left_for_another_tool_can_still_be_gone_on_with(
    person: Person, rasa: RasaStandIn
) -> None:
    await person.says("不填了", {"task": "leave_tool", **HALF_A_STATEMENT})
    await person.says("记一笔", ASKED)
    done = {"task": "log_contact", "tool": "log_contact", "answers": RECORD}
    await person.says("没有证据", done)
    rasa.heard.clear()
    reply = await person.taps("s:police_statement", {**ASKED, **HALF_A_STATEMENT})
    assert rasa.heard[0]["entities"] == GONE_ON_WITH
    assert "接着上次的填" in words(reply)


async def test_a_word_takes_up_what_was_left_for_a_tool_that_is_done(
    person: Person, rasa: RasaStandIn
) -> None:
    await person.says("不填了", {"task": "leave_tool", **HALF_A_STATEMENT})
    await person.says("记", {"task": "log_contact", "tool": "log_contact", "answers": RECORD})
    rasa.heard.clear()
    await person.says("继续", ASKED)
    assert rasa.heard[0]["entities"] == GONE_ON_WITH


async def test_where_nothing_was_left_a_word_to_go_on_is_only_a_word(
    person: Person, rasa: RasaStandIn
) -> None:
    await person.says("继续", {"utterance": "greet"})
    assert rasa.heard[0]["text"] == "继续"


async def test_a_record_begun_by_words_takes_over_the_checked_story(
    person: Person, rasa: RasaStandIn
) -> None:
    await person.says("查", {"task": "check_call", "tool": "check_call",
                            "answers": {"story": STORY}})  # fmt: skip
    rasa.heard.clear()
    rasa.says["button"] = [{"custom": {**ASKED, "asking": "evidence"}}]
    await person.says("帮我记下来", {**ASKED, "answers": {}, "asking": "channel"})
    by_words, by_button = rasa.heard
    assert by_words["text"] == "帮我记下来"
    assert by_button["entities"]["tool"] == "log_contact"
    assert by_button["entities"]["answers"]["said"] == STORY
    draft = await person.draft()
    assert draft is not None
    assert draft.asking == "evidence"


async def test_one_sentence_begins_a_record_with_all_that_it_tells(
    person: Person, rasa: RasaStandIn
) -> None:
    rasa.says["button"] = [{"custom": ASKED}]
    await person.says("帮我记一笔，今天上午十点平安银行打电话骂我", {**ASKED, "answers": {}})
    assert rasa.heard[1]["entities"]["answers"] == {
        "channel": "phone", "day": "2026-11-23", "time": "10:00", "reached": "self",
        "caller": "平安银行", "said": "今天上午十点平安银行打电话骂我",
    }  # fmt: skip


async def test_the_name_of_the_log_and_a_colon_begin_a_record_whatever_follows(
    person: Person, rasa: RasaStandIn
) -> None:
    rasa.says["button"] = [{"custom": ASKED}]
    await person.says("记一笔催收：昨天下午两点来了两个人到我家敲门，说是花呗的")
    (heard,) = rasa.heard
    assert heard["entities"]["tool"] == "log_contact"
    assert heard["entities"]["answers"]["said"] == "昨天下午两点来了两个人到我家敲门，说是花呗的"


async def test_a_wish_alone_begins_with_nothing(person: Person, rasa: RasaStandIn) -> None:
    await person.says("帮我记一笔", {**ASKED, "answers": {}, "asking": "channel"})
    await person.says("什么", {**ASKED, "answers": {}, "asking": "channel"})
    assert [each.get("intent") for each in rasa.heard] == [None, None]


async def test_a_typed_correction_below_a_check_never_reaches_rasa(
    person: Person, rasa: RasaStandIn
) -> None:
    await person.says("查", {"task": "check_call", "tool": "check_call",
                            "answers": {"story": STORY}})  # fmt: skip
    rasa.heard.clear()
    assert "机构：交通银行" in words(await person.says("不是招行，是交通银行"))
    assert rasa.heard == []
    await person.says("你好", {"utterance": "greet"})
    await person.says("不是招行，是交通银行", {"utterance": "greet"})
    assert len(rasa.heard) == 2


async def test_a_checked_story_fills_the_letter_that_is_begun_next(
    person: Person, rasa: RasaStandIn
) -> None:
    await person.says("查", {"task": "check_call", "tool": "check_call",
                            "answers": {"story": STORY}})  # fmt: skip
    rasa.heard.clear()
    await person.taps("s:complain_to_lender", ASKED)
    entities = rasa.heard[0]["entities"]
    assert entities["tool"] == "complain_to_lender"
    assert entities["answers"] == {
        "lender": "招商银行", "product": "credit_card", "problems": "night,third_party,abuse",
        "happened_when": "2026年11月22日 23:30", "facts": STORY,
    }  # fmt: skip


async def test_the_newest_record_fills_the_letter(person: Person, rasa: RasaStandIn) -> None:
    await person.says("记", {"task": "log_contact", "tool": "log_contact", "answers": RECORD})
    rasa.heard.clear()
    await person.taps("s:complain_to_lender", ASKED)
    answers = rasa.heard[0]["entities"]["answers"]
    assert (answers["lender"], answers["facts"]) == ("浦发银行", RECORD["said"])


async def test_a_choice_and_a_control_reach_rasa_as_buttons(
    person: Person, rasa: RasaStandIn
) -> None:
    await person.taps("k:channel_2", ASKED)
    await person.taps("c:fix_day", ASKED)
    heard = [(each["intent"], each["entities"]) for each in rasa.heard]
    assert heard == [("button", {"pick": "channel_2"}), ("button", {"control": "fix_day"})]


@pytest.mark.parametrize("choice", ["s:gone", "s:erased", "s:", "d:write_letter", "d:erase_all"])
async def test_a_strangers_button_is_stale_and_rasa_never_hears_of_it(
    person: Person, program: Program, rasa: RasaStandIn, choice: str
) -> None:
    assert await person.taps(choice) == program.pages.utterance("stale_button")
    assert rasa.heard == []


async def test_a_deed_is_done_while_rasa_knows_nothing_of_it(
    person: Person, rasa: RasaStandIn
) -> None:
    await person.says("记", {"task": "log_contact", "tool": "log_contact", "answers": RECORD})
    rasa.heard.clear()
    assert len((await person.taps("d:export_log")).documents) == 2
    assert rasa.heard == []


async def test_a_file_belongs_to_the_record_noted_just_before(person: Person) -> None:
    await person.says("记", {"task": "log_contact", "tool": "log_contact", "answers": RECORD})
    file = ReceivedFile(
        kind="photo", reference="AgAC", size=9, media_type="image/jpeg", digest="ef" * 32
    )
    assert "第 1 条" in words(await person.sends(file))


async def test_an_answer_is_masked_before_it_is_kept(person: Person, rasa: RasaStandIn) -> None:
    await person.says("他的号码13812345678")
    assert rasa.heard[0]["text"] == "他的号码***********"
