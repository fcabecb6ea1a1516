"""Which conduct rules a contact touches. Pure: facts and rules come in, nothing is decided here.

It never calls anything illegal: it names the rule, its rank, and why it may apply.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.concepts.call_check import CallCheck, TouchedRule
from bot.concepts.citation import Binding
from bot.concepts.clauses import HeardClause
from bot.concepts.conduct import Condition, Conduct, ConductRule, CountCondition, Scope
from bot.concepts.facts import ContactFacts
from bot.facts.hearing import UNHEARD, UNREAD, joined
from bot.facts.reader import FactReader
from bot.knowledge.base import Figure, Law
from bot.safety.crisis_words import CrisisWatch

_FACT = re.compile(r"(?<!\{)\{([a-z]+)\}(?!\})")
_FIGURE = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")
_RANKS = tuple(Binding)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallChecker:
    """Checks stories against the rules, with the laws for rank and the figures for numbers."""

    watch: CrisisWatch
    reader: FactReader
    conduct: Conduct
    laws: Mapping[str, Law]
    figures: Mapping[str, Figure]

    def read(self, text: str, on: date, heard: Sequence[HeardClause] = ()) -> ContactFacts:
        """The facts of a story: by the lists, and by what the model heard in its clauses."""
        return joined(self.reader.read(text, on), heard)

    def check(self, text: str, on: date, heard: Sequence[HeardClause] = ()) -> CallCheck:
        """Read a story and evaluate it as on that day."""
        return self.evaluate(self.read(text, on, heard), on)

    def check_as_json(
        self, text: str, on: date, heard: Sequence[HeardClause] = ()
    ) -> dict[str, object]:
        """What `zhiquan check-call --json` prints for one story."""
        check = self.check(text, on, heard)
        return {
            "text": text,
            "facts": check.facts.as_json(),
            "rules": [
                {
                    "id": rule.id,
                    "law": rule.source.law_id,
                    "article": rule.source.article,
                    "binding": rule.binding.value,
                    "because": rule.because,
                }
                for rule in check.rules
            ],
            "urgent": check.urgent or self.watch.is_strong(text),
            "clean": check.clean,
            "sure": check.sure,
            "ask": check.ask,
        }

    def warning(self, text: str, on: date) -> str | None:
        """What to do first when the text tells of violence now; None when it does not."""
        is_urgent = self.reader.read(text, on).urgent
        return self.conduct.words.urgent if is_urgent else None

    def evaluate(self, facts: ContactFacts, on: date) -> CallCheck:
        """The rules that the facts touch, weightiest first; of equal weight the more binding."""
        touched = [
            rule
            for rule in self.conduct.rules.values()
            if self._is_met(rule.when, facts, on) and _is_in_scope(rule.scope, facts)
        ]
        touched.sort(key=lambda rule: (-rule.weight, self._rank(rule), rule.id))
        words = self.conduct.words
        ask = _question(self.conduct, facts, bool(touched))
        return CallCheck(
            facts=facts,
            words=_opening(self.conduct, facts, bool(touched), ask),
            ask=ask,
            rules=tuple(self._touch(rule, facts, on) for rule in touched),
            evidence=_each_once(
                [*words.evidence, *(each for rule in touched for each in rule.evidence)]
                if touched
                else []
            ),
            next=_next(self.conduct, facts, touched),
        )

    def _touch(self, rule: ConductRule, facts: ContactFacts, on: date) -> TouchedRule:
        is_open = not _is_surely_in_scope(rule.scope, facts)
        depends_on = rule.scope.depends if is_open else None
        because = self._filled(rule.because, facts, on)
        return TouchedRule(
            id=rule.id,
            title=rule.title,
            source=rule.source,
            binding=self.laws[rule.source.law_id].binding,
            because=f"{because}{depends_on}" if depends_on else because,
            depends_on=depends_on,
            missing=tuple(self._filled(each, facts, on) for each in rule.missing),
            is_due=on > rule.review_by,
        )

    def _rank(self, rule: ConductRule) -> int:
        return _RANKS.index(self.laws[rule.source.law_id].binding)

    def _is_met(self, when: Condition, facts: ContactFacts, on: date) -> bool:
        """All given parts hold; a fact that the story leaves open does not hold."""
        lists = (
            (when.acts, facts.acts),
            (when.signs, facts.signs),
            (when.contacted, facts.contacted),
            (when.channel, (facts.channel,)),
            (when.writer, (facts.writer,)),
        )
        return (
            all(not wanted or set(wanted) & set(given) for wanted, given in lists)
            and (when.night is None or facts.night is when.night)
            and (when.urgent is None or facts.urgent is when.urgent)
            and (when.count is None or self._is_counted(when.count, facts, on))
            and all(self._is_met(each, facts, on) for each in when.all_of)
            and (not when.any_of or any(self._is_met(each, facts, on) for each in when.any_of))
            and not any(self._is_met(each, facts, on) for each in when.none_of)
        )

    def _is_counted(self, wanted: CountCondition, facts: ContactFacts, on: date) -> bool:
        counted = facts.per_day if wanted.per == "day" else facts.count
        if wanted.per == "week":
            counted = facts.count if facts.per == "week" else None
        if counted is None:
            return False
        if wanted.more_than is not None:
            value = self._figure(wanted.more_than, on)
            return value is not None and counted > int(value)
        return wanted.at_least is None or counted >= wanted.at_least

    def _figure(self, figure_id: str, on: date) -> str | None:
        entry = self.figures[figure_id].value_on(on)
        return entry.value if entry else None

    def _filled(self, text: str, facts: ContactFacts, on: date) -> str:
        """Put facts in the place of {time} and figures in the place of {{figure_id}}."""
        told = _FACT.sub(lambda mark: self._told(mark[1], facts), text)
        return _FIGURE.sub(lambda mark: self._figure(mark[1], on) or "", told)

    def _told(self, fact: str, facts: ContactFacts) -> str:
        """A fact in the person's words, or the label for when it is not known."""
        labels = self.conduct.words.labels
        known = {
            "time": labels["time"].replace("{time}", "、".join(facts.time)) if facts.time else "",
            "count": _count(facts, labels),
            "contacted": "、".join(labels[each] for each in facts.contacted if each != "self"),
            "lender": facts.lender or "",
            "channel": labels[facts.channel] if facts.channel else "",
        }
        return known[fact] or labels[f"no_{fact}"]


