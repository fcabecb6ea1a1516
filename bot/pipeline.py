"""The flow on one screen: safety → conversation → answering → reply."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from zoneinfo import ZoneInfo

import structlog

from bot.answering.choices import Choices
from bot.answering.composer import Composer, Situation, join
from bot.answering.pages import Pages
from bot.answering.search import TopicSearch
from bot.concepts.choice import Verb
from bot.concepts.danger import DangerLevel
from bot.concepts.message import IncomingMessage
from bot.concepts.reply import Reply
from bot.concepts.turn import Turn
from bot.conversation.client import RasaClient
from bot.errors import RasaUnavailableError
from bot.safety.crisis_words import CrisisWatch
from bot.safety.masking import mask_personal_data
from bot.safety.pseudonyms import Pseudonyms

_LOG = structlog.get_logger()
_OFFERED = 3
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a turn needs, joined in bootstrap."""

    watch: CrisisWatch
    conversation: RasaClient
    is_starting: Callable[[], bool]
    pages: Pages
    choices: Choices
    composer: Composer
    search: TopicSearch
    pseudonyms: Pseudonyms


async def respond(message: IncomingMessage, parts: Parts) -> Reply:
    """Answer one message: safety first, then what it means, then the words for it."""
    danger = parts.watch.look(message.text)
    if danger is not None and danger.level is DangerLevel.STRONG:
        _LOG.info("turn", sender=parts.pseudonyms.of(message.sender_id), danger="strong")
        return parts.pages.crisis(danger)
    reply = await _answer(message, parts)
    return reply if danger is None else join([parts.pages.crisis(danger), reply])


async def _answer(message: IncomingMessage, parts: Parts) -> Reply:
    on = message.sent_on.astimezone(SHANGHAI).date()
    sender = parts.pseudonyms.of(message.sender_id)
    text = mask_personal_data(message.text)
    choice = message.choice
    if choice is not None and not (choice.verb is Verb.ANSWER and parts.pages.has(choice.target)):
        return await parts.choices.follow(choice, on)
    began = monotonic()
    try:
        if choice is not None:
            turn = await parts.conversation.choose(sender, choice.target)
        else:
            turn = await parts.conversation.take_turn(sender, text)
    except RasaUnavailableError as error:
        _LOG.warning("rasa_unavailable", sender=sender, because=str(error))
        if choice is not None:
            return await parts.choices.follow(choice, on)
        name = "getting_ready" if parts.is_starting() else "not_listening"
        return parts.pages.offer(name, parts.search.find(text, _OFFERED))
    _log_turn(sender, turn, began)
    situation = Situation(sender=sender, text=text, on=on, is_public=message.is_public)
    return await parts.composer.compose(turn, situation)


def _log_turn(sender: str, turn: Turn, began: float) -> None:
    understanding = turn.understanding
    _LOG.info(
        "turn",
        sender=sender,
        topic=understanding.topic,
        confidence=round(understanding.confidence, 3),
        accepted=understanding.accepted,
        milliseconds=round((monotonic() - began) * 1000),
    )
