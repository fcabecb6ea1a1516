"""The log of contacts: note one, show them with counts, hand them over as evidence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.answering.call_check import CallChecker
from bot.answering.contact_chart import contact_chart
from bot.answering.evidence_index import EvidenceIndex
from bot.answering.letter_values import day_words
from bot.answering.pages import Pages
from bot.answering.ports import ContactLog
from bot.answering.tasking import Handler, Said, TaskRequest
from bot.concepts.choice import Choice, Verb
from bot.concepts.contact_chart import ContactChart
from bot.concepts.conversation import Draft
from bot.concepts.message import ReceivedFile
from bot.concepts.paper import Paper
from bot.concepts.records import (
    Attachment,
    ContactRecord,
    KeptRecord,
    counts_by_day,
    counts_by_week,
)
from bot.concepts.reply import Block, BlockKind, Button, Document, Reply, Span, heading, paragraph
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.tools import Tool

SHOWN = 10
_NUMBER = "number"
"""Where the facts of the record noted last keep its number."""
FILES_WANTED_FOR = timedelta(minutes=30)
"""How long after a record is noted, files that come are taken for its evidence."""

_BAR = "▇"
_BARS_AT_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LogTask:
    """The handlers of `log_contact`, `show_log` and of what their buttons ask for."""

    pages: Pages
    knowledge: KnowledgeBase
    records: ContactLog
    checker: CallChecker
    form: Tool
    to_docx: Callable[[Paper], bytes]
    to_picture: Callable[[ContactChart], bytes]

    @property
    def _names(self) -> Mapping[str, str]:
        """What the form calls its choices: words that also fit a paper for a court."""
        return {
            choice.id: choice.label
            for question in self.form.questions
            for choice in question.choices
        }

    def handlers(self) -> Mapping[str, Handler]:
        """By the names that the dialogue uses."""
        return {"log_contact": self._note, "show_log": self._show}

    def deeds(self) -> Mapping[str, Handler]:
        """By the names that our buttons use."""
        return {"export_log": self._export, "drop_record_": self._drop}

    async def _note(self, request: TaskRequest) -> Said:
        record = record_of(request.answers)
        facts = self.checker.read(record.said, request.on)
        record = replace(record, acts=facts.acts, lender=record.lender or facts.lender or "")
        kept = await self._kept(record, request)
        minutes = str(FILES_WANTED_FOR // timedelta(minutes=1))
        name = "record_mended" if request.arguments.get("is_mended") else "noted"
        noted = self.pages.utterance(name, number=str(kept.number), minutes=minutes)
        reply = replace(
            noted, blocks=(*noted.blocks, *self._lines(kept)), buttons=self._buttons(kept.number)
        )
        facts_kept = {**facts_of_record(kept.record), _NUMBER: str(kept.number)}
        draft = Draft(tool=self.form.id, answers=request.answers, is_open=False)
        talk = request.conversation.with_draft(draft)
        return Said(reply, replace(talk, record=facts_kept, story={}))

    async def _kept(self, record: ContactRecord, request: TaskRequest) -> KeptRecord:
        """A new record, or the one noted last as it was put right."""
        number = request.conversation.record.get(_NUMBER, "")
        if request.arguments.get("is_mended") and number.isdecimal():
            mended = await self.records.change(request.sender, int(number), record)
            if mended is not None:
                return mended
        return await self.records.add(request.sender, record, request.now)

    async def _show(self, request: TaskRequest) -> Reply:
        kept = await self.records.of(request.sender)
        if not kept:
            form = request.conversation.form
            is_noting = form is not None and form.tool == self.form.id
            return self.pages.utterance("log_not_kept" if is_noting else "log_empty")
        labels = self.knowledge.labels
        blocks: list[Block] = [heading(labels["log_title"].format(count=len(kept)))]
        blocks += self._chart(kept, request.on)
        for each in kept[-SHOWN:]:
            blocks += self._lines(each)
        if len(kept) > SHOWN:
            blocks.append(paragraph(labels["log_more"].format(count=len(kept) - SHOWN)))
        picture = self._picture(kept, request.on)
        name = f"records-{request.on.isoformat()}.png"
        return Reply(
            blocks=tuple(blocks),
            buttons=self._buttons(kept[-1].number),
            documents=(Document(name, picture),) if picture is not None else (),
        )

    async def _export(self, request: TaskRequest) -> Reply:
        kept = await self.records.of(request.sender)
        if not kept:
            return self.pages.utterance("log_empty")
        reply = self.pages.utterance("log_exported")
        day = request.on.isoformat()
        index = EvidenceIndex(self.knowledge.labels, self._names)
        paper = index.paper(kept, request.on, self._picture(kept, request.on))
        return replace(
            reply,
            documents=(
                Document(f"document-{day}.docx", self.to_docx(paper)),
                Document(f"records-{day}.csv", index.csv(kept).encode("utf-8-sig")),
            ),
        )

    async def _drop(self, request: TaskRequest) -> Reply:
        number = request.argument
        if number.isdecimal() and await self.records.remove(request.sender, int(number)):
            return self.pages.utterance("record_dropped", number=number)
        return self.pages.utterance("stale_button")

    async def wants_file(self, sender: str, now: datetime) -> bool:
        """Whether a file that comes now belongs to a record noted just before."""
        newest = (await self.records.of(sender))[-1:]
        return bool(newest) and now - newest[0].noted_on <= FILES_WANTED_FOR

    async def attach(self, request: TaskRequest, files: Sequence[ReceivedFile]) -> Reply:
        """Take files for the record noted last: their fingerprints, not their content."""
        newest = (await self.records.of(request.sender))[-1:]
        if not newest or request.now - newest[0].noted_on > FILES_WANTED_FOR:
            return self.pages.utterance("stale_file")
        for file in files:
            attachment = attachment_of(file, request.now)
            await self.records.attach(request.sender, newest[0].number, attachment)
        proof = self.knowledge.labels["file_proof"]
        proofs = [proof.format(size=file.size, digest=file.digest) for file in files]
        return self.pages.utterance(
            "file_attached", number=str(newest[0].number), proofs="；".join(proofs)
        )

    def _lines(self, kept: KeptRecord) -> list[Block]:
        """A record in two or three lines."""
        labels, record = self.knowledge.labels, kept.record
        names = self._names
        day = record.happened_on.isoformat() if record.happened_on else ""
        reached = "、".join(names.get(each, each) for each in record.reached)
        head = " · ".join(
            part
            for part in (day, record.time, names.get(record.channel, ""), reached, record.claimed)
            if part
        )
        lines = [Block(BlockKind.BULLET, (Span(f"{kept.number}. {head}"),))]
        if record.said:
            lines.append(Block(BlockKind.QUOTE, (Span(record.said),)))
        if kept.attachments:
            words = labels["log_files"].format(count=len(kept.attachments))
            lines.append(paragraph(words))
        return lines

    def _picture(self, kept: tuple[KeptRecord, ...], on: date) -> bytes | None:
        """The days and hours of the contacts drawn; None where no day is known."""
        chart = contact_chart(kept, self.knowledge, on)
        return None if chart is None else self.to_picture(chart)

    def _chart(self, kept: tuple[KeptRecord, ...], on: date) -> list[Block]:
        """Counts of the days with contacts, beside the dated figure and its rank."""
        labels = self.knowledge.labels
        counts = counts_by_day(kept)
        if not counts:
            return []
        days = sorted(counts)[-7:]
        rows = [
            f"{day:%m-%d} {_BAR * min(counts[day], _BARS_AT_MOST)} {counts[day]}" for day in days
        ]
        weeks = counts_by_week(kept)
        by_week = "；".join(
            labels["log_of_week"].format(day=f"{day:%m-%d}", count=weeks[day])
            for day in sorted(weeks)[-4:]
        )
        week = sum(count for day, count in counts.items() if on - day < timedelta(days=7))
        figure = self.knowledge.figures["unanswered_attempts_per_day"].value_on(on)
        beside = self.pages.utterance("log_figure", figure=figure.value if figure else "—")
        return [
            paragraph("\n".join(rows)),
            paragraph(labels["log_week"].format(count=week)),
            *([paragraph(labels["log_weeks"].format(weeks=by_week))] if len(weeks) > 1 else []),
            *beside.blocks,
        ]

    def _buttons(self, number: int) -> tuple[tuple[Button, ...], ...]:
        labels = self.knowledge.labels
        return (
            (
                Button(labels["record_more"], Choice(Verb.TOOL, "log_contact")),
                Button(labels["export_log"], Choice(Verb.DEED, "export_log")),
            ),
            (
                Button(labels["show_log"], Choice(Verb.ANSWER, "show_log")),
                Button(
                    labels["drop_record"].format(number=number),
                    Choice(Verb.DEED, f"drop_record_{number}"),
                ),
            ),
            (
                Button(labels["write_complaint"], Choice(Verb.TOOL, "complain_to_lender")),
                self.pages.menu_button(),
            ),
        )


def attachment_of(file: ReceivedFile, on: datetime) -> Attachment:
    """What is kept of a file that proves a record."""
    return Attachment(
        kind=file.kind,
        reference=file.reference,
        size=file.size,
        media_type=file.media_type or "",
        sha256=file.digest,
        received_on=on,
    )


def record_of(answers: Mapping[str, str]) -> ContactRecord:
    """The record that the form's answers make."""
    day = answers.get("day", "")
    return ContactRecord(
        channel=answers.get("channel", ""),
        happened_on=date.fromisoformat(day) if day else None,
        time=answers.get("time", ""),
        claimed=answers.get("caller", ""),
        said=answers.get("said", ""),
        reached=tuple(each for each in answers.get("reached", "").split(",") if each),
        evidence=answers.get("evidence", ""),
    )


def facts_of_record(record: ContactRecord) -> dict[str, str]:
    """The facts of a record, as text."""
    day = record.happened_on.isoformat() if record.happened_on else ""
    spoken_day = day_words(record.happened_on) if record.happened_on else ""
    known = {
        "story": record.said,
        "time": record.time,
        "dates": day,
        "happened_on": day,
        "happened_when": f"{spoken_day} {record.time}".strip(),
        "contacted": ",".join(record.reached),
        "acts": ",".join(record.acts),
        "lender": record.lender,
        "collector": record.claimed,
        "channel": record.channel,
        "evidence": record.evidence,
    }
    return {name: value for name, value in known.items() if value}
