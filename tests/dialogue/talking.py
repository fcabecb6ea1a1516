"""One person at the dialogue: what they say and tap, and what it comes to."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.concepts.choice import Choice
from bot.concepts.clock import SHANGHAI
from bot.concepts.conversation import Conversation, Draft
from bot.concepts.understanding import Candidate, Understanding
from bot.dialogue.step import Effect, Heard
from bot.dialogue.talk import Dialogue
from tests.answering.tasks.desk import real_book

NOON = datetime(2026, 11, 23, 12, tzinfo=SHANGHAI)
_DIALOGUES: list[Dialogue] = []


def real_dialogue() -> Dialogue:
    """The dialogue over the knowledge base of this repository, built once."""
    if not _DIALOGUES:
        _DIALOGUES.append(Dialogue(real_book()))
    return _DIALOGUES[0]


def meaning(topic: str, confidence: float = 0.95, **more: object) -> Understanding:
    """What a model makes of a message; surely meant, unless told otherwise."""
    told = {
        "topic": topic,
        "confidence": confidence,
        "accepted": True,
        "ranking": (Candidate(topic, confidence),),
        "matters": (topic,),
        **more,
    }
    return Understanding(**told)  # type: ignore[arg-type]


def unclear(*ranking: tuple[str, float]) -> Understanding:
    """A message that was not understood; the best guesses, if any."""
    best = ranking[0] if ranking else ("out_of_scope", 0.0)
    candidates = tuple(Candidate(topic, confidence) for topic, confidence in ranking)
    return meaning(best[0], best[1], accepted=False, ranking=candidates)


def next_of(aspect: str, confidence: float = 0.9, **more: object) -> Understanding:
    """A message that mostly sounds like asking for one side of the matter in hand."""
    return meaning(
        "out_of_scope", 0.3, accepted=False, aspect=aspect, aspect_confidence=confidence, **more
    )


@dataclass
class Talker:
    """Says and taps; the conversation goes on from one message to the next."""

    talk: Conversation = field(default_factory=Conversation)
    is_public: bool = False

    def says(self, text: str, meant: Understanding | None = None) -> tuple[Effect, ...]:
        """What is to be said or done after a message."""
        heard = Heard(text=text, now=NOON, meaning=meant, is_public=self.is_public)
        return self._next(heard)

    def edits(self, text: str) -> tuple[Effect, ...]:
        """What is to be said or done after what was said last was changed to this."""
        return self._next(Heard(text=text, now=NOON, is_edit=True))

    def taps(self, choice: str) -> tuple[Effect, ...]:
        """What is to be said or done after a tap."""
        return self._next(Heard(text="", now=NOON, choice=Choice.parse(choice)))

    @property
    def form(self) -> Draft:
        """The tool that is being filled in."""
        form = self.talk.form
        assert form is not None
        return form

    @property
    def draft(self) -> Draft:
        """The tool that is being filled in or was finished last."""
        assert self.talk.draft is not None
        return self.talk.draft

    def _next(self, heard: Heard) -> tuple[Effect, ...]:
        step = real_dialogue().next(heard, self.talk)
        self.talk = step.conversation
        return step.effects


def filling(tool: str, asking: str, **answers: str) -> Talker:
    """Somebody at a question of a tool."""
    draft = Draft(tool=tool, answers=answers, asking=asking)
    return Talker(Conversation(draft=draft))


def names(effects: tuple[Effect, ...]) -> list[str]:
    """What is said or done, by name."""
    return [effect.name for effect in effects]
