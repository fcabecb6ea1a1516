"""The evidence index: what was noted of contacts, as a paper for an office and as a sheet."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.answering.contact_chart import DAYS_SHOWN
from bot.concepts.clock import SHANGHAI
from bot.concepts.paper import Paper, Table
from bot.concepts.records import KeptRecord

WIDTHS = (6, 13, 7, 9, 12, 27, 10, 20, 13)
"""Of the columns, in proportion: the label `index_header` names them."""


@dataclass(frozen=True, slots=True)
class EvidenceIndex:
    """Numbered, with the fingerprints of the files. `names` is what the form calls its choices."""

    labels: Mapping[str, str]
    names: Mapping[str, str]

    def paper(self, kept: tuple[KeptRecord, ...], on: date, picture: bytes | None) -> Paper:
        """As a paper that can be printed, with the picture of the days and hours."""
        labels = self.labels
        return Paper(
            title=labels["index_title"],
            opening=(labels["index_opening"].format(day=on, count=len(kept), days=DAYS_SHOWN),),
            picture=picture,
            table=Table(
                tuple(self._cells(each) for each in kept),
                header=tuple(labels["index_header"].split("|")),
                widths=WIDTHS,
            ),
            closing=tuple(labels["index_closing"].split("|")),
            is_wide=True,
        )

    def csv(self, kept: tuple[KeptRecord, ...]) -> str:
        """As lines of a spreadsheet."""
        target = io.StringIO()
        writer = csv.writer(target)
        writer.writerow(self.labels["index_header"].split("|"))
        for each in kept:
            writer.writerow([_safe_cell(cell) for cell in self._cells(each)])
        return target.getvalue()

    def _cells(self, kept: KeptRecord) -> tuple[str, ...]:
        names, record = self.names, kept.record
        day = record.happened_on.isoformat() if record.happened_on else ""
        return (
            str(kept.number),
            f"{day} {record.time}".strip(),
            names.get(record.channel, record.channel),
            "、".join(names.get(each, each) for each in record.reached),
            record.claimed,
            record.said,
            record.evidence,
            self._files(kept),
            _minute(kept.noted_on),
        )

    def _files(self, kept: KeptRecord) -> str:
        """A line for each file: what it is, how large, when it came, and its fingerprint."""
        return "\n".join(
            self.labels["index_file"].format(
                kind=self.labels[f"kind_{each.kind}"],
                size=each.size,
                time=_minute(each.received_on),
                digest=each.sha256,
            )
            for each in kept.attachments
        )


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _safe_cell(text: str) -> str:
    """A spreadsheet would run what begins like a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text
