"""Groups: silent unless addressed, then brief, with a button that leads to a private talk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import Bot, Message
from telegram.helpers import create_deep_linked_url

from bot.channels.telegram.reading import sender_of, words_for_us
from bot.channels.telegram.words import Respond, Words
from bot.concepts.choice import Verb
from bot.concepts.message import IncomingMessage
from bot.concepts.reply import Button, Reply


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """What a group is shown, and where its button leads."""

    reply: Reply
    link: tuple[str, str]


async def answer_in_group(
    bot: Bot, words: Words, message: Message, ask: Respond
) -> GroupAnswer | None:
    """A brief answer when the bot is addressed; the invitation where nothing was asked."""
    said = words_for_us(message, bot.id, bot.username)
    if said is None or (message.from_user is not None and message.from_user.is_bot):
        return None
    if not said:
        return invitation(bot, words)
    incoming = IncomingMessage(sender_id=sender_of(message), sent_on=message.date, text=said)
    reply = await ask(incoming)
    return GroupAnswer(
        replace(reply, buttons=(), documents=(), in_place=False),
        _private_link(bot, words, _topic_of(reply.buttons)),
    )


def invitation(bot: Bot, words: Words) -> GroupAnswer:
    """How to ask here, and the way to a private talk."""
    reply = replace(words.say("group_invite"), buttons=(), in_place=False)
    return GroupAnswer(reply, _private_link(bot, words, ""))


def _private_link(bot: Bot, words: Words, topic: str) -> tuple[str, str]:
    return words.continue_label, create_deep_linked_url(bot.username, topic or "start")


def _topic_of(buttons: Sequence[Sequence[Button]]) -> str:
    """The topic that the buttons of an answer are about; empty when they are about none."""
    choices = [button.choice for row in buttons for button in row]
    for verb in (Verb.SOURCES, Verb.USEFUL, Verb.ANSWER):
        for choice in choices:
            if choice.verb is verb:
                return choice.target
    return ""
