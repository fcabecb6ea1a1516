"""The knowledge base as frozen things: laws, figures, answers, talk, tasks, cards, words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.concepts.citation import ArticleId, Binding, Verification
from bot.concepts.danger import DangerPatterns
from bot.concepts.passages import Passages
from bot.concepts.reply import Block
from bot.knowledge.part_names import PartNames
from bot.knowledge.standing import StandingSentences

GRACE = timedelta(days=30)
"""How long a fact may stand unreviewed before `zhiquan check` fails."""


@dataclass(frozen=True, slots=True)
class Review:
    """When a fact was last compared with its sources, and when that must happen again."""

    reviewed_on: date
    review_by: date

    def is_due(self, on: date) -> bool:
        """Past its day: shown with a warning."""
        return on > self.review_by

    def is_late(self, on: date) -> bool:
        """Past its day by more than GRACE: the check fails."""
        return on > self.review_by + GRACE


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something that laws are compared with. `reaches` is the last day that it covers.

    `is_many` when the name stands for several independent places.
    """

    id: str
    says: str
    reaches: date | None
    is_many: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """When a law was last compared, with which sources, and by when that is due again."""

    compared_on: date
    sources: tuple[str, ...]
    again_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A cited part of a law. `text` is verbatim and there only when it may be quoted.

    `sources` are those that it was compared with.
    """

    id: ArticleId
    plain: str
    verified: Verification
    text: str | None
    note: str | None
    sources: tuple[str, ...]

    @property
    def is_quotable(self) -> bool:
        """Verified to the letter, so that its text may stand in quotation marks."""
        return self.text is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A legal text of any rank. `in_force_from` is the day it took effect.

    `revision` says what is known of a change under way.
    """

    id: str
    title: str
    short_title: str
    issuer: str
    document_no: str
    in_force_from: date
    status: str
    binding: Binding
    compared: Comparison
    revision: str | None
    articles: Mapping[str, Article]


@dataclass(frozen=True, slots=True)
class FigureValue:
    """A value, the day from which it holds, and the article that sets it."""

    since: date
    value: str
    source: ArticleId


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A dated number, like an OpenFisca parameter: a history, oldest first."""

    id: str
    description: str
    history: tuple[FigureValue, ...]
    review: Review

    def value_on(self, day: date) -> FigureValue | None:
        """The value in force on that day; None before the first."""
        in_force = [entry for entry in self.history if entry.since <= day]
        return in_force[-1] if in_force else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What people ask next about a topic: of which aspect, in which words, and the answer.

    `leads` are the ways of asking that belong to another topic or task, by its id.
    """

    aspect: str
    asks: tuple[str, ...]
    says: Passages
    leads: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The page that answers a topic, by sections, with marks like [[law#article]] still in it.

    `letter` is the letter that is written in this matter, `letter_at` another one for a paper in
    hand or a stage; `deadline` the kind of day that is reckoned, `related` are topics and tasks.
    """

    id: str
    title: str
    button: str
    laws: tuple[ArticleId, ...]
    related: tuple[str, ...]
    letter: str | None
    letter_at: Mapping[str, str]
    deadline: str | None
    review: Review
    short: Passages
    steps: Passages
    sayings: Passages
    cautions: Passages
    follow_ups: tuple[FollowUp, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Something to say with what may follow: talk, an utterance, a crisis card.

    `deeds` are things that the bot does at once when their button is tapped.
    """

    id: str
    title: str
    says: tuple[Block, ...]
    next: tuple[str, ...]
    examples: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do: `is_tool` when it asks questions first, otherwise it is done at once."""

    id: str
    title: str
    is_tool: bool
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A hotline or office: what it is for, what not, when it answers."""

    id: str
    name: str
    number: str | None
    where: str | None
    purpose: str
    not_for: str
    hours: str | None
    caution: str | None
    checked_on: date
    review_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisWords:
    """What danger sounds like, and the cards that are shown."""

    patterns: DangerPatterns
    cards: Mapping[str, Page]


@dataclass(frozen=True, slots=True)
class Group:
    """A page of the menu: some topics under one title."""

    id: str
    title: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EnglishCard:
    """What somebody who writes English is told where the words fit."""

    words: re.Pattern[str]
    says: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Something never to be said, and why."""

    pattern: re.Pattern[str]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeBase:
    """All of knowledge/, by id. `texts` holds each file as written, for checks by line."""

    laws: Mapping[str, Law]
    sources: Mapping[str, Source]
    figures: Mapping[str, Figure]
    answers: Mapping[str, Answer]
    talk: Mapping[str, Page]
    tasks: Mapping[str, Task]
    utterances: Mapping[str, Page]
    labels: Mapping[str, str]
    contacts: Mapping[str, Contact]
    crisis: CrisisWords
    menu: tuple[Group, ...]
    differences: Mapping[str, str]
    parts: PartNames
    standing: StandingSentences
    english: tuple[EnglishCard, ...]
    forbidden: tuple[Forbidden, ...]
    texts: Mapping[str, str]

    @property
    def topic_files(self) -> frozenset[str]:
        """The ids of all topic files, also of those that could not be read."""
        return frozenset(file[7:-3] for file in self.texts if file.startswith("topics/"))

    @property
    def matters(self) -> frozenset[str]:
        """Whatever a link may lead to: every topic file, task and piece of talk."""
        return self.topic_files | {*self.tasks, *self.talk}

    def has_matter(self, name: str) -> bool:
        """Whether a link may lead there.

        True as long as tasks and talk cannot be read: that is told once, and not at every link.
        """
        if not (self.tasks and self.talk) or name in self.tasks or name in self.talk:
            return True
        return f"topics/{name}.md" in self.texts

    def has_contact(self, name: str) -> bool:
        """Whether there is a hotline of this id or number; True while they cannot be read."""
        known = self.contacts
        return not known or name in known or any(each.number == name for each in known.values())

    def has_figure(self, name: str) -> bool:
        """Whether there is a file for this figure, readable or not."""
        return name in self.figures or f"figures/{name}.yml" in self.texts

    def rests_on_one(self, article: Article) -> bool:
        """Whether only a single place was seen that has these words."""
        return len(article.sources) == 1 and not self.sources[article.sources[0]].is_many

    def article(self, article_id: ArticleId) -> Article:
        """The cited article; KeyError when the checks were not run."""
        return self.laws[article_id.law_id].articles[article_id.article]

    def button_label(self, matter_id: str) -> str:
        """What a button to this topic, talk or task says; KeyError when there is none."""
        if matter_id in self.answers:
            return self.answers[matter_id].button
        return (self.tasks.get(matter_id) or self.talk[matter_id]).title

    def examples(self) -> Mapping[str, tuple[str, ...]]:
        """How people ask, by topic, talk and task."""
        matters = (self.answers, self.talk, self.tasks)
        return {name: each.examples for group in matters for name, each in group.items()}
