"""What is said right after the card for danger: taken back, thanks, who is there, what is hard."""

from dataclasses import replace

from bot.concepts.conversation import Conversation
from bot.concepts.danger import DANGER_TOPIC
from bot.concepts.missed import OUT_OF_SCOPE
from bot.concepts.understanding import Understanding
from bot.dialogue.case_talk import FEW_WORDS
from bot.dialogue.short_words import ShortWords
from bot.dialogue.step import Effect, Heard, Step, answer, utterance
from bot.facts.answer_signs import is_question

_CALM = {"thank", "goodbye", "deny", "affirm"}


def after_card(
    heard: Heard, conversation: Conversation, words: ShortWords, back: tuple[Effect, ...]
) -> Step | None:
    """Who takes it back is believed, and the talk goes on where it was: there leads `back`."""
    if not conversation.is_after_card or heard.is_public:
        return None
    if is_in_company(heard, conversation, words):
        return Step(conversation.calmed(), (utterance("in_company"), *back))
    obstacle = words.obstacle_in(heard.text) if conversation.is_in_danger else None
    if obstacle is not None:
        return Step(conversation, (utterance(f"obstacle_{obstacle}"), *back))
    meaning = heard.meaning
    is_thanks = meaning is not None and meaning.topic in _CALM and len(heard.text) <= FEW_WORDS
    if words.is_taken_back(heard.text) or is_thanks:
        return Step(conversation.calmed(), (utterance("believed"), *back))
    is_clear = meaning is None or _is_of_ours(heard, meaning)
    if is_clear or back or not conversation.is_in_danger or words.asks_of_theirs(heard.text):
        return None
    return _listening(conversation)


def _is_of_ours(heard: Heard, meaning: Understanding) -> bool:
    """Whether something of ours is meant, or asked, and no danger: it is answered."""
    if meaning.topic in (OUT_OF_SCOPE, DANGER_TOPIC):
        return meaning.accepted and meaning.topic != OUT_OF_SCOPE
    return meaning.accepted or is_question(heard.text)


def _listening(conversation: Conversation) -> Step | None:
    """What is not clear is asked back once; then it is asked again which step is hard."""
    listened = replace(conversation, misses=conversation.misses + 1)
    match conversation.misses:
        case 0:
            return Step(listened, (utterance("listening"),))
        case 1:
            return Step(listened, (answer(DANGER_TOPIC, is_again=True),))
    return None


def is_calm_again(heard: Heard, conversation: Conversation, words: ShortWords) -> bool:
    """Whether words tell, after a card, of company or that nothing was meant: 我没想死 就是累."""
    is_short = conversation.is_after_card and len(heard.text) <= FEW_WORDS
    is_taken_back = is_short and words.is_taken_back(heard.text)
    return is_taken_back or is_in_company(heard, conversation, words)


def is_in_company(heard: Heard, conversation: Conversation, words: ShortWords) -> bool:
    """Whether it is told, after the card for strong danger, that somebody is with them now."""
    return conversation.is_in_danger and words.is_in_company(heard.text)
