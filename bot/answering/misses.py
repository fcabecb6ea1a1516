"""Which messages went wrong, told to whoever keeps them for the advocates. It answers nobody."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.answering.call_check import CallChecker
from bot.answering.composer import Situation
from bot.answering.tasks.told_story import MORE, is_wrong, unheard_in, whole_story
from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import Conversation
from bot.concepts.missed import LONGEST, OUT_OF_SCOPE, Missed, MissKind
from bot.dialogue.step import Effect, EffectKind, Heard, Step
from bot.safety.masking import mask_personal_data

NoteMissed = Callable[[Missed], Awaitable[None]]

_SENTENCE_ENDS = re.compile(r"[，。！？；,!?;\n]+")
_ANSWERS = (EffectKind.ANSWER, EffectKind.LAYER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Misses:
    """Looks at each turn, and notes what was refused, not understood, marked 没用 or put right."""

    note: NoteMissed
    checker: CallChecker

    async def look(
        self, heard: Heard, before: Conversation, step: Step, situation: Situation
    ) -> None:
        """Note what a step shows to have gone wrong; StorageError when it cannot be kept."""
        for effect in step.effects:
            found = _of_effect(effect, before, heard)
            if found is not None:
                kind, text, guesses = found
                await self._keep(kind, text, guesses, situation)

    async def corrected(
        self, before: Conversation, after: Conversation, situation: Situation
    ) -> None:
        """Note what of a checked story was put right by this turn."""
        for name, text in self._put_right(before.story, after.story, situation):
            await self._keep(MissKind.CORRECTED, text, (name,), situation)

    def _put_right(
        self, before: Mapping[str, str], after: Mapping[str, str], situation: Situation
    ) -> Iterator[tuple[str, str]]:
        """What was not so, each with the words of the story in which it was heard."""
        if not before.get("story") or before.get("story") != after.get("story"):
            return
        for name in sorted(unheard_in(after) - unheard_in(before)):
            yield name, self._where_heard(name, whole_story(before), situation) or situation.text
        if is_wrong(after) and before.get(MORE) != after.get(MORE):
            yield "told_anew", situation.text

    def _where_heard(self, name: str, story: str, situation: Situation) -> str:
        """The part of a story that tells something; nothing where no part does alone."""
        parts = filter(None, _SENTENCE_ENDS.split(story))
        return next((each for each in parts if self._tells(each, name, situation)), "")

    def _tells(self, part: str, name: str, situation: Situation) -> bool:
        return name in self.checker.read(part, situation.on).told

    async def _keep(
        self, kind: MissKind, text: str, guesses: tuple[str, ...], situation: Situation
    ) -> None:
        masked = " ".join(mask_personal_data(text).split())[:LONGEST]
        if masked:
            await self.note(
                Missed(
                    sender=situation.sender,
                    kind=kind,
                    text=masked,
                    guesses=guesses,
                    on=situation.on,
                )
            )


def with_question(talk: Conversation, step: Step, heard: Heard) -> Conversation:
    """The talk with the words that its last answer was asked with, for who marks it 没用."""
    if not any(each.kind in _ANSWERS for each in step.effects) or heard.is_public:
        return talk
    if heard.choice is None:
        return replace(talk, question=mask_personal_data(heard.text)[:LONGEST])
    return talk if heard.choice.verb is Verb.LAYER else replace(talk, question="")


def _of_effect(
    effect: Effect, before: Conversation, heard: Heard
) -> tuple[MissKind, str, tuple[str, ...]] | None:
    """What went wrong, in which words, and what was offered; None where nothing did."""
    given = effect.arguments.get("topics")
    topics = tuple(map(str, given)) if isinstance(given, list) else ()
    match effect.kind, effect.name:
        case EffectKind.UTTERANCE, name if name == OUT_OF_SCOPE:
            return MissKind.REFUSED, heard.text, ()
        case EffectKind.TASK, "ask_back":
            kind = MissKind.ASKED_BACK if topics else MissKind.NOT_UNDERSTOOD
            return kind, heard.text, topics
        case EffectKind.TASK, "give_up":
            return MissKind.NOT_UNDERSTOOD, heard.text, topics
        case EffectKind.FOLLOW, name:
            return _of_mark(Choice.parse(name), before)
    return None


def _of_mark(
    choice: Choice | None, before: Conversation
) -> tuple[MissKind, str, tuple[str, ...]] | None:
    """The question behind an answer that was marked 没用, where it was asked in words."""
    if choice is None or choice.verb is not Verb.USELESS or choice.target != before.topic:
        return None
    return (MissKind.USELESS, before.question, (choice.target,)) if before.question else None
