"""What is said of the talk itself: it was wrong, or nobody can understand it yet."""

from dataclasses import replace

from bot.concepts.conversation import Conversation
from tests.answering.tasks.desk import Desk, Office, choices, words


async def waits(desk: Desk, *, is_first: bool, is_starting: bool = False) -> str:
    """What is said while words cannot be understood."""
    request = replace(desk.request("半夜打电话", is_first=is_first), is_starting=is_starting)
    said = await desk.office.tasks.handlers["wait_for_meaning"](request)
    return words(getattr(said, "reply", said))


async def test_an_answer_that_was_wrong_leads_to_its_sources_and_to_those_who_mend_it(
    desk: Desk, office: Office
) -> None:
    desk.talk = Conversation(topic="call_hours")
    reply = await desk.effect("told_wrong")
    assert words(reply) == words(office.pages.utterance("told_wrong"))
    assert choices(reply)[:2] == ["l:call_hours", "n:call_hours"]


async def test_where_no_answer_is_in_hand_none_was_wrong(desk: Desk, office: Office) -> None:
    for topic in (None, "gone"):
        desk.talk = Conversation(topic=topic)
        reply = await desk.effect("told_wrong")
        assert reply.blocks == office.pages.utterance("told_wrong").blocks
        assert [each for each in choices(reply) if each.startswith(("l:", "n:"))] == []


async def test_that_nobody_can_understand_is_said_once_with_the_nearest_topics(
    desk: Desk, office: Office
) -> None:
    request = desk.request("半夜打电话", is_first=True)
    said = await office.tasks.handlers["wait_for_meaning"](request)
    reply = getattr(said, "reply", said)
    assert words(reply).startswith(words(office.pages.utterance("not_listening")))
    assert "t:call_hours" in choices(reply)
    assert len([each for each in choices(reply) if each.startswith("t:")]) <= 3
    again = await waits(desk, is_first=False)
    assert again == words(office.pages.utterance("still_waiting"))


async def test_while_the_model_loads_that_is_said_instead(desk: Desk, office: Office) -> None:
    said = await waits(desk, is_first=True, is_starting=True)
    assert said.startswith(words(office.pages.utterance("getting_ready")))
