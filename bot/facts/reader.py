"""From a story to its facts: the flow on one screen."""

from dataclasses import dataclass
from datetime import date

from bot.concepts.fact_words import FactWords
from bot.concepts.facts import ACTS, CHANNELS, CONTACTED, SIGNS, ContactFacts
from bot.facts.acts import find_acts, find_denied, find_signs
from bot.facts.counts import Count, find_count
from bot.facts.days import read_days
from bot.facts.debts import find_debt
from bot.facts.people import Reached, Writer, find_reached, find_writer
from bot.facts.stance import Stance, stance_of
from bot.facts.story import Normalize, Story
from bot.facts.times import find_times, is_at_night

_NOT_A_CALL = ("visit", "letter")
_VIOLENCE = {"physical_harm", "detention"}
_BEHIND_THE_BACK = {"disclose_debt", "post_publicly", "contact_third_party"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What was found first and what the rest follows from."""

    night: bool | None
    count: Count | None
    channel: str | None
    is_threatened: bool
    told: frozenset[str]


@dataclass(frozen=True, slots=True)
class FactReader:
    """Reads with these words; `normalize` gives one spelling (bot.safety.normalizing)."""

    words: FactWords
    normalize: Normalize

    def read(self, text: str, on: date | None = None) -> ContactFacts:
        """The facts of a contact; `on` is the day of telling, for 昨晚 and 周三."""
        story = Story.of(text, self.normalize, self.words.spellings)
        writer = find_writer(story, self.words)
        times = find_times(story, self.words)
        reached = find_reached(story, self.words, writer)
        reading = _Reading(
            night=is_at_night(story, times, self.words),
            count=find_count(story, self.words, len(times)),
            channel=_channel(story, self.words),
            is_threatened=bool(reached.announced),
            told=frozenset(find_acts(story, self.words)),
        )
        contacted = _contacted(reading, reached, writer, times)
        signs = find_signs(story, self.words)
        acts = reading.told | _derived(story, self.words, reading, contacted)
        if signs & _VIOLENCE:
            acts |= {"threat_violence"}
        debt, count = find_debt(story, self.words), reading.count
        return ContactFacts(
            time=times,
            night=reading.night,
            count=count.value if count else None,
            per=count.per if count else None,
            days=count.days if count else None,
            contacted=tuple(each for each in CONTACTED if each in contacted),
            is_contacted_assumed=reached.is_assumed or not reached.done,
            acts=tuple(each for each in ACTS if each in acts),
            signs=tuple(each for each in SIGNS if each in signs),
            lender=debt.lender,
            lender_kind=debt.lender_kind,
            channel=reading.channel,
            product=debt.product,
            amount=debt.amount,
            overdue=debt.overdue,
            dates=_dates(story, on),
            writer=writer.role,
            urgent=_is_urgent(story, self.words),
        )

    def denied(self, text: str) -> frozenset[str]:
        """What a text says was not so, by the names of `ContactFacts.without`."""
        story = Story.of(text, self.normalize, self.words.spellings)
        reached = find_reached(story, self.words, find_writer(story, self.words))
        acts = {f"act_{each}" for each in find_denied(story, self.words)}
        return frozenset(acts | {f"contacted_{each}" for each in reached.denied})

    def is_correction(self, text: str) -> bool:
        """Whether a text sounds like putting right what was told before."""
        story = Story.of(text, self.normalize, self.words.spellings)
        return bool(self.words.stance.correcting.search(story.text))


def _dates(story: Story, on: date | None) -> tuple[str, ...]:
    """The days of what has happened, in order, each once; those that are unclear are left out."""
    days = {
        each.day
        for each in read_days(story.text, on)
        if not each.is_uncertain and (on is None or each.day <= on)
    }
    return tuple(day.isoformat() for day in sorted(days))


def _contacted(
    reading: _Reading, reached: Reached, writer: Writer, times: tuple[str, ...]
) -> frozenset[str]:
    """Those named as reached; a visit at work reaches the employer, other contacts the writer."""
    contacted = reached.done
    if "workplace_visit" in reading.told and reading.channel == "visit":
        contacted |= {"employer"}
    is_told = reading.count or times or reading.night or reading.is_threatened
    is_contact = is_told or reading.told - _BEHIND_THE_BACK
    if not contacted and is_contact:
        contacted |= {writer.kind}
    return contacted


def _derived(
    story: Story, words: FactWords, reading: _Reading, contacted: frozenset[str]
) -> set[str]:
    """The acts that follow from times, counts and persons."""
    acts = set()
    if reading.night and reading.channel not in _NOT_A_CALL:
        acts.add("call_night")
    if contacted - {"self"}:
        acts.add("contact_third_party")
    if reading.is_threatened:
        acts.add("threat_exposure")
    if "automated_bombing" in reading.told or _is_frequent(story, words, reading.count):
        acts.add("call_frequency")
    return acts


def _is_frequent(story: Story, words: FactWords, count: Count | None) -> bool:
    if count is not None:
        days = 7 if count.per == "week" else count.days or 1
        if count.value / days >= words.frequent_per_day:
            return True
    told = (stance_of(story, place, words.stance) for place in story.find(words.count.frequent))
    is_said = any(stance is Stance.DONE for stance in told)
    return is_said and (
        count is None or count.per is None or count.value >= words.frequent_per_day
    )


def _channel(story: Story, words: FactWords) -> str | None:
    """How they came first."""
    found = [
        (place.start, CHANNELS.index(channel), channel)
        for channel in CHANNELS
        for place in story.find(getattr(words.channel, channel))
        if stance_of(story, place, words.stance) is Stance.DONE
    ]
    return min(found)[2] if found else None


def _is_urgent(story: Story, words: FactWords) -> bool:
    """Violence that is not past, or pressure that goes on now."""
    for pattern, needs_now in ((words.urgent.violent, False), (words.urgent.pressing, True)):
        for place in story.find(pattern):
            if stance_of(story, place, words.stance) is not Stance.DONE:
                continue
            sentence = story.sentence(place)
            inside = story.text[sentence.start : sentence.end]
            if words.urgent.now.search(inside):
                return True
            if not needs_now and not words.urgent.past.search(story.text):
                return True
    return False
