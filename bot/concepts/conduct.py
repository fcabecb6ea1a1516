"""What a collector must not do, as data: conditions on facts, a source, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.concepts.citation import ArticleId


@dataclass(frozen=True, slots=True, kw_only=True)
class CountCondition:
    """At least `at_least` a day or week; or more than the figure of this id says."""

    at_least: int | None = None
    more_than: str | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """All that is given must hold; of a list of values one is enough."""

    acts: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    contacted: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    writer: tuple[str, ...] = ()
    night: bool | None = None
    urgent: bool | None = None
    count: CountCondition | None = None
    all_of: tuple["Condition", ...] = ()
    any_of: tuple["Condition", ...] = ()
    none_of: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a rule is for; nothing given means everything.

    It surely applies to `products`, and to `lenders` when no product is told. For products in
    `perhaps`, or when neither is told, it depends, and `depends` says on what; without `depends`
    the rule is then left out.
    """

    products: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    lenders: tuple[str, ...] = ()
    depends: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConductRule:
    """One conduct under one article. `weight` orders the rules and next steps, danger first."""

    id: str
    title: str
    source: ArticleId
    weight: int
    when: Condition
    scope: Scope
    because: str
    missing: tuple[str, ...]
    evidence: tuple[str, ...]
    next: tuple[str, ...]
    reviewed_on: date
    review_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckWords:
    """What a call check says besides its rules; `labels` are words for facts, by their values.

    `asks` has the question that decides, by what may yet be improper (bot.facts.hearing).
    """

    clean: str
    unclear: str
    asks: Mapping[str, str]
    urgent: str
    touched: str
    evidence: tuple[str, ...]
    next_clean: tuple[str, ...]
    next_urgent: tuple[str, ...]
    next_always: tuple[str, ...]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """knowledge/conduct/ as a whole, by rule id."""

    rules: Mapping[str, ConductRule]
    words: CheckWords
