"""The pages of a paper that was read: the first reply, why, what was read, where to check."""

from dataclasses import dataclass, replace
from datetime import date

from bot.answering.pages import Pages
from bot.answering.papers import PaperDesk, last_safe_day
from bot.concepts.choice import Choice, Verb
from bot.concepts.citation import ArticleId
from bot.concepts.deadline import Deadline
from bot.concepts.paper_reading import STRANGE_LINKS, Grade, PaperFields, PaperReading
from bot.concepts.paper_words import Strength
from bot.concepts.reply import Block, BlockKind, Button, Reply, Span, Style, heading, paragraph
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.marks import CITATION
from bot.knowledge.wording import listed_citations, put_into_words, with_contacts

WHY, FIELDS, CHECK, NOTE, LAW, HELP = (
    Choice(Verb.DEED, name)
    for name in (
        "paper_why",
        "paper_fields",
        "paper_check",
        "paper_note",
        "paper_law",
        "paper_help",
    )
)
_WARNED = frozenset({Grade.DOUBTFUL, Grade.FAKE})
_OF_WHO_COLLECTS = frozenset(
    {
        "sms_agency",
        "sms_lawyer_style",
        "lawyer_letter",
        "collection_letter",
        "visit_note",
        "wechat_excerpt",
    }
)
"""Kinds in which whoever wants the money sets the day."""
_SHOWN = 6
"""Amounts, telephone numbers and links that are shown of each."""
_REMIND = "remind_"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPages:
    """Lays out what was read."""

    pages: Pages
    knowledge: KnowledgeBase
    desk: PaperDesk

    def first(self, reading: PaperReading, received: date | None, on: date) -> Reply:
        """One screen: the warning, what it is, the last day, the one thing to do, how to check."""
        kind, deadline = self.desk.kind(reading), self.desk.deadline(reading, received)
        blocks = [self._warning(reading), self._named(reading)]
        blocks += self._days(reading, received, deadline, on)
        cited = [*_citations(kind.says), *([deadline.article] if deadline else [])]
        blocks.append(paragraph(_plain(kind.says) if deadline is None else kind.todo))
        if deadline is None:
            blocks.append(paragraph(kind.todo))
        blocks.append(paragraph(self._how_to_check(reading)))
        if laws := [*dict.fromkeys(each for each in cited if each is not None)]:
            sources = "；".join(listed_citations(self.knowledge, laws, is_short=True))
            words = self.knowledge.labels["based_on"].format(sources=sources)
            blocks.append(Block(BlockKind.PARAGRAPH, (Span(words, Style.EMPHASIS),)))
        told = tuple(each for each in blocks if each is not None)
        return Reply(
            blocks=with_contacts(self.knowledge, told),
            buttons=self._buttons(reading, deadline, on),
        )

    def why(self, reading: PaperReading) -> Reply:
        """Each signal with its reason, and that nothing proves a paper genuine."""
        lines = self.desk.words.lines
        against = [each for each in reading.signals if not each.is_for]
        speaks_for = [each for each in reading.signals if each.is_for]
        blocks = [self._named(reading), heading(lines["why_title"])]
        if not against:
            blocks.append(paragraph(lines["nothing_found"]))
        for title, signals in (("against", against), ("speaks_for", speaks_for)):
            if signals:
                blocks.append(paragraph(lines[title]))
                blocks += [_bullet(each.says) for each in signals[:_SHOWN]]
        blocks.append(paragraph(lines["never_sure"]))
        return self._page(blocks, (CHECK, "button_check"), (FIELDS, "button_fields"))

    def fields(self, reading: PaperReading, received: date | None) -> Reply:
        """What was read, line by line, and how to put it right."""
        lines = self.desk.words.lines
        blocks = [heading(lines["fields_title"])]
        for name, value in self._read(reading.fields, received):
            name_span = Span(f"{lines[f'field_{name}']}：", Style.STRONG)
            blocks.append(Block(BlockKind.BULLET, (name_span, Span(value))))
        blocks.append(paragraph(lines["how_to_mend"]))
        return self._page(blocks, (WHY, "button_why"), (NOTE, "button_note"))

    def check(self, reading: PaperReading) -> Reply:
        """Every way to check it oneself, by numbers that do not stand on the paper."""
        lines, kind = self.desk.words.lines, self.desk.kind(reading)
        blocks = [heading(lines["button_check"])]
        blocks += [_bullet(self.desk.words.verify[each]) for each in kind.verify]
        if (own := self._own_number(reading)) is not None:
            blocks.append(_bullet(own))
        blocks.append(paragraph(lines["never_sure"]))
        return self._page(blocks, (WHY, "button_why"), (HELP, "button_lawyer"))

    def absent(self, reading: PaperReading) -> Reply:
        """What to do when one cannot come; of a paper that is not believed, to ask first."""
        lines, kind = self.desk.words.lines, self.desk.kind(reading)
        is_believed = self.desk.is_believed(reading)
        says = kind.absent if is_believed and kind.absent else lines["absent_unsure"]
        blocks = [self._named(reading)]
        if (day := reading.fields.dates.hearing) is not None:
            words = lines["hearing" if is_believed else "hearing_if_true"]
            blocks.append(paragraph(words.format(day=day.isoformat())))
        blocks += [paragraph(_plain(says)), paragraph(self._how_to_check(reading))]
        if laws := [each for each in _citations(says) if each is not None]:
            sources = "；".join(listed_citations(self.knowledge, laws, is_short=True))
            words = self.knowledge.labels["based_on"].format(sources=sources)
            blocks.append(Block(BlockKind.PARAGRAPH, (Span(words, Style.EMPHASIS),)))
        reply = self._page(blocks, (CHECK, "button_check"), (HELP, "button_lawyer"))
        return replace(reply, buttons=(*reply.buttons, tuple(self._topic(kind.next))))

    def opened(self, reading: PaperReading) -> Reply:
        """What to do at once for who has opened its link, filled something in, installed it."""
        lines = self.desk.words.lines
        blocks = [self._named(reading), paragraph(lines["opened"]), paragraph(lines["opened_too"])]
        return self._page(blocks, (CHECK, "button_check"), (WHY, "button_why"))

    def help(self, reading: PaperReading) -> Reply:
        """When a lawyer is needed first, and who advises for free."""
        lines, kind = self.desk.words.lines, self.desk.kind(reading)
        blocks = [heading(lines["lawyer_title"])]
        blocks += [paragraph(kind.lawyer)] if kind.lawyer else []
        blocks.append(paragraph(lines["lawyer_free"]))
        aid = Button(lines["button_aid"], Choice(Verb.TOOL, "legal_aid_application"))
        rows = self.pages.topic_buttons(kind.next)
        return Reply(
            blocks=with_contacts(self.knowledge, tuple(blocks)), buttons=((aid, *rows[:1]),)
        )

    def law(self, reading: PaperReading, received: date | None, on: date) -> Reply | None:
        """The period in full: why that day, what is lost, what can still be done."""
        deadline = self.desk.deadline(reading, received)
        if deadline is None:
            return None
        blocks = [paragraph(line) for line in self.desk.reckoner.explain(deadline, on)]
        if deadline.article is not None:
            (source,) = listed_citations(self.knowledge, [deadline.article])
            blocks.append(Block(BlockKind.PARAGRAPH, (Span(source, Style.EMPHASIS),)))
        blocks = [heading(self.desk.reckoner.book.kinds[deadline.kind].title), *blocks]
        return self._page(blocks, (HELP, "button_lawyer"), (FIELDS, "button_fields"), on=on)

    def _warning(self, reading: PaperReading) -> Block | None:
        """The first line where something speaks against it: the strongest reason."""
        against = [each for each in reading.signals if not each.is_for]
        links = {each.kind for each in reading.fields.links} & STRANGE_LINKS
        is_warned = reading.grade in _WARNED or links
        if not against or (against[0].strength is Strength.WEAK and not is_warned):
            return None
        line = self.desk.words.lines["warning" if is_warned else "caution"]
        words = line.format(because=against[0].says)
        return Block(BlockKind.PARAGRAPH, (Span(words, Style.STRONG),))

    def _named(self, reading: PaperReading) -> Block:
        lines, sender = self.desk.words.lines, reading.fields.sender
        name = "is_named_from" if sender else "is_named"
        words = lines[name].format(
            name=self.desk.kind(reading).name,
            sender=sender,
            grade=lines[f"grade_{reading.grade.value}"],
        )
        return Block(BlockKind.PARAGRAPH, (Span(words, Style.STRONG),))

    def _days(
        self, reading: PaperReading, received: date | None, deadline: Deadline | None, on: date
    ) -> list[Block | None]:
        """The last day, or what must be known for it; the day of the hearing."""
        lines, dates = self.desk.words.lines, reading.fields.dates
        if not self.desk.is_believed(reading):
            return self._if_true(reading, received)
        told: list[str] = []
        if dates.hearing is not None:
            told.append(lines["hearing"].format(day=dates.hearing.isoformat()))
        period = self.desk.period(reading)
        if deadline is not None and period is not None:
            told.append(self._last_day(deadline, on))
        elif period is not None:
            told.append(lines["ask_day"].format(title=period.title))
        elif dates.due is not None:
            line = "due_of_theirs" if reading.kind in _OF_WHO_COLLECTS else "due"
            told.append(lines[line].format(day=dates.due.isoformat()))
        return [paragraph(each) for each in told]

    def _if_true(self, reading: PaperReading, received: date | None) -> list[Block | None]:
        """The same days of a paper that is not believed: they run if it is genuine after all."""
        lines, dates = self.desk.words.lines, reading.fields.dates
        deadline, period = self.desk.deadline_if_true(reading, received), self.desk.period(reading)
        told: list[str] = []
        if dates.hearing is not None:
            told.append(lines["hearing_if_true"].format(day=dates.hearing.isoformat()))
        if deadline is not None and period is not None:
            day, words = last_safe_day(deadline), lines["day_if_true"]
            told.append(words.format(start=deadline.start, day=day, title=period.title))
        elif self.desk.may_set_a_term(reading):
            is_dated = dates.due is not None and period is None
            told.append(lines["due_if_true" if is_dated else "ask_day_fake"].format(day=dates.due))
        return [paragraph(each) for each in told]

    def _last_day(self, deadline: Deadline, on: date) -> str:
        lines, kind = self.desk.words.lines, self.desk.reckoner.book.kinds[deadline.kind]
        day = deadline.safe_day or deadline.due
        if day is None:
            raise AssertionError(deadline.kind)
        if day < on:
            return lines["day_passed"].format(start=deadline.start, day=day)
        lost = _plain(kind.lost or "")
        return (
            lines["day"]
            .format(
                start=deadline.start,
                day=day,
                weekday=self.pages.label(f"weekday_{day.weekday()}"),
                title=kind.title,
                lost=self.desk.reckoner.book.words.lost.format(lost=lost.split("；")[0] + "。")
                if lost
                else "",
            )
            .replace("。。", "。")
        )

    def _how_to_check(self, reading: PaperReading) -> str:
        lines, kind = self.desk.words.lines, self.desk.kind(reading)
        own = self._own_number(reading)
        if own is not None and "lender" in kind.verify:
            return lines["check"].format(how=own)
        return lines["check"].format(how=self.desk.words.verify[kind.verify[0]])

    def _own_number(self, reading: PaperReading) -> str | None:
        lender = self.desk.lender(reading)
        if lender is None or lender.number is None:
            return None
        words = self.desk.words.lines["own_number"]
        return words.format(name=lender.name, number=lender.number)

    def _read(self, fields: PaperFields, received: date | None) -> list[tuple[str, str]]:
        dates = fields.dates
        amounts = "、".join(f"{each}元" for each in fields.amounts[:_SHOWN])
        labels = self.knowledge.labels
        told = {
            "sender": fields.sender,
            "addressee": fields.addressee,
            "case_number": fields.case_number.written if fields.case_number else None,
            "amounts": amounts,
            "phones": "、".join(fields.phones[:_SHOWN]),
            "links": "、".join(each.host for each in fields.links[:_SHOWN]),
            "accounts": "、".join(each.number for each in fields.accounts[:_SHOWN]),
            "issued": dates.issued.isoformat() if dates.issued else None,
            "received": str(received or dates.received or ""),
            "hearing": dates.hearing.isoformat() if dates.hearing else None,
            "due": dates.due.isoformat() if dates.due else None,
            "demand": fields.demand,
            "acts": "、".join(labels[f"act_{each}"] for each in fields.acts),
        }
        return [(name, value) for name, value in told.items() if value]

    def _buttons(
        self, reading: PaperReading, deadline: Deadline | None, on: date
    ) -> tuple[tuple[Button, ...], ...]:
        """At most four: the reminder and the letter where a day runs; why; what was read."""
        lines, kind = self.desk.words.lines, self.desk.kind(reading)
        first: list[Button] = []
        if deadline is not None and self.desk.reckoner.reminder_days(deadline, on):
            target = f"{_REMIND}{deadline.kind}_{deadline.start:%Y%m%d}"
            first.append(Button(self.pages.label("remind_me"), Choice(Verb.DEED, target)))
        period = self.desk.period(reading)
        letter = (period.letter if period and period.letter else None) or kind.letter
        if letter is not None and (self.desk.is_believed(reading) or kind.stage is None):
            first.append(Button(self.pages.label("write_it"), Choice(Verb.TOOL, letter)))
        second = [Button(lines["button_why"], WHY)]
        if reading.fields.acts:
            second.append(Button(lines["button_note"], NOTE))
        elif deadline is not None:
            second.append(Button(lines["button_law"], LAW))
        else:
            second.append(Button(lines["button_check"], CHECK))
        if not first:
            first = [Button(lines["button_fields"], FIELDS), *self._topic(kind.next)]
        return (tuple(first[:2]), tuple(second))

    def _topic(self, topics: tuple[str, ...]) -> list[Button]:
        return self.pages.topic_buttons([each for each in topics if self.pages.has(each)])[:1]

    def _page(
        self, blocks: list[Block], *buttons: tuple[Choice, str], on: date | None = None
    ) -> Reply:
        lines = self.desk.words.lines
        row = tuple(Button(lines[label], choice) for choice, label in buttons)
        told = tuple(blocks)
        said = put_into_words(self.knowledge, told, on) if on else told
        return Reply(blocks=with_contacts(self.knowledge, said), buttons=(row,))


def _bullet(text: str) -> Block:
    return Block(BlockKind.BULLET, (Span(text),))


def _citations(text: str) -> list[ArticleId]:
    return [ArticleId.parse(mark[1]) for mark in CITATION.finditer(text)]


def _plain(text: str) -> str:
    return CITATION.sub("", text)
