"""Reckons a deadline, explains it, and plans or calls off reminders as the person wants."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.answering.deadlines import DeadlineReckoner
from bot.answering.pages import Pages, rows_of
from bot.answering.ports import ReminderBook
from bot.answering.tasking import Handler, Said, TaskRequest
from bot.concepts.choice import Choice, Verb
from bot.concepts.clock import SHANGHAI
from bot.concepts.conversation import Draft
from bot.concepts.deadline import Deadline
from bot.concepts.records import PlannedReminder, Reminder
from bot.concepts.reply import (
    Block,
    BlockKind,
    Button,
    Matter,
    Reply,
    Span,
    Style,
    heading,
    paragraph,
)
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.tools import DEADLINE_TASK, DEADLINE_TOOL
from bot.knowledge.wording import citation_words

_TRAPS, _SERVED = "traps_", "served_"
"""Begin the buttons to what is commonly got wrong of a kind, and to when it counts as received."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineTask:
    """The handlers of `set_deadline` and of the wish to be reminded."""

    pages: Pages
    knowledge: KnowledgeBase
    reckoner: DeadlineReckoner
    reminders: ReminderBook

    def handlers(self) -> Mapping[str, Handler]:
        """By the names that the dialogue uses."""
        return {
            "set_deadline": self._reckon,
            "choose_set_deadline": self._choose,
            "last_day": self._last_day,
        }

    def deeds(self) -> Mapping[str, Handler]:
        """By the names that our buttons use."""
        return {
            "remind_": self._remind,
            "deadline_": self._show_again,
            "cancel_reminders": self._cancel,
            "deadlines_": self._choose,
            _TRAPS: self._traps,
            _SERVED: self._served,
        }

    async def _choose(self, request: TaskRequest) -> Reply:
        """The reminders that wait, to be called off, and every kind of deadline."""
        labels, kinds = self.knowledge.labels, self.reckoner.book.kinds
        matter = self.knowledge.answers.get(request.conversation.topic or "")
        first = matter.deadline if matter is not None else None
        waiting = await self.reminders.of(request.sender)
        blocks = [heading(labels["waiting_reminders"])] if waiting else []
        blocks += [
            Block(BlockKind.BULLET, (Span(f"{_day(each)} · {kinds[each.kind].title}"),))
            for each in waiting
            if each.kind in kinds
        ]
        call_off = Button(labels["cancel_reminders"], Choice(Verb.DEED, "cancel_reminders"))
        offered = [
            Button(kind.button, Choice(Verb.TOOL, f"{DEADLINE_TOOL}{kind.id}"))
            for kind in sorted(kinds.values(), key=lambda each: each.id != first)
        ]
        return Reply(
            blocks=(*blocks, *self.pages.utterance("choose_deadline").blocks),
            buttons=(
                *(((call_off,),) if waiting else ()),
                *self.pages.paged(offered, "deadlines_", request.argument),
            ),
        )

    async def _cancel(self, request: TaskRequest) -> Reply:
        for each in await self.reminders.of(request.sender):
            await self.reminders.cancel(request.sender, each.id)
        return self.pages.utterance("reminders_cancelled")

    async def _reckon(self, request: TaskRequest) -> Said:
        kind_id = str(request.arguments["tool"]).removeprefix(DEADLINE_TOOL)
        day = request.answers.get("day", "")
        start = date.fromisoformat(day) if day else request.on
        reply = self.show(self.reckoner.due(kind_id, start), request.on)
        kept = Draft(tool=str(request.arguments["tool"]), answers=request.answers, is_open=False)
        talk = request.conversation.with_draft(kept)
        kind = self.reckoner.book.kinds[kind_id]
        matter = next((each for each in kind.next if self.pages.has_answer(each)), talk.topic)
        return Said(reply, replace(talk, topic=matter))

    async def _last_day(self, request: TaskRequest) -> Reply:
        """The day alone, above what is said of a matter, with a reminder."""
        start = date.fromisoformat(str(request.arguments["day"]))
        deadline = self.reckoner.due(str(request.arguments["kind"]), start)
        topic = request.arguments.get("topic")
        about = None if topic is None else Matter(str(topic))
        if deadline.due is None:
            return Reply(blocks=(), about=about)
        title = heading(self.reckoner.book.kinds[deadline.kind].title)
        blocks = [title, self._due(deadline, deadline.due)]
        blocks += map(paragraph, self.reckoner.nearness(deadline, request.on))
        blocks.append(paragraph(self.knowledge.labels["deadline_by_paper"]))
        return Reply(
            blocks=tuple(blocks), buttons=self._reminder(deadline, request.on), about=about
        )

    def _due(self, deadline: Deadline, due: date) -> Block:
        """The day in one line."""
        labels = self.knowledge.labels
        name = "deadline_day" if due == deadline.start else "deadline_due"
        weekday = labels[f"weekday_{due.weekday()}"]
        words = labels[name].format(start=deadline.start, due=due, weekday=weekday)
        return Block(BlockKind.PARAGRAPH, (Span(words, Style.STRONG),))

    def show(self, deadline: Deadline, on: date) -> Reply:
        """The day, why it is that day, the weightiest of what is got wrong, and what to do."""
        kind = self.reckoner.book.kinds[deadline.kind]
        blocks = [heading(kind.title)]
        if deadline.due is not None:
            blocks.append(self._due(deadline, deadline.due))
        blocks += [paragraph(line) for line in self.reckoner.explain(deadline, on)]
        if deadline.article is not None:
            source = citation_words(self.knowledge, deadline.article)
            blocks.append(Block(BlockKind.PARAGRAPH, (Span(source, Style.EMPHASIS),)))
        blocks += self.reckoner.traps(deadline.kind, on)[:1]
        return Reply(blocks=tuple(blocks), buttons=self._buttons(deadline, on))

    async def _show_again(self, request: TaskRequest) -> Reply:
        kind_id, _, day = request.argument.rpartition("_")
        return self.show(self.reckoner.due(kind_id, _day_of(day)), request.on)

    async def _traps(self, request: TaskRequest) -> Reply:
        """What else is commonly got wrong of a kind."""
        title = heading(self.knowledge.labels["deadline_traps"])
        blocks = self.reckoner.traps(request.argument, request.on)[1:]
        return Reply(blocks=(title, *blocks), buttons=((self.pages.menu_button(),),))

    async def _served(self, request: TaskRequest) -> Reply:
        """When something counts as received."""
        title = heading(self.knowledge.labels["deadline_served"])
        blocks = self.reckoner.served(request.argument, request.on)
        return Reply(blocks=(title, *blocks), buttons=((self.pages.menu_button(),),))

    async def _remind(self, request: TaskRequest) -> Reply:
        kind_id, _, day = request.argument.rpartition("_")
        start = _day_of(day)
        deadline = self.reckoner.due(kind_id, start)
        times = self.reckoner.reminder_times(deadline, request.now)
        if deadline.due is None or not times:
            return self.pages.utterance("no_reminder_left")
        for moment in times:
            planned = PlannedReminder(
                kind=kind_id,
                due_on=deadline.due,
                remind_at=moment,
                utterance="reminder",
                values={"due": deadline.due.isoformat(), "start": f"{start:%Y%m%d}"},
            )
            await self.reminders.add(request.sender, request.address, planned)
        days = "、".join(moment.date().isoformat() for moment in times)
        told = self.pages.utterance("reminder_set", days=days)
        return replace(told, about=Matter(DEADLINE_TASK))

    def _buttons(self, deadline: Deadline, on: date) -> tuple[tuple[Button, ...], ...]:
        labels = self.knowledge.labels
        kind = self.reckoner.book.kinds[deadline.kind]
        rows = [*self._reminder(deadline, on)]
        if kind.letter is not None:
            rows.append((Button(labels["write_it"], Choice(Verb.TOOL, kind.letter)),))
        rows.append(self._sections(kind.id, on))
        return (*rows, *rows_of(self.pages.topic_buttons(kind.next)), (self.pages.menu_button(),))

    def _reminder(self, deadline: Deadline, on: date) -> tuple[tuple[Button, ...], ...]:
        """The button to be reminded, while there is a day left for it."""
        if not self.reckoner.reminder_days(deadline, on):
            return ()
        target = f"remind_{deadline.kind}_{deadline.start:%Y%m%d}"
        return ((Button(self.knowledge.labels["remind_me"], Choice(Verb.DEED, target)),),)

    def _sections(self, kind_id: str, on: date) -> tuple[Button, ...]:
        """Buttons to what more there is to say of a kind."""
        labels = self.knowledge.labels
        served, traps = labels["deadline_served"], labels["deadline_traps"]
        buttons = []
        if self.reckoner.served(kind_id, on):
            buttons.append(Button(served, Choice(Verb.DEED, f"{_SERVED}{kind_id}")))
        if len(self.reckoner.traps(kind_id, on)) > 1:
            buttons.append(Button(traps, Choice(Verb.DEED, f"{_TRAPS}{kind_id}")))
        return tuple(buttons)


def _day(reminder: Reminder) -> str:
    return reminder.remind_at.astimezone(SHANGHAI).date().isoformat()


def reminder_words(pages: Pages, labels: Mapping[str, str], reminder: PlannedReminder) -> Reply:
    """What a reminder says: that there is a day, and only on a tap which."""
    reply = pages.utterance(reminder.utterance, **reminder.values)
    if (start := reminder.values.get("start")) is None:
        return reply
    show = Choice(Verb.DEED, f"deadline_{reminder.kind}_{start}")
    return replace(reply, buttons=((Button(labels["which_day"], show),), *reply.buttons))


def _day_of(stamp: str) -> date:
    """The day of a button, 20261118; ValueError when it is none."""
    return date.fromisoformat(f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:]}")
