"""Asking back: there is always a way on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.answering.pages import Pages
from bot.answering.tasking import Handler, TaskRequest
from bot.answering.tasks.offers import offering_tasks
from bot.concepts.conversation import Conversation
from bot.concepts.reply import Reply
from tests.knowledge.folder import real_knowledge

_NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture
def pages() -> Pages:
    return Pages(real_knowledge())


@pytest.fixture
def tasks(pages: Pages) -> Mapping[str, Handler]:
    return offering_tasks(pages)


def request(**arguments: object) -> TaskRequest:
    return TaskRequest(
        sender="pseudonym",
        address="42",
        text="那个怎么弄",
        now=_NOW,
        conversation=Conversation(),
        arguments=arguments,
    )


async def test_the_nearest_topics_are_offered(tasks: Mapping[str, Handler], pages: Pages) -> None:
    topics = ["call_hours", "home_visit"]
    reply = await tasks["ask_back"](request(topics=topics))
    assert reply == pages.offer("did_you_mean", topics)


@pytest.mark.parametrize("topics", [[], None, "call_hours", 7])
async def test_without_a_near_topic_there_is_still_a_way_on(
    tasks: Mapping[str, Handler], pages: Pages, topics: object
) -> None:
    assert await tasks["ask_back"](request(topics=topics)) == pages.utterance("not_understood")


async def test_twice_in_a_row_leads_to_a_human(tasks: Mapping[str, Handler], pages: Pages) -> None:
    reply = await tasks["give_up"](request())
    assert isinstance(reply, Reply)
    said = "".join(block.text for block in reply.blocks)
    assert reply == pages.utterance("still_unclear")
    assert any(number in said for number in ("12348", "12378"))


async def test_a_second_matter_is_offered(tasks: Mapping[str, Handler], pages: Pages) -> None:
    reply = await tasks["offer_second"](request(topics=["home_visit"]))
    assert reply == pages.offer("second_matter", ["home_visit"])


async def test_another_task_is_offered_in_the_place_of_the_present_one(
    tasks: Mapping[str, Handler], pages: Pages
) -> None:
    reply = await tasks["offer_instead"](request(topics=["write_letter"]))
    assert reply == pages.offer("instead", ["write_letter"])


async def test_in_the_middle_of_a_matter_its_sides_not_said_yet_are_offered(
    tasks: Mapping[str, Handler],
) -> None:
    talk = Conversation().having_shown("lawsuit", "how")
    asked = replace(request(topics=["mediation"], matter="lawsuit"), conversation=talk)
    reply = await tasks["ask_back"](asked)
    assert isinstance(reply, Reply)
    offered = [str(button.choice) for row in reply.buttons for button in row]
    assert offered[0] == "t:mediation"
    assert "y:lawsuit__fails" in offered
    assert "y:lawsuit__how" not in offered
