"""From a kind of deadline and a day to the day when it ends, and to its reminders. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.answering.working_days import Calendar, first_working_day, last_working_day
from bot.concepts.clock import SHANGHAI
from bot.concepts.deadline import Deadline, Move
from bot.concepts.reply import Block, BlockKind, Span
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.deadlines import CountsFrom, DeadlineBook, DeadlineKind, DeadlineWords, Whose
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
        """What to say beside the day: how near it is, the rule, why it moved. No markup."""
        words = self.book.words
        if deadline.due is None:
            return deadline.rule, words.no_firm_day
        lines = [*self._nearness(deadline.kind, (deadline.due - today).days), deadline.rule]
        if deadline.moved_because is not None:
            lines.append(_move_words(words, deadline, deadline.moved_because))
        if not deadline.is_calendar_known and deadline.safe_day is not None:
            lines.append(words.calendar_unknown.format(safe_day=deadline.safe_day.isoformat()))
        return tuple(lines)

    def _nearness(self, kind_id: str, days: int) -> list[str]:
        """What to say first where the day is gone, or where one must act within a few days."""
        words, is_yours = self.book.words, self.book.kinds[kind_id].whose is Whose.YOURS
        if days < 0:
            return [words.passed_yours if is_yours else words.passed_theirs]
        if not is_yours or days > SOON:
            return []
        return [words.soon.format(days=days) if days else words.last_day]

    def traps(self, kind_id: str, on: date) -> tuple[Block, ...]:
        """What is commonly got wrong, as bullets with citations and figures in words."""
        kind = self.book.kinds[kind_id]
        blocks = tuple(Block(BlockKind.BULLET, (Span(trap),)) for trap in kind.traps)
        return put_into_words(self.knowledge, blocks, on)

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
    days = _days(knowledge, kind, start)
    if days is None:
        return deadline
    counted = start + timedelta(days=days)
    return _moved(deadline, counted, calendar) if kind.moves else replace(deadline, due=counted)


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


def _days(knowledge: KnowledgeBase, kind: DeadlineKind, on: date) -> int | None:
    """How many days to add to the day of the event; None when there is no firm number."""
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


def _move_words(words: DeadlineWords, deadline: Deadline, move: Move) -> str:
    days = (move.counted - deadline.start).days
    said = words.holiday if move.holiday else words.weekend
    return said.format(days=days, day=move.counted.isoformat(), holiday=move.holiday)