def _count(facts: ContactFacts, labels: Mapping[str, str]) -> str:
    if facts.count is None:
        return ""
    name = f"count_{facts.per}" if facts.per else "count_days" if facts.days else "count"
    return labels[name].replace("{n}", str(facts.count)).replace("{days}", str(facts.days))


def _opening(conduct: Conduct, facts: ContactFacts, is_touched: bool, ask: str | None) -> str:
    words = conduct.words
    if facts.urgent:
        return words.urgent
    return words.touched if is_touched else ask or words.clean


def _question(conduct: Conduct, facts: ContactFacts, is_touched: bool) -> str | None:
    """What to ask before a story is called clean; nothing where a rule is touched."""
    words, doubt = conduct.words, next(iter(facts.doubts), None)
    if is_touched or facts.urgent:
        return None
    if not (facts.clean and facts.is_judged) and doubt in (None, UNREAD, UNHEARD):
        return words.unclear
    return words.asks[doubt] if doubt is not None else None


def _next(conduct: Conduct, facts: ContactFacts, touched: list[ConductRule]) -> tuple[str, ...]:
    words = conduct.words
    first = words.next_urgent if facts.urgent else ()
    last = words.next_always if touched else words.next_clean
    return _each_once([*first, *(step for rule in touched for step in rule.next), *last])


def _each_once(items: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _is_in_scope(scope: Scope, facts: ContactFacts) -> bool:
    """It is for this product and lender, or may be."""
    if _is_surely_in_scope(scope, facts):
        return True
    is_other_lender = bool(scope.lenders and facts.lender_kind not in (None, *scope.lenders))
    may_be = not is_other_lender if facts.product is None else facts.product in scope.perhaps
    return may_be and scope.depends is not None


def _is_surely_in_scope(scope: Scope, facts: ContactFacts) -> bool:
    """The product, or without one the kind of lender, is among those that the rule is for."""
    if not scope.products and not scope.lenders:
        return True
    if facts.product is not None:
        return facts.product in scope.products
    return facts.lender_kind in scope.lenders
