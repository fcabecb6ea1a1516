"""The flow on one screen: safety → conversation → answering → reply."""

import asyncio
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import monotonic

import structlog

from bot.answering.choices import Choices
from bot.answering.composer import Composer, Situation, join
from bot.answering.letters import prefill
from bot.answering.offered_buttons import OfferedButtons
from bot.answering.pages import Pages
from bot.answering.search import TopicSearch
from bot.answering.tasks.all_tasks import Tasks
from bot.answering.tasks.call_check import CORRECTED_AFTER
from bot.answering.tasks.known import LOG_TOOL
from bot.concepts.choice import Choice, Verb
from bot.concepts.danger import Danger, DangerLevel
from bot.concepts.message import IncomingMessage
from bot.concepts.records import SUMMARY, Draft
from bot.concepts.reply import Block, BlockKind, Reply, Span, Style
from bot.concepts.turn import Effect, Turn
from bot.conversation.client import RasaClient
from bot.errors import RasaUnavailableError
from bot.knowledge.tools import Tool
from bot.safety.crisis_words import CrisisWatch
from bot.safety.masking import mask_personal_data
from bot.safety.pseudonyms import Pseudonyms
from bot.storage.drafts import Drafts

_LOG = structlog.get_logger()
_OFFERED = 3
_PATIENCE = 2
"""Seconds that a card may wait for Rasa's opinion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a turn needs, joined in bootstrap."""

    watch: CrisisWatch
    conversation: RasaClient
    is_starting: Callable[[], bool]
    pages: Pages
    choices: Choices
    composer: Composer
    tasks: Tasks
    drafts: Drafts
    search: TopicSearch
    pseudonyms: Pseudonyms
    offered: OfferedButtons = field(default_factory=OfferedButtons)


async def respond(message: IncomingMessage, parts: Parts) -> Reply:
    """Answer one message: safety first, then what it means, then the words for it."""
    danger = await _danger_in(message.text, parts)
    if danger is not None and danger.level is DangerLevel.STRONG:
        _LOG.info("turn", sender=parts.pseudonyms.of(message.sender_id), danger="strong")
        return parts.pages.crisis(danger)
    situation = Situation(
        sender=parts.pseudonyms.of(message.sender_id),
        address=message.sender_id,
        text=mask_personal_data(message.text),
        now=message.sent_on,
        is_public=message.is_public,
        danger=danger,
        is_about_other=parts.watch.is_about_other(message.text),
    )
    if message.choice is None and not message.is_public:
        message = replace(message, choice=parts.offered.typed(situation.sender, message.text))
    reply = await _answer(message, situation, parts)
    parts.offered.remember(situation.sender, reply)
    if message.choice is None:
        reply = _with_warning(reply, situation, parts)
    return reply if danger is None else _with_card(reply, danger, parts)


async def _danger_in(text: str, parts: Parts) -> Danger | None:
    """What the words show; of strong ones Rasa is asked whether they may mean no harm.

    It only reads the text: a message of strong danger is no part of the conversation. While it
    is down or slow the words alone decide.
    """
    danger = parts.watch.look(text)
    if danger is None or danger.level is not DangerLevel.STRONG:
        return danger
    try:
        async with asyncio.timeout(_PATIENCE):
            meaning = await parts.conversation.understand(mask_personal_data(text))
    except (RasaUnavailableError, TimeoutError):
        return danger
    return replace(danger, level=meaning.danger.beside(danger.level) or danger.level)


def _with_card(reply: Reply, danger: Danger, parts: Parts) -> Reply:
    """The gentle card before the answer, unless the model has seen more than the words showed."""
    worse = parts.pages.crisis(replace(danger, level=DangerLevel.STRONG))
    if reply.blocks[: len(worse.blocks)] == worse.blocks:
        return reply
    return join([parts.pages.crisis(danger), reply])


def _with_warning(reply: Reply, situation: Situation, parts: Parts) -> Reply:
    """The police number before all else where violence is told that goes on now."""
    words = parts.tasks.case.checker.warning(situation.text, situation.on)
    if words is None or any(block.text == words for block in reply.blocks):
        return reply
    warning = Block(BlockKind.PARAGRAPH, (Span(words, Style.STRONG),))
    return replace(reply, blocks=(warning, *reply.blocks))


async def _answer(message: IncomingMessage, situation: Situation, parts: Parts) -> Reply:
    if message.file is not None:
        return await parts.tasks.log.attach(situation.request({}), message.file)
    choice = message.choice or _named(situation, parts) or await _taken_up_again(situation, parts)
    if choice is not None and choice.verb is Verb.DEED:
        return await parts.composer.do(choice.target, situation)
    if choice is not None and not _is_for_rasa(choice, parts):
        return await parts.choices.follow(choice, situation.on)
    if choice is None and parts.offered.offers(situation.sender, CORRECTED_AFTER):
        corrected = await parts.tasks.call_check.correct(situation.request({}))
        if corrected is not None:
            return corrected
    began = monotonic()
    try:
        turn = await _take_turn(choice, situation, parts)
        turn = await _with_what_is_known(turn, choice, situation, parts)
    except RasaUnavailableError as error:
        _LOG.warning("rasa_unavailable", sender=situation.sender, because=str(error))
        return await _without_rasa(choice, situation, parts)
    _log_turn(situation.sender, turn, began)
    for tool in (_ended_tool(effect, parts) for effect in turn.effects):
        if tool is not None:
            await parts.drafts.finish(situation.sender, tool.id)
    return await parts.composer.compose(turn, situation)


