"""One reply to one message: danger before all, then the answer, in the voice of the person."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from bot.answering.composer import Situation
from bot.answering.layers import FIRST_LIMIT
from bot.answering.tasking import Said
from bot.answering.voice import in_voice
from bot.concepts.case import Case
from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import Conversation
from bot.concepts.danger import Danger, DangerLevel
from bot.concepts.understanding import Candidate, Understanding
from bot.dialogue.offered import offered_by
from bot.dialogue.step import Heard
from bot.rendering.plain_text import render_plain_text
from bot.storage.database import Database
from tests.answering.tasks.desk import MONDAY_MORNING, Office

pytestmark = pytest.mark.asyncio(loop_scope="module")

STRONG, WEAK = (Danger(level, is_other=False) for level in (DangerLevel.STRONG, DangerLevel.WEAK))
FOR_OTHER = Danger(DangerLevel.STRONG, is_other=True)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    file = tmp_path_factory.mktemp("adviser") / "zhiquan.db"
    database = await Database.open(f"sqlite+aiosqlite:///{file}")
    yield Office.over(database)
    await database.close()


def meant(topic: str) -> Understanding:
    return Understanding(
        topic=topic,
        confidence=0.95,
        accepted=True,
        ranking=(Candidate(topic, 0.95),),
        matters=(topic,),
    )


async def reply_to(
    office: Office,
    text: str = "",
    topic: str | None = None,
    talk: Conversation | None = None,
    *,
    danger: Danger | None = None,
    choice: Choice | None = None,
    is_public: bool = False,
) -> Said:
    """What is said to a message, and the conversation after it."""
    heard = Heard(
        text=text,
        now=MONDAY_MORNING,
        choice=choice,
        meaning=None if topic is None else meant(topic),
        is_public=is_public,
    )
    situation = Situation(
        sender="pseudonym", address="42", text=text, now=MONDAY_MORNING, is_public=is_public
    )
    return await office.adviser.reply(heard, talk or Conversation(), situation, danger)


def shown(said: Said) -> str:
    return render_plain_text(said.reply.blocks)


async def test_an_answer_is_said_and_its_buttons_are_remembered(office: Office) -> None:
    said = await reply_to(office, "他们半夜打电话合法吗", "call_hours")
    assert 0 < len(shown(said)) <= FIRST_LIMIT
    assert said.conversation.topic == "call_hours"
    assert said.conversation.offered == offered_by(said.reply) != ()


async def test_the_same_question_again_is_answered_in_fewer_words(office: Office) -> None:
    once = await reply_to(office, "他们半夜打电话合法吗", "call_hours")
    again = await reply_to(office, "半夜打电话可以吗", "call_hours", once.conversation)
    assert len(shown(again)) < len(shown(once))


async def test_words_of_a_button_do_what_it_does(office: Office) -> None:
    card = Conversation(case=Case(product="credit_card"))
    once = await reply_to(office, "他们半夜打电话合法吗", "call_hours", card)
    label, stored = next(each for each in once.conversation.offered if each[1].startswith("y:"))
    typed = await reply_to(office, label, None, once.conversation)
    tapped = await reply_to(office, "", None, once.conversation, choice=Choice.parse(stored))
    assert typed.reply == tapped.reply


async def test_where_others_read_along_nothing_is_remembered(office: Office) -> None:
    said = await reply_to(office, "半夜打电话合法吗", "call_hours", is_public=True)
    assert said.conversation.offered == ()
    assert said.conversation.shown == ()


@pytest.mark.parametrize("danger", [STRONG, FOR_OTHER])
@pytest.mark.parametrize("text", ["不想活了，他们半夜打电话", "I want to die because of calls"])
async def test_strong_danger_gets_the_card_alone(
    office: Office, danger: Danger, text: str
) -> None:
    said = await reply_to(office, text, "call_hours", danger=danger)
    assert said.reply == office.pages.crisis(danger)
    assert said.conversation.is_after_card
    assert said.conversation.is_in_danger


async def test_a_weak_sign_puts_the_gentle_card_before_the_answer(office: Office) -> None:
    said = await reply_to(office, "撑不住了，半夜还打电话", "call_hours", danger=WEAK)
    plain = await reply_to(office, "半夜还打电话", "call_hours")
    card = office.pages.crisis(WEAK).blocks
    assert said.reply.blocks == (*card, *plain.reply.blocks)
    assert said.conversation.is_after_card


async def test_the_card_that_the_model_asks_for_is_not_said_twice(office: Office) -> None:
    said = await reply_to(office, "真的好累", "self_harm", danger=WEAK)
    assert said.reply.blocks == office.pages.crisis(STRONG).blocks


@pytest.mark.parametrize("text", ["开玩笑的", "我没事"])
async def test_who_takes_it_back_is_believed(office: Office, text: str) -> None:
    card = await reply_to(office, "不想活了", "self_harm", danger=STRONG)
    said = await reply_to(office, text, "out_of_scope", card.conversation)
    assert said.reply.blocks == office.pages.utterance("believed").blocks
    assert not said.conversation.is_after_card


async def test_after_the_card_a_question_is_answered_as_ever(office: Office) -> None:
    card = await reply_to(office, "不想活了", "self_harm", danger=STRONG)
    after = await reply_to(office, "半夜打电话合法吗", "call_hours", card.conversation)
    plain = await reply_to(office, "半夜打电话合法吗", "call_hours")
    assert after.reply.blocks == plain.reply.blocks


async def test_who_writes_english_gets_the_card_that_fits(office: Office) -> None:
    text = "will they put me in jail"
    said = await reply_to(office, text, "out_of_scope")
    assert said.reply == office.pages.english(text, MONDAY_MORNING.date())


async def test_who_writes_traditional_is_answered_so_until_they_write_otherwise(
    office: Office,
) -> None:
    once = await reply_to(office, "他們半夜打電話合法嗎", "call_hours")
    plain = await reply_to(office, "他们半夜打电话合法吗", "call_hours")
    traditional = replace(Conversation(), is_traditional=True)
    assert once.reply == in_voice(plain.reply, traditional)
    assert once.conversation.is_traditional
    label, _ = once.conversation.offered[0]
    assert label in {button.label.lstrip() for row in once.reply.buttons for button in row}
    tapped = await reply_to(office, talk=once.conversation, choice=Choice(Verb.MENU))
    assert tapped.reply == in_voice(office.pages.menu(), traditional)
    back = await reply_to(office, "银行会起诉我吗", "will_be_sued", once.conversation)
    assert not back.conversation.is_traditional


async def test_who_asks_for_plain_words_reads_no_law(office: Office) -> None:
    once = await reply_to(office, "他们半夜打电话合法吗", "call_hours")
    said = await reply_to(office, "说简单点", "out_of_scope", once.conversation)
    assert said.conversation.is_plain
    assert "《" not in shown(said)
    more = await reply_to(office, "上门催收合法吗", "home_visit", said.conversation)
    assert "《" not in shown(more)


async def test_violence_that_goes_on_gets_the_police_before_the_answer(office: Office) -> None:
    text = "催收现在正在我家门口砸门打人"
    words = office.adviser.warn(text, MONDAY_MORNING.date())
    assert words is not None
    said = await reply_to(office, text, "home_visit")
    assert said.reply.blocks[0].text == words
    assert "110" in words
    assert [block.text for block in said.reply.blocks].count(words) == 1


async def test_what_is_written_below_a_checked_call_puts_it_right(office: Office) -> None:
    story = "昨天晚上十一点半招商银行信用卡外包的人打我妈电话骂她不要脸"
    checked = await reply_to(office, story, "check_call")
    assert "招商银行" in shown(checked)
    said = await reply_to(office, "不是招行，是交通银行", "out_of_scope", checked.conversation)
    assert "机构：交通银行" in shown(said)
    assert "招商银行" not in shown(said)


async def test_a_tap_is_never_met_with_silence(office: Office) -> None:
    for verb in Verb:
        said = await reply_to(office, choice=Choice(verb, "nothing_of_ours"))
        assert said.reply.blocks, verb


async def test_who_is_still_in_danger_is_not_read_the_same_page_twice(office: Office) -> None:
    card = await reply_to(office, "不想活了", "self_harm", danger=STRONG)
    again = await reply_to(
        office, "我死了钱还要她还不", "self_harm", danger=STRONG, talk=card.conversation
    )
    assert again.reply == office.pages.crisis(replace(STRONG, is_again=True))


async def test_the_gentle_card_before_does_not_shorten_the_card(office: Office) -> None:
    gentle = await reply_to(office, "撑不住了，半夜还打电话", "call_hours", danger=WEAK)
    card = await reply_to(office, "不想活了", "self_harm", danger=STRONG, talk=gentle.conversation)
    assert card.reply == office.pages.crisis(STRONG)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("打不通", "obstacle_no_answer"),
        ("不想打 打了说啥", "obstacle_unwilling"),
        ("就我一个人在", "obstacle_alone"),
        ("还是找不到", "obstacle_not_found"),
        ("嗯嗯那个", "listening"),
    ],
)
async def test_after_the_card_what_is_in_the_way_is_answered_and_nothing_is_refused(
    office: Office, text: str, said: str
) -> None:
    card = await reply_to(office, "不想活了", "self_harm", danger=STRONG)
    reply = await reply_to(office, text, "out_of_scope", talk=card.conversation)
    assert reply.reply.blocks == office.pages.utterance(said).blocks
    assert reply.conversation.is_after_card


async def test_that_somebody_is_there_is_believed_though_the_model_sees_danger(
    office: Office,
) -> None:
    card = await reply_to(office, "不想活了", "self_harm", danger=STRONG)
    said = await reply_to(
        office,
        "我把我哥叫来了 他在",
        "self_harm",
        danger=replace(STRONG, is_by_model=True),
        talk=card.conversation,
    )
    assert said.reply.blocks == office.pages.utterance("in_company").blocks


@pytest.mark.parametrize(
    "text", ["不是，我没想死，就是累", "没想不开 心里堵得慌而已", "我不会做傻事的"]
)
async def test_who_takes_it_back_is_believed_though_the_model_sees_danger(
    office: Office, text: str
) -> None:
    card = await reply_to(office, "撑不下去了", "hardship", danger=WEAK)
    heard_only = replace(STRONG, is_by_model=True)
    said = await reply_to(office, text, "self_harm", danger=heard_only, talk=card.conversation)
    assert said.reply.blocks[0] == office.pages.utterance("believed").blocks[0]


@pytest.mark.parametrize(
    "text", ["我没想死，只想睡过去不醒", "没想不开 药在手边就安心", "我没想死 走了大家都轻松"]
)
async def test_what_is_only_half_taken_back_is_not_believed(office: Office, text: str) -> None:
    card = await reply_to(office, "撑不下去了", "hardship", danger=WEAK)
    heard_only = replace(STRONG, is_by_model=True)
    said = await reply_to(office, text, "self_harm", danger=heard_only, talk=card.conversation)
    assert said.reply.blocks == office.pages.crisis(heard_only).blocks


async def test_a_figure_that_is_put_right_is_no_danger_by_the_model_alone(office: Office) -> None:
    talk = Conversation(case=Case(monthly_ability=300))
    text, heard_only = "不对 我又想了想 三百五可以", replace(STRONG, is_by_model=True)
    calm = await reply_to(office, text, "self_harm", danger=heard_only, talk=talk)
    assert calm.conversation.case.monthly_ability == 350
    assert calm.reply.blocks != office.pages.crisis(STRONG).blocks
    shown = await reply_to(office, text, "self_harm", danger=STRONG, talk=talk)
    assert shown.reply.blocks == office.pages.crisis(STRONG).blocks


@pytest.mark.parametrize(
    "text",
    [
        "孩子在旁边睡着了 我把煤气打开了 一起走",
        "我妈在旁边 我还是想跳下去",
        "老公在旁边 我还是不想活了 准备吃药",
        "我跟我妈在一起 我们准备一起死",
    ],
)
async def test_what_words_show_is_never_overruled_by_company(office: Office, text: str) -> None:
    card = await reply_to(office, "不想活了", "self_harm", danger=STRONG)
    said = await reply_to(office, text, "self_harm", danger=STRONG, talk=card.conversation)
    assert said.reply.blocks == office.pages.crisis(replace(STRONG, is_again=True)).blocks


@pytest.mark.parametrize(
    "text", ["平台客服打不通", "催收不接我电话", "催收带几个朋友来了我家", "债主找到人了"]
)
@pytest.mark.parametrize("danger", [STRONG, WEAK])
async def test_what_is_said_of_the_lender_is_no_obstacle_and_no_company(
    office: Office, text: str, danger: Danger
) -> None:
    card = await reply_to(office, "快撑不住了", "home_visit", danger=danger)
    said = await reply_to(office, text, "home_visit", talk=card.conversation)
    first = said.reply.blocks[0]
    for name in ("in_company", "obstacle_no_answer", "obstacle_not_found"):
        assert first != office.pages.utterance(name).blocks[0]


async def test_a_card_that_was_taken_back_is_shown_whole_the_next_time(office: Office) -> None:
    card = await reply_to(office, "不想活了", "self_harm", danger=STRONG)
    believed = await reply_to(office, "没有就是气话", talk=card.conversation)
    again = await reply_to(
        office, "不想活了", "self_harm", danger=STRONG, talk=believed.conversation
    )
    assert again.reply == office.pages.crisis(STRONG)


async def test_two_unclear_messages_after_the_card_are_listened_to(office: Office) -> None:
    talk = (await reply_to(office, "不想活了", "self_harm", danger=STRONG)).conversation
    said = []
    for text in ("今天天气不错", "外面在下雪"):
        reply = await reply_to(office, text, "out_of_scope", talk=talk)
        said.append(reply.reply.blocks)
        talk = reply.conversation
    again = office.pages.crisis(replace(STRONG, is_again=True)).blocks
    assert said == [office.pages.utterance("listening").blocks, again]
