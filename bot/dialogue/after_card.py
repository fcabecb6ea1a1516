"""What is said right after the card for danger: taken back, thanks, or that somebody is there."""

from dataclasses import replace

from bot.concepts.conversation import Conversation
from bot.concepts.missed import OUT_OF_SCOPE
from bot.dialogue.case_talk import FEW_WORDS
from bot.dialogue.short_words import ShortWords
from bot.dialogue.step import Effect, Heard, Step, utterance

_CALM = {"thank", "goodbye", "deny", "affirm"}


def after_card(
    heard: Heard, conversation: Conversation, words: ShortWords, back: tuple[Effect, ...]
) -> Step | None:
    """Who takes it back is believed, and the talk goes on where it was: there leads `back`."""
    if not conversation.is_after_card or heard.is_public:
        return None
    if is_in_company(heard, conversation, words):
        return Step(conversation, (utterance("in_company"),))
    if (obstacle := words.obstacle_in(heard.text)) is not None:
        return Step(conversation, (utterance(f"obstacle_{obstacle}"),))
    if (obstacle := words.obstacle_in(heard.text)) is not None:
        return Step(conversation, (utterance(f"obstacle_{obstacle}"),))
    meaning = heard.meaning
    is_thanks = meaning is not None and meaning.topic in _CALM and len(heard.text) <= FEW_WORDS
    if words.is_taken_back(heard.text) or is_thanks:
        return Step(replace(conversation, is_after_card=False), (utterance("believed"), *back))
    is_clear = meaning is None or (meaning.accepted and meaning.topic != OUT_OF_SCOPE)
    if is_clear or not conversation.had_card:
        return None
    return Step(conversation.having_listened(), (utterance("listening"),))


def is_in_company(heard: Heard, conversation: Conversation, words: ShortWords) -> bool:
    """Whether it is told, after the card for danger, that somebody is with them now."""
    return conversation.is_after_card and words.is_in_company(heard.text)
