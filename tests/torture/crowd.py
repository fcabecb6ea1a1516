"""People who ask and tap, one after the other or in a burst, and know their answers again."""

import asyncio
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from time import monotonic

from tests.bot_api_server import BotApiServer, SentMessage
from tests.knowledge.folder import real_book
from tests.rasa_stand_in import RasaStandIn

TOPICS = (
    *(
        "ai_calls",
        "call_frequency",
        "call_hours",
        "collector_rules",
        "credit_record",
        "home_visit",
    ),
    *("impersonation", "lawyer_letter", "recording_legality", "third_party_contact"),
    *("threats_and_insults", "workplace_contact"),
)
"""Each is asked about once by each person, so that an answer tells what it answers."""

_MARK = 16
"""So many first characters tell one answer from the others."""

_MENU = "menu"


@dataclass(slots=True)
class Deed:
    """Something a person did, and when its answers came."""

    person: int
    topic: str
    done_at: float
    answers: list[float] = field(default_factory=list)


class Crowd:
    """Everybody on one server; `deeds` is all that was ever done."""

    def __init__(self, server: BotApiServer, rasa: RasaStandIn, chance: Random) -> None:
        self._server, self._chance = server, chance
        self._questions = dict[str, str]()
        for topic in TOPICS:
            self._questions[topic] = f"请问{real_book().knowledge.answers[topic].title}，是真的吗"
            rasa.means(self._questions[topic], topic)
        self._marks: dict[str, str] = {}
        self._people = itertools.count(1)
        self._waiting: dict[int, list[Deed]] = {}
        self._answered: dict[int, asyncio.Event] = {}
        self._seen = 0
        self.deeds: list[Deed] = []
        self.others: list[str] = []
        self.is_over = False

    async def watch(self) -> None:
        """Note what is answered, until cancelled."""
        while True:
            change = self._server.change
            for message in self._server.messages[self._seen :]:
                self._note(message)
            self._seen = len(self._server.messages)
            await change.wait()

    async def learn(self, marks: Mapping[str, str] | None = None) -> Mapping[str, str]:
        """Ask for everything once, in calm, to know the answers by their first words."""
        if marks is not None:
            self._marks = dict(marks)
            return marks
        for topic in (_MENU, *TOPICS):
            person = next(self._people)
            text = f"/{_MENU}" if topic == _MENU else self._questions[topic]
            await self._server.person_says(person, text)
            await self._server.wait_until(lambda person=person: bool(self._server.texts(person)))
            self._marks[self._server.texts(person)[0][:_MARK]] = topic
        assert len(self._marks) == len(TOPICS) + 1
        return self._marks

    async def live(self, pause: float) -> None:
        """One person after the other, each with some deeds, until it is over."""
        while not self.is_over:
            await self._live_once(next(self._people), pause)

    async def burst(self, people: int) -> None:
        """So many come at once, and each taps and taps."""
        for person in [next(self._people) for _ in range(people)]:
            self._server.known_chats.add(person)
            for topic in self._chance.sample(TOPICS, 4):
                await self._tap(person, topic)

    @property
    def open_deeds(self) -> list[Deed]:
        """What was not answered yet."""
        return [deed for deed in self.deeds if not deed.answers]

    async def _live_once(self, person: int, pause: float) -> None:
        topics = self._chance.sample(TOPICS, 6)
        await self._say(person, _MENU, f"/{_MENU}")
        await self._all_answered(person)
        while topics and not self.is_over:
            await asyncio.sleep(self._chance.uniform(0.1, 1.9) * pause)
            for _ in range(min(self._chance.choice((0, 0, 0, 3)), len(topics) - 1)):
                await self._tap(person, topics.pop())
            # The question comes last: one that waits for the model is answered after the taps.
            topic = topics.pop()
            if self._chance.random() < 0.5:
                await self._say(person, topic, self._questions[topic])
            else:
                await self._tap(person, topic)
            await self._all_answered(person)

    async def _say(self, person: int, topic: str, text: str) -> None:
        self._begin(person, topic)
        await self._server.person_says(person, text)

    async def _tap(self, person: int, topic: str) -> None:
        self._begin(person, topic)
        above = SentMessage(person, 1, "", "", [], {})
        await self._server.person_taps_data(above, f"t:{topic}")

    def _begin(self, person: int, topic: str) -> None:
        deed = Deed(person, topic, monotonic())
        self.deeds.append(deed)
        self._waiting.setdefault(person, []).append(deed)
        self._answered.setdefault(person, asyncio.Event()).clear()

    async def _all_answered(self, person: int) -> None:
        while any(not deed.answers for deed in self._waiting[person]) and not self.is_over:
            self._answered[person].clear()
            await self._answered[person].wait()

    def end(self) -> None:
        """Nobody begins anything any more."""
        self.is_over = True
        for event in self._answered.values():
            event.set()

    def _note(self, message: SentMessage) -> None:
        topic = self._marks.get(message.text[:_MARK])
        of_person: Sequence[Deed] = self._waiting.get(message.chat_id, ())
        deed = next((each for each in of_person if each.topic == topic), None)
        if deed is None:
            self.others.append(message.text[:40])
            return
        deed.answers.append(monotonic())
        self._answered[message.chat_id].set()
