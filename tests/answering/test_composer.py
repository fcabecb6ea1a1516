"""The effects of a turn as one reply: words in order, the newest buttons on top."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.answering.choices import Choices
from bot.answering.composer import Composer, Situation, join
from bot.answering.pages import Pages
from bot.answering.tasking import Said, TaskRequest
from bot.answering.tasks.all_tasks import checker_of
from bot.answering.tasks.known import KnownCase
from bot.answering.topic_replies import TopicReplies
from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import Conversation, Draft
from bot.concepts.danger import Danger, DangerLevel
from bot.concepts.reply import Button, Document, Matter, Reply, paragraph
from bot.dialogue.step import Effect, Step, answer, follow, layer, task, utterance
from tests.answering.tasks.desk import real_book
from tests.answering.test_choices import FakeFeedback

_NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
"""One o'clock at night of the 24th in Shanghai."""
_PAPER = Document("letter.txt", b"text")
_TALK = Conversation(topic="home_visit")


def step(*effects: Effect, talk: Conversation = _TALK) -> Step:
    return Step(talk, effects)


def situation(*, is_public: bool = False, is_about_other: bool = False) -> Situation:
    return Situation(
        sender="pseudonym",
        address="42",
        text="半夜打电话",
        now=_NOW,
        is_public=is_public,
        is_about_other=is_about_other,
    )


class Papers:
    """A task that hands over a paper and notes what it was asked."""

    def __init__(self) -> None:
        self.requests: list[TaskRequest] = []

    async def __call__(self, request: TaskRequest) -> Reply:
        self.requests.append(request)
        return Reply(blocks=(paragraph("写好了。"),), documents=(_PAPER,))


async def ask(request: TaskRequest) -> Reply:
    """The question that is open, with what it was begun with."""
    form = request.conversation.form
    assert form is not None
    opening = request.arguments.get("opening")
    buttons = tuple((Button(each, Choice(Verb.PICK, f"x_{each}")),) for each in "12")
    return Reply(blocks=(paragraph(f"{form.tool} {form.asking} {opening}"),), buttons=buttons)


async def forget(_: TaskRequest) -> Said:
    """Leaves another conversation behind."""
    return Said(Reply(blocks=(paragraph("忘了。"),)), Conversation())


async def refuse(request: TaskRequest) -> Reply:
    """Knows numbers only."""
    return Reply(blocks=(paragraph(str(int(request.argument))),))


@pytest.fixture
def pages() -> Pages:
    return Pages(real_book().knowledge)


@pytest.fixture
def papers() -> Papers:
    return Papers()


@pytest.fixture
def composer(pages: Pages, papers: Papers) -> Composer:
    book = real_book()
    return Composer(
        pages=pages,
        topics=TopicReplies(pages=pages, knowledge=book.knowledge),
        choices=Choices(pages, FakeFeedback()),
        tools=book.tools,
        known=KnownCase(tools=book.tools, checker=checker_of(book)),
        tasks={"write_letter": papers, "check_call": papers, "ask": ask, "forget": forget},
        deeds={"erase": forget, "export": papers, "drop_": refuse},
    )


async def test_an_answer_is_said_as_of_the_day_in_shanghai(composer: Composer) -> None:
    said = await composer.compose(step(answer("call_hours")), situation())
    expected = composer.topics.first("call_hours", _TALK, situation().on, {})
    assert said == expected
    assert said.conversation.topic == "call_hours"
    assert said.reply.about == Matter("call_hours")
    assert str(situation().on) == "2026-11-24"


async def test_a_deeper_layer_is_said_of_its_topic(composer: Composer) -> None:
    said = await composer.compose(step(layer("call_hours", "how")), situation())
    assert said == composer.topics.layer("call_hours", _TALK, situation().on, {"layer": "how"})
    assert said.reply.about == Matter("call_hours", "how")


async def test_where_others_read_along_the_answer_is_brief(
    composer: Composer, pages: Pages
) -> None:
    said = await composer.compose(step(answer("call_hours")), situation(is_public=True))
    brief = pages.brief("call_hours", situation().on)
    assert said == Said(replace(brief, about=Matter("call_hours")), _TALK)


