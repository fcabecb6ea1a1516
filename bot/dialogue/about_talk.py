"""What is said of the talk itself: speak plainly, that was wrong, scolding."""

from dataclasses import replace

from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import Conversation
from bot.dialogue.short_words import ShortWords
from bot.dialogue.step import Effect, Heard, Step, answer, follow, task, utterance
from bot.knowledge.library import Book

_SIDES = {"identity_cost": "cost", "identity_trust": "doubt"}
"""What is said of us to who asks for one side of it."""
_DEED = "do_"
"""Begins the wishes that a button of ours does too."""


def about_the_talk(
    heard: Heard, conversation: Conversation, words: ShortWords, book: Book
) -> Step | None:
    """What follows from words about the talk; None where they are of something else."""
    wish = words.wish_in(heard.text) or ""
    if wish.startswith(_DEED) and not heard.is_public:
        return Step(conversation, (follow(Choice(Verb.DEED, wish.removeprefix(_DEED))),))
    if words.clears_case(heard.text) and not heard.is_public:
        return Step(conversation, (follow(Choice(Verb.DEED, "clear_case")),))
    match wish:
        case "plain_on":
            plain = replace(conversation, is_plain=True)
            return Step(plain, (utterance("plain_on"), *_shorter(plain, book)))
        case "plain_off":
            return Step(replace(conversation, is_plain=False), (utterance("plain_off"),))
        case "insult":
            return Step(conversation, (utterance("insult_heard"),))
        case "wrong":
            return Step(conversation, (task("told_wrong"),))
    if (said := words.said_in(heard.text)) is not None:
        side = {"aspect": _SIDES[said]} if said in _SIDES else {}
        return Step(replace(conversation, misses=0), (utterance(said, **side),))
    if words.insults_us(heard.text):
        return Step(conversation, (utterance("insult_heard"),))
    if words.says_we_are_wrong(heard.text):
        return Step(conversation, (task("told_wrong", aspect="doubt"),))
    return None


def _shorter(conversation: Conversation, book: Book) -> tuple[Effect, ...]:
    """The matter in hand in fewer words."""
    topic = conversation.topic
    is_answer = topic in book.knowledge.answers
    return (answer(str(topic), is_shorter=True),) if is_answer else ()
