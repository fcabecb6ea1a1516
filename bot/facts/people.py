"""Who writes, and who was reached, as seen from the debtor."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from bot.concepts.fact_words import FactWords
from bot.facts.stance import Stance, stance_of
from bot.facts.story import Span, Story

_REACH = 9  # Characters between a verb and the person whom it reaches.
_COMING = "找到去来上跑闹"  # An announced visit is an act of its own, no threat of exposure.
_CHAIN = 8  # Characters between two persons of one list.


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes; `kind` is what the writer is to the debtor, `debtor` how they name the debtor."""

    role: str = "debtor"
    kind: str = "self"
    debtor: str | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """The kinds of people who were reached, and those whom the caller threatened to reach."""

    done: frozenset[str]
    announced: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Mention:
    kind: str
    place: Span


def find_writer(story: Story, words: FactWords) -> Writer:
    """The debtor, unless the text says that a relative or a contacted stranger writes."""
    owes = words.writer.owes.search(story.text)
    relative = words.writer.relative.search(story.text)
    debtor = _named(story, owes, words)
    if words.writer.emergency_contact.search(story.text):
        return Writer("contacted", "emergency_contact", debtor.kind and _text(story, debtor))
    if relative or debtor.kind == "family":
        return Writer("relative", "family", _text(story, debtor))
    if debtor.kind in ("friend", "colleague", "other"):
        return Writer("contacted", debtor.kind, _text(story, debtor))
    if words.writer.contacted.search(story.text):
        return Writer("contacted", "other")
    return Writer()


def find_reached(story: Story, words: FactWords, writer: Writer) -> Reached:
    """Each person named behind a verb that reaches them, or before a sign of being reached."""
    found: dict[Stance, set[str]] = {stance: set() for stance in Stance}
    previous: tuple[Span, Stance] | None = None
    for mention in _mentions(story, words):
        stance = _how_reached(story, mention, words)
        if stance is None and previous and _is_chained(story, previous[0], mention, words):
            stance = previous[1]
        if stance is not None:
            previous = (mention.place, stance)
            found[stance].add(_seen_from_debtor(story, mention, words, writer))
    _add_writer_and_debtor(story, words, writer, found)
    return Reached(frozenset(found[Stance.DONE]), frozenset(found[Stance.ANNOUNCED] - {"self"}))


def _add_writer_and_debtor(
    story: Story, words: FactWords, writer: Writer, found: dict[Stance, set[str]]
) -> None:
    for place in story.find(words.contact.writer):
        found[stance_of(story, place, words.stance)].add(writer.kind)
    if writer.role != "debtor":
        for place in story.find(words.contact.debtor):
            found[stance_of(story, place, words.stance)].add("self")
    if found[Stance.DONE]:
        return
    for place in story.find(words.contact.any_contact):
        if stance_of(story, place, words.stance) is Stance.DONE:
            found[Stance.DONE].add("self" if writer.role != "contacted" else writer.kind)
            return


def _mentions(story: Story, words: FactWords) -> Iterator[_Mention]:
    """Every person named, in order; of two that overlap the longer."""
    every = [
        _Mention(kind, place)
        for kind, pattern in words.people.items()
        for place in story.find(pattern)
    ]
    end = 0
    chosen: list[_Mention] = []
    for mention in sorted(every, key=lambda each: (each.place.start, -each.place.end)):
        if mention.place.start >= end:
            end = mention.place.end
            chosen.append(mention)
    for mention, after in zip_longest(chosen, chosen[1:]):
        if after is None or not _owns(story, mention, after):
            yield mention


def _owns(story: Story, first: _Mention, second: _Mention) -> bool:
    """In 我女儿的班主任 and 我爸同事 only the second is meant."""
    between = story.text[first.place.end : second.place.start]
    is_stranger = first.kind == "family" and second.kind not in ("family", "emergency_contact")
    return between in ("的", "她的", "他的") or (between == "" and is_stranger)


def _how_reached(story: Story, mention: _Mention, words: FactWords) -> Stance | None:
    """The stance of the verb that reaches a person; None when there is no such verb."""
    clause = story.clause(mention.place)
    before = story.before(mention.place, clause)
    after = story.after(mention.place, clause)
    spoken = words.contact.not_reach.sub(lambda match: "□" * len(match[0]), before)
    verb = _last(words.contact.reach, spoken)
    if verb is None and words.contact.toward_after.match(after):
        verb = _last(words.contact.toward, spoken)
    if verb is not None:
        stance = stance_of(story, Span(clause.start + verb, mention.place.end), words.stance)
        is_visit = spoken[verb] in _COMING
        return None if is_visit and stance is Stance.ANNOUNCED else stance
    if words.contact.reached.match(after):
        return stance_of(story, _with_cue(mention.place, after, words), words.stance)
    return None


def _with_cue(place: Span, after: str, words: FactWords) -> Span:
    cue = words.contact.reached.match(after)
    return Span(place.start, place.end + (cue.end() if cue else 0))


def _last(pattern: re.Pattern[str], before: str) -> int | None:
    """Where the last verb near the end starts."""
    starts = [match.start() for match in pattern.finditer(before) if len(before) - match.end() <= _REACH]
    return starts[-1] if starts else None


def _is_chained(story: Story, first: Span, mention: _Mention, words: FactWords) -> bool:
    between = story.text[first.end : mention.place.start]
    return len(between) <= _CHAIN and bool(words.contact.chain.fullmatch(between))


def _seen_from_debtor(story: Story, mention: _Mention, words: FactWords, writer: Writer) -> str:
    """A relative's own colleague is a stranger to the debtor; the debtor may be named 我老公."""
    if writer.role == "debtor":
        return mention.kind
    if writer.debtor and story.text[mention.place.start : mention.place.end] == writer.debtor:
        is_debtor = not words.contact.owned.match(story.text, mention.place.end)
        return "self" if is_debtor else mention.kind
    is_writers = re.search(r"我(?:们|的)?$", story.text[: mention.place.start + 1])
    if writer.kind == "colleague" and mention.kind == "employer":
        return "employer"
    if is_writers and mention.kind in ("friend", "colleague", "employer"):
        return "other"
    return mention.kind


def _named(story: Story, match: re.Match[str] | None, words: FactWords) -> _Mention:
    """The person inside a match that says who owes."""
    if match is not None:
        for mention in _mentions(story, words):
            if match.start() <= mention.place.start and mention.place.end <= match.end():
                return mention
    return _Mention("", Span(0, 0))


def _text(story: Story, mention: _Mention) -> str | None:
    return story.text[mention.place.start : mention.place.end] or None
