"""All that one person's talk has left behind: one frozen value, read and written once a turn."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from bot.concepts.case import Case

SUMMARY = "summary"
"""Stands in `asking` while all answers are shown for correction."""

STORY_TOOL = "check_call"
"""The tool to which a story is told."""

ADVICE = "next_step"
"""Under this name the steps that were told are kept among the layers shown."""

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """How far a tool is filled in. A skipped question has the answer "".

    `is_review` while answers are corrected after all were given once; `is_open` until the tool
    is finished or left. `doubted` is the question whose answer was asked back, `candidate` what a
    yes would mean.
    """

    tool: str
    answers: Mapping[str, str]
    asking: str = SUMMARY
    is_review: bool = False
    is_open: bool = True
    doubted: str = ""
    candidate: str = ""

    @property
    def is_half_filled(self) -> bool:
        """Whether it was begun, and not all of it was answered."""
        return bool(self.tool and any(self.answers.values())) and self.asking != SUMMARY


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What was said, asked, offered and told, so that the next message is understood.

    `topic` is the matter in hand and `shown` the layers that were said of it and others, as
    topic__layer. `asked` is the fact of the case that the last reply asked for. `offered` are the
    labels and choices of the buttons below it. `draft` is the tool that is being filled in or was
    finished last, `aside` the answers of tools that were left for others, the latest last; `story`
    the story that was checked, with what was taken back of it, and `record` the facts of the
    contact noted last; `paper` what was received and is talked about.
    `misses` counts messages in a row that were not understood, and `unclear`
    holds the topics that were offered for the last of them. `waiting` are questions that could
    not be understood yet, `question` the words that the last answer was asked with, if any were.
    `is_after_card` after a card for danger, `is_in_danger` after that for strong danger, until it
    is taken back, somebody is there, or another matter is meant.
    """

    topic: str | None = None
    shown: tuple[str, ...] = ()
    asked: str | None = None
    offered: tuple[tuple[str, str], ...] = ()
    draft: Draft | None = None
    aside: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    story: Mapping[str, str] = _NOTHING
    record: Mapping[str, str] = _NOTHING
    paper: Mapping[str, str] = _NOTHING
    case: Case = field(default_factory=Case)
    misses: int = 0
    unclear: tuple[str, ...] = ()
    waiting: str = ""
    question: str = ""
    is_plain: bool = False
    is_traditional: bool = False
    is_after_card: bool = False
    is_in_danger: bool = False

    @property
    def form(self) -> Draft | None:
        """The tool that is being filled in now."""
        return self.draft if self.draft is not None and self.draft.is_open else None

    @property
    def is_story_in_hand(self) -> bool:
        """A story was checked last, and nothing else was begun since."""
        draft = self.draft
        is_last = draft is not None and draft.tool == STORY_TOOL and not draft.is_open
        return is_last and bool(self.story.get("story"))

    @property
    def was_advised_last(self) -> bool:
        """The next steps were said last, and no layer of a topic since."""
        return bool(self.shown) and self.shown[-1].startswith(f"{ADVICE}__")

    def with_draft(self, draft: Draft) -> "Conversation":
        """With this in the place of the former draft, which is put aside when half filled."""
        return replace(self, draft=draft, aside=self._aside_for(draft.tool))

    def finished(self, tool: str, *, is_story_closed: bool = False) -> "Conversation":
        """Without what was filled in of a tool, and without the story when that is closed."""
        is_other = self.draft is not None and self.draft.tool != tool
        return replace(
            self,
            draft=self.draft if is_other else None,
            aside={name: told for name, told in self.aside.items() if name != tool},
            story=_NOTHING if is_story_closed else self.story,
        )

    def left(self) -> "Conversation":
        """With the form closed; what was answered stays."""
        return (
            self if self.draft is None else replace(self, draft=replace(self.draft, is_open=False))
        )

    def taking_up(self, words: str) -> "Conversation":
        """With these words in hand: what waits besides goes on waiting."""
        in_hand = words.splitlines()
        left = [line for line in self.waiting.splitlines() if line not in in_hand]
        return replace(self, waiting="\n".join(left))

    def is_waiting_with(self, words: str) -> bool:
        """Whether these words are among what waits."""
        return bool(words.strip()) and self.taking_up(words) != self

    def after_card(self) -> "Conversation":
        """The card for strong danger was shown last; what was talked about before stays."""
        return replace(self, is_after_card=True, is_in_danger=True, misses=0)

    def calmed(self) -> "Conversation":
        """What made a card be shown is over."""
        return replace(self, is_after_card=False, is_in_danger=False)

    def having_shown(self, topic: str, layer: str) -> "Conversation":
        """Remembers that a layer was said."""
        name = f"{topic}__{layer}"
        shown = (*(each for each in self.shown if each != name), name)
        return replace(self, topic=topic, shown=shown[-_SHOWN_AT_MOST:])

    def has_shown(self, topic: str, layer: str) -> bool:
        """Whether a layer was said before."""
        return f"{topic}__{layer}" in self.shown

    def rested(self) -> "Conversation":
        """After a long silence: the talk is over, what was told and filled in is kept."""
        return Conversation(
            draft=self.draft,
            aside=self.aside,
            story=self.story,
            record=self.record,
            case=self.case,
            is_plain=self.is_plain,
            is_traditional=self.is_traditional,
        )

    def _aside_for(self, tool: str) -> Mapping[str, Mapping[str, str]]:
        aside = {name: told for name, told in self.aside.items() if name != tool}
        former = self.draft
        if former is not None and former.tool != tool and former.is_half_filled:
            aside |= {former.tool: former.answers}
        return aside


_SHOWN_AT_MOST = 200
