"""Questions in the middle of a tool: answered in one layer, then the tool goes on."""

from bot.concepts.aspects import SPOKEN_ASPECTS
from bot.concepts.conversation import Conversation, Draft
from bot.concepts.missed import OUT_OF_SCOPE
from bot.concepts.understanding import Understanding
from bot.dialogue.follow_ups import following
from bot.dialogue.guesses import best_guess, nearest_matters
from bot.dialogue.hearing import asks_for_a_story, is_sure_matter
from bot.dialogue.short_words import ShortWords
from bot.dialogue.step import Effect, Heard, Step, answer, layer, task, utterance
from bot.dialogue.wishes import matter_of_tool
from bot.facts.answer_signs import is_question, is_supposing
from bot.knowledge.library import Book
from bot.knowledge.tools import Tool

_ALIKE, _VERY_ALIKE = 0.6, 0.85
"""Likeness to a question asked next of the tool's own matter, and of any, that is enough."""
_NOT_OURS = 0.9
"""Likelihood from which a question is about nothing of ours."""
_CLEAR_ASPECT = 0.75
"""Likelihood of a side from which it is that of the tool's matter."""
_ELSEWHERE = 0.3
"""Likelihood of another topic from which a side of the tool's matter is asked only if alike."""


def asked_beside(
    heard: Heard, tool: Tool, form: Draft, book: Book, words: ShortWords
) -> Effect | None:
    """One side of the matter that a tool serves, asked for in the middle: 要附哪些材料."""
    matter = book.knowledge.answers.get(matter_of_tool(tool, book) or "")
    meaning = heard.meaning
    if matter is None or meaning is None or asks_for_a_story(tool, form):
        return None
    if not words.shapes_in(heard.text):
        return None
    is_asked = is_question(heard.text) or is_supposing(heard.text)
    if not is_asked and words.aspect_in(heard.text) is None:
        return None
    known = {*book.knowledge.answers, *book.knowledge.tasks}
    meant = following(heard.text, matter, meaning, words, known)
    if meant is None or meant.lead is not None or meant.aspect in SPOKEN_ASPECTS:
        return None
    place = f"{matter.id}#{meant.entry}"
    is_heard = meaning.aspect == meant.aspect and meaning.aspect_confidence >= _CLEAR_ASPECT
    is_own = is_heard or meaning.asked_next.get(place, 0.0) >= _ALIKE
    if not is_own and _is_elsewhere(meaning, matter.id, book):
        return None
    return layer(matter.id, meant.aspect, entry=meant.entry)


def _is_elsewhere(meaning: Understanding, matter: str, book: Book) -> bool:
    """Whether another topic is likelier than the matter in hand."""
    best = meaning.ranking[0] if meaning.ranking else None
    if best is None or best.topic == matter or best.confidence < _ELSEWHERE:
        return False
    return best.topic in book.knowledge.answers


def interrupted(heard: Heard, tool: Tool, conversation: Conversation, book: Book) -> Step:
    """Do or answer what was wished for in the middle, or offer it; then the form goes on."""
    meaning, knowledge = heard.meaning, book.knowledge
    if meaning is None or not is_sure_matter(meaning, knowledge):
        guessed = None if meaning is None else _guessed(heard.text, meaning, tool, book)
        offered = list(nearest_matters(meaning, book)) if meaning else []
        return Step(conversation, (guessed or task("ask_back", topics=offered), task("ask")))
    chosen = knowledge.tasks.get(meaning.topic)
    if chosen is not None and chosen.is_tool:
        return Step(conversation, (task("offer_instead", topics=[chosen.id]), task("ask")))
    said = task(chosen.id) if chosen is not None else _said(meaning.topic, book)
    return Step(conversation, (said, task("ask")))


def _guessed(text: str, meaning: Understanding, tool: Tool, book: Book) -> Effect | None:
    """What an unclear question most likely asks: of the tool's matter, or of any other."""
    if not is_question(text):
        return None
    if meaning.topic == OUT_OF_SCOPE and meaning.confidence >= _NOT_OURS:
        return utterance(OUT_OF_SCOPE)
    own = f"{matter_of_tool(tool, book)}#"
    ranked = sorted(meaning.asked_next.items(), key=lambda each: -each[1])
    near = (each for each, alike in ranked if each.startswith(own) and alike >= _ALIKE)
    place = next(near, None)
    if place is None and (topic := best_guess(meaning, book)) is not None:
        return answer(
            topic, others=[each for each in nearest_matters(meaning, book) if each != topic]
        )
    if place is None and ranked and ranked[0][1] >= _VERY_ALIKE:
        place = ranked[0][0]
    return None if place is None else _layer_at(place, book)


def _layer_at(place: str, book: Book) -> Effect | None:
    """The answer to a question asked next, by its place: call_hours#3, call_hours#3>fees."""
    topic, _, number = place.partition("#")
    number, _, lead = number.partition(">")
    answers = book.knowledge.answers
    if lead in answers:
        return answer(lead)
    if topic not in answers or not number.isdecimal():
        return None
    entries = answers[topic].follow_ups
    entry = int(number)
    return layer(topic, entries[entry].aspect, entry=entry) if entry < len(entries) else None


def _said(matter: str, book: Book) -> Effect:
    return answer(matter) if matter in book.knowledge.answers else utterance(matter)
