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
    """The products and kinds of lender that a rule is for; empty means all.

    Where the story does not say, the rule is shown with `unless_known`, or left out when that
    is None.
    """

    products: tuple[str, ...] = ()
    lenders: tuple[str, ...] = ()
    unless_known: str | None = None


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
    """What a call check says besides its rules; `labels` are words for facts, by their values."""

    clean: str
    unclear: str
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
