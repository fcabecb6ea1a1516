"""Puts the effects of a turn into one reply; tasks have handlers, found by name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.answering.choices import Choices
from bot.answering.pages import Pages
from bot.answering.tasking import Handler, Said, TaskRequest
from bot.answering.tasks.asking import opening_of
from bot.answering.tasks.known import KnownCase
from bot.answering.topic_replies import TopicReplies
from bot.concepts.choice import Choice, Verb
from bot.concepts.clauses import HeardClause
from bot.concepts.clock import SHANGHAI
from bot.concepts.conversation import Conversation
from bot.concepts.danger import DANGER_TOPIC, Danger, DangerLevel
from bot.concepts.reply import Button, Matter, Reply
from bot.dialogue.forms import begun
from bot.dialogue.step import Effect, EffectKind, Step
from bot.knowledge.tools import Tool

Rows = tuple[tuple[Button, ...], ...]


_MATTERS = {
    "show_paper": "read_paper",
    "leave_tool": "stop",
    **dict.fromkeys(("identity_cost", "identity_data", "identity_trust"), "ask_identity"),
}
"""What is said by an effect that has another name than its matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Whose turn it is, when, with which masked words; `is_public` when others read along.

    `is_about_other` when somebody else seems to be in danger, `is_starting` while the model loads;
    `heard` is what the model heard in the clauses of the text.
    """

    sender: str
    address: str
    text: str
    now: datetime
    is_public: bool = False
    is_about_other: bool = False
    is_starting: bool = False
    heard: tuple[HeardClause, ...] = ()

    @property
    def on(self) -> date:
        """The day, in Shanghai."""
        return self.now.astimezone(SHANGHAI).date()

    def request(self, talk: Conversation, arguments: Mapping[str, object]) -> TaskRequest:
        """A task's view of the turn."""
        return TaskRequest(
            sender=self.sender,
            address=self.address,
            text=self.text,
            now=self.now,
            conversation=talk,
            arguments=arguments,
            is_starting=self.is_starting,
            heard=self.heard,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """Turns effects into words, one after another, each with the conversation as it is then.

    `tasks` are what the dialogue may ask for, `deeds` what a button may. The name of a deed that
    takes an argument ends in "_". `homes` name by tool the topic that is asked about after it.
    """

    pages: Pages
    topics: TopicReplies
    choices: Choices
    tools: Mapping[str, Tool]
    known: KnownCase
    tasks: Mapping[str, Handler]
    deeds: Mapping[str, Handler]
    homes: Mapping[str, str] = field(default_factory=dict)

    async def compose(self, step: Step, situation: Situation) -> Said:
        """The reply to one message: what its effects say, in order, as one."""
        talk, parts = step.conversation, []
        for effect in step.effects:
            said = await self._say(effect, talk, situation)
            parts.append(self._about(said.reply, effect, said.conversation))
            talk = said.conversation
        if not parts:
            parts = [self.pages.utterance("not_understood")]
        if len(parts) > 1 and step.effects[-1].name == "ask":
            # The question that is open keeps its buttons together.
            parts = [*(replace(each, buttons=each.buttons[:1]) for each in parts[:-1]), parts[-1]]
        return Said(join(parts), talk)

    def _about(self, reply: Reply, effect: Effect, talk: Conversation) -> Reply:
        """What a reply is about, where its maker did not say: a task, a tool, a piece of talk."""
        if reply.about is not None or effect.kind is EffectKind.FOLLOW:
            return reply
        form = talk.form
        is_asking = effect.name == "ask" and form is not None
        own = _MATTERS.get(effect.name, effect.name)
        name = self.tools[form.tool].task if is_asking and form is not None else own
        aspect = effect.arguments.get("aspect")
        return replace(reply, about=Matter(name, None if aspect is None else str(aspect)))

    async def _say(self, effect: Effect, talk: Conversation, situation: Situation) -> Said:
        match effect.kind:
            case EffectKind.ANSWER if effect.name == DANGER_TOPIC:
                is_again = bool(effect.arguments.get("is_again"))
                danger = Danger(DangerLevel.STRONG, situation.is_about_other, is_again=is_again)
                return Said(self.pages.crisis(danger), talk.after_card())
            case EffectKind.ANSWER if situation.is_public:
                return Said(self.pages.brief(effect.name, situation.on), talk)
            case EffectKind.ANSWER:
                return self.topics.first(effect.name, talk, situation.on, effect.arguments)
            case EffectKind.LAYER:
                return self.topics.layer(effect.name, talk, situation.on, effect.arguments)
            case EffectKind.UTTERANCE:
                values = {name: str(value) for name, value in effect.arguments.items()}
                return Said(self.pages.utterance(effect.name, **values), talk)
            case EffectKind.FOLLOW:
                return await self._follow(effect.name, talk, situation)
            case EffectKind.TASK if effect.name == "begin":
                return await self._begin(effect.arguments, talk, situation)
        handler, talk = self.tasks[effect.name], self._at_home(effect, talk)
        return _whole(await handler(situation.request(talk, effect.arguments)), talk)

    def _at_home(self, effect: Effect, talk: Conversation) -> Conversation:
        """After a tool, its topic is in hand, unless that in hand leads to the tool itself."""
        tool = self.tools.get(str(effect.arguments.get("tool", "")))
        if tool is None or effect.name != tool.task or tool.id not in self.homes:
            return talk
        is_led_here = self.topics.leads_to(talk, tool.id)
        return talk if is_led_here else replace(talk, topic=self.homes[tool.id])

    async def _begin(
        self, arguments: Mapping[str, object], talk: Conversation, situation: Situation
    ) -> Said:
        """Begin a tool with all that is known, and go on from there."""
        tool, said = self.tools[str(arguments["tool"])], str(arguments.get("said", ""))
        told = self.known.answers_for(tool.id, talk, situation.on, said)
        given = arguments.get("told")
        told |= given if isinstance(given, dict) else {}
        step = begun(tool, told, talk, said)
        form = step.conversation.form
        if form is not None:
            opening = opening_of(form, talk)
            effects = tuple(
                Effect(each.kind, each.name, {**each.arguments, "opening": opening})
                for each in step.effects
            )
            step = Step(step.conversation, effects)
        return await self.compose(step, situation)

    async def _follow(self, chosen: str, talk: Conversation, situation: Situation) -> Said:
        choice = Choice.parse(chosen)
        if choice is None:
            return Said(self.pages.utterance("stale_button"), talk)
        if choice.verb is Verb.DEED:
            return await self._do(choice.target, talk, situation)
        return Said(await self.choices.follow(choice, situation.on), talk)

    async def _do(self, deed: str, talk: Conversation, situation: Situation) -> Said:
        """What a button asks for at once, by its name; what is no button of ours says so."""
        for name, handler in self.deeds.items():
            if deed == name or (name.endswith("_") and deed.startswith(name)):
                request = situation.request(talk, {"argument": deed.removeprefix(name)})
                try:
                    return _whole(await handler(request), talk)
                except (KeyError, ValueError, OverflowError):
                    break  # No button of ours says this.
        return Said(self.pages.utterance("stale_button"), talk)


def _whole(said: Reply | Said, talk: Conversation) -> Said:
    return said if isinstance(said, Said) else Said(said, talk)


def join(parts: Sequence[Reply]) -> Reply:
    """Several replies as one: the words in order, the newest buttons on top."""
    about = next((part.about for part in parts if part.about is not None), None)
    return Reply(
        blocks=tuple(block for part in parts for block in part.blocks),
        buttons=_without_repeats(tuple(row for part in reversed(parts) for row in part.buttons)),
        documents=tuple(document for part in parts for document in part.documents),
        in_place=len(parts) == 1 and parts[0].in_place,
        about=about,
    )


def _without_repeats(rows: Rows) -> Rows:
    """Each button once: the newest on top, but the way to the menu at the end."""
    newest = _once(rows, lambda button: button.choice.verb is not Verb.MENU)
    return _once(newest[::-1], lambda button: button.choice.verb is Verb.MENU)[::-1]


def _once(rows: Rows, is_meant: Callable[[Button], bool]) -> Rows:
    """The rows without a button that is meant and stood in a row before."""
    shown: set[Button] = set()
    kept = []
    for row in rows:
        fresh = tuple(each for each in row if each not in shown or not is_meant(each))
        shown |= set(row)
        if fresh:
            kept.append(fresh)
    return tuple(kept)
