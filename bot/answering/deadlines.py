"""From a kind of deadline and a day to the day when it ends, and to its reminders. Pure."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.answering.working_days import Calendar, first_working_day, last_working_day
from bot.concepts.clock import SHANGHAI
from bot.concepts.deadline import Deadline, Move
from bot.concepts.reply import Block, BlockKind, Span
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.deadlines import (
    CountsFrom,
    DeadlineBook,
    DeadlineKind,
    DeadlineWords,
    Unit,
    Whose,
)
from bot.knowledge.marks import FIGURE
from bot.knowledge.wording import put_into_words

SOON = 3
"""Days that are left from which one is told to begin today."""


@dataclass(frozen=True, slots=True)
class DeadlineReckoner:
    """Reckons with the laws and figures of the knowledge base and the calendar of rest days."""

    knowledge: KnowledgeBase
    book: DeadlineBook
    calendar: Calendar

    def due(self, kind_id: str, start: date) -> Deadline:
        """The deadline of that kind from the day of its event; KeyError for an unknown kind."""
        return due(self.knowledge, self.book.kinds[kind_id], start, self.calendar)

    def explain(self, deadline: Deadline, today: date) -> tuple[str, ...]:
        """What to say beside the day: how near it is, the rule, why it moved, what is at stake."""
        words, kind = self.book.words, self.book.kinds[deadline.kind]
        if deadline.due is None:
            return deadline.rule, words.no_firm_day
        lines = [*self.nearness(deadline, today), deadline.rule]
        if deadline.due < today and kind.instead is not None:
            lines.insert(1, self._worded(words.instead.format(instead=kind.instead), today))
        if deadline.moved_because is not None:
            lines.append(_move_words(words, kind.unit, deadline, deadline.moved_because))
        if kind.lost is not None:
            lines.append(self._worded(words.lost.format(lost=kind.lost), today))
        if not deadline.is_calendar_known and deadline.safe_day is not None:
            lines.append(words.calendar_unknown.format(safe_day=deadline.safe_day.isoformat()))
        return tuple(lines)

    def nearness(self, deadline: Deadline, today: date) -> list[str]:
        """What to say first where the day is gone, or where one must act within a few days."""
        if deadline.due is None:
            return []
        days = (deadline.due - today).days
        words, kind = self.book.words, self.book.kinds[deadline.kind]
        is_yours = kind.whose is Whose.YOURS
        if days < 0:
            return [kind.passed or (words.passed_yours if is_yours else words.passed_theirs)]
        if not is_yours or days > SOON:
            return []
        return [words.soon.format(days=days) if days else words.last_day]

    def traps(self, kind_id: str, on: date) -> tuple[Block, ...]:
        """What is commonly got wrong: bullets with citations, the weightiest first."""
        return self._bullets(self.book.kinds[kind_id].traps, on)

    def served(self, kind_id: str, on: date) -> tuple[Block, ...]:
        """When it counts as received: bullets with citations; empty where nothing is served."""
        return self._bullets(self.book.served.get(self.book.kinds[kind_id].served or "", ()), on)

    def _bullets(self, lines: Iterable[str], on: date) -> tuple[Block, ...]:
        blocks = tuple(Block(BlockKind.BULLET, (Span(line),)) for line in lines)
        return put_into_words(self.knowledge, blocks, on)

    def _worded(self, text: str, on: date) -> str:
        block = Block(BlockKind.PARAGRAPH, (Span(text),))
        return put_into_words(self.knowledge, (block,), on)[0].text

    def reminder_days(self, deadline: Deadline, today: date) -> tuple[date, ...]:
        """The days on which to remind, from today on, earliest first; see the function."""
        return reminder_days(self.book.kinds[deadline.kind], deadline, today)

    def reminder_times(self, deadline: Deadline, now: datetime) -> tuple[datetime, ...]:
        """The moments at which to remind, all after `now`, at the decent hour."""
        here = now.astimezone(SHANGHAI)
        # After the decent hour, today is gone: what is left is found from tomorrow on.
        is_gone = here.time() >= self.book.remind_at
        first = here.date() + timedelta(days=1 if is_gone else 0)
        days = self.reminder_days(deadline, first)
        return tuple(datetime.combine(day, self.book.remind_at, SHANGHAI) for day in days)


def due(knowledge: KnowledgeBase, kind: DeadlineKind, start: date, calendar: Calendar) -> Deadline:
    """The deadline of that kind from the day of its event.

    Its day is None when the kind has no firm day, or no figure was in force on `start`.
    """
    law = knowledge.laws[kind.article.law_id] if kind.article else None
    deadline = Deadline(
        kind=kind.id,
        start=start,
        due=None,
        article=kind.article,
        binding=law.binding if law else None,
        rule=_rule(knowledge, kind, start),
    )
    number = _number(knowledge, kind, start)
    if number is None:
        return deadline
    counted = _counted(start, number, kind.unit, calendar)
    if kind.moves:
        return _moved(deadline, counted, calendar)
    is_known = kind.unit is not Unit.WORKING_DAYS or calendar.is_known(counted)
    return replace(deadline, due=counted, is_calendar_known=is_known)


def reminder_days(kind: DeadlineKind, deadline: Deadline, today: date) -> tuple[date, ...]:
    """The days on which to remind, from today on, earliest first.

    When all of them are gone but the end is not, the last day itself. They count back from the
    day on which one is safe: the due day, or earlier when the calendar is not known.
    """
    if deadline.due is None:
        return ()
    end = deadline.safe_day or deadline.due
    days = sorted(end - timedelta(days=ahead) for ahead in kind.remind)
    left = tuple(day for day in days if day >= today)
    return left or ((end,) if end >= today else ())


def as_json(deadline: Deadline) -> dict[str, str | None]:
    """What `zhiquan deadline KIND --from DATE --json` prints."""
    return {
        "kind": deadline.kind,
        "from": deadline.start.isoformat(),
        "due": deadline.due.isoformat() if deadline.due else None,
        "article": str(deadline.article) if deadline.article else None,
        "binding": deadline.binding.value if deadline.binding else None,
        "rule": deadline.rule,
    }


def _moved(deadline: Deadline, counted: date, calendar: Calendar) -> Deadline:
    """The end on a working day, with the reason where it had to move."""
    end = first_working_day(calendar, counted)
    is_known = calendar.is_known(counted) and calendar.is_known(end)
    return replace(
        deadline,
        due=end,
        moved_because=Move(counted, calendar.holiday(counted)) if end != counted else None,
        is_calendar_known=is_known,
        safe_day=None if is_known else last_working_day(calendar, counted),
    )


def _counted(start: date, number: int, unit: Unit, calendar: Calendar) -> date:
    """The last day of the period, before any move to a working day."""
    match unit:
        case Unit.DAYS:
            return start + timedelta(days=number)
        case Unit.WORKING_DAYS:
            day = start
            for _ in range(number):
                day = first_working_day(calendar, day + timedelta(days=1))
            return day
        case Unit.MONTHS:
            return months_later(start, number)
        case Unit.YEARS:
            return months_later(start, 12 * number)


def months_later(day: date, months: int) -> date:
    """The same date so many months later, or the last day of a month that has no such date."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _number(knowledge: KnowledgeBase, kind: DeadlineKind, on: date) -> int | None:
    """How many days, months or years to add to the day of the event; None without a number."""
    if kind.figure is None:
        days = kind.days
    else:
        value = knowledge.figures[kind.figure].value_on(on)
        days = int(value.value) if value else None
    if days is None:
        return None
    return days if kind.counts_from is CountsFrom.NEXT_DAY else max(days - 1, 0)


def _rule(knowledge: KnowledgeBase, kind: DeadlineKind, on: date) -> str:
    """The rule in words, with the figures of that day, or their first when it lies before."""
    figures = [knowledge.figures[mark[1]] for mark in FIGURE.finditer(kind.rule)]
    day = max([on, *(figure.history[0].since for figure in figures)])
    block = Block(BlockKind.PARAGRAPH, (Span(kind.rule),))
    return put_into_words(knowledge, (block,), day)[0].text


def _move_words(words: DeadlineWords, unit: Unit, deadline: Deadline, move: Move) -> str:
    days = (move.counted - deadline.start).days
    if unit is Unit.DAYS:
        said = words.holiday if move.holiday else words.weekend
    else:
        said = words.date_on_holiday if move.holiday else words.date_on_weekend
    return said.format(days=days, day=move.counted.isoformat(), holiday=move.holiday)
