"""What taps lead to while Rasa is not needed; a tap on an old button is never an error."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering.choices import Choices
from bot.answering.pages import Pages
from bot.concepts.choice import Choice, Verb
from tests.knowledge.folder import REVIEW_DAY, real_knowledge


class FakeFeedback:
    """Notes what people thought."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, bool, date]] = []

    async def __call__(self, topic: str, is_useful: bool, on: date) -> None:
        self.noted.append((topic, is_useful, on))


@pytest.fixture
def pages() -> Pages:
    return Pages(real_knowledge())


@pytest.fixture
def feedback() -> FakeFeedback:
    return FakeFeedback()


@pytest.fixture
def taps(pages: Pages, feedback: FakeFeedback) -> Choices:
    return Choices(pages, feedback)


async def test_the_menu_and_its_groups_are_a_tap_away(taps: Choices, pages: Pages) -> None:
    assert await taps.follow(Choice(Verb.MENU), REVIEW_DAY) == pages.menu()
    group = await taps.follow(Choice(Verb.GROUP, "conduct"), REVIEW_DAY)
    assert group == pages.group("conduct")


async def test_the_sources_are_a_tap_away(taps: Choices, pages: Pages) -> None:
    reply = await taps.follow(Choice(Verb.SOURCES, "call_hours"), REVIEW_DAY)
    assert reply == pages.sources("call_hours", REVIEW_DAY)


@pytest.mark.parametrize(
    ("verb", "is_useful", "utterance"),
    [(Verb.USEFUL, True, "useful_thanks"), (Verb.USELESS, False, "useless_thanks")],
)
async def test_an_opinion_is_noted_and_thanked_for(
    taps: Choices,
    pages: Pages,
    feedback: FakeFeedback,
    verb: Verb,
    is_useful: bool,
    utterance: str,
) -> None:
    reply = await taps.follow(Choice(verb, "call_hours"), REVIEW_DAY)
    assert feedback.noted == [("call_hours", is_useful, REVIEW_DAY)]
    assert reply == pages.utterance(utterance)


async def test_an_opinion_of_a_topic_that_is_gone_is_not_noted(
    taps: Choices, pages: Pages, feedback: FakeFeedback
) -> None:
    reply = await taps.follow(Choice(Verb.USEFUL, "no_such_topic"), REVIEW_DAY)
    assert feedback.noted == []
    assert reply == pages.utterance("stale_button")


async def test_a_group_that_is_gone_leads_to_the_menu(taps: Choices, pages: Pages) -> None:
    assert await taps.follow(Choice(Verb.GROUP, "gone"), REVIEW_DAY) == pages.menu()


@pytest.mark.parametrize("verb", [Verb.ANSWER, Verb.SOURCES, Verb.USEFUL, Verb.USELESS])
async def test_a_button_that_leads_nowhere_any_more_says_so(
    taps: Choices, pages: Pages, verb: Verb
) -> None:
    reply = await taps.follow(Choice(verb, "gone"), REVIEW_DAY)
    assert reply == pages.utterance("stale_button")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(verb=st.sampled_from(Verb), target=st.from_regex(r"\A[a-z0-9_]{0,60}\Z"))
async def test_no_tap_at_all_is_an_error(taps: Choices, verb: Verb, target: str) -> None:
    reply = await taps.follow(Choice(verb, target), REVIEW_DAY)
    assert reply.blocks
    assert reply.buttons
