"""The facts of a case in words: what is shown, what its buttons say, what stands on the page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.answering.budget_planner import yuan
from bot.concepts.case import Case
from bot.knowledge.base import KnowledgeBase

CHOSEN = ("product", "role", "stage")
"""Facts that are changed by choosing another value."""
_SUMS = ("amount", "monthly_ability", "income", "surplus")


@dataclass(frozen=True, slots=True)
class FactInWords:
    """One fact, or one of several, by the name of its field in Case.

    `key` names it for a button, `without` for Case.without.
    """

    name: str
    key: str
    without: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class CaseWording:
    """Speaks with the labels of utterances.yml and the part names of parts.yml."""

    knowledge: KnowledgeBase

    def facts(self, case: Case, on: date) -> tuple[FactInWords, ...]:
        """Every fact that was told, in the order in which a case is told."""
        return tuple(
            FactInWords(name, key, without, self._label(f"case_{name}"), words)
            for name in case.told
            for key, without, words in self._told(case, name, on)
        )

    def day(self, day: date, on: date) -> str:
        """A day as people say it; with its year where that is another one."""
        name = "case_day" if day.year == on.year else "case_day_of_year"
        weekday = self._label(f"weekday_{day.weekday()}")
        return self._label(name).format(
            year=day.year, month=day.month, day=day.day, weekday=weekday
        )

    def value(self, kind: str, value: str) -> str:
        """A product, role or stage by its name."""
        return self._named.get((kind, value), value)

    @property
    def _named(self) -> Mapping[tuple[str, str], str]:
        parts = self.knowledge.parts
        names = {meant: label for label, meant in parts.labels.items()}
        return {**names, ("product", "unknown"): self._label("case_unknown_product")}

    def _told(self, case: Case, name: str, on: date) -> Iterator[tuple[str, str, str]]:
        """Key, name for Case.without, and words of a fact or of each of several."""
        value = getattr(case, name)
        if name == "lenders":
            for number, lender in enumerate(value):
                yield f"lenders_{number}", f"lenders:{lender}", lender
        elif name == "events":
            for event in value:
                yield f"events_{event}", f"events:{event}", self._label(f"case_event_{event}")
        elif name == "done":
            for deed in value:
                words = self._label(f"case_done_{deed.kind}")
                when = "" if deed.on is None else f" {self.day(deed.on, on)}"
                yield f"done_{deed.kind}", f"done:{deed.kind}", f"{words}{when}"
        else:
            yield name, name, self._single(name, value, on)

    def _single(self, name: str, value: object, on: date) -> str:
        if name in CHOSEN:
            return self.value(name, str(value))
        if name in _SUMS:
            return self._label("amount").format(amount=yuan(Decimal(str(value))))
        if isinstance(value, date):
            return self.day(value, on)
        match name:
            case "overdue_months":
                return self._label("case_months").format(months=f"{value:g}")
            case "debts":
                return self._label("case_count").format(count=value)
            case "paper":
                return self._label(f"case_paper_{value}")
        return str(value)

    def _label(self, name: str) -> str:
        return self.knowledge.labels[name]