def _ended_tool(effect: Effect, parts: Parts) -> Tool | None:
    """The tool that is filled in and whose task is now asked for."""
    tool = parts.tasks.tools.get(str(effect.arguments.get("tool")))
    return tool if tool is not None and effect.name == tool.task else None


def _is_for_rasa(choice: Choice, parts: Parts) -> bool:
    """Whether a button is a turn of the conversation, and not a page or a stranger's."""
    match choice.verb:
        case Verb.ANSWER:
            return parts.pages.has(choice.target)
        case Verb.TOOL:
            return choice.target in parts.tasks.tools
    return choice.verb in {Verb.CONTROL, Verb.PICK}


async def _take_turn(choice: Choice | None, situation: Situation, parts: Parts) -> Turn:
    sender, conversation = situation.sender, parts.conversation
    draft = _usable(await parts.drafts.of(sender), parts)
    if choice is None:
        return await conversation.take_turn(sender, situation.text, draft)
    match choice.verb:
        case Verb.PICK:
            return await conversation.choose(sender, "button", {"pick": choice.target}, draft)
        case Verb.CONTROL:
            return await conversation.choose(sender, "button", {"control": choice.target}, draft)
        case Verb.TOOL:
            answers = await _known_answers(choice.target, draft, situation, parts)
            known = {"tool": choice.target, "answers": answers}
            return await conversation.choose(sender, "button", known, draft)
    return await conversation.choose(sender, choice.target, draft=draft)


def _named(situation: Situation, parts: Parts) -> Choice | None:
    """The button of the log, when its words and a colon begin a story: 记一笔：…"""
    name, colon, story = unicodedata.normalize("NFKC", situation.text).partition(":")
    log = parts.tasks.tools[LOG_TOOL]
    is_named = bool(colon and story.strip()) and name.strip() in (log.button, log.title)
    return Choice(Verb.TOOL, log.id) if is_named and not situation.is_public else None


async def _taken_up_again(situation: Situation, parts: Parts) -> Choice | None:
    """The button of the tool that was left, when words ask to go on with it."""
    if parts.tasks.controls.control_in(situation.text) != "resume" or situation.is_public:
        return None
    kept = await parts.drafts.of(situation.sender)
    draft = _usable(kept, parts)
    if draft is not None and draft.is_open:
        return None
    if draft is not None and draft.asking != SUMMARY:
        return Choice(Verb.TOOL, draft.tool)
    left = [each for each in (kept.aside if kept else {}) if each in parts.tasks.tools]
    return Choice(Verb.TOOL, left[-1]) if left else None


async def _with_what_is_known(
    turn: Turn, choice: Choice | None, situation: Situation, parts: Parts
) -> Turn:
    """A tool that is begun by words asks no more than one that is begun by its button."""
    is_by_name = choice is None or choice.verb is Verb.ANSWER
    asked = next((each for each in turn.effects if each.name == "ask"), None)
    if asked is None or asked.arguments.get("answers") or not is_by_name or situation.is_public:
        return turn
    tool_id = str(asked.arguments["tool"])
    draft = _usable(await parts.drafts.of(situation.sender), parts)
    if draft is not None and draft.tool == tool_id and (draft.is_open or draft.asking == SUMMARY):
        return turn
    answers = await _known_answers(tool_id, draft, situation, parts)
    if not answers:
        return turn
    known = {"tool": tool_id, "answers": answers}
    again = await parts.conversation.choose(situation.sender, "button", known)
    others = (each for each in turn.effects if each is not asked)
    return replace(turn, effects=(*others, *again.effects))


def _usable(draft: Draft | None, parts: Parts) -> Draft | None:
    """The draft, unless its tool or its question has gone from the knowledge base since."""
    tool = None if draft is None else parts.tasks.tools.get(draft.tool)
    if draft is None or tool is None:
        return None
    asked = {SUMMARY, *(question.id for question in tool.questions)}
    return draft if draft.asking in asked else None


async def _known_answers(
    tool_id: str, draft: Draft | None, situation: Situation, parts: Parts
) -> dict[str, str]:
    """What a tool need not ask: answers given before, and what the case tells."""
    if draft is not None and draft.tool == tool_id:
        return dict(draft.answers)
    kept, case = await parts.drafts.of(situation.sender), parts.tasks.case
    if kept is not None and tool_id in kept.aside and tool_id != LOG_TOOL:
        return dict(kept.aside[tool_id])
    facts = await case.facts_for(tool_id, situation.sender, situation.on, situation.text)
    return prefill(parts.tasks.tools[tool_id].questions, facts, situation.on)


async def _without_rasa(choice: Choice | None, situation: Situation, parts: Parts) -> Reply:
    """Answers by button and nearest topics while Rasa is not there."""
    if choice is not None and choice.verb is Verb.ANSWER and parts.pages.has_answer(choice.target):
        return await parts.choices.follow(choice, situation.on)
    name = "getting_ready" if parts.is_starting() else "not_listening"
    found = () if choice is not None else parts.search.find(situation.text, _OFFERED)
    return parts.pages.offer(name, found)


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
