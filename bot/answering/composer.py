"""Puts the effects of a turn into one reply; tasks have handlers, found by name."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.answering.pages import Pages
from bot.concepts.choice import Verb
from bot.concepts.clock import SHANGHAI
from bot.concepts.danger import DANGER_TOPIC, Danger, DangerLevel
from bot.concepts.reply import Button, Reply
from bot.concepts.turn import Effect, EffectKind, Turn

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRequest:
    """What a task's handler is given.

    `sender` is a pseudonym, `address` where a reminder would be sent, `text` is masked.
    """

    sender: str
    address: str
    text: str
    now: datetime
    arguments: Mapping[str, object]

    @property
    def on(self) -> date:
        """The day, in Shanghai."""
        return self.now.astimezone(SHANGHAI).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Whose turn it is, when, with which masked words; `is_public` when others read along.

    `danger` is what the words of danger showed, `is_about_other` whether somebody else is meant.
    """

    sender: str
    address: str
    text: str
    now: datetime
    is_public: bool
    danger: Danger | None = None
    is_about_other: bool = False

    @property
    def on(self) -> date:
        """The day, in Shanghai."""
        return self.now.astimezone(SHANGHAI).date()

    def request(self, arguments: Mapping[str, object]) -> TaskRequest:
        """A task's view of the turn."""
        return TaskRequest(
            sender=self.sender,
            address=self.address,
            text=self.text,
            now=self.now,
            arguments=arguments,
        )


TaskHandler = Callable[[TaskRequest], Awaitable[Reply]]


class Composer:
    """Turns effects into words."""

    def __init__(
        self,
        pages: Pages,
        tasks: Mapping[str, TaskHandler],
        deeds: Mapping[str, TaskHandler] | None = None,
    ) -> None:
        """`tasks` are what Rasa may ask for, `deeds` what a button may.

        The name of a deed that takes an argument ends in "_".
        """
        self._pages = pages
        self._tasks = tasks
        self._deeds = deeds or {}

    async def compose(self, turn: Turn, situation: Situation) -> Reply:
        """The reply to one message: what its effects say, in order, as one."""
        parts = [await self._say(effect, situation) for effect in turn.effects]
        if turn.understanding.danger.level is DangerLevel.WEAK and situation.danger is None:
            parts.insert(0, self._crisis(DangerLevel.WEAK, situation))
        return join(parts) if parts else self._pages.utterance("not_understood")

    async def _say(self, effect: Effect, situation: Situation) -> Reply:
        match effect.kind:
            case EffectKind.ANSWER if effect.name == DANGER_TOPIC:
                return self._crisis(DangerLevel.STRONG, situation)
            case EffectKind.ANSWER if situation.is_public:
                return self._pages.brief(effect.name, situation.on)
            case EffectKind.ANSWER:
                return self._pages.answer(effect.name, situation.on)
            case EffectKind.UTTERANCE:
                return self._pages.utterance(effect.name)
            case EffectKind.TASK:
                return await self._tasks[effect.name](situation.request(effect.arguments))

    def _crisis(self, level: DangerLevel, situation: Situation) -> Reply:
        return self._pages.crisis(Danger(level, situation.is_about_other))

    async def do(self, deed: str, situation: Situation) -> Reply:
        """What a button asks for at once, by its name; what is no button of ours says so."""
        for name, handler in self._deeds.items():
            if deed == name or (name.endswith("_") and deed.startswith(name)):
                request = situation.request({"argument": deed.removeprefix(name)})
                try:
                    return await handler(request)
                except (KeyError, ValueError, OverflowError):
                    break  # No button of ours says this.
        return self._pages.utterance("stale_button")


def join(parts: Sequence[Reply]) -> Reply:
    """Several replies as one: the words in order, the newest buttons on top."""
    return Reply(
        blocks=tuple(block for part in parts for block in part.blocks),
        buttons=_without_repeats(tuple(row for part in reversed(parts) for row in part.buttons)),
        documents=tuple(document for part in parts for document in part.documents),
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
