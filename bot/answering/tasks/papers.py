"""Shows what was received: what it is, by when to act; notes it as evidence on a tap."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.answering.pages import Pages
from bot.answering.paper_page import PaperPages
from bot.answering.papers import PaperDesk
from bot.answering.ports import ContactLog
from bot.answering.scan_page import ScanPages
from bot.answering.tasking import Handler, Said, TaskRequest
from bot.answering.tasks.log import attachment_of
from bot.answering.topic_replies import known_of
from bot.concepts.case import STAGES, Case
from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import Conversation
from bot.concepts.paper_in_hand import PaperInHand
from bot.concepts.paper_reading import OTHER, PaperReading
from bot.concepts.records import ContactRecord
from bot.concepts.reply import Button, Reply, paragraph
from bot.knowledge.wording import put_into_words
from bot.papers.case_numbers import court_of
from bot.papers.text import lay_out

_CHANNELS = {"sms": "sms", "wechat": "wechat", "visit": "visit"}
_LETTER = "letter"
_SAID_AT_MOST = 1500
_BELONGS = frozenset({"agent_ad", "phishing", OTHER})
"""Kinds that say nothing of how far the case has come."""
_OF_CREDITORS = frozenset(
    {
        "sms_bank",
        "sms_agency",
        "sms_lawyer_style",
        "collection_letter",
        "lawyer_letter",
        "debt_transfer_notice",
        "mediation_invite",
        "acknowledgment",
    }
)
"""Kinds that speak to a debtor whoever opens them; papers of courts say their own days."""

Show = Callable[[PaperReading, PaperInHand, TaskRequest], Reply | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTask:
    """The handlers of `read_paper` and of what its buttons ask for."""

    pages: Pages
    shown: PaperPages
    scans: ScanPages
    desk: PaperDesk
    log: ContactLog

    def handlers(self) -> Mapping[str, Handler]:
        """By the names that the dialogue uses."""
        return {
            "read_paper": self._ask,
            "show_paper": self._show,
            "mend_paper": self._mended,
            "paper_absent": self._page(lambda read, _, __: self.shown.absent(read)),
            "paper_opened": self._page(lambda read, _, __: self.shown.opened(read)),
        }

    def deeds(self) -> Mapping[str, Handler]:
        """By the names that our buttons use."""
        return {
            "paper_why": self._page(lambda read, _, __: self.shown.why(read)),
            "paper_fields": self._page(
                lambda read, paper, _: self.shown.fields(read, paper.received)
            ),
            "paper_check": self._page(lambda read, _, __: self.shown.check(read)),
            "paper_law": self._page(
                lambda read, paper, request: (
                    self.shown.law(read, paper.received, request.on)
                    or self.shown.first(read, paper.received, request.on)
                )
            ),
            "paper_help": self._page(lambda read, _, __: self.shown.help(read)),
            "paper_note": self._note,
        }

    def _page(self, show: Show) -> Handler:
        async def shown(request: TaskRequest) -> Reply:
            paper = PaperInHand.of_kept(request.conversation.paper)
            if paper is None:
                return self._said("no_paper")
            reply = show(self._read(paper, request.on), paper, request)
            return reply or self.pages.utterance("stale_button")

        return shown

    async def _ask(self, request: TaskRequest) -> Reply:
        """Ask for it; a paper in hand is shown again."""
        if request.conversation.paper:
            return (await self._show(request)).reply
        return self._said("send_it")

    async def _show(self, request: TaskRequest) -> Said:
        talk = request.conversation
        paper = PaperInHand.of_kept(talk.paper)
        if paper is None:
            return Said(self._said("send_it"), talk)
        reading = self._read(paper, request.on)
        if paper.scan is not None and self.scans.is_nothing(reading):
            return Said(self.scans.nothing(paper), talk)
        reply = self.shown.first(reading, paper.received, request.on)
        if paper.scan is not None:
            reply = self.scans.beside(reply, paper, paper.scan)
        number, amounts = reading.fields.case_number, reading.fields.amounts
        kept = replace(
            paper,
            kind=reading.kind,
            court=_court(paper, self.desk),
            case_number=number.written if number else "",
            amount=str(amounts[0]) if len(amounts) == 1 else "",
        )
        topic = next((each for each in self.desk.kind(reading).next), talk.topic)
        topic = topic if topic and self.pages.has_answer(topic) else talk.topic
        case = self._case(talk.case, reading, paper.received)
        talk = replace(talk, paper=kept.as_kept(), case=case, topic=topic)
        return Said(self._with_standing(reply, reading, talk, request.on), talk)

    def _with_standing(
        self, reply: Reply, reading: PaperReading, talk: Conversation, on: date
    ) -> Reply:
        """Below a creditor's paper the sentence that every topic adds for role and stage."""
        if reading.kind not in _OF_CREDITORS:
            return reply
        knowledge = self.shown.knowledge
        found = knowledge.standing.below(reading.kind, reply.blocks, known_of(talk))
        return replace(reply, blocks=(*reply.blocks, *put_into_words(knowledge, found, on)))

    async def _mended(self, request: TaskRequest) -> Said:
        """The paper as the person put it right."""
        said = await self._show(request)
        again = paragraph(self.desk.words.lines["mended"])
        return replace(said, reply=replace(said.reply, blocks=(again, *said.reply.blocks)))

    async def _note(self, request: TaskRequest) -> Reply:
        """The words of the paper as a record of a contact."""
        paper = PaperInHand.of_kept(request.conversation.paper)
        if paper is None:
            return self._said("no_paper")
        reading = self._read(paper, request.on)
        day = paper.received or request.on
        record = ContactRecord(
            channel=_channel(reading.kind),
            happened_on=day,
            claimed=reading.fields.sender or "",
            said=paper.text[:_SAID_AT_MOST],
            reached=("self",),
            acts=reading.fields.acts,
            evidence=self.desk.kind(reading).name,
        )
        kept = await self.log.add(request.sender, record, request.now)
        lines, files = self.desk.words.lines, paper.scan.files if paper.scan else ()
        for file in files:
            proof = attachment_of(file, request.now)
            await self.log.attach(request.sender, kept.number, proof)
        words = lines["noted"].format(day=day.isoformat())
        words += lines["noted_files"].format(count=len(files)) if files else ""
        show = Button(self.pages.label("show_log"), Choice(Verb.ANSWER, "show_log"))
        complain = Button(
            self.pages.label("write_complaint"), Choice(Verb.TOOL, "complain_to_lender")
        )
        return Reply(blocks=(paragraph(words),), buttons=((show, complain),))

    def _said(self, line: str) -> Reply:
        words = self.desk.words.lines[line]
        return Reply(blocks=(paragraph(words),), buttons=((self.pages.menu_button(),),))

    def _read(self, paper: PaperInHand, on: date) -> PaperReading:
        return self.desk.read(paper.text, paper.opinion, paper.received, on)

    def _case(self, case: Case, reading: PaperReading, received: date | None) -> Case:
        """The case with the paper in hand, unless the paper is not to be believed."""
        if reading.kind in _BELONGS or not self.desk.is_believed(reading):
            return case
        stage = self.desk.kind(reading).stage
        is_further = stage is not None and (
            case.stage is None or STAGES.index(stage) > STAGES.index(case.stage)
        )
        return replace(
            case,
            paper=reading.kind,
            served_on=received,
            stage=stage if is_further else case.stage,
        )


def _channel(kind: str) -> str:
    return _CHANNELS.get(kind.partition("_")[0], _LETTER)


def _court(paper: PaperInHand, desk: PaperDesk) -> str:
    return court_of(lay_out(paper.text, desk.words))
