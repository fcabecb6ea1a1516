"""The effects of a turn as one reply: words in order, the newest buttons on top."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from bot.concepts.turn import Effect, EffectKind, Turn, Understanding

from bot.answering.composer import Composer, Situation, TaskRequest, join
from bot.answering.pages import Pages
from bot.concepts.choice import Choice, Verb
from bot.concepts.danger import Danger, DangerLevel, Opinion
from bot.concepts.reply import Button, Document, Reply, paragraph
from tests.knowledge.folder import real_knowledge

_NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
"""One o'clock at night of the 24th in Shanghai."""
_PAPER = Document("letter.txt", b"text")
_UNDERSTOOD = Understanding(
    topic="call_hours", confidence=0.9, accepted=True, ranking=(), matters=("call_hours",)
)


def turn(*effects: Effect) -> Turn:
    return Turn(understanding=_UNDERSTOOD, effects=effects)


def situation(is_public: bool = False) -> Situation:
    return Situation(
        sender="pseudonym", address="42", text="半夜打电话", now=_NOW, is_public=is_public
    )


class Papers:
    """A task that hands over a paper and notes what it was asked."""

    def __init__(self) -> None:
        self.requests: list[TaskRequest] = []

    async def __call__(self, request: TaskRequest) -> Reply:
        self.requests.append(request)
        return Reply(blocks=(paragraph("写好了。"),), documents=(_PAPER,))


@pytest.fixture
def pages() -> Pages:
    return Pages(real_knowledge())


@pytest.fixture
def papers() -> Papers:
    return Papers()


@pytest.fixture
def composer(pages: Pages, papers: Papers) -> Composer:
    return Composer(pages, {"write_letter": papers})


async def test_an_answer_is_said_as_of_the_day_in_shanghai(
    composer: Composer, pages: Pages
) -> None:
    reply = await composer.compose(turn(Effect(EffectKind.ANSWER, "call_hours")), situation())
    assert reply == pages.answer("call_hours", situation().on)
    assert str(situation().on) == "2026-11-24"


async def test_where_others_read_along_the_answer_is_brief(
    composer: Composer, pages: Pages
) -> None:
    reply = await composer.compose(
        turn(Effect(EffectKind.ANSWER, "call_hours")), situation(is_public=True)
    )
    assert reply == pages.brief("call_hours", situation().on)


@pytest.mark.parametrize("is_public", [True, False])
async def test_danger_that_only_the_classifier_saw_gets_the_card(
    composer: Composer, pages: Pages, is_public: bool
) -> None:
    reply = await composer.compose(
        turn(Effect(EffectKind.ANSWER, "self_harm")), situation(is_public)
    )
    assert reply.blocks == pages.crisis(Danger(DangerLevel.STRONG, is_other=False)).blocks


async def test_the_card_is_for_the_one_in_danger(composer: Composer, pages: Pages) -> None:
    about_other = replace(situation(), is_about_other=True)
    reply = await composer.compose(turn(Effect(EffectKind.ANSWER, "self_harm")), about_other)
    assert reply.blocks == pages.crisis(Danger(DangerLevel.STRONG, is_other=True)).blocks


async def test_a_weak_sign_that_only_the_classifier_saw_comes_before_the_answer(
    composer: Composer, pages: Pages
) -> None:
    understood = replace(_UNDERSTOOD, danger=Opinion(DangerLevel.WEAK))
    said = Turn(understanding=understood, effects=(Effect(EffectKind.ANSWER, "call_hours"),))
    gentle = pages.crisis(Danger(DangerLevel.WEAK, is_other=False))
    reply = await composer.compose(said, situation())
    assert reply == join([gentle, pages.answer("call_hours", situation().on)])


async def test_what_the_words_saw_already_is_not_said_twice(
    composer: Composer, pages: Pages
) -> None:
    understood = replace(_UNDERSTOOD, danger=Opinion(DangerLevel.WEAK))
    said = Turn(understanding=understood, effects=(Effect(EffectKind.ANSWER, "call_hours"),))
    seen = replace(situation(), danger=Danger(DangerLevel.WEAK, is_other=False))
    assert await composer.compose(said, seen) == pages.answer("call_hours", seen.on)


async def test_a_task_gets_what_rasa_said_and_nothing_unmasked(
    composer: Composer, papers: Papers
) -> None:
    await composer.compose(
        turn(Effect(EffectKind.TASK, "write_letter", {"tool": "stop"})), situation()
    )
    (request,) = papers.requests
    assert (request.sender, request.address, request.text) == ("pseudonym", "42", "半夜打电话")
    assert (request.arguments, str(request.on)) == ({"tool": "stop"}, "2026-11-24")


async def test_a_paper_that_a_task_hands_over_reaches_the_person(composer: Composer) -> None:
    reply = await composer.compose(turn(Effect(EffectKind.TASK, "write_letter")), situation())
    assert reply.documents == (_PAPER,)


async def test_several_effects_are_one_reply_with_the_newest_buttons_on_top(
    composer: Composer, pages: Pages
) -> None:
    first, second = pages.answer("call_hours", situation().on), pages.utterance("greet")
    reply = await composer.compose(
        turn(Effect(EffectKind.ANSWER, "call_hours"), Effect(EffectKind.UTTERANCE, "greet")),
        situation(),
    )
    assert reply.blocks == first.blocks + second.blocks
    assert reply.buttons[0] == second.buttons[0]
    assert len(set(reply.buttons)) == len(reply.buttons)


async def test_no_effect_at_all_is_not_silence(composer: Composer, pages: Pages) -> None:
    assert await composer.compose(turn(), situation()) == pages.utterance("not_understood")


def test_joined_replies_show_a_button_once_and_the_menu_last() -> None:
    menu = (Button("菜单", Choice(Verb.MENU)),)
    other = (Button("半夜", Choice(Verb.ANSWER, "call_hours")),)
    joined = join(
        [
            Reply(blocks=(paragraph("甲"),), buttons=(menu,), documents=(_PAPER,)),
            Reply(blocks=(paragraph("乙"),), buttons=((*other, *menu), menu)),
        ]
    )
    assert joined == Reply(
        blocks=(paragraph("甲"), paragraph("乙")),
        buttons=(other, menu),
        documents=(_PAPER,),
    )
