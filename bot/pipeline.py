"""The flow on one screen: safety → conversation → answering → reply."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import structlog

from bot.answering.choices import Choices
from bot.answering.composer import Composer, Situation, join
from bot.answering.letters import prefill
from bot.answering.pages import Pages
from bot.answering.search import TopicSearch
from bot.answering.tasks.all_tasks import Tasks
from bot.answering.tasks.asking import SUMMARY
from bot.concepts.choice import Choice, Verb
from bot.concepts.danger import DangerLevel
from bot.concepts.message import IncomingMessage
from bot.concepts.records import Draft
from bot.concepts.reply import Reply
from bot.concepts.turn import Effect, Turn
from bot.conversation.client import RasaClient
from bot.errors import RasaUnavailableError
from bot.safety.crisis_words import CrisisWatch
from bot.safety.masking import mask_personal_data
from bot.safety.pseudonyms import Pseudonyms
from bot.storage.drafts import Drafts

_LOG = structlog.get_logger()
_OFFERED = 3


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


async def respond(message: IncomingMessage, parts: Parts) -> Reply:
    """Answer one message: safety first, then what it means, then the words for it."""
    danger = parts.watch.look(message.text)
    if danger is not None and danger.level is DangerLevel.STRONG:
        _LOG.info("turn", sender=parts.pseudonyms.of(message.sender_id), danger="strong")
        return parts.pages.crisis(danger)
    situation = Situation(
        sender=parts.pseudonyms.of(message.sender_id),
        address=message.sender_id,
        text=mask_personal_data(message.text),
        now=message.sent_on,
        is_public=message.is_public,
    )
    reply = await _answer(message, situation, parts)
    return reply if danger is None else join([parts.pages.crisis(danger), reply])


async def _answer(message: IncomingMessage, situation: Situation, parts: Parts) -> Reply:
    if message.file is not None:
        return await parts.tasks.log.attach(situation.request({}), message.file)
    choice = message.choice
    if choice is not None and choice.verb is Verb.DEED:
        return await parts.composer.do(choice.target, situation)
    if choice is not None and not _is_for_rasa(choice, parts):
        return await parts.choices.follow(choice, situation.on)
    began = monotonic()
    try:
        turn = await _take_turn(choice, situation, parts)
    except RasaUnavailableError as error:
        _LOG.warning("rasa_unavailable", sender=situation.sender, because=str(error))
        return await _without_rasa(choice, situation, parts)
    _log_turn(situation.sender, turn, began)
    if any(_ends_a_tool(effect, parts) for effect in turn.effects):
        await parts.drafts.drop(situation.sender)
    return await parts.composer.compose(turn, situation)


def _ends_a_tool(effect: Effect, parts: Parts) -> bool:
    """Whether a tool is filled in and its task is now asked for."""
    tool = parts.tasks.tools.get(str(effect.arguments.get("tool")))
    return tool is not None and effect.name == tool.task


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
    facts = await parts.tasks.case.facts(situation.sender, situation.on)
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
