"""Who writes, and who was reached, as seen from the debtor."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from bot.concepts.fact_words import FactWords
from bot.facts.stance import Stance, stance_of
from bot.facts.story import Span, Story

_REACH = 9  # Characters between a verb and the person whom it reaches.
_MINE = re.compile(r"我(?:们|的|所有|全部|身边|几个|单位|公司|厂里?|学校)*$")
_COMING = "找到去来上跑闹"  # An announced visit is an act of its own, no threat of exposure.
_LOOK_BACK = 40
_TO_TALK = "找问跟告对通"
_SUBJECT = 3  # Characters between a person and what they do.
_CHAIN = 8  # Characters between two persons of one list.


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes; `kind` is what they are to the debtor, `debtor` how they name the debtor."""

    role: str = "debtor"
    kind: str = "self"
    debtor: str | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """The kinds of people who were reached, threatened to be reached, and not reached.

    `is_assumed` when a contact is told, but not with whom: then it was with the writer.
    """

    done: frozenset[str]
    announced: frozenset[str]
    denied: frozenset[str]
    is_assumed: bool


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
    mentions = list(_mentions(story, words))
    stances = [_how_reached(story, mention, words) for mention in mentions]
    pairs = list(zip(range(len(mentions)), range(1, len(mentions)), strict=False))
    for known, other in [*pairs, *((second, first) for first, second in reversed(pairs))]:
        if stances[other] is None and _is_chained(story, mentions, known, other, words):
            stances[other] = stances[known]
    for mention, stance in zip(mentions, stances, strict=True):
        if stance is not None:
            found[stance].add(_seen_from_debtor(story, mention, words, writer))
    _add_writer_and_debtor(story, words, writer, found)
    is_assumed = not found[Stance.DONE] and _is_any_contact(story, words)
    if is_assumed:
        found[Stance.DONE].add(writer.kind)
    return Reached(
        done=frozenset(found[Stance.DONE]),
        announced=frozenset(found[Stance.ANNOUNCED] - {"self"}),
        denied=frozenset(found[Stance.DENIED] - found[Stance.DONE]),
        is_assumed=is_assumed,
    )


def _add_writer_and_debtor(
    story: Story, words: FactWords, writer: Writer, found: dict[Stance, set[str]]
) -> None:
    for place in story.find(words.contact.writer):
        if _is_somebody_else(story, place, words):
            continue
        found[stance_of(story, place, words.stance)].add(writer.kind)
    for place in story.find(words.contact.debtor):
        kind = "self" if writer.role != "debtor" else _meant_by_pronoun(story, place, words)
        if kind:
            found[stance_of(story, place, words.stance)].add(kind)


def _is_any_contact(story: Story, words: FactWords) -> bool:
    places = story.find(words.contact.any_contact)
    return any(stance_of(story, place, words.stance) is Stance.DONE for place in places)


def _is_somebody_else(story: Story, place: Span, words: FactWords) -> bool:
    """In 领导找我谈话 and 我妈问我 it is no collector who comes to the writer."""
    if story.text[place.start] not in _TO_TALK:
        return False
    clause = story.clause(place)
    return any(
        clause.start <= each.place.start
        and 0 <= place.start - each.place.end <= _SUBJECT
        and _how_reached(story, each, words) is None
        for each in _mentions(story, words)
    )


def _meant_by_pronoun(story: Story, place: Span, words: FactWords) -> str | None:
    """Whom 打给她 means: the last person named before it in the sentence."""
    start = story.sentence(place).start
    named = [each for each in _mentions(story, words) if start <= each.place.start < place.start]
    return named[-1].kind if named else None


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
    start = max(clause.start, mention.place.start - _LOOK_BACK)
    end = min(clause.end, mention.place.end + _LOOK_BACK)
    until = mention.place.start - start
    after = story.after(mention.place, clause)
    spoken = words.contact.not_reach.sub(lambda match: "□" * len(match[0]), story.text[start:end])
    verb = _last(words.contact.reach, spoken, until)
    if verb is None and words.contact.toward_after.match(after):
        verb = _last(words.contact.toward, spoken, until)
    if verb is not None:
        stance = stance_of(story, Span(start + verb, mention.place.end), words.stance)
        is_visit = spoken[verb] in _COMING
        return None if is_visit and stance is Stance.ANNOUNCED else stance
    if words.contact.reached.match(after):
        return stance_of(story, _with_cue(mention.place, after, words), words.stance)
    return None


def _with_cue(place: Span, after: str, words: FactWords) -> Span:
    cue = words.contact.reached.match(after)
    return Span(place.start, place.end + (cue.end() if cue else 0))


def _last(pattern: re.Pattern[str], spoken: str, until: int) -> int | None:
    """Where the last verb before a person, and near, starts."""
    starts = [
        match.start()
        for match in pattern.finditer(spoken)
        if match.end() <= until <= match.end() + _REACH
    ]
    return starts[-1] if starts else None


def _is_chained(
    story: Story, mentions: list[_Mention], one: int, other: int, words: FactWords
) -> bool:
    """Two persons stand in one list (爸妈、同事和领导); what holds of one holds of the other."""
    first, second = mentions[min(one, other)], mentions[max(one, other)]
    between = story.text[first.place.end : second.place.start]
    return len(between) <= _CHAIN and bool(words.contact.chain.fullmatch(between))


def _seen_from_debtor(story: Story, mention: _Mention, words: FactWords, writer: Writer) -> str:
    """A relative's own colleague is a stranger to the debtor; the debtor may be named 我老公."""
    if writer.role == "debtor":
        return mention.kind
    if writer.debtor and story.text[mention.place.start : mention.place.end] == writer.debtor:
        is_debtor = not words.contact.owned.match(story.text, mention.place.end)
        return "self" if is_debtor else mention.kind
    before, named = story.text[: mention.place.start], story.text[mention.place.start]
    is_writers = named == "我" or _MINE.search(before)
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