@pytest.mark.parametrize("is_public", [True, False])
@pytest.mark.parametrize("is_about_other", [True, False])
async def test_danger_that_only_the_model_saw_gets_the_card_for_the_one_in_danger(
    composer: Composer, pages: Pages, is_public: bool, is_about_other: bool
) -> None:
    seen = situation(is_public=is_public, is_about_other=is_about_other)
    said = await composer.compose(step(answer("self_harm")), seen)
    assert said.reply.blocks == pages.crisis(Danger(DangerLevel.STRONG, is_about_other)).blocks
    assert said.conversation.is_after_card


async def test_an_utterance_is_said_with_its_values(composer: Composer, pages: Pages) -> None:
    said = await composer.compose(step(utterance("group", group="法院")), situation())
    assert said.reply.blocks == pages.utterance("group", group="法院").blocks
    assert said.conversation == _TALK


async def test_a_task_gets_what_was_told_and_nothing_unmasked(
    composer: Composer, papers: Papers
) -> None:
    await composer.compose(step(task("write_letter", tool="stop")), situation())
    (request,) = papers.requests
    assert (request.sender, request.address, request.text) == ("pseudonym", "42", "半夜打电话")
    assert (request.arguments, str(request.on)) == ({"tool": "stop"}, "2026-11-24")
    assert request.conversation == _TALK


async def test_a_paper_that_a_task_hands_over_reaches_the_person(composer: Composer) -> None:
    said = await composer.compose(step(task("write_letter")), situation())
    assert said.reply.documents == (_PAPER,)
    assert said.reply.about == Matter("write_letter")


async def test_each_effect_sees_the_conversation_as_the_one_before_left_it(
    composer: Composer, papers: Papers
) -> None:
    said = await composer.compose(step(task("forget"), task("write_letter")), situation())
    assert papers.requests[0].conversation == Conversation()
    assert said.conversation == Conversation()


async def test_several_effects_are_one_reply_with_the_newest_buttons_on_top(
    composer: Composer, pages: Pages
) -> None:
    said = await composer.compose(step(answer("call_hours"), utterance("greet")), situation())
    first = composer.topics.first("call_hours", _TALK, situation().on, {}).reply
    second = pages.utterance("greet")
    assert said.reply.blocks == first.blocks + second.blocks
    assert said.reply.buttons[0] == second.buttons[0]
    assert len(set(said.reply.buttons)) == len(said.reply.buttons)
    assert said.reply.about == Matter("call_hours")


async def test_the_buttons_of_an_open_question_stand_together(composer: Composer) -> None:
    asking = _TALK.with_draft(Draft(tool="log_contact", answers={}, asking="day"))
    said = await composer.compose(
        step(answer("call_hours"), task("ask"), talk=asking), situation()
    )
    verbs = [button.choice.verb for row in said.reply.buttons for button in row]
    assert verbs[:2] == [Verb.PICK, Verb.PICK]
    assert len(said.reply.buttons) == 3


async def test_a_question_of_a_form_is_about_the_form(composer: Composer) -> None:
    asking = Conversation().with_draft(Draft(tool="complain_to_lender", answers={}, asking="said"))
    said = await composer.compose(step(task("ask"), talk=asking), situation())
    assert said.reply.about == Matter("write_letter")


async def test_no_effect_at_all_is_not_silence(composer: Composer, pages: Pages) -> None:
    assert await composer.compose(step(), situation()) == Said(
        pages.utterance("not_understood"), _TALK
    )


def opening_of(said: Said) -> str:
    return said.reply.blocks[0].text


async def test_a_tool_is_begun_with_its_first_question(composer: Composer) -> None:
    said = await composer.compose(step(task("begin", tool="make_complaint")), situation())
    assert opening_of(said) == "make_complaint matter ask_first"
    assert said.conversation.form == Draft(tool="make_complaint", answers={}, asking="matter")


