"""Rasa's memory: short, dropped when nobody speaks, and never the size of a whole life."""

import warnings
from typing import Any, Optional

import pytest
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.concepts.retention import CONVERSATION_HOURS
from rasa_project.folders import PROJECT
from rasa_project.tracker_store import EVENTS_KEPT, ShortMemory, shortened

LI, WANG = "pseudonym1", "pseudonym2"


class HandMovedClock:
    """Seconds, moved by the test."""

    def __init__(self) -> None:
        self.hours = 1000.0

    def __call__(self) -> float:
        return self.hours * 3600


@pytest.fixture(scope="module")
def domain() -> Domain:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Rasa's own, of its schema reader.
        return Domain.from_path(str(PROJECT / "domain.yml"))


@pytest.fixture
def clock() -> HandMovedClock:
    return HandMovedClock()


@pytest.fixture
def memory(domain: Domain, clock: HandMovedClock) -> ShortMemory:
    return ShortMemory(domain, clock=clock)


def talk(domain: Domain, sender: str, turns: int = 1, *last: Event) -> DialogueStateTracker:
    events: list[Event] = []
    for number in range(turns):
        said = UserUttered(f"第{number}句", {"name": "call_hours", "confidence": 1.0})
        events += [ActionExecuted("action_listen"), said, SlotSet("topic", f"topic{number}")]
    return DialogueStateTracker.from_events(sender, [*events, *last], domain.slots)


async def heard(memory: ShortMemory, sender: str) -> Optional[Any]:
    tracker = await memory.retrieve(sender)
    return None if tracker is None else tracker.get_slot("topic")


async def test_a_conversation_is_remembered(memory: ShortMemory, domain: Domain) -> None:
    await memory.save(talk(domain, LI, 2))
    assert await heard(memory, LI) == "topic1"
    assert await heard(memory, WANG) is None


async def test_a_quiet_conversation_is_forgotten_after_its_hours(
    memory: ShortMemory, domain: Domain, clock: HandMovedClock
) -> None:
    await memory.save(talk(domain, LI))
    clock.hours += CONVERSATION_HOURS
    assert await heard(memory, LI) == "topic0"
    clock.hours += 0.01
    assert await heard(memory, LI) is None


async def test_a_word_prolongs_only_the_own_conversation(
    memory: ShortMemory, domain: Domain, clock: HandMovedClock
) -> None:
    await memory.save(talk(domain, LI))
    await memory.save(talk(domain, WANG))
    clock.hours += CONVERSATION_HOURS / 2
    await memory.save(talk(domain, LI, 2))
    clock.hours += CONVERSATION_HOURS / 2 + 1
    assert await heard(memory, LI) == "topic1"
    assert await heard(memory, WANG) is None


async def test_what_is_forgotten_is_not_only_hidden(
    memory: ShortMemory, domain: Domain, clock: HandMovedClock
) -> None:
    await memory.save(talk(domain, LI))
    clock.hours += CONVERSATION_HOURS + 1
    await memory.save(talk(domain, WANG))
    assert set(memory.store) == {WANG}


async def test_a_person_can_be_forgotten_at_once(memory: ShortMemory, domain: Domain) -> None:
    await memory.save(talk(domain, LI))
    await memory.delete(LI)
    await memory.delete("nobody")
    assert memory.store == {}
    assert await heard(memory, LI) is None


def test_a_long_conversation_is_shortened_and_keeps_what_it_knows(domain: Domain) -> None:
    long = talk(domain, LI, EVENTS_KEPT, SlotSet("misses", 1))
    short = shortened(long)
    assert len(short.events) < EVENTS_KEPT
    assert short.current_slot_values() == long.current_slot_values()
    assert list(short.events)[-1] == list(long.events)[-1]


def test_a_short_conversation_is_left_as_it_is(domain: Domain) -> None:
    tracker = talk(domain, LI, 3)
    assert shortened(tracker) is tracker


def test_no_form_is_cut_in_its_middle(domain: Domain) -> None:
    tracker = talk(
        domain, LI, EVENTS_KEPT, ActiveLoop("tool_form"), SlotSet("tool", "log_contact")
    )
    assert shortened(tracker) is tracker


def test_the_server_keeps_nothing_on_disk() -> None:
    assert issubclass(ShortMemory, InMemoryTrackerStore)
