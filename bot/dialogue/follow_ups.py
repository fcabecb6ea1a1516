"""What a message asks next about the matter in hand: an aspect, another case, or nothing of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.concepts.aspects import SPOKEN_ASPECTS
from bot.concepts.missed import OUT_OF_SCOPE
from bot.concepts.understanding import Understanding
from bot.dialogue.short_words import ShortWords, best_likeness, pairs_of
from bot.facts.answer_signs import is_question
from bot.knowledge.base import Answer
from bot.safety.normalizing import squeeze

LONGEST = 40
"""Characters of the longest message that may lean on what was said before."""

_SAME, _NEAR, _PERHAPS = 0.85, 0.75, 0.6
"""Likeness to a question asked next from which it is meant; is meant unless another matter
clearly is; and is meant where its aspect is heard too."""

_SURE, _LIKELY = 0.75, 0.5
_CLEAR_TOPIC, _CLEAR_ASPECT, _CLEAR_IN_SHORT = 0.85, 0.85, 0.6
"""From here on another topic is meant, unless the words sound as clearly like an aspect, for
which little is needed in a short message."""
_SHORT = 14
FEELINGS = "emotional_distress"
"""The topic on which no question about what others do leans: 那我不接行不行."""
_STEPS = "how"
"""The aspect that has a section of its own."""
_CERTAIN = 0.93
"""From here on another topic is meant even beside a question that is alike."""
_BEYOND_DOUBT = 0.97
"""From here on another topic is meant wherever no question asked next is alike."""
_FAIRLY, _CLEARLY = 0.45, 0.8
_THOUGHT_OF, _HINT = 3, 0.2
"""So many topics of a message that was not understood, and how likely, are thought of."""
_OF_TOPIC, _HALF_HEARD = 0.65, 0.5
"""Likeness to a question asked next of the topic that is meant, and of its aspect, from which it
answers better than the first layer; where that was said before, the latter is enough."""
_FAR_MORE = 0.15
"""So much more alike to a question of another aspect it is that, where the aspect is unsure."""
_FAR_NEARER = 0.64
"""Likeness to a question asked next that counts more than another topic which is not clear."""
_LAST_RESORT, _UNASKED, _DESPITE_RIVAL = 0.2, 0.4, 0.55
"""Likeness to a question asked next from which it is guessed where nothing is clear: for a
question, for words that ask nothing, and where another topic may be meant."""


@dataclass(frozen=True, slots=True)
class Following:
    """The aspect that is asked for; `entry` is its place in 接着会问, `lead` another matter."""

    aspect: str
    entry: int | None = None
    lead: str | None = None


def following(
    text: str,
    answer: Answer,
    meaning: Understanding | None,
    words: ShortWords,
    matters: Collection[str],
) -> Following | None:
    """What a message asks of the answer given before; None when it stands alone.

    `matters` are all topics and tasks: small talk is no other matter.
    """
    if len(text) > LONGEST:
        return None
    ranked = sorted(_alike(text, answer, meaning), key=lambda each: -each[1])
    named, how_alike = ranked[0] if ranked else (None, 0.0)
    if named is not None and how_alike >= _SAME:
        return named
    if (aspect := words.aspect_in(text)) is not None:
        return _of_aspect(aspect, ranked)
    shaped = words.shapes_in(text)
    framed = words.other_case_in(text)
    if framed is not None and (told := _telling_of(framed, answer)) is not None:
        return told
    named_alone = None if shaped or framed else words.named_alone(text)
    if named_alone is not None and (told := _speaking_of(named_alone, answer)) is not None:
        return told
    is_framed = framed is not None
    if meaning is not None and _is_other_matter(text, meaning, answer, matters, how_alike):
        if answer.id == FEELINGS or not words.leans(meaning.topic, shaped):
            return None
    elif named is not None and how_alike >= _NEAR:
        return named
    if shaped:
        return _of_shapes(shaped, ranked)
    if meaning is None:
        return Following("other_case") if is_framed else None
    return _by_model(answer, meaning, ranked, is_framed=is_framed)


def _telling_of(framed: str, answer: Answer) -> Following | None:
    """The other case of this answer whose ways of asking speak of it most, as 我妈 does."""
    found: dict[Following, Sequence[str]] = {}
    for number, entry in enumerate(answer.follow_ups):
        if entry.aspect == "other_case":
            own = {Following(entry.aspect, number): entry.asks} if entry.says else {}
            leads = {
                Following(entry.aspect, lead=lead): ways for lead, ways in entry.leads.items()
            }
            found |= own | leads
    return _most_with(framed, found)


def nearest_entry(text: str, answer: Answer, meaning: Understanding | None) -> Following | None:
    """The question asked next of an answer that is most like a text; None of none alike."""
    ranked = sorted(_alike(text, answer, meaning), key=lambda each: -each[1])
    return next((each for each, alike in ranked if each.lead is None and alike > 0), None)


def _speaking_of(name: str, answer: Answer) -> Following | None:
    """The entry of this answer whose ways of asking speak of a matter most, as 调解 does."""
    found = {
        Following(entry.aspect, number): entry.asks
        for number, entry in enumerate(answer.follow_ups)
        if entry.says
    }
    return _most_with(name, found)


def _most_with(words: str, found: Mapping[Following, Sequence[str]]) -> Following | None:
    """Of these the one with the most ways of asking that have the words; None where none has."""
    counts = {each: sum(words in squeeze(way) for way in found[each]) for each in found}
    best = max(counts, key=lambda each: counts[each], default=None)
    return best if best is not None and counts[best] else None


def asks_for_entry(entry: int, text: str, answer: Answer, meaning: Understanding | None) -> bool:
    """Whether a text is like the ways of asking of an entry, not only of its aspect."""
    alike = (how for each, how in _alike(text, answer, meaning) if each.entry == entry)
    return next(alike, 0.0) >= _PERHAPS


def asked_again(text: str, answer: Answer, meaning: Understanding) -> Following | None:
    """The question asked next that a text is most like, of a topic that was told before."""
    if len(text) > LONGEST:
        return None
    ranked = sorted(_alike(text, answer, meaning), key=lambda each: -each[1])
    own = ((each, alike) for each, alike in ranked if each.lead is None)
    named, how_alike = next(own, (None, 0.0))
    return named if how_alike >= _HALF_HEARD else None


def asked_at_once(text: str, answer: Answer, meaning: Understanding) -> Following | None:
    """The question asked next of a topic that a text asks before its first layer: 投诉要花钱吗."""
    if len(text) > LONGEST or meaning.aspect_confidence < _HALF_HEARD:
        return None
    ranked = sorted(_alike(text, answer, meaning), key=lambda each: -each[1])
    own = ((each, alike) for each, alike in ranked if each.lead is None)
    named, how_alike = next(own, (None, 0.0))
    is_heard = named is not None and named.aspect == meaning.aspect and how_alike >= _OF_TOPIC
    return named if is_heard else None


def guessed_entry(
    text: str, answer: Answer, meaning: Understanding, rival: str | None
) -> Following | None:
    """The question asked next of the matter in hand that words which are not clear may be.

    `rival` is the topic that is guessed otherwise, if any.
    """
    if len(text) > LONGEST:
        return None
    ranked = sorted(_alike(text, answer, meaning), key=lambda each: -each[1])
    named, how_alike = ranked[0] if ranked else (None, 0.0)
    enough = _LAST_RESORT if is_question(text) else _UNASKED
    if rival not in {None, answer.id}:
        enough = _DESPITE_RIVAL
    return named if how_alike >= enough else None


def _by_model(
    answer: Answer,
    meaning: Understanding,
    ranked: Sequence[tuple[Following, float]],
    *,
    is_framed: bool,
) -> Following | None:
    """The aspect that the model hears, where it is sure enough beside the topic it hears."""
    named, how_alike = ranked[0] if ranked else (None, 0.0)
    is_refused = meaning.accepted and meaning.topic == OUT_OF_SCOPE
    is_alone = meaning.accepted and meaning.topic != answer.id
    is_elsewhere = not meaning.accepted and _is_elsewhere(answer.id, meaning)
    is_spoken = meaning.aspect in SPOKEN_ASPECTS
    enough = _SURE if is_alone or (is_elsewhere and not is_spoken) else _LIKELY
    is_louder = not is_alone or is_spoken or meaning.aspect_confidence >= _CLEARLY
    if meaning.aspect is not None and meaning.aspect_confidence >= enough and is_louder:
        if meaning.aspect == "other_case" and not is_framed and how_alike < _PERHAPS:
            return None
        meant = _of_aspect(meaning.aspect, ranked)
        is_sure = meaning.aspect in SPOKEN_ASPECTS or meaning.aspect_confidence >= _SURE
        likeness = dict(ranked)
        if named is None or named.lead is not None or is_sure or how_alike < _OF_TOPIC:
            return meant
        return named if how_alike - likeness.get(meant, 0.0) >= _FAR_MORE else meant
    if meaning.accepted and not is_refused:
        is_unsure = is_alone and meaning.confidence < _CLEAR_TOPIC
        return named if is_unsure and how_alike >= _FAR_NEARER else None
    is_near = is_refused or _is_thought_of(answer.id, meaning)
    if named is not None and how_alike >= _PERHAPS and is_near:
        return named
    if is_refused:
        return None
    return Following("other_case") if is_framed else None


def _is_elsewhere(topic: str, meaning: Understanding) -> bool:
    """Whether another topic is fairly likely, and the matter in hand is not thought of."""
    best = meaning.ranking[0] if meaning.ranking else None
    is_other = (
        best is not None and best.topic not in {topic, OUT_OF_SCOPE} and best.confidence >= _FAIRLY
    )
    return is_other and not _is_thought_of(topic, meaning)


def _is_thought_of(topic: str, meaning: Understanding) -> bool:
    """Whether the matter in hand is among the likeliest topics of what was not understood."""
    likely = meaning.ranking[:_THOUGHT_OF]
    return any(each.topic == topic and each.confidence >= _HINT for each in likely)


def _is_other_matter(
    text: str, meaning: Understanding, answer: Answer, matters: Collection[str], how_alike: float
) -> bool:
    """Whether the words by themselves clearly mean something else."""
    if not meaning.accepted or meaning.topic == answer.id or meaning.topic not in matters:
        return False
    if meaning.confidence >= _CERTAIN and meaning.aspect_confidence < _CLEAR_IN_SHORT:
        return True
    if how_alike >= _NEAR:
        return False
    if meaning.confidence >= _BEYOND_DOUBT and how_alike < _PERHAPS:
        return True
    enough = _CLEAR_IN_SHORT if len(text) <= _SHORT else _CLEAR_ASPECT
    is_aspect = meaning.aspect is not None and meaning.aspect_confidence >= enough
    return meaning.confidence >= _CLEAR_TOPIC and not is_aspect


def _alike(
    text: str, answer: Answer, meaning: Understanding | None
) -> Iterator[tuple[Following, float]]:
    """Every question asked next of this answer, and how alike it is: by words, or by meaning."""
    near = meaning.asked_next if meaning is not None else {}
    spoken = pairs_of(text)
    for number, entry in enumerate(answer.follow_ups):
        place = f"{answer.id}#{number}"
        if entry.says:
            by_words = best_likeness(spoken, entry.asks)
            yield Following(entry.aspect, number), max(by_words, near.get(place, 0.0))
        for lead, ways in entry.leads.items():
            by_words = best_likeness(spoken, ways)
            alike = max(by_words, near.get(f"{place}>{lead}", 0.0))
            yield Following(entry.aspect, lead=lead), alike


def _of_shapes(aspects: Sequence[str], ranked: Collection[tuple[Following, float]]) -> Following:
    """Of several aspects that a text looks like, that of the entry which is most alike."""
    if len(aspects) == 1 or aspects[0] in SPOKEN_ASPECTS:
        return _of_aspect(aspects[0], ranked)
    alike = (each for each, likeness in ranked if each.aspect in aspects and likeness > 0)
    return next(alike, None) or _of_aspect(aspects[0], ranked)


def _of_aspect(aspect: str, ranked: Collection[tuple[Following, float]]) -> Following:
    """The entry of an aspect that is most like the text, where there are several.

    怎么办 alone asks for the steps of the answer, unless an entry is about those very words.
    """
    if aspect in SPOKEN_ASPECTS:
        return Following(aspect)
    enough = _PERHAPS if aspect == _STEPS else 0.0
    entries = (
        each
        for each, alike in ranked
        if each.aspect == aspect and each.lead is None and alike >= enough
    )
    return next(entries, Following(aspect))
