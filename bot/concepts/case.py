"""What a person told about their situation, in the names and values of the topics list.

Facts only: nothing here knows a word of Chinese, and nothing judges.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from operator import eq
from types import MappingProxyType
from typing import Any

from bot.concepts import stored_values
from bot.concepts.case_papers import PAPERS, SAME_PAPER, may_be

PRODUCTS = ("credit_card", "bank_loan", "consumer_finance", "online_loan", "small_loan",
            "car_loan", "mortgage", "private", "unknown")  # fmt: skip
STAGES = ("current", "overdue", "collection", "lawyer_letter", "mediation", "sued", "judgment",
          "enforcement")  # fmt: skip
"""In the order in which they follow each other."""
ROLES = ("debtor", "relative", "contact", "guarantor", "not_debtor", "employer")
DEEDS = ("complained", "written", "answered", "agreed", "paid", "reported")
EVENTS = ("danger", "money_leaving", "asked_to_sign", "car_taken", "account_frozen", "income_lost",
          "illness", "death", "divorce")  # fmt: skip
FACTS = ("product", "lenders", "amount", "overdue_months", "monthly_ability", "income", "stage",
         "role", "region", "debts", "paper", "served_on", "surplus", "done",
         "events")  # fmt: skip
ALL, FURTHER = "all", "further"
_OTHERS = ("relative", "contact", "not_debtor")
_OF_DEBT = (*FACTS[:4], "stage", "debts", "paper", "served_on")
_Same = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something the person has done already; `on` is None where no day was told."""

    kind: str
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The facts of a case; None or an empty tuple where nothing was said.

    Sums are in yuan, at least; `monthly_ability`, `income` and `surplus` a month. `lenders` are
    as written; `shares` are the sums of those of whom one was told, parts of `amount`.
    `sources` holds, by fact, the words from which it was read. `covers` says of one
    message's `amount` whether it is that of all debts (ALL) or of one more (FURTHER), and
    `same_lender` tells whether two names are of one, `court_froze` that a court froze an account:
    behind a judgment that is enforcement, `is_second_paper` that one more paper came, `is_own`
    that the debt is plainly one of their own. These five are not stored.
    """

    product: str | None = None
    lenders: tuple[str, ...] = ()
    amount: int | None = None
    overdue_months: float | None = None
    monthly_ability: int | None = None
    income: int | None = None
    stage: str | None = None
    role: str | None = None
    region: str | None = None
    debts: int | None = None
    paper: str | None = None
    served_on: date | None = None
    surplus: int | None = None
    done: tuple[Deed, ...] = ()
    events: tuple[str, ...] = ()
    shares: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict, compare=False)
    covers: str | None = field(default=None, compare=False)
    court_froze: bool = field(default=False, compare=False)
    is_second_paper: bool = field(default=False, compare=False)
    is_own: bool = field(default=False, compare=False)
    same_lender: _Same = field(default=eq, compare=False, repr=False)

    @property
    def told(self) -> tuple[str, ...]:
        """The names of the facts of which something was said."""
        return tuple(name for name in FACTS if getattr(self, name) not in (None, ()))

    def has_come_to(self, stage: str) -> bool:
        """Whether the case is as far as this stage, or farther."""
        return self.stage is not None and STAGES.index(self.stage) >= STAGES.index(stage)

    def updated(self, newer: "Case") -> "Case":
        """What was told later counts. Lenders, deeds and events are added; a stage only moves on.

        A debt of another lender is added unless `newer` tells of all. Who was told to be no
        debtor stays so, for people go on telling of the debt as if it were theirs, until they
        tell of one of their own, which is another; `read_correction` mends both.
        """
        if newer.is_own and self.role in _OTHERS and (newer.lenders or newer.amount):
            return replace(self.without("role", *_OF_DEBT), role="debtor").updated(newer)
        changed: dict[str, Any] = {name: getattr(newer, name) for name in newer.told}
        if (amount := self._amount_told_again(newer)) is not None:
            changed["amount"] = amount
        elif self._is_further(newer):
            changed |= self._added_up(newer)
        if newer.lenders:
            changed["lenders"] = _joined(self.lenders, newer.lenders, newer.same_lender)
        changed["shares"] = self._shares_of(newer, changed.get("lenders", self.lenders))
        if newer.stage and newer.stage != self.stage and self.has_come_to(newer.stage):
            del changed["stage"]
        if newer.court_froze and changed.get("stage", self.stage) == "judgment":
            changed["stage"] = "enforcement"
        if newer.role == "debtor" and self.role:
            del changed["role"]
        if self._is_told_by_less(newer):
            del changed["paper"]
        elif self._is_another_paper(newer) and newer.served_on is None:
            changed["served_on"] = None
        changed["done"] = in_order(self.done + newer.done)
        changed["events"] = tuple(each for each in EVENTS if each in self.events + newer.events)
        sources = {name: text for name, text in newer.sources.items() if name in changed}
        return replace(self, **changed, sources={**self.sources, **sources}, covers=None)

    def without(self, *facts: str) -> "Case":
        """But for these: a fact by its name, or one of several as lenders:招行, events:death."""
        left: dict[str, object] = {}
        empty = Case()
        for each in facts:
            name, _, single = each.partition(":")
            if name not in FACTS:
                continue
            if not single:
                left[name] = getattr(empty, name)
                continue
            several = left.get(name, getattr(self, name))
            if isinstance(several, tuple):
                left[name] = tuple(one for one in several if _key(one) != single)
        case = replace(self, **left)  # type: ignore[arg-type]
        of_known = case.amount is not None
        shares = {name: value for name, value in self.shares.items() if name in case.lenders}
        case = replace(case, shares=shares if of_known else {})
        kept = {name: text for name, text in case.sources.items() if name in case.told}
        return replace(case, sources=kept)

    def as_stored(self) -> dict[str, object]:
        """Plain JSON of what was told, for a store."""
        stored: dict[str, object] = {name: _plain(getattr(self, name)) for name in self.told}
        if self.shares:
            stored["shares"] = dict(self.shares)
        if self.sources:
            stored["sources"] = dict(self.sources)
        return stored

    def as_json(self) -> dict[str, object]:
        """Plain values under the names of "Facts of a case", null where nothing was said."""
        values = {name: _plain(getattr(self, name)) for name in FACTS}
        lenders, events = values.pop("lenders"), values.pop("events")
        lender = self.lenders[0] if len(self.lenders) == 1 else lenders or None
        return {**values, "lender": lender, "event": events}

    @classmethod
    def of_stored(cls, stored: Mapping[str, object]) -> "Case":
        """The case that was stored; keys that are not known and broken values are dropped."""
        read = {name: _READERS[name](stored[name]) for name in FACTS if name in stored}
        kept = {name: value for name, value in read.items() if value is not None}
        words = stored.get("sources")
        sources = {
            name: text
            for name, text in (words.items() if isinstance(words, Mapping) else ())
            if name in kept and isinstance(text, str)
        }
        shares = stored_values.sums(stored.get("shares"))
        return cls(**kept, shares=shares, sources=sources)  # type: ignore[arg-type]

    def _is_another_paper(self, newer: "Case") -> bool:
        """A paper is told that is not the one in hand, nor says which that one is."""
        if newer.is_second_paper:
            return True
        if newer.paper is None or newer.paper == self.paper:
            return False
        return not (newer.paper in may_be(self.paper) and self.paper in SAME_PAPER)

    def _is_told_by_less(self, newer: "Case") -> bool:
        """The paper in hand is named by a wider name; one of another day is another paper."""
        is_same_day = newer.served_on is None or self.served_on in (None, newer.served_on)
        is_wider = self.paper in may_be(newer.paper)
        return is_wider and is_same_day and not newer.is_second_paper

    def _is_further(self, newer: "Case") -> bool:
        """The newer message tells of one more debt, not of the same again and not of all."""
        if newer.covers == ALL or (newer.amount is None and newer.debts is None):
            return False
        if self.lenders and newer.lenders:
            same = newer.same_lender
            return not any(same(one, other) for one in self.lenders for other in newer.lenders)
        is_same = newer.product is not None and newer.product == self.product
        return newer.covers == FURTHER and not is_same

    def _amount_told_again(self, newer: "Case") -> int | None:
        """What is owed in all, where the sum of lenders takes the place of an old one."""
        if newer.covers == ALL or not newer.shares or self.amount is None:
            return None
        amount, same = self.amount, newer.same_lender
        for name, value in newer.shares.items():
            known = next((each for each in self.shares if same(each, name)), None)
            more = self._owed_besides(name, value, same) if known is None else 0
            if more is None:
                return None
            amount += more if known is None else value - self.shares[known]
        return amount

    def _owed_besides(self, name: str, value: int, same: _Same) -> int | None:
        """What the first sum of a lender told before adds to the amount; None if unsure."""
        if not any(same(each, name) for each in self.lenders) or self.amount is None:
            return None
        if sum(self.shares.values()) == self.amount:
            return value
        is_of_several = len(self.lenders) > 1 and not self.shares and value <= self.amount
        return 0 if is_of_several else None

    def _shares_of(self, newer: "Case", lenders: tuple[str, ...]) -> dict[str, int]:
        """The sums that were told last, under the names of the lenders as they are now."""
        told = [*self.shares.items(), *newer.shares.items()]
        same = newer.same_lender
        return {
            lender: value
            for lender in lenders
            for name, value in told
            if name == lender or same(name, lender)
        }

    def _added_up(self, newer: "Case") -> dict[str, object]:
        """The sums with one more debt; the product stays that of the debt told first."""
        added: dict[str, object] = {}
        if self.amount is not None and newer.amount is not None:
            added["amount"] = self.amount + newer.amount
        if self.debts is not None and newer.debts is not None:
            added["debts"] = self.debts + newer.debts
        if self.product is not None:
            added["product"] = self.product
        if self.overdue_months is not None:
            added["overdue_months"] = max(self.overdue_months, newer.overdue_months or 0)
        return added


def _joined(old: tuple[str, ...], new: tuple[str, ...], same: _Same) -> tuple[str, ...]:
    """All of them, each once, as written last."""
    kept = [next((name for name in new if same(each, name)), each) for each in old]
    return tuple(dict.fromkeys((*kept, *new)))


def in_order(deeds: Iterable[Deed]) -> tuple[Deed, ...]:
    """By day, each once; one without a day gives way to the same one with a day."""
    every = dict.fromkeys(deeds)
    dated = {deed.kind for deed in every if deed.on}
    kept = [deed for deed in every if deed.on or deed.kind not in dated]
    return tuple(sorted(kept, key=lambda deed: (deed.on or date.min, DEEDS.index(deed.kind))))


def _key(value: object) -> str:
    return value.kind if isinstance(value, Deed) else str(value)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Deed):
        return {"kind": value.kind, "on": _plain(value.on)}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _events(value: object) -> tuple[str, ...]:
    told = stored_values.texts(value)
    return tuple(each for each in EVENTS if each in told)


def _deeds(value: object) -> tuple[Deed, ...]:
    several = (
        [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
    )
    known = (each for each in several if each.get("kind") in DEEDS)
    return in_order(Deed(each["kind"], stored_values.day(each.get("on"))) for each in known)


_READERS: Mapping[str, Callable[[object], object]] = MappingProxyType(
    {
        "product": stored_values.one_of(*PRODUCTS),
        "lenders": stored_values.texts,
        "amount": stored_values.positive,
        "overdue_months": stored_values.months,
        "monthly_ability": stored_values.positive,
        "income": stored_values.positive,
        "stage": stored_values.one_of(*STAGES),
        "role": stored_values.one_of(*ROLES),
        "region": stored_values.text,
        "debts": stored_values.positive,
        "paper": stored_values.one_of(*PAPERS),
        "served_on": stored_values.day,
        "surplus": stored_values.whole,
        "done": _deeds,
        "events": _events,
    }
)
