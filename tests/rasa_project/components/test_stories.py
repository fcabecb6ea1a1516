import pytest

from bot.concepts.facts import ACTS, ContactFacts
from rasa_project.components.matters import Understood
from rasa_project.components.stories import Stories
from rasa_project.components.story_listener import stories

TOLD = "昨晚十一点半他们给我打了三个电话，骂我是骗子，还打给我妈"
UNSURE = Understood(
    (("threats_and_insults", 0.5), ("check_call", 0.3), ("lawsuit", 0.2)), ("threats_and_insults",)
)


def listening(acts: int, **others: object) -> Stories:
    facts = ContactFacts(acts=ACTS[:acts], **others)
    return Stories(lambda _: facts, {"threats_and_insults", "call_hours"})


def test_a_story_of_several_acts_is_checked() -> None:
    understood = listening(2).take_up(TOLD, UNSURE)
    assert understood.ranking[0] == ("check_call", pytest.approx(0.8))
    assert {topic for topic, _ in understood.ranking} == {topic for topic, _ in UNSURE.ranking}
    assert sum(share for _, share in understood.ranking) == pytest.approx(1)
    assert understood.matters == ("check_call",)


@pytest.mark.parametrize("text", ["骂人还打给我妈", f"{TOLD}，这合法吗", f"{TOLD}？"])
def test_a_few_words_or_a_question_are_no_story(text: str) -> None:
    assert listening(2).take_up(text, UNSURE) is UNSURE


def test_a_short_story_that_tells_much_is_checked_too() -> None:
    short = "昨晚十一点半招行打我妈骂人"
    told = listening(2, lender="招行", contacted=("family",))
    assert told.take_up(short, UNSURE).matters == ("check_call",)
    assert listening(2).take_up(short, UNSURE) is UNSURE


def test_one_act_is_answered_by_its_topic() -> None:
    assert listening(1).take_up(TOLD, UNSURE) is UNSURE


@pytest.mark.parametrize(
    "understood",
    [
        Understood((), ()),
        Understood((("threats_and_insults", 0.7), ("check_call", 0.3)), ("threats_and_insults",)),
        Understood((("lawsuit", 0.5), ("check_call", 0.3)), ("lawsuit",)),
    ],
)
def test_what_is_clear_or_about_something_else_stays(understood: Understood) -> None:
    assert listening(3).take_up(TOLD, understood) is understood


def test_acts_are_counted_by_the_words_of_the_knowledge_base() -> None:
    assert len(stories().read(TOLD).acts) >= 2
    assert stories().read("利息太高了能不能少还一点，我现在真的拿不出来").acts == ()
    assert {"call_hours", "threats_and_insults"} <= set(stories().conduct)