async def test_a_tool_is_begun_with_what_other_tools_were_told(composer: Composer) -> None:
    told = {"lender": "招商银行", "product": "credit_card"}
    former = Draft(tool="complain_to_lender", answers=told, is_open=False)
    talk = Conversation(draft=former)
    said = await composer.compose(
        step(task("begin", tool="complain_to_regulator"), talk=talk), situation()
    )
    assert opening_of(said).endswith(" ask_taken_over")
    form = said.conversation.form
    assert form is not None
    assert told.items() <= form.answers.items()


@pytest.mark.parametrize(
    "talk",
    [
        Conversation(
            draft=Draft(tool="log_contact", answers={"channel": "sms"}, asking="day",
                        is_open=False)
        ),
        Conversation(aside={"complain_to_lender": {"lender": "某银行"}}),
    ],
)  # fmt: skip
async def test_a_tool_that_was_left_is_taken_up_with_its_answers(
    composer: Composer, talk: Conversation
) -> None:
    tool = talk.draft.tool if talk.draft is not None else "complain_to_lender"
    said = await composer.compose(step(task("begin", tool=tool), talk=talk), situation())
    assert opening_of(said).endswith(" ask_resumed")
    form = said.conversation.form
    assert form is not None
    assert any(form.answers.values())


async def test_a_story_told_in_the_wish_itself_is_checked_at_once(
    composer: Composer, papers: Papers
) -> None:
    story = "昨晚十一点半催收打我妈电话骂她不要脸，说我欠钱不还"
    await composer.compose(step(task("begin", tool="check_call", said=story)), situation())
    assert papers.requests[0].answers == {"story": story}


async def test_a_deed_is_done_by_its_name_and_its_argument(
    composer: Composer, papers: Papers
) -> None:
    await composer.compose(step(follow(Choice(Verb.DEED, "export"))), situation())
    assert papers.requests[0].argument == ""
    said = await composer.compose(step(follow(Choice(Verb.DEED, "drop_7"))), situation())
    assert said.reply.blocks == (paragraph("7"),)


async def test_a_deed_may_leave_another_conversation(composer: Composer) -> None:
    said = await composer.compose(step(follow(Choice(Verb.DEED, "erase"))), situation())
    assert said.conversation == Conversation()


@pytest.mark.parametrize("deed", ["gone", "", "export_1", "drop", "drop_x", "drop_", "erase_"])
async def test_what_is_no_deed_of_ours_is_a_stale_button(
    composer: Composer, pages: Pages, deed: str
) -> None:
    said = await composer.compose(step(follow(Choice(Verb.DEED, deed))), situation())
    assert said == Said(pages.utterance("stale_button"), _TALK)


async def test_what_has_not_the_form_of_a_button_is_a_stale_one(
    composer: Composer, pages: Pages
) -> None:
    said = await composer.compose(step(follow(Choice(Verb.DEED, "删掉"))), situation())
    assert said == Said(pages.utterance("stale_button"), _TALK)


async def test_a_page_that_a_tap_opens_changes_nothing(composer: Composer, pages: Pages) -> None:
    said = await composer.compose(step(follow(Choice(Verb.MENU))), situation())
    assert said == Said(pages.menu(), _TALK)


def test_joined_replies_show_a_button_once_and_the_menu_last() -> None:
    menu = (Button("菜单", Choice(Verb.MENU)),)
    other = (Button("半夜", Choice(Verb.ANSWER, "call_hours")),)
    joined = join(
        [
            Reply(blocks=(paragraph("甲"),), buttons=(menu,), documents=(_PAPER,)),
            Reply(
                blocks=(paragraph("乙"),),
                buttons=((*other, *menu), menu),
                about=Matter("call_hours"),
            ),
        ]
    )
    assert joined == Reply(
        blocks=(paragraph("甲"), paragraph("乙")),
        buttons=(other, menu),
        documents=(_PAPER,),
        about=Matter("call_hours"),
    )


def test_a_page_that_takes_the_place_of_another_does_so_only_alone() -> None:
    page = Reply(blocks=(paragraph("甲"),), in_place=True)
    assert join([page]).in_place
    assert not join([page, page]).in_place
