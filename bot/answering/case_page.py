"""One page on a case, to hand over: who, which debts, what happened when, what is wanted."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.answering.advice import is_old, sums_of
from bot.answering.budget_planner import yuan
from bot.answering.case_wording import CaseWording
from bot.concepts.advice import DEBTOR
from bot.concepts.case import Case
from bot.concepts.paper import Paper, Table
from bot.knowledge.library import Book

_WANTED_BY_OTHERS = {
    "relative": "case_wants_relative",
    "contact": "case_wants_contact",
    "guarantor": "case_wants_guarantor",
    "not_debtor": "case_wants_contact",
    "employer": "case_wants_contact",
}
_LINE = "|"


@dataclass(frozen=True, slots=True)
class CasePage:
    """Lays out the page with the words of the book. Names and numbers are written by hand."""

    book: Book
    wording: CaseWording

    def paper(self, case: Case, on: date) -> Paper:
        """The page, to print."""
        labels = self.book.knowledge.labels
        facts = self.wording.facts(case, on)
        titles = dict.fromkeys(each.label for each in facts)
        rows = [
            (title, "；".join(each.words for each in facts if each.label == title))
            for title in titles
        ]
        rows.append((labels["case_wants"], self._wanted(case, on)))
        return Paper(
            title=labels["case_page_title"],
            opening=(labels["case_page_opening"].format(day=self.wording.day(on, on)),),
            table=Table(tuple(rows), widths=(1, 3)),
            closing=tuple(labels["case_page_closing"].split(_LINE)),
        )

    def text(self, paper: Paper) -> str:
        """The same as plain text, to copy."""
        rows = [f"{title}：{words}" for title, words in paper.table.rows]
        return "\n".join([paper.title, *paper.opening, *rows, *paper.closing])

    def _wanted(self, case: Case, on: date) -> str:
        labels = self.book.knowledge.labels
        if (case.role or DEBTOR) != DEBTOR:
            return labels[_WANTED_BY_OTHERS[str(case.role)]]
        sums = sums_of(case, self.book, on)
        if sums is None or is_old(case, self.book, on):
            return labels["case_wants_advice"]
        return labels["case_wants_instalment"].format(
            ability=yuan(Decimal(sums.ability)), months=sums.months
        )
