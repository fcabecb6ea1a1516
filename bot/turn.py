"""The flow on one screen: safety → understanding → dialogue → answering → reply."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

import structlog

from bot.answering.adviser import Adviser
from bot.answering.composer import Situation
from bot.answering.papers import PaperDesk
from bot.answering.tasks.log import LogTask
from bot.answering.voice import is_foreign
from bot.concepts.conversation import Conversation
from bot.concepts.danger import Danger, DangerLevel
from bot.concepts.message import IncomingMessage, Origin
from bot.concepts.paper_in_hand import Scan
from bot.concepts.reply import Reply
from bot.concepts.understanding import Understanding
from bot.dialogue.step import Heard
from bot.errors import RasaUnavailableError
from bot.safety.crisis_words import CrisisWatch
from bot.safety.masking import mask_all_but_callers, mask_personal_data
from bot.safety.pseudonyms import Pseudonyms
from bot.storage.conversations import Conversations
from bot.understanding.client import RasaClient
from bot.waiting import WaitingQuestions

_LOG = structlog.get_logger()
_PATIENCE = 2
"""Seconds that a card may wait for Rasa's opinion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a turn needs, joined in bootstrap."""

    watch: CrisisWatch
    understanding: RasaClient
    is_starting: Callable[[], bool]
    conversations: Conversations
    adviser: Adviser
    desk: PaperDesk
    log: LogTask
    pseudonyms: Pseudonyms
    waiting: WaitingQuestions


@dataclass(frozen=True, slots=True)
class Turn:
    """The reply to a message, the conversation after it, the danger seen, and what was meant.

    `is_kept` when nobody could understand it yet: it waits.
    """

    reply: Reply
    conversation: Conversation
    danger: Danger | None = None
    meaning: Understanding | None = None
    is_kept: bool = False


async def take_turn(message: IncomingMessage, parts: Parts) -> Turn:
    """Answer one message: safety first, then what it means after all that was said before."""
    began, sender = monotonic(), parts.pseudonyms.of(message.sender_id)
    words = parts.watch.look(message.words)
    talk = Conversation()
    if not message.is_public:
        talk = await parts.conversations.of(sender, message.sent_on)
    situation = Situation(
        sender=sender,
        address=message.sender_id,
        text=_masked(message, message.words),
        now=message.sent_on,
        is_public=message.is_public,
        is_about_other=parts.watch.is_about_other(message.words),
        is_starting=parts.is_starting(),
    )
    if message.files and message.reading is None:
        return Turn(await parts.log.attach(situation.request(talk, {}), message.files), talk)
    heard = _heard_in(message)
    if parts.adviser.dialogue.needs_meaning(heard, talk):
        heard = replace(heard, meaning=await _meaning(heard.text, words, situation, parts))
        heard = await _with_paper_alone(heard, situation, parts)
    danger = await _danger_in(heard, words, situation, parts)
    said = await parts.adviser.reply(heard, talk, situation, danger)
    is_kept = heard.meaning is None and said.conversation.is_waiting_with(heard.text)
    if not message.is_public:
        waiting = replace(message, text=said.conversation.waiting, beside="")
        # First this: should the process end between the two, no question is lost.
        if is_kept:
            await parts.waiting.note(waiting)
        elif talk.waiting != waiting.text:
            await parts.waiting.leave(waiting)
        await parts.conversations.keep(sender, said.conversation, message.sent_on)
    _log_turn(sender, heard, danger, began)
    return Turn(said.reply, said.conversation, danger, heard.meaning, is_kept)


def _heard_in(message: IncomingMessage) -> Heard:
    """A message as the dialogue hears it, before anybody was asked what it means."""
    return Heard(
        text=_masked(message, message.words),
        now=message.sent_on,
        choice=message.choice,
        is_public=message.is_public,
        handed_on="" if message.origin is Origin.TYPED else _masked(message, message.text),
        beside=_masked(message, message.beside),
        scan=Scan.of_message(message),
        is_edit=message.is_edit,
    )


def _masked(message: IncomingMessage, words: str) -> str:
    """Words of it without personal numbers; where others read along, without any number."""
    mask = mask_personal_data if message.is_public else mask_all_but_callers
    return mask(words)


async def _meaning(
    text: str, words: Danger | None, situation: Situation, parts: Parts
) -> Understanding | None:
    """What the text means; None while nobody can be asked. A card waits only a moment."""
    is_strong = words is not None and words.level is DangerLevel.STRONG
    try:
        async with asyncio.timeout(_PATIENCE if is_strong else None):
            return await parts.understanding.understand(mask_personal_data(text))
    except (RasaUnavailableError, TimeoutError) as error:
        _LOG.warning("rasa_unavailable", sender=situation.sender, because=str(error))
        return None


async def _with_paper_alone(heard: Heard, situation: Situation, parts: Parts) -> Heard:
    """What a paper is depends on its words alone, not on what was written beside it."""
    if heard.meaning is None or not (heard.handed_on and heard.beside):
        return heard
    alone = await _meaning(heard.handed_on, None, situation, parts)
    paper = alone.paper if alone is not None else None
    return replace(heard, meaning=replace(heard.meaning, paper=paper))


async def _danger_in(
    heard: Heard, words: Danger | None, situation: Situation, parts: Parts
) -> Danger | None:
    """The danger that the person is in: a stranger's paper shows it less than their own words."""
    told = _danger(words, heard.meaning, situation)
    opinion = heard.meaning.paper if heard.meaning is not None else None
    if heard.choice is not None or not heard.handed_on:
        return told
    beside = await _danger_beside(heard, situation, parts)
    if not parts.desk.is_of_strangers(heard.handed_on, opinion, heard.on):
        return _nearer(beside, told)
    if beside is not None:
        return beside
    quoted = parts.watch.look(heard.handed_on)
    return quoted and replace(quoted, level=DangerLevel.WEAK, is_quoted=True)


async def _danger_beside(heard: Heard, situation: Situation, parts: Parts) -> Danger | None:
    """The danger in what the person wrote beside a paper."""
    if not heard.beside:
        return None
    words = parts.watch.look(heard.beside)
    own = replace(situation, text=heard.beside)
    return _danger(words, await _meaning(heard.beside, words, own, parts), own)


def _nearer(one: Danger | None, other: Danger | None) -> Danger | None:
    """The stronger of two signs."""
    if one is None or other is None:
        return one or other
    return one if one.level is DangerLevel.STRONG else other


def _danger(
    words: Danger | None, meaning: Understanding | None, situation: Situation
) -> Danger | None:
    """What the words show and the model says together; the words alone while there is no model."""
    level = words.level if words is not None else None
    if meaning is not None and not is_foreign(situation.text):
        level = meaning.danger.beside(level)
    is_other = words.is_other if words is not None else situation.is_about_other
    return None if level is None else Danger(level, is_other, is_by_model=words is None)


def _log_turn(sender: str, heard: Heard, danger: Danger | None, began: float) -> None:
    meaning = heard.meaning
    _LOG.info(
        "turn",
        sender=sender,
        topic=meaning.topic if meaning else None,
        confidence=round(meaning.confidence, 3) if meaning else None,
        accepted=meaning.accepted if meaning else None,
        danger=danger.level.value if danger else None,
        milliseconds=round((monotonic() - began) * 1000),
    )
